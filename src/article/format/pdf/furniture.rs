//! Running headers, footers and page numbers: what stands at the edge of page after page and says the same.

use std::collections::{BTreeMap, HashMap};

use super::place::Turn;
use super::rows::{Row, usual_size};

/// How many rows from the upper and from the lower edge are looked at.
const DEEP: usize = 4;
/// How far apart, in points, the same row may stand on two pages.
const NEAR: f32 = 4.0;

/// A page: what it is called, how most of its text runs, and its rows, by the direction in which they run.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Its number as the document counts.
    pub(super) label: String,
    pub(super) turn: Turn,
    pub(super) rows: BTreeMap<Turn, Vec<Row>>,
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
    let mut out: Vec<Vec<(Turn, usize)>> = Vec::with_capacity(edges.len());
    for (sheet, edges) in sheets.iter().zip(&edges) {
        let mut taken = Vec::new();
        // From each edge inward, as long as it is furniture.
        let mut stopped = [false; 3];
        for edge in edges {
            let Some(stopped) = stopped.get_mut(edge.side) else { continue };
            let own = edge.number.as_deref().is_some_and(|number| number == sheet.label);
            if !*stopped && (runs(edge) || own) {
                taken.push((edge.turn, edge.row));
                words |= edge.number.is_none();
            } else if edge.side < 2 {
                *stopped = true;
            }
        }
        out.push(taken);
    }
    // Pages that all say the same are no frame around nothing.
    let all =
        sheets.iter().map(|sheet| sheet.rows.values().map(Vec::len).sum::<usize>()).sum::<usize>();
    if out.iter().map(Vec::len).sum::<usize>() == all {
        return false;
    }
    for (sheet, taken) in sheets.iter_mut().zip(out) {
        for (turn, rows) in &mut sheet.rows {
            let mut at = 0;
            rows.retain(|_| {
                at += 1;
                !taken.contains(&(*turn, at - 1))
            });
        }
    }
    words
}

/// A row near the edge of a page.
struct Edge {
    row: usize,
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
    let mut edges = Vec::new();
    for (turn, rows) in &sheet.rows {
        let usual = usual_size(rows.iter().map(|row| row.size));
        let mut edge = |at: usize, side: usize| {
            let row = &rows[at];
            let text = row.text();
            // What is set large is a title, on however many pages it stands.
            let large = side < 2 && row.size > 1.2 * usual;
            let key = if large { format!("{at}: {side}: {:p}", row) } else { key(&text) };
            let number = number(&text).filter(|_| !large).map(str::to_owned);
            edges.push(Edge { row: at, side, turn: *turn, base: row.base, key, number });
        };
        if *turn == sheet.turn {
            // The lower half of a short page belongs to the lower edge.
            let half = rows.len().div_ceil(2);
            (0..DEEP.min(half)).for_each(|at| edge(at, 0));
            (half..rows.len()).rev().take(DEEP).for_each(|at| edge(at, 1));
        } else {
            (0..rows.len().min(64)).for_each(|at| edge(at, 2));
        }
    }
    edges
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
        let text =
            text.trim_start_matches("of").trim_start_matches("sur").trim_start_matches("von");
        let text = text.trim_matches(|c: char| c == '/' || frame(c));
        text.is_empty() || counts(text)
    };
    (counts(first) && of(rest)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::word;
    use super::*;

    fn sheet(label: &str, rows: &[(&str, f32)]) -> Sheet {
        let words = rows.iter().flat_map(|(text, base)| {
            text.split(' ').enumerate().map(|(at, t)| word(t, 60.0 * at as f32, *base))
        });
        let rows = super::super::rows::of_words(words.collect());
        Sheet { label: label.to_owned(), turn: Turn(0), rows: BTreeMap::from([(Turn(0), rows)]) }
    }

    fn texts(sheet: &Sheet) -> Vec<String> {
        sheet.rows[&Turn(0)].iter().map(Row::text).collect()
    }

    #[test]
    fn what_runs_over_the_pages_is_taken_out() {
        let mut sheets: Vec<Sheet> = ["The first", "The second", "The third", "The fourth"]
            .iter()
            .enumerate()
            .map(|(at, text)| {
                let footer = format!("Page {} of 4", at + 1);
                let body = format!("{text} words");
                sheet(
                    "?",
                    &[
                        ("The Skerry Review", 30.0),
                        (&body, 60.0),
                        (text, 72.0),
                        (text, 84.0),
                        (&footer, 800.0),
                    ],
                )
            })
            .collect();
        assert!(take_out(&mut sheets));
        assert_eq!(texts(&sheets[2]), ["The third words", "The third", "The third"]);
    }

    #[test]
    fn what_stands_elsewhere_on_each_page_stays() {
        let mut sheets: Vec<Sheet> = ["a", "b", "c", "d"]
            .iter()
            .enumerate()
            .map(|(at, text)| {
                sheet("?", &[("Chapter", 30.0 + 10.0 * at as f32), (text, 200.0), (text, 300.0)])
            })
            .collect();
        assert!(!take_out(&mut sheets));
        assert_eq!(texts(&sheets[0]).len(), 3);
        // And what repeats in the middle of the pages, under lines that do not.
        let mut sheets: Vec<Sheet> = ["one", "two", "three"]
            .iter()
            .map(|text| {
                sheet("?", &[(text, 30.0), ("the same", 60.0), (text, 90.0), (text, 120.0)])
            })
            .collect();
        assert!(!take_out(&mut sheets));
    }

    #[test]
    fn a_title_stays_on_however_many_pages_it_stands() {
        let mut sheets: Vec<Sheet> = (0..4)
            .map(|_| sheet("?", &[("Title", 30.0), ("words", 60.0), ("end", 90.0)]))
            .collect();
        for sheet in &mut sheets {
            for rows in sheet.rows.values_mut() {
                rows[0].size = 20.0;
            }
        }
        take_out(&mut sheets);
        assert!(texts(&sheets[3]).contains(&"Title".to_owned()));
    }

    #[test]
    fn a_page_s_own_number_goes_even_from_a_single_page() {
        let mut sheets = [sheet("iv", &[("Words", 30.0), ("more", 60.0), ("– iv –", 800.0)])];
        assert!(!take_out(&mut sheets), "a number is no loss of words");
        assert_eq!(texts(&sheets[0]), ["Words", "more"]);
        let mut sheets = [sheet("1", &[("Words", 30.0), ("more", 60.0), ("2031", 800.0)])];
        take_out(&mut sheets);
        assert_eq!(texts(&sheets[0]).len(), 3);
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
