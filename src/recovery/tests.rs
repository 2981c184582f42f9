//! The journal's promises: what was done is there again, whatever was torn off, and nothing is offered twice.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::*;
use crate::edit::{Edit, History, HistoryEvent, How, apply};
use crate::notebook::generate::{Size, generate};
use crate::notebook::{Kind, Notebook, ViewState};
use crate::storage::{self, Expected, Stamp};

const SIZE: Size = Size { articles: 2, text: 900, entities: 8, mentions: 12, links: 5 };
const SOON: Duration = Duration::from_secs(30);

/// A notebook at work, its file, and the data folder.
struct Desktop {
    home: tempfile::TempDir,
    notebook: Notebook,
    desk: ViewState,
    history: History,
    at: i64,
}

impl Desktop {
    fn new() -> Self {
        let (notebook, desk) = generate(7, SIZE);
        let home = tempfile::tempdir().expect("a folder");
        Self { home, notebook, desk, history: History::default(), at: 1_800_000_000 }
    }

    fn folder(&self) -> Folder {
        Folder::at(self.home.path().join("data"))
    }

    fn file(&self) -> PathBuf {
        self.home.path().join("case.ron")
    }

    fn save(&self) -> Stamp {
        let cancelled = || false;
        storage::save(&self.file(), &self.notebook, &self.desk, &Expected::New, &cancelled)
            .expect("saved")
            .stamp
    }

    fn beginning(&self, stamp: Stamp) -> Beginning {
        {
            let (path, texts) = (self.file(), self.notebook.texts());
            let held = HeldFile::open(&path, &stamp);
            Beginning::File { path, stamp, texts, held }
        }
    }

    fn recorder(&self, beginning: Beginning) -> Recorder {
        Recorder::new(&self.folder(), "case".to_owned(), beginning)
    }

    /// Adds an actor, and keeps that.
    fn edit(&mut self, recorder: &mut Recorder, name: &str) {
        let edit = Edit::AddEntity {
            kind: Kind::Actor,
            name: name.to_owned(),
            handle: String::new(),
            with: Box::default(),
            at: Some((1.5, -0.1)),
        };
        let applied = apply(&mut self.notebook, &edit).expect("applied");
        let label = applied.step.label().to_owned();
        recorder.keep(self.at, HistoryEvent { how: How::Step, label, changes: applied.made });
        self.history.push(applied.step);
        self.at += 1;
    }

    fn undo(&mut self, recorder: &mut Recorder) {
        recorder.keep(self.at, self.history.next(How::Undo).expect("a step"));
        self.history.undo(&mut self.notebook);
    }

    fn found(&self) -> Vec<UnsavedWork> {
        let (found, others) = found(&self.folder());
        assert!(others.is_empty(), "{others:?}");
        found
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.home.path().join("data/recovery"));
        entries.map_or_else(|_| Vec::new(), |all| all.map(|e| e.expect("one").path()).collect())
    }
}

/// The process ends here without a word.
fn crash(recorder: Recorder) {
    assert!(recorder.flush(SOON));
    drop(recorder);
}

#[test]
fn what_was_done_after_the_save_is_there_again() {
    let mut desktop = Desktop::new();
    let stamp = desktop.save();
    let mut recorder = desktop.recorder(desktop.beginning(stamp));
    assert!(recorder.flush(SOON) && desktop.files().is_empty(), "who only reads leaves nothing");
    for name in ["Ada", "Bo", "Cy"] {
        desktop.edit(&mut recorder, name);
    }
    desktop.undo(&mut recorder);
    assert!(recorder.flush(SOON));
    assert!(desktop.found().is_empty(), "a running Casebook's journal is not offered");
    crash(recorder);

    let found = desktop.found();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].edits, found[0].file_state), (4, FileState::Same));
    assert_eq!(found[0].last, 1_800_000_003);
    assert_eq!(found[0].about.notebook.as_deref(), Some(&*desktop.file()));
    let mut recovered = recover(&desktop.folder(), &found[0].journal).expect("recovered");
    assert!(recovered.notebook == desktop.notebook);
    assert_eq!(recovered.history.redo_label(), desktop.history.redo_label());
    assert_eq!(recovered.history.len(), 2);
    assert!(matches!(recover(&desktop.folder(), &found[0].journal), Err(RecoverError::Held)));
    while recovered.history.undo(&mut recovered.notebook).is_some() {}
    assert!(recovered.notebook == recovered.before);

    // Going on from it: the old journal goes once the new one holds everything.
    let (_, stamp) = recovered.file.expect("its file");
    let mut recorder = desktop.recorder(desktop.beginning(stamp));
    recorder.continue_from(recovered.events, recovered.claim);
    desktop.edit(&mut recorder, "Di");
    crash(recorder);
    let found = desktop.found();
    assert_eq!((found.len(), found[0].edits), (1, 5));
    let recovered = recover(&desktop.folder(), &found[0].journal).expect("recovered");
    assert!(recovered.notebook == desktop.notebook);
    recovered.claim.discard();
    assert!(desktop.files().is_empty());
}

#[test]
fn a_save_leaves_only_what_came_after_it() {
    let mut desktop = Desktop::new();
    let stamp = desktop.save();
    let mut recorder = desktop.recorder(desktop.beginning(stamp));
    desktop.edit(&mut recorder, "Ada");
    let noter = recorder.noter();
    let stamp = desktop.save();
    let saved = desktop.notebook.clone();
    // Done while the save was under way, then taken back past it.
    desktop.edit(&mut recorder, "Bo");
    recorder.saved(desktop.beginning(stamp), noter.events());
    desktop.undo(&mut recorder);
    desktop.undo(&mut recorder);
    crash(recorder);
    let found = desktop.found();
    assert_eq!((found.len(), found[0].edits, found[0].file_state), (1, 3, FileState::Same));
    let mut recovered = recover(&desktop.folder(), &found[0].journal).expect("recovered");
    assert!(recovered.before == saved);
    assert!(recovered.notebook == desktop.notebook);
    // What was undone past the save can be done again, and that is not the moment of the file.
    assert!(recovered.history.redo(&mut recovered.notebook).is_some());
    assert!(recovered.notebook == saved);
    recovered.claim.discard();

    let mut recorder = desktop.recorder(desktop.beginning(desktop.save()));
    desktop.edit(&mut recorder, "Cy");
    let noter = recorder.noter();
    recorder.saved(desktop.beginning(desktop.save()), noter.events());
    assert!(recorder.flush(SOON) && desktop.files().is_empty(), "all is saved: nothing is left");
    desktop.edit(&mut recorder, "Di");
    let ended = recorder.discard();
    ended.expect("a thread").join().expect("ended");
    assert!(desktop.files().is_empty());
}

#[test]
fn a_crash_between_the_rename_and_the_reset_offers_nothing_that_is_saved() {
    let mut desktop = Desktop::new();
    let stamp = desktop.save();
    let mut recorder = desktop.recorder(desktop.beginning(stamp));
    desktop.edit(&mut recorder, "Ada");
    let source = storage::render(&desktop.notebook, &desktop.desk);
    recorder.noter().about_to_save(&{
        use sha2::Digest;
        sha2::Sha256::digest(source.as_bytes()).into()
    });
    desktop.save();
    desktop.edit(&mut recorder, "Bo");
    crash(recorder);
    let found = desktop.found();
    assert_eq!((found.len(), found[0].edits, found[0].file_state), (1, 1, FileState::Same));
    let recovered = recover(&desktop.folder(), &found[0].journal).expect("recovered");
    assert!(recovered.notebook == desktop.notebook);
    drop(recovered);
    desktop.save();
    // That file is another again: what to go on from is what was secured with the first edit.
    let recovered = recover(&desktop.folder(), &found[0].journal).expect("recovered");
    assert_eq!(recovered.file_state, FileState::Changed);
    assert!(recovered.notebook == desktop.notebook);
}

#[test]
fn a_file_changed_by_something_else_gives_a_separate_notebook() {
    let mut desktop = Desktop::new();
    let stamp = desktop.save();
    let bytes = std::fs::read(desktop.file()).expect("read");
    backups::keep(&desktop.folder(), &desktop.file(), &bytes, 1_800_000_000).expect("kept");
    let mut recorder = desktop.recorder(desktop.beginning(stamp));
    desktop.edit(&mut recorder, "Ada");
    crash(recorder);
    let (other, desk) = generate(8, SIZE);
    storage::save(&desktop.file(), &other, &desk, &Expected::New, &|| false).expect("saved");
    let found = desktop.found();
    assert_eq!(found[0].file_state, FileState::Changed);
    let recovered = recover(&desktop.folder(), &found[0].journal).expect("recovered");
    assert!(recovered.notebook == desktop.notebook && recovered.file.is_none());
    std::fs::remove_file(desktop.file()).expect("removed");
    assert_eq!(desktop.found(), []);
    drop(recovered);
    assert_eq!(desktop.found()[0].file_state, FileState::Gone);
}

#[test]
fn a_notebook_never_saved_is_kept_with_the_texts_it_was_given() {
    let mut desktop = Desktop::new();
    let whole = desktop.notebook.clone();
    desktop.notebook = Notebook::new("Port-Léonie");
    let inside = Beginning::Inside {
        of: None,
        notebook: std::sync::Arc::new(desktop.notebook.clone()),
        desk: ViewState::default(),
    };
    let mut recorder = desktop.recorder(inside);
    for (id, article) in whole.articles() {
        let mut article = crate::notebook::Article::clone(article);
        article.about.publisher = None;
        let edit = Edit::AddArticle(*id, std::sync::Arc::new(article));
        let Ok(applied) = apply(&mut desktop.notebook, &edit) else { continue };
        let label = applied.step.label().to_owned();
        // Its order changes; the text is the same and is written once.
        for how in [How::Step, How::Join, How::Join] {
            let changes = applied.made.clone();
            recorder.keep(desktop.at, HistoryEvent { how, label: label.clone(), changes });
        }
        desktop.history.push(applied.step);
    }
    crash(recorder);
    let found = desktop.found();
    assert_eq!(found[0].file_state, FileState::NeverSaved);
    assert_eq!(found[0].edits, desktop.history.len(), "going on with a step is no edit");
    let text: usize = desktop.notebook.texts().iter().map(crate::text::Text::len).sum();
    let length = std::fs::metadata(&found[0].journal).expect("there").len() as usize;
    assert!(length < 2 * text + 12_000, "{length} bytes for texts of {text}");
    let recovered = recover(&desktop.folder(), &found[0].journal).expect("recovered");
    assert!(recovered.notebook == desktop.notebook);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&found[0].journal), 0o600);
        assert_eq!(mode(found[0].journal.parent().expect("a folder")), 0o700);
    }
}

#[test]
fn a_journal_cut_anywhere_gives_every_whole_edit_before_the_cut() {
    let mut desktop = Desktop::new();
    let stamp = desktop.save();
    let mut states = vec![desktop.notebook.clone()];
    let mut recorder = desktop.recorder(desktop.beginning(stamp));
    for name in ["Ada", "Bo", "Cy"] {
        desktop.edit(&mut recorder, name);
        states.push(desktop.notebook.clone());
    }
    crash(recorder);
    let journal = desktop.found()[0].journal.clone();
    let bytes = std::fs::read(&journal).expect("read");
    let mut last = 0;
    for cut in 0..bytes.len() {
        let Ok(read) = read(&bytes[..cut], cut as u64) else { continue };
        let mut notebook = states[0].clone();
        let (events, _) = read.events(&notebook);
        assert!(events.len() >= last, "cut at {cut}");
        last = events.len();
        replay(&mut notebook, &events);
        assert!(notebook == states[last], "cut at {cut}");
    }
    assert_eq!(last, 2, "the last byte belongs to the last edit");
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        let Ok(read) = read(&damaged[..], damaged.len() as u64) else { continue };
        let (events, lost) = read.events(&states[0]);
        assert!(events.len() < 3 && lost.is_some(), "damaged at {at}");
        let mut notebook = states[0].clone();
        replay(&mut notebook, &events);
        assert!(notebook == states[events.len()], "damaged at {at}");
    }
}

/// What the format of an event is: a change here must raise the journal's version.
#[test]
fn a_deed_reads_as_it_always_did() {
    let golden = include_bytes!("golden-3.journal");
    let read = read(&golden[..], golden.len() as u64).expect("version 3 reads");
    let (base, _, _) = storage::parse(read.source.as_deref().expect("a base")).expect("a notebook");
    let (events, lost) = read.events(&base);
    assert_eq!(lost, None);
    let again = write(&read.about, read.source.as_deref(), &base, &events).expect("written");
    assert!(again == golden, "the same events are written differently now: raise VERSION");
}

/// A journal of version 2, over a notebook of format version 3: what is anchored was read in the first version.
#[test]
fn a_journal_of_version_2_is_read_as_it_always_was() {
    use crate::notebook::Change;
    let golden = include_bytes!("golden-2.journal");
    let read = read(&golden[..], golden.len() as u64).expect("version 2 reads");
    let (base, _, _) = storage::parse(read.source.as_deref().expect("a base")).expect("a notebook");
    let (events, lost) = read.events(&base);
    assert_eq!((events.len(), lost), (2, None));
    let mut mentions = 0;
    for change in &events[0].1.changes {
        match change {
            Change::Mention(id, Some(mention)) => {
                mentions += 1;
                assert_eq!(mention.anchor.version, 1);
                assert_eq!(Some(mention), base.mention(*id));
            }
            Change::Link(id, Some(link)) => assert_eq!(Some(link), base.link(*id)),
            _ => {}
        }
    }
    assert_eq!(mentions, base.mentions().len());
    let mut again = base.clone();
    replay(&mut again, &events);
    assert!(again == base, "the second event took the first one back");
}

/// A journal of version 1, over a notebook of format version 2: its entities are what that notebook's are today.
#[test]
fn a_journal_of_version_1_is_read_as_it_always_was() {
    use crate::notebook::Change;
    let golden = include_bytes!("golden-1.journal");
    let read = read(&golden[..], golden.len() as u64).expect("version 1 reads");
    let (base, _, _) = storage::parse(read.source.as_deref().expect("a base")).expect("a notebook");
    let (events, lost) = read.events(&base);
    assert_eq!((events.len(), lost), (2, None));
    let mut entities = 0;
    for change in &events[0].1.changes {
        match change {
            Change::Entity(id, new) => {
                entities += 1;
                assert_eq!(new.as_ref(), base.entity(*id));
            }
            Change::Link(id, Some(link)) => assert_eq!(Some(link), base.link(*id)),
            _ => {}
        }
    }
    assert_eq!(entities, base.entities().len());
    let mut again = base.clone();
    replay(&mut again, &events);
    assert!(again == base, "the second event took the first one back");
}

/// Writes the golden journal anew: for whoever raises the version, with `-- --ignored`.
#[test]
#[ignore = "writes a file of the repository"]
fn write_the_golden_journal() {
    use crate::notebook::Change;
    let (mut notebook, desk) = generate(7, SIZE);
    let base = notebook.clone();
    let mut changes = vec![Change::Title("Renamed: “é” \u{202e}".to_owned())];
    let (article, text) = base.articles().iter().next().expect("an article");
    let mut described = crate::notebook::Article::clone(text);
    let text = crate::text::Text::new("Un autre texte.\nDeux lignes.");
    let text = std::mem::replace(&mut described.text, text);
    described.earlier.push(crate::notebook::Version { origin: described.origin.clone(), text });
    changes.push(Change::Article(*article, Some(std::sync::Arc::new(described))));
    changes.extend(base.entities().iter().map(|(id, e)| Change::Entity(*id, Some(e.clone()))));
    changes.extend(base.mentions().iter().map(|(id, mention)| {
        let mut mention = crate::notebook::Mention::clone(mention);
        mention.anchor.version += u32::from(mention.anchor.article == *article);
        Change::Mention(*id, Some(std::sync::Arc::new(mention)))
    }));
    changes.extend(base.links().iter().map(|(id, l)| Change::Link(*id, Some(l.clone()))));
    changes.extend(base.nodes().iter().map(|(id, n)| Change::Node(*id, Some(*n))));
    let (relation, record) = base.relations().iter().next().expect("a relation");
    changes.push(Change::Relation(relation.clone(), Some(record.clone())));
    let link = *base.links().keys().next().expect("a link");
    changes.push(Change::Link(link, None));
    changes.extend(base.groups().iter().map(|(id, g)| Change::Group(*id, Some(g.clone()))));
    changes.extend(base.cards().iter().map(|(id, c)| Change::Card(*id, Some(c.clone()))));
    changes.extend(base.views().iter().map(|(id, v)| Change::View(*id, Some(v.clone()))));
    changes.extend(base.waivers().iter().map(|(id, w)| Change::Waiver(*id, Some(w.clone()))));
    changes.extend(base.set_aside().iter().map(|(id, s)| Change::SetAside(*id, Some(s.clone()))));
    changes.extend(base.matrices().iter().map(|(id, m)| Change::Matrix(*id, Some(m.clone()))));
    changes.extend(base.conflicts().iter().map(|(id, c)| Change::Conflict(*id, Some(c.clone()))));
    let dismissed = crate::notebook::Dismissed { places: [(3, 9)].into(), ..Default::default() };
    changes.push(Change::Dismissed(*article, Some(std::sync::Arc::new(dismissed))));
    let mut history = History::default();
    let step = HistoryEvent { how: How::Step, label: "Golden".to_owned(), changes };
    history.do_again(&mut notebook, step.clone());
    let undo = history.next(How::Undo).expect("a step");
    let about = About {
        notebook: Some("case.ron".into()),
        name: "golden".to_owned(),
        began: 1_800_000_000,
        base: Base::Inside,
    };
    let events = [(1_800_000_000, step), (1_800_000_001, undo)];
    let bytes =
        write(&about, Some(&storage::render(&base, &desk)), &base, &events).expect("written");
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/recovery/golden-3.journal"), bytes)
        .expect("kept");
}

/// A program that is being started holds copies of all that is open, until it has begun.
#[test]
fn what_is_let_go_is_free_though_a_program_is_being_started() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("some.journal");
    std::fs::write(&journal, "").unwrap();
    let held = folder::claim(&journal).unwrap().unwrap();
    assert!(folder::claim(&journal).unwrap().is_none());
    let _copy = held.try_clone().unwrap();
    drop(held);
    assert!(folder::claim(&journal).unwrap().is_some());
}
