//! What the picker proposes beside the entity: who says a claim and how surely, the date of an event, the sort of an
//! actor, the other places of the words. The sample articles, worked as a person does, with every action counted.

use casebook::app::{
    Caret, Command, Intent, PickerPart, ReadingIntent, SessionIntent, TaggingIntent, Tool,
};
use casebook::edit::{AboutFields, Edit};
use casebook::inquiry::Meaning;
use casebook::notebook::{ActorKind, Detail, EntityId, Form, Kind, MentionId, Modality, Polarity};

use crate::script::Script;

const SAMPLE: &str = include_str!("../../assets/articles/bras-de-fer-a-port-leonie.txt");

/// A person, and how often they did something.
struct Hand {
    s: Script,
    actions: usize,
}

impl Hand {
    fn open(text: &str, language: &str, date: &str) -> Self {
        let mut s = Script::new();
        s.open_file("article.txt", text.as_bytes());
        let with = AboutFields {
            language: Some(language.to_owned()),
            date: Some(date.to_owned()),
            ..AboutFields::default()
        };
        s.edit(Edit::Describe { article: None, with });
        Self { s, actions: 0 }
    }

    fn act(&mut self, intent: TaggingIntent) {
        self.actions += 1;
        self.s.go(Intent::Tagging(intent));
    }

    /// Selects words (one action: a drag) and presses a kind's letter.
    fn pick(&mut self, kind: Kind, words: &str) {
        self.actions += 1;
        let range = self.s.find(words, 0);
        let article = self.s.article();
        self.s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(range))));
        self.act(TaggingIntent::Tag(kind));
    }

    fn enter(&mut self) {
        self.act(TaggingIntent::PickerAccept);
    }

    /// The claim just made, and how many actions it took.
    fn made(&mut self) -> (MentionId, usize) {
        assert!(matches!(self.s.open_notebook().tool(), Tool::None), "the picker closed");
        (self.s.open_notebook().selection().mention.unwrap(), std::mem::take(&mut self.actions))
    }

    fn chain(&self, said: MentionId) -> Vec<&str> {
        let notebook = self.s.open_notebook().notebook();
        notebook.mention(said).unwrap().speakers().map(|actor| notebook.name(actor)).collect()
    }

    fn kind_of(&self, name: &str) -> ActorKind {
        let id = crate::program::entity(self.s.open_notebook().notebook(), name);
        let entity = self.s.open_notebook().notebook().entity(id).unwrap();
        let Detail::Actor(actor) = &entity.detail else { panic!("an actor") };
        actor.kind
    }

    fn undo_takes_it_all_back(&mut self) {
        let before = self.s.open_notebook().history().len();
        let counts = |hand: &Self| {
            let notebook = hand.s.open_notebook().notebook();
            (notebook.entities().len(), notebook.mentions().len())
        };
        let now = counts(self);
        self.s.run(Command::Undo);
        assert_ne!(counts(self), now);
        self.s.run(Command::Redo);
        assert_eq!(counts(self), now);
        assert_eq!(self.s.open_notebook().history().len(), before);
    }
}

#[test]
fn a_claim_of_two_hops_takes_three_actions_where_the_rules_read_it() {
    let mut hand = Hand::open(SAMPLE, "fr", "2031-03-12");
    let claims = [
        (
            "Varquier aurait caché aux administrateurs des fissures relevées sur les amarres de la barge Ligeia",
            vec!["Le varech", "sources internes (Le varech)"],
        ),
        (
            "trois câbles auraient lâché en un mois",
            vec!["Demi-brasse", "personne ayant vu l’audit (Demi-brasse)"],
        ),
        (
            "Varquier aurait refusé de vendre le réseau de câbles sous-marins à Thornquay Capital",
            vec!["Guetteur des Ormades", "deux proches du conseil (Guetteur des Ormades)"],
        ),
        ("une action en justice serait à l’étude", vec!["Demi-brasse", "salariés (Demi-brasse)"]),
        (
            "La présidence pourrait changer de mains avant l’assemblée du 28 mars",
            vec!["Demi-brasse", "plusieurs personnes (Demi-brasse)"],
        ),
    ];
    for (words, speakers) in claims {
        hand.pick(Kind::Claim, words);
        hand.enter();
        let (said, actions) = hand.made();
        assert_eq!(hand.chain(said), speakers, "{words}");
        let notebook = hand.s.open_notebook().notebook();
        let statement = notebook.mention(said).unwrap().statement.clone().unwrap();
        assert_eq!(statement.modality, Modality::Possible, "{words}");
        println!("{actions} actions: {} ← {}", words, speakers.join(" ← "));
        assert!(actions <= 6, "{actions} actions");
        hand.undo_takes_it_all_back();
    }
    // Nobody is made twice, and each new speaker is tagged where it is named.
    let notebook = hand.s.open_notebook().notebook();
    let brasse = notebook.entities().values().filter(|entity| entity.name == "Demi-brasse").count();
    assert_eq!(brasse, 1);
    assert!(notebook.entities().iter().all(|(id, _)| notebook.mention_count_of(*id) > 0));
    assert_eq!(hand.kind_of("Le varech"), ActorKind::Media);
    assert_eq!(
        hand.kind_of("deux proches du conseil (Guetteur des Ormades)"),
        ActorKind::Anonymous
    );
}

#[test]
fn a_claim_of_two_hops_takes_at_most_ten_actions_where_the_rules_do_not_read_it() {
    let mut hand = Hand::open(SAMPLE, "fr", "2031-03-12");
    // “a-t-elle déclaré”: who she is, is not read.
    hand.pick(
        Kind::Claim,
        "Les relevés étaient sur leur table le 3 février, je les ai portés moi-même",
    );
    hand.act(TaggingIntent::PickerChooseSpeaker);
    hand.act(TaggingIntent::PickerText("Varquier".to_owned()));
    hand.enter();
    hand.enter();
    let (said, actions) = hand.made();
    assert_eq!(hand.chain(said), ["Guetteur des Ormades", "Varquier"]);
    println!("{actions} actions: one speaker missing");
    assert!(actions <= 10);

    // The worst: what is read is wrong, and both speakers are chosen by hand.
    hand.pick(Kind::Claim, "Varquier aurait caché aux administrateurs");
    hand.act(TaggingIntent::PickerPart(PickerPart::Speaker(0)));
    hand.act(TaggingIntent::PickerPart(PickerPart::Speaker(1)));
    hand.act(TaggingIntent::PickerChooseSpeaker);
    hand.act(TaggingIntent::PickerText("Le Carnet du large".to_owned()));
    // Alt+Enter: this one, and one more.
    hand.enter();
    hand.s.go(Intent::Tagging(TaggingIntent::PickerChooseSpeaker));
    hand.act(TaggingIntent::PickerText("un témoin".to_owned()));
    hand.enter();
    hand.enter();
    let (said, actions) = hand.made();
    assert_eq!(hand.chain(said), ["Le Carnet du large", "un témoin"]);
    println!("{actions} actions: both speakers typed");
    assert!(actions <= 10);

    // Dropping one and choosing one that is near needs no typing.
    hand.pick(Kind::Claim, "trois câbles auraient lâché en un mois");
    hand.act(TaggingIntent::PickerPart(PickerPart::Speaker(1)));
    hand.act(TaggingIntent::PickerChooseSpeaker);
    hand.enter();
    hand.enter();
    let (said, actions) = hand.made();
    assert_eq!(hand.chain(said).len(), 2);
    println!("{actions} actions: one dropped, the nearest chosen");
    assert!(actions <= 10);
}

#[test]
fn each_part_of_a_claim_can_be_dropped_or_changed() {
    let mut hand = Hand::open(SAMPLE, "fr", "2031-03-12");
    hand.pick(Kind::Claim, "trois câbles auraient lâché en un mois");
    for part in [
        PickerPart::Speaker(1),
        PickerPart::Speaker(7),
        PickerPart::Certainty,
        PickerPart::Stance,
        PickerPart::Form,
    ] {
        hand.act(TaggingIntent::PickerPart(part));
    }
    hand.enter();
    let (said, _) = hand.made();
    assert_eq!(hand.chain(said), ["Demi-brasse"]);
    let notebook = hand.s.open_notebook().notebook();
    let statement = notebook.mention(said).unwrap().statement.clone().unwrap();
    assert_eq!(statement.modality, Modality::Unknown);
    assert_eq!((statement.polarity, statement.form), (Polarity::Denies, Form::Mixed));
    assert!(!notebook.entities().values().any(|entity| entity.name.starts_with("personne")));
}

#[test]
fn choosing_a_speaker_offers_the_nearest_and_all_and_goes_back_with_escape() {
    let mut hand = Hand::open(SAMPLE, "fr", "2031-03-12");
    let (ormelot, _) = hand.s.tag(Kind::Actor, "Bastien Ormelot", 0);
    hand.pick(
        Kind::Claim,
        "Cet audit, commandé en janvier au cabinet Estève-Rault, n’a pas été rendu public",
    );
    hand.act(TaggingIntent::PickerText("The audit is not public.".to_owned()));
    hand.act(TaggingIntent::PickerChooseSpeaker);
    let picker = hand.s.open_notebook().picker().unwrap();
    assert!(picker.is_choosing_speaker() && picker.text.is_empty());
    let who: Vec<Meaning> = picker.choices.rows.iter().map(|row| row.meaning.clone()).collect();
    assert_eq!(who[0], Meaning::New("Estève-Rault".to_owned()), "named in the sentence");
    assert!(who.contains(&Meaning::Existing(ormelot)));
    hand.act(TaggingIntent::PickerText("ormel".to_owned()));
    let picker = hand.s.open_notebook().picker().unwrap();
    let row = &picker.choices.rows[picker.choices.highlighted];
    assert_eq!(row.meaning, Meaning::Existing(ormelot));
    hand.s.go(Intent::Cancel);
    let picker = hand.s.open_notebook().picker().unwrap();
    assert_eq!(picker.text, "The audit is not public.");
    hand.act(TaggingIntent::PickerChooseSpeaker);
    // Another kind ends the choosing too.
    hand.act(TaggingIntent::PickerKind(Kind::Event));
    assert_eq!(hand.s.open_notebook().picker().unwrap().text, "The audit is not public.");
    hand.act(TaggingIntent::PickerKind(Kind::Claim));
    hand.enter();
    let (said, _) = hand.made();
    assert_eq!(hand.chain(said), Vec::<&str>::new(), "the article speaks for itself");
}

fn event(hand: &Hand, id: EntityId) -> (String, String) {
    let entity = hand.s.open_notebook().notebook().entity(id).unwrap();
    let Detail::Event(event) = &entity.detail else { panic!("an event") };
    (event.date.written.clone(), event.date.edtf.clone())
}

#[test]
fn an_event_has_its_date_from_the_sentence_or_as_it_is_typed() {
    let mut hand = Hand::open(SAMPLE, "fr", "2031-03-12");
    let taken = |hand: &mut Hand| {
        hand.enter();
        hand.s.open_notebook().selection().only_entity().unwrap()
    };
    let strs = |pair: &(String, String)| format!("{} = {}", pair.0, pair.1);
    hand.pick(Kind::Event, "a confié l’intérim");
    let id = taken(&mut hand);
    assert_eq!(strs(&event(&hand, id)), "Vendredi = 2031-03-07~");
    hand.pick(Kind::Event, "s’est séparé de sa directrice générale");
    let id = taken(&mut hand);
    assert_eq!(strs(&event(&hand, id)), "jeudi 6 mars = 2031-03-06");
    hand.pick(Kind::Event, "La réponse n’a pas tardé");
    hand.act(TaggingIntent::PickerDate("17 nov 2023".to_owned()));
    assert_eq!(
        hand.s.open_notebook().picker().unwrap().date.as_ref().unwrap().read.as_deref(),
        Some("2023-11-17")
    );
    let id = taken(&mut hand);
    assert_eq!(strs(&event(&hand, id)), "17 nov 2023 = 2023-11-17");
    hand.pick(Kind::Event, "a claqué la porte");
    hand.act(TaggingIntent::PickerDate("that evening".to_owned()));
    let id = taken(&mut hand);
    assert_eq!(strs(&event(&hand, id)), "that evening = ");
    hand.pick(Kind::Event, "dont une a cédé");
    hand.act(TaggingIntent::PickerDate(String::new()));
    let id = taken(&mut hand);
    assert_eq!(strs(&event(&hand, id)), " = ", "no date was wanted");
    assert!(hand.s.is_sound());
}

#[test]
fn a_new_actor_has_the_sort_that_its_words_show_or_none() {
    let mut hand = Hand::open(SAMPLE, "fr", "2031-03-12");
    for (words, kind) in [
        ("Le varech", Some(ActorKind::Media)),
        ("conseil d’administration", Some(ActorKind::Group)),
        ("Thornquay Capital", Some(ActorKind::Organisation)),
        ("sources internes", Some(ActorKind::Anonymous)),
        ("Malbrée", None),
    ] {
        hand.pick(Kind::Actor, words);
        let sort = hand.s.open_notebook().picker().unwrap().sort.unwrap();
        assert_eq!((sort.kind, sort.chosen), (kind, false), "{words}");
        hand.s.go(Intent::Cancel);
    }
    hand.pick(Kind::Actor, "Malbrée");
    hand.act(TaggingIntent::PickerPart(PickerPart::Sort(ActorKind::Organisation)));
    hand.enter();
    assert_eq!(hand.kind_of("Malbrée"), ActorKind::Organisation);
    // A name typed for an unnamed source is no longer one; the same sort again takes it back.
    hand.pick(Kind::Actor, "sources internes");
    hand.act(TaggingIntent::PickerText("Paul Orvel SA".to_owned()));
    let sort = |hand: &Hand| hand.s.open_notebook().picker().unwrap().sort.unwrap().kind;
    assert_eq!(sort(&hand), Some(ActorKind::Organisation));
    hand.act(TaggingIntent::PickerPart(PickerPart::Sort(ActorKind::Organisation)));
    assert_eq!(sort(&hand), None);
}

#[test]
fn the_other_places_of_the_words_are_tagged_with_one_key() {
    let mut hand = Hand::open(SAMPLE, "fr", "2031-03-12");
    hand.pick(Kind::Actor, "Demi-brasse");
    let others = hand.s.open_notebook().picker().unwrap().others.places.len();
    assert_eq!(others, SAMPLE.matches("Demi-brasse").count() - 1);
    hand.act(TaggingIntent::PickerPart(PickerPart::Others));
    hand.enter();
    let id = hand.s.open_notebook().selection().only_entity().unwrap();
    assert_eq!(hand.s.open_notebook().notebook().mention_count_of(id), others + 1);
    hand.undo_takes_it_all_back();
    hand.s.go(Intent::Session(SessionIntent::Edit(Edit::Title("T".to_owned()))));
    assert!(hand.s.is_sound());
    // A claim's words stand in one place.
    hand.pick(Kind::Claim, "Varquier");
    assert!(hand.s.open_notebook().picker().unwrap().others.places.is_empty());
}
