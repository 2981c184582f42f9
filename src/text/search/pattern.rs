//! From what was typed to what the engine is given: a tolerant pattern for words, and regular expressions rewritten so
//! that a match never leaves its paragraph, accents may differ, and the fast automaton can be used.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look,
    Repetition,
};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::equivalence::{INVISIBLE, SPACES, is_invisible, is_space, letters_in, signs_like};
use crate::text::names::is_accent;

/// The most characters of a class that is treated as a set of letters; a larger one is a kind of character (`\w`,
/// `[^a]`).
const LETTERS: usize = 64;

/// Options for words that are not a regular expression.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// Accents must match. Otherwise the pattern holds the bare letters, and [`rewrite`] allows any accent on them.
    pub accents: bool,
    /// Case must match.
    pub case: bool,
    /// Invisible characters may be between the letters.
    pub invisible: bool,
}

/// A pattern that finds `words` as a reader sees them: however apostrophes, quotation marks, dashes, ellipses and
/// accents are written, over any run of spaces, and with ligatures for their letters.
pub(super) fn literal(words: &str, how: Reading) -> String {
    let visible: String = words.chars().filter(|c| !is_invisible(*c)).collect();
    if visible.is_empty() {
        return regex_syntax::escape(words);
    }
    let words = if how.accents { visible } else { bare_letters(&visible) };
    let clusters: Vec<&str> = words.graphemes(true).collect();
    let gap = if how.invisible { format!("[{INVISIBLE}]*") } else { String::new() };
    let mut pattern = String::with_capacity(words.len() * 2);
    let mut at = 0;
    while let Some(cluster) = clusters.get(at) {
        if at > 0 {
            pattern.push_str(&gap);
        }
        let rest = &clusters[at..];
        if cluster.chars().all(is_space) {
            let run = rest.iter().take_while(|cluster| cluster.chars().all(is_space)).count();
            // Invisible characters after the match do not belong to it.
            let inside = at + run < clusters.len() && how.invisible;
            let unseen = if inside { INVISIBLE } else { "" };
            pattern.push_str(&format!("[{SPACES}][{SPACES}{unseen}]*"));
            at += run;
        } else if *cluster == "…" || rest.starts_with(&[".", ".", "."]) {
            pattern.push_str(&format!(r"(?:…|\.{gap}\.{gap}\.)"));
            at += if *cluster == "…" { 1 } else { 3 };
        } else if let Some((letters, forms)) = ligature(rest, how, &gap) {
            pattern.push_str(&forms);
            at += letters;
        } else {
            push_cluster(&mut pattern, cluster, &gap);
            at += 1;
        }
    }
    pattern
}

/// Adds the pattern for one character as a reader sees it, with its marks.
fn push_cluster(pattern: &mut String, cluster: &str, gap: &str) {
    let mut chars = cluster.chars();
    let only = chars.next().filter(|_| chars.next().is_none());
    if let Some(signs) = only.and_then(signs_like) {
        pattern.push('[');
        pattern.push_str(&regex_syntax::escape(signs));
        pattern.push(']');
        return;
    }
    if let Some(letters) = only.and_then(letters_in).filter(|_| only.is_some_and(is_ligature)) {
        pattern.push_str(&format!("(?:{cluster}|"));
        let parts: Vec<String> = letters.chars().map(String::from).collect();
        pattern.push_str(&parts.join(gap));
        pattern.push(')');
        return;
    }
    if cluster.is_ascii() {
        pattern.push_str(&regex_syntax::escape(cluster));
        return;
    }
    let composed: String = cluster.nfc().collect();
    let decomposed: String = cluster.nfd().collect();
    if composed == decomposed {
        pattern.push_str(&regex_syntax::escape(cluster));
    } else {
        pattern.push_str("(?:");
        pattern.push_str(&regex_syntax::escape(&composed));
        pattern.push('|');
        pattern.push_str(&regex_syntax::escape(&decomposed));
        pattern.push(')');
    }
}

/// Words without their accents; ligatures as their letters.
fn bare_letters(words: &str) -> String {
    let mut bare = String::with_capacity(words.len());
    let mut carries = false;
    for c in words.nfd() {
        if is_accent(c) && carries {
            continue;
        }
        match letters_in(c) {
            Some(letters) => bare.push_str(letters),
            None => bare.push(
                UNDECOMPOSED.iter().find(|(_, form)| *form == c).map_or(c, |(base, _)| *base),
            ),
        }
        // An accent by itself, or on something other than a letter, is searched for as it is.
        carries = c.is_alphabetic();
    }
    bare.nfc().collect()
}

/// Whether a character is a typographic ligature, not a letter of its own: it matches its letters even where accents
/// must match.
fn is_ligature(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fb06}' | 'ĳ' | 'Ĳ')
}

/// Letters that may be written as one character, the longest first, with their pattern; `_` is where invisible
/// characters may be.
const LIGATURES: [(&str, &str); 10] = [
    ("ffi", "f_f_i|ﬀ_i|f_ﬁ|ﬃ"),
    ("ffl", "f_f_l|ﬀ_l|f_ﬂ|ﬄ"),
    ("ff", "f_f|ﬀ"),
    ("fi", "f_i|ﬁ"),
    ("fl", "f_l|ﬂ"),
    ("st", "s_t|ﬆ|ﬅ"),
    ("ij", "i_j|ĳ"),
    ("oe", "o_e|œ"),
    ("ae", "a_e|æ"),
    ("ss", "s_s|ß"),
];

/// The letters that begin `rest` and may be written as one character: how many, and the pattern for them.
fn ligature(rest: &[&str], how: Reading, gap: &str) -> Option<(usize, String)> {
    let typed: String = rest.iter().take(3).take_while(|one| one.len() == 1).copied().collect();
    let small = typed.to_ascii_lowercase();
    let first = if how.accents { &LIGATURES[..7] } else { &LIGATURES[..] };
    let (letters, forms) = first.iter().find(|(letters, _)| small.starts_with(letters))?;
    let typed = typed.get(..letters.len())?;
    let capital = typed.starts_with(|c: char| c.is_ascii_uppercase());
    let mixed = typed != *letters;
    let forms = if !how.case || !mixed {
        (*forms).to_owned()
    } else if capital && let Some(sign) = capital_form(letters) {
        // “Œuvre” for “Oeuvre” and “OEUVRE”.
        let spelled: Vec<String> = typed.chars().map(String::from).collect();
        format!("{}|{sign}", spelled.join("_"))
    } else {
        return None;
    };
    Some((letters.len(), format!("(?:{})", forms.replace('_', gap))))
}

/// The capital ligature of two letters.
fn capital_form(letters: &str) -> Option<char> {
    Some(match letters {
        "oe" => 'Œ',
        "ae" => 'Æ',
        "ss" => 'ẞ',
        "ij" => 'Ĳ',
        _ => return None,
    })
}

/// Options for rewriting a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    /// A letter matches with any accents, composed or not.
    pub any_accent: bool,
    /// Word boundaries that need Unicode's tables are left out: the rest finds at least as much.
    pub without_edges: bool,
}

/// A pattern whose matches contain no LF, rewritten with these options.
pub(super) fn rewrite(hir: &Hir, how: How) -> Hir {
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(words) => Hir::concat(
                words.chars().map(|c| letters(&ClassUnicode::new([one(c)]), how)).collect(),
            ),
            Err(_) => Hir::literal(literal.0.clone()),
        },
        HirKind::Class(Class::Unicode(class)) => letters(class, how),
        HirKind::Class(Class::Bytes(class)) => {
            let mut class = class.clone();
            class.difference(&ClassBytes::new([ClassBytesRange::new(b'\n', b'\n')]));
            Hir::class(Class::Bytes(class))
        }
        HirKind::Look(look) if how.without_edges && is_unicode_edge(*look) => Hir::empty(),
        HirKind::Look(look) => Hir::look(*look),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            min: repetition.min,
            max: repetition.max,
            greedy: repetition.greedy,
            sub: Box::new(rewrite(&repetition.sub, how)),
        }),
        HirKind::Capture(capture) => rewrite(&capture.sub, how),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(|p| rewrite(p, how)).collect()),
        HirKind::Alternation(parts) => {
            Hir::alternation(parts.iter().map(|p| rewrite(p, how)).collect())
        }
    }
}

/// Whether the engine falls back to a slower one at characters beyond ASCII because of this boundary.
pub(super) const fn is_unicode_edge(look: Look) -> bool {
    matches!(
        look,
        Look::WordUnicode
            | Look::WordUnicodeNegate
            | Look::WordStartUnicode
            | Look::WordEndUnicode
            | Look::WordStartHalfUnicode
            | Look::WordEndHalfUnicode
    )
}

fn one(c: char) -> ClassUnicodeRange {
    ClassUnicodeRange::new(c, c)
}

/// A class without LF; where accents may differ, with every form of its letters and their marks.
fn letters(class: &ClassUnicode, how: How) -> Hir {
    let mut class = class.clone();
    class.difference(&ClassUnicode::new([one('\n')]));
    let few = class.ranges().iter().map(|range| range.len()).sum::<usize>() <= LETTERS;
    if !how.any_accent || !few {
        return Hir::class(Class::Unicode(class));
    }
    let mut carries = false;
    let all: Vec<char> =
        class.ranges().iter().flat_map(|range| range.start()..=range.end()).collect();
    for c in all {
        let base = c.nfd().next().unwrap_or(c);
        // Marks are accents only in Latin, Greek, Cyrillic, Hebrew and Arabic.
        let Some(forms) = FORMS.get(&base) else { continue };
        carries = true;
        for form in forms.iter().chain([&base]) {
            class.push(one(*form));
        }
    }
    let class = Hir::class(Class::Unicode(class));
    if !carries {
        return class;
    }
    let marks = Hir::repetition(Repetition {
        min: 0,
        max: None,
        greedy: true,
        sub: Box::new(Hir::class(Class::Unicode(marks()))),
    });
    Hir::concat(vec![class, marks])
}

/// The marks that are accents.
fn marks() -> ClassUnicode {
    ClassUnicode::new(
        [
            ('\u{0300}', '\u{036f}'),
            ('\u{0483}', '\u{0487}'),
            ('\u{0591}', '\u{05bd}'),
            ('\u{05bf}', '\u{05bf}'),
            ('\u{05c1}', '\u{05c2}'),
            ('\u{05c4}', '\u{05c5}'),
            ('\u{05c7}', '\u{05c7}'),
            ('\u{0610}', '\u{061a}'),
            ('\u{064b}', '\u{065f}'),
            ('\u{0670}', '\u{0670}'),
            ('\u{06d6}', '\u{06dc}'),
            ('\u{1ab0}', '\u{1aff}'),
            ('\u{1dc0}', '\u{1dff}'),
        ]
        .map(|(first, last)| ClassUnicodeRange::new(first, last)),
    )
}

/// Letters that Unicode does not decompose, with those typed instead of them.
const UNDECOMPOSED: [(char, char); 11] = [
    ('o', 'ø'),
    ('O', 'Ø'),
    ('l', 'ł'),
    ('L', 'Ł'),
    ('d', 'đ'),
    ('D', 'Đ'),
    ('i', 'ı'),
    ('d', 'ð'),
    ('D', 'Ð'),
    ('h', 'ħ'),
    ('H', 'Ħ'),
];

/// For each letter that can carry accents, its composed forms: `e` → é è ê ë…; letters that Unicode does not
/// decompose (ø, ł, đ, ı) are among them.
static FORMS: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut forms: HashMap<char, Vec<char>> = HashMap::new();
    // Letters of these scripts carry accents even where no composed form exists.
    let bare = ('a'..='z')
        .chain('A'..='Z')
        .chain('\u{370}'..='\u{3ff}')
        .chain('\u{400}'..='\u{52f}')
        .chain('\u{5d0}'..='\u{5ea}')
        .chain('\u{620}'..='\u{64a}');
    for c in bare {
        forms.entry(c).or_default();
    }
    for c in ('\u{c0}'..='\u{24f}').chain('\u{370}'..='\u{6ff}').chain('\u{1e00}'..='\u{1fff}') {
        let mut parts = c.nfd();
        let Some(base) = parts.next().filter(|base| *base != c) else { continue };
        if parts.all(is_accent) {
            forms.entry(base).or_default().push(c);
        }
    }
    for (base, form) in UNDECOMPOSED {
        forms.entry(base).or_default().push(form);
    }
    forms
});
