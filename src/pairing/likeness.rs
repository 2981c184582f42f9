//! How two names resemble each other: a score from 0 to 1, and why, in words. Rules that a reader can follow, over names
//! compared without accents, capitals and signs ([`fold`]).

use crate::inquiry::review::look_alike::differ_by_one;
use crate::text::fold;

/// A way in which two names are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// One is a part of the other: “Varquier”, “Solène Varquier”.
    Part,
    /// One is the first letters of the other: “AFP”, “Agence France-Presse”.
    Letters,
    /// They differ by one letter: “Ormelot”, “Ormellot”.
    OneLetter,
    /// Some names in one are only initials in the other: “S. Varquier”, “Solène Varquier”.
    Initials,
    /// They differ by small words and titles: “de Kervel”, “Mr Kervel”.
    SmallWords,
    /// The same words in another order: “Kervel Anne”.
    Order,
    /// The same but for accents, capitals and signs.
    Same,
}

impl Likeness {
    /// How sure it is that they mean one, from 0 to 1. Only the order matters, and the distance to other signs.
    pub(super) const fn score(self) -> f32 {
        match self {
            Self::Part => 0.65,
            Self::Letters => 0.7,
            Self::OneLetter => 0.75,
            Self::Initials => 0.8,
            Self::SmallWords => 0.88,
            Self::Order => 0.92,
            Self::Same => 1.0,
        }
    }

    /// In words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Part => "one name is part of the other",
            Self::Letters => "one name is the first letters of the other",
            Self::OneLetter => "one letter apart",
            Self::Initials => "the same name with initials",
            Self::SmallWords => "the same name but for small words",
            Self::Order => "the same words in another order",
            Self::Same => "the same name",
        }
    }
}

/// Words that a name is the same with or without: particles, articles, forms of address, forms of companies.
const SMALL: &str = "\
    al bin bint co corp d da das de dei del della der des di do dos dr du el et gmbh ibn inc jr l la las le les llc los \
    ltd m me mlle mme mr mrs ms of plc pr prof sa sarl sas sir sr st the ten ter van von y zu zur";

/// A name, made ready for comparing.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    folded: String,
    /// Its words.
    words: Vec<String>,
    /// Its words but for the small ones; all of them where it has no others.
    core: Vec<String>,
}

impl Prepared {
    pub(super) fn of(name: &str) -> Self {
        let folded = fold(name);
        let words: Vec<String> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let mut core: Vec<String> =
            words.iter().filter(|word| !crate::text::among(SMALL, word)).cloned().collect();
        if core.is_empty() {
            core.clone_from(&words);
        }
        Self { folded, words, core }
    }

    /// The name as it is compared.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// The words that carry it.
    pub(super) fn core(&self) -> &[String] {
        &self.core
    }

    /// The first letters of its words, where it has two or more: what an abbreviation of it would be.
    pub(super) fn letters(&self) -> impl Iterator<Item = String> {
        let of = |words: &[String]| -> Option<String> {
            (words.len() >= 2)
                .then(|| words.iter().filter_map(|word| word.chars().next()).collect())
        };
        let (all, core) = (of(&self.words), of(&self.core));
        let core = core.filter(|core| Some(core) != all.as_ref());
        all.into_iter().chain(core)
    }
}

/// How two names are alike; `None` where nothing says so.
pub(super) fn likeness(a: &Prepared, b: &Prepared) -> Option<Likeness> {
    if a.words.is_empty() || b.words.is_empty() {
        return None;
    }
    if a.folded == b.folded || a.words == b.words {
        return Some(Likeness::Same);
    }
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    if sorted(&a.words) == sorted(&b.words) {
        return Some(Likeness::Order);
    }
    if sorted(&a.core) == sorted(&b.core) {
        return Some(Likeness::SmallWords);
    }
    if with_initials(&a.core, &b.core) {
        return Some(Likeness::Initials);
    }
    // Long sentences differ by a letter too, but nobody compares them by letters.
    let letters =
        |name: &Prepared| name.folded.chars().filter(|c| c.is_alphanumeric()).take(101).count();
    let either = [letters(a), letters(b)];
    if either.iter().all(|n| *n <= 100)
        && either.iter().any(|n| *n >= 5)
        && differ_by_one(&a.folded, &b.folded)
    {
        return Some(Likeness::OneLetter);
    }
    let abbreviates = |short: &Prepared, long: &Prepared| {
        let [one] = &short.words[..] else { return false };
        (2..=8).contains(&one.chars().count()) && long.letters().any(|letters| letters == *one)
    };
    if abbreviates(a, b) || abbreviates(b, a) {
        return Some(Likeness::Letters);
    }
    let (short, long) = if a.core.len() <= b.core.len() { (a, b) } else { (b, a) };
    let letters: usize =
        short.core.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).count();
    let part = short.core.len() < long.core.len()
        && letters >= 4
        && short.core.iter().all(|word| long.core.contains(word));
    part.then_some(Likeness::Part)
}

/// Whether word stands for word in the same order, some of them initials, and at least one word whole.
fn with_initials(a: &[String], b: &[String]) -> bool {
    if a.len() != b.len() || a.len() < 2 {
        return false;
    }
    let mut whole = 0;
    for (x, y) in a.iter().zip(b) {
        let mut letters = (x.chars(), y.chars());
        let initial = |one: &str| one.chars().nth(1).is_none();
        if x == y {
            whole += usize::from(!initial(x));
        } else if !(initial(x) || initial(y)) || letters.0.next() != letters.1.next() {
            return false;
        }
    }
    whole > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: &str, b: &str) -> Option<Likeness> {
        let (a, b) = (Prepared::of(a), Prepared::of(b));
        let found = likeness(&a, &b);
        assert_eq!(found, likeness(&b, &a), "it is symmetric");
        found
    }

    #[test]
    fn names_that_may_mean_one_are_told_with_the_reason() {
        for (a, b, told) in [
            ("Solène Varquier", "solene  VARQUIER", Likeness::Same),
            ("@svarquier", "svarquier", Likeness::Same),
            ("Kervel Anne", "Anne Kervel", Likeness::Order),
            ("Le Phare", "Phare", Likeness::SmallWords),
            ("Anne de Kervel", "Mme Anne Kervel", Likeness::SmallWords),
            ("Thornquay Inc.", "Thornquay", Likeness::SmallWords),
            ("S. Varquier", "Solène Varquier", Likeness::Initials),
            ("J. R. Orr", "Jean Robert Orr", Likeness::Initials),
            ("Ormelot", "Ormellot", Likeness::OneLetter),
            ("AMI", "Autorité des marchés insulaires", Likeness::Letters),
            ("Varquier", "Solène Varquier", Likeness::Part),
            ("Thornquay Partners", "Thornquay Partners Europe", Likeness::Part),
        ] {
            assert_eq!(of(a, b), Some(told), "{a}, {b}");
        }
    }

    #[test]
    fn what_only_looks_alike_to_a_machine_is_not_told() {
        for (a, b) in [
            ("Anne Kervel", "Paul Kervel"),
            ("Line 1", "Line 2"),
            ("Ito", "Ita"),
            ("", "Kervel"),
            ("…", "…"),
            ("A. B.", "A. C."),
            ("de la", "du"),
        ] {
            assert_eq!(of(a, b), None, "{a}, {b}");
        }
    }

    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_symmetric_and_a_name_is_like_itself(a in "[A-Dé. ]{0,12}", b in "[A-Dé. ]{0,12}") {
            let found = of(&a, &b);
            prop_assert!(found.is_none_or(|found| (0.0..=1.0).contains(&found.score())));
            if a.chars().any(char::is_alphanumeric) {
                prop_assert_eq!(of(&a, &a), Some(Likeness::Same));
            }
        }
    }
}
