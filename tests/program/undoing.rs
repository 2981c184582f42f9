//! Steps: what undo and redo name and bring back, what joins a step, what a refused edit leaves, deleting.

use casebook::app::{
    Command, Intent, LinkDraft, ReadingIntent, Selection, SessionIntent, TaggingIntent,
};
use casebook::edit::{Edit, EntityFields, LinkFields, Ref};
use casebook::notebook::{Kind, ReadingPlace, RelationId};

use crate::script::{Script, person};

#[test]
fn undo_and_redo_name_their_step_and_bring_everything_back() {
    let mut s = Script::open();
    let empty = s.open_notebook().snapshot();
    assert_eq!(s.undo(), "Undo: Add the article “Bras de fer à Port-Léonie”");
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    assert_eq!(s.undo(), "Undo: Tag “Anne Kervel” as actor");
    let tagged = s.open_notebook().snapshot();
    s.set(kervel, person("A. Kervel"));
    assert_eq!(s.undo(), "Undo: Rename “Anne Kervel”");
    s.run(Command::Undo);
    assert_eq!(s.program.command_text(Command::Redo), "Redo: Rename “Anne Kervel”");
    assert!(s.open_notebook().notebook() == &*tagged);
    s.run(Command::Undo);
    assert!(s.open_notebook().notebook() == &*empty);
    assert!(s.open_notebook().selection().is_empty(), "what is gone is not selected");
    assert!(s.open_notebook().recent().is_empty(), "what is gone has no key");
    s.run(Command::Redo);
    s.run(Command::Redo);
    assert_eq!(s.name(kervel), "A. Kervel");
    assert!(!s.program.is_enabled(Command::Redo));
    s.run(Command::Undo);
    s.tag(Kind::Event, "rencontré", 0);
    s.run(Command::Redo);
    assert_eq!(s.name(kervel), "Anne Kervel", "a new step forgets what was undone");
    for _ in 0..9 {
        s.run(Command::Undo);
    }
    assert_eq!(s.open_notebook().notebook().articles().len(), 0);
    assert!(s.open_notebook().article().is_none());
}

#[test]
fn a_long_claim_has_a_short_name_in_the_edit_menu() {
    let mut s = Script::open();
    let sentence = "Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur.";
    s.tag(Kind::Claim, sentence, 0);
    assert!(s.undo().chars().count() < 60, "{}", s.undo());
}

#[test]
fn typing_into_one_field_is_one_step_and_nothing_else_joins_it() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let steps = s.open_notebook().history().len();
    let note = |text: &str| Edit::SetEntity {
        entity: Ref::Id(kervel),
        with: Box::new(EntityFields { note: Some(text.to_owned()), ..EntityFields::default() }),
    };
    let type_in = |s: &mut Script, field: u64, text: &str| {
        s.go(Intent::Session(SessionIntent::EditOn { edit: note(text), field }));
    };
    let noted = |s: &Script| s.open_notebook().notebook().entity(kervel).unwrap().note.clone();
    for text in ["s", "so", "so.", "soon"] {
        type_in(&mut s, 1, text);
    }
    assert_eq!(s.open_notebook().history().len(), steps + 1);
    // Looking around is not leaving the field.
    s.go(Intent::Reading(ReadingIntent::SetReading(s.article(), ReadingPlace::default())));
    type_in(&mut s, 1, "sooner");
    assert_eq!(s.open_notebook().history().len(), steps + 1);
    type_in(&mut s, 2, "later");
    assert_eq!(s.open_notebook().history().len(), steps + 2);
    s.run(Command::Undo);
    assert_eq!(noted(&s), "sooner");
    type_in(&mut s, 2, "again");
    assert_eq!(s.open_notebook().history().len(), steps + 2, "after an undo, typing is a new step");
    s.run(Command::Undo);
    s.run(Command::Undo);
    assert_eq!(noted(&s), "");

    // Typing that changes nothing is no step that later typing could join.
    s.set(kervel, person("K."));
    type_in(&mut s, 3, "");
    type_in(&mut s, 3, "x");
    s.run(Command::Undo);
    assert_eq!((noted(&s).as_str(), s.name(kervel)), ("", "K."));

    // A job's result that comes in while typing is a step of its own.
    type_in(&mut s, 4, "a");
    s.run(Command::Arrange);
    type_in(&mut s, 4, "ab");
    s.run(Command::Undo);
    assert_eq!((noted(&s).as_str(), s.name(kervel)), ("a", "K."));
    assert_eq!(s.undo(), "Undo: Arrange the canvas", "what was shown was kept by going on");
}

#[test]
fn delete_deletes_all_that_is_selected_in_one_step() {
    let mut s = Script::open();
    let (a, m) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (b, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let (c, _) = s.tag(Kind::Event, "rencontré", 0);
    let ab = s.link(LinkDraft::between(a, b, None));
    let bc = s.link(LinkDraft::between(b, c, None));
    let before = s.open_notebook().snapshot();
    // A link and the entity it ends at: it goes only once.
    s.go(Intent::Select(Selection {
        entities: [a, b].into(),
        links: [ab, bc].into(),
        ..Selection::none()
    }));
    s.run(Command::Delete);
    assert_eq!(s.open_notebook().notebook().entities().len(), 1);
    assert_eq!(s.open_notebook().notebook().links().len(), 0);
    assert_eq!(s.undo(), "Undo: Delete 4 items");
    assert!(s.open_notebook().selection().is_empty() && s.is_sound());
    s.run(Command::Undo);
    assert!(s.open_notebook().notebook() == &*before);

    // With a mention selected, Delete takes the mention, not its entity.
    s.go(Intent::Reading(ReadingIntent::GoToMention(m)));
    s.run(Command::Delete);
    assert!(
        s.open_notebook().notebook().mention(m).is_none()
            && s.open_notebook().notebook().entity(a).is_some()
    );
    s.run(Command::Undo);
    // A link added to that selection does not make it the entity's end.
    s.go(Intent::Reading(ReadingIntent::GoToMention(m)));
    s.go(Intent::ToggleLink(bc));
    assert_eq!(s.open_notebook().selection().mention, None);
}

#[test]
fn a_refused_edit_is_told_and_is_no_step() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (before, steps) = (s.open_notebook().snapshot(), s.open_notebook().history().len());
    s.set(kervel, person("   "));
    assert!(s.told().1.contains("needs a name"), "{:?}", s.told());
    let dated = EntityFields { date: Some("2031".to_owned()), ..EntityFields::default() };
    s.set(kervel, dated);
    assert!(s.told().1.contains("belongs to events"), "{:?}", s.told());
    s.edit(Edit::Link {
        from: Ref::Id(kervel),
        relation: RelationId::from("owns"),
        to: Ref::Id(kervel),
        evidence: Vec::new(),
        with: LinkFields { date: Some("soon".to_owned()), ..LinkFields::default() },
        handle: String::new(),
    });
    assert!(s.told().1.contains("“soon” is not a date"), "{:?}", s.told());
    assert!(s.open_notebook().notebook() == &*before);
    assert_eq!(s.open_notebook().history().len(), steps);
    // The same words again, as the same: told, and nothing is open that could be typed into.
    s.select("Anne Kervel", 0);
    s.go(Intent::Tagging(TaggingIntent::Tag(Kind::Actor)));
    s.go(Intent::Tagging(TaggingIntent::PickerAccept));
    assert!(s.told().1.contains("already"), "{:?}", s.told());
}
