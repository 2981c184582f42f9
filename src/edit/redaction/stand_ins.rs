//! What is written in place of a name: “Source 1”. It holds nothing that is hidden, and completes nothing: after
//! “vitamin ” a “Claim 1” would read as the hidden name “Vitamin C”.

use std::collections::BTreeSet;

use super::Hidden;
use super::replacer::Replacer;
use crate::notebook::{Detail, Entity};
use crate::text::{fold, word_edge};

/// For each kind the words to choose from, the best first; no two of them begin with one letter.
const WORDS: [[&str; 4]; 3] = [
    ["Source", "Person", "Unnamed", "Individual"],
    ["Event", "Incident", "Occasion", "Something"],
    ["Claim", "Statement", "Assertion", "Remark"],
];

/// How many numbers are tried before one is taken that may complete a name.
const TRIES: usize = 1_000;

/// Gives one stand-in after the other.
pub(super) struct StandIns<'a> {
    /// The names in the notebook.
    taken: BTreeSet<&'a str>,
    forms: Forms,
    /// Of each kind the number of the word, `None` where every one of them clashes, and the last number given.
    kinds: [(Option<usize>, usize); 3],
}

/// What is hidden, folded.
struct Forms {
    finds: Replacer,
    whole: BTreeSet<String>,
    /// Every form, one after the other.
    all: String,
    /// The beginnings of forms of several words, up to the end of a word.
    heads: BTreeSet<String>,
    /// The ends of them, from the start of a word.
    tails: BTreeSet<String>,
}

impl<'a> StandIns<'a> {
    /// Stand-ins that are none of the names taken.
    pub(super) fn new(hidden: &[Hidden], taken: BTreeSet<&'a str>) -> Self {
        let forms = Forms::new(hidden);
        // A form that ends in a digit or begins with one excludes numbers; one that ends in a letter, the word.
        let fits = |word: &&str| (1..=10).any(|number| !forms.clash(&format!("{word} {number}")));
        let kinds = WORDS.map(|words| (words.iter().position(fits), 0));
        Self { taken, forms, kinds }
    }

    /// The next one for an entity.
    pub(super) fn next(&mut self, entity: Option<&Entity>) -> String {
        let kind = match entity.map(|entity| &entity.detail) {
            Some(Detail::Actor(_)) | None => 0,
            Some(Detail::Event(_)) => 1,
            Some(Detail::Claim(_)) => 2,
        };
        let (word, last) = self.kinds[kind];
        let name = |number: usize| format!("{} {number}", WORDS[kind][word.unwrap_or(0)]);
        let is_new = |number: &usize| !self.taken.contains(&*name(*number));
        let fits = |number: &usize| is_new(number) && !self.forms.clash(&name(*number));
        let tries = if word.is_some() { TRIES } else { 0 };
        let number = (last + 1..).take(tries).find(fits).or_else(|| (last + 1..).find(is_new));
        let number = number.unwrap_or(last + 1);
        let name = name(number);
        self.kinds[kind].1 = number;
        name
    }
}

impl Forms {
    fn new(hidden: &[Hidden]) -> Self {
        let whole: BTreeSet<String> =
            hidden.iter().flat_map(|one| &one.forms).map(|form| fold(form)).collect();
        let mut all = String::new();
        let (mut heads, mut tails) = (BTreeSet::new(), BTreeSet::new());
        for form in &whole {
            all.push_str(form);
            all.push('\n');
            let edges = form.char_indices().map(|(at, _)| at).skip(1);
            for at in edges.filter(|at| word_edge(form, *at)) {
                heads.insert(form[..at].to_owned());
                tails.insert(form[at..].to_owned());
            }
        }
        Self { finds: Replacer::new(hidden), whole, all, heads, tails }
    }

    /// Whether a stand-in holds a form, stands in one, or completes one with what stands before or after it.
    fn clash(&self, stand_in: &str) -> bool {
        let folded = fold(stand_in);
        let ends = || (1..=folded.len()).filter(|end| folded.is_char_boundary(*end));
        let starts = || (0..folded.len()).filter(|start| folded.is_char_boundary(*start));
        let holds_one = starts()
            .any(|start| ends().any(|end| end > start && self.whole.contains(&folded[start..end])));
        ends().any(|end| self.tails.contains(&folded[..end]))
            || starts().any(|start| self.heads.contains(&folded[start..]))
            || self.all.contains(&folded)
            // A short form is found as a whole word only.
            || holds_one && !self.finds.spots(stand_in).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notebook::{EntityId, Kind};

    /// What is hidden by these forms, all of them actors.
    fn hidden(forms: &[Vec<String>], taken: &[&str]) -> Vec<Hidden> {
        let one = |forms: &Vec<String>| Hidden {
            entity: EntityId::random(),
            name: forms[0].clone(),
            stand_in: String::new(),
            forms: forms.clone(),
        };
        let mut hidden: Vec<Hidden> = forms.iter().map(one).collect();
        let entity = Entity::new(Kind::Actor, "");
        let mut names = StandIns::new(&hidden, taken.iter().copied().collect());
        for one in &mut hidden {
            one.stand_in = names.next(Some(&entity));
        }
        hidden
    }

    fn stand_ins(forms: &[&str], taken: &[&str]) -> Vec<String> {
        let forms: Vec<_> = forms.iter().map(|form| vec![(*form).to_owned()]).collect();
        hidden(&forms, taken).into_iter().map(|one| one.stand_in).collect()
    }

    #[test]
    fn a_stand_in_completes_no_name() {
        assert_eq!(stand_ins(&["Orr", "Vale"], &[]), ["Source 1", "Source 2"]);
        assert_eq!(stand_ins(&["Orr", "Vale"], &["Source 1"]), ["Source 2", "Source 3"]);
        // “mister [Vale]” would read as “Mister S”.
        assert_eq!(stand_ins(&["Mister S", "Vale"], &[]), ["Person 1", "Person 2"]);
        assert_eq!(stand_ins(&["Mister S", "Vale P"], &[]), ["Unnamed 1", "Unnamed 2"]);
        // “[Orr] quay street” would read as “1 Quay Street”.
        assert_eq!(stand_ins(&["1 Quay Street", "Orr"], &[]), ["Source 2", "Source 3"]);
        // What holds a stand-in, and what stands in one.
        assert_eq!(stand_ins(&["The Source 1 affair", "Orr"], &[]), ["Source 2", "Source 3"]);
        assert_eq!(stand_ins(&["Source", "Orr"], &[]), ["Person 1", "Person 2"]);
        // Inside a word a short name is not found.
        assert_eq!(stand_ins(&["Our", "So"], &[]), ["Source 1", "Source 2"]);
        // Where every word and every number clash, there is one all the same.
        assert_eq!(
            stand_ins(&["Xx Spui", "Source", "Person", "Unnamed", "Individual"], &[]).len(),
            5
        );
        let streets =
            ["0 Quay", "1 Quay", "2 Quay", "3 Quay", "4 Quay", "5 Quay", "6 Quay", "7 Quay"];
        let streets = [&streets[..], &["8 Quay", "9 Quay"]].concat();
        assert_eq!(stand_ins(&streets, &[])[9], "Source 10");
    }

    fn words(most: usize) -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "c",
            "s",
            "P",
            "so",
            "Source",
            "person",
            "1",
            "2",
            "12",
            "quay",
            "Vale",
            "Mister",
            "1st",
            "éviction",
            "so-",
            "u.",
            "Süd",
            "_",
        ]);
        prop::collection::vec(word, 1..=most).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn nothing_is_found_in_what_was_replaced(
            forms in prop::collection::vec(prop::collection::vec(words(3), 1..3), 1..4),
            text in words(12),
        ) {
            let hidden = hidden(&forms, &[]);
            let clash = {
                let forms = Forms::new(&hidden);
                hidden.iter().any(|one| forms.clash(&one.stand_in))
            };
            let finds = Replacer::new(&hidden);
            let spots = finds.spots(&text);
            let replaced = finds.replaced(&text, &spots).map_or(text, |(new, _)| new);
            prop_assert!(clash || finds.spots(&replaced).is_empty(), "{replaced:?} {hidden:?}");
        }
    }
}
