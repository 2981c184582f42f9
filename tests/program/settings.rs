//! Settings: kept between starts, and the sample.

use casebook::app::{
    Command, Faces, Intent, Prefs, PrefsFile, Program, SettingsIntent, TextSettings,
};
use casebook::notebook::{ActorKind, Detail, Kind};

use crate::program::LONG;
use crate::script::Script;

#[test]
fn settings_are_changed_and_a_sample_is_there() {
    let mut s = Script::new();
    let prefs = Prefs { zoom: 1.5, ..s.program.prefs().clone() };
    s.go(Intent::Settings(SettingsIntent::SetPrefs(prefs.clone())));
    assert_eq!(s.program.prefs(), &prefs);
    s.run(Command::OpenSample);
    assert!(!s.open_notebook().is_modified() && s.open_notebook().path().is_none());
    assert!(s.is_sound());
    for entity in s.open_notebook().notebook().entities().values() {
        if let Detail::Actor(actor) = &entity.detail {
            assert!(ActorKind::ALL.contains(&actor.kind));
        }
    }
    let counts = Kind::ALL.map(|kind| s.open_notebook().count(kind));
    assert!(counts[0] >= 14 && counts[1] >= 8 && counts[2] >= 12, "{counts:?}");
    assert!(s.open_notebook().notebook().mentions().len() >= 60);
    assert!(s.open_notebook().notebook().links().len() >= 30);
}

#[test]
fn how_the_text_is_set_is_kept_between_starts() {
    let folder = tempfile::tempdir().unwrap();
    let file = || PrefsFile::in_folder(folder.path());
    let mut program = Program::new(file());
    let set = TextSettings { size: 22.0, width: 55.0, ..TextSettings::default() };
    program.dispatch(Intent::Settings(SettingsIntent::SetText(set.clone())));
    for size in 23..40_u8 {
        program.dispatch(Intent::Settings(SettingsIntent::GrowText(f32::from(size))));
    }
    program.dispatch(Intent::Run(Command::TextLarger));
    assert!(program.settle(LONG));
    let again = Program::new(file());
    assert_eq!(again.prefs().text, TextSettings { size: 40.0, ..set });
    // Out of range is brought into it, and the usual size is a command away.
    program.dispatch(Intent::Settings(SettingsIntent::GrowText(4000.0)));
    assert_eq!(program.prefs().text.size, *TextSettings::SIZES.end());
    program.dispatch(Intent::Run(Command::TextUsual));
    assert_eq!(program.prefs().text.size, TextSettings::default().size);
    assert!(program.settle(LONG));
}

#[test]
fn a_font_that_is_gone_is_told_once() {
    let mut program = Program::new(PrefsFile::none());
    let face = Some("Gentium".to_owned());
    program.dispatch(Intent::Settings(SettingsIntent::SetText(TextSettings {
        face: face.clone(),
        ..TextSettings::default()
    })));
    let found = Faces { names: vec!["Amiri".to_owned()].into(), missing: face, ..Faces::default() };
    program.dispatch(Intent::Settings(SettingsIntent::FacesFound(found.clone())));
    let told = |program: &Program| {
        program.notices().iter().filter(|notice| notice.text.contains("“Gentium”")).count()
    };
    assert_eq!(told(&program), 1);
    let serial = program.notices()[0].serial;
    program.dispatch(Intent::DismissNotice(serial));
    program.dispatch(Intent::Settings(SettingsIntent::FacesFound(found)));
    assert_eq!(told(&program), 0, "it was told");
    assert_eq!(program.prefs().text.face.as_deref(), Some("Gentium"), "it may come back");
    assert_eq!(&program.faces().names[..], ["Amiri".to_owned()]);
}
