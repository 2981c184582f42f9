//! A notebook as a graph for other programs: its entities, its links, and what follows from fields (owner, members,
//! participants, subjects) as derived links, marked as such.

use std::collections::BTreeSet;

use super::{Content, Stopped};
use crate::notebook::{Detail, Entity, EntityId, Kind, LinkId, Target};

/// A node: an entity, or a link that another link targets.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// Its id in the notebook.
    pub id: String,
    /// Its name.
    pub label: String,
    /// `actor`, `event`, `claim`, or `link`.
    pub kind: &'static str,
    /// The kind of an actor; empty otherwise.
    pub sort: &'static str,
    /// The date of an event: EDTF, or empty.
    pub date: &'a str,
    /// The user's note.
    pub note: &'a str,
    /// How many mentions are exported.
    pub mentions: usize,
    /// Whether it is marked “to check”.
    pub to_check: bool,
    /// Its place on the canvas, in canvas units, y downwards.
    pub at: Option<(f32, f32)>,
}

/// An edge: a link, or what follows from a field.
#[derive(Debug)]
pub(super) struct Edge<'a> {
    /// The link's id; of a derived one, a number after `d`.
    pub id: String,
    /// The node it starts from.
    pub from: String,
    /// The node it leads to.
    pub to: String,
    /// What it says.
    pub relation: String,
    /// The family of the relation; empty for what is derived.
    pub family: &'static str,
    /// Whether it has a direction.
    pub directed: bool,
    /// How well it is established; empty for what is derived.
    pub strength: &'static str,
    /// How it follows from its evidence; empty for what is derived.
    pub basis: &'static str,
    /// How many pieces of evidence it has.
    pub evidence: usize,
    /// When it held: EDTF, or empty.
    pub date: &'a str,
    /// The user's note.
    pub note: &'a str,
    /// Whether it is marked “to check”.
    pub to_check: bool,
    /// Whether it follows from a field and is no link of the notebook.
    pub derived: bool,
}

impl Edge<'_> {
    /// Its weight: the pieces of evidence, at least 1.
    pub(super) const fn weight(&self) -> usize {
        if self.evidence == 0 { 1 } else { self.evidence }
    }
}

/// The links that other links target: each is a node as well.
fn targeted(content: &Content<'_>) -> BTreeSet<LinkId> {
    let target = |target| match target {
        Target::Link(id) => Some(id),
        Target::Entity(_) => None,
    };
    content.links().filter_map(|(_, link)| target(link.to)).collect()
}

/// The id of the node that stands for a link.
fn node_of(link: LinkId) -> String {
    format!("n{link}")
}

/// Calls this with every node: the entities by id, then the links that are targeted.
pub(super) fn each_node<'a>(
    content: &Content<'a>,
    mut act: impl FnMut(Node<'a>) -> Result<(), Stopped>,
) -> Result<(), Stopped> {
    let notebook = content.notebook();
    for (id, entity) in content.entities() {
        act(Node {
            id: id.to_string(),
            label: entity.name.clone(),
            kind: entity.kind().word(),
            sort: match &entity.detail {
                Detail::Actor(actor) => actor.kind.label(),
                _ => "",
            },
            date: match &entity.detail {
                Detail::Event(event) => &event.date.edtf,
                _ => "",
            },
            note: &entity.note,
            mentions: content.mentions_of(id).count(),
            to_check: entity.to_check,
            at: notebook.nodes().get(&id).map(|node| (node.x, node.y)),
        })?;
    }
    for id in targeted(content) {
        let Some(link) = notebook.link(id) else { continue };
        let place = |id| notebook.nodes().get(&id).map(|node| (node.x, node.y));
        let to = match link.to {
            Target::Entity(to) => notebook.name(to).to_owned(),
            Target::Link(to) => format!("the link {to}"),
        };
        let relation = notebook.relation_label(&link.relation);
        act(Node {
            id: node_of(id),
            label: format!("{} {relation} {to}", notebook.name(link.from)),
            kind: "link",
            sort: "",
            date: &link.when.edtf,
            note: &link.note,
            mentions: 0,
            to_check: link.to_check,
            at: link.to_entity().and_then(|to| {
                let ((a, b), (c, d)) = (place(link.from)?, place(to)?);
                Some(((a + c) / 2.0, (b + d) / 2.0))
            }),
        })?;
    }
    Ok(())
}

/// Calls this with every edge: the links by id, the derived links, who owns whom and who belongs to whom, then the two ends of each
/// link that is a node.
pub(super) fn each_edge<'a>(
    content: &Content<'a>,
    mut act: impl FnMut(Edge<'a>) -> Result<(), Stopped>,
) -> Result<(), Stopped> {
    let notebook = content.notebook();
    for (id, link) in content.links() {
        act(Edge {
            id: id.to_string(),
            from: link.from.to_string(),
            to: match link.to {
                Target::Entity(to) => to.to_string(),
                Target::Link(to) => node_of(to),
            },
            relation: notebook.relation_label(&link.relation).to_owned(),
            family: notebook.relations().get(&link.relation).map_or("", |r| r.family.label()),
            directed: link.directed,
            strength: link.strength.label(),
            basis: link.basis.label(),
            evidence: link.evidence.len(),
            date: &link.when.edtf,
            note: &link.note,
            to_check: link.to_check,
            derived: false,
        })?;
    }
    for (id, link) in content.derived_links() {
        act(Edge {
            id: id.to_string(),
            from: link.from.to_string(),
            to: link.to_entity().map_or_else(String::new, |to| to.to_string()),
            relation: notebook.relation_label(&link.relation).to_owned(),
            family: notebook.relation(&link.relation).map_or("", |r| r.family.label()),
            directed: true,
            strength: "",
            basis: "",
            evidence: link.evidence.len(),
            date: "",
            note: "",
            to_check: false,
            derived: true,
        })?;
    }
    let mut number = 0_usize;
    let mut derived = |from: String, to: String, relation: String| {
        number += 1;
        act(Edge {
            id: format!("f{number}"),
            from,
            to,
            relation,
            family: "",
            directed: true,
            strength: "",
            basis: "",
            evidence: 0,
            date: "",
            note: "",
            to_check: false,
            derived: true,
        })
    };
    for (id, entity) in content.entities() {
        for (from, to, relation) in follows(id, entity) {
            if content.has_entity(from) && content.has_entity(to) {
                derived(from.to_string(), to.to_string(), relation.to_owned())?;
            }
        }
    }
    for id in targeted(content) {
        let Some(link) = notebook.link(id) else { continue };
        let to = match link.to {
            Target::Entity(to) => to.to_string(),
            Target::Link(to) => node_of(to),
        };
        derived(link.from.to_string(), node_of(id), "start of the link".to_owned())?;
        derived(node_of(id), to, "end of the link".to_owned())?;
    }
    Ok(())
}

/// What the fields of an entity say of it and others beyond its derived links: from, to, what.
fn follows(id: EntityId, entity: &Entity) -> Vec<(EntityId, EntityId, &'static str)> {
    match &entity.detail {
        Detail::Actor(actor) => {
            let owner = actor.owner.iter().map(|owner| (*owner, id, "owner of"));
            let members = actor.members.iter().map(|member| (*member, id, "member of"));
            owner.chain(members).collect()
        }
        Detail::Event(_) | Detail::Claim(_) => Vec::new(),
    }
}

/// The colour of a kind of node: red, green, blue. Those of the light theme's canvas.
pub(super) fn colour_of(kind: &str) -> [u8; 3] {
    if kind == Kind::Actor.word() {
        [0x00, 0x72, 0xb2]
    } else if kind == Kind::Event.word() {
        [0x8f, 0x5f, 0x00]
    } else if kind == Kind::Claim.word() {
        [0xa8, 0x45, 0x7f]
    } else {
        [0x70, 0x70, 0x70]
    }
}
