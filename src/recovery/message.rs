//! Messages from the recorder to the thread that writes the journal, and the problem it reports back.

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

/// The state that the recorder's events start from.
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
        /// The file itself, held open; `None` where that failed.
        held: Option<HeldFile>,
    },
    /// A notebook that has no file, or whose file has changed since: it is written into the journal with the first
    /// event.
    Inside {
        /// Its file, where it had one.
        of: Option<PathBuf>,
        /// The notebook.
        notebook: Arc<Notebook>,
        /// Its view state.
        desk: ViewState,
    },
}

/// Why edits are not being recorded, worded as the middle of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingProblem(pub String);

/// A message to the writer.
pub(super) enum Message {
    HistoryEvent(i64, HistoryEvent),
    Saving(Hash, usize, Sender<()>),
    Saved(Beginning, usize),
    Held(Claim),
    Flush(Sender<bool>),
    Discard,
    /// The end. Closing the channel is not enough: a save in a job holds a sender too.
    End,
}
