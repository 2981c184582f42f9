//! Text that names the wrong letters: some files map their signs to other characters than those they show, most often all
//! of them shifted by one amount. The parser cannot see that; a reader of the words can.

/// The least words that say anything, and how many in a hundred must look wrong.
const LEAST_WORDS: usize = 40;
const MOST_ODD: usize = 45;

/// Whether most words of a text in Latin letters cannot be words: capitals or signs inside them, or no vowel.
pub(super) fn looks_scrambled(text: &str) -> bool {
    let (mut words, mut odd) = (0_usize, 0_usize);
    for word in text.split_whitespace().take(20_000) {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = inner.chars().filter(char::is_ascii_alphabetic).count();
        if letters < 4 || inner.contains("://") || inner.contains('@') {
            continue;
        }
        words += 1;
        odd += usize::from(is_odd(inner));
    }
    words >= LEAST_WORDS && odd * 100 > words * MOST_ODD
}

fn is_odd(word: &str) -> bool {
    let capital_inside =
        word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    let joins = |c: char| c.is_alphabetic() || "'’-‐/.·…".contains(c);
    let sign_inside = !word.chars().all(|c| joins(c) || c.is_ascii_digit());
    let vowel = |c: char| "aeiouy".contains(c) || !c.is_ascii();
    let no_vowel = !word.chars().flat_map(char::to_lowercase).any(vowel);
    // A word in capitals may be an abbreviation.
    capital_inside || sign_inside || (no_vowel && word.chars().any(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifted_letters_are_told_from_words() {
        let prose = "The company’s chief executive denied the report on Thursday, the iPhone maker said, and Dr. Schmidt \
            of DGFP agreed. Le conseil d’administration n’a pas souhaité commenter. Der Vorstand schweigt. "
            .repeat(5);
        assert!(!looks_scrambled(&prose));
        let shifted: String = prose
            .chars()
            .map(|c| match c {
                'a'..='z' | 'A'..='Z' => char::from_u32(u32::from(c) - 15).unwrap_or(c),
                c => c,
            })
            .collect();
        assert!(looks_scrambled(&shifted), "{shifted}");
        assert!(!looks_scrambled("xkcd bcdf"));
    }
}
