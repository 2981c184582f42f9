//! The settings and their file in the user's configuration folder.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Layouts, TimelineSettings, WindowPlace};
use crate::app::{LastPlaces, Level, Program, TextSettings};
use crate::job::Job;
use crate::notebook::ArticleId;
use crate::storage::{make_folder, regular_file};
use crate::text::ron_words;

/// Dark or light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the desktop prefers.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// Dark or light.
    pub theme: Theme,
    /// Notebooks opened or saved recently, the latest first.
    pub recent: Vec<PathBuf>,
    /// The user's name, written beside what they judge; empty where they do not say.
    pub name: String,
    /// Whether single letters run commands.
    pub single_keys: bool,
    /// Whether suggestions are underlined in the text.
    pub suggestions: bool,
    /// The zoom of everything; 1 is the actual size.
    pub zoom: f32,
    /// The reading settings.
    pub text: TextSettings,
    /// The reading places in the notebooks left recently, the latest first.
    pub left: Vec<LastPlaces>,
    /// Where articles were read from, the latest first: a notebook does not say where its articles' files are.
    pub article_files: Vec<ArticleFile>,
    /// Whether backups of saves are kept.
    pub keep_backups: bool,
    /// The workspace, and the layouts of its panes.
    pub panes: Layouts,
    /// What the timeline shows.
    pub timeline: TimelineSettings,
    /// The last position of the window.
    pub window: Option<WindowPlace>,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            recent: Vec::new(),
            name: String::new(),
            single_keys: true,
            suggestions: true,
            zoom: 1.0,
            text: TextSettings::default(),
            left: Vec::new(),
            article_files: Vec::new(),
            keep_backups: true,
            panes: Layouts::default(),
            timeline: TimelineSettings::default(),
            window: None,
        }
    }
}

/// Where an article was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleFile {
    /// The article: its id is the same in no other notebook, but for copies of one.
    pub article: ArticleId,
    /// Its file.
    pub path: PathBuf,
}

/// The longest settings file (bytes) that is read: it holds a few words, some dozen paths, and the reading places in
/// twelve notebooks.
pub const LIMIT: u64 = 512 << 10;
/// The deepest nesting that is read. Settings have two levels.
const DEPTH: usize = 16;

/// The number of recent notebooks that are kept.
const RECENT: usize = 8;
/// The number of articles of which it is known where they were read from.
const ARTICLE_FILES: usize = 60;

impl Prefs {
    /// Puts a notebook first among the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Notes where an article was read from.
    pub fn remember_article_file(&mut self, article: ArticleId, path: &Path) {
        self.article_files.retain(|known| known.article != article);
        self.article_files.insert(0, ArticleFile { article, path: path.to_owned() });
        self.article_files.truncate(ARTICLE_FILES);
    }
}

/// The file of the settings.
#[derive(Clone, Debug, Default)]
pub struct PrefsFile {
    path: Option<PathBuf>,
    /// The version of the settings that was written last: an older one must not replace it.
    written: Arc<Mutex<u64>>,
}

impl PrefsFile {
    /// The file in the user's configuration folder.
    #[must_use]
    pub fn of_user() -> Self {
        let path = dirs::config_dir().map(|folder| folder.join("casebook").join("settings.ron"));
        Self { path, ..Self::default() }
    }

    /// A file in this folder, for tests.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: Some(folder.join("settings.ron")), ..Self::default() }
    }

    /// The folder of the user's word lists, beside the settings.
    #[must_use]
    pub fn lexicon_folder(&self) -> Option<PathBuf> {
        Some(self.path.as_ref()?.parent()?.join("lexicon"))
    }

    /// No file: for tests.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the settings; the defaults if there are none.
    ///
    /// # Errors
    /// A sentence for the user if a settings file exists but cannot be used; it is left untouched.
    pub fn load(&self) -> Result<Prefs, String> {
        let Some(path) = &self.path else { return Ok(Prefs::default()) };
        let text = match regular_file::text(path, LIMIT) {
            Ok(text) => text,
            Err(error) if error.is_missing() => return Ok(Prefs::default()),
            Err(error) => {
                return Err(format!(
                    "The settings in {} could not be read ({error}). The defaults are used.",
                    path.display()
                ));
            }
        };
        let options = ron::Options::default().with_recursion_limit(DEPTH);
        let mut prefs: Prefs = options.from_str(&text).map_err(|error| {
            let why = ron_words(&error.code, DEPTH);
            let (line, column) = (error.span.start.line, error.span.start.col);
            format!(
                "The settings in {} are not valid (line {line}, column {column}: {why}). The defaults are used. Correct that line, or delete the file to reset the settings.",
                path.display()
            )
        })?;
        prefs.recent.truncate(RECENT);
        prefs.article_files.truncate(ARTICLE_FILES);
        if !(0.5..=3.0).contains(&prefs.zoom) {
            prefs.zoom = 1.0;
        }
        prefs.text = prefs.text.sane();
        prefs.window = prefs.window.and_then(WindowPlace::sane);
        Ok(prefs)
    }

    /// Writes the settings, unless a newer version was written already.
    ///
    /// # Errors
    /// A sentence for the user.
    pub fn store(&self, prefs: &Prefs, version: u64) -> Result<(), String> {
        let Some(path) = &self.path else { return Ok(()) };
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if version < *written {
            return Ok(());
        }
        let write = || -> std::io::Result<()> {
            let folder = path.parent().unwrap_or(Path::new("."));
            make_folder(folder)?;
            let text =
                ron::ser::to_string_pretty(prefs, ron::ser::PrettyConfig::new().new_line("\n"))
                    .map_err(std::io::Error::other)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            std::io::Write::write_all(&mut file, text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(path).map_err(|error| error.error)?;
            Ok(())
        };
        write().map_err(|error| {
            format!("The settings could not be saved to {} ({error}).", path.display())
        })?;
        *written = version;
        Ok(())
    }
}

impl Program {
    pub(in crate::app) fn set_theme(&mut self, theme: Theme) {
        self.settings.prefs.theme = theme;
        self.keep_prefs();
    }

    pub(in crate::app) fn toggle_single_keys(&mut self) {
        self.settings.prefs.single_keys = !self.settings.prefs.single_keys;
        let state = if self.settings.prefs.single_keys { "on" } else { "off" };
        self.notify(Level::Info, format!("Single-letter keys are {state}."));
        self.keep_prefs();
    }

    pub(in crate::app) fn toggle_suggestions(&mut self) {
        self.settings.prefs.suggestions = !self.settings.prefs.suggestions;
        self.keep_prefs();
    }

    /// Writes changed settings in a job, one at a time: a slider that is dragged changes them in every frame, and a
    /// disk may be slow.
    pub(in crate::app) fn keep_prefs(&mut self) {
        self.settings.changed += 1;
        self.settings.later = false;
        if self.settings.keeping.is_none() {
            let (file, prefs) = (self.settings.file.clone(), self.settings.prefs.clone());
            let version = self.settings.changed;
            let job = self.jobs.start(
                Job::store("Saving the settings"),
                move |_| (version, file.store(&prefs, version)),
                |program, (version, kept)| program.prefs_kept(version, kept),
            );
            self.jobs.on_failure(job, |program, _| program.settings.keeping = None);
            self.settings.keeping = Some(job);
        }
    }

    pub(in crate::app) fn prefs_kept(&mut self, version: u64, kept: Result<(), String>) {
        self.settings.keeping = None;
        match kept {
            Ok(()) if version < self.settings.changed => self.keep_prefs(),
            Ok(()) => {}
            Err(why) => self.notify(Level::Warning, why),
        }
    }

    /// Puts a notebook first among the recent ones.
    pub(in crate::app) fn remember_notebook(&mut self, path: &Path) {
        self.settings.prefs.remember(path);
        self.keep_prefs();
    }

    /// Notes where an article was read from.
    pub(in crate::app) fn remember_article_file(&mut self, article: ArticleId, path: &Path) {
        let first = self.settings.prefs.article_files.first();
        if first.is_some_and(|known| known.article == article && known.path == path) {
            return;
        }
        self.settings.prefs.remember_article_file(article, path);
        self.keep_prefs();
    }

    /// Notes that settings changed which need not be written at once, such as the position of the window while it is
    /// dragged.
    pub(in crate::app) const fn keep_prefs_later(&mut self) {
        self.settings.later = true;
    }

    /// Writes settings that were only noted.
    pub(in crate::app) fn keep_prefs_noted(&mut self) {
        if self.settings.later {
            self.keep_prefs();
        }
    }

    /// Writes settings that no job has written yet, before the program closes.
    pub(in crate::app) fn keep_prefs_now(&mut self) {
        if (self.settings.keeping.is_some() || self.settings.later)
            && let Err(why) =
                self.settings.file.store(&self.settings.prefs, self.settings.changed + 1)
        {
            self.notify(Level::Warning, why);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: PathBuf) -> PrefsFile {
        PrefsFile { path: Some(path), ..PrefsFile::default() }
    }

    #[test]
    fn settings_read_back_as_they_were() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = at(folder.path().join("a/settings.ron"));
        assert_eq!(file.load(), Ok(Prefs::default()));
        let mut prefs = Prefs { theme: Theme::Dark, ..Prefs::default() };
        prefs.remember(Path::new("/one.ron"));
        prefs.remember(Path::new("/two.ron"));
        prefs.remember(Path::new("/one.ron"));
        assert_eq!(prefs.recent, [PathBuf::from("/one.ron"), PathBuf::from("/two.ron")]);
        prefs.text = TextSettings { size: 21.0, face: Some("Gentium".to_owned()), ..prefs.text };
        assert_eq!(file.store(&prefs, 2), Ok(()));
        assert_eq!(file.load().as_ref(), Ok(&prefs));
        // A job that was overtaken writes nothing.
        assert_eq!(file.store(&Prefs::default(), 1), Ok(()));
        assert_eq!(file.load(), Ok(prefs));
    }

    #[test]
    fn broken_settings_are_told_and_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.ron");
        let nested = format!("(of_a_later_version: {}", "[".repeat(100_000));
        let many = format!("(zoom: 9e9, recent: [{}])", "\"/a.ron\", ".repeat(5000));
        for (text, says) in [
            ("(theme: Purple)", "line 1, column 9"),
            (&nested, "deeper than 16 levels"),
            (&" ".repeat(LIMIT as usize + 1), "longer than 512 KiB"),
        ] {
            std::fs::write(&path, text).expect("written");
            let why = at(path.clone()).load().expect_err(says);
            assert!(why.contains(says) && why.contains("settings.ron"), "{why}");
            assert_eq!(std::fs::read_to_string(&path).expect("still there"), text);
        }
        std::fs::write(&path, many).expect("written");
        let prefs = at(path).load().expect("read");
        assert_eq!((prefs.recent.len(), prefs.zoom), (RECENT, 1.0));
    }
}
