//! What the recorder tells the thread that writes the journal, and what it hears back.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::Claim;
use super::base::HeldFile;
use super::record_format::Hash;
use crate::edit::HistoryEvent;
use crate::notebook::{Notebook, ViewState};
use crate::storage::Stamp;
use crate::text::Text;

/// What the recorder's events are to be done to.
#[derive(Debug)]
pub enum Beginning {
    /// The notebook's file as it was loaded or saved last.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its content.
        stamp: Stamp,
        /// The texts it holds.
        texts: Vec<Text>,
        /// The file itself, held open; `None` where it could not be.
        held: Option<HeldFile>,
    },
    /// A notebook that has no file, or whose file no longer is what was read: it goes into the journal, with its
    /// first event.
    Inside {
        /// Its file, where it had one.
        of: Option<PathBuf>,
        /// The notebook.
        notebook: Arc<Notebook>,
        /// How it was left.
        desk: ViewState,
    },
}

/// Why edits are not being recorded, as the middle of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingProblem(pub String);

/// What the writer is told.
pub(super) enum Message {
    HistoryEvent(i64, HistoryEvent),
    Saving(Hash, usize, Sender<()>),
    Saved(Beginning, usize),
    Held(Claim),
    Flush(Sender<bool>),
    Discard,
    /// Not left to the channel's end: a save that goes on in a job holds on to the channel.
    End,
}
