//! Workspaces and panes in the real window: a key each, check marks, one pane alone, and all of it as it was left.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "common/session.rs"]
mod session;

use casebook::app::{Command, Intent, Pane, PrefsFile, Program, SessionIntent, Workspace};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::kittest::Queryable as _;
use session::{Session, desk};

fn sample(size: egui::Vec2, file: PrefsFile) -> Session {
    let mut s = Session(desk::open(size, Program::new(file)));
    s.run(Command::OpenSample);
    s.0.run();
    s
}

fn part(rect: Rect, of: egui::Vec2) -> f32 {
    rect.area() / (of.x * of.y)
}

#[test]
fn the_canvas_has_the_room_of_a_main_thing_and_each_workspace_a_key() {
    for size in [vec2(1280.0, 640.0), vec2(1366.0, 690.0), vec2(1440.0, 820.0)] {
        let mut s = sample(size, PrefsFile::none());
        assert!(part(s.canvas(), size) > 0.22, "{} of {size}", part(s.canvas(), size));
        let seen = |s: &Session, pane| s.0.state().program().shows_pane(pane);
        for pane in [Pane::Lists, Pane::Reader, Pane::Canvas, Pane::Inspector, Pane::Review] {
            assert!(seen(&s, pane), "{pane:?}");
        }
        s.key(Modifiers::COMMAND, Key::Num2);
        assert!(part(s.canvas(), size) > 0.45, "{} of {size}", part(s.canvas(), size));
        assert!(seen(&s, Pane::Reader) && seen(&s, Pane::Inspector));
        assert_eq!(s.program().is_checked(Command::WorkspaceCanvas), Some(true));
        s.key(Modifiers::COMMAND, Key::Num3);
        for pane in [Pane::Review, Pane::Inspector, Pane::Reader, Pane::Canvas] {
            assert!(seen(&s, pane), "{pane:?}");
        }
        s.key(Modifiers::COMMAND, Key::Num1);
        assert_eq!(s.program().prefs().panes.workspace, Workspace::Read);
        assert!(seen(&s, Pane::Lists));
    }
}

#[test]
fn a_pane_gets_the_window_and_escape_gives_the_others_their_room_back() {
    let size = vec2(1366.0, 690.0);
    let mut s = sample(size, PrefsFile::none());
    let before = s.canvas();
    s.keyboard_to_canvas();
    s.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    assert_eq!(s.program().maximised_pane(), Some(Pane::Canvas));
    assert_eq!(s.program().is_checked(Command::MaximisePane), Some(true));
    assert!(part(s.canvas(), size) > 0.8);
    s.key(Modifiers::NONE, Key::Escape);
    assert_eq!(s.program().maximised_pane(), None);
    assert_eq!(s.canvas(), before);
    // A double click on its grip, and on its tab.
    for name in ["Move the pane Canvas", "Review"] {
        let grip = s.0.get_all(egui_kittest::kittest::By::new().label_contains(name)).next();
        let at = grip.unwrap().rect().center();
        for _ in 0..2 {
            s.button(at, true);
            s.button(at, false);
        }
        s.settle();
        assert!(s.program().maximised_pane().is_some(), "{name}");
        s.key(Modifiers::NONE, Key::Escape);
        assert_eq!(s.program().maximised_pane(), None);
    }
    // What has to be shown elsewhere comes into view.
    s.run(Command::MaximisePane);
    let entity = *s.book().notebook().nodes().keys().next().unwrap();
    s.send(casebook::app::ChartingIntent::ShowOnCanvas(entity).into());
    assert!(s.program().shows_pane(Pane::Canvas));
}

#[test]
fn check_marks_say_which_panes_are_seen() {
    let mut s = sample(vec2(1440.0, 820.0), PrefsFile::none());
    let checked = |s: &mut Session, command| s.program().is_checked(command) == Some(true);
    for command in
        [Command::ToggleLists, Command::ToggleCanvas, Command::ToggleInspector, Command::Review]
    {
        assert!(checked(&mut s, command), "{command:?}");
        s.run(command);
        assert!(!checked(&mut s, command), "{command:?}");
        s.run(command);
        assert!(checked(&mut s, command), "{command:?}");
    }
    // Behind another tab it is not seen, and its command brings it to the front.
    s.run(Command::Suggestions);
    assert!(checked(&mut s, Command::Suggestions) && !checked(&mut s, Command::Review));
    s.run(Command::Review);
    assert!(!checked(&mut s, Command::Suggestions) && checked(&mut s, Command::Review));
}

#[test]
fn panes_come_back_as_they_were_left_and_a_broken_layout_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = || PrefsFile::in_folder(folder.path());
    let size = vec2(1440.0, 820.0);
    let mut s = sample(size, file());
    s.run(Command::ToggleLists);
    s.run(Command::Suggestions);
    s.key(Modifiers::COMMAND, Key::Num2);
    s.run(Command::ToggleInspector);
    let canvas = s.canvas();
    s.run(Command::Quit);
    let mut again = sample(size, file());
    assert_eq!(again.program().prefs().panes.workspace, Workspace::Canvas);
    assert_eq!(again.canvas(), canvas);
    assert!(!again.program().shows_pane(Pane::Inspector));
    again.key(Modifiers::COMMAND, Key::Num1);
    assert!(!again.program().shows_pane(Pane::Lists));
    assert!(again.program().shows_pane(Pane::Suggestions));
    again.run(Command::ResetPanes);
    assert!(again.program().shows_pane(Pane::Lists) && again.program().shows_pane(Pane::Review));

    let settings = folder.path().join("settings.ron");
    std::fs::write(&settings, "(panes: (workspace: Canvas, canvas: \"row(lists, lists\"))")
        .unwrap();
    let mut broken = sample(size, file());
    assert!(broken.program().shows_pane(Pane::Canvas) && broken.program().shows_pane(Pane::Reader));
    assert!(broken.program().notices().is_empty());
}

#[test]
fn choosing_a_row_of_the_review_shows_it_and_its_details() {
    let mut s = sample(vec2(1440.0, 820.0), PrefsFile::none());
    s.run(Command::ToggleInspector);
    s.run(Command::ToggleCanvas);
    let rows: Vec<String> = casebook::inquiry::review(s.book().notebook())
        .iter()
        .map(|open| format!("{}: {}", open.why.heading(), open.words))
        .collect();
    assert!(!rows.is_empty());
    s.0.get_by_label(&rows[0]).click();
    s.0.run();
    s.settle();
    assert!(!s.book().selection().is_empty());
    for pane in [Pane::Inspector, Pane::Review, Pane::Reader] {
        assert!(s.program().shows_pane(pane), "{pane:?}");
    }
}

#[test]
fn a_tab_is_closed_by_its_cross_and_the_article_stays() {
    let mut s = sample(vec2(1440.0, 820.0), PrefsFile::none());
    s.send(Intent::Session(SessionIntent::AddText("A second article.\n\nIts text.".to_owned())));
    let articles = s.book().notebook().articles().len();
    let tabs = s.book().tabs().len();
    s.0.get_by_role_and_label(Role::Button, "Close the tab A second article.").click();
    s.0.run();
    s.settle();
    assert_eq!((s.book().tabs().len(), s.book().notebook().articles().len()), (tabs - 1, articles));
}
