//! Waivers that let nothing stand any more.

use super::{Look, Open, title_of};
use crate::edit::{Edit, Ref};
use crate::notebook::{Notebook, Waiver, WaiverId};

/// Finds waivers of what no rule finds now: to be applied after all other rules.
pub(super) fn unused(look: &mut Look<'_>) {
    let (notebook, used) = (look.notebook, look.used);
    // The waiver of such a finding is no finding of another rule.
    let own = look.rule.id;
    for (id, waiver) in notebook.waivers() {
        if !used.contains(id) && waiver.rule != own {
            let mut of = waiver.of.iter().copied();
            if let Some(first) = of.next() {
                look.say_of(first, of.collect(), words(waiver));
            }
        }
    }
}

/// What is said of such a waiver.
fn words(waiver: &Waiver) -> String {
    format!("{}: “{}”", title_of(&waiver.rule), crate::text::shortened(&waiver.reason))
}

/// Removes the waivers that it is about.
pub(super) fn remove(notebook: &Notebook, open: &Open) -> Option<Edit> {
    let of = open.subjects();
    let all = notebook.waivers().iter();
    let meant = all.filter(|(_, waiver)| waiver.of == of && words(waiver) == open.words);
    let remove = |id: &WaiverId| Edit::Unwaive { waiver: Ref::Id(*id) };
    let edits: Vec<Edit> = meant.map(|(id, _)| remove(id)).collect();
    (!edits.is_empty()).then(|| Edit::Batch("Remove the waiver".to_owned(), edits))
}
