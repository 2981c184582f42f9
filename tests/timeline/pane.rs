//! The pane in the real window without a screen: by mouse, by key, and as a screen reader finds it.

use casebook::app::questions::DateEvent;
use casebook::app::{Command, Intent, Pane, Selection, SessionIntent, TaggingIntent};
use casebook::notebook::{Detail, Filter, Kind, When};
use casebook::timeline::LaneBy;
use casebook::ui::timeline::{PANE, TimelinePane};
use egui::accesskit::{Action, ActionRequest, Role};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::session::{Session, program};

const TEXT: &str = "The harbour\n\
The vote of 5 March 2040 came after a meeting in the customs house, said Ysé Alban. \
The handover followed last Friday, she said. The bridge had been built long before.";

const SCRIPT: &str = r#"[
    Describe(article: "The harbour", with: (date: "2040-03-12")),
    AddEntity(kind: Actor, name: "Ysé Alban", handle: "$yse"),
    AddEntity(kind: Actor, name: "Port Authority", handle: "$port"),
    AddEntity(kind: Event, name: "Vote", handle: "$vote", with: (date: "2040-03-05", place: "Town hall", participants: [("$port", Agent)])),
    AddEntity(kind: Event, name: "Meeting", handle: "$meeting", with: (date: "2040-03-01~", participants: [("$yse", Agent), ("$port", Involved)])),
    AddEntity(kind: Event, name: "Bridge built", handle: "$bridge", with: (date: "2039-10?", participants: [("$yse", Involved)])),
    AddEntity(kind: Event, name: "Lease", handle: "$lease", with: (date: "2040-02-10/..", participants: [("$port", Agent)])),
    AddEntity(kind: Event, name: "Handover", handle: "$handover"),
    AddEntity(kind: Event, name: "Departure", handle: "$departure"),
    AddEntity(kind: Claim, name: "The vote was bought.", handle: "$claim"),
    Tag(at: Quote("The vote of 5 March 2040"), entity: "$vote"),
    Tag(at: Quote("The handover"), entity: "$handover"),
    Tag(at: Quote("came after a meeting"), entity: "$claim", statement: (chain: [(actor: "$yse")], modality: Probable)),
    Link(from: "$meeting", relation: "before", to: "$vote", handle: "$before"),
]"#;

impl Session {
    fn with_timeline() -> Self {
        let mut session = Self::open();
        session.send(Intent::Run(Command::NewNotebook));
        session.send(Intent::Session(SessionIntent::AddText(TEXT.to_owned())));
        session.send(Intent::Session(SessionIntent::Edit(program::batch("Set up", SCRIPT))));
        session.run(Command::Pane(PANE));
        session
    }

    fn field(&self) -> Rect {
        self.0.get_by_role_and_label(Role::Canvas, "Timeline").rect()
    }

    fn keyboard_to_timeline(&mut self) {
        self.0.get_by_role_and_label(Role::Canvas, "Timeline").focus();
        self.settle();
    }

    /// The place of something on the timeline.
    fn there(&self, words: &str) -> Option<Rect> {
        let field = self.field();
        let mut all = self.0.query_all_by_label_contains(words);
        all.find(|node| field.contains(node.rect().center())).map(|node| node.rect())
    }

    fn move_to(&mut self, at: Pos2) {
        self.0.event(Event::PointerMoved(at));
        self.0.step();
    }

    fn click_at(&mut self, at: Pos2) {
        self.move_to(at);
        self.button(at, true);
        self.button(at, false);
        self.0.run_steps(40);
        self.settle();
    }

    fn drag_to(&mut self, from: Pos2, to: Pos2) {
        self.move_to(from);
        self.button(from, true);
        for i in 1..=6 {
            self.move_to(from + (to - from) * (i as f32 / 6.0));
        }
        self.button(to, false);
        self.settle();
    }

    fn type_text(&mut self, text: &str) {
        self.0.event(Event::Text(text.to_owned()));
        self.settle();
    }

    fn date(&self, name: &str) -> When {
        match &self.open_notebook().notebook().entity(self.id(name)).unwrap().detail {
            Detail::Event(event) => event.date.clone(),
            _ => panic!("{name} is no event"),
        }
    }

    fn selected(&self) -> Vec<String> {
        let book = self.open_notebook();
        let name = |id: &_| book.notebook().name(*id).to_owned();
        book.selection().entities.iter().map(name).collect()
    }
}

#[test]
fn what_is_dated_has_its_name_date_and_certainty_for_a_screen_reader() {
    let session = Session::with_timeline();
    for words in [
        "Event: Vote, 2040-03-05, to the day",
        "Event: Meeting, 2040-03-01~, to the day, approximate",
        "Event: Bridge built, 2039-10?, to the month, uncertain",
        "Event: Lease, 2040-02-10/.., lasting, to the day, open end",
        "Statement: The vote was bought., 2040-03-12, probable",
        "Link: Meeting before Vote",
    ] {
        assert!(session.there(words).is_some(), "{words}");
    }
    session.0.get_by_label("Event without a date: Handover. Enter gives it one");
    // Time goes from left to right, and one on the other there is nothing.
    let [bridge, meeting, vote] =
        ["Event: Bridge", "Event: Meeting", "Event: Vote"].map(|it| session.there(it).unwrap());
    assert!(bridge.left() < meeting.left() && meeting.left() < vote.left());
    assert!(!meeting.shrink(3.0).intersects(vote.shrink(3.0)));
}

#[test]
fn a_click_selects_everywhere_and_a_double_click_goes_to_the_sentence() {
    let mut session = Session::with_timeline();
    let vote = session.there("Event: Vote").unwrap().left_center() + egui::vec2(9.0, 0.0);
    session.click_at(vote);
    assert_eq!(session.selected(), ["Vote"]);
    for _ in 0..2 {
        session.button(vote, true);
        session.button(vote, false);
    }
    session.settle();
    let went = session.open_notebook().last_goto().cloned().unwrap();
    let article = session.open_notebook().notebook().article(went.article).unwrap();
    assert_eq!(article.text.get(went.range.clone()), Some("The vote of 5 March 2040"));
    let said = session.there("Statement: The vote was bought.").unwrap();
    session.click_at(said.left_center() + egui::vec2(9.0, 0.0));
    assert!(session.open_notebook().selection().mention.is_some());
    session.click_at(session.field().right_bottom() - egui::vec2(40.0, 20.0));
    assert!(session.open_notebook().selection().is_empty());
}

#[test]
fn a_screen_reader_selects_and_opens() {
    let mut session = Session::with_timeline();
    let ask = |session: &mut Session| {
        let target_node = {
            let field = session.field();
            let mut all = session.0.query_all_by_label_contains("Event: Vote");
            let node = all.find(|node| field.contains(node.rect().center())).unwrap();
            node.accesskit_node().locate().0
        };
        session.0.event(Event::AccessKitActionRequest(ActionRequest {
            action: Action::Click,
            target_tree: egui::accesskit::TreeId::ROOT,
            target_node,
            data: None,
        }));
        session.settle();
    };
    ask(&mut session);
    assert_eq!(session.selected(), ["Vote"]);
    ask(&mut session);
    assert!(session.open_notebook().last_goto().is_some());
}

#[test]
fn the_keyboard_walks_in_time_and_to_the_sentence() {
    let mut session = Session::with_timeline();
    session.keyboard_to_timeline();
    session.key(Modifiers::NONE, Key::Home);
    let mut walked = vec![session.selected().join("")];
    for _ in 0..4 {
        session.key(Modifiers::NONE, Key::ArrowRight);
        walked.push(session.selected().join(""));
    }
    assert_eq!(walked, ["Bridge built", "Lease", "Meeting", "Vote", "The vote was bought."]);
    session.key(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(session.selected(), ["Vote"]);
    session.key(Modifiers::NONE, Key::Enter);
    assert!(session.open_notebook().last_goto().is_some());
    session.keyboard_to_timeline();
    session.key(Modifiers::NONE, Key::Escape);
    assert!(session.open_notebook().selection().is_empty());
    session.key(Modifiers::NONE, Key::End);
    assert_eq!(session.selected(), ["The vote was bought."]);
    session.key(Modifiers::NONE, Key::ArrowUp);
    assert_ne!(session.selected(), ["The vote was bought."]);
}

#[test]
fn lanes_are_chosen_kept_in_the_settings_and_walked_up_and_down() {
    let mut session = Session::with_timeline();
    session.0.get_by_label("Lanes: Actor").click();
    session.settle();
    assert_eq!(session.program().prefs().timeline.lanes, LaneBy::Actor);
    // The meeting is in the lanes of both who took part.
    for lane in ["Ysé Alban", "Port Authority"] {
        let words = format!("Event: Meeting, 2040-03-01~, to the day, approximate, in {lane}");
        assert!(session.there(&words).is_some(), "{words}");
    }
    let lane = |session: &Session, words: &str| session.there(words).unwrap().center().y;
    let (port, yse) = (
        lane(&session, "Event: Vote, 2040-03-05, to the day, in Port Authority"),
        lane(&session, "Event: Bridge built, 2039-10?, to the month, uncertain, in Ysé Alban"),
    );
    assert!(port < yse, "lanes of actors are in the order of their names");
    session.send(Intent::Select(Selection::entity(session.id("Vote"))));
    session.keyboard_to_timeline();
    for _ in 0..6 {
        session.key(Modifiers::NONE, Key::ArrowDown);
    }
    let last = session.selected();
    let of_yse = ["Bridge built", "Meeting", "The vote was bought."];
    assert!(of_yse.contains(&&*last.join("")), "{last:?}");
    session.0.get_by_label("Statements").click();
    session.settle();
    assert!(session.there("Statement: The vote").is_none());
    assert!(!session.program().prefs().timeline.statements);
}

#[test]
fn fit_is_for_what_has_the_keyboard_and_the_wheel_zooms_where_the_pointer_is() {
    let mut session = Session::with_timeline();
    let before = session.there("Event: Vote").unwrap();
    let at = before.left_center() + egui::vec2(9.0, 0.0);
    session.move_to(at);
    let wheel = Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 900.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
    };
    session.0.event(wheel);
    session.0.run_steps(60);
    session.settle();
    let zoomed = session.there("Event: Vote").unwrap();
    assert!(session.there("Event: Bridge").is_none(), "it is out of view");
    assert!((zoomed.left() - before.left()).abs() < 24.0, "{before} {zoomed}");
    session.keyboard_to_timeline();
    session.key(Modifiers::NONE, Key::F);
    assert!(session.there("Event: Bridge").is_some());
}

#[test]
fn an_undated_event_is_dragged_to_its_place_and_keeps_the_words_as_written() {
    let mut session = Session::with_timeline();
    let chip = session.0.get_by_label("Event without a date: Handover. Enter gives it one").rect();
    let vote = session.there("Event: Vote").unwrap();
    let to = Pos2::new(vote.left() + 9.0, session.field().bottom() - 30.0);
    session.drag_to(chip.center(), to);
    let asked = session.program().asked::<DateEvent>().unwrap();
    assert_eq!(asked.date.written, "last Friday");
    let pointed = asked.date.edtf.clone();
    assert!(pointed.starts_with("2040-03"), "{pointed}");
    session.0.get_by_role_and_label(Role::TextInput, "Date of the event");
    let field = session.0.get_by_role_and_label(Role::TextInput, "As written");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("last Friday"));
    session.key(Modifiers::NONE, Key::Enter);
    assert_eq!(session.date("Handover"), When { written: "last Friday".into(), edtf: pointed });
    assert!(session.there("Event: Handover, 2040-03").is_some());
    assert!(session.0.query_by_label_contains("without a date: Handover").is_none());
    session.run(Command::Undo);
    assert_eq!(session.date("Handover"), When::default());
}

#[test]
fn an_undated_event_is_given_a_date_by_the_keyboard_in_words() {
    let mut session = Session::with_timeline();
    session.0.get_by_label("Event without a date: Departure. Enter gives it one").focus();
    session.settle();
    session.key(Modifiers::NONE, Key::Enter);
    assert!(session.program().asked::<DateEvent>().is_some());
    session.type_text("some day");
    session.0.get_by_label_contains("This is no date that can be read");
    session.key(Modifiers::NONE, Key::Enter);
    assert!(session.program().asked::<DateEvent>().is_some(), "it stays open");
    session.key(Modifiers::COMMAND, Key::A);
    session.type_text("14 March 2040");
    session.key(Modifiers::NONE, Key::Enter);
    assert!(session.program().asked::<DateEvent>().is_none());
    assert_eq!(session.date("Departure").edtf, "2040-03-14");
}

#[test]
fn an_event_that_is_given_a_date_out_of_view_comes_into_view() {
    let mut session = Session::with_timeline();
    session.0.get_by_label("Event without a date: Departure. Enter gives it one").focus();
    session.settle();
    session.key(Modifiers::NONE, Key::Enter);
    session.type_text("2093-03-14");
    session.key(Modifiers::NONE, Key::Enter);
    assert_eq!(session.date("Departure").edtf, "2093-03-14");
    session.settle();
    assert!(session.there("Event: Departure, 2093-03-14").is_some(), "it is where it can be seen");
}

#[test]
fn dragging_the_ground_pans_and_changes_nothing() {
    let mut session = Session::with_timeline();
    let revision = session.open_notebook().notebook().revision();
    let before = session.there("Event: Vote").unwrap();
    let from = session.field().center() + egui::vec2(0.0, 120.0);
    session.drag_to(from, from - egui::vec2(60.0, 0.0));
    let after = session.there("Event: Vote").unwrap();
    assert!((before.left() - 60.0 - after.left()).abs() < 1.5, "{before} {after}");
    assert_eq!(before.top(), after.top());
    assert_eq!(session.open_notebook().notebook().revision(), revision);
    session.0.event(Event::PointerButton {
        pos: after.left_center(),
        button: PointerButton::Secondary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    session.settle();
}

#[test]
fn the_filter_hides_and_the_selection_made_elsewhere_comes_into_view() {
    let mut session = Session::with_timeline();
    let mut filter = Filter::default();
    filter.kinds.insert(Kind::Event);
    session.send(Intent::Charting(casebook::app::ChartingIntent::SetFilter(Box::new(filter))));
    assert!(session.there("Event: Vote").is_some());
    assert!(session.there("Statement: The vote").is_none());
    session.run(Command::ClearFilter);
    assert!(session.there("Statement: The vote").is_some());
    session.keyboard_to_timeline();
    for _ in 0..9 {
        session.key(Modifiers::NONE, Key::Plus);
    }
    session.send(Intent::Select(Selection::none()));
    for _ in 0..40 {
        session.key(Modifiers::SHIFT, Key::ArrowRight);
    }
    assert!(session.there("Event: Bridge").is_none());
    session.send(Intent::Select(Selection::entity(session.id("Bridge built"))));
    assert!(session.there("Event: Bridge").is_some());
}

#[test]
fn as_of_a_day_nothing_of_later_articles_is_there_and_nothing_can_be_dated() {
    let mut session = Session::with_timeline();
    session.send(Intent::Session(SessionIntent::AsOf(Some("2040-03-01".to_owned()))));
    assert!(session.there("Statement: The vote").is_none());
    assert!(session.there("Event: Vote").is_some());
    let event = session.id("Handover");
    session.send(TaggingIntent::AskDate(event, "2040".to_owned()).into());
    assert!(session.program().asked::<DateEvent>().is_none());
    session.send(Intent::Session(SessionIntent::AsOf(None)));
    assert!(session.there("Statement: The vote").is_some());
}

#[test]
fn dates_that_contradict_the_links_are_marked_and_said() {
    let mut session = Session::with_timeline();
    let edit =
        program::batch("Wrong", r#"[SetEntity(entity: "Meeting", with: (date: "2040-03-20"))]"#);
    session.send(Intent::Session(SessionIntent::Edit(edit)));
    assert!(
        session.there("dates clash: “Meeting” (2040-03-20) is said to come before it").is_some()
    );
    assert!(session.there("Link: Meeting before Vote, the dates say otherwise").is_some());
    assert_eq!(session.0.query_all_by_label("1 clash of dates").count(), 1);
}

#[test]
fn an_empty_timeline_says_what_to_do() {
    let mut session = Session::open();
    session.send(Intent::Run(Command::NewNotebook));
    session.run(Command::Pane(PANE));
    session.0.get_by_label_contains("Tag an event in an article (E) and give it a date");
}

#[test]
fn the_chronology_is_a_table_of_the_same_that_selects_and_goes_to_sentences() {
    let mut session = Session::with_timeline();
    session.run(Command::Chronology);
    assert!(session.program().shows_pane(Pane::TABLE));
    for cell in [
        "Date: 2040-03-12",
        "What: The vote was bought.",
        "Who: Ysé Alban",
        "Sentence: The vote of 5 March 2040 came after a meeting in the customs house, said Ysé Alban.",
        "How sure: probable",
        "How sure: no date",
    ] {
        assert!(session.0.query_all_by_label(cell).count() > 0, "{cell}");
    }
    let rows = |session: &Session| -> Vec<String> {
        let rows = session.0.query_all_by_role(Role::Row);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    };
    let first = rows(&session);
    assert_eq!(first[0], "Event: Bridge built");
    assert_eq!(first.last().unwrap(), "Event: Handover", "what has no date comes last: {first:?}");
    session.0.get_by_label("Sort by What").click();
    session.settle();
    assert_eq!(rows(&session)[0], "Event: Bridge built");
    assert_eq!(rows(&session)[1], "Event: Departure");
    session.send(Intent::Select(Selection::entity(session.id("Vote"))));
    let chosen = session
        .0
        .query_all_by_role(Role::Row)
        .find(|row| row.accesskit_node().is_selected() == Some(true));
    assert_eq!(chosen.unwrap().accesskit_node().label().as_deref(), Some("Event: Vote"));
    session.0.get_by_label_contains("Copy the rows as a table").click();
    session.0.run_steps(2);
}

#[test]
fn what_does_not_go_with_a_date_stands_in_the_chronology_and_in_its_copy() {
    let mut session = Session::with_timeline();
    let edit =
        program::batch("Wrong", r#"[SetEntity(entity: "Meeting", with: (date: "2040-03-20"))]"#);
    session.send(Intent::Session(SessionIntent::Edit(edit)));
    session.run(Command::Chronology);
    for cell in [
        "How sure: to the day; but “Meeting” (2040-03-20) is said to come before it",
        "How sure: to the day; but it is said to come before “Vote” (2040-03-05)",
    ] {
        let there = session.0.query_all_by_label_contains(cell).count();
        assert!(there > 0, "{cell}");
    }
    // Put right, it is said no more.
    session.run(Command::Undo);
    assert_eq!(session.0.query_all_by_label_contains("; but ").count(), 0);
}

#[test]
fn the_part_in_view_is_kept_for_when_the_notebook_is_opened_again() {
    let mut session = Session::with_timeline();
    assert!(session.open_notebook().timeline_place().is_none(), "what is fitted is fitted anew");
    session.keyboard_to_timeline();
    for _ in 0..3 {
        session.key(Modifiers::NONE, Key::Plus);
    }
    session.key(Modifiers::SHIFT, Key::ArrowLeft);
    let kept = session.open_notebook().timeline_place().unwrap();
    let program = session.0.state().program();
    // Another pane of the same notebook, as when it is opened again.
    let ctx = egui::Context::default();
    ctx.set_fonts(casebook::ui::fonts::built_in());
    let mut pane = TimelinePane::default();
    let size = session.field().size();
    for _ in 0..3 {
        let input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            ..egui::RawInput::default()
        };
        let book = program.open_notebook().unwrap();
        let style = casebook::ui::theme::Style::light();
        let full = ctx.run_ui(input, |ui| {
            pane.ui(ui, program, book, &style, &mut Vec::new(), |_| {});
        });
        full.drop_without_applying_deltas();
    }
    assert_eq!(pane.view().centre, kept.centre);
    assert_eq!(pane.view().scale, kept.scale);
}
