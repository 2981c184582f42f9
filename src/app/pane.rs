//! Panes: what the program knows about each. The window draws them and may have more of its own, which it registers
//! with [`super::Program::add_panes`].

use std::fmt;
use std::hash::{Hash, Hasher};

use super::Menu;
use super::command::{Row, Shortcut, row, shortcut};

/// All that is known about a pane apart from drawing it.
#[derive(Debug)]
pub struct PaneFacts {
    key: &'static str,
    behind: Option<Pane>,
    has_command: bool,
    takes_keyboard: bool,
    row: Row,
}

impl PaneFacts {
    /// A pane: its name in a settings file (small letters and `_`), and its title. Until the user moves it, it is at
    /// the right edge of the window, hidden.
    #[must_use]
    pub const fn new(key: &'static str, title: &'static str) -> Self {
        let row = row(Menu::View, title, "", |_| ()).submenu("Panes");
        Self { key, behind: None, has_command: false, takes_keyboard: false, row }
    }

    /// Adds a command that shows and hides it; `hint` is what the command does, as a sentence without a full stop.
    #[must_use]
    pub const fn command(mut self, hint: &'static str) -> Self {
        self.row.hint = hint;
        self.has_command = true;
        self
    }

    /// Sets the key of that command.
    #[must_use]
    pub const fn key(self, key: Shortcut) -> Self {
        Self { row: self.row.key(key), ..self }
    }

    /// Its command gives it the keyboard: who asks for it wants to work in it.
    #[must_use]
    pub const fn takes_keyboard(self) -> Self {
        Self { takes_keyboard: true, ..self }
    }

    /// Until the user moves it, it is a tab behind this pane.
    #[must_use]
    pub const fn behind(self, pane: Pane) -> Self {
        Self { behind: Some(pane), ..self }
    }
}

/// A pane of the window.
#[derive(Clone, Copy)]
pub struct Pane(&'static PaneFacts);

/// Makes the panes that the program itself shows and hides.
macro_rules! panes {
    ($($(#[$doc:meta])* $name:ident: $facts:expr;)*) => {
        impl Pane {
            $($(#[$doc])* pub const $name: Self = {
                static FACTS: PaneFacts = $facts;
                Self(&FACTS)
            };)*

            /// The panes that the program itself shows and hides, in the order in which the keyboard goes from one to
            /// the next.
            pub const OWN: &[Self] = &[$(Self::$name,)*];
        }
    };
}

panes! {
    /// The lists of articles, actors, events and claims.
    LISTS: PaneFacts::new("lists", "Lists").command("Show or hide the lists");
    /// The article.
    READER: PaneFacts::new("article", "Article");
    /// A second article beside it.
    BESIDE: PaneFacts::new("beside", "Second article");
    /// The canvas.
    CANVAS: PaneFacts::new("canvas", "Canvas").command("Show or hide the canvas");
    /// The fields of what is selected.
    INSPECTOR: PaneFacts::new("inspector", "Inspector").command("Show or hide the inspector");
    /// What the review finds open.
    REVIEW: PaneFacts::new("review", "Review")
        .command("What is open before publication, rule by rule")
        .key(shortcut("R").ctrl());
    /// The results of a search, or an entity's mentions, each with its context.
    RESULTS: PaneFacts::new("results", "Results")
        .command("Show or hide search results and an entity’s mentions");
    /// What could be tagged in the article in front.
    SUGGESTIONS: PaneFacts::new("suggestions", "Suggestions")
        .command("What could be tagged in this article, found by rules");
    /// The links and the entities as tables.
    TABLE: PaneFacts::new("tables", "Tables")
        .command("Show or hide the tables of links and of entities")
        .key(shortcut("T").ctrl())
        .takes_keyboard();
}

impl Pane {
    /// The pane with these facts.
    #[must_use]
    pub const fn of(facts: &'static PaneFacts) -> Self {
        Self(facts)
    }

    /// Its name in a settings file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.0.key
    }

    /// Its title, as on its tab.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.0.row.text
    }

    /// The pane it is behind until the user moves it.
    #[must_use]
    pub const fn stands_behind(self) -> Option<Self> {
        self.0.behind
    }

    /// Whether its command gives it the keyboard.
    #[must_use]
    pub const fn takes_keyboard(self) -> bool {
        self.0.takes_keyboard
    }

    /// Whether a command shows and hides it.
    pub(super) const fn has_command(self) -> bool {
        self.0.has_command
    }

    /// The row of that command.
    pub(super) const fn row(self) -> &'static Row {
        &self.0.row
    }
}

impl PartialEq for Pane {
    fn eq(&self, other: &Self) -> bool {
        self.0.key == other.0.key
    }
}

impl Eq for Pane {}

impl Hash for Pane {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.key.hash(state);
    }
}

impl fmt::Debug for Pane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pane({})", self.0.key)
    }
}
