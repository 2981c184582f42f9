//! What is still open in a notebook: the list that the review shows.

use crate::notebook::{EntityId, Kind, LinkId, MentionId, Notebook, Place};
use crate::text::fold;

/// An open item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Why it is on the list.
    pub why: Why,
    /// The words that name it.
    pub words: String,
}

/// Why something is open, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// An entity is marked “to check”.
    EntityToCheck(EntityId),
    /// A mention is marked “to check”.
    MentionToCheck(MentionId),
    /// A link is marked “to check”.
    LinkToCheck(LinkId),
    /// A statement names no speaker.
    NoSpeaker(MentionId),
    /// Nobody is known to make this claim.
    NoStatement(EntityId),
    /// No sentence supports a link.
    NoSentence(LinkId),
    /// A link made by hand says what a derived one says already.
    Repeats(LinkId),
    /// Nothing links an entity, and no other record names it.
    NotLinked(EntityId),
    /// A mention's words are no longer in its article.
    Orphan(MentionId),
}

impl Why {
    /// The heading it is listed under.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::EntityToCheck(_) | Self::MentionToCheck(_) | Self::LinkToCheck(_) => "To check",
            Self::NoSpeaker(_) | Self::NoStatement(_) => "Claims without attribution",
            Self::NoSentence(_) => "Links without evidence",
            Self::Repeats(_) => "Links that repeat a derived link",
            Self::NotLinked(_) => "Unlinked entities",
            Self::Orphan(_) => "Mentions no longer in their article",
        }
    }
}

/// Everything that is open, in the order of the headings.
///
/// ```
/// use casebook::edit::{Edit, apply, parse_script};
/// use casebook::inquiry::review;
/// use casebook::notebook::Notebook;
///
/// let list = r#"[AddEntity(kind: Claim, name: "The harbour will close.", with: (to_check: true))]"#;
/// let mut notebook = Notebook::new("");
/// apply(&mut notebook, &Edit::Batch(String::new(), parse_script(list)?))?;
/// let headings: Vec<_> = review(&notebook).iter().map(|open| open.why.heading()).collect();
/// assert!(headings.contains(&"To check"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn review(notebook: &Notebook) -> Vec<Open> {
    let mut open = Vec::new();
    let mention_words = |id: MentionId| {
        notebook.mention(id).map_or_else(String::new, |m| notebook.words(&m.anchor).to_owned())
    };
    let link_words = |id: LinkId| {
        notebook.link(id).map_or_else(String::new, |link| {
            format!(
                "{} {} {}",
                notebook.name(link.from),
                notebook.relation_label(&link.relation),
                link.to_entity().map_or("a link", |to| notebook.name(to))
            )
        })
    };
    let name = |id: EntityId| notebook.name(id).to_owned();
    let mut say = |why: Why, words: String| open.push(Open { why, words });

    for (id, mention) in notebook.mentions() {
        if matches!(mention.anchor.place, Place::Orphan(_)) {
            say(Why::Orphan(*id), mention_words(*id));
        }
    }
    for (id, entity) in notebook.entities() {
        if entity.to_check {
            say(Why::EntityToCheck(*id), name(*id));
        }
    }
    for (id, mention) in notebook.mentions() {
        if mention.to_check {
            say(Why::MentionToCheck(*id), mention_words(*id));
        }
    }
    for (id, link) in notebook.links() {
        if link.to_check {
            say(Why::LinkToCheck(*id), link_words(*id));
        }
    }
    for (id, entity) in notebook.entities() {
        if entity.kind() == Kind::Claim && notebook.mention_count_of(*id) == 0 {
            say(Why::NoStatement(*id), name(*id));
        }
    }
    for (id, mention) in notebook.mentions() {
        if mention.statement.as_ref().is_some_and(|statement| statement.chain.is_empty()) {
            say(Why::NoSpeaker(*id), mention_words(*id));
        }
    }
    for (id, link) in notebook.links() {
        if link.evidence.is_empty() {
            say(Why::NoSentence(*id), link_words(*id));
        }
    }
    for (id, link) in notebook.links() {
        if notebook.derived_twin(link).is_some() {
            say(Why::Repeats(*id), link_words(*id));
        }
    }
    let tied = super::tied(notebook);
    for id in notebook.entities().keys() {
        if notebook.links_of(*id).next().is_none() && !tied.contains(id) {
            say(Why::NotLinked(*id), name(*id));
        }
    }
    // Sorted by words, because ids are random; headings keep their order.
    let mut sorted = Vec::with_capacity(open.len());
    let mut rest = open.as_slice();
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|o| o.why.heading() == first.why.heading()).count();
        let (group, more) = rest.split_at(same);
        let mut group = group.to_vec();
        group.sort_by_cached_key(|open| fold(&open.words));
        sorted.append(&mut group);
        rest = more;
    }
    sorted
}
