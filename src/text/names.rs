//! Comparing names and propositions: a key that ignores spelling, and the similarity of two of them. Telling a name
//! from a description is in `sources`, finding a name in a text in `places`.

use std::borrow::Cow;

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::equivalence::{is_invisible, letters_in, signs_like};

/// A key that is the same for all spellings of a name: accents dropped, lower case, curly quotation marks and
/// apostrophes straight, hyphens and dashes of every kind as `-`, `…` as three dots, any run of white space (no-break
/// spaces too) as one space, ligatures as their letters, `ı` as `i`, and invisible characters (soft hyphens, marks of
/// direction) removed.
///
/// Folding a folded name changes nothing. Marks are dropped where they are accents or points (Latin, Greek, Cyrillic,
/// Hebrew, Arabic), not where they are letters of their own (Devanagari vowels, the Japanese voicing mark).
pub fn fold(s: &str) -> String {
    if s.is_ascii() {
        let mut key = String::with_capacity(s.len());
        push_spaced(&mut key, s.chars().map(|c| c.to_ascii_lowercase()));
        return key;
    }
    let mut letters = String::with_capacity(s.len());
    for c in s.nfd() {
        match c {
            c if is_invisible(c) => {}
            'ø' | 'Ø' => letters.push('o'),
            'ł' | 'Ł' => letters.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => letters.push('d'),
            'ħ' | 'Ħ' => letters.push('h'),
            'ſ' => letters.push('s'),
            'ı' => letters.push('i'),
            'ς' => letters.push('σ'),
            '…' => letters.push_str("..."),
            c => {
                if let Some(signs) = signs_like(c) {
                    letters.extend(signs.chars().next());
                } else if let Some(parts) = letters_in(c) {
                    letters.push_str(&parts.to_ascii_lowercase());
                } else {
                    letters.extend(c.to_lowercase().filter(|&c| !is_accent(c)));
                }
            }
        }
    }
    let mut key = String::with_capacity(letters.len());
    push_spaced(&mut key, letters.nfc());
    key
}

/// Whether two names are the same: the same characters, however Unicode composes them (NFC, NFD). Unlike comparing by
/// [`fold`], any other difference makes two names different.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    a == b || !(a.is_ascii() && b.is_ascii()) && a.nfc().eq(b.nfc())
}

/// The key of a table of names: equal for two names exactly when they are the same ([`same_name`]).
#[must_use]
pub fn name_key(name: &str) -> Cow<'_, str> {
    if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

fn push_spaced(key: &mut String, letters: impl Iterator<Item = char>) {
    let mut gap = false;
    for c in letters {
        if c.is_whitespace() {
            gap = true;
        } else {
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.push(c);
        }
    }
}

pub(super) fn is_accent(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF // on Latin, Greek, Cyrillic
        | 0x0483..=0x0487                                   // Cyrillic
        | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7 // Hebrew points
        | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC) // Arabic points
}

/// The similarity of two propositions, 0 to 1: the mean of two Dice coefficients, over their words and over the
/// trigrams of those words, both folded. Function words do not count, unless there are no others. 1 where both fold to
/// the same words, 0 where one of them has no words. Symmetric.
///
/// The measure is that of L. R. Dice, "Measures of the amount of ecologic association between species", Ecology 26
/// (1945); on trigrams it tolerates inflection, which comparing words alone does not.
pub fn similarity(a: &str, b: &str) -> f32 {
    let (a, b) = (fold(a), fold(b));
    let (a, b) = (content_words(&a), content_words(&b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let words = dice(a.iter().map(|w| (*w).to_owned()), b.iter().map(|w| (*w).to_owned()));
    let trigrams = dice(a.iter().flat_map(|w| trigrams(w)), b.iter().flat_map(|w| trigrams(w)));
    f32::midpoint(words, trigrams)
}

/// The words of a folded text that carry its meaning; all of them where none does.
fn content_words(folded: &str) -> Vec<&str> {
    let all: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let content: Vec<&str> = all.iter().copied().filter(|w| !among(HOLDING, w)).collect();
    if content.is_empty() { all } else { content }
}

/// Whether a word is in a list whose words are separated by spaces.
pub(crate) fn among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// French and English function words, folded. Negations are not among them: they change what is claimed, though so
/// little that a claim and its denial are still found similar.
const HOLDING: &str = "\
    a ai an and are as at au aurait aux avait avec be been by c ce ces cette d dans de des du elle en est et eu \
    for from had has have he her his il ils in is it its j l la le les leur m of on ont or ou par pour qu que \
    qui s sa se serait ses she son sur that the their they to un une was were which who with y";

/// The runs of three characters in a word with a space at either end, so that its first and last letter weigh more.
fn trigrams(word: &str) -> Vec<String> {
    let padded: Vec<char> =
        std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
    padded.windows(3).map(|w| w.iter().collect()).collect()
}

/// The Dice coefficient of two bags: twice what they share, divided by what they hold together.
fn dice(a: impl Iterator<Item = String>, b: impl Iterator<Item = String>) -> f32 {
    let mut bag: HashMap<String, u32> = HashMap::new();
    let (mut size, mut shared) = (0_u32, 0_u32);
    for item in a {
        *bag.entry(item).or_default() += 1;
        size += 1;
    }
    for item in b {
        size += 1;
        if let Some(left) = bag.get_mut(&item).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    if size == 0 { 0.0 } else { (2.0 * f64::from(shared) / f64::from(size)) as f32 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (a, b) in [
            ("Théodore  QUÉMAR", "theodore quemar"),
            ("l’Élysée", "L'ELYSEE"),
            ("Le\u{a0}Monde", "le monde"),
            ("e\u{301}te\u{301}", "Été"),
            ("Sœur Ægir", "soeur aegir"),
            ("Jean\u{2011}Pierre", "jean-pierre"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            ("ΟΔΟΣ", "οδος"),
            ("co\u{ad}op", "coop"),
            ("Le ﬁlet Dauﬀe", "le filet dauffe"),
            ("Yıldız Şen", "yildiz sen"),
            ("STRASSER", "Straßer"),
            ("Va\u{200b}r\u{2060}quier\u{200e}", "varquier"),
            ("Le « Ressac » – “Groix”…", "le « ressac » - \"groix\"..."),
            ("Orr–Vance", "orr-vance"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn one_name_in_two_encodings_is_one_name() {
        assert!(same_name("Sol\u{e8}ne", "Sole\u{300}ne") && same_name("Orr", "Orr"));
        assert!(!same_name("Solène", "Solene") && !same_name("Orr", "ORR") && !same_name("", "é"));
    }

    #[test]
    fn different_letters_stay_different() {
        assert_ne!(fold("がく"), fold("かく"));
        assert_ne!(fold("कि"), fold("क"));
        assert_ne!(fold("@sama"), fold("sama"));
        assert_eq!(fold("한국"), "한국");
        assert_eq!(fold(" \u{a0}\n"), "");
    }

    #[test]
    fn similar_claims_are_found_alike() {
        let fired = "OpenAI a licencié Sam Altman vendredi";
        assert_eq!(similarity(fired, "openai a LICENCIÉ  Sam Altman, vendredi."), 1.0);
        assert!(similarity(fired, "Sam Altman licencié par OpenAI") > 0.7);
        assert!(similarity(fired, "OpenAI n’a pas licencié Sam Altman") > 0.6);
        assert!(similarity(fired, "Microsoft investit des milliards de dollars") < 0.15);
        assert!(
            similarity("les licenciements", "le licenciement")
                > similarity("les licenciements", "la licence")
        );
        // Nothing but holding words in common is nothing in common.
        assert_eq!(similarity("il est dans le jardin", "elle est dans la cave"), 0.0);
        assert_eq!(similarity("", ""), 0.0);
        assert_eq!(similarity("…", "a"), 0.0);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(s in "\\PC{0,40}") {
            let once = fold(&s);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn similarity_is_symmetric_between_0_and_1(a in "[a-eé’ ]{0,30}", b in "[a-eé’ ]{0,30}") {
            let (ab, ba) = (similarity(&a, &b), similarity(&b, &a));
            prop_assert_eq!(ab, ba);
            prop_assert!((0.0..=1.0).contains(&ab));
            let itself = similarity(&a, &a);
            prop_assert!(itself == 1.0 || itself == 0.0 && !a.chars().any(char::is_alphanumeric));
        }
    }
}
