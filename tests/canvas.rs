//! The canvas as a user meets it: nodes are seen, selected, moved, linked, walked and undone, without a screen.

#![allow(clippy::unwrap_used)]

use casebook::app::{
    ChartingIntent, Command, Intent, PrefsFile, Program, Purpose, ReadingIntent, Selection,
    SessionIntent, TaggingIntent, Tool,
};
use casebook::edit::{Edit, EvidenceRef, LinkFields, Ref, Spot};
use casebook::graph::Point;
use casebook::notebook::{Basis, EntityId, Kind, LinkId, RelationId};
use casebook::ui::canvas::{Canvas, CanvasOutput};
use casebook::ui::fonts;
use casebook::ui::theme::Style;
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

struct Desk {
    program: Program,
    canvas: Canvas,
    style: Style,
    sent: Vec<Intent>,
    output: CanvasOutput,
    anchor: Option<Pos2>,
}

fn entity(kind: Kind, name: &str, x: f32, y: f32) -> Edit {
    Edit::AddEntity {
        kind,
        name: name.to_owned(),
        handle: String::new(),
        with: Box::default(),
        at: Some((x, y)),
    }
}

fn link(from: &str, relation: &str, to: &str) -> Edit {
    Edit::Link {
        from: Ref::Name(from.to_owned()),
        relation: RelationId::from(relation),
        to: Ref::Name(to.to_owned()),
        evidence: Vec::new(),
        with: LinkFields::default(),
        handle: String::new(),
    }
}

/// Three entities in a row, the agency to the left, and two links between the first two.
fn three() -> Vec<Edit> {
    vec![
        entity(Kind::Actor, "Agency", -260.0, 0.0),
        entity(Kind::Event, "Dismissal", 0.0, 0.0),
        entity(Kind::Claim, "The board knew", 260.0, 0.0),
        link("Agency", "agent", "Dismissal"),
        link("Agency", "patient", "Dismissal"),
        link("Dismissal", "supports", "The board knew"),
    ]
}

fn desk(edits: Vec<Edit>) -> Harness<'static, Desk> {
    let mut program = Program::new(PrefsFile::none());
    program.dispatch(Intent::Run(Command::NewNotebook));
    if !edits.is_empty() {
        program.dispatch(Intent::Session(SessionIntent::Edit(Edit::Batch(
            "Set up".to_owned(),
            edits,
        ))));
    }
    assert!(program.open_notebook().is_some());
    let state = Desk {
        program,
        canvas: Canvas::new(),
        style: Style::light(),
        sent: Vec::new(),
        output: CanvasOutput::default(),
        anchor: None,
    };
    let mut harness =
        Harness::builder().with_size(Vec2::new(1000.0, 700.0)).with_max_steps(30).build_ui_state(
            |ui, desk: &mut Desk| {
                let mut out = Vec::new();
                for effect in desk.program.take_effects() {
                    desk.canvas.apply_effect(&effect);
                }
                if let Some(book) = desk.program.open_notebook() {
                    desk.output = desk.canvas.ui(ui, book, &desk.style, &mut out);
                    desk.anchor = desk.output.link_anchor.map(|at| at.0).or(desk.anchor);
                }
                desk.sent.extend(out.iter().cloned());
                desk.program.dispatch_all(out);
            },
            state,
        );
    harness.ctx.set_fonts(fonts::built_in());
    harness.run();
    harness
}

fn id(harness: &Harness<'_, Desk>, name: &str) -> EntityId {
    let book = harness.state().program.open_notebook().unwrap();
    let found = book.notebook().entities().iter().find(|(_, e)| e.name == name);
    *found.unwrap().0
}

fn place(harness: &Harness<'_, Desk>, name: &str) -> Point {
    let node =
        harness.state().program.open_notebook().unwrap().notebook().nodes()[&id(harness, name)];
    Point::new(node.x, node.y)
}

/// Where a node is on screen, or, for a name that begins so, a link.
fn rect(harness: &Harness<'_, Desk>, name: &str) -> Rect {
    if name.starts_with("Link: ") {
        harness.get_by_label_contains(name).rect()
    } else {
        harness.get_by_label_contains(&format!(": {name},")).rect()
    }
}

fn selected(harness: &Harness<'_, Desk>) -> Vec<String> {
    let book = harness.state().program.open_notebook().unwrap();
    let ids = &book.selection().entities;
    let mut names: Vec<_> = ids.iter().map(|id| book.notebook().name(*id).to_owned()).collect();
    names.sort();
    names
}

fn selected_link(harness: &Harness<'_, Desk>) -> Option<LinkId> {
    harness.state().program.open_notebook().unwrap().selection().only_link()
}

fn button(harness: &mut Harness<'_, Desk>, at: Pos2, pressed: bool, modifiers: Modifiers) {
    let event =
        Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers };
    harness.event(Event::ModifiersChanged(modifiers));
    harness.event(event);
    harness.step();
}

fn drag(harness: &mut Harness<'_, Desk>, from: Pos2, to: Pos2, modifiers: Modifiers) {
    harness.event(Event::PointerMoved(from));
    harness.step();
    button(harness, from, true, modifiers);
    for i in 1..=6 {
        harness.event(Event::PointerMoved(from + (to - from) * (i as f32 / 6.0)));
        harness.step();
    }
    button(harness, to, false, modifiers);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.run();
}

fn click(harness: &mut Harness<'_, Desk>, at: Pos2, modifiers: Modifiers) {
    harness.event(Event::PointerMoved(at));
    harness.step();
    button(harness, at, true, modifiers);
    button(harness, at, false, modifiers);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    // Long enough that the next click is not the second of a double click.
    harness.run_steps(4);
    harness.run();
}

fn wheel(harness: &mut Harness<'_, Desk>, at: Pos2, delta: f32, modifiers: Modifiers) {
    harness.event(Event::PointerMoved(at));
    harness.step();
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: Vec2::new(0.0, delta),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers,
    });
    harness.run();
}

#[test]
fn every_node_in_view_is_in_the_tree_with_kind_name_and_links() {
    let harness = desk(three());
    harness.get_by_label("Actor: Agency, 2 links");
    harness.get_by_label("Event: Dismissal, 3 links");
    harness.get_by_label("Claim: The board knew, 1 link");
    let (agency, event) = (rect(&harness, "Agency"), rect(&harness, "Dismissal"));
    assert!(agency.right() < event.left());
    assert!((agency.center().y - event.center().y).abs() < 1.0);
}

#[test]
fn a_click_selects_and_a_click_on_nothing_lets_go() {
    let mut harness = desk(three());
    let at = rect(&harness, "Agency").center();
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(selected(&harness), ["Agency"]);
    assert!(harness.state().output.has_focus);
    let other = rect(&harness, "The board knew").center();
    click(&mut harness, other, Modifiers::COMMAND);
    assert_eq!(selected(&harness), ["Agency", "The board knew"]);
    click(&mut harness, at, Modifiers::SHIFT);
    assert_eq!(selected(&harness), ["The board knew"]);
    click(&mut harness, Pos2::new(500.0, 640.0), Modifiers::NONE);
    assert!(selected(&harness).is_empty());
}

#[test]
fn a_screen_reader_can_choose_a_node_and_its_links() {
    let mut harness = desk(three());
    harness.get_by_label("Event: Dismissal, 3 links").click_accesskit();
    harness.run();
    assert_eq!(selected(&harness), ["Dismissal"]);
    let node = harness.get_by_label("Event: Dismissal, 3 links");
    assert_eq!(node.accesskit_node().is_selected(), Some(true));
    assert_eq!(harness.get_all_by_label_contains("Link: ").count(), 3);
    harness.get_by_label_contains("Link: Dismissal supports The board knew").click_accesskit();
    harness.run();
    assert!(selected_link(&harness).is_some());
}

#[test]
fn a_drag_moves_what_is_selected_as_one_step_and_pins_it() {
    let mut harness = desk(three());
    let (a, b) = (place(&harness, "Agency"), place(&harness, "Dismissal"));
    let at = rect(&harness, "Agency").center();
    click(&mut harness, at, Modifiers::NONE);
    let other = rect(&harness, "Dismissal").center();
    click(&mut harness, other, Modifiers::COMMAND);
    harness.state_mut().sent.clear();
    drag(&mut harness, at, at + Vec2::new(30.0, 120.0), Modifiers::NONE);
    let edits = harness
        .state()
        .sent
        .iter()
        .filter(|intent| matches!(intent, Intent::Session(SessionIntent::Edit(_))))
        .count();
    assert_eq!(edits, 1);
    let (a2, b2) = (place(&harness, "Agency"), place(&harness, "Dismissal"));
    assert!(a2.y > a.y + 60.0);
    assert!((a2 - a).distance(b2 - b) <= 1.5, "both move alike");
    assert_eq!(place(&harness, "The board knew"), Point::new(260.0, 0.0));
    let book = harness.state().program.open_notebook().unwrap();
    assert!(book.notebook().nodes()[&id(&harness, "Agency")].pinned);
    harness.state_mut().program.dispatch(Intent::Run(Command::Undo));
    harness.run();
    assert_eq!(place(&harness, "Agency"), a);
    let seen = rect(&harness, "Agency").center();
    assert!((seen - at).length() < 2.0, "undone on screen too: {seen} {at}");
}

#[test]
fn escape_lets_go_of_a_drag_as_if_it_had_not_been() {
    let mut harness = desk(three());
    let before = place(&harness, "Agency");
    let at = rect(&harness, "Agency").center();
    harness.event(Event::PointerMoved(at));
    button(&mut harness, at, true, Modifiers::NONE);
    for i in 1..6 {
        harness.event(Event::PointerMoved(at + Vec2::new(0.0, 20.0 * i as f32)));
        harness.step();
    }
    assert!((rect(&harness, "Agency").center() - at).length() > 30.0, "it follows the pointer");
    harness.key_press(Key::Escape);
    harness.step();
    button(&mut harness, at + Vec2::new(0.0, 100.0), false, Modifiers::NONE);
    harness.run();
    assert_eq!(place(&harness, "Agency"), before);
    assert!((rect(&harness, "Agency").center() - at).length() < 2.0);
    assert!(
        !harness
            .state()
            .sent
            .iter()
            .any(|intent| matches!(intent, Intent::Session(SessionIntent::Edit(_))))
    );
}

#[test]
fn a_thread_from_a_handle_to_a_node_starts_a_link_there() {
    let mut harness = desk(three());
    let from = rect(&harness, "Agency");
    let to = rect(&harness, "The board knew").center();
    drag(&mut harness, from.center_top(), to, Modifiers::NONE);
    let (agency, claim) = (id(&harness, "Agency"), id(&harness, "The board knew"));
    let Tool::Link(draft) = harness.state().program.open_notebook().unwrap().tool() else {
        panic!("the link maker is not open");
    };
    assert_eq!((draft.from, draft.to), (agency, Some(claim)));
    assert_eq!(harness.state().anchor, Some(to));
}

#[test]
fn a_thread_dropped_on_nothing_asks_for_the_other_end() {
    let mut harness = desk(three());
    let from = rect(&harness, "Agency").left_center();
    drag(&mut harness, from, Pos2::new(300.0, 600.0), Modifiers::NONE);
    let Tool::Link(draft) = harness.state().program.open_notebook().unwrap().tool() else {
        panic!("the link maker is not open");
    };
    assert_eq!((draft.from, draft.to), (id(&harness, "Agency"), None));
}

#[test]
fn shift_and_a_drag_select_what_is_in_the_box() {
    let mut harness = desk(three());
    let (a, b) = (rect(&harness, "Agency"), rect(&harness, "Dismissal"));
    let from = a.left_top() - Vec2::splat(30.0);
    let to = b.right_bottom() + Vec2::new(-8.0, 30.0);
    drag(&mut harness, from, to, Modifiers::SHIFT);
    assert_eq!(selected(&harness), ["Agency", "Dismissal"]);
    let book = harness.state().program.open_notebook().unwrap();
    assert_eq!(book.selection().links.len(), 2, "the links between them too");
}

#[test]
fn a_drag_on_nothing_pans_and_is_kept_once_but_is_no_edit() {
    let mut harness = desk(three());
    let before = rect(&harness, "Agency");
    drag(&mut harness, Pos2::new(500.0, 600.0), Pos2::new(560.0, 500.0), Modifiers::NONE);
    let after = rect(&harness, "Agency");
    assert!((after.min - before.min - Vec2::new(60.0, -100.0)).length() < 1.5);
    let views: Vec<_> = harness
        .state()
        .sent
        .iter()
        .filter(|i| matches!(i, Intent::Charting(ChartingIntent::SetView(_))))
        .collect();
    assert_eq!(views.len(), 1);
    let book = harness.state().program.open_notebook().unwrap();
    let (Some(kept), [Intent::Charting(ChartingIntent::SetView(sent))]) =
        (book.desk().canvas, views.as_slice())
    else {
        panic!("the view is not kept");
    };
    assert_eq!(kept, *sent);
}

#[test]
fn the_wheel_zooms_at_the_pointer() {
    for modifiers in [Modifiers::NONE, Modifiers::COMMAND] {
        let mut harness = desk(three());
        let before = rect(&harness, "Agency");
        wheel(&mut harness, before.center(), 3.0, modifiers);
        let after = rect(&harness, "Agency");
        assert!(after.width() > before.width() * 1.1, "{modifiers:?}");
        assert!((after.center() - before.center()).length() < 2.0, "{modifiers:?}");
    }
}

#[test]
fn a_reopened_canvas_is_as_it_was_left() {
    let mut harness = desk(three());
    let at = rect(&harness, "Agency").center();
    wheel(&mut harness, at, -2.0, Modifiers::NONE);
    let left = rect(&harness, "Dismissal");
    harness.state_mut().canvas = Canvas::new();
    harness.run();
    assert!((rect(&harness, "Dismissal").center() - left.center()).length() < 0.5);
}

#[test]
fn each_of_several_links_between_two_can_be_clicked() {
    let mut harness = desk(three());
    // Seen from the node, its links are in the tree with their places.
    let at = rect(&harness, "Agency").center();
    click(&mut harness, at, Modifiers::NONE);
    let mut chosen = Vec::new();
    for label in ["Link: Agency did it", "Link: Agency affected"] {
        let at = rect(&harness, label).center();
        click(&mut harness, at, Modifiers::NONE);
        chosen.push(selected_link(&harness).expect(label));
        let at = rect(&harness, "Agency").center();
        click(&mut harness, at, Modifiers::NONE);
    }
    assert_ne!(chosen[0], chosen[1]);
}

#[test]
fn arrows_walk_and_full_stop_cycles_the_links() {
    let mut harness = desk(three());
    let at = rect(&harness, "Agency").center();
    click(&mut harness, at, Modifiers::NONE);
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(selected(&harness), ["Dismissal"]);
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(selected(&harness), ["The board knew"]);
    harness.key_press(Key::ArrowLeft);
    harness.run();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..3 {
        harness.key_press(Key::Period);
        harness.run();
        seen.insert(selected_link(&harness).unwrap());
    }
    assert_eq!(seen.len(), 3);
    harness.key_press(Key::Escape);
    harness.run();
    assert!(selected_link(&harness).is_none());
}

#[test]
fn alt_and_an_arrow_nudge_by_eight_in_one_step() {
    let mut harness = desk(three());
    let at = rect(&harness, "Agency").center();
    click(&mut harness, at, Modifiers::NONE);
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    harness.run();
    assert_eq!(place(&harness, "Agency"), Point::new(-260.0, 8.0));
    harness.state_mut().program.dispatch(Intent::Run(Command::Undo));
    assert_eq!(place(&harness, "Agency"), Point::new(-260.0, 0.0));
}

#[test]
fn enter_on_a_link_goes_to_its_sentence() {
    let mut edits = three();
    edits.push(Edit::SetEntity { entity: Ref::Name("Agency".to_owned()), with: Box::default() });
    let mut harness = desk(edits);
    harness.state_mut().program.dispatch(Intent::Session(SessionIntent::AddText(
        "The agency says so.\n\nIt was the agency that dismissed them.".to_owned(),
    )));
    let at = Spot::Quote("It was the agency that dismissed them.".to_owned());
    harness.state_mut().program.dispatch(Intent::Session(SessionIntent::Edit(Edit::Link {
        from: Ref::Name("Agency".to_owned()),
        relation: RelationId::from("agent"),
        to: Ref::Name("The board knew".to_owned()),
        evidence: vec![EvidenceRef::Quote { article: None, at, version: None }],
        with: LinkFields { basis: Some(Basis::Quoted), ..LinkFields::default() },
        handle: String::new(),
    })));
    harness.run();
    let claim = rect(&harness, "The board knew").center();
    click(&mut harness, claim, Modifiers::NONE);
    harness.get_by_label_contains("Link: Agency did it The board knew").click_accesskit();
    harness.run();
    let canvas = harness.get_by_label("Canvas");
    canvas.focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let went = harness.state().sent.iter().rev().find_map(|intent| match intent {
        Intent::Reading(ReadingIntent::GoToPlace(_, range)) => Some(range.clone()),
        _ => None,
    });
    assert_eq!(went, Some(21..59));
}

#[test]
fn showing_an_entity_brings_it_into_view_once() {
    let mut edits = three();
    edits.push(entity(Kind::Actor, "Far away", 9000.0, 4000.0));
    let mut harness = desk(edits);
    // The user looks at something else.
    let at = Pos2::new(500.0, 350.0);
    wheel(&mut harness, at, 20.0, Modifiers::NONE);
    let far = id(&harness, "Far away");
    harness.state_mut().program.dispatch(Intent::Charting(ChartingIntent::ShowOnCanvas(far)));
    harness.run();
    let seen = rect(&harness, "Far away");
    assert!(Rect::from_min_size(Pos2::ZERO, Vec2::new(1000.0, 700.0)).contains_rect(seen));
    drag(&mut harness, Pos2::new(300.0, 600.0), Pos2::new(420.0, 560.0), Modifiers::NONE);
    harness.run();
    let moved = rect(&harness, "Far away");
    assert!((moved.min - seen.min).length() > 60.0, "the view is the user's again");
}

#[test]
fn an_empty_canvas_does_nothing_and_breaks_nothing() {
    let mut harness = desk(Vec::new());
    let (a, b) = (Pos2::new(200.0, 200.0), Pos2::new(700.0, 500.0));
    for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
        drag(&mut harness, a, b, modifiers);
        click(&mut harness, a, modifiers);
        wheel(&mut harness, a, 5.0, modifiers);
    }
    for key in [Key::ArrowLeft, Key::Period, Key::Plus, Key::Enter, Key::Escape] {
        harness.key_press(key);
        harness.run();
    }
    harness.state_mut().canvas.apply_effect(&casebook::app::Effect::Fit);
    harness.run();
    assert!(selected(&harness).is_empty());
    assert!(
        !harness
            .state()
            .sent
            .iter()
            .any(|intent| matches!(intent, Intent::Session(SessionIntent::Edit(_))))
    );
}

#[test]
fn an_idle_canvas_asks_for_no_frame() {
    let mut harness = desk(three());
    harness.run();
    for _ in 0..3 {
        harness.step();
    }
    assert!(!harness.ctx.has_requested_repaint());
}

#[test]
fn the_menu_offers_what_fits_what_is_under_the_pointer() {
    let mut harness = desk(three());
    harness.get_by_label("Actor: Agency, 2 links").click_secondary();
    harness.run();
    assert_eq!(selected(&harness), ["Agency"]);
    let pinned = |harness: &Harness<'_, Desk>| {
        let book = harness.state().program.open_notebook().unwrap();
        book.notebook().nodes()[&id(harness, "Agency")].pinned
    };
    let before = pinned(&harness);
    harness.get_by_label_contains("Pin or unpin").click();
    harness.run();
    assert_ne!(pinned(&harness), before);
}

#[test]
fn a_new_node_comes_into_view_until_the_user_takes_over() {
    let mut harness = desk(three());
    let pane = Rect::from_min_size(Pos2::ZERO, Vec2::new(1000.0, 700.0));
    let add = |harness: &mut Harness<'static, Desk>, name: &str, x: f32| {
        let edit = entity(Kind::Actor, name, x, 330.0);
        harness.state_mut().program.dispatch(Intent::Session(SessionIntent::Edit(edit)));
        harness.run();
    };
    add(&mut harness, "Second", -260.0);
    assert!(pane.contains_rect(rect(&harness, "Second")));
    drag(&mut harness, Pos2::new(500.0, 650.0), Pos2::new(560.0, 640.0), Modifiers::NONE);
    let before = rect(&harness, "Second");
    add(&mut harness, "Third", 2000.0);
    assert!((rect(&harness, "Second").min - before.min).length() < 0.5);
}

#[test]
fn a_thread_dropped_on_a_link_makes_a_link_to_its_middle() {
    let mut edits = three();
    edits.push(Edit::Place(vec![(Ref::Name("The board knew".to_owned()), -130.0, 260.0)]));
    let mut harness = desk(edits);
    let claim = rect(&harness, "The board knew");
    let agency = rect(&harness, "Agency").center();
    click(&mut harness, agency, Modifiers::NONE);
    let onto = rect(&harness, "Link: Agency affected Dismissal").center();
    drag(&mut harness, claim.center_top(), onto, Modifiers::NONE);
    let state = harness.state_mut();
    let Tool::Link(draft) = state.program.open_notebook().unwrap().tool() else {
        panic!("the link maker is not open");
    };
    let patient = draft.onto.unwrap();
    assert_eq!(draft.to, None);
    state.program.dispatch(Intent::Charting(ChartingIntent::MakeLink));
    let notebook = state.program.open_notebook().unwrap().notebook();
    let (id, made) = notebook.links().iter().find(|(_, link)| link.to_entity().is_none()).unwrap();
    assert_eq!(made.to, casebook::notebook::Target::Link(patient));
    assert_eq!(made.relation, RelationId::from("undercuts"), "what fits best");
    let id = *id;
    harness.run();
    assert_eq!(selected_link(&harness), Some(id));
    // The tree says in words what it points at; its line ends in the middle of the other.
    let name = "Link: The board knew undercuts “Agency affected Dismissal”";
    let middle = rect(&harness, name).center();
    click(&mut harness, Pos2::new(300.0, 600.0), Modifiers::NONE);
    click(&mut harness, middle, Modifiers::NONE);
    assert_eq!(selected_link(&harness), Some(id));
}

#[test]
fn dragging_at_the_edge_takes_the_view_along() {
    let mut harness = desk(three());
    let from = rect(&harness, "Dismissal").center();
    let before = rect(&harness, "Agency").center();
    harness.event(Event::PointerMoved(from));
    harness.step();
    button(&mut harness, from, true, Modifiers::NONE);
    let edge = Pos2::new(994.0, from.y);
    for _ in 0..8 {
        harness.event(Event::PointerMoved(edge));
        harness.step();
    }
    button(&mut harness, edge, false, Modifiers::NONE);
    harness.run();
    assert!(rect(&harness, "Agency").center().x < before.x - 20.0, "the rest went the other way");
    let there = rect(&harness, "Dismissal").center();
    assert!((there.x - edge.x).abs() < 3.0, "the node stayed under the pointer: {there:?}");
}

#[test]
fn a_double_click_on_nothing_asks_what_is_to_stand_there() {
    let mut harness = desk(three());
    let at = Pos2::new(500.0, 600.0);
    harness.event(Event::PointerMoved(at));
    harness.step();
    // Both clicks in one frame: frames of a test are too long for a double click over several.
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        let event = Event::PointerButton { pos: at, button, pressed, modifiers };
        harness.input_mut().events.push(event);
    }
    harness.run();
    let picker = harness.state().program.open_notebook().unwrap().picker().cloned();
    let Some(Purpose::Place(Some((x, y)))) = picker.map(|picker| picker.purpose) else {
        panic!("no picker for the canvas")
    };
    assert_eq!(harness.state().anchor, Some(at));
    harness
        .state_mut()
        .program
        .dispatch(Intent::Tagging(TaggingIntent::PickerText("Audit".to_owned())));
    harness.state_mut().program.dispatch(Intent::Tagging(TaggingIntent::PickerAccept));
    harness.run();
    assert_eq!(place(&harness, "Audit"), Point::new(x as f32, y as f32));
}

#[test]
fn what_is_dragged_snaps_to_its_neighbours_unless_alt_is_held() {
    let mut harness = desk(three());
    let from = rect(&harness, "The board knew").center();
    let beside = rect(&harness, "Dismissal").center();
    let to = Pos2::new(from.x + 37.0, beside.y + 140.0);
    drag(&mut harness, from, to, Modifiers::NONE);
    let free = place(&harness, "The board knew");
    // Back to a few points below the row: it comes to stand in it.
    let from = rect(&harness, "The board knew").center();
    drag(&mut harness, from, Pos2::new(from.x, beside.y + 4.0), Modifiers::NONE);
    assert_eq!(place(&harness, "The board knew").y, 0.0);
    assert_ne!(free.y, 0.0);
    let from = rect(&harness, "The board knew").center();
    drag(&mut harness, from, from + Vec2::new(0.0, 5.0), Modifiers::ALT);
    assert_ne!(place(&harness, "The board knew").y, 0.0);
}

#[test]
fn from_afar_a_selected_node_is_named_once_within_the_pane_and_clear_of_others() {
    let mut harness = desk(three());
    wheel(&mut harness, Pos2::new(400.0, 300.0), -24.0, Modifiers::NONE);
    let agency = Selection::entity(id(&harness, "Agency"));
    harness.state_mut().program.dispatch(Intent::Select(agency));
    harness.run();
    let names = ["Agency", "Dismissal", "The board knew"];
    let mut found: Vec<(&str, Rect)> = Vec::new();
    for clipped in &harness.output().shapes {
        if let egui::Shape::Text(text) = &clipped.shape
            && let Some(name) = names.into_iter().find(|name| *name == text.galley.text())
        {
            found.push((name, text.visual_bounding_rect()));
        }
    }
    found.sort_by_key(|(name, _)| *name);
    assert_eq!(found.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    let overlap = |a: usize, b: usize| found[a].1.intersects(found[b].1);
    assert!(!overlap(0, 1) && !overlap(1, 2) && !overlap(0, 2), "{found:?}");
    assert!(rect(&harness, "Agency").width() < 60.0, "the name stands beside it");
}
