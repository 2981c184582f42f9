//! Arranging the canvas: what each layout moves and what it leaves, how it is shown, kept and discarded; as scripts of
//! commands without a window, and on the real window.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use casebook::app::{
    ChartingIntent, Command, Intent, OpenNotebook, PrefsFile, Program, Selection, SessionIntent,
};
use casebook::edit::{Edit, Ref, parse_script};
use casebook::graph::{Point, Rect, node_size, overlaps};
use casebook::notebook::{EntityId, Filter, Kind};
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;

#[path = "common/session.rs"]
mod session;

use session::{Session, program};

/// Every way to arrange everything, and every way to arrange what is selected.
const ALL: [Command; 4] =
    [Command::Arrange, Command::ArrangeLayered, Command::ArrangeCircular, Command::ArrangeGrid];
const SELECTION: [Command; 4] = [
    Command::ArrangeSelection,
    Command::ArrangeSelectionLayered,
    Command::ArrangeSelectionCircular,
    Command::ArrangeSelectionGrid,
];

/// A source, an outlet that cites it, another that relays that one, a claim; dated and undated events; somebody alone.
const SCRIPT: &str = r#"[
  AddEntity(kind: Actor, name: "Internal source", handle: "$source", at: (900, 0)),
  AddEntity(kind: Actor, name: "The Lookout", handle: "$lookout", at: (300, 40)),
  AddEntity(kind: Actor, name: "Harbour Post", handle: "$post", at: (-200, 10)),
  AddEntity(kind: Claim, name: "Kervel was dismissed", handle: "$claim", at: (-700, 30)),
  AddEntity(kind: Actor, name: "Anne Kervel", handle: "$kervel", at: (0.5, 300.25)),
  AddEntity(kind: Event, name: "Vote", handle: "$vote", at: (-300, 400), with: (date: "2031-05")),
  AddEntity(kind: Event, name: "Strike", handle: "$strike", at: (200, 420), with: (date: "2031-03-14")),
  AddEntity(kind: Event, name: "Arrest", handle: "$arrest", at: (500, 500), with: (date: "2032?")),
  AddEntity(kind: Event, name: "Some day", handle: "$some", at: (700, 500)),
  AddEntity(kind: Actor, name: "Zoé Alone", handle: "$alone", at: (-900, 500)),
  Link(from: "$lookout", relation: "cites", to: "$source"),
  Link(from: "$post", relation: "relays", to: "$lookout"),
  Link(from: "$claim", relation: "said by", to: "$source"),
  Link(from: "$post", relation: "relays", to: "$claim"),
  Link(from: "$claim", relation: "about", to: "$kervel"),
  Link(from: "$claim", relation: "about", to: "$kervel"),
  Link(from: "$kervel", relation: "associated with", to: "$kervel"),
  Link(from: "$kervel", relation: "agent", to: "$strike"),
  Link(from: "$kervel", relation: "agent", to: "$vote"),
  Link(from: "$vote", relation: "causes", to: "$some"),
]"#;

fn set_up() -> Edit {
    program::batch("Set up", SCRIPT)
}

/// What is given a place by hand is pinned there: lets go of everybody.
fn unpin(book: &OpenNotebook) -> Edit {
    let entities = book.notebook().nodes().keys().map(|id| Ref::Id(*id)).collect();
    Edit::Pin { entities, pinned: false }
}

struct Script(Program);

impl Script {
    fn new() -> Self {
        let mut script = Self(Program::new(PrefsFile::none()));
        script.edit(set_up());
        script.edit(unpin(script.open_notebook()));
        script
    }

    fn go(&mut self, intent: Intent) {
        program::go(&mut self.0, intent);
    }

    fn run(&mut self, command: Command) {
        self.go(Intent::Run(command));
    }

    fn edit(&mut self, edit: Edit) {
        self.go(Intent::Session(SessionIntent::Edit(edit)));
    }

    fn open_notebook(&self) -> &OpenNotebook {
        self.0.open_notebook().unwrap()
    }

    fn id(&self, name: &str) -> EntityId {
        program::entity(self.open_notebook().notebook(), name)
    }

    fn select(&mut self, names: &[&str]) {
        let entities = names.iter().map(|name| self.id(name)).collect();
        self.go(Intent::Select(Selection { entities, ..Selection::none() }));
    }

    fn pin(&mut self, names: &[&str]) {
        let entities = names.iter().map(|name| Ref::Id(self.id(name))).collect();
        self.edit(Edit::Pin { entities, pinned: true });
    }

    /// Where an entity stands in the notebook.
    fn at(&self, name: &str) -> Point {
        let node = self.open_notebook().notebook().nodes()[&self.id(name)];
        Point::new(node.x, node.y)
    }

    /// Every place in the notebook, to the bit.
    fn places(&self) -> Vec<(EntityId, u32, u32)> {
        let nodes = self.open_notebook().notebook().nodes().iter();
        nodes.map(|(id, node)| (*id, node.x.to_bits(), node.y.to_bits())).collect()
    }

    /// How many pairs of entities overlap.
    fn overlaps(&self) -> usize {
        let notebook = self.open_notebook().notebook();
        let size = |id: &EntityId| {
            node_size(notebook.entity(*id).map(|entity| entity.kind()), notebook.name(*id))
        };
        let sizes: Vec<Point> = notebook.nodes().keys().map(size).collect();
        let centres: Vec<Point> =
            notebook.nodes().values().map(|node| Point::new(node.x, node.y)).collect();
        overlaps(&centres, &sizes)
    }

    fn undo_text(&self) -> String {
        self.0.command_text(Command::Undo)
    }
}

const NAMES: [&str; 10] = [
    "Internal source",
    "The Lookout",
    "Harbour Post",
    "Kervel was dismissed",
    "Anne Kervel",
    "Vote",
    "Strike",
    "Arrest",
    "Some day",
    "Zoé Alone",
];

#[test]
fn every_layout_is_shown_first_then_one_step_and_leaves_what_is_pinned_to_the_bit() {
    for command in ALL {
        let mut s = Script::new();
        s.pin(&["Anne Kervel", "Arrest"]);
        let (before, steps) = (s.places(), s.open_notebook().history().len());
        s.run(command);
        assert_eq!(s.places(), before, "{command:?} is only shown so far");
        let arranging = s.open_notebook().arranging().unwrap();
        assert!(!arranging.is_running() && arranging.ids().len() == 8);
        let vote = s.id("Vote");
        let shown = s.open_notebook().place_on_canvas(vote).unwrap();
        s.run(Command::KeepArrangement);
        assert!(s.open_notebook().arranging().is_none());
        assert_eq!(s.open_notebook().history().len(), steps + 1);
        assert!(s.undo_text().starts_with("Undo: Arrange the canvas"), "{}", s.undo_text());
        assert_eq!(s.at("Vote"), shown, "what was shown is what is kept");
        assert_eq!(s.overlaps(), 0, "{command:?}");
        for ((id, x, y), (_, was_x, was_y)) in s.places().into_iter().zip(&before) {
            let pinned = s.open_notebook().notebook().nodes()[&id].pinned;
            assert_eq!(pinned, (x, y) == (*was_x, *was_y), "{command:?} {id:?}");
        }
        s.run(Command::Undo);
        assert_eq!(s.places(), before);
    }
}

#[test]
fn a_layout_of_the_selection_moves_nobody_else() {
    let chosen = ["The Lookout", "Harbour Post", "Anne Kervel", "Vote", "Strike"];
    for command in SELECTION {
        let mut s = Script::new();
        s.select(&["Vote"]);
        assert!(!s.0.is_enabled(command), "one is nothing to lay out");
        s.select(&chosen);
        let before = s.places();
        let around = |s: &Script| Rect::of_points(chosen.iter().map(|name| s.at(name)));
        let was = around(&s);
        s.run(command);
        s.run(Command::KeepArrangement);
        assert!(s.undo_text().contains("Arrange 5 entities"), "{}", s.undo_text());
        for ((id, x, y), (_, was_x, was_y)) in s.places().into_iter().zip(&before) {
            let selected = chosen.contains(&s.open_notebook().notebook().name(id));
            assert!(selected || (x, y) == (*was_x, *was_y), "{command:?} moved {id:?}");
        }
        assert_ne!(s.places(), before);
        assert_eq!(s.overlaps(), 0, "{command:?}");
        let off = around(&s).centre().distance(was.centre());
        assert!(off < 600.0, "{command:?} stays about where it was: {off}");
        s.run(Command::Undo);
        assert_eq!(s.places(), before);
    }
}

#[test]
fn layers_put_sources_before_who_passes_them_on_and_earlier_before_later() {
    let mut s = Script::new();
    s.run(Command::ArrangeLayered);
    s.run(Command::KeepArrangement);
    let x = |name: &str| s.at(name).x;
    assert!(x("Internal source") < x("The Lookout"));
    assert!(x("The Lookout") < x("Harbour Post"));
    assert!(x("Harbour Post") < x("Kervel was dismissed"), "whoever speaks, before the claim");
    assert!(x("Strike") < x("Vote") && x("Vote") < x("Arrest"), "as their dates");
    assert!(x("Vote") < x("Some day"), "what is caused, after what causes it");
}

#[test]
fn by_kind_there_are_three_lists_events_by_date() {
    let mut s = Script::new();
    s.run(Command::ArrangeGrid);
    s.run(Command::KeepArrangement);
    let list = |names: &[&str]| {
        for pair in names.windows(2) {
            let (a, b) = (s.at(pair[0]), s.at(pair[1]));
            assert!(a.y < b.y || a.x + 100.0 < b.x, "{pair:?}");
        }
        Rect::of_points(names.iter().map(|name| s.at(name)))
    };
    let actors =
        list(&["Anne Kervel", "Harbour Post", "Internal source", "The Lookout", "Zoé Alone"]);
    let events = list(&["Strike", "Vote", "Arrest", "Some day"]);
    let claims = list(&["Kervel was dismissed"]);
    assert!(actors.max.x + 200.0 < events.min.x && events.max.x + 200.0 < claims.min.x);
}

#[test]
fn going_on_keeps_what_is_shown_and_undo_discards_it() {
    let mut s = Script::new();
    let (before, steps) = (s.places(), s.open_notebook().history().len());
    s.run(Command::ArrangeCircular);
    assert!(s.0.is_enabled(Command::Undo));
    assert_eq!(s.undo_text(), "Undo: Arrange the canvas in circles");
    s.run(Command::Undo);
    assert!(s.open_notebook().arranging().is_none());
    assert_eq!((s.places(), s.open_notebook().history().len()), (before.clone(), steps));

    s.run(Command::ArrangeCircular);
    s.go(Intent::Cancel);
    assert!(s.open_notebook().arranging().is_none());
    assert_eq!(s.places(), before);

    // Another layout instead of the one that is shown begins from where things are.
    s.run(Command::ArrangeCircular);
    s.run(Command::ArrangeGrid);
    s.run(Command::DiscardArrangement);
    assert_eq!(s.places(), before);

    // Whatever changes something is done to what is on screen: two steps.
    s.run(Command::ArrangeGrid);
    let alone = s.id("Zoé Alone");
    let shown = s.open_notebook().place_on_canvas(alone).unwrap();
    s.select(&["Zoé Alone"]);
    assert!(s.open_notebook().arranging().is_some(), "selecting changes nothing");
    s.run(Command::TogglePin);
    assert_eq!(s.at("Zoé Alone"), shown);
    assert_eq!(s.open_notebook().history().len(), steps + 2);
    s.run(Command::Undo);
    s.run(Command::Undo);
    assert_eq!(s.places(), before);
}

#[test]
fn what_the_filter_hides_stays_and_is_not_covered() {
    for command in ALL {
        let mut s = Script::new();
        let kinds = [Kind::Actor].into();
        s.go(Intent::Charting(ChartingIntent::SetFilter(Box::new(Filter {
            kinds,
            ..Filter::default()
        }))));
        let before = s.places();
        s.run(command);
        s.run(Command::KeepArrangement);
        assert!(s.undo_text().contains("the 5 entities shown"), "{}", s.undo_text());
        for ((id, x, y), (_, was_x, was_y)) in s.places().into_iter().zip(&before) {
            let is_actor = s.open_notebook().notebook().entity(id).unwrap().kind() == Kind::Actor;
            assert!(is_actor || (x, y) == (*was_x, *was_y));
        }
        assert_ne!(s.places(), before, "{command:?}");
        assert_eq!(s.overlaps(), 0, "{command:?}");
    }
}

#[test]
fn a_layout_is_stopped_kept_and_discarded_on_its_way() {
    let mut s = Script::new();
    s.0.dispatch(Intent::Run(Command::Arrange));
    assert!(s.open_notebook().arranging().unwrap().is_running());
    assert!(s.0.is_enabled(Command::StopArranging));
    s.run(Command::StopArranging);
    let arranging = s.open_notebook().arranging().unwrap();
    assert!(arranging.was_stopped() && !arranging.is_running());
    s.run(Command::KeepArrangement);
    assert_eq!(s.overlaps(), 0);
    s.run(Command::Undo);

    // Kept while it runs: stopped, and kept as soon as it is there.
    let steps = s.open_notebook().history().len();
    s.0.dispatch(Intent::Run(Command::Arrange));
    s.run(Command::KeepArrangement);
    assert!(s.open_notebook().arranging().is_none());
    assert_eq!(s.open_notebook().history().len(), steps + 1);
    s.run(Command::Undo);

    // Discarded while it runs: nothing comes of it.
    let before = s.places();
    s.0.dispatch(Intent::Run(Command::Arrange));
    s.run(Command::DiscardArrangement);
    assert!(s.open_notebook().arranging().is_none());
    assert_eq!(s.places(), before);
}

#[test]
fn what_changes_meanwhile_is_reckoned_with() {
    let mut s = Script::new();
    s.0.dispatch(Intent::Run(Command::Arrange));
    // One goes, one is pinned, one comes.
    let (gone, pinned) = (s.id("Zoé Alone"), s.id("Vote"));
    s.0.dispatch(Intent::Session(SessionIntent::Edit(Edit::DeleteEntity {
        entity: Ref::Id(gone),
    })));
    s.0.dispatch(Intent::Session(SessionIntent::Edit(Edit::Pin {
        entities: vec![Ref::Id(pinned)],
        pinned: true,
    })));
    let new = r#"[AddEntity(kind: Actor, name: "Newcomer", handle: "$new"), Link(from: "$new", relation: "works for", to: "Harbour Post")]"#;
    s.0.dispatch(Intent::Session(SessionIntent::Edit(Edit::Batch(
        "New".to_owned(),
        parse_script(new).unwrap(),
    ))));
    program::settle(&mut s.0, "all of it");
    let (vote, steps) = (s.at("Vote"), s.open_notebook().history().len());
    s.run(Command::KeepArrangement);
    assert_eq!(s.open_notebook().history().len(), steps + 1);
    assert_eq!(s.at("Vote"), vote);
    let way = s.at("Newcomer").distance(s.at("Harbour Post"));
    assert!(way < 400.0, "placed beside what it is linked to: {way}");
}

#[test]
fn a_new_entity_is_placed_beside_what_it_is_linked_to_and_moves_nobody() {
    let mut s = Script::new();
    let before = s.places();
    let new = r#"[AddEntity(kind: Actor, name: "New", handle: "$new"), Link(from: "$new", relation: "works for", to: "Vote")]"#;
    s.edit(Edit::Batch("New".to_owned(), parse_script(new).unwrap()));
    assert!(s.at("New").distance(s.at("Vote")) < 350.0);
    let new = s.id("New");
    let others: Vec<_> = s.places().into_iter().filter(|(id, ..)| *id != new).collect();
    assert_eq!(others, before);
    assert_eq!(s.overlaps(), 0);
}

#[test]
fn there_has_to_be_something_to_move() {
    let mut s = Script::new();
    s.pin(&NAMES);
    for command in ALL {
        s.run(command);
        assert!(s.open_notebook().arranging().is_none());
        assert!(s.0.notices().last().unwrap().text.contains("pinned"));
    }
    assert!(!s.0.is_enabled(Command::KeepArrangement));
    s.run(Command::KeepArrangement);
    assert!(s.0.notices().last().unwrap().text.contains("arrange the canvas first"));
}

impl Session {
    fn new() -> Self {
        let mut session = Self::open();
        session.send(Intent::Session(SessionIntent::AddText("Bras de fer".to_owned())));
        session.send(Intent::Session(SessionIntent::Edit(set_up())));
        let unpin = unpin(session.open_notebook());
        session.send(Intent::Session(SessionIntent::Edit(unpin)));
        session.run(Command::Fit);
        session
    }

    fn click(&mut self, label: &str) {
        self.0.get_by_label(label).click();
        self.0.run();
        self.settle();
    }

    fn shows(&self, words: &str) -> bool {
        self.0.query_all_by_label_contains(words).count() > 0
    }

    /// Where the node is on screen.
    fn node(&self, label: &str) -> egui::Rect {
        self.0.get_by_label(label).rect()
    }
}

const VOTE: &str = "Event: Vote, 2 links";

#[test]
fn the_bar_keeps_and_discards_by_button_and_by_key() {
    let mut s = Session::new();
    let (before, drawn) = (s.place("Vote"), s.node(VOTE));
    s.key(Modifiers::COMMAND, Key::L);
    assert!(s.shows("10 entities moved"));
    assert_ne!(s.node(VOTE), drawn, "it is shown where it would stand");
    assert_eq!(s.place("Vote"), before);

    // The keyboard is in the canvas: Escape puts everything back, and does nothing else.
    let entities = s.open_notebook().notebook().entities().keys().copied().take(2).collect();
    s.send(Intent::Select(Selection { entities, ..Selection::none() }));
    s.key(Modifiers::NONE, Key::Escape);
    assert!(!s.shows("entities moved"));
    assert_eq!(s.open_notebook().selection().entities.len(), 2);
    assert!((s.node(VOTE).center() - drawn.center()).length() < 2.0, "and the view with it");

    s.key(Modifiers::COMMAND, Key::L);
    s.key(Modifiers::NONE, Key::Enter);
    assert!(!s.shows("entities moved"));
    let kept = s.place("Vote");
    assert_ne!(kept, before);
    assert_eq!(s.program().command_text(Command::Undo), "Undo: Arrange the canvas");
    s.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(s.place("Vote"), before);

    s.run(Command::ArrangeLayered);
    s.click("Discard arrangement");
    assert_eq!(s.place("Vote"), before);
    s.run(Command::ArrangeLayered);
    s.click("Keep arrangement");
    assert_ne!(s.place("Vote"), before);
}

#[test]
fn the_menu_offers_every_layout_and_those_of_the_selection_once_there_is_one() {
    let mut s = Session::new();
    s.click("Layouts");
    assert!(s.shows("Arrange in circles") && !s.shows("Arrange selection by kind"));
    s.key(Modifiers::NONE, Key::Escape);
    let entities = s.open_notebook().notebook().entities().keys().copied().take(3).collect();
    s.send(Intent::Select(Selection { entities, ..Selection::none() }));
    s.click("Layouts");
    s.0.get_by_label("Arrange selection by kind").click();
    s.0.run();
    s.settle();
    assert!(s.shows("3 entities moved"));
    assert_eq!(s.open_notebook().selection().entities.len(), 3, "and they stay selected");
}

#[test]
fn a_node_can_be_dragged_out_of_what_is_shown() {
    let mut s = Session::new();
    s.run(Command::ArrangeGrid);
    let at = s.node(VOTE).center();
    s.0.drag_at(at);
    s.0.run();
    s.0.hover_at(at + vec2(40.0, 60.0));
    s.0.run();
    s.0.drop_at(at + vec2(40.0, 60.0));
    s.0.run();
    s.settle();
    assert!(s.open_notebook().arranging().is_none(), "going on has kept it");
    let off = s.node(VOTE).center() - at;
    assert!((off - vec2(40.0, 60.0)).length() < 14.0, "{off:?}");
    assert!(s.program().command_text(Command::Undo).contains("Move “Vote”"));
}

#[test]
fn without_animation_everything_is_there_at_once() {
    let mut s = Session::new();
    s.0.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    s.program().dispatch(Intent::Run(Command::ArrangeCircular));
    program::settle(s.program(), "all of it");
    s.0.step();
    s.0.step();
    let shown = s.node(VOTE);
    s.0.run();
    let canvas = s.0.get_by_role_and_label(Role::Canvas, "Canvas").rect();
    assert!(canvas.contains_rect(s.node(VOTE)));
    assert!(shown.width() > 0.0);
}
