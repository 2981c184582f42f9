//! Finding one's way on the canvas, on the real window: filter, focus, paths, what the size of a node tells, the small
//! map, views back and forward, and the sentence a link rests on.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use casebook::app::{ChartingIntent, Command, Intent, LinkDraft, Selection, SessionIntent, Tool};
use casebook::edit::parse_script;
use casebook::inquiry::Measure;
use casebook::notebook::{Filter, Kind, RelationId};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[path = "common/session.rs"]
mod session;

use session::{Session, program};

const TEXT: &str = "Bras de fer

Anne Kervel dirige le port. Selon Le Guetteur, elle aurait limogé Paul Ormelot vendredi. La grève a commencé.";

/// Kervel – Port – Ormelot – Strike – Vote in a row, the outlet beside it, and a second way over the outlet.
const SCRIPT: &str = r#"[
  AddEntity(kind: Actor, name: "Anne Kervel", handle: "$kervel", at: (-600, 0)),
  AddEntity(kind: Actor, name: "Port", handle: "$port", at: (-300, -120)),
  AddEntity(kind: Actor, name: "Le Guetteur", handle: "$guetteur", at: (-300, 120)),
  AddEntity(kind: Actor, name: "Paul Ormelot", handle: "$ormelot", at: (0, 0)),
  AddEntity(kind: Event, name: "Strike", handle: "$strike", at: (300, 0), with: (date: "2031-03-14")),
  AddEntity(kind: Event, name: "Vote", handle: "$vote", at: (600, 0), with: (date: "2031-05")),
  Tag(at: Quote("Anne Kervel"), entity: "$kervel"),
  Tag(at: Quote("Paul Ormelot"), entity: "$ormelot", handle: "$said"),
  Link(from: "$kervel", relation: "directs", to: "$port", evidence: [Sentence(at: Quote("dirige le port"))]),
  Link(from: "$ormelot", relation: "works for", to: "$port", with: (strength: Tentative)),
  Link(from: "$guetteur", relation: "cites", to: "$kervel"),
  Link(from: "$guetteur", relation: "quotes", to: "$ormelot",
       evidence: [Quote(at: Quote("elle aurait limogé Paul Ormelot")), Mention("$said")]),
  Link(from: "$ormelot", relation: "agent", to: "$strike"),
  Link(from: "$strike", relation: "before", to: "$vote"),
]"#;

/// How the canvas names its nodes to a screen reader.
const NODES: [(&str, &str); 6] = [
    ("Anne Kervel", "Actor: Anne Kervel, 2 links"),
    ("Port", "Actor: Port, 2 links"),
    ("Le Guetteur", "Actor: Le Guetteur, 2 links"),
    ("Paul Ormelot", "Actor: Paul Ormelot, 3 links"),
    ("Strike", "Event: Strike, 2 links"),
    ("Vote", "Event: Vote, 1 link"),
];

impl Session {
    fn new() -> Self {
        Self::open().with_sample()
    }

    /// In a window of another size.
    fn new_in(size: egui::Vec2) -> Self {
        let program = casebook::app::Program::new(casebook::app::PrefsFile::none());
        Self(session::desk::open(size, program)).with_sample()
    }

    fn with_sample(self) -> Self {
        let mut session = self;
        session.send(Intent::Session(SessionIntent::AddText(TEXT.to_owned())));
        session.send(Intent::Session(SessionIntent::Edit(program::batch("Set up", SCRIPT))));
        session.run(Command::Fit);
        session
    }

    fn select(&mut self, names: &[&str]) {
        let first = self.id(names[0]);
        self.send(Intent::Select(Selection::entity(first)));
        for name in &names[1..] {
            let id = self.id(name);
            self.send(Intent::ToggleEntity(id));
        }
    }

    /// The entities a screen reader finds on the canvas: those that are seen.
    fn seen(&self) -> Vec<String> {
        NODES
            .into_iter()
            .filter(|(_, label)| self.0.query_by_label(label).is_some())
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    fn shows(&self, words: &str) -> bool {
        self.0.query_all_by_label_contains(words).count() > 0
            || self.0.query_all_by_value(words).count() > 0
    }

    fn node(&self, name: &str) -> egui::Rect {
        let (_, label) = NODES.into_iter().find(|(known, _)| *known == name).unwrap();
        self.0.get_by_label(label).rect()
    }
}

#[test]
fn a_filter_hides_says_how_many_are_left_and_is_cleared() {
    let mut s = Session::new();
    assert_eq!(s.seen().len(), 6);
    s.send(Intent::Charting(ChartingIntent::SetFilter(Box::new(Filter {
        kinds: [Kind::Event].into(),
        ..Filter::default()
    }))));
    assert_eq!(s.seen(), ["Strike", "Vote"]);
    assert!(s.shows("2 of 6 shown · filter on"));
    // Everything else keeps to it: what is selected with Ctrl+A, and where the arrows lead.
    s.keyboard_to_canvas();
    s.key(Modifiers::COMMAND, Key::A);
    assert_eq!(s.open_notebook().selection().entities.len(), 2);
    s.select(&["Strike"]);
    s.keyboard_to_canvas();
    s.key(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(
        s.open_notebook().selection().only_entity(),
        Some(s.id("Strike")),
        "nobody is there"
    );
    // Whoever asks for what is hidden is told.
    let port = s.id("Port");
    s.send(Intent::Charting(ChartingIntent::ShowOnCanvas(port)));
    assert!(s.program().notices().last().unwrap().text.contains("hidden by the canvas filter"));
    // A new entity obeys it too, once it is made.
    s.send(Intent::Session(SessionIntent::Edit(
        parse_script(r#"[AddEntity(kind: Actor, name: "New")]"#).unwrap().remove(0),
    )));
    assert!(s.shows("2 of 7 shown · filter on"));
    s.run(Command::ClearFilter);
    s.run(Command::Fit);
    assert_eq!(s.seen().len(), 6);
    assert!(!s.shows("shown · filter on"));
}

#[test]
fn the_panel_sets_conditions_that_combine() {
    let mut s = Session::new();
    s.key(Modifiers::ALT, Key::F);
    s.0.get_by_label("With evidence").click();
    s.settle();
    assert_eq!(s.seen(), ["Anne Kervel", "Paul Ormelot"]);
    s.0.get_by_label("With evidence").click();
    s.settle();
    s.0.get_by_label("tentative").click();
    s.settle();
    assert_eq!(s.seen(), ["Port", "Paul Ormelot"]);
    s.0.get_by_label("Actors").click();
    s.settle();
    assert_eq!(s.open_notebook().exploration().filter().count(), 2);
    s.0.get_by_label("Clear").click();
    s.settle();
    assert_eq!(s.seen().len(), 6);
    let until = s.0.get_by_role_and_label(Role::TextInput, "Until");
    until.focus();
    s.0.run();
    for letter in "2031-04".chars() {
        s.0.event(Event::Text(letter.to_string()));
        s.0.run();
    }
    s.settle();
    assert_eq!(s.open_notebook().exploration().filter().to, "2031-04");
    assert!(!s.seen().contains(&"Vote".to_owned()));
    assert!(s.seen().contains(&"Strike".to_owned()));
}

#[test]
fn a_focus_fades_what_is_farther_and_the_pointer_passes_through() {
    let mut s = Session::new();
    s.select(&["Anne Kervel"]);
    let vote = s.node("Vote").center();
    s.key(Modifiers::ALT, Key::Num1);
    assert_eq!(s.seen(), ["Anne Kervel", "Port", "Le Guetteur"]);
    assert!(s.shows("Focus: 1 step around “Anne Kervel”"));
    for pressed in [true, false] {
        s.0.event(Event::PointerMoved(vote));
        s.button(vote, pressed);
    }
    s.settle();
    assert!(
        s.open_notebook().selection().is_empty(),
        "a click on what is faded is a click on nothing"
    );
    s.select(&["Anne Kervel"]);
    s.key(Modifiers::ALT, Key::Num2);
    assert_eq!(s.seen().len(), 4);
    s.key(Modifiers::ALT, Key::Num3);
    assert_eq!(s.seen().len(), 5);
    s.key(Modifiers::ALT, Key::Num3);
    assert_eq!(s.seen().len(), 6, "the same again: everything");
    s.run(Command::FocusTwo);
    s.run(Command::LeaveFocus);
    assert_eq!(s.seen().len(), 6);
    // Escape steps back: first from what is selected, then from the focus.
    s.run(Command::FocusTwo);
    s.keyboard_to_canvas();
    s.key(Modifiers::NONE, Key::Escape);
    assert!(s.open_notebook().selection().is_empty() && s.seen().len() == 4);
    s.key(Modifiers::NONE, Key::Escape);
    assert_eq!(s.seen().len(), 6);
}

#[test]
fn shortest_paths_are_listed_in_words_and_can_be_selected() {
    let mut s = Session::new();
    s.select(&["Paul Ormelot", "Anne Kervel"]);
    s.key(Modifiers::ALT, Key::P);
    assert!(s.shows("2 shortest paths, 2 steps"));
    assert!(s.shows("Paul Ormelot works for Port · Anne Kervel directs Port"));
    assert!(s.shows("Le Guetteur quotes Paul Ormelot · Le Guetteur cites Anne Kervel"));
    assert_eq!(s.seen(), ["Anne Kervel", "Port", "Le Guetteur", "Paul Ormelot"]);
    s.0.get_by_label_contains("Path 1: ").click();
    s.settle();
    let selection = s.open_notebook().selection();
    assert_eq!((selection.entities.len(), selection.links.len()), (3, 2));
    // A filter narrows the ways there are.
    let relations = ["works for", "agent", "before"].map(RelationId::from);
    s.send(Intent::Charting(ChartingIntent::SetFilter(Box::new(Filter {
        relations: relations.into(),
        ..Filter::default()
    }))));
    assert!(s.shows("No path between them"));
}

#[test]
fn a_link_starts_at_what_was_selected_first() {
    let mut s = Session::new();
    for names in [["Paul Ormelot", "Strike"], ["Strike", "Paul Ormelot"]] {
        s.select(&names);
        s.run(Command::Link);
        let (from, to) = (s.id(names[0]), s.id(names[1]));
        let Tool::Link(draft) = s.open_notebook().tool() else { panic!("no link is being made") };
        assert_eq!(*draft, LinkDraft::between(from, to, None));
        s.send(Intent::Cancel);
    }
    // Taken away and added again, it comes second.
    s.select(&["Strike", "Vote"]);
    for _ in 0..2 {
        let strike = s.id("Strike");
        s.send(Intent::ToggleEntity(strike));
    }
    assert_eq!(s.open_notebook().selection().pair(), Some((s.id("Vote"), s.id("Strike"))));
}

#[test]
fn sizes_tell_a_measure_that_is_explained() {
    let mut s = Session::new();
    let before = (s.node("Paul Ormelot").width(), s.node("Vote").width());
    s.run(Command::SizeByBetweenness);
    s.0.run_steps(30);
    let after = (s.node("Paul Ormelot").width(), s.node("Vote").width());
    assert!(after.0 > before.0 * 1.5, "{before:?} {after:?}");
    assert!(after.1 < before.1 * 0.85, "nothing leads through it: {before:?} {after:?}");
    assert!(s.shows("Size: betweenness"));
    assert!(s.program().notices().last().unwrap().text.contains("shortest paths"));
    // The other measures stand in a menu of their own.
    s.0.get_by_role_and_label(Role::Button, "Canvas").click();
    s.0.run();
    s.0.get_by_label_contains("Node size").click();
    s.0.run();
    s.0.get_by_label_contains("By k-core").click();
    s.settle();
    assert_eq!(s.open_notebook().exploration().measure(), Measure::Core);
    s.run(Command::SizeAlike);
    assert_eq!(s.open_notebook().exploration().measure(), Measure::None);
    assert!((s.node("Paul Ormelot").width() - before.0).abs() < 1.0);
}

#[test]
fn a_search_zooms_to_the_hit_and_back_leads_where_one_was() {
    let mut s = Session::new();
    // A step back leads also to where one has not moved to oneself.
    let fitted = s.node("Strike");
    let strike = s.id("Strike");
    s.keyboard_to_canvas();
    for _ in 0..6 {
        s.key(Modifiers::NONE, Key::Plus);
    }
    s.send(Intent::Charting(ChartingIntent::ShowOnCanvas(strike)));
    for _ in 0..9 {
        s.run(Command::ViewBack);
    }
    assert!((s.node("Strike").center() - fitted.center()).length() < 2.0);
    s.keyboard_to_canvas();
    for _ in 0..10 {
        s.key(Modifiers::NONE, Key::Plus);
    }
    let before = s.node("Paul Ormelot");
    s.keyboard_to_canvas();
    s.key(Modifiers::COMMAND, Key::F);
    for letter in "vote".chars() {
        s.0.event(Event::Text(letter.to_string()));
        s.0.run();
    }
    s.key(Modifiers::NONE, Key::Enter);
    assert_eq!(s.open_notebook().selection().only_entity(), Some(s.id("Vote")));
    assert!(s.canvas().contains_rect(s.node("Vote")));
    s.run(Command::ViewBack);
    let back = s.node("Paul Ormelot");
    assert!((back.center() - before.center()).length() < 2.0, "{before} {back}");
    s.run(Command::ViewForward);
    assert!(s.canvas().contains_rect(s.node("Vote")));
    // With nothing selected, Alt and the arrows do the same.
    s.send(Intent::Select(Selection::none()));
    s.keyboard_to_canvas();
    s.key(Modifiers::ALT, Key::ArrowLeft);
    let back = s.node("Paul Ormelot");
    assert!((back.center() - before.center()).length() < 2.0, "{before} {back}");
}

#[test]
fn the_small_map_is_there_when_needed_and_moves_the_view() {
    let mut s = Session::new();
    let map = "Minimap of the canvas";
    assert!(!s.shows(map), "all is in view");
    s.keyboard_to_canvas();
    for _ in 0..10 {
        s.key(Modifiers::NONE, Key::Plus);
    }
    assert!(s.shows(map));
    let rect = s.0.get_by_label(map).rect();
    let drag = |s: &mut Session, from: Pos2, to: Pos2| {
        let event = |pos, pressed| {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            Event::PointerButton { pos, button, pressed, modifiers }
        };
        s.0.event(Event::PointerMoved(from));
        s.0.event(event(from, true));
        s.0.step();
        for i in 1..=5 {
            s.0.event(Event::PointerMoved(from + (to - from) * (i as f32 / 5.0)));
            s.0.step();
        }
        s.0.event(event(to, false));
        s.0.run();
    };
    drag(&mut s, rect.center(), rect.right_center() - vec2(6.0, 0.0));
    assert!(s.canvas().contains(s.node("Vote").center()));
    s.run(Command::ToggleMap);
    assert!(!s.shows(map));
}

#[test]
fn a_link_under_the_pointer_shows_the_sentence_it_rests_on() {
    let mut s = Session::new();
    s.select(&["Paul Ormelot"]);
    let link = s.0.get_by_label_contains("Link: Le Guetteur quotes Paul Ormelot");
    let at = link.rect().center();
    s.0.event(Event::PointerMoved(at));
    s.0.run_steps(60);
    assert!(s.shows("Le Guetteur quotes Paul Ormelot"));
    let sentence = "Selon Le Guetteur, elle aurait limogé Paul Ormelot vendredi.";
    assert!(s.shows(sentence), "the sentence around the words, not the words alone");
    assert!(s.shows("Double-click to go there; again for the next of 2"));
    s.send(Intent::Select(Selection::none()));
    s.keyboard_to_canvas();
    s.0.run_steps(60);
    assert!(s.shows("Press Enter or double-click to go there; again for the next of 2"));
    s.key(Modifiers::NONE, Key::Enter);
    let words = TEXT.find("elle aurait").unwrap();
    let went = s.open_notebook().last_goto().unwrap().clone();
    assert_eq!(went.range.start, words);
    for pressed in [true, false, true, false] {
        s.button(at, pressed);
    }
    s.settle();
    // A double click goes on from there, to the mention; the link stays selected.
    let again = s.open_notebook().last_goto().unwrap();
    let name = TEXT.find("Paul Ormelot").unwrap();
    assert_eq!(again.range, name..name + "Paul Ormelot".len());
    assert!(s.open_notebook().selection().only_link().is_some());
}

#[test]
fn a_named_view_brings_back_filter_focus_and_place_and_can_be_undone() {
    let mut s = Session::new();
    let filter = Filter { kinds: [Kind::Actor].into(), ..Filter::default() };
    s.send(Intent::Charting(ChartingIntent::SetFilter(Box::new(filter.clone()))));
    s.select(&["Anne Kervel"]);
    s.run(Command::FocusOne);
    let place = s.node("Port");
    s.key(Modifiers::ALT, Key::V);
    for letter in "Kervel’s circle".chars() {
        s.0.event(Event::Text(letter.to_string()));
        s.0.run();
    }
    s.key(Modifiers::NONE, Key::Enter);
    let view = s.open_notebook().notebook().views().values().next().unwrap().clone();
    assert_eq!((view.name.as_str(), &view.filter), ("Kervel’s circle", &filter));
    assert_eq!(view.focus.as_ref().unwrap().steps, 1);

    s.run(Command::ClearFilter);
    s.run(Command::LeaveFocus);
    s.run(Command::Fit);
    assert_eq!(s.seen().len(), 6);
    s.run(Command::ToggleFilter);
    s.0.get_by_label("View: Kervel’s circle").click();
    s.0.run();
    s.settle();
    assert_eq!(s.open_notebook().exploration().filter(), &filter);
    assert_eq!(s.seen(), ["Anne Kervel", "Port", "Le Guetteur"]);
    assert!((s.node("Port").center() - place.center()).length() < 2.0);

    // The palette finds it too; what is shown now can take its place; all of it is undone.
    s.send(Intent::Charting(ChartingIntent::SetFilter(Box::default())));
    let id = *s.open_notebook().notebook().views().keys().next().unwrap();
    s.send(Intent::Charting(ChartingIntent::ReplaceView(id)));
    assert!(s.open_notebook().notebook().views()[&id].filter.is_empty());
    s.run(Command::Undo);
    assert_eq!(s.open_notebook().notebook().views()[&id].filter, filter);
    s.0.get_by_label("More actions for view Kervel’s circle").click();
    s.0.run();
    s.0.get_by_label("Delete").click();
    s.settle();
    assert!(s.open_notebook().notebook().views().is_empty());
    s.run(Command::Undo);
    assert_eq!(s.open_notebook().notebook().views().len(), 1);
    s.run(Command::Palette);
    for letter in "Kervels circle".chars() {
        s.0.event(Event::Text(letter.to_string()));
        s.0.run();
    }
    s.key(Modifiers::NONE, Key::Enter);
    assert_eq!(s.open_notebook().exploration().filter(), &filter);
}

#[test]
fn what_is_removed_is_asked_for_no_more() {
    let mut s = Session::new();
    let article = s.open_notebook().article().unwrap();
    let filter = Filter { articles: [article].into(), ..Filter::default() };
    s.send(Intent::Charting(ChartingIntent::SetFilter(Box::new(filter))));
    s.select(&["Anne Kervel"]);
    s.run(Command::FocusOne);
    s.run(Command::Delete);
    assert!(!s.shows("Focus: 1 step"), "nobody is left to style around");
    s.run(Command::RemoveArticle);
    s.run(Command::Fit);
    assert!(s.open_notebook().exploration().filter().is_empty());
    assert!(s.0.query_by_label("Event: Vote, 1 link").is_some(), "all is shown again");
}

#[test]
fn who_clicked_in_the_inspector_can_still_open_the_filter_by_its_key() {
    let mut s = Session::new();
    s.select(&["Anne Kervel"]);
    let at = s.0.get_by_label("Link…").rect().left_bottom() + vec2(3.0, 3.0);
    s.0.hover_at(at);
    s.button(at, true);
    s.button(at, false);
    s.0.run();
    s.key(Modifiers::ALT, Key::F);
    assert!(s.open_notebook().exploration().panel_is_open());
}

#[test]
fn filter_legend_and_tools_never_cover_each_other() {
    let mut both = 0;
    for size in [vec2(1000.0, 640.0), vec2(1280.0, 720.0), vec2(1700.0, 1200.0)] {
        let mut s = Session::new_in(size);
        for workspace in
            [Command::WorkspaceRead, Command::WorkspaceCanvas, Command::WorkspaceReview]
        {
            s.run(workspace);
            for toggle in [
                Command::ToggleFilter,
                Command::ToggleLegend,
                Command::ToggleFilter,
                Command::ToggleLegend,
            ] {
                s.run(toggle);
                let area = |close: &str, id: &str| {
                    s.0.query_by_label(close)?;
                    s.0.ctx.memory(|memory| memory.area_rect(egui::Id::unique(id)))
                };
                let filter = area("Close filter", "canvas filter");
                let legend = area("Close legend", "canvas legend");
                let tools = s.0.query_by_label("Fit the canvas").map(|button| button.rect());
                let all: Vec<_> = [filter, legend, tools].into_iter().flatten().collect();
                for (i, one) in all.iter().enumerate() {
                    let covered =
                        all[i + 1..].iter().any(|other| one.shrink(1.0).intersects(*other));
                    assert!(!covered, "{size}, {workspace:?}: {all:?}");
                }
                both += usize::from(all.len() == 3);
            }
        }
    }
    assert!(both > 3, "they were there together {both} times");
}

#[test]
fn fit_keeps_clear_of_what_lies_over_the_canvas_and_fills_the_rest() {
    for size in [vec2(1280.0, 720.0), vec2(1700.0, 1200.0)] {
        let mut s = Session::new_in(size);
        s.run(Command::WorkspaceCanvas);
        for open in [Command::ToggleLegend, Command::ToggleFilter] {
            s.run(open);
            s.run(Command::Fit);
            s.0.run_steps(60);
            s.settle();
            let area = |close: &str, id: &str| {
                s.0.query_by_label(close)?;
                s.0.ctx.memory(|memory| memory.area_rect(egui::Id::unique(id)))
            };
            let tools = s.0.query_by_label("Fit the canvas").map(|button| button.rect());
            let over: Vec<egui::Rect> = [
                area("Close filter", "canvas filter"),
                area("Close legend", "canvas legend"),
                tools,
            ]
            .into_iter()
            .flatten()
            .collect();
            assert!(over.len() > 1, "{size}, {open:?}: {over:?}");
            let mut all = egui::Rect::NOTHING;
            for (name, _) in NODES {
                let node = s.node(name);
                assert!(s.canvas().contains_rect(node), "{size}, {open:?}: {name} at {node}");
                let under = over.iter().find(|rect| rect.intersects(node));
                assert_eq!(under, None, "{size}, {open:?}: {name} at {node}");
                all = all.union(node);
            }
            // What is left is not left empty.
            let free = s.canvas().width() - over.iter().map(|it| it.width()).sum::<f32>();
            assert!(all.width() > free * 0.6, "{size}, {open:?}: {all} of {}", s.canvas());
        }
    }
}

#[test]
fn nothing_moves_in_the_inspector_as_a_selection_grows() {
    let mut s = Session::new();
    let media = r#"[SetEntity(entity: "Le Guetteur", with: (actor_kind: Media))]"#;
    s.send(Intent::Session(SessionIntent::Edit(program::batch("Media", media))));
    let places = |s: &Session| {
        ["Kind of actor", "Owner", "Reliability", "Pin or unpin"].map(|name| {
            let all = s.0.query_all_by_label(name);
            // A button of that name may stand in a menu's bar as well.
            all.map(|node| node.rect()).max_by(|a, b| a.left().total_cmp(&b.left())).unwrap()
        })
    };
    s.select(&["Anne Kervel", "Port"]);
    assert!(s.0.query_by_label("Merge “Port” into “Anne Kervel”").is_some(), "two can be merged");
    let two = places(&s);
    s.select(&["Anne Kervel", "Port", "Paul Ormelot"]);
    assert_eq!(places(&s), two);
    s.select(&["Anne Kervel", "Port", "Paul Ormelot", "Le Guetteur"]);
    let kind = s.0.get_by_label("Kind of actor");
    assert_eq!(kind.accesskit_node().value().as_deref(), Some("Mixed"));
    assert_eq!(places(&s), two);
}
