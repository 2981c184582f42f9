//! The whole program without a pixel: state, commands, dispatch.
//!
//! A view gets `&Program` and sends [`Intent`]s; [`Program::dispatch`] carries them out once a frame; what only a
//! window can do comes back as [`Effect`]s. Long work runs as jobs whose results [`Program::poll`] takes in. So
//! the whole program can be driven in a test without a screen.

mod align;
mod arrange;
mod availability;
mod backups;
mod board;
mod bulk;
mod clipboard;
mod command;
mod dispatch;
mod files;
mod find;
mod intent;
mod keeping;
mod left;
mod linking;
mod navigation;
mod notice;
mod places;
mod prefs;
mod program;
mod putting;
mod question;
mod recovering;
mod rest;
mod saving;
mod selected;
mod selection;
mod state;
mod suggesting;
mod tagging;
mod text_settings;
mod time;
mod tools;
mod views;
mod watching;
mod ways;

pub use arrange::{Arrangement, Arranging};
pub use backups::{BackupRow, BackupsPage, BackupsProgress, BackupsRead, backup_rules, bytes_text};
pub use board::{joining, writing_field};
pub use bulk::{set_entities, set_field, set_links};
pub use command::{Command, Group, Shortcut};
pub use find::{Find, FindQuery, Hits};
pub use intent::Intent;
pub use left::Left;
pub use linking::relations_between;
pub use notice::{Level, Notice};
pub use prefs::{Prefs, PrefsFile, Theme};
pub use program::{JobResult, Program};
pub use question::{After, Answer, Comparison, DialogKind, Effect, Pane, Question, Then};
pub use recovering::tell_work;
pub use selection::{Caret, GoTo, OnCanvas, Selection};
pub use state::{Book, OpenFile, PlacesOf, Tool};
pub use text_settings::{Faces, TextSettings};
pub use time::time_of;
pub use tools::{LinkDraft, NoteOn, Picker, Purpose, Rest, RestOf};
pub use ways::Ways;
