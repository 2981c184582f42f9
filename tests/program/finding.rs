//! Finding: in one article and in all, patterns, following the article in front.

use casebook::app::questions::Palette;
use casebook::app::{
    Answer, Command, Effect, FindQuery, Intent, Pane, Purpose, ReadingIntent, Selection,
    SessionIntent, TaggingIntent, Tool, WordPlace,
};
use casebook::edit::{Edit, Ref};
use casebook::notebook::{ArticleId, Kind};

use crate::program::LONG;
use crate::script::{ARTICLE, OTHER, Script};

#[test]
fn find_counts_steps_round_and_says_where_a_pattern_is_bad() {
    let mut s = Script::open();
    let look = |s: &mut Script, pattern: &str, change: fn(&mut FindQuery)| {
        let mut query = FindQuery { pattern: pattern.to_owned(), ..FindQuery::default() };
        change(&mut query);
        s.go(Intent::Reading(ReadingIntent::FindQuery(query)));
        s.open_notebook().find().unwrap().total()
    };
    s.select("Kervel", 0);
    s.run(Command::Find);
    let find = s.open_notebook().find().unwrap();
    assert_eq!((find.query.pattern.as_str(), find.total()), ("Kervel", 3));
    assert!(s.program.take_effects().contains(&Effect::FocusFind));

    let third = s.find("Kervel", 2);
    s.run(Command::FindNext);
    s.run(Command::FindNext);
    assert_eq!(s.open_notebook().last_goto().unwrap().range, third);
    assert_eq!(
        s.open_notebook().caret(s.article()).range(),
        third,
        "the hit is selected, ready to be tagged"
    );
    s.run(Command::FindNext);
    assert_eq!(
        s.open_notebook().find().unwrap().position(),
        Some(0),
        "after the last comes the first"
    );
    s.run(Command::FindPrevious);
    assert_eq!(s.open_notebook().last_goto().unwrap().range, third);

    assert_eq!(look(&mut s, "kervel", |_| ()), 3);
    assert_eq!(look(&mut s, "kervel", |q| q.case_sensitive = true), 0);
    assert_eq!(look(&mut s, "Orme", |_| ()), 2);
    assert_eq!(look(&mut s, "Orme", |q| q.whole_word = true), 0);
    assert_eq!(look(&mut s, r"\b[a-zé]\w+ kervel", |q| q.regex = true), 2);
    assert_eq!(look(&mut s, "nowhere", |_| ()), 0);
    assert!(!s.program.is_enabled(Command::FindNext));
    assert_eq!(look(&mut s, "(oops", |q| q.regex = true), 0);
    let why = s.open_notebook().find().unwrap().error.clone().expect("told");
    assert!(why.contains("‸(oops"), "{why}");
    assert_eq!(look(&mut s, "(oops", |_| ()), 0);
    assert!(s.open_notebook().find().unwrap().error.is_none(), "as plain words it is fine");
    s.go(Intent::Cancel);
    assert!(s.open_notebook().find().is_none());
}

#[test]
fn the_next_keystroke_overtakes_a_search() {
    let mut s = Script::open();
    let text = format!("{ARTICLE}{}", "Kervel et Ormelot, encore.\n".repeat(200_000));
    s.open_file("long.txt", text.as_bytes());
    let look = |s: &mut Script, pattern: &str| {
        let query = FindQuery { pattern: pattern.to_owned(), ..FindQuery::default() };
        s.program.dispatch(Intent::Reading(ReadingIntent::FindQuery(query)));
        s.open_notebook().find().unwrap().job.expect("a job looks")
    };
    let first = look(&mut s, "e");
    let second = look(&mut s, "Marchetti");
    assert_ne!(first, second);
    assert!(s.program.settle(LONG));
    let find = s.open_notebook().find().unwrap();
    assert_eq!((find.total(), find.job), (0, None), "nothing of the first search is shown");
    look(&mut s, "encore");
    s.go(Intent::Cancel);
    assert!(s.program.settle(LONG) && s.open_notebook().find().is_none());
    s.run(Command::Find);
    assert_eq!(s.open_notebook().find().unwrap().query.pattern, "encore", "it is kept");
}

#[test]
fn find_looks_in_all_articles_and_its_hits_are_tagged_in_one_step() {
    let mut s = Script::open();
    let first = s.article();
    let (_, tagged) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let second = s.open_file("other.txt", OTHER.as_bytes());
    s.run(Command::FindEverywhere);
    assert!(s.program.take_effects().contains(&Effect::ShowPane(Pane::RESULTS)));
    let query = FindQuery {
        pattern: "(anne )?kervel".to_owned(),
        regex: true,
        everywhere: true,
        ..FindQuery::default()
    };
    s.go(Intent::Reading(ReadingIntent::FindQuery(query)));
    let find = s.open_notebook().find().unwrap();
    assert_eq!(find.total(), 4);
    assert_eq!((find.hits_in(first).len(), find.hits_in(second).len()), (3, 1));
    s.go(Intent::Reading(ReadingIntent::FindGo(0)));
    assert_eq!((s.article(), s.open_notebook().find().unwrap().position()), (first, Some(0)));
    s.run(Command::FindPrevious);
    assert_eq!((s.article(), s.open_notebook().find().unwrap().position()), (second, Some(3)));

    s.go(Intent::Tagging(TaggingIntent::TagResults));
    let Tool::Rest(rest) = s.open_notebook().tool() else { panic!("not open") };
    assert_eq!(rest.count(), 3, "one is tagged already");
    s.go(Intent::Tagging(TaggingIntent::RestApply));
    let picker = s.open_notebook().picker().expect("whom do they mean?");
    assert!(matches!(&picker.purpose, Purpose::TagAll(places) if places.len() == 3));
    s.go(Intent::Tagging(TaggingIntent::PickerText("Kervel".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    let kervel = s.open_notebook().notebook().mention(tagged).unwrap().entity;
    assert_eq!(s.open_notebook().notebook().mention_count_of(kervel), 4);
    s.go(Intent::Tagging(TaggingIntent::TagResults));
    assert!(s.told().1.contains("already"), "{:?}", s.told());
    assert_eq!(s.undo(), "Undo: Tag 3 mentions as “Anne Kervel”");
    s.run(Command::Undo);
    assert_eq!(s.open_notebook().notebook().mention_count_of(kervel), 1);

    // The same for selected words, as someone new.
    s.go(Intent::Reading(ReadingIntent::ShowArticle(first)));
    s.go(Intent::Select(Selection::none()));
    s.select("Kervel", 1);
    s.run(Command::TagAll);
    s.go(Intent::Tagging(TaggingIntent::RestApply));
    s.go(Intent::Tagging(TaggingIntent::PickerText("Paul Kervel".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerHighlight(0)));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    let new = s.open_notebook().selection().only_entity().unwrap();
    assert_eq!(
        (s.name(new), s.open_notebook().notebook().mention_count_of(new)),
        ("Paul Kervel", 4)
    );
    assert_eq!(s.undo(), "Undo: Tag 4 mentions as “Paul Kervel”");
}

#[test]
fn find_follows_the_article_in_front_without_moving_the_view() {
    let mut s = Script::open();
    let first = s.article();
    let (_, kervel) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let second = s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::Reading(ReadingIntent::FindQuery(FindQuery {
        pattern: "Kervel".to_owned(),
        ..FindQuery::default()
    })));
    assert_eq!(s.open_notebook().find().unwrap().total(), 1);
    s.go(Intent::Reading(ReadingIntent::GoToMention(kervel)));
    let find = s.open_notebook().find().unwrap();
    assert_eq!((find.hits[0].article, find.total()), (first, 3));
    assert_eq!(
        s.open_notebook().last_goto().unwrap().range,
        s.find("Anne Kervel", 0),
        "the mention, not a hit"
    );
    s.run(Command::NextArticle);
    assert_eq!(s.article(), second);
    assert_eq!(s.open_notebook().find().unwrap().total(), 1);
    s.run(Command::RemoveArticle);
    assert_eq!(s.article(), first);
    assert!(s.open_notebook().find().is_none_or(|find| find.hits[0].article == first));
}

#[test]
fn the_palette_finds_words_in_articles_the_best_places_first() {
    let mut s = Script::open();
    let first = s.article();
    let second = s.open_file("other.txt", OTHER.as_bytes());
    s.run(Command::Palette);
    assert!(s.program.asked::<Palette>().is_some());
    let look = |s: &mut Script, words: &str| -> Vec<(ArticleId, String)> {
        s.go(Intent::Reading(ReadingIntent::LookForWords(words.to_owned())));
        let book = s.open_notebook();
        let words = |place: &WordPlace| {
            let text = &book.notebook().article(place.article).unwrap().text;
            text.get(place.range.clone()).unwrap().to_owned()
        };
        book.word_places().map(|place| (place.article, words(place))).collect()
    };
    let place = |article, words: &str| (article, words.to_owned());
    // The article in front first, accents and capitals as typed or not.
    let kervel = place(first, "Kervel");
    assert_eq!(
        look(&mut s, " kervel "),
        [place(second, "Kervel"), kervel.clone(), kervel.clone(), kervel]
    );
    assert_eq!(s.open_notebook().word_places_together("kervel"), Some(4));
    assert_eq!(look(&mut s, "desaccord"), [place(first, "désaccord")]);
    // A whole word before a part of one, wherever they are.
    assert_eq!(look(&mut s, "port")[..2], [place(second, "Port"), place(first, "Port")]);
    assert_eq!(look(&mut s, "sour")[..2], [place(second, "Sour"), place(first, "sour")]);
    // Words that stand apart, in one paragraph.
    assert_eq!(look(&mut s, "ormelot guetteur"), [place(first, "Guetteur")]);
    assert_eq!(s.open_notebook().word_places_together("ormelot guetteur"), Some(0));
    assert_eq!(look(&mut s, "ormelot spokesperson"), []);
    // No more than a few; and nothing of too few letters.
    let long = s.open_file("long.txt", "Kervel, encore.\n".repeat(200_000).as_bytes());
    let found = look(&mut s, "kervel");
    assert!(found.len() < 10 && found.iter().all(|place| place.0 == long), "{found:?}");
    assert_eq!(look(&mut s, "ke"), []);
    assert_eq!(look(&mut s, &"k".repeat(10_000)), [], "too long to be looked for");
    // The article and its places go; the page closes and nothing is looked for.
    look(&mut s, "kervel");
    s.go(Intent::Session(SessionIntent::Edit(Edit::RemoveArticle { article: Ref::Id(long) })));
    assert_eq!(s.open_notebook().word_places().count(), 0);
    s.run(Command::Palette);
    look(&mut s, "kervel");
    s.go(Intent::Answer(Answer::Cancel));
    assert_eq!(s.open_notebook().word_places().count(), 0);
}
