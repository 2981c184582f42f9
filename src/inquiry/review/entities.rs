//! What is open about entities and mentions.

use super::Look;
use super::look_alike::alike_names;
use crate::notebook::{ActorKind, Detail, Evidence, Place};

pub(super) fn orphaned(look: &mut Look<'_>) {
    for (id, mention) in look.notebook.mentions() {
        if matches!(mention.anchor.place, Place::Orphan(_)) {
            look.say(*id, "");
        }
    }
    for (id, link) in look.notebook.links() {
        for evidence in &link.evidence {
            if let Evidence::Quote(anchor) = evidence
                && let Place::Orphan(quote) = &anchor.place
            {
                let words = format!("evidence: “{}”", crate::text::shortened(&quote.exact));
                look.say(*id, words);
            }
        }
    }
}

pub(super) fn marked(look: &mut Look<'_>) {
    let notebook = look.notebook;
    notebook.entities().iter().filter(|(_, it)| it.to_check).for_each(|(id, _)| look.say(*id, ""));
    notebook.mentions().iter().filter(|(_, it)| it.to_check).for_each(|(id, _)| look.say(*id, ""));
    notebook.links().iter().filter(|(_, it)| it.to_check).for_each(|(id, _)| look.say(*id, ""));
}

pub(super) fn without_date(look: &mut Look<'_>) {
    for (id, entity) in look.notebook.entities() {
        if let Detail::Event(event) = &entity.detail
            && event.date.edtf.trim().is_empty()
        {
            let written = event.date.written.trim();
            let words = if written.is_empty() {
                String::new()
            } else {
                format!("written “{}”", crate::text::shortened(written))
            };
            look.say(*id, words);
        }
    }
}

pub(super) fn of_no_kind(look: &mut Look<'_>) {
    for (id, entity) in look.notebook.entities() {
        if matches!(&entity.detail, Detail::Actor(actor) if actor.kind == ActorKind::Unset) {
            look.say(*id, "");
        }
    }
}

pub(super) fn unused(look: &mut Look<'_>) {
    let tied = crate::inquiry::tied(look.notebook);
    for id in look.notebook.entities().keys() {
        if look.notebook.all_links_of(*id).next().is_none() && !tied.contains(id) {
            look.say(*id, "");
        }
    }
}

pub(super) fn actors_alike(look: &mut Look<'_>) {
    let actors: Vec<_> = look
        .notebook
        .entities()
        .iter()
        .filter(|(_, entity)| {
            matches!(&entity.detail, Detail::Actor(actor) if actor.kind != ActorKind::Anonymous)
        })
        .collect();
    let names: Vec<Vec<&str>> = actors.iter().map(|(_, it)| it.names().collect()).collect();
    for (a, b, why) in alike_names(&names, look.stop) {
        let (Some((first, one)), Some((second, other))) = (actors.get(a), actors.get(b)) else {
            continue;
        };
        // The one with more mentions stays when they are merged.
        let count = |id| look.notebook.mention_count_of(id);
        let (into, from, name) = if count(**second) > count(**first) {
            (**second, **first, &one.name)
        } else {
            (**first, **second, &other.name)
        };
        look.say_of(into, vec![from.into()], format!("{why} “{}”", crate::text::shortened(name)));
    }
}
