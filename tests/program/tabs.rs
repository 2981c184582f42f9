//! Tabs of articles: closed without taking the article away, opened again by its file, and as they were left.

use casebook::app::{
    Command, Effect, FindQuery, Intent, PrefsFile, Program, ReadingIntent, SessionIntent,
};

use crate::program::{LONG, go};
use crate::script::{ARTICLE, OTHER, Script};

#[test]
fn a_closed_tab_leaves_its_article_in_the_notebook() {
    let mut s = Script::open();
    let first = s.article();
    let second = s.open_file("other.txt", OTHER.as_bytes());
    let third = s.open_file("third.txt", b"A third article, of no importance.");
    assert_eq!(s.book().tabs(), [first, second, third]);
    s.go(Intent::Reading(ReadingIntent::ShowArticle(second)));
    let before = s.book().snapshot();
    s.run(Command::CloseTab);
    assert_eq!((s.book().tabs(), s.article()), (vec![first, third], third));
    // The keys for the next article pass it over, and an edit does not bring it back.
    s.run(Command::NextArticle);
    assert_eq!(s.article(), first);
    s.run(Command::NextArticle);
    assert_eq!(s.article(), third);
    s.go(Intent::Reading(ReadingIntent::CloseTab(first)));
    s.run(Command::CloseTab);
    assert_eq!((s.book().tabs(), s.book().article()), (Vec::new(), None));
    assert!(s.book().notebook() == &*before, "closing is no edit");
    s.run(Command::Undo);
    assert_eq!(s.book().article(), None);
    s.run(Command::Redo);
    // Whatever shows an article opens its tab.
    s.go(Intent::Reading(ReadingIntent::GoToPlace(second, 0..3)));
    assert_eq!((s.book().tabs(), s.article()), (vec![second], second));
}

#[test]
fn closing_one_of_two_side_by_side_leaves_the_other_alone() {
    for which in [0, 1] {
        let mut s = Script::open();
        let first = s.article();
        let second = s.open_file("other.txt", OTHER.as_bytes());
        s.go(Intent::Reading(ReadingIntent::ShowArticle(first)));
        s.run(Command::SideBySide);
        assert!(s.program.is_checked(Command::SideBySide) == Some(true));
        s.go(Intent::Reading(ReadingIntent::CloseTab([first, second][which])));
        assert!(!s.book().is_side_by_side());
        assert_eq!(s.book().article_in(false), Some([second, first][which]));
        assert_eq!(s.book().tabs(), [[second], [first]][which]);
    }
}

#[test]
fn the_same_file_opened_again_goes_to_its_tab() {
    let mut s = Script::open();
    let first = s.article();
    s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::Reading(ReadingIntent::CloseTab(first)));
    assert_eq!(s.open_file("article.txt", ARTICLE.as_bytes()), first);
    assert_eq!(s.book().notebook().articles().len(), 2);
    assert!(s.told().1.contains("in this notebook already"), "{:?}", s.told());
    // A file of the same content elsewhere is added, and told of.
    std::fs::create_dir(s.path("elsewhere")).unwrap();
    let copy = s.open_file("elsewhere/article.txt", ARTICLE.as_bytes());
    assert_ne!(copy, first);
    assert!(s.told().1.contains("the same content"), "{:?}", s.told());
    // One that has changed since is another article.
    assert_ne!(s.open_file("article.txt", b"It was rewritten."), first);
    assert_eq!(s.book().notebook().articles().len(), 4);
    // Known again by name and content once the notebook was closed, and after Undo took it out it is added anew.
    let path = s.save_as("case.ron");
    s.run(Command::CloseNotebook);
    s.go(Intent::Session(SessionIntent::OpenPath(path)));
    assert_eq!(s.book().notebook().articles().len(), 4);
    s.open_file("other.txt", OTHER.as_bytes());
    assert_eq!(s.book().notebook().articles().len(), 4);
    s.run(Command::RemoveArticle);
    s.open_file("other.txt", OTHER.as_bytes());
    assert_eq!(s.book().notebook().articles().len(), 4);
}

#[test]
fn tabs_come_back_as_they_were_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut s = Script::open();
    s.program = Program::new(PrefsFile::in_folder(folder.path()));
    let first = s.open_file("article.txt", ARTICLE.as_bytes());
    let second = s.open_file("other.txt", OTHER.as_bytes());
    let third = s.open_file("third.txt", b"A third article, of no importance.");
    let path = s.save_as("case.ron");
    s.go(Intent::Reading(ReadingIntent::CloseTab(third)));
    s.go(Intent::Reading(ReadingIntent::ShowArticle(first)));
    s.run(Command::SideBySide);
    s.run(Command::Quit);
    assert!(s.program.take_effects().contains(&Effect::Close));
    assert!(s.program.settle(LONG));
    let mut again = Program::new(PrefsFile::in_folder(folder.path()));
    go(&mut again, Intent::Session(SessionIntent::OpenPath(path)));
    let book = again.book().unwrap();
    assert_eq!(book.tabs(), [first, second]);
    assert_eq!((book.article_in(false), book.article_in(true)), (Some(first), Some(second)));
}

#[test]
fn a_search_of_everything_opens_the_tab_of_what_it_finds() {
    let mut s = Script::open();
    let first = s.article();
    let second = s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::Reading(ReadingIntent::CloseTab(first)));
    let query =
        FindQuery { pattern: "rencontré".to_owned(), everywhere: true, ..FindQuery::default() };
    s.go(Intent::Reading(ReadingIntent::FindQuery(query)));
    s.run(Command::FindNext);
    assert_eq!((s.article(), s.book().tabs()), (first, vec![first, second]));
}
