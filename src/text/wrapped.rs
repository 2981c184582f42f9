//! Hard-wrapped text: paragraphs that were cut into lines of about one length, as mail and text taken out of PDFs are.
//!
//! A line was cut by filling where its successor's first word would not have fitted on it. A text is hard-wrapped where
//! nearly all lines that have a successor were cut so: verse, lists, tables and addresses are not. The lines of a mail's
//! head, and short ones (a greeting, a signature), say nothing either way: a short mail is wrapped all the same.

use std::collections::HashSet;

use super::Text;
use super::structure::{Block, BlockKind, Page, Structure};

/// The widths, in scalars, that texts are wrapped at; what is narrower is verse or a column of a table.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=132;
/// The lines of a paragraph that show by themselves how wide it was filled, and the least width that is believed of it:
/// what is quoted in a mail was often filled to another width than the rest.
const OWN_LINES: usize = 4;
const OWN_WIDTH: usize = 60;
/// How many lines must have been cut for a text to count as wrapped.
const LEAST_CUTS: usize = 4;
/// The share of lines with a successor that must have been cut, in hundredths.
const LEAST_SHARE: usize = 85;
/// How many lines are looked at to tell: the beginning is like the rest.
const MOST_LINES: usize = 20_000;

impl Text {
    /// Whether its paragraphs were cut into lines of about one length.
    #[must_use]
    pub fn is_hard_wrapped(&self) -> bool {
        self.is_hard_wrapped_as(&Structure::default())
    }

    /// The same of a text that was set so: what its lines are is known.
    #[must_use]
    pub fn is_hard_wrapped_as(&self, structure: &Structure) -> bool {
        let lines: Vec<Line<'_>> = lines(self.as_str(), structure).take(MOST_LINES).collect();
        let Some(widths) = widths(&lines) else { return false };
        let (mut cuts, mut pairs, mut short) = (0, 0, 0);
        for (pair, &width) in lines.windows(2).zip(&widths) {
            let [line, next] = pair else { continue };
            if !line.goes_on_in(next) {
                continue;
            }
            if line.was_cut(next, width) {
                cuts += 1;
                pairs += 1;
            } else if line.length * 2 <= width && next.length * 2 <= width {
                short += 1;
            } else if !line.ends_sentence() {
                // A line that is not full and ends a sentence ends its paragraph: not all texts part those by empty
                // lines.
                pairs += 1;
            }
        }
        cuts >= LEAST_CUTS && cuts >= short && cuts * 100 >= pairs * LEAST_SHARE
    }

    /// The text with the lines of each paragraph joined; lists, quotations, tables, code and verse stay as they are.
    ///
    /// A word that was cut with a hyphen is whole again where it also stands unhyphenated in the text; elsewhere the
    /// hyphen stays.
    #[must_use]
    pub fn unwrapped(&self) -> Self {
        self.unwrapped_as(&Structure::default()).0
    }

    /// The same of a text that was set so, with how the joined text is set: headings, items, rows and notes are lines of
    /// their own, quotations are joined with what is quoted as deep, and pages begin where they began.
    #[must_use]
    pub fn unwrapped_as(&self, structure: &Structure) -> (Self, Structure) {
        let lines: Vec<Line<'_>> = lines(self.as_str(), structure).collect();
        let Some(widths) = widths(&lines) else { return (self.clone(), structure.clone()) };
        let mut known = None;
        let mut joined = String::with_capacity(self.len());
        let mut places = Places::new(structure);
        for (at, line) in lines.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| Some((lines.get(at)?, *widths.get(at)?)));
            match before {
                Some((before, width)) if before.goes_on_in(line) && before.was_cut(line, width) => {
                    let words = line.words;
                    match joined.strip_suffix('-') {
                        Some(start) if cut_word(start, words).is_some() => {
                            let known = known.get_or_insert_with(|| words_of(self.as_str()));
                            let whole = cut_word(start, words).unwrap_or_default();
                            if known.contains(&whole) {
                                joined.pop();
                                places.column -= 1;
                            }
                        }
                        _ => {
                            joined.push(' ');
                            places.column += 1;
                        }
                    }
                    joined.push_str(words);
                    places.goes_on(at, line);
                }
                before => {
                    if before.is_some() {
                        joined.push('\n');
                    }
                    joined.push_str(line.whole);
                    places.begins(at, line, before.is_some());
                }
            }
        }
        (Self::new(joined), places.set)
    }
}

/// Where lines went, and how the joined text is set.
struct Places<'a> {
    from: &'a Structure,
    set: Structure,
    /// The line of the joined text that is written, and the scalars in it.
    line: u32,
    column: usize,
}

impl<'a> Places<'a> {
    fn new(from: &'a Structure) -> Self {
        Self { from, set: Structure::default(), line: 0, column: 0 }
    }

    /// A line begins one.
    fn begins(&mut self, at: usize, line: &Line<'_>, after_another: bool) {
        self.line += u32::from(after_another);
        let old = u32::try_from(at).unwrap_or(u32::MAX);
        if let Some(kind) = self.from.kind_of(old) {
            self.set.blocks.push(Block { line: self.line, kind: kind.clone() });
        }
        self.pages(old, |column| column);
        self.column = line.whole.chars().count();
    }

    /// A line goes on in the present one, without what stood before its words.
    fn goes_on(&mut self, at: usize, line: &Line<'_>) {
        let (start, before) = (self.column, line.before.chars().count());
        let length = line.words.chars().count();
        self.pages(u32::try_from(at).unwrap_or(u32::MAX), |column| {
            start + column.saturating_sub(before).min(length)
        });
        self.column = start + length;
    }

    fn pages(&mut self, old: u32, column: impl Fn(usize) -> usize) {
        for page in self.from.pages_in(old) {
            let column = u32::try_from(column(page.column as usize)).unwrap_or(u32::MAX);
            self.set.pages.push(Page { label: page.label.clone(), line: self.line, column });
        }
    }
}

/// One line.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// As it is written.
    whole: &'a str,
    /// Its words, without what stands before them (spaces, the signs of a quotation) and spaces after them.
    words: &'a str,
    /// What stands before them.
    before: &'a str,
    /// Its length in scalars, without spaces at its end.
    length: usize,
    /// It never takes part: code, a heading, a row of a table, a rule.
    fixed: bool,
    /// It is indented as code is in Markdown, or as the first line of a paragraph.
    indented: bool,
    /// How deep it is quoted, where the document says so.
    quoted: u8,
}

fn lines<'a>(text: &'a str, structure: &'a Structure) -> impl Iterator<Item = Line<'a>> {
    let mut fenced = false;
    let mut blocks = structure.blocks.iter().peekable();
    text.split('\n').enumerate().map(move |(at, whole)| {
        let kind = blocks.next_if(|block| block.line as usize == at).map(|block| &block.kind);
        let quoted = match kind {
            Some(BlockKind::Quotation(depth)) => *depth,
            _ => 0,
        };
        let apart = kind.is_some() && quoted == 0;
        let fence = whole.trim_start().starts_with("```") || whole.trim_start().starts_with("~~~");
        let fixed = apart || fenced || fence || is_fixed(whole);
        fenced ^= fence;
        let end = whole.trim_end();
        let words = end.trim_start_matches([' ', '\t', '>', '|']);
        // A table's row is fixed; a bar before words is how some programs quote.
        let before = end.get(..end.len() - words.len()).unwrap_or("");
        let indented = whole.starts_with("    ") || whole.starts_with('\t');
        Line { whole, words, before, length: end.chars().count(), fixed, indented, quoted }
    })
}

/// Whether a line is by itself: a heading, a row of a table, code, a rule of dashes.
fn is_fixed(line: &str) -> bool {
    let words = line.trim();
    let rule = words.len() >= 3 && words.chars().all(|c| "-=_*~#+. ".contains(c));
    let cells = words.contains('\t') || (words.starts_with('|') && words.ends_with('|'));
    words.starts_with('#') || cells || rule
}

/// Whether words begin an item of a list: “- ”, “• ”, “3. ”, “b) ”.
fn is_item(words: &str) -> bool {
    let Some((sign, _)) = words.split_once(' ') else { return false };
    if ["-", "*", "+", "•", "–", "—", "·", "◦", "‣"].contains(&sign) {
        return true;
    }
    let number = sign.trim_start_matches('(').trim_end_matches(['.', ')']);
    number.len() < sign.len()
        && (1..=3).contains(&number.len())
        && (number.chars().all(|c| c.is_ascii_digit()) || number.len() == 1)
}

/// Whether words are a field of a mail's head: “Subject: …”.
fn is_field(words: &str) -> bool {
    let Some((name, _)) = words.split_once(": ") else { return false };
    name.len() <= 20
        && name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_alphabetic() || c == '-')
}

impl Line<'_> {
    /// Whether the next line may be more of the same paragraph.
    fn goes_on_in(&self, next: &Self) -> bool {
        let blank = self.words.is_empty() || next.words.is_empty();
        // The further lines of an item are indented under its words; the first line of a paragraph may be.
        let aligned = self.before == next.before
            || (is_item(self.words) && next.before.trim().is_empty())
            || (next.before.is_empty() && self.before.trim().is_empty());
        let apart = self.fixed || next.fixed || next.indented || self.quoted != next.quoted;
        // Two spaces at the end of a line end it, in Markdown.
        let ended = self.whole.ends_with("  ");
        let fields = is_field(self.words) && is_field(next.words);
        !blank && !apart && aligned && !ended && !fields && !is_item(next.words)
    }

    /// Whether its last sign ends a sentence, or what is quoted.
    fn ends_sentence(&self) -> bool {
        self.words.ends_with(['.', '!', '?', '…', ':', '”', '"', '»', '’', ')', '。'])
    }

    /// Whether it was cut because the next word would not have fitted.
    fn was_cut(&self, next: &Self, width: usize) -> bool {
        let word = next.words.split([' ', '\t']).next().unwrap_or("").chars().count();
        self.length + 1 + word > width
    }
}

/// The width that a text's lines were filled to: the length of its longest lines, but for a few that are longer than any
/// line can be filled (addresses). `None` where it is none that texts are wrapped at.
fn width(lines: &[Line<'_>]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines
        .iter()
        .filter(|line| !line.fixed && !line.indented && line.words.contains(' '))
        .map(|line| line.length)
        .collect();
    lengths.sort_unstable();
    let longer = (lengths.len() / 50).max(usize::from(lengths.len() >= 8));
    let longest = lengths.len().checked_sub(1 + longer)?;
    lengths.get(longest).copied().filter(|width| WIDTHS.contains(width))
}

/// The width that each line was filled to: that of the text, or of the line's own paragraph where it is long enough to tell.
/// `None` where the text has none.
fn widths(lines: &[Line<'_>]) -> Option<Vec<usize>> {
    let width = width(lines)?;
    let mut widths = Vec::with_capacity(lines.len());
    for paragraph in lines.chunk_by(|line, next| line.goes_on_in(next)) {
        let own = paragraph.iter().map(|line| line.length).max();
        let own =
            own.filter(|own| paragraph.len() >= OWN_LINES && (OWN_WIDTH..width).contains(own));
        widths.resize(widths.len() + paragraph.len(), own.unwrap_or(width));
    }
    Some(widths)
}

/// The word that a hyphen at the end of `start` cut, in lower case; `None` where it is no cut word.
fn cut_word(start: &str, next: &str) -> Option<String> {
    let letters = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
    let head = start.rsplit(|c| !letters(c)).next().filter(|head| !head.is_empty())?;
    let tail = next.split(|c| !letters(c)).next().filter(|tail| !tail.is_empty())?;
    let lower = tail.chars().next().is_some_and(char::is_lowercase);
    lower.then(|| format!("{head}{tail}").to_lowercase())
}

/// The words of a text, in lower case.
fn words_of(text: &str) -> HashSet<String> {
    text.split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '’'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A paragraph filled to a width.
    fn filled(words: &str, width: usize) -> String {
        let mut lines = vec![String::new()];
        for word in words.split(' ') {
            let last = lines.len() - 1;
            let line = &mut lines[last];
            if line.is_empty() {
                line.push_str(word);
            } else if line.chars().count() + 1 + word.chars().count() <= width {
                line.push(' ');
                line.push_str(word);
            } else {
                lines.push(word.to_owned());
            }
        }
        lines.join("\n")
    }

    const WORDS: &str = "Le conseil de Port-Léonie a tenu jeudi une séance de nuit sur le quai nord, dont les \
        relevés avaient été publiés la veille par la mairie. Kervel dément avoir vu ces relevés, et la préfecture n’a \
        pas répondu à nos questions. Une source proche du dossier dit le contraire, sans vouloir être nommée, et \
        renvoie au procès-verbal de la séance, que le maire refuse de rendre public avant la fin de l’enquête.";

    #[test]
    fn filled_paragraphs_are_seen_and_joined() {
        for width in [50, 72, 80, 100] {
            let text = format!("{}\n\n{}", filled(WORDS, width), filled(WORDS, width));
            let text = Text::new(text);
            assert!(text.is_hard_wrapped(), "{width}");
            assert_eq!(text.unwrapped().as_str(), format!("{WORDS}\n\n{WORDS}"), "{width}");
            assert!(!text.unwrapped().is_hard_wrapped());
        }
    }

    #[test]
    fn paragraphs_without_empty_lines_between_them_are_seen() {
        let text = vec![filled(WORDS, 72); 5].join("\n");
        let text = Text::new(text);
        assert!(text.is_hard_wrapped());
        assert_eq!(text.unwrapped().as_str(), [WORDS; 5].join("\n"));
    }

    #[test]
    fn what_stands_in_lines_of_its_own_is_not_wrapped() {
        let verse = "Il pleut sur le port\ncomme il pleut sur la ville,\net personne ne dort\ndans la maison tranquille.\n".repeat(9);
        let list = "- un premier point qui est assez long pour remplir une ligne\n- un autre\n- un troisième point, long lui aussi, mais pas autant\n".repeat(9);
        let table = "nom\tâge\tville\nKervel\t53\tPort-Léonie\n".repeat(9);
        let prose = format!("{WORDS}\n\n").repeat(9);
        for text in [verse, list, table, prose, String::new(), "Une ligne.".to_owned()] {
            let text = Text::new(text);
            assert!(!text.is_hard_wrapped(), "{:?}", text.as_str());
        }
    }

    #[test]
    fn the_first_line_of_a_paragraph_may_be_indented() {
        for indent in ["  ", "   ", "     ", "\t"] {
            let lines = filled(&format!("{}{WORDS}", "x".repeat(indent.len())), 70);
            let paragraph = lines.replacen(&"x".repeat(indent.len()), indent, 1);
            let text = Text::new(vec![paragraph; 4].join("\n"));
            assert!(text.is_hard_wrapped(), "{indent:?}");
            let whole = format!("{indent}{WORDS}");
            assert_eq!(text.unwrapped().as_str(), vec![whole; 4].join("\n"), "{indent:?}");
        }
        let code =
            "    let answer = a_rather_long_name(with, some, arguments, that, fill);\n".repeat(6);
        let text = Text::new(format!("{}\n\n{code}", filled(WORDS, 70)));
        assert_eq!(text.unwrapped().as_str(), format!("{WORDS}\n\n{code}"));
    }

    #[test]
    fn a_short_mail_is_wrapped_whatever_its_head_and_its_signature_are() {
        let head = "From: Mara Quill <mara.quill@port-ellis.example>\nTo: The board <board@port-ellis.example>, \
            press@beacon.example\nDate: Tue, 4 Mar 2031 09:12:44 +0100\nSubject: Re: the session of Thursday";
        let end = "Yours,\nMara Quill\nPort Authority";
        // What is quoted was filled to another width.
        let mail = |answer: &str, quoted: &str| {
            format!("{head}\n\nDear all,\n\n{answer}\n\n{quoted}\n\n{end}\n")
        };
        let text = Text::new(mail(&filled(WORDS, 76), &filled(WORDS, 68)));
        assert!(text.is_hard_wrapped());
        assert_eq!(text.unwrapped().as_str(), mail(WORDS, WORDS));
        let text = Text::new(mail(WORDS, "It rained."));
        assert!(!text.is_hard_wrapped(), "nobody cut its lines");
        assert!(!Text::new(head).is_hard_wrapped());
    }

    #[test]
    fn how_a_text_was_set_goes_along() {
        let (body, quoted) = (filled(WORDS, 72), filled(WORDS, 66));
        let text = format!("A heading\n{body}\n{quoted}\na note");
        let (long, short) = (body.lines().count() as u32, quoted.lines().count() as u32);
        let block = |line, kind| Block { line, kind };
        let page = |label: &str, line, column| Page { label: label.to_owned(), line, column };
        let quotation = (0..short).map(|n| block(1 + long + n, BlockKind::Quotation(1)));
        let mut blocks = vec![block(0, BlockKind::Heading(1))];
        blocks.extend(quotation);
        blocks.push(block(1 + long + short, BlockKind::Note));
        let pages = vec![page("1", 0, 0), page("2", 3, 4), page("3", 2 + long, 0)];
        let structure = Structure { blocks, pages };
        let text = Text::new(text);
        let words_at = |text: &Text, page: &Page| {
            let line = text.get(text.paragraph(page.line as usize)).unwrap().to_owned();
            line.chars().skip(page.column as usize).take(12).collect::<String>()
        };
        assert!(text.is_hard_wrapped_as(&structure));
        let (joined, set) = text.unwrapped_as(&structure);
        assert_eq!(joined.as_str(), format!("A heading\n{WORDS}\n{WORDS}\na note"));
        let kinds = [BlockKind::Heading(1), BlockKind::Quotation(1), BlockKind::Note];
        let blocks: Vec<Block> =
            [0, 2, 3].into_iter().zip(kinds).map(|(l, k)| block(l, k)).collect();
        assert_eq!(set.blocks, blocks);
        assert!(set.fits(4));
        for (before, after) in structure.pages.iter().zip(&set.pages) {
            assert_eq!(words_at(&text, before), words_at(&joined, after), "page {}", before.label);
        }
        assert_eq!(set.pages.iter().map(|page| page.line).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn lists_quotations_and_code_keep_their_lines() {
        let body = filled(WORDS, 60);
        let quoted =
            filled(WORDS, 58).lines().map(|l| format!("> {l}")).collect::<Vec<_>>().join("\n");
        let text = format!(
            "{body}\n\n- a first point\n- a second point\n\n{quoted}\n\n```\nlet x = 1;\nlet y = 2;\n```\n\n# A heading\n{body}"
        );
        let joined = Text::new(text).unwrapped();
        assert_eq!(
            joined.as_str(),
            format!(
                "{WORDS}\n\n- a first point\n- a second point\n\n> {WORDS}\n\n```\nlet x = 1;\nlet y = 2;\n```\n\n# A heading\n{WORDS}"
            )
        );
    }

    #[test]
    fn a_cut_word_is_whole_where_the_text_knows_it() {
        let body = filled(WORDS, 60);
        let text = format!(
            "{body}\n\nLe document est une information que la préfecture avait infor-\nmation qui manquait, et le ministre parle d’un quasi-\nsilence"
        );
        let joined = Text::new(text).unwrapped();
        assert!(joined.as_str().ends_with(
            "que la préfecture avait information qui manquait, et le ministre parle d’un quasi-silence"
        ), "{}", joined.as_str());
    }

    proptest! {
        #[test]
        fn joining_keeps_every_letter(text in "[ \n>a-d.\t-]{0,400}") {
            let joined = Text::new(text.clone()).unwrapped();
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&text), letters(joined.as_str()));
        }
    }
}
