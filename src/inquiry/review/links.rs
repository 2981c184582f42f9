//! What is open about links.

use super::Look;
use crate::inquiry::sources::WhatIf;

pub(super) fn without_evidence(look: &mut Look<'_>) {
    for (id, link) in look.notebook.links() {
        if link.evidence.is_empty() {
            look.say(*id, "");
        }
    }
}

pub(super) fn with_lost_evidence(look: &mut Look<'_>) {
    for (id, link) in look.notebook.links() {
        let mut anchors = link.evidence.iter().filter_map(|it| look.notebook.evidence_anchor(it));
        if !link.evidence.is_empty() && anchors.all(|anchor| anchor.range().is_none()) {
            look.say(*id, "");
        }
    }
}

pub(super) fn repeating(look: &mut Look<'_>) {
    for (id, link) in look.notebook.links() {
        if look.notebook.derived_twin(link).is_some() {
            look.say(*id, "");
        }
    }
}

pub(super) fn on_what_is_set_aside(look: &mut Look<'_>) {
    let what_if = WhatIf::recorded_in(look.notebook);
    if what_if.is_empty() {
        return;
    }
    for (id, link) in look.notebook.links() {
        let mut anchors = link.evidence.iter().filter_map(|it| look.notebook.evidence_anchor(it));
        if !link.evidence.is_empty()
            && anchors.all(|anchor| what_if.withdraws_article(look.notebook, anchor.article))
        {
            look.say(*id, "");
        }
    }
}
