//! Getting about: Escape, from mention to mention, back and forward, two articles, where reading was left.

use casebook::app::{
    Caret, Command, Effect, FindQuery, Intent, ReadingIntent, Selection, SessionIntent,
    TaggingIntent,
};
use casebook::notebook::{Kind, ReadingPlace};

use crate::program::LONG;
use crate::script::{OTHER, Script};

#[test]
fn escape_steps_back_one_thing_at_a_time() {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.go(Intent::Reading(ReadingIntent::FindQuery(FindQuery {
        pattern: "Kervel".to_owned(),
        ..FindQuery::default()
    })));
    s.select("Ormelot", 0);
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Actor)));
    s.run(Command::Keys);
    let state = |s: &Script| {
        (
            s.program.question().is_some(),
            s.open_notebook().picker().is_some(),
            s.open_notebook().find().is_some(),
            s.open_notebook().selected_words().is_some(),
            !s.open_notebook().selection().is_empty(),
        )
    };
    let mut now = state(&s);
    assert_eq!(now, (true, true, true, true, true));
    for step in [
        (false, true, true, true, true),
        (false, false, true, true, true),
        (false, false, false, true, true),
        (false, false, false, false, true),
        (false, false, false, false, false),
    ] {
        s.go(Intent::Cancel);
        now = state(&s);
        assert_eq!(now, step);
    }
    s.go(Intent::Cancel);
    assert_eq!(state(&s), now);
}

#[test]
fn the_keyboard_walks_from_mention_to_mention_and_through_overlaps() {
    let mut s = Script::open();
    let (_, a) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (_, b) = s.tag(Kind::Actor, "Kervel", 1);
    let sentence = "Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur.";
    let (_, c) = s.tag(Kind::Claim, sentence, 0);
    s.go(Intent::Select(Selection::none()));
    s.go(Intent::Reading(ReadingIntent::SetCaret(s.article(), Caret::at(0))));
    let selected = |s: &Script| s.open_notebook().selection().mention;
    s.run(Command::NextMention);
    assert_eq!(selected(&s), Some(c), "the outer one first");
    s.run(Command::NextMention);
    assert_eq!(selected(&s), Some(a));
    s.run(Command::NextMention);
    assert_eq!(selected(&s), Some(b));
    s.run(Command::NextMention);
    assert!(s.told().1.contains("No more mentions"), "{:?}", s.told());
    s.run(Command::PreviousMention);
    assert_eq!(selected(&s), Some(a));
    s.run(Command::CycleMentions);
    assert_eq!(selected(&s), Some(c));
    s.run(Command::CycleMentions);
    s.run(Command::CycleMentions);
    assert_eq!(selected(&s), Some(c), "round and round");
    assert!(s.program.take_effects().iter().any(|e| matches!(e, Effect::ShowPane(_))));
}

#[test]
fn back_and_forward_go_through_the_places_visited() {
    let mut s = Script::open();
    let first = s.article();
    let long = format!("Un long récit\n{}La fin est ici.\n", "Une phrase de plus.\n".repeat(2000));
    let second = s.open_file("long.txt", long.as_bytes());
    assert!(!s.program.is_enabled(Command::Forward));
    let reading = ReadingPlace { paragraph: 3, offset: 5.0 };
    s.go(Intent::Reading(ReadingIntent::SetReading(second, reading)));
    s.go(Intent::Reading(ReadingIntent::SetCaret(second, Caret::at(60))));
    let end = long.find("La fin").unwrap();
    s.go(Intent::Reading(ReadingIntent::GoToPlace(second, end..end + 6)));
    // What is near is no place of its own.
    s.go(Intent::Reading(ReadingIntent::SetReading(
        second,
        ReadingPlace { paragraph: 1998, offset: 0.0 },
    )));
    s.go(Intent::Reading(ReadingIntent::GoToPlace(second, end..end + 3)));
    s.go(Intent::Reading(ReadingIntent::ShowArticle(first)));

    s.run(Command::Back);
    assert_eq!(s.article(), second);
    assert_eq!(s.open_notebook().caret(second).range(), end..end + 3);
    s.run(Command::Back);
    assert_eq!((s.article(), s.open_notebook().caret(second)), (second, Caret::at(60)));
    let goto = s.open_notebook().last_goto().unwrap();
    assert_eq!((goto.article, goto.reading), (second, Some(reading)));
    s.run(Command::Forward);
    assert_eq!(s.open_notebook().caret(second).range(), end..end + 3);
    s.run(Command::Forward);
    assert_eq!(s.article(), first);
    assert!(!s.program.is_enabled(Command::Forward));
    // An article that is gone is passed over.
    s.go(Intent::Reading(ReadingIntent::ShowArticle(second)));
    s.run(Command::RemoveArticle);
    s.run(Command::Back);
    assert_eq!(s.article(), first);
}

#[test]
fn two_articles_stand_side_by_side_and_each_comes_to_the_front() {
    let mut s = Script::open();
    let first = s.article();
    assert!(!s.program.is_enabled(Command::SideBySide));
    let second = s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::Reading(ReadingIntent::ShowArticle(first)));
    s.run(Command::SideBySide);
    let panes =
        |s: &Script| (s.open_notebook().article_in(false), s.open_notebook().article_in(true));
    assert_eq!(panes(&s), (Some(first), Some(second)));
    // Work in the second one brings it to the front, where it stands.
    s.go(Intent::Reading(ReadingIntent::SetCaret(second, Caret::over(0..11))));
    assert_eq!((s.article(), panes(&s)), (second, (Some(first), Some(second))));
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Event)));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    assert_eq!(s.open_notebook().notebook().mention_count_in(second), 1);
    s.run(Command::NextArticle);
    assert_eq!((s.article(), panes(&s)), (first, (Some(first), Some(second))));
    // A third takes the place of the one whose tab was used.
    let third = s.open_file("third.txt", b"A third article, of no importance.");
    assert_eq!(panes(&s), (Some(third), Some(second)));
    s.go(Intent::Reading(ReadingIntent::ShowArticleIn(first, true)));
    assert_eq!((s.article(), panes(&s)), (first, (Some(third), Some(first))));
    // What is left of three is shown; of two, one alone.
    s.run(Command::RemoveArticle);
    assert_eq!(panes(&s), (Some(third), Some(second)));
    s.run(Command::RemoveArticle);
    assert!(!s.open_notebook().is_side_by_side());
    s.run(Command::Undo);
    s.run(Command::SideBySide);
    assert!(s.open_notebook().is_side_by_side());
    s.run(Command::SideBySide);
    assert!(!s.open_notebook().is_side_by_side());
}

#[test]
fn reading_goes_on_where_the_notebook_was_left_though_nothing_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut s = Script::open();
    let path = folder.path().join("case.ron");
    s.go(Intent::Session(SessionIntent::SaveTo(path.clone())));
    assert!(s.program.settle(LONG));
    let bytes = std::fs::read(&path).unwrap();
    let article = s.article();
    let place = ReadingPlace { paragraph: 2, offset: 12.75 };
    s.go(Intent::Reading(ReadingIntent::SetReading(article, place)));
    s.run(Command::CloseNotebook);
    assert!(s.program.open_notebook().is_none());
    s.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    assert!(s.program.settle(LONG));
    assert_eq!(s.open_notebook().desk().reading.get(&article), Some(&place));
    assert!(!s.open_notebook().is_modified());
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "reading changes no file");
}
