//! Which commands make sense now, why others do not, and how undo and redo are named.

use std::borrow::Cow;

use super::{Arranging, Command, Program};
use crate::inquiry::Spotlight;

impl Program {
    /// Whether a command makes sense now.
    #[must_use]
    pub fn is_enabled(&self, command: Command) -> bool {
        let Some(book) = &self.book else {
            return matches!(
                command,
                Command::Open
                    | Command::PasteArticle
                    | Command::NewNotebook
                    | Command::OpenSample
                    | Command::Backups
                    | Command::Quit
                    | Command::Palette
                    | Command::ThemeDark
                    | Command::ThemeLight
                    | Command::ThemeSystem
                    | Command::ZoomIn
                    | Command::ZoomOut
                    | Command::ZoomReset
                    | Command::TextLarger
                    | Command::TextSmaller
                    | Command::TextUsual
                    | Command::ToggleSingleKeys
                    | Command::ToggleSuggestions
                    | Command::Keys
                    | Command::About
            );
        };
        let selection = &book.selection;
        if book.read_only.is_some() && changes(command) {
            return false;
        }
        match command {
            Command::TakeOver => book.read_only.is_some(),
            Command::Backups => self.safety.folder.path().is_some(),
            Command::Undo => book.arranging().is_some() || book.history.undo_label().is_some(),
            Command::Redo => book.history.redo_label().is_some(),
            Command::Copy => book.copies_words() || book.selection.has_part(),
            Command::Cut => book.selection.has_part(),
            Command::TagActor | Command::TagEvent | Command::TagClaim => {
                book.selected_words().is_some() || selection.mention.is_some()
            }
            Command::Untag | Command::Retag | Command::SplitMention | Command::Boundaries => {
                selection.mention.is_some()
            }
            Command::WhoSays => book.selected_statement().is_some(),
            Command::Rename => {
                selection.only_entity().is_some() || selection.only_on_board().is_some()
            }
            Command::Merge => selection.only_entity().is_some(),
            Command::GroupSelection => !book.chosen_entities().is_empty(),
            Command::Ungroup | Command::ToggleFold | Command::SelectGroup => {
                !book.chosen_groups().is_empty()
            }
            Command::AddToGroup => {
                !selection.entities.is_empty() && !book.notebook.groups().is_empty()
            }
            Command::TakeOutOfGroup => book.is_in_a_group(),
            Command::TagTheRest => {
                selection.only_entity().is_some() || book.selected_words().is_some()
            }
            Command::TagAll => book.selected_words().is_some(),
            Command::AlignLeft
            | Command::AlignCentre
            | Command::AlignRight
            | Command::AlignTop
            | Command::AlignMiddle
            | Command::AlignBottom => selection.entities.len() > 1,
            Command::DistributeHorizontally | Command::DistributeVertically => {
                selection.entities.len() > 2
            }
            Command::Link => !selection.entities.is_empty(),
            Command::TogglePin => !book.chosen_entities().is_empty(),
            Command::FocusOne | Command::FocusTwo | Command::FocusThree => {
                !selection.entities.is_empty()
                    || !selection.links.is_empty()
                    || !selection.groups.is_empty()
            }
            Command::ShowPaths => selection.pair().is_some(),
            Command::LeaveFocus => *book.ways().spotlight() != Spotlight::Off,
            Command::ClearFilter => !book.ways().filter().is_empty(),
            Command::FindOnCanvas | Command::KeepView => {
                !book.notebook.nodes().is_empty() || !book.notebook.cards().is_empty()
            }
            Command::Delete => !selection.is_empty(),
            Command::ToggleToCheck => {
                selection.mention.is_some()
                    || !selection.entities.is_empty()
                    || !selection.links.is_empty()
            }
            Command::Note => !selection.is_empty(),
            Command::ReverseLink => selection.only_link().is_some(),
            Command::AddEvidence => {
                selection.only_link().is_some() && book.selected_words().is_some()
            }
            Command::FindNext | Command::FindPrevious => {
                book.find.as_ref().is_some_and(|find| find.total() > 0)
            }
            Command::DismissSuggestion => book.suggestion_at_caret().is_some(),
            Command::RestoreSuggestion => book.dismissed_at_caret().is_some(),
            Command::Find
            | Command::FindEverywhere
            | Command::NextSuggestion
            | Command::PreviousSuggestion
            | Command::NextMention
            | Command::PreviousMention
            | Command::CycleMentions
            | Command::DescribeArticle
            | Command::RemoveArticle => book.article().is_some(),
            Command::NextArticle | Command::PreviousArticle | Command::SideBySide => {
                book.notebook.articles().len() > 1
            }
            Command::Back => book.trail.has(true),
            Command::Forward => book.trail.has(false),
            Command::Arrange
            | Command::ArrangeLayered
            | Command::ArrangeCircular
            | Command::ArrangeGrid => !book.notebook.nodes().is_empty(),
            Command::ArrangeSelection
            | Command::ArrangeSelectionLayered
            | Command::ArrangeSelectionCircular
            | Command::ArrangeSelectionGrid => selection.entities.len() > 1,
            Command::StopArranging => book.arranging().is_some_and(Arranging::is_running),
            Command::KeepArrangement | Command::DiscardArrangement => book.arranging().is_some(),
            _ => true,
        }
    }

    /// What the Edit menu and the palette show for a command: undo and redo name their step.
    #[must_use]
    pub fn command_text(&self, command: Command) -> String {
        let step = self.book.as_ref().and_then(|book| match command {
            Command::Undo => {
                let shown = book.arranging().map(Arranging::label);
                shown.or_else(|| book.history.undo_label())
            }
            Command::Redo => book.history.redo_label(),
            _ => None,
        });
        match step {
            Some(step) => format!("{}: {}", command.text(), crate::text::shown_name(step)),
            None => command.text().to_owned(),
        }
    }

    /// What is missing for a command, where saying so helps.
    #[must_use]
    pub fn why_not(&self, command: Command) -> Option<Cow<'static, str>> {
        let read_only = self.book.as_ref().and_then(|book| book.read_only.as_ref());
        if let Some(why) = read_only.filter(|_| changes(command)) {
            return Some(Cow::Owned(format!("{}.", why.trim_end_matches('.'))));
        }
        let why = match command {
            Command::TakeOver => Some("This notebook can be changed here already."),
            Command::Backups => Some("Nothing is kept: there is no data folder."),
            Command::TagActor | Command::TagEvent | Command::TagClaim => {
                Some("Select the words to tag first: drag over them, or Shift+arrows.")
            }
            Command::Link => Some(
                "Select what the link starts from first, in the text, the lists or on the canvas.",
            ),
            Command::Untag | Command::Retag | Command::SplitMention | Command::Boundaries => {
                Some("Select a mention first: click a tagged span.")
            }
            Command::WhoSays => Some("Select a mention of a claim first."),
            Command::TagAll => Some("Select the words first whose places are to be tagged."),
            Command::TagTheRest => {
                Some("Select an entity first, or the words whose places are to be tagged.")
            }
            Command::Rename | Command::Merge => Some("Select one entity first."),
            Command::FocusOne | Command::FocusTwo | Command::FocusThree => {
                Some("Select an entity first: the focus is on what is linked to it.")
            }
            Command::ShowPaths => {
                Some("Select two entities first: click one, then the other with Ctrl held.")
            }
            Command::DismissSuggestion => Some("Go to a suggestion first: J, or click its line."),
            Command::RestoreSuggestion => {
                Some("Go to a dismissed suggestion first: the pane Suggestions lists them.")
            }
            Command::Back => Some("There is no earlier place to go back to."),
            Command::Forward => Some("There is no later place to go to."),
            Command::SideBySide => Some("Open a second article first."),
            Command::AlignLeft
            | Command::AlignCentre
            | Command::AlignRight
            | Command::AlignTop
            | Command::AlignMiddle
            | Command::AlignBottom
            | Command::ArrangeSelection
            | Command::ArrangeSelectionLayered
            | Command::ArrangeSelectionCircular
            | Command::ArrangeSelectionGrid => {
                Some("Select two entities or more first: Shift+drag around them on the canvas.")
            }
            Command::DistributeHorizontally | Command::DistributeVertically => {
                Some("Select three entities or more first: Shift+drag around them on the canvas.")
            }
            Command::StopArranging => Some("No layout is under way."),
            Command::KeepArrangement | Command::DiscardArrangement => {
                Some("No arrangement is waiting to be kept: arrange the canvas first.")
            }
            Command::GroupSelection => Some(
                "Select the entities of the group first: Shift+drag around them on the canvas.",
            ),
            Command::Ungroup | Command::ToggleFold | Command::SelectGroup => {
                Some("Select a group first, or an entity that is in one.")
            }
            Command::AddToGroup => {
                Some("Make a group first (Ctrl+G), then select what is to come into it.")
            }
            Command::TakeOutOfGroup => Some("Select an entity first that is in a group."),
            Command::Undo => Some("There is nothing to undo."),
            Command::Redo => Some("There is nothing to redo."),
            _ => None,
        };
        why.map(Cow::Borrowed)
    }
}

/// Whether a command changes the notebook or its file. One that is missing here is refused all the same, once it
/// tries: see `try_edit`.
const fn changes(command: Command) -> bool {
    matches!(
        command,
        Command::Save
            | Command::PasteArticle
            | Command::RenameNotebook
            | Command::DescribeArticle
            | Command::RemoveArticle
            | Command::Undo
            | Command::Redo
            | Command::Rename
            | Command::Merge
            | Command::ToggleToCheck
            | Command::Delete
            | Command::Cut
            | Command::AlignLeft
            | Command::AlignCentre
            | Command::AlignRight
            | Command::AlignTop
            | Command::AlignMiddle
            | Command::AlignBottom
            | Command::DistributeHorizontally
            | Command::DistributeVertically
            | Command::TagActor
            | Command::TagEvent
            | Command::TagClaim
            | Command::Link
            | Command::Untag
            | Command::Retag
            | Command::SplitMention
            | Command::Boundaries
            | Command::Note
            | Command::TagTheRest
            | Command::TagAll
            | Command::Arrange
            | Command::ArrangeLayered
            | Command::ArrangeCircular
            | Command::ArrangeGrid
            | Command::ArrangeSelection
            | Command::ArrangeSelectionLayered
            | Command::ArrangeSelectionCircular
            | Command::ArrangeSelectionGrid
            | Command::TogglePin
            | Command::NewCard
            | Command::GroupSelection
            | Command::Ungroup
            | Command::AddToGroup
            | Command::TakeOutOfGroup
            | Command::ToggleFold
            | Command::ReverseLink
            | Command::AddEvidence
    )
}

/// Whether a command works on what is on screen, so that an arrangement shown there is kept first.
pub(super) const fn acts_on_what_is_shown(command: Command) -> bool {
    let arranges = super::arrange::arrangement_of(command).is_some();
    let steps = matches!(command, Command::Undo | Command::Redo);
    matches!(command, Command::SaveAs) || (changes(command) && !arranges && !steps)
}
