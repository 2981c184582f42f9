//! An article's new version: asked for, shown, accepted or not, taken back.

use casebook::app::questions::{ArticleUpdate, ComparedVersions};
use casebook::app::{
    Answer, Caret, Command, DialogKind, Effect, Intent, Level, Notice, PrefsFile, Program,
    ReadingIntent, Remedy, SessionIntent,
};
use casebook::notebook::{Kind, ReadingPlace};

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
    assert_eq!((asked.counts, asked.items.len()), ([2, 0, 0, 0], 2));
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
    assert_eq!((asked.counts[2], asked.mentions().next()), (1, Some(lost)));
    s.go(Intent::Answer(Answer::Reload));
    let (level, said) = s.told();
    assert!(level == Level::Warning && said.contains("1 orphaned"), "{said}");
    assert!(s.open_notebook().notebook().mention(lost).unwrap().anchor.range().is_none());
}

#[test]
fn reading_goes_on_at_the_same_sentence() {
    let mut s = Script::open();
    let article = s.article();
    let at = |s: &Script| {
        let place = s.open_notebook().reading_place(article).unwrap();
        let text = s.open_notebook().notebook().article(article).unwrap().text.clone();
        let byte = text.paragraph(place.paragraph).start + place.bytes_above();
        text.get(text.sentence_at(byte)).unwrap().to_owned()
    };
    // In the second sentence of its paragraph, and the cursor in another.
    let (sentence, dément) = (s.find("Des sources", 0), s.find("dément", 0));
    let text = s.open_notebook().notebook().article(article).unwrap().text.clone();
    let paragraph = text.paragraph_at(sentence.start);
    let into = sentence.start - text.paragraph(paragraph).start;
    let offset = (into as f64 * ReadingPlace::POINTS_A_BYTE) as f32 + 1.0;
    s.go(Intent::Reading(ReadingIntent::SetReading(article, ReadingPlace { paragraph, offset })));
    s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::at(dément.start))));
    let before = at(&s);
    assert!(before.starts_with("Des sources internes"), "{before}");
    update(&mut s, |text| {
        format!("Correction.\n\nOne more line.\n{}", text.replace("Bras de fer", "Bataille"))
    });
    s.go(Intent::Answer(Answer::Reload));
    assert_eq!(at(&s), before);
    let caret = s.open_notebook().caret(article);
    assert_eq!(caret, Caret::at(s.find("dément", 0).start));
    s.run(Command::Undo);
    assert_eq!(at(&s), before);
    s.run(Command::Redo);
    assert_eq!(at(&s), before);
    // Where the sentence is gone, at the next one.
    update(&mut s, |text| text.replace("Des sources internes évoquent un désaccord.", ""));
    s.go(Intent::Answer(Answer::Reload));
    assert_eq!(at(&s), "Kervel dément.");
}

fn changed(s: &Script) -> Option<&Notice> {
    s.program.notices().iter().find(|it| matches!(it.remedy, Some(Remedy::Update(..))))
}

/// The window gets the keyboard back.
fn focus(s: &mut Script) {
    s.go(Intent::Session(SessionIntent::Focused));
}

#[test]
fn an_articles_file_that_changed_is_noticed_and_offered() {
    let mut s = Script::open();
    let article = s.article();
    let path = s.path("article.txt");
    let first = std::fs::read_to_string(&path).unwrap();
    focus(&mut s);
    assert!(changed(&s).is_none() && s.open_notebook().changed_article_file(article).is_none());
    // Written anew with the same words: nothing to tell.
    std::fs::write(&path, &first).unwrap();
    focus(&mut s);
    assert!(changed(&s).is_none());

    std::fs::write(&path, first.replace("Kervel dément.", "Kervel ne dément plus.")).unwrap();
    focus(&mut s);
    let notice = changed(&s).expect("it is told").clone();
    assert!(notice.text.starts_with("article.txt has changed since “"), "{}", notice.text);
    assert_eq!(notice.remedy, Some(Remedy::Update(article, path.clone())));
    assert_eq!(s.open_notebook().changed_article_file(article), Some(&*path));
    assert!(s.open_notebook().notebook().article(article).unwrap().earlier.is_empty());
    // Once for each content.
    s.go(Intent::DismissNotice(notice.serial));
    focus(&mut s);
    assert!(changed(&s).is_none());
    std::fs::write(&path, first.replace("Kervel dément.", "Kervel se tait aussi.")).unwrap();
    focus(&mut s);
    let notice = changed(&s).expect("another content").clone();
    s.go(Intent::DismissNotice(notice.serial));

    // What is offered does it, and then there is nothing more to tell.
    let Some(Remedy::Update(article, path)) = notice.remedy else { panic!() };
    s.go(Intent::Session(SessionIntent::UpdateArticle(article, path.clone())));
    s.go(Intent::Answer(Answer::Reload));
    focus(&mut s);
    assert!(changed(&s).is_none() && s.open_notebook().changed_article_file(article).is_none());
    // A file that is gone tells nothing.
    std::fs::remove_file(&path).unwrap();
    focus(&mut s);
    assert!(changed(&s).is_none());
}

#[test]
fn where_articles_were_read_from_is_in_the_settings_and_in_no_notebook() {
    let folder = tempfile::tempdir().unwrap();
    let settings = || Program::new(PrefsFile::in_folder(folder.path()));
    let mut s = Script::new();
    s.program = settings();
    let article = s.open_file("article.txt", crate::script::ARTICLE.as_bytes());
    let notebook = s.save_as("case.ron");
    let written = std::fs::read_to_string(&notebook).unwrap();
    assert!(!written.contains(&s.folder.path().display().to_string()), "no path in a notebook");
    s.run(Command::CloseNotebook);

    // The next day: the file was changed meanwhile.
    s.program = settings();
    std::fs::write(s.path("article.txt"), "Bras de fer à Port-Léonie\n\nKervel cède.\n").unwrap();
    s.go(Intent::Session(SessionIntent::OpenPath(notebook.clone())));
    let notice = changed(&s).expect("it is told on opening");
    assert_eq!(notice.remedy, Some(Remedy::Update(article, s.path("article.txt"))));

    // Somebody else's Casebook knows nothing, though a file of that name is beside the notebook.
    s.program = Program::new(PrefsFile::none());
    s.go(Intent::Session(SessionIntent::OpenPath(notebook)));
    focus(&mut s);
    assert!(changed(&s).is_none());
}

#[test]
fn versions_are_compared_once_there_are_two() {
    let mut s = Script::open();
    s.run(Command::CompareVersions);
    assert!(s.program.question().is_none());
    assert!(s.told().1.contains("one version"), "{}", s.told().1);
    update(&mut s, |text| text.replace("Kervel dément.", "Kervel se tait aussi."));
    s.go(Intent::Answer(Answer::Reload));
    assert_eq!(s.program.notices().last().unwrap().remedy, Some(Remedy::Changes(s.article())));
    s.run(Command::CompareVersions);
    let asked: &ComparedVersions = s.program.asked().expect("the two versions");
    let [change] = asked.changes.changes.list() else { panic!("{:?}", asked.changes.changes) };
    assert_eq!(asked.changes.words(change).0, "Kervel dément.");
    let text = asked.changes.as_text(s.open_notebook().notebook());
    assert!(text.contains("− “Kervel dément.”\n+ “Kervel se tait aussi.”"), "{text}");
}
