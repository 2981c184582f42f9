//! The words used by the rules: lists in RON, those of Casebook (`assets/lexicon/*.ron`) and those that users add.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::expressions::{Expressions, split};
use crate::text::{fold, ron_words};

/// A word list: one file, for one language. Every list may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordList {
    /// The language, as in BCP 47: “fr”; “*” adds to the words of every language.
    pub language: String,
    /// Words with a capital at the beginning of a sentence that are not names.
    pub not_names: Vec<String>,
    /// Words that are no name by themselves, whatever capital they have: “Officials said”, “Moss and Sons”.
    pub common: Vec<String>,
    /// Words that are not a name by themselves but begin one before a word with a capital: “New York”.
    pub openers: Vec<String>,
    /// Articles that, with a capital inside a sentence, begin a name.
    pub articles: Vec<String>,
    /// Small words that join two parts of a name, after its first word only.
    pub of: Vec<String>,
    /// Small words that join two parts of a name.
    pub particles: Vec<String>,
    /// Titles and ranks before a person's name.
    pub titles: Vec<String>,
    /// Words that are a rank only before a given name or another rank: “General”, but “General Motors”.
    pub ranks: Vec<String>,
    /// Given names: after them a small word joins (“Henri Philippe de …”), and in a line of capitals they indicate a
    /// name.
    pub given_names: Vec<String>,
    /// Abbreviated given names, before a dot: “Ph.”, “Wm.”
    pub short_given_names: Vec<String>,
    /// Words with a capital that begin an organisation's name, which continues in small letters.
    pub heads: Vec<String>,
    /// Words that end an organisation's name.
    pub suffixes: Vec<String>,
    /// Expressions of attribution to the source that follows.
    pub cues: Vec<String>,
    /// Expressions that contain a verb of saying and attribute nothing: “writes for”.
    pub no_cues: Vec<String>,
    /// Expressions that attribute to somebody whom they do not name.
    pub impersonal: Vec<String>,
    /// Expressions that come after the one who says so, like a verb.
    pub after_speaker: Vec<String>,
    /// Expressions between a source and the one who relays it: “cited by”.
    pub relays: Vec<String>,
    /// Expressions between one who relays a source and that source: “citing”.
    pub citing: Vec<String>,
    /// What an outlet published, before its name: “report by”.
    pub reports: Vec<String>,
    /// What an outlet is called when it is not named again: “the paper”.
    pub outlets: Vec<String>,
    /// Those who speak for somebody else.
    pub spokespeople: Vec<String>,
    /// Words that begin the description of somebody and say how many.
    pub counts: Vec<String>,
    /// What the press says, as a source that is not named: “several reports”.
    pub press: Vec<String>,
    /// Pronouns for somebody named before.
    pub pronouns: Vec<String>,
    /// Verbs and participles of denial, among those of saying.
    pub denying: Vec<String>,
    /// Expressions that make a statement likely.
    pub probable: Vec<String>,
    /// Expressions that make a statement only possible.
    pub possible: Vec<String>,
    /// Words that begin a clause of its own after a comma.
    pub clauses: Vec<String>,
    /// Words for several people without a legal person.
    pub groups: Vec<String>,
    /// Words for public bodies.
    pub public_bodies: Vec<String>,
    /// Participles of saying, whose subject is that of the main clause.
    pub participles: Vec<String>,
    /// Verbs of saying that need no auxiliary.
    pub saying: Vec<String>,
    /// Participles of saying, after an auxiliary.
    pub said: Vec<String>,
    /// Auxiliaries.
    pub auxiliaries: Vec<String>,
    /// Verbs that are verbs of saying only next to quoted words.
    pub quoting: Vec<String>,
    /// Words after which a participle is not a verb of saying.
    pub passive: Vec<String>,
    /// Forms that look like the conditional of hearsay but are not.
    pub not_hearsay: Vec<String>,
    /// The months, each by its name and then its abbreviations.
    pub months: Vec<Vec<String>>,
    /// The days of the week from Monday, each by its name and then its abbreviations.
    pub weekdays: Vec<Vec<String>>,
    /// Spring to winter, each by its names.
    pub seasons: Vec<Vec<String>>,
    /// Words before a year that make it a decade: “années 1980”.
    pub decades: Vec<String>,
    /// Numbers, in words and figures, of which days are counted.
    pub numbers: Vec<(String, i8)>,
    /// Expressions after a number that count days back: “days ago”.
    pub ago: Vec<String>,
    /// Expressions before a number that count back: “il y a”.
    pub before_ago: Vec<String>,
    /// Words for days, after such an expression and a number.
    pub day_words: Vec<String>,
    /// Days by their distance from the article's.
    pub days: Vec<(String, i32)>,
    /// Years by their distance from the article's.
    pub years: Vec<(String, i16)>,
    /// Weeks by their distance from the article's.
    pub weeks: Vec<(String, i32)>,
    /// Words before a month without a day.
    pub before_month: Vec<String>,
    /// Those of them after which the month is past or the article's own: “since May”.
    pub since: Vec<String>,
    /// Words beside a weekday or month that mean the one before.
    pub last: Vec<String>,
    /// Words beside a weekday or month that mean the next one.
    pub next: Vec<String>,
    /// Words before a weekday that mean the one at hand.
    pub this: Vec<String>,
    /// Expressions beside a date that make it relative to another date: “of that year”.
    pub other: Vec<String>,
    /// Words before a weekday that make it a habit.
    pub every: Vec<String>,
    /// Prefixes that, with a hyphen, mean the middle of a month: “mid-March”.
    pub middle: Vec<String>,
    /// Words for the first day of a month.
    pub first: Vec<String>,
    /// Words before a weekday after which it may be past or to come: “by Friday”.
    pub deadline: Vec<String>,
    /// Offices before the name of a party: “le maire PS de Brest”.
    pub offices: Vec<String>,
    /// Verbs that speak of what is to come: “will”.
    pub future: Vec<String>,
    /// Words for what is fixed and to come, where nothing shows that it is over: “is due to”, “prévu”.
    pub planned: Vec<String>,
    /// Verbs that speak of what is over and do not show it by their ending: “went”.
    pub past: Vec<String>,
    /// Verbs that give something its date, which may be past or to come: “postponed”.
    pub dating: Vec<String>,
    /// Words that speak of either, after which nothing is concluded: “would”.
    pub either: Vec<String>,
    /// Expressions with a weekday or month that name something else than a day of the article's time: “Good Friday”, “The
    /// Sunday Times”.
    pub named_days: Vec<String>,
    /// Words before a date (in French, and “du”) or after it (in English) that make it the name of an event or a place:
    /// “les attentats du 11 septembre”.
    pub named_by_day: Vec<String>,
    /// Words beside a weekday that make it a habit: “fermé”, “open”.
    pub habits: Vec<String>,
    /// Words before the beginning of a range.
    pub from: Vec<String>,
    /// Words between the ends of a range.
    pub to: Vec<String>,
    /// Words before a range whose ends are connected by “and”.
    pub between: Vec<String>,
    /// Words that connect the parts of an enumeration.
    pub and: Vec<String>,
    /// Articles before a date.
    pub the: Vec<String>,
    /// Verbs that show that the word with a capital before them is a name.
    pub verbs: Vec<String>,
    /// Words before a verb of saying that make it something else.
    pub determiners: Vec<String>,
    /// Whether the day comes first in numeric dates.
    pub day_first: bool,
}

/// The language of a file whose words belong to every language.
const EVERY: &str = "*";

/// The deepest nesting that is read. Word lists have three levels.
const DEPTH: usize = 16;

/// The error for a word list that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the word list {name} is not valid ({why}); correct or remove the file and restart Casebook"
)]
pub struct LexiconError {
    /// Which file.
    pub name: String,
    /// What is wrong with it.
    pub why: String,
}

impl WordList {
    /// Reads a word list; `name` is used in the error.
    ///
    /// # Errors
    /// An error where it is not RON of this shape.
    pub fn parse(text: &str, name: &str) -> Result<Self, LexiconError> {
        let options = ron::Options::default().with_recursion_limit(DEPTH);
        let words: Self = options.from_str(text).map_err(|error| {
            let what = ron_words(&error.code, DEPTH);
            let (line, column) = (error.span.start.line, error.span.start.col);
            LexiconError {
                name: name.to_owned(),
                why: format!("line {line}, column {column}: {what}"),
            }
        })?;
        let sound = matches!(words.months.len(), 0 | 12)
            && matches!(words.weekdays.len(), 0 | 7)
            && matches!(words.seasons.len(), 0 | 4);
        if !sound {
            let why =
                "there are twelve months, seven weekdays and four seasons, or none".to_owned();
            return Err(LexiconError { name: name.to_owned(), why });
        }
        Ok(words)
    }
}

/// The words of one language, prepared for lookup: folded, without accents and capitals.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    pub(super) language: String,
    pub(super) not_names: HashSet<String>,
    pub(super) common: HashSet<String>,
    pub(super) openers: HashSet<String>,
    pub(super) articles: HashSet<String>,
    pub(super) of: HashSet<String>,
    pub(super) particles: HashSet<String>,
    pub(super) titles: HashSet<String>,
    pub(super) ranks: HashSet<String>,
    pub(super) given_names: HashSet<String>,
    pub(super) short_given_names: HashSet<String>,
    pub(super) heads: HashSet<String>,
    pub(super) suffixes: HashSet<String>,
    pub(super) cues: Expressions,
    pub(super) no_cues: Expressions,
    pub(super) impersonal: Expressions,
    pub(super) after_speaker: Expressions,
    pub(super) relays: Expressions,
    pub(super) citing: Expressions,
    pub(super) reports: Expressions,
    pub(super) outlets: HashSet<String>,
    pub(super) spokespeople: HashSet<String>,
    pub(super) counts: HashSet<String>,
    pub(super) press: HashSet<String>,
    pub(super) pronouns: HashSet<String>,
    pub(super) denying: HashSet<String>,
    pub(super) probable: Expressions,
    pub(super) possible: Expressions,
    pub(super) clauses: HashSet<String>,
    pub(super) groups: Expressions,
    pub(super) public_bodies: Expressions,
    pub(super) participles: HashSet<String>,
    pub(super) saying: HashSet<String>,
    pub(super) said: HashSet<String>,
    pub(super) auxiliaries: HashSet<String>,
    pub(super) quoting: HashSet<String>,
    pub(super) passive: HashSet<String>,
    pub(super) not_hearsay: HashSet<String>,
    /// 1 to 12.
    pub(super) months: HashMap<String, i8>,
    /// 1 (Monday) to 7.
    pub(super) weekdays: HashMap<String, i8>,
    /// Their abbreviations.
    pub(super) short_weekdays: HashMap<String, i8>,
    /// 1 (spring) to 4.
    pub(super) seasons: HashMap<String, i8>,
    pub(super) decades: HashSet<String>,
    pub(super) numbers: HashMap<String, i8>,
    pub(super) ago: Vec<(Vec<String>, ())>,
    pub(super) before_ago: Vec<(Vec<String>, ())>,
    pub(super) day_words: HashSet<String>,
    /// Of the names of the months, those that are abbreviations.
    pub(super) short_months: HashSet<String>,
    /// Expressions, the longest first.
    pub(super) days: Vec<(Vec<String>, i32)>,
    pub(super) years: Vec<(Vec<String>, i16)>,
    pub(super) weeks: Vec<(Vec<String>, i32)>,
    pub(super) other: Vec<(Vec<String>, ())>,
    pub(super) before_month: HashSet<String>,
    pub(super) since: HashSet<String>,
    pub(super) last: HashSet<String>,
    pub(super) next: HashSet<String>,
    pub(super) this: HashSet<String>,
    pub(super) every: HashSet<String>,
    pub(super) middle: HashSet<String>,
    pub(super) first: HashSet<String>,
    pub(super) deadline: HashSet<String>,
    pub(super) offices: HashSet<String>,
    pub(super) future: HashSet<String>,
    pub(super) planned: HashSet<String>,
    pub(super) past: HashSet<String>,
    pub(super) dating: HashSet<String>,
    pub(super) either: HashSet<String>,
    pub(super) named_days: Vec<(Vec<String>, ())>,
    pub(super) named_by_day: HashSet<String>,
    pub(super) habits: HashSet<String>,
    pub(super) from: HashSet<String>,
    pub(super) to: HashSet<String>,
    pub(super) between: HashSet<String>,
    pub(super) and: HashSet<String>,
    pub(super) the: HashSet<String>,
    pub(super) verbs: HashSet<String>,
    pub(super) determiners: HashSet<String>,
    pub(super) day_first: bool,
}

/// All lexicons, one for each language.
#[derive(Clone, Debug, Default)]
pub struct Lexicons(Vec<Lexicon>);

impl Lexicons {
    /// Casebook's own words and those of the user's files (name, text). Files that cannot be used are left out and
    /// reported.
    #[must_use]
    pub fn new(users: &[(String, String)]) -> (Self, Vec<LexiconError>) {
        let own = [
            ("fr.ron", include_str!("../../../assets/lexicon/fr.ron")),
            ("en.ron", include_str!("../../../assets/lexicon/en.ron")),
            ("given_names.ron", include_str!("../../../assets/lexicon/given_names.ron")),
        ];
        let mut all = Self::default();
        let mut faults = Vec::new();
        let users = users.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let mut of_every_language = Vec::new();
        for (name, text) in own.into_iter().chain(users) {
            match WordList::parse(text, name) {
                Ok(words) if words.language == EVERY => of_every_language.push(words),
                Ok(words) => all.add(&words),
                Err(fault) => faults.push(fault),
            }
        }
        for lexicon in &mut all.0 {
            of_every_language.iter().for_each(|words| lexicon.add(words));
        }
        (all, faults)
    }

    fn add(&mut self, words: &WordList) {
        let language = words.language.to_lowercase();
        match self.0.iter_mut().find(|lexicon| lexicon.language == language) {
            Some(lexicon) => lexicon.add(words),
            None => {
                let mut lexicon = Lexicon { language, ..Lexicon::default() };
                lexicon.add(words);
                self.0.push(lexicon);
            }
        }
    }

    /// The lexicon of an article's language (“fr-CA” is “fr”); English where there is none.
    #[must_use]
    pub fn of(&self, language: &str) -> Option<&Lexicon> {
        let language = language.split(['-', '_']).next().unwrap_or("").to_lowercase();
        let of = |wanted: &str| self.0.iter().find(|lexicon| lexicon.language == wanted);
        of(&language).or_else(|| of("en"))
    }
}

impl Lexicon {
    fn add(&mut self, words: &WordList) {
        let add =
            |set: &mut HashSet<String>, list: &[String]| set.extend(list.iter().map(|w| fold(w)));
        for (set, list) in [
            (&mut self.not_names, &words.not_names),
            (&mut self.common, &words.common),
            (&mut self.openers, &words.openers),
            (&mut self.articles, &words.articles),
            (&mut self.of, &words.of),
            (&mut self.particles, &words.particles),
            (&mut self.titles, &words.titles),
            (&mut self.ranks, &words.ranks),
            (&mut self.given_names, &words.given_names),
            (&mut self.short_given_names, &words.short_given_names),
            (&mut self.heads, &words.heads),
            (&mut self.suffixes, &words.suffixes),
            (&mut self.saying, &words.saying),
            (&mut self.said, &words.said),
            (&mut self.auxiliaries, &words.auxiliaries),
            (&mut self.quoting, &words.quoting),
            (&mut self.passive, &words.passive),
            (&mut self.not_hearsay, &words.not_hearsay),
            (&mut self.before_month, &words.before_month),
            (&mut self.since, &words.since),
            (&mut self.last, &words.last),
            (&mut self.next, &words.next),
            (&mut self.this, &words.this),
            (&mut self.every, &words.every),
            (&mut self.decades, &words.decades),
            (&mut self.day_words, &words.day_words),
            (&mut self.middle, &words.middle),
            (&mut self.first, &words.first),
            (&mut self.deadline, &words.deadline),
            (&mut self.offices, &words.offices),
            (&mut self.future, &words.future),
            (&mut self.planned, &words.planned),
            (&mut self.past, &words.past),
            (&mut self.dating, &words.dating),
            (&mut self.either, &words.either),
            (&mut self.named_by_day, &words.named_by_day),
            (&mut self.habits, &words.habits),
            (&mut self.from, &words.from),
            (&mut self.to, &words.to),
            (&mut self.between, &words.between),
            (&mut self.and, &words.and),
            (&mut self.the, &words.the),
            (&mut self.verbs, &words.verbs),
            (&mut self.determiners, &words.determiners),
            (&mut self.outlets, &words.outlets),
            (&mut self.spokespeople, &words.spokespeople),
            (&mut self.counts, &words.counts),
            (&mut self.press, &words.press),
            (&mut self.pronouns, &words.pronouns),
            (&mut self.denying, &words.denying),
            (&mut self.clauses, &words.clauses),
            (&mut self.participles, &words.participles),
        ] {
            add(set, list);
        }
        for (expressions, list) in [
            (&mut self.cues, &words.cues),
            (&mut self.no_cues, &words.no_cues),
            (&mut self.impersonal, &words.impersonal),
            (&mut self.after_speaker, &words.after_speaker),
            (&mut self.relays, &words.relays),
            (&mut self.citing, &words.citing),
            (&mut self.reports, &words.reports),
            (&mut self.probable, &words.probable),
            (&mut self.possible, &words.possible),
            (&mut self.groups, &words.groups),
            (&mut self.public_bodies, &words.public_bodies),
        ] {
            list.iter().for_each(|words| expressions.add(words));
        }
        for (lists, map) in [(&words.months, &mut self.months), (&words.seasons, &mut self.seasons)]
        {
            for (number, names) in (1_i8..).zip(lists) {
                map.extend(names.iter().map(|name| (fold(name), number)));
            }
        }
        for (number, names) in (1_i8..).zip(&words.weekdays) {
            let mut names = names.iter().map(|name| (fold(name), number));
            self.weekdays.extend(names.next());
            self.short_weekdays.extend(names);
        }
        self.numbers.extend(words.numbers.iter().map(|(name, number)| (fold(name), *number)));
        add_expressions(&mut self.ago, words.ago.iter().map(|name| (name, ())));
        add_expressions(&mut self.before_ago, words.before_ago.iter().map(|name| (name, ())));
        let abbreviations = words.months.iter().flat_map(|names| names.iter().skip(1));
        self.short_months.extend(abbreviations.map(|name| fold(name)));
        add_expressions(&mut self.days, words.days.iter().map(|(name, days)| (name, *days)));
        add_expressions(&mut self.years, words.years.iter().map(|(name, years)| (name, *years)));
        add_expressions(&mut self.weeks, words.weeks.iter().map(|(name, weeks)| (name, *weeks)));
        add_expressions(&mut self.other, words.other.iter().map(|name| (name, ())));
        add_expressions(&mut self.named_days, words.named_days.iter().map(|name| (name, ())));
        self.day_first |= words.day_first;
    }
}

/// Adds expressions to a list sorted with the longest first.
fn add_expressions<'a, T>(
    list: &mut Vec<(Vec<String>, T)>,
    more: impl Iterator<Item = (&'a String, T)>,
) {
    list.extend(more.map(|(words, meaning)| (split(words), meaning)));
    list.retain(|(words, _)| !words.is_empty());
    list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casebooks_own_words_can_be_read() {
        let (all, faults) = Lexicons::new(&[]);
        assert_eq!(faults, []);
        assert_eq!(all.of("fr-CA").map(|l| l.months.get("fevrier").copied()), Some(Some(2)));
        assert_eq!(all.of("en").map(|l| l.weekdays.get("sunday").copied()), Some(Some(7)));
        assert_eq!(all.of("de").map(|l| l.language.as_str()), Some("en"));
    }

    #[test]
    fn users_add_words_and_languages_and_are_told_what_is_wrong() {
        let users = [
            ("mine.ron".to_owned(), "(language: \"fr\", cues: [\"si j’en crois\"])".to_owned()),
            ("de.ron".to_owned(), "(language: \"de\", cues: [\"laut\"])".to_owned()),
            ("bad.ron".to_owned(), "(lanuage: \"fr\")".to_owned()),
        ];
        let (all, faults) = Lexicons::new(&users);
        let has = |l: &Lexicon, words: &str| {
            l.cues.at(&super::super::tokens::tokens(words, 0..words.len()), 0).is_some()
        };
        assert_eq!(faults.len(), 1);
        assert!(faults[0].to_string().contains("bad.ron"), "{}", faults[0]);
        assert!(all.of("fr").is_some_and(|l| has(l, "si j’en crois") && has(l, "selon")));
        assert!(all.of("de").is_some_and(|l| has(l, "laut")));
    }
}
