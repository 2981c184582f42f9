//! Posts of a network quoted in an article: some lines, and below them who posted them. “– Hester Wadlow (@hwadlow) 9
//! mars 2031”.

use std::ops::Range;

use super::tokens::{Kind, Token, tokens};
use crate::text::Text;

/// Who posted some lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Byline {
    /// The name.
    pub name: Range<usize>,
    /// The name with the handle.
    pub words: Range<usize>,
    /// Nothing stands before it in its paragraph.
    alone: bool,
}

/// The most paragraphs of a post.
const MOST_LINES: usize = 14;
/// The longest paragraph that can be a line of a post, in bytes.
const LONGEST: usize = 700;
/// The most tokens after the handle: a date.
const TAIL: usize = 8;
/// The most tokens of a name.
const NAME: usize = 6;

/// Who posted the line that this byte is in.
pub(super) fn posted_by(text: &Text, byte: usize) -> Option<Byline> {
    let here = text.paragraph_at(byte);
    for line in here..(here + MOST_LINES).min(text.paragraph_count()) {
        let range = text.paragraph(line);
        if range.len() > LONGEST {
            return None;
        }
        if let Some(byline) = byline(text, range.clone()) {
            // The words of a byline alone are nobody's.
            let said = byte < byline.name.start;
            let near =
                line == here || line == here + 1 || !byline.alone || is_list(text, here, line);
            return (said && near).then_some(byline);
        }
        if line > here && !is_line(text, line)
            || line == here && !is_line(text, line) && !followed(text, line)
        {
            return None;
        }
    }
    None
}

/// Whether a paragraph is a line of a list, or has no full stop.
fn is_line(text: &Text, i: usize) -> bool {
    let words = text.get(text.paragraph(i)).unwrap_or("").trim();
    begins_with_dash(words) || words.is_empty() || !words.ends_with(['.', '!', '?', '»', '”'])
}

/// Whether a byline follows at once.
fn followed(text: &Text, i: usize) -> bool {
    i + 1 < text.paragraph_count()
        && byline(text, text.paragraph(i + 1)).is_some_and(|byline| byline.alone)
}

/// Whether the lines between are those of a list.
fn is_list(text: &Text, from: usize, to: usize) -> bool {
    (from + 1..to).all(|i| begins_with_dash(text.get(text.paragraph(i)).unwrap_or("").trim()))
}

fn begins_with_dash(words: &str) -> bool {
    words.starts_with(['–', '—', '-', '•', '*'])
}

fn byline(text: &Text, paragraph: Range<usize>) -> Option<Byline> {
    if paragraph.len() > LONGEST {
        return None;
    }
    let words = text.get(paragraph.clone())?;
    if !words.contains("(@") {
        return None;
    }
    let all = tokens(text.as_str(), paragraph.clone());
    let handle = (0..all.len()).rev().find(|i| all[*i].kind == Kind::Handle)?;
    let open = handle.checked_sub(1).filter(|open| all[*open].is("("))?;
    let close = all.get(handle + 1).filter(|close| close.is(")"))?;
    if all.len() > handle + 2 + TAIL {
        return None;
    }
    let is_dash = |token: &Token| {
        token.kind == Kind::Sign && begins_with_dash(&text.as_str()[token.range.clone()])
    };
    let dash = (0..open).rev().take(NAME + 1).find(|i| is_dash(&all[*i]));
    let first = match dash {
        Some(dash) => dash + 1,
        None if open <= NAME => 0,
        None => return None,
    };
    let name = all.get(first).filter(|token| token.capital)?.range.start
        ..all.get(open.checked_sub(1)?)?.range.end;
    (name.start < name.end).then(|| Byline {
        words: name.start..close.range.end,
        name,
        alone: dash.is_none_or(|dash| dash == 0),
    })
}
