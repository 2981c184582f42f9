//! What the verb beside a date says of it: “will testify Friday”, “il avait été condamné en avril”.
//!
//! The verb is looked for in the date's sentence: the last one before the date, or, where the date begins its sentence, the
//! first one after it. A word that tells nothing for certain (“would”, a participle without its auxiliary) ends the search.

use super::Rule;
use super::written::Lean;

/// When what a sentence tells takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Past,
    Future,
}

/// What is said about a date by its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tense {
    pub when: When,
    /// Few words are between the two, so that the date is the verb's own.
    pub near: bool,
}

impl Tense {
    /// Which day or month is meant, where the nearest one is not of this tense.
    pub(super) fn lean(self) -> Lean {
        match (self.near, self.when) {
            (true, When::Past) => Lean::Last,
            (true, When::Future) => Lean::Next,
            (false, _) => Lean::Other,
        }
    }
}

/// How many tokens are looked at on each side.
const REACH: usize = 16;
/// How many are between a date and a verb that it belongs to.
const NEAR: usize = 6;
/// How many are between an auxiliary and its participle.
const APART: usize = 4;

/// What one word says.
enum Sign {
    When(When),
    /// Nothing can be concluded from what stands before it.
    Stop,
    Nothing,
}

impl Rule<'_> {
    /// What the verb says of a date with these first and last tokens.
    pub(super) fn tense(&self, first: usize, last: usize) -> Option<Tense> {
        let start = self.sentence_start(first);
        // Over “on the”, “en”, “à partir du”.
        let mut from = first;
        let mut attribute = false;
        while from > start && self.is_small(from - 1) {
            from -= 1;
            // “le jugement de vendredi”
            attribute |= matches!(self.key(from), "de" | "d'" | "du" | "of");
        }
        if from == start {
            return self.tense_after(last);
        }
        for at in (start..from).rev().take(REACH) {
            match self.sign(at, from) {
                Sign::When(when) => {
                    return Some(Tense { when, near: !attribute && from - at <= NEAR });
                }
                Sign::Stop => return None,
                Sign::Nothing => {}
            }
        }
        None
    }

    fn tense_after(&self, last: usize) -> Option<Tense> {
        for at in (last + 1..self.tokens.len()).take(REACH) {
            if self.tokens[at].first && self.tokens[at].is_word() {
                return None;
            }
            match self.sign(at, usize::MAX) {
                Sign::When(when) => return Some(Tense { when, near: at - last <= NEAR * 2 }),
                Sign::Stop => return None,
                Sign::Nothing => {}
            }
        }
        None
    }

    /// Whether a date is the first thing in its sentence.
    pub(super) fn begins_sentence(&self, first: usize) -> bool {
        let start = self.sentence_start(first);
        (start..first).all(|at| self.is_small(at))
    }

    /// The first token of a date's sentence, or of its part after a semicolon, or one that is far enough away.
    fn sentence_start(&self, i: usize) -> usize {
        let mut start = i;
        for _ in 0..4 * REACH {
            let here = &self.tokens[start];
            if start == 0 || here.first && here.is_word() || self.key(start - 1) == ";" {
                break;
            }
            start -= 1;
        }
        start
    }

    /// Whether a word only leads to a date, or is a sign.
    fn is_small(&self, at: usize) -> bool {
        let (key, lexicon) = (self.key(at), self.lexicon);
        !self.tokens[at].is_word() && !matches!(key, "," | ")" | "»" | "”")
            || lexicon.before_month.contains(key)
            || lexicon.the.contains(key)
            || matches!(key, "on" | "for" | "to" | "from" | "au" | "du" | "des" | "de" | "d'" | "pour" | "et" | "and")
            // “à”, but not “a”
            || key == "a" && self.word(at).starts_with(['à', 'À'])
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| self.text.get(token.range.clone())).unwrap_or("")
    }

    /// What a token says; `date` is the first token of the date after it.
    fn sign(&self, at: usize, date: usize) -> Sign {
        let token = &self.tokens[at];
        if token.is(";") {
            return Sign::Stop;
        }
        if !token.is_word() || token.capital && !token.first {
            return Sign::Nothing;
        }
        let (key, lexicon) = (token.key.as_str(), self.lexicon);
        if lexicon.planned.contains(key) {
            return self.planned(at, date);
        }
        if lexicon.future.contains(key) || key.ends_with("'ll") {
            // “may have left”
            let over = (at + 1..at + APART).any(|next| matches!(self.key(next), "have" | "avoir"));
            return if over { Sign::Stop } else { Sign::When(When::Future) };
        }
        if lexicon.either.contains(key) {
            return if key == "to" { Sign::Nothing } else { Sign::Stop };
        }
        match &*lexicon.language {
            "fr" => self.french(at, date),
            "en" => self.english(at),
            _ if lexicon.past.contains(key) => Sign::When(When::Past),
            _ => Sign::Nothing,
        }
    }

    /// “is due to vote”, “était prévu”.
    fn planned(&self, at: usize, date: usize) -> Sign {
        let lexicon = self.lexicon;
        let before = |words: &[&str]| {
            (at.saturating_sub(APART - 1)..at).any(|before| words.contains(&self.key(before)))
        };
        if before(&["was", "were", "been", "had", "etait", "etaient", "avait", "avaient", "ete"]) {
            return Sign::Stop;
        }
        let next = self.key(at + 1);
        let leads = if lexicon.language == "en" {
            let plans = matches!(next, "to" | "for" | "in" | "on" | "back") || at + 1 == date;
            // “closed due to snow”
            let is = || matches!(self.key_before(at), "is" | "are" | "s" | "re");
            plans && (self.key(at) != "due" || is())
        } else {
            true
        };
        if leads { Sign::When(When::Future) } else { Sign::Nothing }
    }

    fn english(&self, at: usize) -> Sign {
        let (key, lexicon) = (self.key(at), self.lexicon);
        let ends_in_ed = key.ends_with("ed")
            && key.len() > 4
            && !key.ends_with("eed")
            && !matches!(key, "hundred" | "united" | "naked" | "sacred" | "wicked" | "limited");
        let past = lexicon.past.contains(key) || lexicon.said.contains(key) || ends_in_ed;
        if !past {
            return Sign::Nothing;
        }
        if matches!(key, "has" | "have") && self.key(at + 1) == "to" {
            return Sign::When(When::Future);
        }
        if matches!(key, "was" | "were") && matches!(self.key(at + 1), "to" | "going") {
            return Sign::Stop;
        }
        // “will be charged”, “to be heard”: the verb before decides.
        let infinitive = (at.saturating_sub(APART - 1)..at)
            .any(|before| matches!(self.key(before), "be" | "being" | "will" | "to"));
        if infinitive { Sign::Nothing } else { Sign::When(When::Past) }
    }

    fn french(&self, at: usize, date: usize) -> Sign {
        let (key, lexicon) = (self.key(at), self.lexicon);
        if is_future(key) {
            return Sign::When(When::Future);
        }
        let next_is = |what: &dyn Fn(&str) -> bool| {
            (at + 1..(at + APART).min(date)).any(|next| what(self.word(next)))
        };
        if lexicon.past.contains(key) {
            return Sign::When(When::Past);
        }
        match key {
            "va" | "vont" if next_is(&is_infinitive) => return Sign::When(When::Future),
            "a" | "ont" if !self.word(at).starts_with(['à', 'À']) => {
                return if next_is(&is_participle) { Sign::When(When::Past) } else { Sign::Stop };
            }
            // “est jugé” is either, “est mort” is over.
            "est" | "sont" => {
                let moved = |word: &str| MOVED.contains(&word.trim_end_matches(['e', 's']));
                return if next_is(&moved) { Sign::When(When::Past) } else { Sign::Stop };
            }
            _ => {}
        }
        let word = self.word(at);
        if word.ends_with("èrent") || word.ends_with("irent") {
            return Sign::When(When::Past);
        }
        // “une fraude commise en mai”: of whenever. With its auxiliary, that decides.
        if at + 1 == date && is_participle(word) && !self.has_auxiliary(at) {
            return Sign::Stop;
        }
        Sign::Nothing
    }

    /// Whether a participle has an auxiliary before it.
    fn has_auxiliary(&self, at: usize) -> bool {
        (at.saturating_sub(APART)..at).any(|before| {
            let key = self.key(before);
            matches!(key, "a" | "ont" | "est" | "sont" | "ete" | "etre" | "avoir")
                || self.lexicon.past.contains(key)
                || is_future(key)
        })
    }
}

/// Participles, without their endings, of the verbs that have “être” and tell of an event.
const MOVED: [&str; 18] = [
    "mort",
    "né",
    "parti",
    "arrivé",
    "venu",
    "devenu",
    "entré",
    "sorti",
    "resté",
    "tombé",
    "allé",
    "décédé",
    "revenu",
    "survenu",
    "intervenu",
    "rentré",
    "monté",
    "descendu",
];

/// Whether a folded word is a French verb of the third person in the future tense, judging by its ending.
fn is_future(key: &str) -> bool {
    const NONE: [&str; 16] = [
        "opera", "camera", "sahara", "extra", "contra", "sierra", "ultra", "infra", "tiara",
        "diaspora", "agora", "front", "affront", "cobra", "zebra", "terra",
    ];
    let stem = key.strip_suffix("ront").or_else(|| key.strip_suffix("ra")).unwrap_or("");
    let known = stem.ends_with(['e', 'i', 'd', 't', 'v', 'u', 'r']);
    known && (stem.len() > 1 || stem == "i") && !NONE.contains(&key)
        || matches!(key, "sera" | "fera" | "aura")
}

fn is_infinitive(word: &str) -> bool {
    word.chars().count() > 3 && ["er", "ir", "re"].iter().any(|ending| word.ends_with(ending))
}

/// Whether a word may be a French participle, judging by its ending.
fn is_participle(word: &str) -> bool {
    const ENDINGS: [&str; 9] = ["é", "i", "u", "is", "it", "ert", "ort", "int", "us"];
    let feminine = word.strip_suffix('s').unwrap_or(word);
    let stem = feminine.strip_suffix('e').unwrap_or(feminine);
    let small = word.starts_with(char::is_lowercase) && word.chars().count() > 1;
    small
        && !matches!(
            word,
            "qui"
                | "lui"
                | "si"
                | "ni"
                | "du"
                | "peu"
                | "puis"
                | "mais"
                | "depuis"
                | "tu"
                | "jamais"
        )
        && [word, feminine, stem]
            .iter()
            .any(|form| ENDINGS.iter().any(|ending| form.ends_with(ending)))
}
