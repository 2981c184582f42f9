//! What is open about dates: the clashes that the timeline marks too.

use super::Look;
use crate::notebook::Subject;
use crate::timeline::{Clash, clashes};

pub(super) fn out_of_order(look: &mut Look<'_>) {
    for clash in clashes(look.notebook, look.stop) {
        let what = match &clash {
            Clash::Order { then, .. } => *then,
            // The same of them each time, whichever was come upon first.
            Clash::Circle { events, .. } => match events.iter().min() {
                Some(first) => *first,
                None => continue,
            },
            Clash::AfterArticles { .. } => continue,
        };
        let others = clash.events().into_iter().filter(|id| *id != what).map(Subject::Entity);
        let others = others.chain(clash.links().iter().copied().map(Subject::Link)).collect();
        let words = clash.words_of(look.notebook, what);
        look.say_of(what, others, words);
    }
}

pub(super) fn after_articles(look: &mut Look<'_>) {
    for clash in clashes(look.notebook, look.stop) {
        if let Clash::AfterArticles { event, .. } = &clash {
            look.say(*event, clash.words_of(look.notebook, *event));
        }
    }
}
