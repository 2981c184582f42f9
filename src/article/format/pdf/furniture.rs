//! Running headers, footers and page numbers: what stands at the edge of page after page and says the same.

use std::collections::HashMap;

use super::place::{Line, Turn};

/// How many lines from the upper and from the lower edge are looked at.
const DEEP: usize = 4;
/// How far apart, in points, the same line may stand on two pages.
const NEAR: f32 = 4.0;

/// What a page is called and how its text runs, with its lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Its number as the document counts.
    pub(super) label: String,
    pub(super) turn: Turn,
    pub(super) lines: Vec<Line>,
}

/// Takes running headers, footers and page numbers out of the pages; returns whether there were any with words in them,
/// more than a number.
pub(super) fn take_out(sheets: &mut [Sheet]) -> bool {
    let edges: Vec<Vec<Edge>> = sheets.iter().map(edges_of).collect();
    let mut places: HashMap<(Turn, &str), Vec<(usize, f32)>> = HashMap::new();
    for (sheet, edges) in edges.iter().enumerate() {
        for edge in edges {
            places.entry((edge.turn, &edge.key)).or_default().push((sheet, edge.base));
        }
    }
    let least = if sheets.len() < 4 { 2 } else { 3 };
    let runs = |edge: &Edge| {
        let Some(places) = places.get(&(edge.turn, &*edge.key)) else { return false };
        let mut count = 0;
        let mut before = None;
        // Places are in the order of their pages: each page counts once.
        for (sheet, base) in places {
            if (base - edge.base).abs() < NEAR && before != Some(sheet) {
                before = Some(sheet);
                count += 1;
            }
            if count >= least {
                return true;
            }
        }
        false
    };
    let mut words = false;
    let mut out: Vec<Vec<usize>> = Vec::with_capacity(edges.len());
    for (sheet, edges) in sheets.iter().zip(&edges) {
        let mut taken = Vec::new();
        // From each edge inward, as long as it is furniture.
        let mut stopped = [false; 3];
        for edge in edges {
            let Some(stopped) = stopped.get_mut(edge.side) else { continue };
            let own = edge.number.as_deref().is_some_and(|number| number == sheet.label);
            if !*stopped && (runs(edge) || own) {
                taken.push(edge.line);
                words |= edge.number.is_none();
            } else if edge.side < 2 {
                *stopped = true;
            }
        }
        out.push(taken);
    }
    for (sheet, taken) in sheets.iter_mut().zip(out) {
        let mut at = 0;
        sheet.lines.retain(|_| {
            at += 1;
            !taken.contains(&(at - 1))
        });
    }
    words
}

/// A line near the edge of a page.
struct Edge {
    line: usize,
    /// 0 at the upper edge, 1 at the lower, 2 for text that runs in another direction than the page.
    side: usize,
    turn: Turn,
    base: f32,
    /// What it says, its numbers left open.
    key: String,
    /// The page number, where it is nothing else.
    number: Option<String>,
}

fn edges_of(sheet: &Sheet) -> Vec<Edge> {
    let mut upright: Vec<usize> = (0..sheet.lines.len())
        .filter(|at| sheet.lines[*at].turn == sheet.turn && sheet.lines[*at].cells.is_empty())
        .collect();
    upright.sort_by(|a, b| sheet.lines[*a].base.total_cmp(&sheet.lines[*b].base));
    let edge = |line: usize, side: usize| {
        let Line { turn, base, .. } = sheet.lines[line];
        let text = sheet.lines[line].text();
        Edge { line, side, turn, base, key: key(&text), number: number(&text).map(str::to_owned) }
    };
    // The lower half of a short page belongs to the lower edge.
    let half = upright.len().div_ceil(2);
    let top = upright.iter().take(DEEP.min(half)).map(|line| edge(*line, 0));
    let bottom = upright.iter().rev().take(DEEP.min(upright.len() - half)).map(|line| edge(*line, 1));
    let turned = (0..sheet.lines.len())
        .filter(|at| sheet.lines[*at].turn != sheet.turn)
        .take(64)
        .map(|line| edge(line, 2));
    top.chain(bottom).chain(turned).collect()
}

/// A text with each of its numbers as one sign.
fn key(text: &str) -> String {
    if let Some(number) = number(text)
        && number.len() == text.len()
    {
        return "#".to_owned();
    }
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_numeric() {
            if !key.ends_with('#') {
                key.push('#');
            }
        } else {
            key.extend(c.to_lowercase());
        }
    }
    key
}

/// The page number in a line that holds nothing else: “12”, “– iv –”, “Page 3”, “3 / 12”.
fn number(text: &str) -> Option<&str> {
    let frame = |c: char| c.is_whitespace() || "-–—|·•[]().".contains(c);
    let inner = text.trim_matches(frame);
    let lower = inner.to_lowercase();
    let word = ["page", "seite", "página", "pagina", "p", "pg", "s"]
        .into_iter()
        .find(|word| lower.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '.'])));
    let inner = match word {
        // Lower case may be longer than the text itself; the words of the list are not.
        Some(word) => inner.get(word.len()..)?.trim_matches(frame),
        None => inner,
    };
    let (first, rest) = inner.split_once([' ', '/']).unwrap_or((inner, ""));
    let counts = |text: &str| {
        let digits = text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
        let roman = text.len() <= 8 && text.bytes().all(|b| b"ivxlcIVXLC".contains(&b));
        !text.is_empty() && (digits || roman)
    };
    let of = |text: &str| {
        let text = text.trim_start_matches("of").trim_start_matches("sur").trim_start_matches("von");
        let text = text.trim_matches(|c: char| c == '/' || frame(c));
        text.is_empty() || counts(text)
    };
    (counts(first) && of(rest)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::word;
    use super::*;

    fn sheet(label: &str, lines: &[(&str, f32)]) -> Sheet {
        let lines = lines
            .iter()
            .map(|(text, base)| {
                let words = text.split(' ').enumerate().map(|(at, t)| word(t, 60.0 * at as f32, *base));
                Line::new(words.collect(), Turn(0)).expect("words")
            })
            .collect();
        Sheet { label: label.to_owned(), turn: Turn(0), lines }
    }

    fn texts(sheet: &Sheet) -> Vec<String> {
        sheet.lines.iter().map(Line::text).collect()
    }

    #[test]
    fn what_runs_over_the_pages_is_taken_out() {
        let mut sheets: Vec<Sheet> = ["The first", "The second", "The third", "The fourth"]
            .iter()
            .enumerate()
            .map(|(at, text)| {
                let footer = format!("Page {} of 4", at + 1);
                let body = format!("{text} words");
                sheet("?", &[("The Skerry Review", 30.0), (&body, 60.0), ("said", 72.0), ("he", 84.0), (&footer, 800.0)])
            })
            .collect();
        assert!(take_out(&mut sheets));
        assert_eq!(texts(&sheets[2]), ["The third words", "said", "he"]);
    }

    #[test]
    fn what_stands_elsewhere_on_each_page_stays() {
        let mut sheets: Vec<Sheet> = (0..4)
            .map(|at| sheet("?", &[("Chapter", 30.0 + 10.0 * at as f32), ("words", 200.0), ("end", 300.0)]))
            .collect();
        assert!(!take_out(&mut sheets));
        assert_eq!(sheets[0].lines.len(), 3);
        // And what repeats in the middle of the pages, under lines that do not.
        let mut sheets: Vec<Sheet> = ["one", "two", "three"]
            .iter()
            .map(|text| sheet("?", &[(text, 30.0), ("the same", 60.0), (text, 90.0), (text, 120.0)]))
            .collect();
        assert!(!take_out(&mut sheets));
    }

    #[test]
    fn a_page_s_own_number_goes_even_from_a_single_page() {
        let mut sheets = [sheet("iv", &[("Words", 30.0), ("more", 60.0), ("– iv –", 800.0)])];
        assert!(!take_out(&mut sheets), "a number is no loss of words");
        assert_eq!(texts(&sheets[0]), ["Words", "more"]);
        let mut sheets = [sheet("1", &[("Words", 30.0), ("more", 60.0), ("2031", 800.0)])];
        take_out(&mut sheets);
        assert_eq!(sheets[0].lines.len(), 3);
    }

    #[test]
    fn page_numbers_are_told_from_words() {
        for (text, found) in [
            ("12", Some("12")),
            ("– iv –", Some("iv")),
            ("Page 3", Some("3")),
            ("3 / 12", Some("3")),
            ("Page 3 of 12", Some("3")),
            ("p. 7", Some("7")),
            ("2 ships", None),
            ("Page", None),
            ("", None),
        ] {
            assert_eq!(number(text), found, "{text}");
        }
    }
}
