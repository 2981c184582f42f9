//! Searching what was written for what was to be hidden, before it gets to its place.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Content, Format, Sink, Stopped};
use crate::edit::redaction::Redaction;

/// Something hidden that was found in an export.
#[derive(Clone, Debug, thiserror::Error)]
#[error("“{form}” stands in “{around}”")]
pub(super) struct Leftover {
    /// What was to be replaced.
    pub form: String,
    /// The words around it.
    pub around: String,
}

/// How many bytes are shown on each side.
const AROUND: usize = 40;

/// Writes the content; where it was redacted, only after all of it was searched.
pub(super) fn write_checked(
    format: &Format,
    content: &Content<'_>,
    sink: &mut dyn Sink,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<(), Stopped> {
    let Some(redaction) = content.redaction() else {
        return format.write(content, sink, cancelled, progress);
    };
    let mut kept = Kept { files: vec![(None, Vec::new())] };
    format.write(content, &mut kept, cancelled, progress)?;
    for (name, bytes) in &kept.files {
        let name = name.as_deref().unwrap_or_default();
        if let Some(leftover) = find(redaction, name.as_bytes()).or_else(|| find(redaction, bytes))
        {
            return Err(Stopped::Write(io::Error::other(leftover)));
        }
        if cancelled() {
            return Err(Stopped::Cancelled);
        }
    }
    for (name, bytes) in kept.files {
        if let Some(name) = name {
            sink.begin(&name)?;
        }
        sink.write_all(&bytes)?;
    }
    Ok(())
}

/// What was found, where an error of [`write_checked`] says so.
pub(super) fn still_there(error: &io::Error) -> Option<Leftover> {
    error.get_ref()?.downcast_ref::<Leftover>().cloned()
}

/// The first hidden form in a file, or in a file of an archive.
fn find(redaction: &Redaction, bytes: &[u8]) -> Option<Leftover> {
    if let Ok(mut archive) = zip::ZipArchive::new(io::Cursor::new(bytes)) {
        return (0..archive.len()).find_map(|number| {
            let mut file = archive.by_index(number).ok()?;
            let name = file.name().ok().and_then(|name| find_in(redaction, &name));
            let mut content = Vec::new();
            io::copy(&mut file, &mut content).ok()?;
            name.or_else(|| find_in(redaction, &String::from_utf8_lossy(&content)))
        });
    }
    find_in(redaction, &String::from_utf8_lossy(bytes))
}

/// The first hidden form in a text, as it is and as readers of the formats understand it.
fn find_in(redaction: &Redaction, text: &str) -> Option<Leftover> {
    readings(text).iter().find_map(|text| {
        let (form, place) = redaction.first_in(text)?;
        let from = text.floor_char_boundary(place.start.saturating_sub(AROUND));
        let to = text.ceil_char_boundary(place.end.saturating_add(AROUND).min(text.len()));
        let around = text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Leftover { form: form.to_owned(), around })
    })
}

/// A text, and the same without the escapes of XML, of addresses, and of Markdown.
fn readings(text: &str) -> Vec<Cow<'_, str>> {
    let mut all = vec![Cow::Borrowed(text)];
    if text.contains('&') {
        let plain = text.replace("&quot;", "\"").replace("&apos;", "'").replace("&#39;", "'");
        let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&#xA0;", " ");
        all.push(Cow::Owned(plain.replace("&nbsp;", " ").replace("&amp;", "&")));
    }
    if text.contains('%') {
        all.push(Cow::Owned(without_percents(text)));
    }
    if text.contains('\\') {
        all.push(Cow::Owned(text.replace("\\u{a0}", " ").replace('\\', "")));
    }
    all
}

/// An address with the characters that `%C3%A9` stands for.
fn without_percents(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What was written, kept until it has been searched.
struct Kept {
    files: Vec<(Option<String>, Vec<u8>)>,
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some((_, file)) = self.files.last_mut() {
            file.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Kept {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.files.push((Some(name.to_owned()), Vec::new()));
        Ok(())
    }
}
