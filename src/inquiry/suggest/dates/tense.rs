//! What the verb beside a date says of it: “will testify Friday”, “il avait été condamné en avril”.
//!
//! The verb is looked for in the date's clause: what is to come may stand anywhere before the date, what is over right before
//! it (“a strike announced on April 2” is not “announced a strike on April 2”). Where a date begins its sentence, the first
//! verb after it counts. What tells nothing for certain ends the search.

use super::Rule;

/// When what is told of a date takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future {
        /// Few words are between the two: “will go to the families hit by the floods in May” tells of another May.
        near: bool,
    },
    /// Past or to come: “the meeting planned for Monday”.
    Either,
}

impl Tense {
    const NEAR: Self = Self::Future { near: true };
}

/// How many tokens are from a verb to the date that is its own for certain.
const BETWEEN: usize = 4;
/// How many tokens are looked at on each side.
const REACH: usize = 16;
/// How many are between an auxiliary and its participle.
const APART: usize = 4;

/// What one word says.
enum Sign {
    Tense(Tense),
    /// Nothing can be concluded from what stands before it.
    Stop,
    Nothing,
}

/// Words that begin a clause of its own.
const CLAUSES: [&str; 34] = [
    "and", "but", "which", "who", "whom", "whose", "that", "where", "while", "as", "after",
    "before", "if", "whether", "because", "when", "et", "mais", "qui", "que", "qu'", "dont", "ou",
    "lorsque", "quand", "si", "s'", "car", "parce", "apres", "avant", "tandis", "though", "so",
];
/// Words before a date that lead to it: “adjourned to April 3”.
const GOALS: [&str; 9] = ["to", "until", "till", "for", "by", "au", "jusqu'", "pour", "from"];
/// Times of the day.
const TIMES: [&str; 9] =
    ["night", "morning", "evening", "afternoon", "soir", "matin", "midi", "nuit", "apres-midi"];

impl Rule<'_> {
    /// What the verb says of a date with these first and last tokens.
    pub(super) fn tense(&self, first: usize, last: usize) -> Option<Tense> {
        let start = self.sentence_start(first);
        // Over “on the”, “en”, “à partir du”.
        let mut from = first;
        while from > start && self.is_small(from - 1) {
            from -= 1;
        }
        if from == start {
            return self.tense_after(last);
        }
        let leads = |words: &[&str]| (from..first).any(|at| words.contains(&self.key(at)));
        for at in (start..from).rev().take(REACH) {
            if self.ends_clause(at) {
                return None;
            }
            match self.sign(at, from) {
                Sign::Nothing => {}
                Sign::Stop => return None,
                Sign::Tense(Tense::Past) => {
                    let own = at + 1 == from && !leads(&GOALS);
                    return own.then_some(Tense::Past);
                }
                // “le jugement de vendredi”
                Sign::Tense(Tense::Future { .. }) if leads(&["de", "d'", "of"]) => {
                    return Some(Tense::Either);
                }
                Sign::Tense(Tense::Future { .. }) => {
                    return Some(Tense::Future { near: from - at <= BETWEEN });
                }
                Sign::Tense(tense) => return Some(tense),
            }
        }
        None
    }

    fn tense_after(&self, last: usize) -> Option<Tense> {
        let time = usize::from(TIMES.contains(&self.key(last + 1)));
        // “Monday night’s fire”
        if self.key(last + time + 1) == "'" && self.key(last + time + 2) == "s" {
            return None;
        }
        for at in (last + 1..self.tokens.len()).take(REACH) {
            let token = &self.tokens[at];
            let another = token.first && token.is_word() || CLAUSES.contains(&self.key(at));
            if another {
                return None;
            }
            match self.sign(at, usize::MAX) {
                Sign::Tense(tense) => return Some(tense),
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

    fn ends_clause(&self, at: usize) -> bool {
        let key = self.key(at);
        CLAUSES.contains(&key)
            || matches!(key, "," | ";" | ":" | "(" | ")" | "–" | "—" | "«" | "»" | "“" | "”")
    }

    /// Whether a word only leads to a date, or is a sign.
    fn is_small(&self, at: usize) -> bool {
        let (key, lexicon) = (self.key(at), self.lexicon);
        !self.tokens[at].is_word() && !matches!(key, "," | ")" | "»" | "”" | "'")
            || lexicon.before_month.contains(key)
            || lexicon.the.contains(key)
            || GOALS.contains(&key)
            || matches!(key, "on" | "du" | "des" | "de" | "d'" | "ce" | "this")
            // “à”, but not “a”
            || key == "a" && self.has_grave(at)
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| self.text.get(token.range.clone())).unwrap_or("")
    }

    fn has_grave(&self, at: usize) -> bool {
        self.word(at).starts_with(['à', 'À'])
    }

    /// The tokens right before one, as far as an auxiliary may stand.
    fn any_before(&self, at: usize, words: &[&str]) -> bool {
        (at.saturating_sub(APART)..at).any(|before| words.contains(&self.key(before)))
    }

    /// What a token says; `date` is the first token that belongs to a date after it.
    fn sign(&self, at: usize, date: usize) -> Sign {
        let token = &self.tokens[at];
        if !token.is_word() || token.capital && !token.first {
            return Sign::Nothing;
        }
        let (key, lexicon) = (token.key.as_str(), self.lexicon);
        if lexicon.planned.contains(key) {
            return self.planned(at, date);
        }
        // “postponed”: its date may be past or to come.
        if lexicon.dating.contains(key) || lexicon.either.contains(key) {
            return Sign::Stop;
        }
        if lexicon.future.contains(key) || key.ends_with("'ll") {
            // “his will”, “Doe’s will”
            let before = self.key_before(at);
            let noun = matches!(
                before,
                "s" | "the" | "a" | "his" | "her" | "their" | "my" | "our" | "your"
            );
            let over = (at + 1..at + APART).any(|next| matches!(self.key(next), "have" | "avoir"));
            return if noun || over { Sign::Stop } else { Sign::Tense(Tense::NEAR) };
        }
        match &*lexicon.language {
            "fr" => self.french(at, date),
            "en" => self.english(at),
            _ if lexicon.past.contains(key) => Sign::Tense(Tense::Past),
            _ => Sign::Nothing,
        }
    }

    /// “is due to vote”, “est prévu”; without the verb, past or to come.
    fn planned(&self, at: usize, date: usize) -> Sign {
        let next = self.key(at + 1);
        let to = matches!(next, "to" | "for" | "in" | "on" | "by") || at + 1 == date;
        match self.key(at) {
            "plans" | "plan" | "intends" | "intend" | "hopes" | "hope" | "aims" | "vows"
            | "expects" | "wants" => {
                return if next == "to" { Sign::Tense(Tense::NEAR) } else { Sign::Nothing };
            }
            "set" if !matches!(next, "to" | "for") => return Sign::Stop,
            // “closed due to snow”
            "due" if !matches!(self.key_before(at), "is" | "are" | "s" | "re") => {
                return Sign::Stop;
            }
            _ => {}
        }
        let over = [
            "was",
            "were",
            "been",
            "had",
            "etait",
            "etaient",
            "avait",
            "avaient",
            "ete",
            "initialement",
        ];
        if self.any_before(at, &over) {
            return Sign::Tense(Tense::Either);
        }
        let is = self.any_before(at, &["is", "are", "s", "re", "est", "sont", "sera", "seront"]);
        match (is, to || self.lexicon.day_first) {
            (true, true) => Sign::Tense(Tense::NEAR),
            (false, true) => Sign::Tense(Tense::Either),
            (_, false) => Sign::Nothing,
        }
    }

    fn english(&self, at: usize) -> Sign {
        let (key, lexicon) = (self.key(at), self.lexicon);
        if matches!(key, "has" | "have") && self.key(at + 1) == "to" {
            return Sign::Tense(Tense::NEAR);
        }
        if matches!(key, "was" | "were") && matches!(self.key(at + 1), "to" | "going") {
            return Sign::Stop;
        }
        let ends_in_ed = key.ends_with("ed")
            && key.len() > 4
            && !key.ends_with("eed")
            && !matches!(key, "hundred" | "united" | "naked" | "sacred" | "wicked" | "limited");
        if !(lexicon.past.contains(key) || lexicon.said.contains(key) || ends_in_ed) {
            return Sign::Nothing;
        }
        // “will be charged”, “to be heard”: the verb before decides.
        let later = matches!(self.key_before(at), "will" | "to" | "not")
            || self.any_before(at, &["be", "being"]);
        if later { Sign::Nothing } else { Sign::Tense(Tense::Past) }
    }

    fn french(&self, at: usize, date: usize) -> Sign {
        let (key, lexicon) = (self.key(at), self.lexicon);
        let word = self.word(at);
        if is_future(key) {
            return Sign::Tense(Tense::NEAR);
        }
        if at + 1 == date && is_participle(word) {
            return self.participle(at);
        }
        if lexicon.past.contains(key) {
            return Sign::Tense(Tense::Past);
        }
        let end = date.min(at + APART + 1);
        let next_is = |what: &dyn Fn(&str) -> bool| (at + 1..end).any(|next| what(self.word(next)));
        match key {
            "va" | "vont" if next_is(&is_infinitive) => return Sign::Tense(Tense::NEAR),
            "a" | "ont" if !self.has_grave(at) => {
                return if next_is(&is_participle) { Sign::Tense(Tense::Past) } else { Sign::Stop };
            }
            // “est jugé” is either, “est mort” is over.
            "est" | "sont" => {
                return if next_is(&has_moved) { Sign::Tense(Tense::Past) } else { Sign::Stop };
            }
            _ => {}
        }
        let imperfect = ["ait", "aient"].iter().any(|ending| word.ends_with(ending))
            && !key.ends_with("rait")
            && !key.ends_with("raient");
        if word.ends_with("èrent") || word.ends_with("irent") || imperfect && key.len() > 4 {
            return Sign::Tense(Tense::Past);
        }
        Sign::Nothing
    }

    /// A participle right before a date: what its auxiliary says, and nothing without one (“une fraude commise en mai”).
    fn participle(&self, at: usize) -> Sign {
        let between = |at: &usize| {
            let key = self.key(*at);
            matches!(
                key,
                "ete"
                    | "etre"
                    | "pas"
                    | "jamais"
                    | "plus"
                    | "toujours"
                    | "deja"
                    | "ensuite"
                    | "donc"
                    | "aussi"
                    | "bien"
            ) || key.ends_with("ment")
        };
        let adverbs = (0..at).rev().take(APART).take_while(between).count();
        let Some(auxiliary) = at.checked_sub(adverbs + 1) else { return Sign::Stop };
        let key = self.key(auxiliary);
        if is_future(key) || self.lexicon.future.contains(key) {
            return Sign::Tense(Tense::NEAR);
        }
        let past = matches!(key, "a" | "ont") && !self.has_grave(auxiliary)
            || self.lexicon.past.contains(key)
            || matches!(key, "est" | "sont") && has_moved(self.word(at));
        if past { Sign::Tense(Tense::Past) } else { Sign::Stop }
    }
}

/// Whether a word is a participle of a verb that has “être” and tells of an event.
fn has_moved(word: &str) -> bool {
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
    let word = word.strip_suffix('s').unwrap_or(word);
    MOVED.contains(&word) || word.strip_suffix('e').is_some_and(|word| MOVED.contains(&word))
}

/// Whether a folded word is a French verb of the third person in the future tense, judging by its ending.
fn is_future(key: &str) -> bool {
    const NONE: [&str; 16] = [
        "opera", "camera", "sahara", "extra", "contra", "sierra", "ultra", "infra", "tiara",
        "diaspora", "agora", "front", "affront", "cobra", "zebra", "terra",
    ];
    let stem = key.strip_suffix("ront").or_else(|| key.strip_suffix("ra")).unwrap_or("");
    let known = stem.ends_with(['e', 'i', 'd', 't', 'v', 'u', 'r']);
    known && (stem.len() > 1 || stem == "i") && !NONE.contains(&key)
}

fn is_infinitive(word: &str) -> bool {
    word.chars().count() > 3 && ["er", "ir", "re"].iter().any(|ending| word.ends_with(ending))
}

/// Whether a word may be a French participle, judging by its ending.
fn is_participle(word: &str) -> bool {
    const ENDINGS: [&str; 8] = ["é", "i", "u", "is", "it", "ert", "ort", "int"];
    const NONE: [&str; 11] =
        ["qui", "lui", "si", "ni", "du", "peu", "puis", "mais", "depuis", "tu", "jamais"];
    let plural = word.strip_suffix('s').unwrap_or(word);
    let stem = plural.strip_suffix('e').unwrap_or(plural);
    let small = word.starts_with(char::is_lowercase) && word.chars().count() > 1;
    let fits = |form: &str| ENDINGS.iter().any(|ending| form.ends_with(ending));
    small && !NONE.contains(&word) && [word, plural, stem].into_iter().any(fits)
}
