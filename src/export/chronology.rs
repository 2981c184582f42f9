//! The chronology of what is exported: events and statements in the order of time, as far as they are in the part.

use super::{Content, Out, Stopped};
use crate::timeline::{Passage, What, chronology, clashes};

/// The rows, what has no date last. The sentence of what is told only outside the part is left out.
///
/// # Errors
/// The export was cancelled.
pub(super) fn passages(content: &Content<'_>, out: &Out<'_>) -> Result<Vec<Passage>, Stopped> {
    let notebook = content.notebook();
    let stop = || out.is_cancelled();
    let mut clashes = clashes(notebook, &stop);
    clashes.retain(|clash| clash.events().iter().all(|id| content.has_entity(*id)));
    let mut all = chronology(notebook, &clashes, &stop);
    if stop() {
        return Err(Stopped::Cancelled);
    }
    all.retain(|passage| match passage.what {
        What::Event(id) => content.has_entity(id),
        What::Statement(id) => content.has_mention(id),
    });
    for passage in &mut all {
        let outside = passage.told.as_ref().is_some_and(|(mention, article, _)| {
            !content.has_mention(*mention) || !content.has_article(*article)
        });
        if outside {
            passage.told = None;
        }
    }
    Ok(all)
}
