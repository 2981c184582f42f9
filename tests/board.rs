//! Groups and note cards on the canvas, the legend, and the canvas without a mouse, on the real window.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use casebook::app::{ChartingIntent, Command, Intent, OnCanvas, Selection, SessionIntent};
use casebook::edit::{CardFields, Edit, GroupFields, Ref, parse_script};
use casebook::notebook::{GroupId, Hue};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, Rect, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[path = "common/session.rs"]
mod session;

use session::{Session, program};

/// Two pairs, and one alone; three links between the pairs, one with the one alone.
const SCRIPT: &str = r#"[
  AddEntity(kind: Actor, name: "Anne Kervel", handle: "$kervel", at: (-400, -100)),
  AddEntity(kind: Actor, name: "Port", handle: "$port", at: (-400, 100)),
  AddEntity(kind: Actor, name: "Paul Ormelot", handle: "$ormelot", at: (300, -100)),
  AddEntity(kind: Event, name: "Strike", handle: "$strike", at: (300, 100)),
  AddEntity(kind: Claim, name: "It will close", handle: "$claim", at: (0, 420)),
  Link(from: "$kervel", relation: "directs", to: "$port"),
  Link(from: "$kervel", relation: "cites", to: "$ormelot"),
  Link(from: "$ormelot", relation: "works for", to: "$port"),
  Link(from: "$port", relation: "patient", to: "$strike", with: (basis: AnalystInference)),
  Link(from: "$kervel", relation: "denies", to: "$claim", with: (strength: Tentative)),
]"#;

impl Session {
    fn new() -> Self {
        let mut session = Self::open();
        session.send(Intent::Run(Command::NewNotebook));
        session.send(Intent::Session(SessionIntent::Edit(program::batch("Set up", SCRIPT))));
        session.run(Command::Fit);
        session
    }

    fn kind(&mut self, text: &str) {
        self.0.event(Event::Text(text.to_owned()));
        self.0.run();
    }

    fn select(&mut self, names: &[&str]) {
        let entities = names.iter().map(|name| self.id(name)).collect();
        self.send(Intent::Select(Selection { entities, ..Selection::none() }));
    }

    fn shows(&self, words: &str) -> bool {
        self.0.query_all_by_label_contains(words).count() > 0
    }

    /// The place of something that a screen reader finds on the canvas.
    fn rect(&self, words: &str) -> Rect {
        let canvas = self.canvas();
        let all = self.0.query_all_by_label_contains(words);
        let mut on_canvas = all.filter(|node| canvas.contains(node.rect().center()));
        on_canvas.next().unwrap_or_else(|| panic!("no “{words}” on the canvas")).rect()
    }

    /// Whether a screen reader finds this on the canvas. The lists name entities alike.
    fn stands(&self, words: &str) -> bool {
        let canvas = self.canvas();
        let mut all = self.0.query_all_by_label_contains(words);
        all.any(|node| canvas.contains(node.rect().center()))
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.0.event(Event::PointerMoved(from));
        self.0.step();
        self.button(from, true);
        for i in 1..=6 {
            self.0.event(Event::PointerMoved(from + (to - from) * (i as f32 / 6.0)));
            self.0.step();
        }
        self.button(to, false);
        self.settle();
    }

    fn click(&mut self, at: Pos2) {
        self.0.event(Event::PointerMoved(at));
        self.0.step();
        self.button(at, true);
        self.button(at, false);
        // Long enough that the next click is not the second of a double click.
        self.0.run_steps(40);
        self.settle();
    }

    /// A group of these, made by an edit.
    fn group(&mut self, title: &str, names: &[&str], collapsed: bool) -> GroupId {
        let members = names.iter().map(|name| Ref::Id(self.id(name))).collect();
        let with = GroupFields {
            title: Some(title.to_owned()),
            members: Some(members),
            collapsed: Some(collapsed),
            hue: Some(Hue::Blue),
        };
        self.send(Intent::Session(SessionIntent::Edit(Edit::AddGroup {
            handle: String::new(),
            with,
        })));
        let groups = self.open_notebook().notebook().groups();
        *groups.iter().find(|(_, group)| group.title == title).unwrap().0
    }

    fn undo_label(&self) -> &str {
        self.open_notebook().history().undo_label().unwrap_or_default()
    }
}

#[test]
fn a_group_is_made_named_and_undone_in_one_step() {
    let mut s = Session::new();
    s.select(&["Anne Kervel", "Port"]);
    s.keyboard_to_canvas();
    s.key(Modifiers::COMMAND, Key::G);
    assert_eq!(s.open_notebook().notebook().groups().len(), 1);
    assert_eq!(s.open_notebook().selection().groups.len(), 1, "the frame is selected");
    // The title is typed at once, on the canvas.
    s.kind("The port");
    s.key(Modifiers::NONE, Key::Enter);
    assert!(s.shows("Group: The port, 2 entities"));
    assert!(s.0.get_by_role_and_label(Role::Canvas, "Canvas").is_focused(), "and back to walking");
    let frame = s.rect("Group: The port");
    for name in ["Actor: Anne Kervel", "Actor: Port"] {
        assert!(frame.contains_rect(s.rect(name)), "{name}");
    }
    s.run(Command::Undo);
    assert!(s.open_notebook().notebook().groups().is_empty(), "made and named in one step");
    s.run(Command::Redo);
    assert!(s.shows("Group: The port, 2 entities"));
    // F2 writes on it again; Ctrl+Shift+G takes the frame away and leaves who was in it.
    let group = *s.open_notebook().notebook().groups().keys().next().unwrap();
    s.send(Intent::Select(Selection::on_canvas(OnCanvas::Group(group))));
    s.keyboard_to_canvas();
    s.key(Modifiers::NONE, Key::F2);
    s.kind("Harbour");
    s.key(Modifiers::NONE, Key::Escape);
    assert!(s.shows("Group: Harbour, 2 entities"));
    s.run(Command::Ungroup);
    assert!(s.open_notebook().notebook().groups().is_empty());
    assert_eq!(s.open_notebook().selection().entities.len(), 2);
    assert!(s.undo_label().contains("Harbour"));
}

#[test]
fn a_frame_takes_its_members_along_and_one_step_undoes_it() {
    let mut s = Session::new();
    s.group("Port", &["Anne Kervel", "Port"], false);
    let before = (s.place("Anne Kervel"), s.place("Port"), s.place("Strike"));
    let frame = s.rect("Group: Port");
    // By its title, and by its line.
    let title = frame.min + vec2(60.0, 12.0);
    s.drag(title, title + vec2(40.0, -30.0));
    let after = (s.place("Anne Kervel"), s.place("Port"), s.place("Strike"));
    assert_ne!(before.0, after.0);
    let way = |a: (f32, f32), b: (f32, f32)| (b.0 - a.0, b.1 - a.1);
    assert_eq!(way(before.0, after.0), way(before.1, after.1), "both alike");
    assert_eq!(before.2, after.2);
    let pinned = s.open_notebook().notebook().nodes()[&s.id("Port")].pinned;
    assert!(pinned, "as everything that is moved by hand");
    assert!(s.undo_label().contains("the group “Port”"), "{}", s.undo_label());
    s.run(Command::Undo);
    assert_eq!((s.place("Anne Kervel"), s.place("Port")), (before.0, before.1));
    let frame = s.rect("Group: Port");
    let line = Pos2::new(frame.left(), frame.center().y);
    s.drag(line, line + vec2(-30.0, 10.0));
    assert_ne!(s.place("Port"), before.1);
}

#[test]
fn folded_members_are_hidden_and_their_links_run_to_the_box() {
    let mut s = Session::new();
    s.group("Port", &["Anne Kervel", "Port"], false);
    s.select(&["Port"]);
    s.keyboard_to_canvas();
    s.key(Modifiers::NONE, Key::G);
    assert!(s.shows("Group: Port, 2 entities, collapsed"));
    assert!(!s.stands("Actor: Anne Kervel,"), "not in the tree");
    assert!(s.shows("2 links: the group Port – Paul Ormelot"), "bundled, with their count");
    // A click on the middle of the bundle selects both; Delete would delete both as one step.
    let middle = s.rect("2 links: the group Port").center();
    s.click(middle);
    assert_eq!(s.open_notebook().selection().links.len(), 2);
    // Nothing of it can be hit where a member stands.
    let boxed = s.rect("Group: Port");
    s.click(boxed.center());
    assert_eq!(s.open_notebook().selection().groups.len(), 1);
    assert!(s.open_notebook().selection().entities.is_empty());
    // The box moves everyone in it.
    let before = (s.place("Anne Kervel"), s.place("Port"));
    s.drag(boxed.center(), boxed.center() + vec2(30.0, 60.0));
    let after = (s.place("Anne Kervel"), s.place("Port"));
    assert_eq!(after.0.0 - before.0.0, after.1.0 - before.1.0);
    assert_ne!(before, after);
    // Enter unfolds it.
    s.keyboard_to_canvas();
    s.key(Modifiers::NONE, Key::Enter);
    assert!(s.stands("Actor: Anne Kervel,"));
    assert!(!s.shows("collapsed"));
}

#[test]
fn who_is_folded_away_is_shown_by_the_box_and_found_with_it() {
    let mut s = Session::new();
    s.group("Port", &["Anne Kervel", "Port"], true);
    let kervel = s.id("Anne Kervel");
    s.send(Intent::Charting(ChartingIntent::ShowOnCanvas(kervel)));
    assert_eq!(
        s.open_notebook().selection().only_entity(),
        Some(kervel),
        "it is selected as everywhere"
    );
    let notice = s.program().notices().last().unwrap().text.clone();
    assert!(notice.contains("is in the group “Port”, which is collapsed"), "{notice}");
    assert!(s.canvas().contains_rect(s.rect("Group: Port")));
    // Focus, paths and filter see through the box.
    s.run(Command::FocusOne);
    assert!(s.shows("Group: Port"));
    assert!(s.stands("Actor: Paul Ormelot,") && s.stands("Claim: It will close,"));
    assert!(!s.stands("Event: Strike,"), "faded: two steps from Kervel");
    s.run(Command::LeaveFocus);
    let ormelot = s.id("Paul Ormelot");
    let pair = Selection { entities: [kervel, ormelot].into(), ..Selection::none() };
    s.send(Intent::Select(pair));
    s.run(Command::ShowPaths);
    assert!(s.shows("1 shortest path, 1 step"));
    s.run(Command::LeaveFocus);
    s.send(Intent::Charting(ChartingIntent::SetFilter(Box::new(casebook::notebook::Filter {
        kinds: [casebook::notebook::Kind::Event].into(),
        ..Default::default()
    }))));
    assert!(!s.shows("Group: Port"), "nobody in it is shown");
    s.run(Command::ClearFilter);
    assert!(s.shows("Group: Port, 2 entities, collapsed"));
    // Groups are found by name.
    s.run(Command::FindOnCanvas);
    s.kind("port");
    assert!(s.shows("Port"));
    s.send(Intent::Cancel);
}

#[test]
fn dropping_a_node_into_a_frame_lets_it_join() {
    let mut s = Session::new();
    let group = s.group("Port", &["Anne Kervel", "Port"], false);
    let from = s.rect("Event: Strike").center();
    let into = s.rect("Group: Port").center();
    s.drag(from, into);
    let members = |s: &Session| s.open_notebook().notebook().groups()[&group].members.len();
    assert_eq!(members(&s), 3);
    assert!(s.undo_label().contains("into the group “Port”"), "{}", s.undo_label());
    s.run(Command::Undo);
    assert_eq!(members(&s), 2, "moved and joined in one step");
    // The same from the keyboard, and out again.
    let strike = s.id("Strike");
    let both = Selection { entities: [strike].into(), groups: [group].into(), ..Selection::none() };
    s.send(Intent::Select(both));
    s.run(Command::AddToGroup);
    assert_eq!(members(&s), 3);
    s.select(&["Strike"]);
    s.run(Command::TakeOutOfGroup);
    assert_eq!(members(&s), 2);
    // With no group selected, one is chosen from a list.
    s.run(Command::AddToGroup);
    s.key(Modifiers::NONE, Key::Enter);
    assert_eq!(members(&s), 3);
}

#[test]
fn a_note_card_is_made_written_on_moved_resized_and_copied() {
    let mut s = Session::new();
    s.keyboard_to_canvas();
    s.key(Modifiers::SHIFT, Key::N);
    s.kind("Ask the union.");
    s.key(Modifiers::NONE, Key::Escape);
    assert!(s.shows("Note: Ask the union."));
    let card = |s: &Session| s.open_notebook().notebook().cards().values().next().cloned();
    let made = card(&s).unwrap();
    let rect = s.rect("Note: Ask");
    for name in ["Anne Kervel", "Port"] {
        assert!(!rect.intersects(s.rect(name)), "{name} is covered");
    }
    s.run(Command::Undo);
    assert!(card(&s).is_none(), "made and written on in one step");
    s.run(Command::Redo);
    // Dragged, and its corner.
    let at = s.rect("Note: Ask").center();
    s.drag(at, at + vec2(0.0, 80.0));
    let moved = card(&s).unwrap();
    assert!(moved.y > made.y && moved.width == made.width);
    let rect = s.rect("Note: Ask");
    s.click(rect.center());
    let corner = rect.max - Vec2::splat(4.0);
    s.drag(corner, corner + vec2(60.0, 30.0));
    let sized = card(&s).unwrap();
    assert!(sized.width > moved.width && sized.height > moved.height);
    assert_eq!(sized.x - sized.width / 2.0, moved.x - moved.width / 2.0, "its other corner stays");
    assert_eq!(s.undo_label(), "Resize a note card");
    // The same without a mouse.
    s.keyboard_to_canvas();
    s.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(card(&s).unwrap().y, sized.y + 8.0);
    s.key(Modifiers::ALT | Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(card(&s).unwrap().width, sized.width + 8.0);
    s.key(Modifiers::NONE, Key::Enter);
    s.kind(" Twice.");
    s.key(Modifiers::NONE, Key::Escape);
    assert_eq!(card(&s).unwrap().text, "Ask the union. Twice.");
    // Copied with a part, pasted beside it.
    let id = *s.open_notebook().notebook().cards().keys().next().unwrap();
    let kervel = s.id("Anne Kervel");
    s.send(Intent::Select(Selection {
        entities: [kervel].into(),
        cards: [id].into(),
        ..Selection::none()
    }));
    let text = casebook::edit::copy_part(
        s.open_notebook().notebook(),
        &[kervel].into(),
        &std::collections::BTreeSet::new(),
        &[id].into(),
    );
    s.send(Intent::Session(SessionIntent::Pasted(text.unwrap())));
    assert_eq!(s.open_notebook().notebook().cards().len(), 2);
    assert_eq!(s.open_notebook().selection().cards.len(), 1, "what was pasted is selected");
    s.run(Command::Undo);
    s.send(Intent::Select(Selection::on_canvas(OnCanvas::Card(id))));
    s.run(Command::Delete);
    assert!(s.open_notebook().notebook().cards().is_empty());
}

#[test]
fn cards_and_groups_can_be_changed_in_the_inspector() {
    let mut s = Session::new();
    let group = s.group("Port", &["Anne Kervel", "Port"], false);
    let with = CardFields {
        text: Some("Remember".to_owned()),
        at: Some((0.0, -300.0)),
        ..CardFields::default()
    };
    s.send(Intent::Session(SessionIntent::Edit(Edit::AddCard { handle: String::new(), with })));
    s.send(Intent::Select(Selection::on_canvas(OnCanvas::Group(group))));
    s.0.get_by_label("Colour: green").click();
    s.settle();
    assert_eq!(s.open_notebook().notebook().groups()[&group].hue, Hue::Green);
    s.0.get_by_role_and_label(Role::Button, "Collapse or expand group").click();
    s.settle();
    assert!(s.open_notebook().notebook().groups()[&group].collapsed);
    let card = *s.open_notebook().notebook().cards().keys().next().unwrap();
    s.send(Intent::Select(Selection::on_canvas(OnCanvas::Card(card))));
    s.0.get_by_label("Colour: orange").click();
    s.settle();
    assert_eq!(s.open_notebook().notebook().cards()[&card].hue, Hue::Orange);
}

#[test]
fn the_legend_explains_what_is_in_view_and_closes() {
    let mut s = Session::new();
    s.key(Modifiers::ALT, Key::L);
    for words in ["Actor", "Event", "Claim", "Tentative", "Analyst’s inference"] {
        assert!(s.shows(words), "{words}");
    }
    assert!(s.shows("No evidence"));
    assert!(!s.shows("Collapsed group"), "there is none");
    s.group("Port", &["Anne Kervel", "Port"], true);
    assert!(s.shows("Collapsed group"));
    s.0.get_by_label("Close legend").click();
    s.settle();
    assert!(!s.shows("Analyst’s inference"));
}

#[test]
fn the_graph_is_explored_and_edited_without_a_mouse() {
    let mut s = Session::new();
    s.group("Port", &["Anne Kervel", "Port"], true);
    s.select(&["Paul Ormelot"]);
    s.keyboard_to_canvas();
    // Arrows walk to boxes as to nodes.
    s.key(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(s.open_notebook().selection().groups.len(), 1);
    s.key(Modifiers::NONE, Key::ArrowRight);
    // Ormelot and the strike are as near.
    assert!(s.open_notebook().selection().only_entity().is_some());
    // Full stop cycles its links: both of Ormelot's lead to the box, together.
    s.select(&["Paul Ormelot"]);
    s.keyboard_to_canvas();
    s.key(Modifiers::NONE, Key::Period);
    assert_eq!(s.open_notebook().selection().links.len(), 2);
    // From the box there are three ways: to Ormelot, to the strike, to the claim.
    s.key(Modifiers::NONE, Key::Escape);
    s.select(&["Paul Ormelot"]);
    s.keyboard_to_canvas();
    s.key(Modifiers::NONE, Key::ArrowLeft);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..3 {
        s.key(Modifiers::NONE, Key::Period);
        seen.insert(s.open_notebook().selection().links.clone());
    }
    assert_eq!(seen.len(), 3);
    // Nudged, all of it in one step.
    s.key(Modifiers::NONE, Key::Escape);
    s.select(&["Paul Ormelot"]);
    s.keyboard_to_canvas();
    s.key(Modifiers::NONE, Key::ArrowLeft);
    let before = s.place("Port");
    s.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(s.place("Port"), (before.0, before.1 - 8.0));
    // F6 leaves the canvas.
    s.key(Modifiers::NONE, Key::F6);
    assert!(!s.0.get_by_role_and_label(Role::Canvas, "Canvas").is_focused());
}

#[test]
fn at_most_five_hundred_nodes_of_thousands_are_in_the_tree() {
    let mut s = Session::new();
    let mut script = String::from("[");
    for i in 0..3000 {
        let (x, y) = (i % 60 * 30, 900 + i / 60 * 24);
        script +=
            &format!("AddEntity(kind: Actor, name: \"N{i}\", handle: \"$n{i}\", at: ({x}, {y})),");
        if i > 0 {
            script += &format!("Link(from: \"$n{i}\", relation: \"cites\", to: \"$n{}\"),", i / 2);
        }
    }
    script += "]";
    let edits = parse_script(&script).unwrap();
    s.send(Intent::Session(SessionIntent::Edit(Edit::Batch("Many".to_owned(), edits))));
    s.run(Command::Fit);
    let nodes = |s: &Session| {
        let canvas = s.canvas();
        let on_canvas = |label: &str| {
            s.0.query_all_by_label_contains(label)
                .filter(|node| canvas.contains(node.rect().center()))
                .filter(|node| {
                    let label = node.accesskit_node().label().unwrap_or_default();
                    label.ends_with("links") || label.ends_with("1 link")
                })
                .count()
        };
        on_canvas("Actor: ") + on_canvas("Event: ") + on_canvas("Claim: ")
    };
    let all = nodes(&s);
    assert!((1..=500).contains(&all), "{all}");
    // What is selected is in it with its neighbours, whatever its name's place.
    s.select(&["N2999"]);
    assert!(s.stands("Actor: N2999, 1 link") && s.stands("Actor: N1499, "));
    s.0.get_by_role_and_label(Role::Canvas, "Canvas").focus();
    s.0.run();
    for _ in 0..8 {
        s.key(Modifiers::NONE, Key::Plus);
    }
    let closer = nodes(&s);
    assert!((1..=500).contains(&closer), "{closer}");
    s.key(Modifiers::NONE, Key::F6);
    assert!(!s.0.get_by_role_and_label(Role::Canvas, "Canvas").is_focused());
}

#[test]
fn what_is_selected_elsewhere_comes_into_view_and_the_zoom_stays() {
    let mut s = Session::new();
    let far = r#"[AddEntity(kind: Actor, name: "Far away", at: (9000, 4000))]"#;
    // The user looks at something: the view is theirs.
    let middle = s.canvas().center() + vec2(0.0, 60.0);
    s.drag(middle, middle + vec2(20.0, 0.0));
    s.send(Intent::Session(SessionIntent::Edit(parse_script(far).unwrap().remove(0))));
    let before = s.rect("Actor: Port");
    let id = s.id("Far away");
    s.send(Intent::Select(Selection::entity(id)));
    let seen = s.rect("Actor: Far away");
    assert!(s.canvas().contains_rect(seen));
    let zoom = seen.height() / before.height();
    assert!((0.9..1.1).contains(&zoom), "no larger and no smaller: {zoom}");
    // What is in view already moves nothing.
    s.run(Command::ViewBack);
    let before = s.rect("Actor: Port");
    let port = s.id("Port");
    s.send(Intent::Select(Selection::entity(port)));
    assert!((s.rect("Actor: Port").min - before.min).length() < 1.0);
}

#[test]
fn every_line_between_panes_has_a_name_and_moves_by_the_keyboard() {
    let mut s = Session::new();
    let name = "Divider between Article and Canvas";
    let before = s.canvas();
    s.0.get_by_label(name).focus();
    s.0.run();
    s.key(Modifiers::NONE, Key::ArrowLeft);
    assert!(s.canvas().left() < before.left() - 10.0, "the canvas has more room");
    s.0.get_by_label("Move pane Lists");
}
