//! What views send: nothing in a view changes the program, it says what the user wants.

use std::ops::Range;
use std::path::PathBuf;

use super::{
    Answer, Caret, Command, DialogKind, Faces, FindQuery, LinkDraft, OnCanvas, Prefs, Selection,
    TextSettings,
};
use crate::edit::Edit;
use crate::notebook::{
    ArticleId, EntityId, Filter, GroupId, Kind, LinkId, MentionId, ReadingPlace, View, ViewId,
};

/// What the user wants.
#[derive(Clone, Debug)]
pub enum Intent {
    /// A command with a name.
    Run(Command),
    /// A change to the notebook: one step of undo.
    Edit(Edit),
    /// A change that goes on from the one just made (typing into one field): joins its step.
    EditOn {
        /// The change.
        edit: Edit,
        /// The field that is typed into.
        field: u64,
    },
    /// Selects exactly this, everywhere.
    Select(Selection),
    /// Adds an entity to the selection, or takes it away.
    ToggleEntity(EntityId),
    /// Adds a link to the selection, or takes it away.
    ToggleLink(LinkId),
    /// Adds a group or a note card to the selection, or takes it away.
    ToggleOnCanvas(OnCanvas),
    /// Selects a mention and brings it into view in the reader.
    GoToMention(MentionId),
    /// Brings these bytes of an article into view and selects them.
    GoToPlace(ArticleId, Range<usize>),
    /// Lists an entity's mentions in the pane of places; the view of the text stays.
    ListMentions(EntityId),
    /// Selects an entity, lists its mentions and goes to the first.
    ShowMentions(EntityId),
    /// Brings an entity into view on the canvas and selects it.
    ShowOnCanvas(EntityId),
    /// Brings a group or a note card into view on the canvas and selects it.
    ShowPart(OnCanvas),
    /// Puts the cursor into a group's title or a note card's text, on the canvas.
    WriteOn(OnCanvas),
    /// Puts the selected entities into this group.
    AddToGroup(GroupId),
    /// Puts a note card at a place of the canvas (canvas units), to be written on.
    PutCard(f32, f32),
    /// Brings an article's tab to the front.
    ShowArticle(ArticleId),
    /// Shows an article in the reader, or (`true`) in the second one beside it.
    ShowArticleIn(ArticleId, bool),
    /// The reader is about to go to this byte: the place that is left is one to go back to.
    LeaveFor(ArticleId, usize),
    /// Moves the text cursor or the selection in an article.
    SetCaret(ArticleId, Caret),
    /// Where reading stands: kept with the notebook, no edit.
    SetReading(ArticleId, ReadingPlace),
    /// The part of the canvas in view: kept with the notebook, no edit.
    SetView(View),
    /// The conditions on what the canvas shows.
    SetFilter(Box<Filter>),
    /// Keeps what is looked at on the canvas as a view of this name.
    KeepView(String),
    /// Looks at the canvas as a named view does.
    ShowView(ViewId),
    /// Asks for another name for a view.
    RenameView(ViewId),
    /// Lets a view keep what is looked at now instead.
    ReplaceView(ViewId),
    /// Selects one of the shortest paths that are listed, from 0.
    SelectPath(usize),

    /// Opens the picker to tag the selected words.
    Tag(Kind),
    /// Tags the selected words as the n-th of the entities used lately, from 1.
    TagRecent(usize),
    /// The picker offers another kind.
    PickerKind(Kind),
    /// The picker's text changed.
    PickerText(String),
    /// The picker's highlight moves by so many rows.
    PickerMove(isize),
    /// The picker's highlight goes to this row.
    PickerHighlight(usize),
    /// “Remember as alias” on or off.
    PickerRemember(bool),
    /// Takes the highlighted row.
    PickerAccept,
    /// Closes whatever is open: picker, link maker, find, palette, a question.
    Cancel,

    /// Opens the picker to put a new entity, or one that exists, at a place of the canvas (canvas units).
    PutHere(f32, f32),
    /// Puts an entity at a place of the canvas (canvas units), where it is pinned.
    PutEntity(EntityId, f32, f32),
    /// The link maker's end is a new entity of this kind, named by what is typed, at a place of the canvas.
    LinkToNew(Kind, Option<(f32, f32)>),

    /// Opens the link maker with these ends and evidence.
    StartLink(LinkDraft),
    /// The link maker's draft changed.
    LinkDraft(LinkDraft),
    /// Makes the drafted link.
    MakeLink,

    /// Find: what is looked for.
    FindQuery(FindQuery),
    /// Find: the next hit (1) or the one before (-1).
    FindStep(isize),
    /// Find: the n-th of all hits, from 0.
    FindGo(usize),
    /// Lists the hits in the pane of places.
    ListHits,

    /// Opens “Tag all” on the hits of the search.
    TagHits,
    /// “Tag the rest”: a place ticked or not.
    RestToggle(usize),
    /// “Tag the rest”: all places ticked or not.
    RestAll(bool),
    /// “Tag the rest”: tags the ticked places.
    RestApply,

    /// The drafted ends of the mention whose boundaries are changed; of the selected one where none are yet.
    Boundary(Range<usize>),
    /// Boundary mode: takes the drafted ends.
    BoundaryAccept,

    /// Opens a file, an article or a notebook by what it is.
    OpenPath(PathBuf),
    /// Text was pasted where no field takes it: offers it as a new article.
    Pasted(String),
    /// Adds an article from text.
    AddText(String),
    /// Reads the article's file again in another encoding.
    Reread(ArticleId, String),
    /// Saves to this file.
    SaveTo(PathBuf),
    /// Takes up the unsaved work in this journal again.
    Recover(PathBuf),
    /// Compares the unsaved work in this journal with the file.
    CompareWork(PathBuf),
    /// Asks whether the unsaved work in this journal may go.
    AskDiscardWork(PathBuf),
    /// Discards the unsaved work in this journal.
    DiscardWork(PathBuf),
    /// Compares a backup with the notebook as it is.
    CompareBackup(PathBuf),
    /// Puts a backup (first) beside its notebook (second) as a new file, and opens it.
    RestoreBackup(PathBuf, PathBuf),
    /// Asks whether the backups of the open notebook may go, or those of all notebooks.
    AskPurgeBackups {
        /// Of all notebooks.
        all: bool,
    },
    /// Deletes the backups of the open notebook, or of all notebooks.
    PurgeBackups {
        /// Of all notebooks.
        all: bool,
    },
    /// Tries again to open for changes what another Casebook has open.
    TakeOver,
    /// The window got the keyboard back.
    Focused,
    /// Answers the question that is open.
    Answer(Answer),
    /// A file dialog could not be opened: ask for the path instead.
    DialogFailed(DialogKind, String),
    /// Dismisses a notice.
    DismissNotice(u64),
    /// Changes a setting.
    SetPrefs(Prefs),
    /// Changes how articles are set.
    SetText(TextSettings),
    /// Sets articles in letters of this size, in points.
    GrowText(f32),
    /// The window looked for the faces installed here.
    FacesFound(Faces),
    /// Stops a background job.
    StopJob(u64),
    /// The desktop asked for a dark or light window.
    DesktopIsDark(bool),
}
