//! An article's new version: asked for, shown, accepted or not, taken back.

use casebook::app::questions::ArticleUpdate;
use casebook::app::{Answer, Command, DialogKind, Effect, Intent, Level, SessionIntent};
use casebook::notebook::Kind;

use crate::script::Script;

/// Writes what the article is to become, and asks for it.
fn update(s: &mut Script, change: impl Fn(&str) -> String) {
    let article = s.article();
    let now = s.open_notebook().notebook().article(article).unwrap().text.as_str().to_owned();
    let path = s.path("new-version.txt");
    std::fs::write(&path, change(&now)).unwrap();
    s.go(Intent::Session(SessionIntent::UpdateArticle(article, path)));
}

#[test]
fn an_update_is_shown_and_then_one_step() {
    let mut s = Script::open();
    let article = s.article();
    s.run(Command::UpdateArticle);
    let asks = |e: &Effect| matches!(e, Effect::Dialog(DialogKind::Update { article: a, .. }) if *a == article);
    assert!(s.program.take_effects().iter().any(asks));
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.tag(Kind::Actor, "Paul Ormelot", 0);
    let before = s.open_notebook().snapshot();

    update(&mut s, |text| format!("Correction: the first version misspelt a name.\n{text}"));
    let asked: &ArticleUpdate = s.program.asked().expect("what becomes of the mentions is shown");
    assert_eq!((asked.counts, asked.mentions.len()), ([2, 0, 0], 2));
    assert!(s.open_notebook().notebook() == &*before, "nothing is done yet");
    s.go(Intent::Answer(Answer::Cancel));
    assert!(s.open_notebook().notebook() == &*before);

    update(&mut s, |text| format!("Correction: the first version misspelt a name.\n{text}"));
    s.go(Intent::Answer(Answer::Reload));
    assert!(s.program.question().is_none());
    let notebook = s.open_notebook().snapshot();
    let record = notebook.article(article).unwrap();
    assert!(record.text.as_str().starts_with("Correction"));
    assert_eq!(record.earlier.len(), 1);
    for (id, mention) in before.mentions() {
        let now = notebook.mention(*id).unwrap();
        assert_eq!(notebook.words(&now.anchor), before.words(&mention.anchor));
        assert_ne!(now.anchor, mention.anchor);
    }
    let (level, said) = s.told();
    assert_eq!(level, Level::Info);
    assert!(said.contains("2 unchanged, 0 moved, 0 orphaned"), "{said}");
    s.run(Command::Undo);
    assert!(s.open_notebook().notebook() == &*before, "one undo for all");
}

#[test]
fn orphans_come_first_and_the_same_text_is_no_update() {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    let (_, lost) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    update(&mut s, str::to_owned);
    assert!(s.program.question().is_none());
    let (level, said) = s.told();
    assert!(level == Level::Warning && said.contains("nothing to update"), "{said}");

    update(&mut s, |text| text.replace("Paul Ormelot", "the chairman"));
    let asked: &ArticleUpdate = s.program.asked().unwrap();
    assert_eq!((asked.counts[2], asked.mentions[0]), (1, lost));
    s.go(Intent::Answer(Answer::Reload));
    let (level, said) = s.told();
    assert!(level == Level::Warning && said.contains("1 orphaned"), "{said}");
    assert!(s.open_notebook().notebook().mention(lost).unwrap().anchor.range().is_none());
}
