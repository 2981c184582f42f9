//! A colleague’s notebook: asked for, compared, and never merged into another notebook than it was compared with.

use casebook::app::questions::Colleague;
use casebook::app::{Command, DialogKind, Effect, Intent, Level, SessionIntent};
use casebook::notebook::Kind;

use crate::script::Script;

fn compare(s: &mut Script) {
    let path = s.path("theirs.ron");
    s.go(Intent::Session(SessionIntent::CompareWithColleague(path)));
}

/// A notebook with one actor, saved as the colleague’s too, under the same ids.
fn desk() -> Script {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    let path = s.path("theirs.ron");
    s.go(Intent::Session(SessionIntent::SaveTo(path)));
    s
}

#[test]
fn the_command_asks_for_a_file() {
    let mut s = Script::open();
    s.run(Command::CompareWithColleague);
    let asks = |e: &Effect| matches!(e, Effect::Dialog(DialogKind::Colleague { .. }));
    assert!(s.program.take_effects().iter().any(asks));
}

#[test]
fn what_came_from_one_notebook_needs_no_choice() {
    let mut s = desk();
    s.tag(Kind::Actor, "Paul Ormelot", 0);
    let before = s.open_notebook().snapshot();
    compare(&mut s);
    let asked: &Colleague = s.program.asked().expect("compared");
    assert_eq!((asked.pairing.sure(), asked.open()), (1, 0));
    assert_eq!((asked.preview.joined.mentions, asked.preview.added.mentions), (1, 0));
    s.go(Intent::Session(SessionIntent::MergeColleague));
    assert!(s.open_notebook().notebook() == &*before, "there was nothing to add");
    assert!(s.told().1.contains("nothing added"), "{:?}", s.told());
}

#[test]
fn what_is_chosen_is_kept_in_bounds() {
    let mut s = desk();
    compare(&mut s);
    // What is sure is not to be decided, and there is no such pair.
    for number in [0, 7] {
        s.go(Intent::Session(SessionIntent::Pair(number, Some(false))));
    }
    let asked: &Colleague = s.program.asked().expect("compared");
    assert_eq!(asked.choices, [None]);
    s.go(Intent::Session(SessionIntent::PairFrom(0.0)));
    s.go(Intent::Cancel);
    // Without a comparison these do nothing.
    for intent in [
        SessionIntent::Pair(0, Some(true)),
        SessionIntent::PairFrom(0.5),
        SessionIntent::MergeColleague,
    ] {
        s.go(Intent::Session(intent));
    }
    assert!(s.program.question().is_none());
}

#[test]
fn what_is_no_notebook_is_said() {
    let mut s = desk();
    std::fs::write(s.path("theirs.ron"), "no notebook").unwrap();
    compare(&mut s);
    assert!(s.program.asked::<Colleague>().is_none());
    let (level, said) = s.told();
    assert!(level == Level::Error && said.contains("theirs.ron"), "{said}");
}
