//! Commands: one table gives each its name, hint, key, menu, what it needs, whether it changes the notebook, and what
//! runs it. Menus, context menus, shortcuts, the palette, the page of keys and `docs/keys.md` come from it.

mod listing;
mod need;
mod needs;
mod row;
mod shortcut;
mod table;

use std::borrow::Cow;

pub use row::Menu;
pub(super) use row::{Row, row};
pub use shortcut::{Shortcut, shortcut};

pub use table::Command;

use super::{Effect, Level, Pane, Program};

impl Command {
    /// Its name in menus.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.row().text
    }

    /// Its name outside menus: “Theme: Dark”.
    #[must_use]
    pub fn full_text(self) -> Cow<'static, str> {
        let row = self.row();
        let switches = row.checked.is_some() || matches!(self, Self::Pane(_));
        match row.submenu.filter(|_| switches) {
            Some(submenu) if !row.text.starts_with("Text") => {
                Cow::Owned(format!("{submenu}: {}", row.text))
            }
            _ => Cow::Borrowed(row.text),
        }
    }

    /// What it does, in a sentence, for the tooltip.
    #[must_use]
    pub fn hint(self) -> &'static str {
        self.row().hint
    }

    /// What it does, with its key, for the tooltip where the key is not shown.
    #[must_use]
    pub fn hint_with_key(self) -> String {
        match self.shortcut() {
            Some(key) => format!("{} ({})", self.hint(), key.text()),
            None => self.hint().to_owned(),
        }
    }

    /// The key that runs it.
    #[must_use]
    pub fn shortcut(self) -> Option<Shortcut> {
        self.row().key
    }

    /// Every key that runs it: its own first, then other usual ones.
    pub fn shortcuts(self) -> impl Iterator<Item = Shortcut> {
        let row = self.row();
        row.key.into_iter().chain(row.other_keys.iter().copied())
    }

    /// The menu it is in.
    #[must_use]
    pub fn menu(self) -> Menu {
        self.row().menu
    }

    /// The submenu it is in, if any: no menu is longer than a small screen.
    #[must_use]
    pub fn submenu(self) -> Option<&'static str> {
        self.row().submenu
    }

    /// Whether there is a separator before it in its menu.
    #[must_use]
    pub fn starts_section(self) -> bool {
        self.row().section
    }

    /// Whether it changes the notebook or its file.
    #[must_use]
    pub fn changes_notebook(self) -> bool {
        self.row().changes
    }

    /// Whether it opens a field that is typed into.
    #[must_use]
    pub fn opens_field(self) -> bool {
        self.row().opens_field
    }
}

/// All commands, including those of these panes, in the order of the menus.
#[must_use]
pub fn commands(panes: &[Pane]) -> Vec<Command> {
    let table = Command::TABLE;
    // The commands that move between panes are in the same menu, below those that show them.
    let at = table.iter().position(|command| command.submenu() == Some("Panes"));
    let (before, after) = table.split_at(at.unwrap_or(table.len()));
    let panes = panes.iter().filter_map(|pane| pane.command());
    before.iter().copied().chain(panes).chain(after.iter().copied()).collect()
}

impl Program {
    /// All commands, in the order of the menus.
    #[must_use]
    pub fn commands(&self) -> Vec<Command> {
        commands(self.panes())
    }

    /// Runs a command; tells the user what is missing if it cannot be run.
    pub fn run(&mut self, command: Command) {
        if !self.is_enabled(command) {
            if let Some(why) = self.why_not(command) {
                self.notify(Level::Info, why.into_owned());
            }
            return;
        }
        let row = command.row();
        if row.is_on_what_is_shown() {
            self.keep_what_is_shown();
        }
        match command {
            Command::Pane(pane) => self.emit(Effect::TogglePane(pane)),
            _ => (row.run)(self),
        }
    }

    /// Whether a command can be run now.
    #[must_use]
    pub fn is_enabled(&self, command: Command) -> bool {
        let row = command.row();
        let Some(book) = self.open_notebook() else { return row.always };
        !(row.changes && book.read_only().is_some())
            && row.need.is_none_or(|need| need.is_met(self))
    }

    /// What is missing for a command, as a sentence; `None` if nothing is.
    #[must_use]
    pub fn why_not(&self, command: Command) -> Option<Cow<'static, str>> {
        let row = command.row();
        let Some(book) = self.open_notebook() else {
            return (!row.always).then_some(Cow::Borrowed("Open an article or a notebook first."));
        };
        if let Some(why) = book.read_only().filter(|_| row.changes) {
            return Some(Cow::Owned(format!("{}.", why.trim_end_matches('.'))));
        }
        let need = row.need.filter(|need| !need.is_met(self))?;
        (!need.why.is_empty()).then_some(Cow::Borrowed(need.why))
    }

    /// Whether the setting that a command toggles is on; `None` for other commands.
    #[must_use]
    pub fn is_checked(&self, command: Command) -> Option<bool> {
        match command {
            Command::Pane(pane) => Some(self.shows_pane(pane)),
            _ => command.row().checked.map(|is| is(self)),
        }
    }

    /// The text of a command in its menu: undo and redo name their step.
    #[must_use]
    pub fn command_text(&self, command: Command) -> String {
        match self.step_of(command) {
            Some(step) => format!("{}: {}", command.text(), crate::text::shown_name(step)),
            None => command.text().to_owned(),
        }
    }

    /// The text of a command in the palette.
    #[must_use]
    pub fn command_full_text(&self, command: Command) -> String {
        match self.step_of(command) {
            Some(_) => self.command_text(command),
            None => command.full_text().into_owned(),
        }
    }
}

/// The commands with their keys, including those of these panes, as the tables of `docs/keys.md`, one for each menu.
#[must_use]
pub fn keys_as_markdown(panes: &[Pane]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for menu in Menu::ALL {
        let _ = write!(
            text,
            "### {}\n\n| key | command | what it does |\n|---|---|---|\n",
            menu.label()
        );
        for command in commands(panes).into_iter().filter(|command| command.menu() == menu) {
            let keys: Vec<String> =
                command.shortcuts().map(|key| format!("`{}`", key.documented())).collect();
            let (keys, name) = (keys.join(", "), command.full_text());
            let _ = writeln!(text, "| {keys} | {name} | {} |", command.hint());
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Command> {
        commands(Pane::OWN)
    }

    #[test]
    fn no_two_commands_share_a_key() {
        let keys: Vec<_> = all().into_iter().flat_map(Command::shortcuts).collect();
        for (i, key) in keys.iter().enumerate() {
            assert!(!keys[i + 1..].contains(key), "{}", key.text());
        }
    }

    #[test]
    fn no_two_commands_have_one_name_and_every_hint_is_a_sentence_without_its_stop() {
        let mut names: Vec<_> = all().into_iter().map(Command::full_text).collect();
        names.sort_unstable();
        for pair in names.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        for command in all() {
            assert!(!command.hint().is_empty() && !command.hint().ends_with('.'), "{command:?}");
        }
    }

    #[test]
    fn no_menu_is_longer_than_a_small_screen() {
        for menu in Menu::ALL {
            let here: Vec<Command> =
                all().into_iter().filter(|command| command.menu() == menu).collect();
            let alike =
                |a: &Command, b: &Command| a.submenu().is_some() && a.submenu() == b.submenu();
            let rows = here.chunk_by(alike).count();
            // 20 rows of 32 points are what a window 720 points high has room for under its bar.
            assert!(rows <= 20, "{}: {rows} rows; put some into a submenu", menu.label());
        }
    }
}
