//! Deleting an entity says what leans on it, and leaves a gap that shows.

use casebook::app::questions::DeleteWithDependents;
use casebook::app::{Answer, Command, Intent, Selection, Tool};
use casebook::edit::{Edit, EntityFields, HopFields, Ref, StatementFields};
use casebook::inquiry::review::review;
use casebook::inquiry::sources::AllSources;
use casebook::notebook::{EntityId, Kind, MentionId, Role, Source, Subject};

use crate::script::Script;

/// A notebook where Le Guetteur is named by records of all sorts, and its entity; then a statement it passed on.
fn leant_on() -> (Script, EntityId, MentionId) {
    let mut s = Script::open();
    let (outlet, _) = s.tag(Kind::Actor, "Le Guetteur", 0);
    let (source, _) = s.tag(Kind::Actor, "Des sources internes", 0);
    let (event, _) = s.tag(Kind::Event, "rencontré", 0);
    let (claim, said) = s.tag(Kind::Claim, "Rien n’a changé", 0);
    let hop =
        |actor| HopFields { actor: Ref::Id(actor), cue: String::new(), source: Source::default() };
    let chain = Some(vec![hop(outlet), hop(source)]);
    s.edit(Edit::SetStatement {
        mention: Ref::Id(said),
        with: StatementFields { chain, ..StatementFields::default() },
    });
    let taking_part = Some(vec![(Ref::Id(outlet), Role::Organiser)]);
    s.set(event, EntityFields { participants: taking_part, ..EntityFields::default() });
    s.set(source, EntityFields { owner: Some(Ref::Id(outlet)), ..EntityFields::default() });
    s.set(claim, EntityFields { about: Some(vec![Ref::Id(outlet)]), ..EntityFields::default() });
    s.go(Intent::Select(Selection::entity(outlet)));
    (s, outlet, said)
}

fn speakers(s: &Script, said: MentionId) -> Vec<String> {
    let mention = s.open_notebook().notebook().mention(said).expect("it stays");
    mention.speakers().map(|actor| s.name(actor).to_owned()).collect()
}

#[test]
fn what_leans_on_an_entity_is_said_before_it_goes_and_a_gap_stays_in_the_chain() {
    let (mut s, outlet, said) = leant_on();
    let before = s.open_notebook().notebook().clone();
    s.run(Command::Delete);
    let Some(asked) = s.program.asked::<DeleteWithDependents>() else { panic!("not asked") };
    assert_eq!(asked.words, "“Le Guetteur”");
    let sentences = asked.sentences();
    for (what, n) in [("statement", 1), ("event", 1), ("actor", 1), ("claim", 1), ("mention", 1)] {
        let begins = format!("{n} {what} ");
        assert!(sentences.iter().any(|said| said.starts_with(&begins)), "{what}: {sentences:?}");
    }
    // Cancel changes nothing.
    s.go(Intent::Answer(Answer::Cancel));
    assert!(*s.open_notebook().notebook() == before);

    s.run(Command::Delete);
    s.go(Intent::Answer(Answer::Delete));
    assert!(s.program.question().is_none());
    assert!(s.open_notebook().notebook().entity(outlet).is_none());
    assert_eq!(
        speakers(&s, said),
        ["unknown source (deleted: Le Guetteur)", "Des sources internes"]
    );
    let gap = s.open_notebook().notebook().mention(said).unwrap().speakers().next().unwrap();
    assert!(s.open_notebook().notebook().entity(gap).unwrap().is_anonymous());

    // One step brings it all back.
    s.run(Command::Undo);
    assert!(*s.open_notebook().notebook() == before);
    s.run(Command::Redo);

    // Deleting the gap closes it.
    s.go(Intent::Select(Selection::entity(gap)));
    s.run(Command::Delete);
    let Some(asked) = s.program.asked::<DeleteWithDependents>() else { panic!("not asked") };
    assert!(asked.sentences().concat().contains("a speaker less"));
    s.go(Intent::Answer(Answer::Delete));
    assert_eq!(speakers(&s, said), ["Des sources internes"]);
}

#[test]
fn what_nothing_leans_on_goes_at_once() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::Delete);
    assert!(s.program.question().is_none() && matches!(s.open_notebook().tool(), Tool::None));
    assert!(s.open_notebook().notebook().entities().is_empty());
}

#[test]
fn what_other_records_name_is_not_called_unlinked() {
    let (mut s, outlet, _) = leant_on();
    let unlinked = |s: &Script| -> Vec<EntityId> {
        let list = review(s.open_notebook().notebook(), &AllSources::default(), &|| false);
        let unused = |open: &casebook::inquiry::review::Open| match open.what {
            Subject::Entity(id) if open.rule.id == "unused-entity" => Some(id),
            _ => None,
        };
        list.unwrap().open.iter().filter_map(unused).collect()
    };
    assert!(!unlinked(&s).contains(&outlet));
    let (alone, _) = s.tag(Kind::Actor, "Ormelot", 0);
    assert_eq!(unlinked(&s), [alone]);
    // A publisher is named by its article alone.
    let with = casebook::edit::AboutFields {
        publisher: Some(Ref::Id(alone)),
        ..casebook::edit::AboutFields::default()
    };
    s.edit(Edit::Describe { article: None, with });
    assert_eq!(unlinked(&s), []);
}
