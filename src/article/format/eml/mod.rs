//! Mails (RFC 5322): who wrote to whom, when and about what; the text; mails that are attached; and the names of
//! what else is.

mod flowed;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::html::{self, Saved};
use super::mime::{self, Address, Part, addresses};
use crate::article::document::{Builder, Description, Document, DocumentError, Options};
use crate::text::BlockKind;

use flowed::Flow;

/// How deep parts and attached mails may lie in one another.
const MOST_DEEP: usize = 24;
/// The most attached mails that are read.
const MOST_MAILS: usize = 500;
/// The most letters of a text that only says that there is another form.
const MOST_STUB: usize = 600;
/// The most attachments that are named.
const MOST_NAMED: usize = 1000;

/// Reads a mail.
///
/// # Errors
/// It is encrypted, or holds no words.
pub(in crate::article) fn read(bytes: &[u8], options: &Options) -> Result<Document, DocumentError> {
    let bytes = without_mark(bytes);
    let mail = Part::read(bytes);
    let mut reader = Reader {
        builder: Builder::default(),
        options,
        mailbox: bytes.starts_with(b"From "),
        attachments: Vec::new(),
        mails: 0,
        encrypted: false,
        sealed: false,
        written: false,
    };
    reader.mail(&mail, 0)?;
    if reader.encrypted && !reader.written {
        return Err(DocumentError::Encrypted);
    }
    reader.name_attachments();
    let from = mail.field("from").map(addresses).unwrap_or_default();
    let author =
        from.iter().map(|from| if from.name.is_empty() { &*from.address } else { &*from.name });
    let description = Description {
        title: mail.words("subject"),
        author: author.collect::<Vec<_>>().join(", "),
        date: html::date::edtf(&mail.words("date")).unwrap_or_default(),
        language: html::language(&mail.words("content-language")),
        ..Description::default()
    };
    reader.builder.finish(description)
}

/// Whether bytes are a mail: they begin with fields and nothing else, and among these are at least two that only mails
/// have.
pub(in crate::article) fn looks_like(bytes: &[u8]) -> bool {
    let Some(names) = mime::head_of(without_mark(bytes)) else { return false };
    let has = |name: &str| names.iter().any(|other| other == name);
    let own = ["message-id", "mime-version", "received", "return-path"];
    let own = own.iter().filter(|name| has(name)).count();
    own + usize::from(has("date") && has("from") && has("subject")) >= 2
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Empty lines before the first field are a fault of some programs that export mails.
    let white = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    &bytes[white..]
}

/// Letters and figures of a text, in bytes.
fn letters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| byte.is_ascii_alphanumeric() || **byte > 127).count()
}

/// Letters and figures that a page shows, in bytes: without its tags, styles and scripts. Of several parts, those of the first
/// page.
fn letters_of_page(part: &Part<'_>, depth: usize) -> usize {
    if part.kind().starts_with("multipart/") && depth < MOST_DEEP {
        let shown = |part: &Part<'_>| letters_of_page(part, depth + 1);
        return part.parts().iter().map(shown).find(|shown| *shown > 0).unwrap_or(0);
    }
    if !matches!(&*part.kind(), "text/html" | "application/xhtml+xml") {
        return 0;
    }
    let content = part.content();
    let (mut rest, mut shown) = (&content[..], 0);
    while let Some(tag) = memchr::memchr(b'<', rest) {
        shown += letters(&rest[..tag]);
        rest = &rest[tag..];
        let is = |name: &[u8]| {
            rest.get(1..=name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let end: &[u8] = if is(b"style") {
            b"</style"
        } else if is(b"script") {
            b"</script"
        } else if is(b"!--") {
            b"-->"
        } else {
            b">"
        };
        let after = memchr::memmem::find(&rest[1..], end).map_or(rest.len(), |at| at + 2);
        rest = &rest[after.min(rest.len())..];
    }
    shown + letters(rest)
}

/// What is attached, as it is named.
struct Attachment {
    name: String,
    kind: String,
    size: usize,
}

struct Reader<'a> {
    builder: Builder,
    options: &'a Options,
    mailbox: bool,
    attachments: Vec<Attachment>,
    mails: usize,
    /// Whether a part was met that needs a key.
    encrypted: bool,
    /// Whether a part was met that is wrapped in its signature.
    sealed: bool,
    /// Whether words of a content were written.
    written: bool,
}

impl Reader<'_> {
    /// A mail: its head in lines of one paragraph, then its content.
    fn mail(&mut self, mail: &Part<'_>, depth: usize) -> Result<(), DocumentError> {
        self.builder.begin(None);
        let people = |name: &str| {
            let list = mail.field(name).map(addresses).unwrap_or_default();
            list.iter().map(Address::shown).collect::<Vec<_>>().join(", ")
        };
        let lines = [
            ("From", people("from")),
            ("To", people("to")),
            ("Cc", people("cc")),
            ("Date", mail.words("date")),
            ("Subject", mail.words("subject")),
        ];
        for (name, value) in lines {
            if !value.is_empty() {
                self.builder.push(&format!("{name}: {value}"));
                self.builder.line_break();
            }
        }
        self.builder.end();
        self.content(mail, depth)
    }

    fn content(&mut self, part: &Part<'_>, depth: usize) -> Result<(), DocumentError> {
        if self.builder.is_full() {
            return Ok(());
        }
        let kind = part.kind();
        if depth >= MOST_DEEP {
            self.attach(part, &kind);
            return Ok(());
        }
        match kind.as_str() {
            "multipart/encrypted" => self.encrypted = true,
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
                let signed = part.parameter("content-type", "smime-type");
                if signed.is_some_and(|kind| kind.starts_with("signed")) {
                    self.sealed = true;
                } else {
                    self.encrypted = true;
                }
            }
            // The signature of what is read anyway.
            "application/pgp-signature"
            | "application/pkcs7-signature"
            | "application/x-pkcs7-signature" => {}
            "multipart/alternative" => self.alternative(part, depth)?,
            "multipart/related" => {
                let parts = part.parts();
                if parts.is_empty() {
                    return self.plain(part);
                }
                let start = part.parameter("content-type", "start");
                let root = start.and_then(|start| {
                    parts.iter().position(|part| part.words("content-id") == start)
                });
                let root = root.unwrap_or(0);
                for (at, part) in parts.iter().enumerate() {
                    if at == root {
                        self.content(part, depth + 1)?;
                    } else if !part.kind().starts_with("image/") {
                        self.attach(part, &part.kind());
                    }
                }
            }
            kind if kind.starts_with("multipart/") => {
                let parts = part.parts();
                if parts.is_empty() {
                    return self.plain(part);
                }
                for part in parts {
                    self.content(&part, depth + 1)?;
                }
            }
            "message/rfc822" | "message/global" | "message/news" if self.mails < MOST_MAILS => {
                self.attached_mail(part, depth)?;
            }
            kind if part.is_attached() => self.attach(part, kind),
            "text/html" | "application/xhtml+xml" => self.html(part)?,
            "text/plain"
            | "text/markdown"
            | "text/rfc822-headers"
            | "message/delivery-status"
            | "text/enriched" => {
                self.plain(part)?;
            }
            kind => self.attach(part, kind),
        }
        Ok(())
    }

    /// One content in several forms: the plain one, unless that only says that there is another.
    fn alternative(&mut self, part: &Part<'_>, depth: usize) -> Result<(), DocumentError> {
        let parts = part.parts();
        let is = |kind: &'static str| move |part: &&Part<'_>| part.kind() == kind;
        let plain = parts.iter().find(is("text/plain"));
        let other = parts.iter().rev().find(|part| {
            let kind = part.kind();
            kind == "text/html" || kind.starts_with("multipart/")
        });
        // “Your program shows no HTML”: the other form says far more.
        let plain = plain.filter(|plain| {
            let said = letters(&plain.content());
            let more = || other.is_some_and(|other| letters_of_page(other, depth) > 4 * said + 100);
            said > 0 && !(said < MOST_STUB && more())
        });
        let Some(chosen) = plain.or(other).or_else(|| parts.last()) else {
            return self.plain(part);
        };
        self.content(chosen, depth + 1)?;
        // What only one form has is attached all the same: calendars, and files in a form that was not chosen.
        for part in &parts {
            let kind = part.kind();
            if !std::ptr::eq(part, chosen) && !matches!(&*kind, "text/plain" | "text/html") {
                self.attach_within(part, &kind, depth + 1);
            }
        }
        Ok(())
    }

    /// Names what is attached in a form that was not chosen.
    fn attach_within(&mut self, part: &Part<'_>, kind: &str, depth: usize) {
        if kind.starts_with("multipart/") {
            if depth < MOST_DEEP {
                for part in part.parts() {
                    let kind = part.kind();
                    self.attach_within(&part, &kind, depth + 1);
                }
            }
        } else if part.is_attached() || !(kind.starts_with("text/") || kind.starts_with("image/")) {
            self.attach(part, kind);
        }
    }

    fn attached_mail(&mut self, part: &Part<'_>, depth: usize) -> Result<(), DocumentError> {
        self.mails += 1;
        let content = part.content();
        let mail = Part::read(without_mark(&content));
        let subject = mail.words("subject");
        let heading = if subject.is_empty() {
            "Attached mail".to_owned()
        } else {
            format!("Attached mail: {subject}")
        };
        self.builder.block(Some(BlockKind::Heading(2)), &heading);
        // Attached mails cost more than parts: their contents may be decoded anew.
        self.mail(&mail, depth + 4)
    }

    fn html(&mut self, part: &Part<'_>) -> Result<(), DocumentError> {
        let content = part.content();
        let charset = part.parameter("content-type", "charset");
        let decoded = html::decode(&content, self.asked(), charset.as_deref())?;
        if let Some(remark) = decoded.remark {
            self.builder.remark(remark);
        }
        let before = self.builder.text().len();
        html::write(&decoded.text, &Saved::default(), true, &mut self.builder)?;
        self.written |= self.builder.text().len() > before;
        Ok(())
    }

    fn plain(&mut self, part: &Part<'_>) -> Result<(), DocumentError> {
        let content = part.content();
        let charset = part.parameter("content-type", "charset");
        let decoded = html::decode_text(&content, self.asked(), charset.as_deref())?;
        if decoded.text.trim_start().starts_with("-----BEGIN PGP MESSAGE-----") {
            self.encrypted = true;
            return Ok(());
        }
        if let Some(remark) = decoded.remark {
            self.builder.remark(remark);
        }
        let is = |name: &str, value: &str| {
            part.parameter("content-type", name)
                .is_some_and(|said| said.eq_ignore_ascii_case(value))
        };
        let flow = Flow {
            flowed: is("format", "flowed"),
            delete_space: is("delsp", "yes"),
            mailbox: self.mailbox,
        };
        let before = self.builder.text().len();
        flowed::write(&decoded.text, flow, &mut self.builder);
        self.written |= self.builder.text().len() > before;
        Ok(())
    }

    fn asked(&self) -> Option<&str> {
        self.options.encoding.as_deref()
    }

    fn attach(&mut self, part: &Part<'_>, kind: &str) {
        if self.attachments.len() < MOST_NAMED {
            let name = part.file_name();
            let kind: String = kind.chars().filter(|c| !c.is_control()).take(100).collect();
            self.attachments.push(Attachment { name, kind, size: part.size() });
        }
    }

    /// The attachments as lines at the end, and as a remark.
    fn name_attachments(&mut self) {
        if self.encrypted {
            self.builder.remark("A part of the mail is encrypted, and was left out.");
        }
        if self.sealed {
            self.builder.remark(
                "What the mail says is wrapped in its signature (S/MIME) and could not be read. Save the mail as text in the program it comes from.",
            );
        }
        if self.attachments.is_empty() {
            return;
        }
        self.builder.begin(None);
        let mut names = Vec::new();
        for attachment in &self.attachments {
            let name = match attachment.name.as_str() {
                "" => Cow::Borrowed("without a name"),
                name => Cow::Borrowed(name),
            };
            let size = size_of(attachment.size);
            self.builder.push(&format!("Attachment: {name} ({}, {size})", attachment.kind));
            self.builder.line_break();
            names.push(name.into_owned());
        }
        self.builder.end();
        let more = names.len().saturating_sub(10);
        names.truncate(10);
        let names = names.join(", ");
        let remark = match (self.attachments.len(), more) {
            (1, _) => format!("An attachment was not read, only named at the end: {names}."),
            (n, 0) => format!("{n} attachments were not read, only named at the end: {names}."),
            (n, more) => {
                format!(
                    "{n} attachments were not read, only named at the end: {names} and {more} more."
                )
            }
        };
        self.builder.remark(remark);
    }
}

/// A size in words.
fn size_of(bytes: usize) -> String {
    match bytes {
        1 => "1 byte".to_owned(),
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
