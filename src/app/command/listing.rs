//! How the table of commands is written, and what it asks of the program for its ticks.

use crate::app::{Program, Workspace};
use crate::inquiry::Measure;

/// Makes the enum and its table: `Name: Menu, name, hint, what runs it, and methods of the row;`
macro_rules! commands {
    ($($name:ident: $menu:ident, $text:literal, $hint:literal, $run:expr
        $(, $method:ident($($argument:expr),*))*;)*) => {
        /// A command with a name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $(#[doc = concat!($hint, ".")] $name,)*
            /// Show or hide a pane.
            Pane(Pane),
        }

        impl Command {
            /// All but those of the panes, in the order of the menus: see `Program::commands`.
            pub const TABLE: &[Self] = &[$(Self::$name,)*];

            /// Its row.
            pub(super) fn row(self) -> &'static Row {
                match self {
                    $(Self::$name => {
                        static ROW: Row = row(Menu::$menu, $text, $hint, $run)$(.$method($($argument),*))*;
                        &ROW
                    })*
                    Self::Pane(pane) => pane.row(),
                }
            }
        }
    };
}

pub(super) use commands;

/// Whether this workspace is shown.
pub(super) fn works_in(program: &Program, workspace: Workspace) -> bool {
    program.prefs().panes.workspace == workspace
}

/// Whether the size of nodes shows this measure.
pub(super) fn sizes_by(program: &Program, measure: Measure) -> bool {
    program.open_notebook().is_some_and(|book| book.exploration().measure() == measure)
}
