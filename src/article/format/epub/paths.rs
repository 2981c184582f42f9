//! Where links lead in a book: to a path in its archive, never out of it.

/// Where a link from a file leads: the path in the archive, and what stands after `#`. `None` for one that leads out of the
/// book. Nothing leads above the archive's root.
pub(super) fn resolve(from: &str, href: &str) -> Option<(String, String)> {
    let href = href.trim();
    let (path, id) = href.split_once('#').unwrap_or((href, ""));
    let id = percent_decoded(id);
    if path.is_empty() {
        return Some((from.to_owned(), id));
    }
    let scheme = path.find(':').is_some_and(|colon| {
        path.bytes()
            .take(colon)
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    });
    if scheme || path.starts_with("//") {
        return None;
    }
    let path = path.split('?').next().unwrap_or(path);
    let path = percent_decoded(path).replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        let (folder, _) = from.rsplit_once('/').unwrap_or(("", from));
        parts.extend(folder.split('/').filter(|part| !part.is_empty()));
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), id))
}

fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            _ => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_inside_the_book() {
        for (from, href, to) in [
            ("OEBPS/a.xhtml", "b%20c.xhtml#n1", Some(("OEBPS/b c.xhtml", "n1"))),
            ("OEBPS/text/a.xhtml", "../notes.xhtml", Some(("OEBPS/notes.xhtml", ""))),
            ("a.xhtml", "../../../etc/passwd", Some(("etc/passwd", ""))),
            ("OEBPS/a.xhtml", "/OEBPS/b.xhtml?x=1", Some(("OEBPS/b.xhtml", ""))),
            ("OEBPS/a.xhtml", "#n", Some(("OEBPS/a.xhtml", "n"))),
            ("OEBPS/a.xhtml", ".\\b.xhtml", Some(("OEBPS/b.xhtml", ""))),
            ("a.xhtml", "%zz%C3", Some(("%zz%C3", ""))),
            ("a.xhtml", "https://ledger.example/", None),
            ("a.xhtml", "//ledger.example/", None),
            ("a.xhtml", "file:///etc/passwd", None),
        ] {
            let found = resolve(from, href);
            let found = found.as_ref().map(|(path, id)| (&**path, &**id));
            assert_eq!(found, to, "{from} {href}");
        }
    }
}
