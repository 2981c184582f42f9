//! The intents that this part handles.

use std::path::PathBuf;

use super::{ExportChoice, MoveToFolder, PictureChoice};
use crate::app::Program;
use crate::article::ReadOptions;
use crate::edit::Edit;
use crate::notebook::{ArticleId, KeepSources};

/// What the user wants to do with the notebook and its file.
#[derive(Clone, Debug)]
pub enum SessionIntent {
    /// A change to the notebook: one step of undo.
    Edit(Edit),
    /// A change that continues the one just made (typing in one field) and joins its step.
    EditOn {
        /// The change.
        edit: Edit,
        /// The field that is typed into.
        field: u64,
    },
    /// Opens a file: an article or a notebook, depending on its content.
    OpenPath(PathBuf),
    /// Opens several files, folders and zip archives at once, read in this encoding or in the one that is detected.
    OpenPaths(Vec<PathBuf>, Option<String>),
    /// Opens a file as an article although another one has the same content.
    OpenTwice(PathBuf),
    /// Shows what came of opening many files, the last time that was done.
    ShowGathering,
    /// Removes these articles, near copies of others, in one step.
    RemoveArticles(Vec<ArticleId>),
    /// Keeps these articles although they are near copies of others.
    KeepCopies(Vec<ArticleId>),
    /// Shows two articles side by side.
    ShowSideBySide(ArticleId, ArticleId),
    /// Moves articles into this folder, or renames the folder that they are in.
    MoveArticles(MoveToFolder, String),
    /// Asks what this folder is to be called.
    AskFolderName(String),
    /// Add the article in this file, read in this encoding. (A notebook is opened as always.)
    OpenWithEncoding(PathBuf, String),
    /// Ask for a file to open, and read an article in this encoding, or in the one that is detected.
    ChooseFile(Option<String>),
    /// Offers text that was pasted outside any field as a new article.
    Pasted(String),
    /// Adds an article from text.
    AddText(String),
    /// Reads the article's file again in another encoding.
    Reread(ArticleId, ReadOptions),
    /// Joins the lines of an article that were cut at one length into paragraphs.
    JoinLines(ArticleId),
    /// Leaves its lines as they are, and asks no more.
    KeepLines(ArticleId),
    /// Opens a copy of the file that an article was read from.
    OpenKeptFile(ArticleId),
    /// Asks for the file that an article was read from, to keep it again.
    AskForKeptFile(ArticleId),
    /// Keeps this file again, if it is the one that the article was read from.
    KeepFile(ArticleId, PathBuf),
    /// Sets which files are kept beside the notebook from now on.
    KeepSources(KeepSources),
    /// Reads this file as a new version of the article, and shows what becomes of its mentions.
    UpdateArticle(ArticleId, PathBuf),
    /// Puts an orphan of the update that is shown, by its number there, at one of the places that come into question, or
    /// (`None`) takes it from where it was put.
    PlaceOrphan(usize, Option<usize>),
    /// Shows two versions of an article, by their numbers, side by side.
    CompareVersions(ArticleId, u32, u32),
    /// Shows the latest version of an article beside the one before.
    CompareLatest(ArticleId),
    /// Compares this notebook, which a colleague made of the same articles, with the open one.
    CompareWithColleague(PathBuf),
    /// Says of an offered pair, by number, whether the two are the same; `None` where that is open again.
    Pair(usize, Option<bool>),
    /// Takes every offered pair that is open, has this score at least, and that nothing rivals.
    PairFrom(f32),
    /// Merges the colleague's notebook that is compared into the open one.
    MergeColleague,
    /// Opens the page on an article.
    ShowDetails(ArticleId),
    /// Saves to this file.
    SaveTo(PathBuf),
    /// Asks where this is to be exported to.
    AskWhereToExport(ExportChoice),
    /// Exports to this file or folder.
    ExportTo(PathBuf, ExportChoice),
    /// Asks where this picture is to be drawn to.
    AskWhereToDraw(PictureChoice),
    /// Draws a picture into this file.
    DrawTo(PathBuf, PictureChoice),
    /// Asks for a file, or for a folder, to import.
    AskWhatToImport {
        /// For a folder.
        folder: bool,
    },
    /// Imports this file or folder.
    ImportFrom(PathBuf),
    /// Recovers the unsaved work in this journal.
    Recover(PathBuf),
    /// Compares the unsaved work in this journal with the file.
    CompareWork(PathBuf),
    /// Asks whether to discard the unsaved work in this journal.
    AskDiscardWork(PathBuf),
    /// Discards the unsaved work in this journal.
    DiscardWork(PathBuf),
    /// Compares a backup with the notebook as it is.
    CompareBackup(PathBuf),
    /// Restores a backup (first) to a new file beside its notebook (second), and opens it.
    RestoreBackup(PathBuf, PathBuf),
    /// Asks whether to delete the backups of the open notebook, or those of all notebooks.
    AskPurgeBackups {
        /// Of all notebooks.
        all: bool,
    },
    /// Deletes the backups of the open notebook, or of all notebooks.
    PurgeBackups {
        /// Of all notebooks.
        all: bool,
    },
    /// Shows the notebook as it was held at the end of a day, read-only; `None` goes back to the present.
    AsOf(Option<String>),
    /// Tries again to edit a notebook that another Casebook had open.
    TakeOver,
    /// The window got the keyboard back.
    Focused,
}

impl SessionIntent {
    /// What opens files: articles in this encoding, or in the one that is detected.
    #[must_use]
    pub fn opening(mut paths: Vec<PathBuf>, encoding: Option<String>) -> Self {
        match (paths.pop(), encoding) {
            (Some(path), None) if paths.is_empty() => Self::OpenPath(path),
            (Some(path), Some(encoding)) if paths.is_empty() => {
                Self::OpenWithEncoding(path, encoding)
            }
            (last, encoding) => {
                paths.extend(last);
                Self::OpenPaths(paths, encoding)
            }
        }
    }
}

impl Program {
    pub(in crate::app) fn session_intent(&mut self, intent: SessionIntent) {
        match intent {
            SessionIntent::Edit(edit) => {
                self.edit(&edit);
            }
            SessionIntent::EditOn { edit, field } => self.edit_on(&edit, field),
            SessionIntent::OpenPath(path) => self.open_paths(vec![path], None),
            SessionIntent::OpenPaths(paths, encoding) => self.open_paths(paths, encoding),
            SessionIntent::OpenTwice(path) => self.open_file(path, None, true),
            SessionIntent::ShowGathering => self.show_gathering(),
            SessionIntent::RemoveArticles(articles) => self.remove_articles(&articles),
            SessionIntent::KeepCopies(articles) => self.keep_copies(articles),
            SessionIntent::ShowSideBySide(left, right) => self.show_side_by_side(left, right),
            SessionIntent::MoveArticles(asked, to) => self.move_articles(&asked, &to),
            SessionIntent::AskFolderName(folder) => self.ask_for_folder_name(folder),
            SessionIntent::OpenWithEncoding(path, encoding) => {
                self.open_paths(vec![path], Some(encoding));
            }
            SessionIntent::ChooseFile(encoding) => self.ask_what_to_open(encoding),
            SessionIntent::Pasted(text) => self.pasted(text),
            SessionIntent::AddText(text) => self.add_text(&text),
            SessionIntent::JoinLines(article) => self.join_lines(article),
            SessionIntent::KeepLines(article) => self.keep_lines(article),
            SessionIntent::Reread(article, options) => self.start_reread(article, options),
            SessionIntent::OpenKeptFile(article) => self.open_kept_file(article),
            SessionIntent::AskForKeptFile(article) => self.ask_for_kept_file(article),
            SessionIntent::KeepFile(article, path) => self.keep_file(article, path),
            SessionIntent::KeepSources(choice) => self.choose_kept_sources(choice),
            SessionIntent::UpdateArticle(article, path) => self.start_update(article, path),
            SessionIntent::PlaceOrphan(item, candidate) => self.place_orphan(item, candidate),
            SessionIntent::CompareVersions(article, from, to) => {
                self.compare_versions(article, from, to);
            }
            SessionIntent::CompareLatest(article) => self.compare_latest_versions_of(article),
            SessionIntent::CompareWithColleague(path) => self.compare_with_colleague(path),
            SessionIntent::Pair(number, same) => self.pair(number, same),
            SessionIntent::PairFrom(score) => self.pair_from(score),
            SessionIntent::MergeColleague => self.merge_colleague(),
            SessionIntent::ShowDetails(article) => self.show_details_of(article),
            SessionIntent::SaveTo(path) => self.save_to(path),
            SessionIntent::AskWhereToExport(choice) => self.ask_where_to_export(choice),
            SessionIntent::ExportTo(path, choice) => self.export_to(path, choice),
            SessionIntent::AskWhereToDraw(choice) => self.ask_where_to_draw(choice),
            SessionIntent::DrawTo(path, choice) => self.draw_to(path, choice),
            SessionIntent::AskWhatToImport { folder } => self.ask_what_to_import(folder),
            SessionIntent::ImportFrom(path) => self.import_from(path),
            SessionIntent::Recover(journal) => self.recover(journal),
            SessionIntent::CompareWork(journal) => self.compare_work(&journal),
            SessionIntent::AskDiscardWork(journal) => self.ask_discard_work(&journal),
            SessionIntent::DiscardWork(journal) => self.discard_work(&journal),
            SessionIntent::CompareBackup(file) => self.compare_backup(file),
            SessionIntent::RestoreBackup(file, notebook) => self.restore_backup(file, &notebook),
            SessionIntent::AskPurgeBackups { all } => self.ask_purge_backups(all),
            SessionIntent::PurgeBackups { all } => self.purge_backups(all),
            SessionIntent::AsOf(day) => self.show_as_of(day.as_deref()),
            SessionIntent::TakeOver => self.take_over_editing(),
            SessionIntent::Focused => {
                self.check_file();
                self.check_article_files();
                self.check_kept_files();
            }
        }
    }
}
