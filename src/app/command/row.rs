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
    /// What is concluded from the notebook.
    Analysis,
    /// Panes, zoom and appearance.
    View,
    /// Help.
    Help,
}

impl Menu {
    /// All of them, in their order in the menu bar.
    pub const ALL: [Self; 7] =
        [Self::File, Self::Edit, Self::Tag, Self::Canvas, Self::Analysis, Self::View, Self::Help];

    /// The menu's name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Tag => "Tag",
            Self::Canvas => "Canvas",
            Self::Analysis => "Analysis",
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
    /// Left for the command to handle.
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
    /// Whether it can be run without an open notebook.
    pub(in crate::app) always: bool,
    pub(super) need: Option<&'static Need>,
    pub(in crate::app) changes: bool,
    pub(in crate::app) opens_field: bool,
    pub(in crate::app) checked: Option<fn(&Program) -> bool>,
    pub(in crate::app) run: fn(&mut Program),
    pending: Pending,
}

/// A command that is run by `run`, with its name and what it does in a sentence. By default it needs an open notebook,
/// has no key, and does not change the notebook.
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
    /// Puts it into this submenu.
    pub(in crate::app) const fn submenu(self, name: &'static str) -> Self {
        Self { submenu: Some(name), ..self }
    }

    /// Puts a separator before it in its menu.
    pub(in crate::app) const fn section(self) -> Self {
        Self { section: true, ..self }
    }

    /// Sets the key that runs it.
    pub(in crate::app) const fn key(self, key: Shortcut) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Adds other usual keys for it.
    pub(in crate::app) const fn other_keys(self, keys: &'static [Shortcut]) -> Self {
        Self { other_keys: keys, ..self }
    }

    /// Lets it run without an open notebook.
    pub(in crate::app) const fn always(self) -> Self {
        Self { always: true, ..self }
    }

    /// Adds something it needs.
    pub(super) const fn needs(self, need: &'static Need) -> Self {
        Self { need: Some(need), ..self }
    }

    /// Marks it as changing the notebook or its file: it is refused if the notebook is read-only.
    pub(in crate::app) const fn changes(self) -> Self {
        Self { changes: true, ..self }
    }

    /// Marks it as opening a text field: keys typed after its own wait for that field.
    pub(in crate::app) const fn opens_field(self) -> Self {
        Self { opens_field: true, ..self }
    }

    /// Makes it a toggle, which is on if this returns true.
    pub(in crate::app) const fn checked(self, is: fn(&Program) -> bool) -> Self {
        Self { checked: Some(is), ..self }
    }

    /// Marks it as acting on what is on screen, so that an arrangement shown there is kept first. Every command that
    /// changes the notebook does so anyway.
    pub(in crate::app) const fn keeps_arrangement(self) -> Self {
        Self { pending: Pending::Keep, ..self }
    }

    /// Marks it as handling an arrangement that is shown itself.
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
