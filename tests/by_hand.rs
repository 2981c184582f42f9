//! What is made, arranged, copied and pasted on the canvas by hand: each is one step, and comes back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use casebook::app::questions::DeleteWithDependents;
use casebook::app::{
    Answer, Caret, ChartingIntent, Command, Effect, Intent, LinkDraft, OpenNotebook, PrefsFile,
    Program, ReadingIntent, Selection, SessionIntent, TaggingIntent, Tool,
};
use casebook::edit::{Edit, parse_script};
use casebook::notebook::{EntityId, Kind, LinkId, Notebook, check};

const TEXT: &str =
    "Le port ferme\nSelon le Guetteur, Ysé Alban aurait renoncé au port. L’autorité dément.";

/// Four entities in a row, three links, one of them with a sentence, one on another link.
const SCRIPT: &str = r#"[
  AddEntity(kind: Actor, name: "Ysé Alban", handle: "$yse", with: (aliases: ["la maire"]), at: (0, 0)),
  AddEntity(kind: Actor, name: "Le Guetteur", handle: "$guetteur", with: (actor_kind: Media, owner: "$yse"), at: (300, 40)),
  AddEntity(kind: Event, name: "Renoncement", handle: "$event", with: (date: "2023-11-17"), at: (700, 80)),
  AddEntity(kind: Claim, name: "La maire a renoncé.", handle: "$claim", with: (about: ["$event"]), at: (900, 130)),
  Link(from: "$yse", relation: "agent", to: "$event", handle: "$agent",
       evidence: [Quote(at: Quote("Ysé Alban aurait renoncé au port"))], with: (note: "rumour", strength: Tentative)),
  Link(from: "$guetteur", relation: "relays", to: "$claim"),
  LinkToLink(from: "$claim", relation: "undercuts", to: "$agent"),
]"#;

fn program() -> Program {
    let mut program = Program::new(PrefsFile::none());
    program.dispatch(Intent::Session(SessionIntent::AddText(TEXT.to_owned())));
    let edits = parse_script(SCRIPT).unwrap();
    program.edit(&Edit::Batch("Set up".to_owned(), edits)).unwrap();
    program
}

fn open_notebook(program: &Program) -> &OpenNotebook {
    program.open_notebook().unwrap()
}

fn notebook(program: &Program) -> &Notebook {
    open_notebook(program).notebook()
}

fn named(program: &Program, name: &str) -> EntityId {
    *notebook(program).entities().iter().find(|(_, e)| e.name == name).unwrap().0
}

fn at(program: &Program, name: &str) -> (f32, f32) {
    let node = notebook(program).nodes()[&named(program, name)];
    (node.x, node.y)
}

fn select_all(program: &mut Program) {
    let entities = notebook(program).entities().keys().copied().collect();
    let links = notebook(program).links().keys().copied().collect();
    program.dispatch(Intent::Select(Selection { entities, links, ..Selection::none() }));
}

fn copied(program: &mut Program) -> String {
    program.take_effects();
    program.run(Command::Copy);
    let effects = program.take_effects();
    effects
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Copy(text) => Some(text),
            _ => None,
        })
        .unwrap()
}

fn is_sound(program: &Program) -> bool {
    check(notebook(program)).is_empty()
}

#[test]
fn an_entity_is_made_on_the_canvas_where_it_is_wanted() {
    let mut program = program();
    program.dispatch(Intent::Charting(ChartingIntent::PutHere(120.4, -60.2)));
    program.dispatch(Intent::Tagging(TaggingIntent::PickerKind(Kind::Event)));
    program.dispatch(Intent::Tagging(TaggingIntent::PickerText("Audit".to_owned())));
    program.dispatch(Intent::Tagging(TaggingIntent::PickerAccept));
    assert_eq!(at(&program, "Audit"), (120.0, -60.0));
    assert_eq!(open_notebook(&program).selection(), &Selection::entity(named(&program, "Audit")));
    // One that exists is put there instead.
    program.dispatch(Intent::Charting(ChartingIntent::PutHere(5.0, 6.0)));
    program.dispatch(Intent::Tagging(TaggingIntent::PickerText("Ysé Alban".to_owned())));
    program.dispatch(Intent::Tagging(TaggingIntent::PickerAccept));
    assert_eq!(at(&program, "Ysé Alban"), (5.0, 6.0));
    assert_eq!(notebook(&program).entities().len(), 5);
    program.run(Command::Undo);
    assert_eq!(at(&program, "Ysé Alban"), (0.0, 0.0));
    program.run(Command::Undo);
    assert_eq!(notebook(&program).entities().len(), 4);
}

#[test]
fn a_link_is_made_to_someone_who_was_not_there() {
    let mut program = program();
    let yse = named(&program, "Ysé Alban");
    program.dispatch(Intent::Charting(ChartingIntent::StartLink(LinkDraft::from(yse))));
    let Tool::Link(draft) = open_notebook(&program).tool().clone() else { panic!("no link maker") };
    program.dispatch(Intent::Charting(ChartingIntent::LinkDraft(LinkDraft {
        text: " Comité du port ".to_owned(),
        ..draft
    })));
    program
        .dispatch(Intent::Charting(ChartingIntent::LinkToNew(Kind::Actor, Some((-200.0, 10.0)))));
    program.dispatch(Intent::Charting(ChartingIntent::MakeLink));
    let new = named(&program, "Comité du port");
    assert_eq!(at(&program, "Comité du port"), (-200.0, 10.0));
    let link = open_notebook(&program).selection().only_link().unwrap();
    assert_eq!(notebook(&program).link(link).unwrap().to_entity(), Some(new));
}

#[test]
fn aligning_and_distributing_are_one_step_each() {
    let mut program = program();
    select_all(&mut program);
    let before = open_notebook(&program).snapshot();
    program.run(Command::AlignTop);
    let tops: Vec<f32> = ["Ysé Alban", "Le Guetteur"].map(|name| at(&program, name).1).to_vec();
    assert_eq!(tops[0], tops[1]);
    program.run(Command::Undo);
    assert!(notebook(&program) == &*before);
    program.run(Command::DistributeHorizontally);
    assert_eq!(at(&program, "Ysé Alban").0, 0.0);
    assert_eq!(at(&program, "La maire a renoncé.").0, 900.0);
    assert_ne!(at(&program, "Le Guetteur").0, 300.0);
    program.run(Command::Undo);
    assert!(notebook(&program) == &*before);
}

#[test]
fn a_part_is_pasted_as_new_ones_in_one_step() {
    let mut program = program();
    select_all(&mut program);
    let text = copied(&mut program);
    let before = open_notebook(&program).snapshot();
    program.dispatch(Intent::Session(SessionIntent::Pasted(text)));
    assert!(is_sound(&program));
    let now = notebook(&program);
    assert_eq!((now.entities().len(), now.links().len()), (8, 6));
    assert!(
        open_notebook(&program).selection().entities.iter().all(|id| before.entity(*id).is_none())
    );
    // The copies refer to each other, not to what they are copies of.
    for id in &open_notebook(&program).selection().entities {
        for other in now.entity(*id).unwrap().refers_to() {
            assert!(before.entity(other).is_none());
        }
    }
    let agent: Vec<_> = now.links().values().filter(|link| link.relation.0 == "agent").collect();
    assert_eq!((agent.len(), &agent[0].evidence), (2, &agent[1].evidence));
    assert_eq!((&*agent[0].note, &*agent[1].note), ("rumour", "rumour"));
    program.run(Command::Undo);
    assert!(notebook(&program) == &*before);
}

#[test]
fn evidence_comes_along_where_the_article_is_there_and_is_kept_as_words_elsewhere() {
    let mut program = program();
    select_all(&mut program);
    let text = copied(&mut program);
    let agent = |program: &Program| -> LinkId {
        let links = notebook(program).links();
        *links.iter().find(|(_, link)| link.relation.0 == "agent").unwrap().0
    };
    let mut elsewhere = Program::new(PrefsFile::none());
    elsewhere.run(Command::NewNotebook);
    elsewhere.dispatch(Intent::Session(SessionIntent::Pasted(text.clone())));
    let link = notebook(&elsewhere).link(agent(&elsewhere)).unwrap();
    assert!(link.evidence.is_empty());
    assert!(
        link.note.starts_with("rumour\n") && link.note.contains("Ysé Alban aurait renoncé au port")
    );
    assert!(is_sound(&elsewhere));

    let mut same_article = Program::new(PrefsFile::none());
    same_article.dispatch(Intent::Session(SessionIntent::AddText(TEXT.to_owned())));
    same_article.dispatch(Intent::Session(SessionIntent::Pasted(text)));
    let link = notebook(&same_article).link(agent(&same_article)).unwrap();
    assert_eq!((link.evidence.len(), &*link.note), (1, "rumour"));
    assert!(is_sound(&same_article));
}

#[test]
fn cutting_is_one_step_and_pasting_brings_it_back() {
    let mut program = program();
    let (yse, event) = (named(&program, "Ysé Alban"), named(&program, "Renoncement"));
    let before = open_notebook(&program).snapshot();
    program
        .dispatch(Intent::Select(Selection { entities: [yse, event].into(), ..Selection::none() }));
    program.take_effects();
    program.run(Command::Cut);
    let Some(Effect::Copy(text)) = program.take_effects().pop() else { panic!("nothing copied") };
    // Other records name one of them: that is said, and asked, before it goes.
    assert!(program.asked::<DeleteWithDependents>().is_some());
    program.dispatch(Intent::Answer(Answer::Delete));
    assert!(notebook(&program).entity(yse).is_none() && notebook(&program).entity(event).is_none());
    program.dispatch(Intent::Session(SessionIntent::Pasted(text)));
    assert_eq!(notebook(&program).links().len(), 2);
    assert!(is_sound(&program));
    program.run(Command::Undo);
    program.run(Command::Undo);
    assert!(notebook(&program) == &*before);
}

#[test]
fn words_are_copied_as_words_unless_something_else_was_selected_since() {
    let mut program = program();
    let article = open_notebook(&program).article().unwrap();
    program.dispatch(Intent::Select(Selection::entity(named(&program, "Ysé Alban"))));
    program.dispatch(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(3..7))));
    assert_eq!(copied(&mut program), "port");
    program.dispatch(Intent::Select(Selection::entity(named(&program, "Ysé Alban"))));
    assert!(copied(&mut program).starts_with("// Casebook"));
}

#[test]
fn a_clipboard_that_would_change_what_is_there_is_refused() {
    let mut program = program();
    select_all(&mut program);
    let text = copied(&mut program);
    let before = open_notebook(&program).snapshot();
    let bad = text.replacen("AddEntity(", "DeleteEntity(entity: \"x\"), AddEntity(", 1);
    assert_ne!(bad, text);
    for text in [bad, format!("{}(((", &text[..60]), text[..text.len() / 2].to_owned()] {
        program.dispatch(Intent::Session(SessionIntent::Pasted(text)));
        assert!(notebook(&program) == &*before);
        assert!(program.question().is_none());
    }
}
