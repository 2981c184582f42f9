//! What differs between two notebooks: counted by kind, and each difference by its name.

use std::collections::{BTreeMap, BTreeSet};

use crate::notebook::{Detail, Entity, EntityId, Kind, Link, Mention, Notebook, Target};

/// What a difference is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The notebook's title.
    Title,
    /// An article.
    Article,
    /// An actor.
    Actor,
    /// An event.
    Event,
    /// A claim.
    Claim,
    /// A mention.
    Mention,
    /// A link.
    Link,
    /// A relation.
    Relation,
    /// A place on the canvas.
    Place,
    /// A group on the canvas.
    Group,
    /// A note card.
    Card,
    /// A named view.
    View,
    /// Suggestions that were dismissed in an article.
    Dismissed,
    /// An assessment.
    Assessment,
}

impl What {
    /// One of them, and several.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => ("title", "titles"),
            Self::Article => ("article", "articles"),
            Self::Actor => ("actor", "actors"),
            Self::Event => ("event", "events"),
            Self::Claim => ("claim", "claims"),
            Self::Mention => ("mention", "mentions"),
            Self::Link => ("link", "links"),
            Self::Relation => ("relation", "relations"),
            Self::Place => ("position on the canvas", "positions on the canvas"),
            Self::Group => ("group", "groups"),
            Self::Card => ("note card", "note cards"),
            Self::View => ("named view", "named views"),
            Self::Dismissed => ("dismissed suggestion", "dismissed suggestions"),
            Self::Assessment => ("assessment", "assessments"),
        }
    }

    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Actor => Self::Actor,
            Kind::Event => Self::Event,
            Kind::Claim => Self::Claim,
        }
    }
}

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Only the second notebook has it.
    Added,
    /// Only the first has it.
    Removed,
    /// Both have it, and not the same.
    Changed,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How.
    pub how: How,
    /// In what.
    pub what: What,
    /// Its name, or its words.
    pub name: String,
    /// What of it changed, or where it is; may be empty.
    pub detail: String,
}

/// How much of one kind differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Only in the second notebook.
    pub added: usize,
    /// Only in the first.
    pub removed: usize,
    /// In both, and not the same.
    pub changed: usize,
}

/// What differs between two notebooks. Both are alike exactly when it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// By kind; kinds without a difference are left out.
    pub counts: BTreeMap<What, Count>,
    /// One by one: by kind, then as the notebooks order them.
    pub lines: Vec<Line>,
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// In a sentence: “2 actors added, 1 link changed”.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        for (what, count) in &self.counts {
            for (n, how) in
                [(count.added, "added"), (count.removed, "removed"), (count.changed, "changed")]
            {
                let (one, many) = what.words();
                match n {
                    0 => {}
                    1 => parts.push(format!("1 {one} {how}")),
                    n => parts.push(format!("{n} {many} {how}")),
                }
            }
        }
        if parts.is_empty() { "no differences".to_owned() } else { parts.join(", ") }
    }

    fn say(&mut self, how: How, what: What, name: &str, detail: String) {
        let count = self.counts.entry(what).or_default();
        match how {
            How::Added => count.added += 1,
            How::Removed => count.removed += 1,
            How::Changed => count.changed += 1,
        }
        self.lines.push(Line { how, what, name: short(name), detail });
    }

    /// Goes through two maps side by side.
    fn maps<'a, K: Ord, V: PartialEq>(
        &mut self,
        (old, new): (&'a BTreeMap<K, V>, &'a BTreeMap<K, V>),
        what: impl Fn(&V) -> What,
        name: impl Fn(bool, &'a K, &'a V) -> String,
        detail: impl Fn(&'a V, &'a V) -> String,
    ) {
        let (mut olds, mut news) = (old.iter().peekable(), new.iter().peekable());
        loop {
            let order = match (olds.peek(), news.peek()) {
                (None, None) => return,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some((a, _)), Some((b, _))) => a.cmp(b),
            };
            match order {
                std::cmp::Ordering::Less => {
                    if let Some((key, value)) = olds.next() {
                        self.say(
                            How::Removed,
                            what(value),
                            &name(false, key, value),
                            String::new(),
                        );
                    }
                }
                std::cmp::Ordering::Greater => {
                    if let Some((key, value)) = news.next() {
                        self.say(How::Added, what(value), &name(true, key, value), String::new());
                    }
                }
                std::cmp::Ordering::Equal => {
                    if let (Some((_, a)), Some((key, b))) = (olds.next(), news.next())
                        && a != b
                    {
                        self.say(How::Changed, what(b), &name(true, key, b), detail(a, b));
                    }
                }
            }
        }
    }
}

/// What differs between an older notebook and a newer one. Cost grows with both; for a job.
#[must_use]
pub fn difference(old: &Notebook, new: &Notebook) -> Difference {
    let mut found = Difference::default();
    let of = |newer: bool| if newer { new } else { old };
    let none = || String::new();
    if old.title() != new.title() {
        found.say(How::Changed, What::Title, new.title(), format!("was “{}”", short(old.title())));
    }
    found.maps(
        (old.articles(), new.articles()),
        |_| What::Article,
        |_, _, article| article.about.title.clone(),
        |a, b| {
            fields(&[
                ("title", a.about.title != b.about.title),
                ("publisher", a.about.publisher != b.about.publisher),
                ("author", a.about.author != b.about.author),
                ("date", a.about.date != b.about.date),
                ("URL", a.about.url != b.about.url),
                ("language", a.about.language != b.about.language),
                ("text", a.text != b.text),
            ])
        },
    );
    found.maps(
        (old.entities(), new.entities()),
        |entity| What::of(entity.kind()),
        |_, _, entity| entity.name.clone(),
        |a, b| of_entity(a, b),
    );
    found.maps(
        (old.mentions(), new.mentions()),
        |_| What::Mention,
        |newer, _, mention| {
            let (words, of) = (of(newer).words(&mention.anchor), of(newer).name(mention.entity));
            if words == of { short(words) } else { format!("{} → {of}", short(words)) }
        },
        |a, b| of_mention(a, b),
    );
    found.maps(
        (old.links(), new.links()),
        |_| What::Link,
        |newer, _, link| link_name(of(newer), link),
        |a, b| {
            fields(&[
                ("ends", (a.from, a.to) != (b.from, b.to)),
                ("relation", a.relation != b.relation),
                ("evidence", a.evidence != b.evidence),
                ("basis", a.basis != b.basis),
                ("strength", a.strength != b.strength),
                ("date", a.when != b.when),
                ("note", a.note != b.note),
                ("mark “to check”", a.to_check != b.to_check),
            ])
        },
    );
    let relations = (old.relations(), new.relations());
    found.maps(relations, |_| What::Relation, |_, _, r| r.label.clone(), |_, _| none());
    let nodes = (old.nodes(), new.nodes());
    let name = |newer: bool, id: &EntityId| of(newer).name(*id).to_owned();
    found.maps(
        nodes,
        |_| What::Place,
        |newer, id, _| name(newer, id),
        |a, b| fields(&[("moved", (a.x, a.y) != (b.x, b.y)), ("pin", a.pinned != b.pinned)]),
    );
    let groups = (old.groups(), new.groups());
    found.maps(groups, |_| What::Group, |_, _, group| group.title.clone(), |_, _| none());
    let cards = (old.cards(), new.cards());
    found.maps(cards, |_| What::Card, |_, _, card| card.text.clone(), |_, _| none());
    let views = (old.views(), new.views());
    found.maps(views, |_| What::View, |_, _, view| view.name.clone(), |_, _| none());
    found.maps(
        (old.dismissed(), new.dismissed()),
        |_| What::Dismissed,
        |newer, id, _| {
            let article = of(newer).article(*id);
            article.map_or_else(String::new, |article| article.about.title.clone())
        },
        |_, _| none(),
    );
    let assessments = (old.assessments(), new.assessments());
    found.maps(assessments, |_| What::Assessment, |_, _, a| a.grade.clone(), |_, _| none());
    // Entities come in one map and stand under three headings.
    found.lines.sort_by_key(|line| line.what);
    found
}

fn of_entity(a: &Entity, b: &Entity) -> String {
    if a.name != b.name {
        return format!("was “{}”", short(&a.name));
    }
    let mut changed = vec![
        ("aliases", a.aliases != b.aliases),
        ("note", a.note != b.note),
        ("mark “to check”", a.to_check != b.to_check),
        ("kind", a.kind() != b.kind()),
    ];
    match (&a.detail, &b.detail) {
        (Detail::Actor(a), Detail::Actor(b)) => changed.extend([
            ("actor kind", a.kind != b.kind),
            ("owner", a.owner != b.owner),
            ("reliability", a.reliability != b.reliability),
            ("members", a.members != b.members),
        ]),
        (Detail::Event(a), Detail::Event(b)) => changed.extend([
            ("date", a.date != b.date),
            ("place", a.place != b.place),
            ("participants", a.participants != b.participants),
        ]),
        (Detail::Claim(a), Detail::Claim(b)) => changed.extend([
            ("subjects", a.about != b.about),
            ("credibility", a.credibility != b.credibility),
            ("verdict", a.verdict != b.verdict),
        ]),
        _ => {}
    }
    fields(&changed)
}

fn of_mention(a: &Mention, b: &Mention) -> String {
    fields(&[
        ("entity", a.entity != b.entity),
        ("span", a.anchor != b.anchor),
        ("note", a.note != b.note),
        ("mark “to check”", a.to_check != b.to_check),
        ("attribution", a.statement != b.statement),
    ])
}

fn link_name(notebook: &Notebook, link: &Link) -> String {
    let to = match link.to {
        Target::Entity(to) => notebook.name(to).to_owned(),
        Target::Link(to) => notebook.link(to).map_or_else(String::new, |to| {
            format!("({} {})", notebook.name(to.from), notebook.relation_label(&to.relation))
        }),
    };
    format!("{} {} {to}", notebook.name(link.from), notebook.relation_label(&link.relation))
}

fn fields(changed: &[(&'static str, bool)]) -> String {
    let names: BTreeSet<_> = changed.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// One line, not too long, for a list.
fn short(text: &str) -> String {
    let mut line: String = text.chars().take(120).collect();
    if line.contains('\n') {
        line = line.replace('\n', " ");
    }
    if text.chars().nth(120).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, EntityFields, Ref, apply};
    use crate::notebook::generate::{Size, generate};

    #[test]
    fn what_an_edit_did_is_told_with_its_name() {
        let size = Size { articles: 1, text: 600, entities: 6, mentions: 10, links: 3 };
        let (old, _) = generate(3, size);
        assert!(difference(&old, &old).is_empty());
        let mut new = old.clone();
        let actor = *old.entities().iter().find(|(_, e)| e.kind() == Kind::Actor).expect("one").0;
        for edit in [
            Edit::AddEntity {
                kind: Kind::Claim,
                name: "Kervel leaves".to_owned(),
                handle: String::new(),
                with: Box::default(),
                at: None,
            },
            Edit::SetEntity {
                entity: Ref::Id(actor),
                with: Box::new(EntityFields {
                    note: Some("seen".to_owned()),
                    ..EntityFields::default()
                }),
            },
        ] {
            apply(&mut new, &edit).expect("applied");
        }
        let found = difference(&old, &new);
        let line =
            |how, what| found.lines.iter().find(|l| (l.how, l.what) == (how, what)).expect("told");
        assert_eq!(line(How::Added, What::Claim).name, "Kervel leaves");
        assert_eq!(line(How::Changed, What::Actor).detail, "note");
        assert!(found.summary().contains("1 claim added"), "{}", found.summary());
        // The other way round it is what was removed.
        let back = difference(&new, &old);
        assert_eq!(back.counts[&What::Claim].removed, 1);
        assert_eq!(back.lines.len(), found.lines.len());
    }
}
