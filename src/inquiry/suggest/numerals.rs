//! Roman numerals in names and dates: “Philippe II”, “XXIe siècle”.

/// A Roman numeral, as a number (“XIV”) or an ordinal (“XXIe”, “Ier”).
pub(super) enum Roman {
    Cardinal,
    Ordinal,
}

/// Whether a word is a Roman numeral up to 89: larger ones are more often acronyms.
pub(super) fn roman(word: &str) -> Option<Roman> {
    let digits = word.chars().take_while(|c| matches!(c, 'I' | 'V' | 'X' | 'L')).count();
    let (numeral, ending) = word.split_at(digits);
    let units = numeral.trim_start_matches(['X', 'L']);
    let tens = &numeral[..numeral.len() - units.len()];
    let sound = matches!(tens, "" | "X" | "XX" | "XXX" | "XL" | "L" | "LX" | "LXX" | "LXXX")
        && matches!(units, "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII")
        || matches!(numeral, "IX" | "XIX" | "XXIX" | "XXXIX" | "XLIX" | "LIX" | "LXIX" | "LXXIX");
    if matches!(numeral, "" | "L") || !sound {
        return None;
    }
    match ending {
        "" => Some(Roman::Cardinal),
        "e" | "er" | "re" | "ère" | "ème" | "ième" | "è" | "es" | "èmes" | "nd" | "nde" | "th"
        | "st" | "rd" => Some(Roman::Ordinal),
        _ => None,
    }
}
