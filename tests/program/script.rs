//! A program without a window, in a folder of its own, and what a person does with it.

use std::ops::Range;
use std::path::PathBuf;

use casebook::app::{
    Caret, ChartingIntent, Command, Intent, Level, LinkDraft, OpenNotebook, PrefsFile, Program,
    ReadingIntent, SessionIntent, TaggingIntent,
};
use casebook::edit::{Edit, EntityFields, Ref};
use casebook::notebook::{ArticleId, EntityId, Kind, LinkId, MentionId};
use tempfile::TempDir;

use crate::program::go;

pub const ARTICLE: &str = "Bras de fer à Port-Léonie

Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur. Des sources internes évoquent un désaccord.
Kervel dément. « Rien n’a changé », dit Kervel. Ormelot se tait.
";

pub const OTHER: &str = "The harbour waits

A spokesperson for the Port Authority said nothing. Sources told The Lookout that Kervel may leave.
";

pub struct Script {
    pub program: Program,
    pub folder: TempDir,
}

impl Script {
    pub fn new() -> Self {
        Self { program: Program::new(PrefsFile::none()), folder: tempfile::tempdir().unwrap() }
    }

    /// With an article open.
    pub fn open() -> Self {
        let mut script = Self::new();
        script.open_file("article.txt", ARTICLE.as_bytes());
        script
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn open_file(&mut self, name: &str, bytes: &[u8]) -> ArticleId {
        std::fs::write(self.path(name), bytes).unwrap();
        self.go(Intent::Session(SessionIntent::OpenPath(self.path(name))));
        self.open_notebook().article().unwrap()
    }

    /// Carries an intent out, and everything it starts.
    pub fn go(&mut self, intent: Intent) {
        go(&mut self.program, intent);
    }

    pub fn run(&mut self, command: Command) {
        self.go(Intent::Run(command));
    }

    pub fn open_notebook(&self) -> &OpenNotebook {
        self.program.open_notebook().unwrap()
    }

    pub fn article(&self) -> ArticleId {
        self.open_notebook().article().unwrap()
    }

    /// Where these words stand the n-th time, from 0, in the article in front.
    pub fn find(&self, words: &str, n: usize) -> Range<usize> {
        let text = &self.open_notebook().notebook().article(self.article()).unwrap().text;
        let (at, _) = text.as_str().match_indices(words).nth(n).unwrap();
        at..at + words.len()
    }

    pub fn select(&mut self, words: &str, n: usize) -> Range<usize> {
        let range = self.find(words, n);
        self.go(Intent::Reading(ReadingIntent::SetCaret(
            self.article(),
            Caret::over(range.clone()),
        )));
        range
    }

    /// Tags words and takes what Enter takes.
    pub fn tag(&mut self, kind: Kind, words: &str, n: usize) -> (EntityId, MentionId) {
        self.select(words, n);
        self.go(Intent::Tagging(TaggingIntent::Tag(kind)));
        self.go(Intent::Tagging(TaggingIntent::PickerAccept));
        let selection = self.open_notebook().selection();
        (selection.only_entity().unwrap(), selection.mention.unwrap())
    }

    pub fn name(&self, id: EntityId) -> &str {
        self.open_notebook().notebook().name(id)
    }

    pub fn words(&self, mention: MentionId) -> &str {
        let notebook = self.open_notebook().notebook();
        notebook.words(&notebook.mention(mention).unwrap().anchor)
    }

    pub fn edit(&mut self, edit: Edit) {
        self.go(Intent::Session(SessionIntent::Edit(edit)));
    }

    pub fn set(&mut self, entity: EntityId, with: EntityFields) {
        self.edit(Edit::SetEntity { entity: Ref::Id(entity), with: Box::new(with) });
    }

    pub fn link(&mut self, draft: LinkDraft) -> LinkId {
        self.go(Intent::Charting(ChartingIntent::StartLink(draft)));
        self.go(Intent::Charting(ChartingIntent::MakeLink));
        self.open_notebook().selection().only_link().unwrap()
    }

    pub fn evidence(&self, link: LinkId) -> Vec<&str> {
        let notebook = self.open_notebook().notebook();
        let link = notebook.link(link).unwrap();
        link.evidence
            .iter()
            .map(|evidence| notebook.words(notebook.evidence_anchor(evidence).unwrap()))
            .collect()
    }

    pub fn told(&self) -> (Level, &str) {
        let notice = self.program.notices().last().expect("a notice");
        (notice.level, &notice.text)
    }

    pub fn save_as(&mut self, name: &str) -> PathBuf {
        let path = self.path(name);
        self.go(Intent::Session(SessionIntent::SaveTo(path.clone())));
        path
    }

    pub fn undo(&self) -> String {
        self.program.command_text(Command::Undo)
    }

    pub fn is_sound(&self) -> bool {
        casebook::notebook::check(self.open_notebook().notebook()).is_empty()
    }
}

pub fn person(name: &str) -> EntityFields {
    EntityFields { name: Some(name.to_owned()), ..EntityFields::default() }
}
