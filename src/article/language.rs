//! The language of a text, told by its small words. Pure.

use crate::text::fold;

/// How many bytes of a text are looked at.
const SAMPLE: usize = 64 << 10;

const FRENCH: &[&str] = &[
    "et", "est", "une", "dans", "pour", "pas", "sur", "avec", "aux", "cette", "les", "des", "du",
    "qui", "par", "sont", "mais", "ses", "ont", "etait", "selon", "ete", "plus", "ce", "il",
    "elle", "au", "ne", "leur", "nous", "vous", "je",
];
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "is", "was", "that", "for", "with", "his", "her", "are", "by", "has",
    "had", "have", "been", "were", "from", "not", "but", "they", "said", "who", "which", "at",
    "this", "it", "he", "she", "we", "you",
];
/// Small words of the neighbours that share some with these two: Spanish, Portuguese, Italian, Catalan, German, Dutch.
const OTHERS: &[&str] = &[
    "el", "los", "las", "una", "y", "con", "por", "para", "del", "se", "como", "su", "o", "os",
    "um", "uma", "na", "nao", "com", "il", "che", "di", "della", "gli", "sono", "non", "per", "i",
    "els", "amb", "der", "die", "das", "und", "den", "dem", "ein", "eine", "ist", "nicht", "mit",
    "von", "zu", "het", "een", "van", "en", "dat", "op", "te", "niet", "voor",
];

/// `fr` or `en` where the small words of the text speak clearly for it, otherwise `None`.
pub(super) fn language_of(text: &str) -> Option<&'static str> {
    let sample = fold(&text[..text.floor_char_boundary(text.len().min(SAMPLE))]);
    let (mut words, mut french, mut english, mut others) = (0_u32, 0_u32, 0_u32, 0_u32);
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        words += 1;
        french += u32::from(FRENCH.contains(&word));
        english += u32::from(ENGLISH.contains(&word));
        others += u32::from(OTHERS.contains(&word));
    }
    let clear = |own: u32, other: u32| {
        own >= 3 && own * 100 >= words * 8 && own > 2 * other && own > others
    };
    match () {
        () if clear(french, english) => Some("fr"),
        () if clear(english, french) => Some("en"),
        () => None,
    }
}
