//! Saving: what is reopened, what is asked before work is left, files that changed, saves that fail.

use std::path::Path;

use casebook::app::questions::{ChangedOnDisk, NextStep, ReplaceFile, Unsaved};
use casebook::app::{
    Answer, ChartingIntent, Command, DialogKind, Effect, Intent, Level, LinkDraft, Prefs,
    ReadingIntent, SessionIntent, SettingsIntent, TimelinePlace, TimelineSettings,
};
use casebook::edit::{Edit, Ref};
use casebook::notebook::{Kind, ReadingPlace, View};
use casebook::storage::{self, Expected};
use casebook::timeline::LaneBy;

use crate::program::LONG;
use crate::script::{OTHER, Script, person};

#[test]
fn the_timeline_of_each_notebook_is_as_it_was_left() {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.save_as("harbour");
    let place = TimelinePlace { centre: 2.2e9, scale: 3_600.0, scroll: 48.0 };
    let shown = TimelineSettings { lanes: LaneBy::Actor, statements: false };
    let prefs = Prefs { timeline: shown, ..s.program.prefs().clone() };
    s.go(Intent::Settings(SettingsIntent::SetPrefs(prefs)));
    s.go(Intent::Charting(ChartingIntent::SetTimelinePlace(place)));
    assert!(!s.open_notebook().is_modified(), "looking is no change");
    s.run(Command::CloseNotebook);
    // Another notebook is looked at otherwise.
    s.run(Command::NewNotebook);
    assert_eq!(s.open_notebook().timeline_place(), None);
    let other = TimelineSettings { lanes: LaneBy::Place, statements: true };
    let prefs = Prefs { timeline: other, ..s.program.prefs().clone() };
    s.go(Intent::Settings(SettingsIntent::SetPrefs(prefs)));
    s.go(Intent::Session(SessionIntent::OpenPath(s.path("harbour.ron"))));
    assert_eq!(s.open_notebook().timeline_place(), Some(place));
    assert_eq!(s.program.prefs().timeline, shown);
}

#[test]
fn a_saved_notebook_reopens_as_it_was_left() {
    let mut s = Script::open();
    assert_eq!(s.open_notebook().name(), "Untitled notebook");
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    s.link(LinkDraft::between(kervel, ormelot, None));
    s.edit(Edit::Place(vec![(Ref::Id(kervel), 120.5, -33.25)]));
    let reading = ReadingPlace { paragraph: 2, offset: 7.5 };
    let view = View { x: 10.0, y: -4.0, zoom: 1.25 };
    s.go(Intent::Reading(ReadingIntent::SetReading(s.article(), reading)));
    s.go(Intent::Charting(ChartingIntent::SetView(view)));
    let article = s.article();

    s.run(Command::Save);
    let effects = s.program.take_effects();
    assert!(
        effects.iter().any(|e| matches!(e, Effect::Dialog(DialogKind::SaveAs { name, .. }) if name == "bras-de-fer-a-port-leonie.ron")),
        "{effects:?}"
    );
    let path = s.save_as("harbour");
    assert_eq!(s.open_notebook().path(), Some(&s.path("harbour.ron")), "the ending is added");
    assert!(!path.exists());
    assert!(!s.open_notebook().is_modified());
    assert_eq!(s.told().0, Level::Info);
    assert_eq!(s.open_notebook().name(), "harbour");
    let saved = s.open_notebook().snapshot();

    s.set(kervel, person("K."));
    assert!(s.open_notebook().is_modified());
    s.run(Command::Undo);
    assert!(!s.open_notebook().is_modified(), "back at the saved state");
    s.run(Command::Redo);
    s.run(Command::Save);
    assert!(!s.open_notebook().is_modified());
    s.run(Command::Undo);
    assert!(s.open_notebook().is_modified(), "before the saved state is not the saved state");
    s.run(Command::Save);

    s.run(Command::CloseNotebook);
    assert!(s.program.open_notebook().is_none());
    s.go(Intent::Session(SessionIntent::OpenPath(s.path("harbour.ron"))));
    assert!(s.open_notebook().notebook() == &*saved);
    assert!(!s.open_notebook().is_modified());
    assert_eq!(s.article(), article);
    assert_eq!(s.open_notebook().desk().reading.get(&article), Some(&reading));
    assert_eq!(s.open_notebook().desk().canvas, Some(view));
    assert_eq!(s.program.prefs().recent, [s.path("harbour.ron")]);
}

#[test]
fn leaving_unsaved_work_asks_and_each_answer_does_what_it_says() {
    let leave = [Command::Quit, Command::CloseNotebook, Command::NewNotebook, Command::OpenSample];
    let left = |s: &mut Script, command: Command| match command {
        Command::Quit => s.program.take_effects().contains(&Effect::Close),
        Command::CloseNotebook => s.program.open_notebook().is_none(),
        Command::NewNotebook => s.open_notebook().notebook().articles().is_empty(),
        _ => s.open_notebook().notebook().articles().len() == 2,
    };
    for command in leave {
        let mut s = Script::open();
        let _ = s.program.take_effects();
        s.run(command);
        assert!(s.program.asked::<Unsaved>().is_some());
        s.go(Intent::Answer(Answer::Cancel));
        assert!(s.program.question().is_none());
        assert!(!left(&mut s, command) && s.open_notebook().is_modified());

        s.run(command);
        s.go(Intent::Answer(Answer::Discard));
        assert!(left(&mut s, command), "{command:?} after Discard");

        // Save, where there is no file yet: it goes on once the dialog has given one.
        let mut s = Script::open();
        s.run(command);
        s.go(Intent::Answer(Answer::Save));
        assert!(!left(&mut s, command));
        let path = s.save_as("kept.ron");
        assert!(left(&mut s, command), "{command:?} after Save");
        assert!(path.exists());
    }
    // Save, where there is one.
    let mut s = Script::open();
    let path = s.save_as("kept.ron");
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.run(Command::Quit);
    assert!(matches!(s.program.asked(), Some(Unsaved(NextStep::Close))));
    s.go(Intent::Answer(Answer::Save));
    assert!(s.program.take_effects().contains(&Effect::Close));
    assert!(std::fs::read_to_string(path).unwrap().contains("Anne Kervel"));
}

#[test]
fn a_save_that_does_not_happen_leaves_nothing_behind() {
    let mut s = Script::open();
    s.run(Command::Quit);
    s.go(Intent::Answer(Answer::Save));
    s.program.dialog_cancelled();
    let _ = s.program.take_effects();
    s.save_as("a.ron");
    assert!(!s.program.take_effects().contains(&Effect::Close), "the dialog had been cancelled");

    // The same when the question is put away by opening something else.
    s.tag(Kind::Actor, "Anne Kervel", 0);
    std::fs::write(s.path("a.ron"), "something else").unwrap();
    s.run(Command::Quit);
    s.go(Intent::Answer(Answer::Save));
    assert!(s.program.asked::<ChangedOnDisk>().is_some());
    s.open_file("other.txt", OTHER.as_bytes());
    assert!(s.program.question().is_none());
    s.save_as("b.ron");
    assert!(!s.program.take_effects().contains(&Effect::Close));
}

#[test]
fn a_save_that_ends_late_is_not_taken_for_another_notebook() {
    let mut s = Script::open();
    let path = s.save_as("first.ron");
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.program.dispatch(Intent::Run(Command::Save));
    s.program.dispatch(Intent::Run(Command::NewNotebook));
    s.program.dispatch(Intent::Answer(Answer::Discard));
    assert!(s.program.settle(LONG));
    assert_eq!(s.open_notebook().path(), None, "the new notebook has no file");
    s.go(Intent::Session(SessionIntent::AddText("Something else altogether".to_owned())));
    s.run(Command::Save);
    assert!(std::fs::read_to_string(path).unwrap().contains("Anne Kervel"));
}

fn change_on_disk(s: &Script, path: &Path) -> Vec<u8> {
    let (notebook, desk, _) =
        storage::parse(&std::fs::read_to_string(path).unwrap()).expect("was saved whole");
    let mut notebook = notebook;
    let edit = Edit::Title("By somebody else".to_owned());
    assert!(casebook::edit::apply(&mut notebook, &edit).is_ok());
    storage::save(path, &notebook, &desk, &Expected::New, &|| false).unwrap();
    assert!(s.open_notebook().notebook().title().is_empty());
    std::fs::read(path).unwrap()
}

#[test]
fn a_file_that_changed_on_disk_is_not_overwritten_unasked() {
    let mut s = Script::open();
    let path = s.save_as("one.ron");
    let theirs = change_on_disk(&s, &path);
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.run(Command::Save);
    assert!(s.program.asked::<ChangedOnDisk>().is_some_and(|asked| asked.0 == path));
    s.go(Intent::Answer(Answer::Cancel));
    assert!(s.open_notebook().is_modified());
    assert_eq!(std::fs::read(&path).unwrap(), theirs);

    s.run(Command::Save);
    s.go(Intent::Answer(Answer::SaveAs));
    assert!(
        s.program
            .take_effects()
            .iter()
            .any(|e| matches!(e, Effect::Dialog(DialogKind::SaveAs { .. })))
    );
    s.save_as("mine.ron");
    assert!(!s.open_notebook().is_modified());
    assert_eq!(std::fs::read(&path).unwrap(), theirs);

    // Writing over it is there too, for who means it.
    let mine = s.path("mine.ron");
    change_on_disk(&s, &mine);
    s.run(Command::Undo);
    s.run(Command::Save);
    s.go(Intent::Answer(Answer::Overwrite));
    assert!(!s.open_notebook().is_modified());
    assert!(!std::fs::read_to_string(&mine).unwrap().contains("By somebody else"));
}

#[test]
fn a_file_that_nobody_agreed_to_replace_is_kept() {
    let mut s = Script::open();
    std::fs::write(s.path("there.ron"), "precious").unwrap();
    let precious = |s: &Script| std::fs::read_to_string(s.path("there.ron")).unwrap() == "precious";
    // The dialog was asked about “there”, not about “there.ron”.
    s.save_as("there");
    assert!(s.program.asked::<ReplaceFile>().is_some());
    s.go(Intent::Answer(Answer::Cancel));
    assert!(precious(&s) && s.open_notebook().is_modified());
    // A path typed by hand was asked about by nobody.
    let kind = DialogKind::SaveAs { folder: s.folder.path().to_owned(), name: String::new() };
    s.go(Intent::DialogFailed(kind, "no dialog".to_owned()));
    s.save_as("there.ron");
    assert!(s.program.asked::<ReplaceFile>().is_some());
    assert!(precious(&s));
    s.go(Intent::Answer(Answer::Overwrite));
    assert!(!precious(&s) && !s.open_notebook().is_modified());
}

#[test]
fn what_cannot_be_saved_is_told_and_nothing_is_lost() {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    let before = s.open_notebook().snapshot();
    // Folders marked read-only do not stop an administrator, who may run this: a file does.
    let read_only = s.path("read-only.ron");
    std::fs::write(&read_only, "as it was").unwrap();
    let mut permissions = std::fs::metadata(&read_only).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&read_only, permissions).unwrap();
    for (path, word) in [
        (read_only.clone(), "read-only"),
        (s.path("article.txt").join("a.ron"), "folder"),
        (s.path("nowhere").join("a.ron"), "folder"),
    ] {
        s.go(Intent::Session(SessionIntent::SaveTo(path.clone())));
        let (level, why) = s.told();
        assert_eq!(level, Level::Error, "{why}");
        assert!(why.contains(word) && why.contains("Save as"), "{why}");
        assert!(s.open_notebook().is_modified() && s.open_notebook().path().is_none());
    }
    assert!(s.open_notebook().notebook() == &*before);
    assert_eq!(std::fs::read_to_string(read_only).unwrap(), "as it was");
    let left: Vec<_> = std::fs::read_dir(s.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.') && !name.ends_with(".lock"))
        .collect();
    assert_eq!(left, [""; 0], "no scraps");
}
