//! What is proposed when words are tagged: whom the speakers mean in a notebook, dates, sorts of actors, and that a
//! proposal is sound on any text.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::sync::Arc;

use casebook::edit::{Edit, EntityFields, Ref, Spot, StatementFields, apply};
use casebook::inquiry::{
    Lexicons, Meaning, Proposal, date_near, guess_kind, guess_kind_of_words, nearest_speakers,
    propose_statement, read_typed_date,
};
use casebook::notebook::{
    About, ActorKind, Article, ArticleId, EntityId, Form, Kind, Modality, Notebook, Origin,
    Polarity, Source, check_edtf,
};
use casebook::text::Text;
use proptest::prelude::*;

struct Desk {
    notebook: Notebook,
    article: ArticleId,
    text: String,
    lexicons: Lexicons,
}

impl Desk {
    fn new(language: &str, text: &str) -> Self {
        let mut notebook = Notebook::new("");
        let article = ArticleId::random();
        let about = About {
            title: "An article".to_owned(),
            language: language.to_owned(),
            date: "2023-11-19".to_owned(),
            ..About::default()
        };
        let record = Article {
            about,
            origin: Origin::default(),
            text: Text::new(text),
            earlier: Vec::new(),
        };
        apply(&mut notebook, &Edit::AddArticle(article, Arc::new(record))).unwrap();
        Self { notebook, article, text: text.to_owned(), lexicons: Lexicons::new(&[]).0 }
    }

    fn find(&self, words: &str) -> std::ops::Range<usize> {
        let at = self.text.find(words).unwrap_or_else(|| panic!("no “{words}”"));
        at..at + words.len()
    }

    fn actor(&mut self, name: &str, kind: ActorKind, aliases: &[&str]) -> EntityId {
        let with = EntityFields {
            actor_kind: Some(kind),
            aliases: Some(aliases.iter().map(|a| (*a).to_owned()).collect()),
            ..EntityFields::default()
        };
        let edit = Edit::AddEntity {
            kind: Kind::Actor,
            name: name.to_owned(),
            handle: String::new(),
            with: Box::new(with),
            at: None,
        };
        apply(&mut self.notebook, &edit).unwrap();
        let all = self.notebook.entities();
        *all.iter().find(|(_, entity)| entity.name == name).unwrap().0
    }

    fn tag(&mut self, words: &str, entity: EntityId) {
        let edit = Edit::Tag {
            article: None,
            at: Spot::Bytes(self.find(words)),
            entity: Ref::Id(entity),
            remember_alias: false,
            statement: StatementFields::default(),
            note: String::new(),
            handle: String::new(),
        };
        apply(&mut self.notebook, &edit).unwrap();
    }

    fn propose(&self, words: &str) -> Proposal {
        propose_statement(&self.notebook, self.article, self.find(words), &self.lexicons)
    }

    /// The speakers: a new one has a plus sign.
    fn chain(&self, words: &str) -> Vec<String> {
        let name = |who: Meaning| match who {
            Meaning::Existing(id) => self.notebook.name(id).to_owned(),
            Meaning::New(name) => format!("+{name}"),
        };
        self.propose(words).chain.into_iter().map(|speaker| name(speaker.who)).collect()
    }
}

const REPORT: &str = "Le rapport\n\nUn rapport de Le bord, qui cite des sources internes, affirme que Kervel \
    hésite. Selon Filaire, le fonds serait furieux. Il chercherait une issue.";

#[test]
fn a_claim_gets_its_chain_and_certainty() {
    let desk = Desk::new("fr", REPORT);
    let proposal = desk.propose("Kervel hésite");
    assert_eq!(desk.chain("Kervel hésite"), ["+Le bord", "+sources internes (Le bord)"]);
    assert_eq!(proposal.chain[0].cue, "rapport de");
    assert_eq!(proposal.chain[0].kind, Some(ActorKind::Media));
    assert_eq!(proposal.chain[1].kind, Some(ActorKind::Anonymous));
    assert_eq!(proposal.chain[1].source, Source::Reported);
    assert_eq!((proposal.modality, proposal.polarity), (Modality::Certain, Polarity::Affirms));
    assert_eq!(desk.propose("le fonds serait furieux").modality, Modality::Possible);
    assert_eq!(desk.chain("Il chercherait une issue"), ["+Filaire"], "hearsay goes on");
}

#[test]
fn speakers_are_found_by_mention_name_alias_and_handle() {
    let mut desk = Desk::new("fr", REPORT);
    let verge = desk.actor("The Verge", ActorKind::Media, &[]);
    desk.tag("Le bord", verge);
    desk.actor("Wired", ActorKind::Media, &["Filaire"]);
    assert_eq!(desk.chain("Kervel hésite"), ["The Verge", "+sources internes (The Verge)"]);
    assert_eq!(desk.chain("le fonds serait furieux"), ["Wired"]);
    let insiders = desk.actor("insiders", ActorKind::Anonymous, &[]);
    desk.tag("sources internes", insiders);
    assert_eq!(desk.chain("Kervel hésite"), ["The Verge", "insiders"]);

    let mut desk = Desk::new(
        "en",
        "Talks\n\nThe talks were real\n– Joss Pellorc (@j_pellorc) 11 March 2031\n\nMs Kervel says she left.",
    );
    desk.actor("Joss Pellorc", ActorKind::Person, &[]);
    desk.actor("Anne Kervel", ActorKind::Person, &[]);
    let post = desk.propose("The talks were real");
    assert_eq!(desk.chain("The talks were real"), ["Joss Pellorc"]);
    assert_eq!((post.form, post.chain[0].source), (Form::Direct, Source::Read));
    assert_eq!(desk.chain("she left"), ["Anne Kervel"], "the only bearer of the name");
}

#[test]
fn an_article_without_cues_speaks_for_itself() {
    let mut desk =
        Desk::new("en", "Rain\n\nIt rained on Monday. The Review reported that it may rain.");
    assert_eq!(desk.chain("It rained"), Vec::<String>::new());
    assert_eq!(desk.propose("It rained").modality, Modality::Certain);
    let review = desk.actor("The Review", ActorKind::Media, &[]);
    let publisher = casebook::edit::AboutFields {
        publisher: Some(Ref::Id(review)),
        ..casebook::edit::AboutFields::default()
    };
    apply(&mut desk.notebook, &Edit::Describe { article: None, with: publisher }).unwrap();
    assert_eq!(desk.chain("it may rain"), Vec::<String>::new(), "its own word");
    assert_eq!(desk.propose("it may rain").modality, Modality::Possible);
}

#[test]
fn denials_quotations_and_hedges_are_read() {
    let desk = Desk::new(
        "fr",
        "Port\n\nKervel dément avoir menti. « Rien n’a changé, selon plusieurs personnes », explique Bloomberg. Il \
         semble que le port ferme. Selon plusieurs rapports, la ville a payé.",
    );
    let denied = desk.propose("avoir menti");
    assert_eq!((denied.polarity, denied.form), (Polarity::Denies, Form::Indirect));
    assert_eq!(desk.chain("Rien n’a changé"), ["+Bloomberg", "+plusieurs personnes (Bloomberg)"]);
    assert_eq!(desk.propose("Rien n’a changé").form, Form::Direct);
    assert_eq!(desk.propose("le port ferme").modality, Modality::Probable);
    assert_eq!(desk.chain("la ville a payé"), ["+plusieurs rapports"]);

    let desk =
        Desk::new("en", "Port\n\nThe mayor is reportedly gone. The port would close, Orr said.");
    assert_eq!(desk.propose("gone").modality, Modality::Probable);
    assert_eq!(desk.chain("gone"), Vec::<String>::new());
    assert_eq!(desk.chain("The port would close"), ["+Orr"]);
}

#[test]
fn the_nearest_speakers_come_first_and_all_are_there() {
    let mut desk = Desk::new(
        "fr",
        "Port\n\nAnne Kervel est partie. Paul Ormelot se tait. Le port, dit Orr, attend.\n\nAilleurs, rien.",
    );
    let kervel = desk.actor("Anne Kervel", ActorKind::Person, &[]);
    desk.tag("Anne Kervel", kervel);
    let ormelot = desk.actor("Paul Ormelot", ActorKind::Person, &[]);
    desk.tag("Paul Ormelot", ormelot);
    for i in 0..60 {
        desk.actor(&format!("Nobody {i}"), ActorKind::Person, &[]);
    }
    let range = desk.find("Le port");
    let near = nearest_speakers(&desk.notebook, desk.article, &range, &desk.lexicons);
    assert_eq!(near[0], Meaning::New("Orr".to_owned()), "named in the sentence, not tagged yet");
    assert_eq!(near[1..3], [Meaning::Existing(ormelot), Meaning::Existing(kervel)]);
    assert_eq!(near.len(), 63, "all actors can be reached");
}

#[test]
fn dates_and_sorts_are_guessed_from_the_words() {
    let desk = Desk::new(
        "fr",
        "Port\n\nOpenAI a licencié vendredi son directeur. Le conseil d’administration se tait. Le port ouvre le 3 mai \
         2024. Selon Bloomberg, Houlonde SA et Mme Orvel négocient avec Tarvel.",
    );
    let near =
        |words: &str| date_near(&desk.notebook, desk.article, &desk.find(words), &desk.lexicons);
    let date = near("a licencié").unwrap();
    assert_eq!((date.written.as_str(), date.edtf.as_str()), ("vendredi", "2023-11-17~"));
    assert_eq!(near("Le port ouvre").unwrap().edtf, "2024-05-03");
    assert_eq!(near("se tait"), None);
    let typed = |words: &str| read_typed_date(words, "fr", "2023-11-19", &desk.lexicons);
    assert_eq!(typed("17 nov 2023").as_deref(), Some("2023-11-17"));
    assert_eq!(typed("vendredi").as_deref(), Some("2023-11-17~"));
    assert_eq!(typed("2023-11~").as_deref(), Some("2023-11~"));
    assert_eq!(typed("some day"), None);

    let kind =
        |words: &str| guess_kind(&desk.notebook, desk.article, desk.find(words), &desk.lexicons);
    assert_eq!(kind("Bloomberg"), Some(ActorKind::Media));
    assert_eq!(kind("conseil d’administration"), Some(ActorKind::Group));
    assert_eq!(kind("Houlonde SA"), Some(ActorKind::Organisation));
    assert_eq!(kind("Orvel"), Some(ActorKind::Person));
    assert_eq!(kind("Tarvel"), None, "nothing tells, and nothing is guessed");
    let of = |words: &str| guess_kind_of_words(words, "en", &desk.lexicons);
    assert_eq!(of("Kervel Corp"), Some(ActorKind::Organisation));
    assert_eq!(of("a spokesman"), Some(ActorKind::Anonymous));
}

/// Texts made of what the rules look at.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("selon"),
        Just("Selon"),
        Just("un rapport de"),
        Just("cités par"),
        Just("affirme que"),
        Just("qui"),
        Just("Le bord"),
        Just("Bloomberg"),
        Just("sources internes"),
        Just("deux personnes"),
        Just("aurait"),
        Just("a-t-elle"),
        Just("déclaré"),
        Just("porte-parole de"),
        Just("il semble"),
        Just("pourrait"),
        Just("elle"),
        Just("according to"),
        Just("said"),
        Just("citing"),
        Just("told"),
        Just("who"),
        Just("would"),
        Just("the board"),
        Just("two people"),
        Just("(@kervel)"),
        Just("@orr"),
        Just("vendredi"),
        Just("3 mai"),
        Just("é\u{301}"),
        Just("👩‍👧"),
        Just("العربية"),
        Just("n’"),
        Just("à"),
        Just("le quotidien"),
    ];
    let sign = prop_oneof![
        Just(" "),
        Just(", "),
        Just(". "),
        Just(" ; "),
        Just(" : "),
        Just("« "),
        Just(" »"),
        Just("“"),
        Just("”"),
        Just("\n"),
        Just("\n– "),
        Just("("),
        Just(")"),
        Just("…"),
        Just("\u{a0}"),
    ];
    prop::collection::vec((word, sign), 1..60)
        .prop_map(|parts| parts.into_iter().map(|(word, sign)| format!("{word}{sign}")).collect())
}

#[test]
fn the_words_of_a_speaker_do_not_begin_inside_of_an_emoji() {
    let words = "xaurait« selon 👩\u{200d}👧“Le bord“sources internes qui qui\n";
    let mut desk = Desk::new("fr", words);
    let text = desk.notebook.article(desk.article).unwrap().text.clone();
    let orr = desk.actor("Orr", ActorKind::Media, &[]);
    assert!(desk.notebook.entity(orr).is_some());
    let at = |share: f64| (share * text.len() as f64) as usize;
    for range in [at(0.037)..at(0.588), 0..text.len(), 0..16, 20..text.len()] {
        let proposal = propose_statement(&desk.notebook, desk.article, range, &desk.lexicons);
        for speaker in &proposal.chain {
            assert_eq!(text.snap(speaker.words.clone()), speaker.words.clone());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_proposal_is_sound_on_any_text(
        text in prop_oneof![any_text(), "\\PC{1,120}"],
        language in prop_oneof![Just("fr"), Just("en"), Just("xx")],
        a in 0.0..1.0_f64,
        b in 0.0..1.0_f64,
        tag in 0.0..1.0_f64,
        kind in prop_oneof![Just(ActorKind::Media), Just(ActorKind::Anonymous), Just(ActorKind::Person)],
    ) {
        let text = format!("x{text}");
        let mut desk = Desk::new(language, &text);
        let text = desk.notebook.article(desk.article).unwrap().text.clone();
        let at = |share: f64| (share * text.len() as f64) as usize;
        // Any place may be tagged.
        let place = text.snap(at(tag)..at(tag) + 9);
        let actor = desk.actor("Orr", kind, &[]);
        let edit = Edit::Tag {
            article: None,
            at: Spot::Bytes(place),
            entity: Ref::Id(actor),
            remember_alias: false,
            statement: StatementFields::default(),
            note: String::new(),
            handle: String::new(),
        };
        let _ = apply(&mut desk.notebook, &edit);
        let range = at(a.min(b))..at(a.max(b));
        let proposal = propose_statement(&desk.notebook, desk.article, range.clone(), &desk.lexicons);
        let mut seen = Vec::new();
        for speaker in &proposal.chain {
            let words = text.get(speaker.words.clone());
            prop_assert!(words.is_some_and(|words| !words.trim().is_empty()), "{speaker:?}");
            prop_assert_eq!(text.snap(speaker.words.clone()), speaker.words.clone());
            prop_assert!(!seen.contains(&speaker.who), "twice: {speaker:?}");
            if let Meaning::New(name) = &speaker.who {
                prop_assert!(!name.trim().is_empty());
            }
            seen.push(speaker.who.clone());
        }
        let range = text.snap(range);
        let near = nearest_speakers(&desk.notebook, desk.article, &range, &desk.lexicons);
        prop_assert!(near.contains(&Meaning::Existing(actor)));
        if let Some(date) = date_near(&desk.notebook, desk.article, &range, &desk.lexicons) {
            prop_assert!(check_edtf(&date.edtf).is_ok() && !date.written.is_empty());
        }
        let _ = guess_kind(&desk.notebook, desk.article, range, &desk.lexicons);
    }
}
