//! What commands need, and the message if it is missing.

use super::need::{Met, Need};
use crate::app::{Arranging, OpenNotebook};
use crate::inquiry::Spotlight;
use crate::notebook::Subject;

const fn need(met: fn(&OpenNotebook) -> bool, why: &'static str) -> Need {
    Need { met: Met::OpenNotebook(met), why }
}

pub(super) const DATA_FOLDER: Need = Need {
    met: Met::Program(|program| program.folder().path().is_some()),
    why: "No backups are kept: there is no data folder.",
};
pub(super) const LOCKED: Need =
    need(|book| book.locked().is_some(), "This notebook can be edited here already.");
pub(super) const DONE_STEP: Need = need(
    |book| book.arranging().is_some() || book.history().undo_label().is_some(),
    "There is nothing to undo.",
);
pub(super) const UNDONE_STEP: Need =
    need(|book| book.history().redo_label().is_some(), "There is nothing to redo.");
pub(super) const COPYABLE: Need =
    need(|book| book.copies_words() || book.selection().has_part(), "Select what to copy first.");
pub(super) const QUOTABLE: Need = need(
    |book| book.quoted().is_some(),
    "Select the words to quote first, a mention, or a link that has evidence.",
);
pub(super) const CANVAS_ITEMS: Need =
    need(|book| book.selection().has_part(), "Select entities or links first.");
pub(super) const WORDS: Need =
    need(|book| book.selected_words().is_some(), "Select the words to tag first.");
pub(super) const WORDS_OR_MENTION: Need = need(
    |book| book.selected_words().is_some() || book.selection().mention.is_some(),
    "Select the words to tag first: drag over them, or Shift+arrows.",
);
pub(super) const MENTION: Need =
    need(|book| book.selection().mention.is_some(), "Select a mention first: click a tagged span.");
pub(super) const STATEMENT: Need =
    need(|book| book.selected_statement().is_some(), "Select a mention of a claim first.");
pub(super) const ENTITY_OR_BOARD: Need = need(
    |book| book.selection().only_entity().is_some() || book.selection().only_on_board().is_some(),
    "Select one entity first.",
);
pub(super) const ONE_ENTITY: Need =
    need(|book| book.selection().only_entity().is_some(), "Select one entity first.");
pub(super) const EVENT: Need =
    need(|book| book.selected_event().is_some(), "Select one event first.");
pub(super) const ENTITY_OR_WORDS: Need = need(
    |book| book.selection().only_entity().is_some() || book.selected_words().is_some(),
    "Select an entity first, or the words to tag.",
);
pub(super) const ENTITIES: Need = need(
    |book| !book.selection().entities.is_empty(),
    "Select what the link starts from first, in the text, the lists or on the canvas.",
);
pub(super) const TWO_ENTITIES: Need = need(
    |book| book.selection().entities.len() > 1,
    "Select two entities or more first: Shift+drag around them on the canvas.",
);
pub(super) const ACTOR_OR_ARTICLE: Need = need(
    |book| {
        !book.selected_actors().is_empty()
            || (book.selection().is_empty() && book.article().is_some())
    },
    "Select an actor first; or nothing, for the article that is shown.",
);
pub(super) const TWO_ACTORS: Need = need(
    |book| book.selection().pair().is_some() && book.selected_actors().len() == 2,
    "Select two actors first: click one, then the other with Ctrl held.",
);
pub(super) const SUPPOSITION: Need =
    need(|book| book.supposed().is_some(), "Nothing is supposed: everything is as recorded.");
pub(super) const FINDING: Need = need(
    |book| book.finding_looked_at().is_some_and(|finding| book.finding(finding).is_some()),
    "Choose a finding in the review first.",
);
pub(super) const CONFLICT: Need = need(
    |book| {
        let open = book.finding_looked_at().and_then(|finding| book.finding(finding));
        open.is_some_and(|open| matches!(open.what, Subject::Conflict(_)))
    },
    "Choose a conflict in the review first.",
);
pub(super) const THREE_ENTITIES: Need = need(
    |book| book.selection().entities.len() > 2,
    "Select three entities or more first: Shift+drag around them on the canvas.",
);
pub(super) const PAIR: Need = need(
    |book| book.selection().pair().is_some(),
    "Select two entities first: click one, then the other with Ctrl held.",
);
pub(super) const MEMBERS: Need = need(
    |book| !book.chosen_entities().is_empty(),
    "Select the members of the group first: Shift+drag around them on the canvas.",
);
pub(super) const PINNABLE: Need =
    need(|book| !book.chosen_entities().is_empty(), "Select an entity on the canvas first.");
pub(super) const GROUP: Need = need(
    |book| !book.chosen_groups().is_empty(),
    "Select a group first, or an entity that is in one.",
);
pub(super) const A_GROUP_TO_JOIN: Need = need(
    |book| !book.selection().entities.is_empty() && !book.notebook().groups().is_empty(),
    "Make a group first (Ctrl+G), then select the entities to add to it.",
);
pub(super) const GROUPED_ENTITY: Need =
    need(OpenNotebook::is_in_a_group, "Select an entity that is in a group first.");
pub(super) const FOCUSABLE: Need = need(
    |book| {
        let selection = book.selection();
        !selection.entities.is_empty()
            || !selection.links.is_empty()
            || !selection.groups.is_empty()
    },
    "Select an entity first: the focus is on what is linked to it.",
);
pub(super) const FOCUS: Need =
    need(|book| *book.exploration().spotlight() != Spotlight::Off, "There is no focus to clear.");
pub(super) const FILTER: Need =
    need(|book| book.exploration().filter().count() > 0, "No filter is set on the canvas.");
pub(super) const DERIVED_LINKS: Need = need(
    |book| book.notebook().derived_links().len() > 0,
    "Nothing is recorded yet that links follow from: no publisher, speaker, participant or “about”.",
);
pub(super) const CANVAS_CONTENT: Need = need(
    |book| !book.notebook().nodes().is_empty() || !book.notebook().cards().is_empty(),
    "The canvas is empty.",
);
pub(super) const NODES: Need =
    need(|book| !book.notebook().nodes().is_empty(), "There is nothing on the canvas to arrange.");
pub(super) const RUNNING_LAYOUT: Need =
    need(|book| book.arranging().is_some_and(Arranging::is_running), "No layout is running.");
pub(super) const ARRANGEMENT: Need = need(
    |book| book.arranging().is_some(),
    "There is no new arrangement to keep or discard: arrange the canvas first.",
);
pub(super) const SELECTION: Need =
    need(|book| !book.selection().is_empty(), "Select something first.");
pub(super) const NOTABLE: Need = need(
    |book| {
        let selection = book.selection();
        !selection.is_empty() && selection.only_link().is_none_or(|id| !id.is_derived())
    },
    "Select something first; a derived link has no note of its own.",
);
pub(super) const CHECKABLE: Need = need(
    |book| {
        let selection = book.selection();
        selection.mention.is_some()
            || !selection.entities.is_empty()
            || selection.made_links().next().is_some()
    },
    "Select a mention, an entity or a link made by hand first.",
);
pub(super) const ONE_LINK: Need =
    need(|book| book.selection().only_made_link().is_some(), "Select one link made by hand first.");
pub(super) const LINK_AND_WORDS: Need = need(
    |book| book.selection().only_made_link().is_some() && book.selected_words().is_some(),
    "Select a link made by hand, then the words that support it.",
);
pub(super) const RESULTS: Need = need(
    |book| book.find().is_some_and(|find| find.total() > 0),
    "There are no search results to go through.",
);
pub(super) const SUGGESTION: Need = need(
    |book| book.suggestion_at_caret().is_some(),
    "Go to a suggestion first: J, or click its line.",
);
pub(super) const DISMISSED_SUGGESTION: Need = need(
    |book| book.dismissed_at_caret().is_some(),
    "Go to a dismissed suggestion first: the Suggestions pane lists them.",
);
pub(super) const ARTICLE: Need = need(|book| book.article().is_some(), "Open an article first.");
pub(super) const GATHERING: Need = need(
    |book| book.gathering().is_some(),
    "Open a folder or several files first: then this says what came of it.",
);
pub(super) const VERSIONS: Need = need(
    |book| {
        let article = book.article().and_then(|id| book.notebook().article(id));
        article.is_some_and(|article| article.versions() > 1)
    },
    "This article has one version: “Update article…” adds another.",
);
pub(super) const TWO_ARTICLES: Need =
    need(|book| book.notebook().articles().len() > 1, "Open a second article first.");
pub(super) const EARLIER_PLACE: Need =
    need(|book| book.can_step_place(true), "There is no earlier place to go back to.");
pub(super) const LATER_PLACE: Need =
    need(|book| book.can_step_place(false), "There is no later place to go to.");
