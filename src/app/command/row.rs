//! A row of the table of commands: all that is known of one command.

use super::Shortcut;
use super::need::Need;
use crate::app::Program;

/// The menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Files.
    File,
    /// Undo, redo, and what is selected.
    Edit,
    /// Tagging.
    Tag,
    /// The canvas.
    Canvas,
    /// What is shown.
    View,
    /// Help.
    Help,
}

impl Menu {
    /// All of them, in their order in the menu bar.
    pub const ALL: [Self; 6] =
        [Self::File, Self::Edit, Self::Tag, Self::Canvas, Self::View, Self::Help];

    /// The menu's name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Tag => "Tag",
            Self::Canvas => "Canvas",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// What becomes of an arrangement that is shown and not kept yet when a command runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pending {
    /// Kept if the command changes the notebook, left as it is otherwise.
    AsChanging,
    /// Kept.
    Keep,
    /// Left to the command.
    Leave,
}

/// All that is known of one command. Built by [`row`] and its methods.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Row {
    pub(in crate::app) text: &'static str,
    pub(in crate::app) hint: &'static str,
    pub(in crate::app) menu: Menu,
    pub(in crate::app) submenu: Option<&'static str>,
    pub(in crate::app) section: bool,
    pub(in crate::app) key: Option<Shortcut>,
    pub(in crate::app) other_keys: &'static [Shortcut],
    /// It needs no open notebook.
    pub(in crate::app) always: bool,
    pub(super) need: Option<&'static Need>,
    pub(in crate::app) changes: bool,
    pub(in crate::app) opens_field: bool,
    pub(in crate::app) checked: Option<fn(&Program) -> bool>,
    pub(in crate::app) run: fn(&mut Program),
    pending: Pending,
}

/// A command that is run by `run`, with its name and what it does in a sentence. Without more it needs an open notebook,
/// has no key, and changes nothing in the notebook.
pub(in crate::app) const fn row(
    menu: Menu,
    text: &'static str,
    hint: &'static str,
    run: fn(&mut Program),
) -> Row {
    Row {
        text,
        hint,
        menu,
        submenu: None,
        section: false,
        key: None,
        other_keys: &[],
        always: false,
        need: None,
        changes: false,
        opens_field: false,
        checked: None,
        run,
        pending: Pending::AsChanging,
    }
}

impl Row {
    /// It stands in this menu inside of its menu.
    pub(in crate::app) const fn submenu(self, name: &'static str) -> Self {
        Self { submenu: Some(name), ..self }
    }

    /// A line stands before it in its menu.
    pub(in crate::app) const fn section(self) -> Self {
        Self { section: true, ..self }
    }

    /// The key that runs it.
    pub(in crate::app) const fn key(self, key: Shortcut) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Other keys people know for it.
    pub(in crate::app) const fn other_keys(self, keys: &'static [Shortcut]) -> Self {
        Self { other_keys: keys, ..self }
    }

    /// It can be run without an open notebook.
    pub(in crate::app) const fn always(self) -> Self {
        Self { always: true, ..self }
    }

    /// What it needs besides.
    pub(super) const fn needs(self, need: &'static Need) -> Self {
        Self { need: Some(need), ..self }
    }

    /// It changes the notebook or its file: refused where the notebook is read-only.
    pub(in crate::app) const fn changes(self) -> Self {
        Self { changes: true, ..self }
    }

    /// It opens a field that is typed into: what is typed after its key waits for that field.
    pub(in crate::app) const fn opens_field(self) -> Self {
        Self { opens_field: true, ..self }
    }

    /// It switches something that is on or off.
    pub(in crate::app) const fn checked(self, is: fn(&Program) -> bool) -> Self {
        Self { checked: Some(is), ..self }
    }

    /// It acts on what is on screen, so that an arrangement shown there is kept first. So does every command that changes
    /// the notebook.
    pub(in crate::app) const fn keeps_arrangement(self) -> Self {
        Self { pending: Pending::Keep, ..self }
    }

    /// It deals itself with an arrangement that is shown.
    pub(in crate::app) const fn leaves_arrangement(self) -> Self {
        Self { pending: Pending::Leave, ..self }
    }

    /// Whether an arrangement that is shown is kept before it runs.
    pub(super) fn is_on_what_is_shown(&self) -> bool {
        match self.pending {
            Pending::AsChanging => self.changes,
            Pending::Keep => true,
            Pending::Leave => false,
        }
    }
}
