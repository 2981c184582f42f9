//! Linking: evidence, the link maker by keyboard, links on links; arranging what is linked.

use std::path::Path;

use casebook::app::{
    ChartingIntent, Command, Effect, Intent, LinkDraft, Pane, Selection, SessionIntent, Tool,
};
use casebook::edit::{Edit, Ref};
use casebook::notebook::{EntityId, Kind, MentionId, RelationId, Target};

use crate::program::LONG;
use crate::script::Script;

#[test]
fn a_links_evidence_is_the_one_sentence_or_the_selected_words_or_nothing() {
    let mut s = Script::open();
    let (kervel, k) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, o) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let article = s.article();
    let span = |s: &Script, a: MentionId, b: MentionId| {
        let at = |id| s.open_notebook().notebook().mention(id).unwrap().anchor.range().unwrap();
        (article, at(a).start.min(at(b).start)..at(a).end.max(at(b).end))
    };

    let spans = span(&s, k, o);
    let one = s.link(LinkDraft::between(kervel, ormelot, Some(spans)));
    let sentence = "Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur.";
    assert_eq!(s.evidence(one), [sentence]);
    let link = s.open_notebook().notebook().link(one).unwrap();
    assert_eq!((link.from, link.to), (kervel, Target::Entity(ormelot)));
    assert_eq!(s.open_notebook().notebook().relation_label(&link.relation), "associated with");
    assert!(!link.directed, "that relation holds both ways");

    // Two sentences: the words selected, here none.
    let (_, silent) = s.tag(Kind::Actor, "Ormelot", 1);
    let spans = span(&s, k, silent);
    let two = s.link(LinkDraft::between(ormelot, kervel, Some(spans.clone())));
    assert_eq!(s.evidence(two), [""; 0]);
    s.select("se tait", 0);
    let three = s.link(LinkDraft::between(ormelot, kervel, Some(spans)));
    assert_eq!(s.evidence(three), ["se tait"]);
    assert_eq!(
        s.open_notebook().notebook().links_of(kervel).count(),
        3,
        "several between the same two"
    );

    // More evidence, from the words selected next.
    s.select("Kervel dément.", 0);
    s.go(Intent::Select(Selection::link(two)));
    s.run(Command::AddEvidence);
    assert_eq!(s.evidence(two), ["Kervel dément."]);
    s.edit(Edit::RemoveEvidence { link: Ref::Id(two), index: 0 });
    assert_eq!(s.evidence(two), [""; 0]);

    s.run(Command::ReverseLink);
    let link = s.open_notebook().notebook().link(two).unwrap();
    assert_eq!((link.from, link.to), (kervel, Target::Entity(ormelot)));
    s.run(Command::Delete);
    assert!(s.open_notebook().notebook().link(two).is_none());
    assert!(s.open_notebook().selection().is_empty());
}

/// Where the ends were taken on the canvas or with L, the sentence is found as if they had been taken in the text.
#[test]
fn ends_taken_on_the_canvas_bring_the_sentence_that_mentions_both() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let (sources, _) = s.tag(Kind::Actor, "Des sources internes", 0);
    let sentence = "Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur.";
    // Drawn from one node to the other.
    let drawn = s.link(LinkDraft::between(ormelot, kervel, None));
    assert_eq!(s.evidence(drawn), [sentence]);
    // L, and the end chosen from the list.
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::Link);
    let Tool::Link(draft) = s.open_notebook().tool().clone() else { panic!("not open") };
    assert_eq!(draft.evidence, None, "one end is not known yet");
    s.go(Intent::Charting(ChartingIntent::LinkDraft(LinkDraft { to: Some(ormelot), ..draft })));
    s.go(Intent::Charting(ChartingIntent::MakeLink));
    assert_eq!(s.evidence(s.open_notebook().selection().only_link().unwrap()), [sentence]);
    // No sentence mentions both.
    let apart = s.link(LinkDraft::between(kervel, sources, None));
    assert_eq!(s.evidence(apart), [""; 0]);
    // What was selected elsewhere is what the user means.
    s.select("Ormelot se tait.", 0);
    let chosen = s.link(LinkDraft::between(ormelot, kervel, None));
    assert_eq!(s.evidence(chosen), ["Ormelot se tait."]);
    // Thrown away, it does not come back by itself.
    s.select("a", 0);
    s.go(Intent::Charting(ChartingIntent::StartLink(LinkDraft::between(ormelot, kervel, None))));
    let Tool::Link(draft) = s.open_notebook().tool().clone() else { panic!("not open") };
    assert!(draft.evidence.is_some());
    s.go(Intent::Charting(ChartingIntent::LinkDraft(LinkDraft { evidence: None, ..draft })));
    s.go(Intent::Charting(ChartingIntent::MakeLink));
    assert_eq!(s.evidence(s.open_notebook().selection().only_link().unwrap()), [""; 0]);
}

#[test]
fn a_link_by_keyboard_starts_at_what_is_selected_and_needs_an_end() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (met, _) = s.tag(Kind::Event, "rencontré", 0);
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::Link);
    let Tool::Link(draft) = s.open_notebook().tool() else { panic!("not open") };
    assert_eq!((draft.from, draft.to), (kervel, None));
    let draft = draft.clone();
    s.go(Intent::Charting(ChartingIntent::MakeLink));
    assert!(s.told().1.contains("Choose"), "{:?}", s.told());
    s.go(Intent::Charting(ChartingIntent::LinkDraft(LinkDraft { to: Some(met), ..draft.clone() })));
    s.go(Intent::Charting(ChartingIntent::MakeLink));
    let link = s.open_notebook().selection().only_link().unwrap();
    let link = s.open_notebook().notebook().link(link).unwrap();
    assert_eq!(link.relation, RelationId::from("agent"));
    assert!(link.directed);
    // A relation of one's own is defined with the link, in one step.
    s.go(Intent::Charting(ChartingIntent::StartLink(LinkDraft {
        to: Some(met),
        relation: Some(RelationId::from("boycotted")),
        ..draft
    })));
    s.go(Intent::Charting(ChartingIntent::MakeLink));
    let own = RelationId::from("boycotted");
    assert!(s.open_notebook().notebook().relations().contains_key(&own));
    s.run(Command::Undo);
    assert!(!s.open_notebook().notebook().relations().contains_key(&own));
    assert_eq!(s.open_notebook().notebook().links().len(), 1);
}

#[test]
fn links_on_links_are_deleted_with_what_they_are_about() {
    let mut s = Script::new();
    let source =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1.ron"))
            .unwrap();
    let path = s.path("golden.ron");
    std::fs::write(&path, source).unwrap();
    s.go(Intent::Session(SessionIntent::OpenPath(path)));
    let links = s.open_notebook().notebook().links();
    let (on, about) = links
        .iter()
        .find_map(|(id, link)| match link.to {
            Target::Link(to) => Some((*id, to)),
            Target::Entity(_) => None,
        })
        .expect("the golden file has a link on a link");
    s.go(Intent::Select(Selection { links: [on, about].into(), ..Selection::none() }));
    s.run(Command::Delete);
    assert!(
        s.open_notebook().notebook().link(on).is_none()
            && s.open_notebook().notebook().link(about).is_none()
    );
}

#[test]
fn arranging_moves_nothing_that_is_pinned_and_is_one_step() {
    let mut s = Script::open();
    let (a, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (b, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let (c, _) = s.tag(Kind::Event, "rencontré", 0);
    let (d, _) = s.tag(Kind::Actor, "Le Guetteur", 0);
    s.link(LinkDraft::between(a, c, None));
    s.link(LinkDraft::between(b, c, None));
    s.edit(Edit::Place(vec![
        (Ref::Id(a), 0.1, -0.0),
        (Ref::Id(b), 0.2, 0.3),
        (Ref::Id(c), 0.3, 0.1),
        (Ref::Id(d), 1.0 / 3.0, 2.0 / 3.0),
    ]));
    s.go(Intent::Select(Selection { entities: [a, d].into(), ..Selection::none() }));
    s.run(Command::TogglePin);
    let place = |s: &Script, id: EntityId| {
        let node = s.open_notebook().notebook().nodes()[&id];
        (node.x.to_bits(), node.y.to_bits(), node.pinned)
    };
    let before = [a, b, c, d].map(|id| place(&s, id));
    assert_eq!(before.map(|p| p.2), [true, false, false, true]);
    let steps = s.open_notebook().history().len();
    let _ = s.program.take_effects();
    s.run(Command::Arrange);
    assert_eq!([a, b, c, d].map(|id| place(&s, id)), before, "it is only shown so far");
    assert_eq!(s.open_notebook().history().len(), steps);
    s.run(Command::KeepArrangement);
    let after = [a, b, c, d].map(|id| place(&s, id));
    assert_eq!((after[0], after[3]), (before[0], before[3]), "bit for bit");
    assert!(after[1] != before[1] && after[2] != before[2]);
    assert_eq!(s.open_notebook().history().len(), steps + 1);
    assert_eq!(s.undo(), "Undo: Arrange the canvas");
    assert!(s.program.take_effects().contains(&Effect::ShowPane(Pane::CANVAS)));
    s.run(Command::Undo);
    assert_eq!([a, b, c, d].map(|id| place(&s, id)), before);

    s.go(Intent::Select(Selection { entities: [a, b, c, d].into(), ..Selection::none() }));
    s.run(Command::TogglePin);
    s.run(Command::Arrange);
    assert!(s.told().1.contains("pinned"), "{:?}", s.told());

    // What is changed while it is being made stays changed, and the layout serves all the same.
    s.run(Command::TogglePin);
    s.program.dispatch(Intent::Run(Command::Arrange));
    s.program
        .dispatch(Intent::Session(SessionIntent::Edit(Edit::DeleteEntity { entity: Ref::Id(b) })));
    s.program.dispatch(Intent::Session(SessionIntent::Edit(Edit::Pin {
        entities: vec![Ref::Id(c)],
        pinned: true,
    })));
    assert!(s.program.settle(LONG));
    s.run(Command::KeepArrangement);
    assert_eq!(s.undo(), "Undo: Arrange the canvas");
    assert!(place(&s, a) != before[0]);
    assert_eq!(place(&s, c).0, before[2].0, "pinned meanwhile");
}
