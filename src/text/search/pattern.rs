//! From what was typed to what the engine is given: words read kindly, and patterns rewritten so that a place never
//! leaves its paragraph, accents may differ, and the fast automaton can be used.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look,
    Repetition,
};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::names::is_accent;

/// A class of more characters than this was meant as a kind of character (`\w`, `[^a]`), not as letters.
const LETTERS: usize = 64;

/// A pattern for the engine that finds `words` as they stand, however apostrophes, spaces and accents are written.
/// Without `accents` it holds the bare letters: [`rewrite`] then lets them carry any.
pub(in crate::text) fn literal(words: &str, accents: bool) -> String {
    let mut pattern = String::with_capacity(words.len() * 2);
    let bare;
    let words = if accents {
        words
    } else {
        bare = bare_letters(words);
        &bare
    };
    let mut clusters = words.graphemes(true).peekable();
    while let Some(cluster) = clusters.next() {
        if !accents && let Some(both) = clusters.peek().and_then(|next| ligature(cluster, next)) {
            pattern.push_str(both);
            clusters.next();
            continue;
        }
        match cluster {
            "'" | "’" | "ʼ" => pattern.push_str("['’ʼ]"),
            " " | "\u{a0}" | "\u{202f}" | "\u{2009}" => {
                pattern.push_str("[ \u{a0}\u{202f}\u{2009}]")
            }
            "-" | "\u{2010}" | "\u{2011}" => pattern.push_str("[-\u{2010}\u{2011}]"),
            _ if cluster.is_ascii() => pattern.push_str(&regex_syntax::escape(cluster)),
            _ => {
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
        }
    }
    pattern
}

/// Words without their accents; ligatures as two letters.
fn bare_letters(words: &str) -> String {
    let mut bare = String::with_capacity(words.len());
    let mut carries = false;
    for c in words.nfd() {
        match c {
            c if is_accent(c) && carries => continue,
            'œ' => bare.push_str("oe"),
            'Œ' => bare.push_str("OE"),
            'æ' => bare.push_str("ae"),
            'Æ' => bare.push_str("AE"),
            'ß' => bare.push_str("ss"),
            'ẞ' => bare.push_str("SS"),
            c => bare.push(c),
        }
        // An accent by itself, or on what is no letter, is looked for as it stands.
        carries = c.is_alphabetic();
    }
    bare.nfc().collect()
}

/// Two letters that may be written as one.
fn ligature(first: &str, second: &str) -> Option<&'static str> {
    Some(match (first, second) {
        ("o", "e") => "(?:oe|œ)",
        ("O", "e" | "E") => "(?:O[eE]|Œ)",
        ("a", "e") => "(?:ae|æ)",
        ("A", "e" | "E") => "(?:A[eE]|Æ)",
        ("s", "s") => "(?:ss|ß)",
        _ => return None,
    })
}

/// How a pattern is rewritten.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    /// A letter matches whatever accents it carries, composed or not.
    pub any_accent: bool,
    /// Edges of words that only Unicode's tables can tell are left out: what is left finds at least as much.
    pub without_edges: bool,
}

/// A pattern whose places hold no LF, rewritten as [`How`] says.
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

/// Whether the engine's automaton has to give way to a slower engine at characters beyond ASCII.
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

/// A class without LF; where accents may differ, with every form of its letters, and what marks they carry.
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
        // Accents are told apart only where they are accents: in Latin, Greek, Cyrillic, Hebrew, Arabic.
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

/// For each letter that can carry accents, its composed forms: `e` → é è ê ë…; letters that Unicode does not
/// decompose (ø, ł, đ) are among them.
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
    for (base, form) in [('o', 'ø'), ('O', 'Ø'), ('l', 'ł'), ('L', 'Ł'), ('d', 'đ'), ('D', 'Đ')]
    {
        forms.entry(base).or_default().push(form);
    }
    forms
});
