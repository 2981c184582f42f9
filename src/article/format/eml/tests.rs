//! What becomes of a mail.

use super::*;

const HEAD: &str = "From: \"Okonjo, Mira\" <mira@ledger.example>\r\nTo: jan@ledger.example (Jan Vos)\r\nDate: Tue, 4 Mar 2031 23:30:00 -0500\r\nSubject: =?utf-8?Q?D=C3=A9menti?=\r\nMIME-Version: 1.0\r\n";

fn read_mail(rest: &str) -> Document {
    super::read(format!("{HEAD}{rest}").as_bytes(), &Options::default()).expect("a mail with words")
}

/// The text after the head.
fn body(rest: &str) -> String {
    let text = read_mail(rest).text;
    text.split_once("Subject: Démenti").expect("a head").1.trim_start().to_owned()
}

#[test]
fn the_head_stands_first_and_describes_the_mail() {
    let mail = read_mail(
        "Cc: Editors: lea@x.example, =?iso-8859-1?Q?Andr=E9?= <andre@x.example>;\r\n\r\nWords.",
    );
    assert_eq!(
        mail.text,
        "From: Okonjo, Mira <mira@ledger.example>\nTo: Jan Vos <jan@ledger.example>\nCc: lea@x.example, André <andre@x.example>\nDate: Tue, 4 Mar 2031 23:30:00 -0500\nSubject: Démenti\n\nWords."
    );
    let description = mail.description;
    assert_eq!((&*description.title, &*description.author), ("Démenti", "Okonjo, Mira"));
    assert_eq!((&*description.date, &*description.url), ("2031-03-04", ""));
    assert!(mail.remarks.is_empty(), "{:?}", mail.remarks);
}

#[test]
fn flowed_paragraphs_are_whole_and_others_stay_as_they_are() {
    let flowed = "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nOne line \r\ngoes on.\r\n  two spaces\r\n\r\n> quoted \r\n> words\r\n>> deeper\r\nback\r\n-- \r\nMira";
    assert_eq!(
        body(flowed),
        "One line goes on.\n two spaces\n\nquoted words\n\ndeeper\n\nback\n--\nMira"
    );
    let deleted = flowed.replace("format=flowed", "format=flowed; delsp=yes");
    assert!(body(&deleted).starts_with("One linegoes on."), "{}", body(&deleted));
    let wrapped =
        "Content-Type: text/plain\r\n\r\nOne line \r\nstays.\r\n> > two\r\n>one\r\n| a   b |";
    assert_eq!(body(wrapped), "One line\nstays.\n\ntwo\n\none\n\n| a   b |");
    let mail = read_mail(wrapped);
    let at = |words: &str| mail.text.lines().position(|line| line == words).expect("a line") as u32;
    assert_eq!(mail.structure.kind_of(at("two")), Some(&BlockKind::Quotation(2)));
    assert_eq!(mail.structure.kind_of(at("one")), Some(&BlockKind::Quotation(1)));
}

#[test]
fn the_plain_form_is_read_unless_it_only_points_to_the_other() {
    let both = |plain: &str, page: &str| {
        format!(
            "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\nPreamble\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\nEpilogue"
        )
    };
    assert_eq!(body(&both("Plain words of the mail.", "<p>Page</p>")), "Plain words of the mail.");
    assert_eq!(body(&both("  \r\n", "<p>Page <b>words</b></p>")), "Page words");
    let long = "<p>A sentence that only the page has.</p>".repeat(60);
    assert!(body(&both("Use a viewer.", &long)).starts_with("A sentence"));
    let stub =
        "Your mail program does not show HTML. View it in your browser: https://news.example/31";
    let letter = format!(
        "<style>p {{ color: red }}</style><h1>The pumps</h1><p>{}</p>",
        "Three who knew. ".repeat(30)
    );
    assert!(body(&both(stub, &letter)).starts_with("The pumps"));
    let same = "Three who knew say that the pumps would fail.";
    assert_eq!(
        body(&both(same, &format!("<div style='font-family: serif'><p>{same}</p></div>"))),
        same
    );
}

#[test]
fn a_page_is_read_whole_in_its_encoding() {
    let page = "Content-Type: text/html; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<div style=3D\"display:none\">preview</div><p>D=E9menti</p><ul><li>one</li></ul><footer>Foot=\r\ner</footer>";
    assert_eq!(body(page), "Démenti\n\none\n\nFooter");
    let unsaid = "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPG1ldGEgY2hhcnNldD1rb2k4LXI+5MXMzw==";
    assert_eq!(body(unsaid), "Дело");
}

#[test]
fn an_encoding_that_cannot_be_read_is_told() {
    let mail = read_mail("Content-Type: text/plain; charset=hz-gb-2312\r\n\r\n~{JP3$~} words");
    assert!(mail.remarks.iter().any(|it| it.contains("hz-gb-2312")), "{:?}", mail.remarks);
    for known in ["us-ascii", "utf-8", "iso-8859-15", "x-unknown-8bit; format=flowed"] {
        let mail = read_mail(&format!("Content-Type: text/plain; charset={known}\r\n\r\nwords"));
        assert_eq!(mail.remarks.is_empty(), !known.contains("unknown"), "{:?}", mail.remarks);
    }
}

#[test]
fn attachments_are_named_and_attached_mails_are_read() {
    let mixed = "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n<p>Words\r\n--r\r\nContent-Type: image/png\r\nContent-ID: <a>\r\n\r\nx\r\n--r--\r\n--m\r\nContent-Type: application/pdf; name*0*=utf-8''d%C3%A9; name*1=menti.pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAAAAAA\r\n--m\r\nContent-Type: message/rfc822\r\n\r\nFrom: lea@x.example\r\nSubject: Inner\r\nContent-Type: text/plain\r\n\r\nInner words.\r\n--m--\r\n";
    let mail = read_mail(mixed);
    assert!(
        mail.text.ends_with("Words\n\nAttached mail: Inner\n\nFrom: lea@x.example\nSubject: Inner\n\nInner words.\n\nAttachment: démenti.pdf (application/pdf, 6 bytes)"),
        "{}",
        mail.text
    );
    assert!(mail.remarks.iter().any(|remark| remark.contains("démenti.pdf")), "{:?}", mail.remarks);
    let line = mail.text.lines().position(|line| line == "Attached mail: Inner").expect("a heading")
        as u32;
    assert_eq!(mail.structure.kind_of(line), Some(&BlockKind::Heading(2)));
}

#[test]
fn what_is_encrypted_is_told() {
    for rest in [
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--",
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
        "Content-Type: text/plain\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----",
    ] {
        let read = super::read(format!("{HEAD}{rest}").as_bytes(), &Options::default());
        assert_eq!(read, Err(DocumentError::Encrypted), "{rest}");
    }
    let signed = "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nSigned words.\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--b--";
    assert_eq!(body(signed), "Signed words.");
    assert!(read_mail(signed).remarks.is_empty());
}

#[test]
fn mails_are_told_from_text() {
    for mail in [
        "Return-Path: <a@b>\r\nReceived: from x\r\n by y\r\n\r\nWords",
        "From a@b Tue Mar  4 10:00:00 2031\nMessage-ID: <1@b>\nMIME-Version: 1.0\n\nWords",
        "From: a@b\nDate: Tue, 4 Mar 2031 10:00:00 +0100\nSubject: x\nMessage-ID: <1@b>\n\n",
    ] {
        assert!(looks_like(mail.as_bytes()), "{mail}");
    }
    for text in [
        "From: the editors\nDate: today\nSubject: pumps\n\nA memo.",
        "Received: a letter.\nIt said:\n\nMessage-ID: none",
        "Words: and more\n\nReceived: x\nMessage-ID: y",
        "",
        "Title\n\nText",
        "Message-ID: x\nReceived: y\nNo field here\n\n",
    ] {
        assert!(!looks_like(text.as_bytes()), "{text}");
    }
}
