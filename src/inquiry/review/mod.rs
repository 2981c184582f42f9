//! The review before publication: what is open in a notebook, rule by rule. What a rule finds can be waived with a
//! reason.
//!
//! `rule` is the table of rules, with the explanation and the fix of each; `claims`, `links`, `articles`, `entities`,
//! `dates`, `conflicts` and `waivers` are what they look for; `look_alike` finds names that resemble each other.

mod articles;
mod claims;
mod conflicts;
mod dates;
mod entities;
mod links;
pub(crate) mod look_alike;
mod rule;
mod waivers;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

pub use conflicts::other_value;
pub use rule::{RULES, Rule, Severity};

use super::sources::AllSources;
use crate::edit::Edit;
use crate::notebook::{ArticleId, Notebook, Place, RecordId, Subject, WaiverId};
use crate::text::fold;

/// An open item.
#[derive(Clone, Debug)]
pub struct Open {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What it is about, the record that is shown first.
    pub what: Subject,
    /// The other records it is about.
    pub others: Vec<Subject>,
    /// What is named by that: a name, the words of a mention, what a link says.
    pub name: String,
    /// What is to be said of it beyond the rule: whom it hangs on, whom it resembles. May be empty.
    pub words: String,
    /// Where that can be seen: bytes of an article.
    pub place: Option<(ArticleId, Range<usize>)>,
    /// The waiver that lets it stand.
    pub waived: Option<WaiverId>,
}

impl Open {
    /// All records that it is about.
    #[must_use]
    pub fn subjects(&self) -> BTreeSet<Subject> {
        std::iter::once(self.what).chain(self.others.iter().copied()).collect()
    }

    /// The edit that settles it, where there is one.
    #[must_use]
    pub fn fix(&self, notebook: &Notebook) -> Option<Edit> {
        self.rule.fix.and_then(|(_, fix)| fix(notebook, self))
    }
}

/// What the review found.
#[derive(Clone, Debug, Default)]
pub struct ReviewList {
    /// What is open, by severity, then in the order of the rules, then by name.
    pub open: Vec<Open>,
    /// What was found and is waived, likewise.
    pub waived: Vec<Open>,
    /// The revision of the notebook it is of.
    pub revision: u64,
}

impl ReviewList {
    /// Whether anything serious is open.
    #[must_use]
    pub fn is_serious(&self) -> bool {
        self.open.iter().any(|open| open.rule.severity == Severity::Serious)
    }
}

/// What the rules look at, and what they have found.
struct Look<'a> {
    notebook: &'a Notebook,
    sources: &'a AllSources,
    /// The waivers of what the rules before have found.
    used: &'a BTreeSet<WaiverId>,
    rule: &'static Rule,
    found: Vec<Open>,
    stop: &'a dyn Fn() -> bool,
}

impl Look<'_> {
    /// Something the rule found: what, what it is called, and what is to be said of it.
    fn say(&mut self, what: impl Into<Subject>, words: impl Into<String>) {
        self.say_of(what, Vec::new(), words);
    }

    /// The same with other records.
    fn say_of(&mut self, what: impl Into<Subject>, others: Vec<Subject>, words: impl Into<String>) {
        let what = what.into();
        let name = self.notebook.subject_name(what);
        let place = place_of(self.notebook, what);
        let (rule, words) = (self.rule, words.into());
        self.found.push(Open { rule, what, others, name, words, place, waived: None });
    }
}

/// The title of the rule of this id; the id where there is none.
fn title_of(id: &str) -> &str {
    RULES.iter().find(|rule| rule.id == id).map_or(id, |rule| rule.title)
}

/// Where a record can be seen: a mention at its place, a claim or event at its first mention, a link at its first
/// evidence.
fn place_of(notebook: &Notebook, what: Subject) -> Option<(ArticleId, Range<usize>)> {
    let anchor = match what {
        Subject::Article(id) => return Some((id, 0..0)),
        Subject::Mention(id) => &notebook.mention(id)?.anchor,
        Subject::Entity(id) => {
            let mut placed = notebook.mentions_of(id).filter_map(|id| notebook.mention(id));
            &placed.find(|it| matches!(it.anchor.place, Place::At { .. }))?.anchor
        }
        Subject::Conflict(id) => match &notebook.conflicts().get(&id)?.of {
            RecordId::Article(id) => return place_of(notebook, Subject::Article(*id)),
            RecordId::Entity(id) => return place_of(notebook, Subject::Entity(*id)),
            RecordId::Mention(id) => return place_of(notebook, Subject::Mention(*id)),
            RecordId::Link(id) => return place_of(notebook, Subject::Link(*id)),
            _ => return None,
        },
        Subject::Link(id) => {
            let evidence = notebook.link(id)?.evidence.iter();
            let mut anchors = evidence.filter_map(|it| notebook.evidence_anchor(it));
            anchors.find(|anchor| anchor.range().is_some())?
        }
    };
    Some((anchor.article, anchor.range()?))
}

/// Applies all rules. Linear in the notebook, but for the actors of one name: a job where that is large. `None` once
/// `stop` returns true.
///
/// ```
/// use casebook::edit::{Edit, apply, parse_script};
/// use casebook::inquiry::review::review;
/// use casebook::inquiry::sources::{AllSources, WhatIf};
/// use casebook::notebook::Notebook;
///
/// let list = r#"[AddEntity(kind: Claim, name: "The harbour will close.", with: (to_check: true))]"#;
/// let mut notebook = Notebook::new("");
/// apply(&mut notebook, &Edit::Batch(String::new(), parse_script(list)?))?;
/// let sources = AllSources::new(&notebook, &WhatIf::default(), &|| false).unwrap_or_default();
/// let found = review(&notebook, &sources, &|| false).unwrap_or_default();
/// assert!(found.open.iter().any(|open| open.rule.id == "needs-review"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn review(
    notebook: &Notebook,
    sources: &AllSources,
    stop: &dyn Fn() -> bool,
) -> Option<ReviewList> {
    let mut waivers: HashMap<(&str, &BTreeSet<Subject>), WaiverId> = HashMap::new();
    for (id, waiver) in notebook.waivers() {
        waivers.insert((&waiver.rule, &waiver.of), *id);
    }
    let mut findings = ReviewList { revision: notebook.revision(), ..ReviewList::default() };
    let mut used = BTreeSet::new();
    let mut rules: Vec<&'static Rule> = RULES.iter().collect();
    rules.sort_by_key(|rule| rule.severity);
    for rule in rules {
        if stop() {
            return None;
        }
        let mut look = Look { notebook, sources, used: &used, rule, found: Vec::new(), stop };
        (rule.find)(&mut look);
        let mut found = look.found;
        // Ids are random: what is found is in the order of its names.
        found.sort_by_cached_key(|open| (fold(&open.name), open.words.clone(), open.what));
        for mut open in found {
            open.waived = waivers.get(&(rule.id, &open.subjects())).copied();
            used.extend(open.waived);
            let list =
                if open.waived.is_some() { &mut findings.waived } else { &mut findings.open };
            list.push(open);
        }
    }
    (!stop()).then_some(findings)
}
