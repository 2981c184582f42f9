//! The extent of a word, a handle or an address at the beginning of a string. Each function returns its length in
//! bytes.

use unicode_normalization::char::is_combining_mark;

use crate::text::{fold, is_invisible};

/// French words that are elided: `l’`, `qu’`.
const ELIDED: [&str; 13] =
    ["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"];

/// The longest part of an email address before its “@”, in bytes (RFC 5321, 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// The longest handle, in bytes: a name and a domain.
const LONGEST_HANDLE: usize = 320;

pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// A word that begins with a letter. `first`: it is the first of its sentence, so that its capital means nothing.
pub(super) fn word_end(rest: &str, first: bool) -> usize {
    let mut chars = rest.char_indices().peekable();
    let Some((_, c)) = chars.next() else { return 0 };
    let one_capital = c.is_uppercase().then_some(c.len_utf8());
    let mut last = c.len_utf8();
    while let Some((i, c)) = chars.next() {
        let letter_follows = chars.peek().is_some_and(|(_, next)| is_letter(*next));
        if is_letter(c) || c.is_ascii_digit() {
            last = i + c.len_utf8();
        } else if is_invisible(c)
            && (letter_follows || chars.peek().is_some_and(|n| is_invisible(n.1)))
            || is_hyphen(c) && letter_follows
            || c == '&' && letter_follows
            || c == '.' && one_capital == Some(i) && capitals(&rest[i + 1..])
        {
            continue;
        } else if matches!(c, '’' | '\'' | 'ʼ') && letter_follows {
            // None of them is longer: this avoids folding a word of megabytes at each of its apostrophes.
            let stem = if i <= 16 { fold(&rest[..i]) } else { String::new() };
            let small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            let capital = rest.starts_with(char::is_uppercase);
            // In capitals it is ambiguous: “L’AUDIT” is two words far more often.
            let loud = rest[i + c.len_utf8()..].chars().take_while(|c| is_letter(*c)).take(2);
            let loud = loud.filter(|c| c.is_uppercase()).count() == 2;
            // “D’Angelo”, “O’Brien” are one word, “l’État”, “D’après” are two, and so is “OpenAI’s”.
            if ELIDED.contains(&stem.as_str()) && (!capital || small || first || loud) {
                return i + c.len_utf8();
            }
            let tail: String =
                rest[i + c.len_utf8()..].chars().take_while(|c| is_letter(*c)).collect();
            if matches!(tail.as_str(), "s" | "S") {
                return i;
            }
        } else {
            break;
        }
    }
    last
}

/// Whether there are two or more capitals here and no small letter after them, as in “E.ON”.
fn capitals(rest: &str) -> bool {
    let length = rest.chars().take_while(|c| c.is_uppercase()).count();
    length >= 2 && !rest.chars().nth(length).is_some_and(|c| is_letter(c) || c == '.')
}

/// A compound given name in initials: “J.-L.”, “J.-Ph.”, “M.-Claude”.
pub(super) fn initials_end(rest: &str) -> Option<usize> {
    let part = |at: usize| -> Option<(usize, usize)> {
        let mut chars = rest.get(at..)?.chars();
        let first = chars.next().filter(|c| c.is_uppercase())?;
        let small = chars.take_while(|c| c.is_lowercase() || is_combining_mark(*c));
        let length: usize = small.map(char::len_utf8).sum();
        Some((at + first.len_utf8() + length, length))
    };
    let (mut end, small) = part(0)?;
    let mut parts = 1;
    while small <= 3 && rest[end..].starts_with('.') {
        let hyphen = rest[end + 1..].chars().next().filter(|c| is_hyphen(*c));
        let Some(hyphen) = hyphen else { break };
        let Some((next, _)) = part(end + 1 + hyphen.len_utf8()) else { break };
        end = next;
        parts += 1;
    }
    // “P.-D.G.”
    while parts > 1
        && rest[end..].starts_with('.')
        && let Some((next, 0)) = part(end + 1)
        && rest[next..].starts_with('.')
    {
        end = next;
    }
    let dotted = usize::from(rest[end..].starts_with('.'));
    (parts > 1).then_some(end + dotted)
}

/// A handle, which begins with “@”: `@name`, `@first-last`, `@name.example`, `@name@server.example`,
/// `@name:server.example`.
pub(super) fn handle_end(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('@')?;
    let body = body.get(..body.floor_char_boundary(LONGEST_HANDLE)).unwrap_or(body);
    let mut plain = body.find(|c: char| !(is_of_name(c) || c == '_')).unwrap_or(body.len());
    plain = body[..plain].trim_end_matches(is_invisible).len();
    if plain == 0 {
        return None;
    }
    // “@first-last”, but not “@name-” and “@name--”
    while let Some(rest) = body[plain..].strip_prefix('-') {
        let part = rest.find(|c: char| !(is_of_name(c) || c == '_')).unwrap_or(rest.len());
        let part = rest[..part].trim_end_matches(is_invisible).len();
        if part == 0 {
            break;
        }
        plain += 1 + part;
    }
    let account =
        body.find(|c: char| !(is_of_name(c) || matches!(c, '_' | '.' | '-'))).unwrap_or(body.len());
    if let Some(server) = body[account..].strip_prefix('@')
        && !body[..account].ends_with('.')
        && let Some(domain) = domain_end(server, true)
    {
        return Some(1 + account + 1 + domain);
    }
    if let Some(server) = body[account..].strip_prefix(':')
        && let Some(domain) = domain_end(server, true)
    {
        return Some(1 + account + 1 + domain);
    }
    // A server without a dot: one of its own network.
    if let Some(server) = body[plain..].strip_prefix('@') {
        let host =
            server.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(server.len());
        if server[..host].eq_ignore_ascii_case("localhost") {
            return Some(1 + plain + 1 + host);
        }
    }
    if let Some(domain) = domain_end(body, false) {
        return Some(1 + domain);
    }
    (plain >= 2).then_some(1 + plain)
}

/// Letters, digits, and what is invisible among them.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || is_invisible(c)
}

/// The account at an “@” in a web address: up to the next part of the address. A place on a map is none.
pub(super) fn account_end(rest: &str) -> Option<usize> {
    let end = handle_end(rest)?;
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@');
    let account = rest[1..].find(|c| !goes_on(c)).map_or(rest.len(), |at| at + 1);
    let end = end.max(rest[..account].trim_end_matches(['.', '-']).len());
    let is_number = rest[1..end].chars().all(|c| c.is_ascii_digit() || c == '.');
    (!is_number).then_some(end)
}

/// A domain: labels separated by dots, the last of which has only letters; only small ones, unless `any_case`, where
/// nothing else shows that this is a domain.
fn domain_end(rest: &str, any_case: bool) -> Option<usize> {
    let rest = rest.get(..rest.floor_char_boundary(LONGEST_HANDLE)).unwrap_or(rest);
    let mut ends: Vec<usize> = Vec::new();
    let mut at = 0;
    loop {
        let label = rest[at..]
            .find(|c: char| !(is_of_name(c) || matches!(c, '-' | '_')))
            .unwrap_or(rest.len() - at);
        if label == 0 {
            break;
        }
        ends.push(at + label);
        if !rest[at + label..].starts_with('.') || ends.len() > 8 {
            break;
        }
        at += label + 1;
    }
    // “@name.example.Il est parti”: a space is missing.
    while ends.len() >= 2 {
        let (end, before) = (ends[ends.len() - 1], ends[ends.len() - 2]);
        let top = &rest[before + 1..end];
        if top.len() >= 2
            && top.bytes().all(|b| b.is_ascii_lowercase() || any_case && b.is_ascii_uppercase())
        {
            return Some(end);
        }
        ends.pop();
    }
    None
}

/// An email or web address.
pub(super) fn address_end(rest: &str) -> Option<usize> {
    let schemes = ["http://", "https://", "ftp://", "mailto:", "www."];
    let scheme = rest.starts_with(['h', 'H', 'f', 'F', 'm', 'M', 'w', 'W'])
        && schemes.iter().any(|scheme| {
            rest.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
        });
    if scheme {
        return Some(web_end(rest));
    }
    // Only this much is examined: a word of megabytes is split at each of its dots.
    let begin = rest.get(..rest.floor_char_boundary(LONGEST_LOCAL + 4)).unwrap_or(rest);
    let local = begin
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')))
        .filter(|end| (1..=LONGEST_LOCAL).contains(end))?;
    if rest[local..].starts_with('@') && !rest[..local].ends_with('.') {
        return domain_end(&rest[local + 1..], true).map(|domain| local + 1 + domain);
    }
    // “mer.example/voir”: a domain needs a path, because “Amazon.com” is a name.
    let path = rest[local..].starts_with('/');
    let domain = || domain_end(rest, false).is_some_and(|domain| domain == local);
    (path && domain()).then(|| web_end(rest))
}

/// A web address: up to white space, a bracket or quotation mark, without the punctuation of the sentence.
fn web_end(rest: &str) -> usize {
    let stops = |c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '„' | '[' | ']' | '’')
    };
    let mut end = rest.find(stops).unwrap_or(rest.len());
    let count = |bracket: char| rest[..end].matches(bracket).count();
    let mut unopened = count(')').saturating_sub(count('('));
    while let Some(last) = rest[..end].chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'' | '*' | '_' => {}
            ')' if unopened > 0 => unopened -= 1,
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}
