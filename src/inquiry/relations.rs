//! The relations that a link between two ends is likely to need.

use crate::notebook::{EntityId, Kind, Notebook, RelationId, Target};

/// The relations of a notebook, those that fit the two ends of a link first. `to` is its target, once that is known.
#[must_use]
pub fn relations_between(
    notebook: &Notebook,
    from: EntityId,
    to: Option<Target>,
) -> Vec<RelationId> {
    let kind = |id| notebook.entity(id).map(|entity| entity.kind());
    let to_kind = match to {
        Some(Target::Entity(to)) => kind(to),
        Some(Target::Link(_)) | None => None,
    };
    let likely: &[&str] = match (kind(from), to_kind) {
        _ if matches!(to, Some(Target::Link(_))) => &["undercuts", "attacks", "supports"],
        (Some(Kind::Actor), Some(Kind::Actor)) => &[
            "associated with",
            "works for",
            "directs",
            "member of",
            "owns",
            "family",
            "cites",
            "quotes",
        ],
        (Some(Kind::Actor), Some(Kind::Event)) => &["agent", "patient"],
        (Some(Kind::Event), Some(Kind::Actor)) => &["patient", "agent", "located in"],
        (Some(Kind::Actor), Some(Kind::Claim)) => {
            &["relays", "denies", "confirms", "retracts", "quotes"]
        }
        (Some(Kind::Claim), Some(Kind::Actor)) => &["said by", "about"],
        (Some(Kind::Claim), Some(Kind::Event)) => &["about", "supports"],
        (Some(Kind::Event), Some(Kind::Claim)) => &["supports", "attacks"],
        (Some(Kind::Event), Some(Kind::Event)) => &["before", "after", "causes"],
        (Some(Kind::Claim), Some(Kind::Claim)) => {
            &["supports", "attacks", "contradicts", "equivalent", "undercuts"]
        }
        _ => &[],
    };
    let mut order: Vec<RelationId> = likely
        .iter()
        .map(|label| RelationId::from(*label))
        .filter(|id| notebook.relations().contains_key(id))
        .collect();
    let mut others: Vec<_> =
        notebook.relations().iter().filter(|(id, _)| !order.contains(id)).collect();
    others.sort_by(|a, b| (a.1.family, &a.1.label).cmp(&(b.1.family, &b.1.label)));
    order.extend(others.into_iter().map(|(id, _)| id.clone()));
    order
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::edit::{Created, Edit, LinkFields, Ref, apply};

    fn entity(kind: Kind, name: &str) -> Edit {
        let (name, handle) = (name.to_owned(), name.to_owned());
        Edit::AddEntity { kind, name, handle, with: Box::default(), at: None }
    }

    #[test]
    fn those_that_fit_come_first_and_none_is_missing() {
        let mut notebook = Notebook::new("test");
        let link = Edit::Link {
            from: Ref::handle("Ines"),
            relation: RelationId::from("denies"),
            to: Ref::handle("It rained"),
            evidence: Vec::new(),
            with: LinkFields::default(),
            handle: String::new(),
        };
        let edits = vec![entity(Kind::Actor, "Ines"), entity(Kind::Claim, "It rained"), link];
        let created = apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap().created;
        let [Created::Entity(actor), Created::Entity(claim), Created::Link(link)] = created[..]
        else {
            panic!("{created:?}");
        };
        for (to, first) in [
            (Some(Target::Entity(claim)), "relays"),
            (Some(Target::Entity(actor)), "associated with"),
            (Some(Target::Link(link)), "undercuts"),
        ] {
            let all = relations_between(&notebook, actor, to);
            assert_eq!(all[0], RelationId::from(first));
            assert_eq!(all.len(), notebook.relations().len());
        }
        assert_eq!(relations_between(&notebook, actor, None).len(), notebook.relations().len());
    }
}
