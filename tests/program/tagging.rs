//! Tagging: the picker, aliases, unnamed sources, the rest of the places, changing a mention.

use casebook::app::{
    Caret, Command, Intent, LinkDraft, Purpose, ReadingIntent, Selection, SessionIntent,
    TaggingIntent, Tool,
};
use casebook::edit::{Edit, EntityFields, Ref};
use casebook::inquiry::Meaning;
use casebook::notebook::{ActorKind, Detail, Kind};

use crate::script::{OTHER, Script};

#[test]
fn an_article_is_opened_and_three_kinds_are_tagged() {
    let mut s = Script::open();
    let article = s.open_notebook().notebook().article(s.article()).unwrap();
    assert_eq!(article.about.title, "Bras de fer à Port-Léonie");
    assert_eq!(article.origin.file_name, "article.txt");
    assert!(s.open_notebook().is_modified());

    let (kervel, mention) = s.tag(Kind::Actor, "Anne Kervel", 0);
    assert_eq!((s.name(kervel), s.words(mention)), ("Anne Kervel", "Anne Kervel"));
    assert!(
        s.open_notebook().caret(s.article()).is_empty(),
        "the next key must not tag these words again"
    );

    let (met, _) = s.tag(Kind::Event, "rencontré", 0);
    assert_eq!(s.name(met), "rencontré");

    // A claim's span stays the quote; its proposition is written.
    s.select("Rien n’a changé", 0);
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Claim)));
    assert_eq!(s.open_notebook().picker().unwrap().text, "Rien n’a changé");
    s.go(Intent::Tagging(TaggingIntent::PickerText("Nothing has changed at the port.".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    let claim = s.open_notebook().selection().only_entity().unwrap();
    let mention = s.open_notebook().selection().mention.unwrap();
    assert_eq!(s.name(claim), "Nothing has changed at the port.");
    assert_eq!(s.words(mention), "Rien n’a changé");
    let statement = &s.open_notebook().notebook().mention(mention).unwrap().statement;
    assert!(statement.as_ref().is_some_and(|statement| statement.chain.is_empty()));

    assert_eq!(Kind::ALL.map(|kind| s.open_notebook().count(kind)), [1, 1, 1]);
    let places: Vec<_> =
        s.open_notebook().notebook().nodes().values().map(|n| (n.x, n.y)).collect();
    assert_eq!(places.len(), 3, "each stands on the canvas");
    assert!(places[0] != places[1] && places[1] != places[2] && places[0] != places[2]);
    assert!(s.is_sound());
}

#[test]
fn nothing_is_tagged_without_words_and_the_user_is_told_why() {
    let mut s = Script::open();
    for command in [Command::TagActor, Command::TagClaim, Command::Link, Command::Untag] {
        s.run(command);
        assert!(matches!(s.open_notebook().tool(), Tool::None));
        assert!(s.told().1.contains("Select"), "{command:?}: {}", s.told().1);
    }
    // White space alone is no words.
    let end = s.find("\n\nAnne", 0);
    s.go(Intent::Reading(ReadingIntent::SetCaret(
        s.article(),
        Caret::over(end.start..end.start + 2),
    )));
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Actor)));
    assert!(s.open_notebook().picker().is_none());
    s.go(Intent::Tagging(TaggingIntent::TagRecent(1)));
    assert_eq!(s.open_notebook().notebook().mentions().len(), 0);
}

#[test]
fn an_alias_is_remembered_only_on_request() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    // The only person with that name is meant.
    let (again, _) = s.tag(Kind::Actor, "Kervel", 1);
    assert_eq!(again, kervel);
    assert!(s.open_notebook().notebook().entity(kervel).unwrap().aliases.is_empty());

    s.select("Kervel", 2);
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Actor)));
    s.go(Intent::Tagging(TaggingIntent::PickerRemember(true)));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    assert_eq!(s.open_notebook().notebook().entity(kervel).unwrap().aliases, ["Kervel"]);
    s.run(Command::Undo);
    assert!(s.open_notebook().notebook().entity(kervel).unwrap().aliases.is_empty());
    assert_eq!(s.open_notebook().notebook().mention_count_of(kervel), 2);
}

#[test]
fn the_picker_finds_what_is_typed_and_another_kind_is_one_key_away() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    s.select("Ormelot", 1);
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Actor)));
    s.go(Intent::Tagging(TaggingIntent::PickerText("anne".to_owned())));
    let row = |s: &Script| {
        let choices = &s.open_notebook().picker().unwrap().choices;
        choices.rows[choices.highlighted].meaning.clone()
    };
    assert_eq!(row(&s), Meaning::Existing(kervel));
    s.go(Intent::Tagging(TaggingIntent::PickerMove(-1)));
    assert_eq!(row(&s), Meaning::New("anne".to_owned()));
    s.go(Intent::Tagging(TaggingIntent::PickerMove(-1)));
    assert_eq!(row(&s), Meaning::Existing(kervel), "the highlight goes round");
    s.go(Intent::Tagging(TaggingIntent::PickerKind(Kind::Event)));
    assert_eq!(row(&s), Meaning::New("anne".to_owned()));
    s.go(Intent::Tagging(TaggingIntent::PickerText("  ".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    assert!(s.told().1.contains("name"), "{:?}", s.told());
    assert!(s.open_notebook().picker().is_some(), "nothing typed is lost");
    s.go(Intent::Cancel);
    assert!(s.open_notebook().picker().is_none());
    assert!(s.open_notebook().selected_words().is_some(), "the words stay selected");
    assert_eq!(s.open_notebook().notebook().mentions().len(), 1);
}

#[test]
fn an_unnamed_source_is_someone_new_each_time_and_named_with_its_outlet() {
    let mut s = Script::open();
    let (outlet, _) = s.tag(Kind::Actor, "Le Guetteur", 0);
    let media = EntityFields { actor_kind: Some(ActorKind::Media), ..EntityFields::default() };
    s.set(outlet, media.clone());
    s.edit(Edit::Describe {
        article: None,
        with: casebook::edit::AboutFields {
            publisher: Some(Ref::Id(outlet)),
            ..Default::default()
        },
    });
    let (first, _) = s.tag(Kind::Actor, "sources internes", 0);
    assert_eq!(s.name(first), "sources internes (Le Guetteur)");
    assert!(s.open_notebook().notebook().entity(first).unwrap().is_anonymous());

    s.open_file("other.txt", OTHER.as_bytes());
    let (lookout, _) = s.tag(Kind::Actor, "The Lookout", 0);
    s.set(lookout, media);
    let (second, _) = s.tag(Kind::Actor, "Sources", 0);
    assert_eq!(s.name(second), "Sources (The Lookout)");
    assert_ne!(first, second);

    // Whoever knows who it is may say so: then it is no unnamed source.
    s.select("A spokesperson", 0);
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Actor)));
    s.go(Intent::Tagging(TaggingIntent::PickerText("Ines Marchetti".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    let named = s.open_notebook().selection().only_entity().unwrap();
    assert_eq!(s.name(named), "Ines Marchetti");
    assert!(!s.open_notebook().notebook().entity(named).unwrap().is_anonymous());
}

#[test]
fn the_rest_of_the_places_is_tagged_in_one_step() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let aliases = EntityFields { aliases: Some(vec!["Kervel".to_owned()]), ..Default::default() };
    s.set(kervel, aliases);
    s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::TagTheRest);
    let Tool::Rest(rest) = s.open_notebook().tool() else { panic!("not open") };
    assert_eq!(rest.places.len(), 3, "in both articles, and never inside “Anne Kervel”");
    assert_eq!(rest.count(), 3);
    s.go(Intent::Tagging(TaggingIntent::RestToggle(0)));
    s.go(Intent::Tagging(TaggingIntent::RestApply));
    assert_eq!(s.open_notebook().notebook().mention_count_of(kervel), 3);
    assert_eq!(s.undo(), "Undo: Tag 2 more mentions as “Anne Kervel”");
    s.run(Command::TagTheRest);
    let Tool::Rest(rest) = s.open_notebook().tool() else { panic!("not open") };
    assert_eq!(rest.places.len(), 1);
    s.go(Intent::Tagging(TaggingIntent::RestAll(false)));
    s.go(Intent::Tagging(TaggingIntent::RestApply));
    assert!(s.told().1.contains("Select"), "{:?}", s.told());
    s.go(Intent::Tagging(TaggingIntent::RestAll(true)));
    s.go(Intent::Tagging(TaggingIntent::RestApply));
    assert_eq!(s.open_notebook().notebook().mention_count_of(kervel), 4);
    s.run(Command::TagTheRest);
    assert!(s.told().1.contains("No other mentions"), "{:?}", s.told());
    s.run(Command::Undo);
    s.run(Command::Undo);
    assert_eq!(s.open_notebook().notebook().mention_count_of(kervel), 1);
}

#[test]
fn the_entities_used_lately_are_tagged_by_number() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    assert_eq!(s.open_notebook().recent(), [ormelot, kervel]);
    s.select("Kervel", 1);
    s.go(Intent::Tagging(TaggingIntent::TagRecent(2)));
    assert_eq!(s.open_notebook().recent(), [kervel, ormelot]);
    assert_eq!(s.words(s.open_notebook().selection().mention.unwrap()), "Kervel");
    assert_eq!(s.open_notebook().notebook().mention_count_of(kervel), 2);
    s.select("Kervel", 2);
    s.go(Intent::Tagging(TaggingIntent::TagRecent(7)));
    assert_eq!(s.open_notebook().notebook().mentions().len(), 3, "no such number");
    s.edit(Edit::DeleteEntity { entity: Ref::Id(kervel) });
    assert_eq!(s.open_notebook().recent(), [ormelot], "what is gone has no number");
}

#[test]
fn a_mentions_ends_are_moved_and_the_mention_stays_itself() {
    let mut s = Script::open();
    let (_, mention) = s.tag(Kind::Actor, "Kervel", 0);
    s.run(Command::Boundaries);
    let Tool::Boundary { range, .. } = s.open_notebook().tool() else { panic!("not open") };
    assert_eq!(*range, s.find("Kervel", 0));
    s.go(Intent::Tagging(TaggingIntent::Boundary(s.find("Anne Kervel", 0))));
    s.go(Intent::Tagging(TaggingIntent::BoundaryAccept));
    assert_eq!(s.words(mention), "Anne Kervel");
    assert!(matches!(s.open_notebook().tool(), Tool::None));
    s.run(Command::Boundaries);
    let steps = s.open_notebook().history().len();
    s.go(Intent::Tagging(TaggingIntent::BoundaryAccept));
    assert!(matches!(s.open_notebook().tool(), Tool::None));
    assert_eq!(s.open_notebook().history().len(), steps, "nothing moved, no step");
    s.run(Command::Boundaries);
    s.go(Intent::Tagging(TaggingIntent::Boundary(5..5)));
    s.go(Intent::Tagging(TaggingIntent::BoundaryAccept));
    assert!(matches!(s.open_notebook().tool(), Tool::Boundary { .. }), "refused, and still at it");
    s.go(Intent::Cancel);
    assert_eq!(s.words(mention), "Anne Kervel");
}

#[test]
fn a_mention_is_retagged_split_off_and_merged_back() {
    let mut s = Script::open();
    let (kervel, first) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let (_, second) = s.tag(Kind::Actor, "Kervel", 1);
    s.link(LinkDraft::between(kervel, ormelot, None));

    // Tagged as somebody else, with no other words than before.
    s.go(Intent::Select(Selection::mention(second, s.open_notebook().notebook())));
    s.run(Command::Retag);
    assert_eq!(s.open_notebook().picker().unwrap().purpose, Purpose::Retag(second));
    s.go(Intent::Tagging(TaggingIntent::PickerText("Ormelot".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    assert_eq!(s.open_notebook().notebook().mention(second).unwrap().entity, ormelot);
    assert_eq!(s.open_notebook().selection().only_entity(), Some(ormelot));
    s.run(Command::Undo);
    assert_eq!(s.open_notebook().notebook().mention(second).unwrap().entity, kervel);
    assert_eq!(
        s.open_notebook().selection().only_entity(),
        Some(kervel),
        "the selected entity is the selected mention's"
    );

    s.run(Command::SplitMention);
    s.go(Intent::Tagging(TaggingIntent::PickerText("Marie Kervel".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    let marie = s.open_notebook().notebook().mention(second).unwrap().entity;
    assert_eq!(s.name(marie), "Marie Kervel");
    assert_eq!(s.open_notebook().notebook().mention_count_of(kervel), 1);
    assert_eq!(s.open_notebook().notebook().links_of(marie).count(), 0);

    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::Merge);
    let picker = s.open_notebook().picker().unwrap();
    assert!(picker.choices.rows.iter().all(|row| !matches!(row.meaning, Meaning::New(_))));
    assert!(picker.choices.rows.iter().all(|row| row.meaning != Meaning::Existing(kervel)));
    s.go(Intent::Tagging(TaggingIntent::PickerText("Marie".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerRemember(true)));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    assert_eq!(s.undo(), "Undo: Merge “Anne Kervel” into “Marie Kervel”");
    assert_eq!(s.open_notebook().selection().only_entity(), Some(marie));
    assert_eq!(s.open_notebook().notebook().entity(marie).unwrap().aliases, ["Anne Kervel"]);
    assert_eq!(s.open_notebook().notebook().mentions_of(marie).count(), 2);
    assert_eq!(s.open_notebook().notebook().mention(first).unwrap().entity, marie);
    assert_eq!(s.open_notebook().notebook().links_of(marie).count(), 1);
    assert!(s.is_sound());
    s.run(Command::Undo);
    assert_eq!(s.open_notebook().notebook().mention(first).unwrap().entity, kervel);
    assert!(s.is_sound());
}

#[test]
fn selected_words_are_whole_characters() {
    let mut s = Script::new();
    s.go(Intent::Session(SessionIntent::AddText("Title\n\nun \u{301}accent".to_owned())));
    // The space and the accent on it are one character: leaving out the white space must not cut it.
    let space = s.find(" \u{301}", 0);
    let end = s.find("accent", 0).end;
    s.go(Intent::Reading(ReadingIntent::SetCaret(s.article(), Caret::over(space.start..end))));
    let (_, words) = s.open_notebook().selected_words().unwrap();
    assert_eq!(words, space.start..end);
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Actor)));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    assert_eq!(s.open_notebook().notebook().mentions().len(), 1);
}

#[test]
fn suggestions_are_walked_taken_and_dismissed() {
    let mut s = Script::open();
    let article = s.article();
    let about = casebook::edit::AboutFields {
        language: Some("fr".to_owned()),
        date: Some("2031-03-12".to_owned()),
        ..Default::default()
    };
    s.go(Intent::Session(SessionIntent::Edit(Edit::Describe {
        article: Some(Ref::Id(article)),
        with: about,
    })));
    let words = |s: &Script| {
        let (article, range) = s.open_notebook().selected_words().unwrap();
        s.open_notebook().notebook().article(article).unwrap().text.get(range).unwrap().to_owned()
    };
    s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::at(0))));
    let mut walked = Vec::new();
    for _ in 0..6 {
        s.run(Command::NextSuggestion);
        walked.push(words(&s));
    }
    assert_eq!(
        walked,
        ["Port-Léonie", "Anne Kervel", "Paul Ormelot", "vendredi", "selon", "Le Guetteur"]
    );
    s.run(Command::PreviousSuggestion);
    assert_eq!(words(&s), "selon");

    // Of an attribution, an actor is who is named by it.
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Actor)));
    assert_eq!(s.open_notebook().picker().unwrap().words, "Le Guetteur");
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    let guetteur = s.open_notebook().selection().only_entity().unwrap();
    // … and a claim is the sentence, said by them.
    let at = s.find("selon", 0);
    s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(at.clone()))));
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Claim)));
    assert!(s.open_notebook().picker().unwrap().words.starts_with("Anne Kervel a rencontré"));
    s.go(Intent::Tagging(TaggingIntent::PickerText("They met.".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    let said = s.open_notebook().selected_statement().unwrap();
    let statement = s.open_notebook().notebook().mention(said).unwrap().statement.clone().unwrap();
    assert_eq!((statement.chain[0].actor, statement.chain[0].cue.as_str()), (guetteur, "selon"));
    assert!(
        !s.open_notebook()
            .suggestions(article)
            .all
            .iter()
            .any(|one| one.range == at && s.open_notebook().is_open(article, one)),
        "what is tagged is no longer suggested"
    );

    // A date gives its event the day, told by the article's: a Wednesday.
    s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(s.find("vendredi", 0)))));
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Event)));
    s.go(Intent::Tagging(TaggingIntent::PickerText("They meet".to_owned())));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    let met = s.open_notebook().selection().only_entity().unwrap();
    let entity = s.open_notebook().notebook().entity(met).unwrap().clone();
    let Detail::Event(event) = &entity.detail else { panic!("an event") };
    assert_eq!(
        (event.date.edtf.as_str(), event.date.written.as_str()),
        ("2031-03-07~", "vendredi")
    );

    // Dismissed for good, and brought back by undo.
    s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(s.find("Paul Ormelot", 0)))));
    s.run(Command::DismissSuggestion);
    assert_ne!(words(&s), "Paul Ormelot", "the next one is selected");
    s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(s.find("Anne Kervel", 0)))));
    s.run(Command::NextSuggestion);
    assert_ne!(words(&s), "Paul Ormelot");
    assert_eq!(s.undo(), "Undo: Dismiss “Paul Ormelot”");
    s.run(Command::Undo);
    s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(s.find("Anne Kervel", 0)))));
    s.run(Command::NextSuggestion);
    assert_eq!(words(&s), "Paul Ormelot");
}
