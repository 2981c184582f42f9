//! The picker's parts in the real window, without a screen: each has a name and a key, a click does what the key does,
//! and nothing moves under the pointer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "common/session.rs"]
mod session;

use casebook::app::{Caret, Command, Intent, ReadingIntent, SessionIntent, TaggingIntent};
use casebook::edit::{AboutFields, Edit};
use casebook::notebook::{Detail, Kind, Modality};
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use session::Session;

const ARTICLE: &str = "Port\n\nUn rapport de Le bord, qui cite des sources internes, affirme que Kervel aurait menti. \
    Kervel est partie vendredi. Houlonde attend, et Houlonde se tait.\n";

struct Desk {
    s: Session,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("article.txt");
        std::fs::write(&path, ARTICLE).unwrap();
        let mut s = Session::open();
        s.send(Intent::Session(SessionIntent::OpenPath(path)));
        let with = AboutFields {
            language: Some("fr".to_owned()),
            date: Some("2023-11-19".to_owned()),
            ..AboutFields::default()
        };
        s.send(Intent::Session(SessionIntent::Edit(Edit::Describe { article: None, with })));
        Self { s, _folder: folder }
    }

    fn pick(&mut self, kind: Kind, words: &str) {
        let article = self.s.open_notebook().article().unwrap();
        let at = ARTICLE.find(words).unwrap();
        let text = &self.s.open_notebook().notebook().article(article).unwrap().text;
        assert_eq!(text.get(at..at + words.len()), Some(words));
        let caret = Caret::over(at..at + words.len());
        self.s.send(Intent::Reading(ReadingIntent::SetCaret(article, caret)));
        self.s.send(Intent::Tagging(TaggingIntent::Tag(kind)));
        self.s.0.run();
    }

    fn alt(&mut self, key: Key) {
        self.s.key(Modifiers::ALT, key);
    }

    fn ticked(&self, role: Role, name: &str) -> bool {
        let node = self.s.0.get_by_role_and_label(role, name);
        node.accesskit_node().toggled() == Some(Toggled::True)
    }

    fn click(&mut self, role: Role, name: &str) {
        self.s.0.get_by_role_and_label(role, name).click();
        self.s.0.run();
        self.s.settle();
    }
}

#[test]
fn a_claims_parts_have_names_keys_and_clicks() {
    let mut desk = Desk::open();
    desk.pick(Kind::Claim, "Kervel aurait menti");
    let (verge, insiders) = (
        "Speaker 1: Le bord, new actor: Media",
        "Speaker 2: sources internes (Le bord), new actor: Anonymous source",
    );
    for name in [verge, insiders] {
        assert!(desk.ticked(Role::CheckBox, name), "{name}");
    }
    for name in
        ["Certainty: possible", "Stance: affirms", "In whose words: indirect", "Add a speaker"]
    {
        desk.s.0.get_by_role_and_label(Role::Button, name);
    }
    let place = |desk: &Desk| desk.s.0.get_by_role_and_label(Role::CheckBox, insiders).rect();
    let before = place(&desk);
    desk.click(Role::CheckBox, insiders);
    assert!(!desk.ticked(Role::CheckBox, insiders));
    assert_eq!(place(&desk), before, "nothing moves under the pointer");
    desk.alt(Key::Num5);
    assert!(desk.ticked(Role::CheckBox, insiders), "the key does what the click does");
    desk.alt(Key::Num4);
    assert!(!desk.ticked(Role::CheckBox, verge));
    desk.alt(Key::Num7);
    desk.s.0.get_by_role_and_label(Role::Button, "Certainty: unknown");
    desk.alt(Key::Num8);
    desk.alt(Key::Num9);
    desk.s.0.get_by_role_and_label(Role::Button, "Stance: denies");
    desk.s.0.get_by_role_and_label(Role::Button, "In whose words: mixed");

    // Choosing a speaker: the field is where it was, and Escape leads back.
    let of = |desk: &Desk, name: &str| desk.s.0.query_by_label(name).map(|node| node.rect());
    let field = of(&desk, "Entity name");
    desk.alt(Key::Num0);
    desk.s.0.run();
    assert_eq!(of(&desk, "Speaker name"), field, "the picker stays where it is");
    assert!(of(&desk, "Entity name").is_none());
    desk.s.key(Modifiers::NONE, Key::Escape);
    assert!(of(&desk, "Entity name").is_some() && of(&desk, "Speaker name").is_none());
    desk.s.key(Modifiers::NONE, Key::Enter);
    assert!(desk.s.open_notebook().picker().is_none());
    let said = desk.s.open_notebook().selection().mention.unwrap();
    let notebook = desk.s.open_notebook().notebook();
    let mention = notebook.mention(said).unwrap();
    let chain: Vec<&str> = mention.speakers().map(|actor| notebook.name(actor)).collect();
    assert_eq!(chain, ["sources internes (Le bord)"]);
    assert_eq!(mention.statement.as_ref().unwrap().modality, Modality::Unknown);
}

#[test]
fn an_events_date_is_reached_by_key_and_taken_with_enter() {
    let mut desk = Desk::open();
    desk.pick(Kind::Event, "est partie");
    let value = |desk: &Desk| {
        let node = desk.s.0.get_by_label("Date of the event");
        node.value().unwrap_or_default()
    };
    assert_eq!(value(&desk), "2023-11-17~");
    desk.alt(Key::Num4);
    desk.s.0.run();
    desk.s.0.event(egui::Event::Text("18 nov 2023".to_owned()));
    desk.s.0.run();
    desk.s.settle();
    assert_eq!(value(&desk), "18 nov 2023", "the key chose the whole date");
    desk.s.key(Modifiers::NONE, Key::Enter);
    let id = desk.s.open_notebook().selection().only_entity().unwrap();
    let entity = desk.s.open_notebook().notebook().entity(id).unwrap().clone();
    let Detail::Event(event) = &entity.detail else { panic!("an event") };
    assert_eq!(event.date.edtf, "2023-11-18");
}

#[test]
fn an_actors_sort_and_its_other_places_have_keys() {
    let mut desk = Desk::open();
    desk.pick(Kind::Actor, "Houlonde");
    desk.s.0.get_by_label("Kind of the new actor: not set");
    assert!(!desk.ticked(Role::RadioButton, "Kind: Organisation"));
    desk.alt(Key::Num5);
    assert!(desk.ticked(Role::RadioButton, "Kind: Organisation"));
    let others = "and the other place";
    assert!(!desk.ticked(Role::CheckBox, others));
    desk.alt(Key::Num0);
    assert!(desk.ticked(Role::CheckBox, others));
    desk.s.key(Modifiers::NONE, Key::Enter);
    let id = desk.s.open_notebook().selection().only_entity().unwrap();
    assert_eq!(desk.s.open_notebook().notebook().mention_count_of(id), 2);
    desk.s.run(Command::Undo);
    assert_eq!(desk.s.open_notebook().notebook().mentions().len(), 0, "one step");
}
