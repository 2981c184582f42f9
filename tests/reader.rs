//! The reader on real widgets: selecting, tagging, linking, boundaries, finding one's way, and what a screen
//! reader is told.

use casebook::app::{
    Caret, ChartingIntent, Command, Intent, PrefsFile, Program, ReadingIntent, Selection,
    SessionIntent, TaggingIntent, Tool,
};
use casebook::notebook::{ArticleId, EntityId, Kind, MentionId};
use casebook::ui::fonts;
use casebook::ui::reader::{Reader, ReaderOutput};
use casebook::ui::theme::Style;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[path = "common/words.rs"]
mod words;

const TEXT: &str = "Le retour d’Ysé\n\
Selon le Guetteur, Ysé Alban aurait refusé. L’entreprise n’a pas confirmé.\n\
Deux sources internes l’affirment : « Elle part. »\n\
\n\
Fin.";

/// A program with one article, its reader, and what the reader sent.
struct Desk {
    program: Program,
    reader: Reader,
    output: ReaderOutput,
    sent: Vec<Intent>,
    style: Style,
}

impl Desk {
    fn new(text: &str) -> Self {
        let mut program = Program::new(PrefsFile::none());
        program.dispatch(Intent::Session(SessionIntent::AddText(text.to_owned())));
        Self {
            program,
            reader: Reader::new(),
            output: ReaderOutput::default(),
            sent: Vec::new(),
            style: Style::light(),
        }
    }

    fn open_notebook(&self) -> &casebook::app::OpenNotebook {
        self.program.open_notebook().expect("a notebook is open")
    }

    fn article(&self) -> ArticleId {
        self.open_notebook().article().expect("an article is open")
    }

    fn text(&self) -> &str {
        self.open_notebook().notebook().article(self.article()).expect("it is there").text.as_str()
    }

    fn caret(&self) -> Caret {
        self.open_notebook().caret(self.article())
    }

    fn selected(&self) -> &str {
        &self.text()[self.caret().range()]
    }

    fn place(&self, words: &str) -> std::ops::Range<usize> {
        let start = self.text().find(words).expect("the words are in the text");
        start..start + words.len()
    }

    /// Tags the first place of these words as a new entity.
    fn tag(&mut self, words: &str, kind: Kind, name: &str) -> MentionId {
        let caret = Caret::over(self.place(words));
        let before: Vec<MentionId> =
            self.open_notebook().notebook().mentions().keys().copied().collect();
        let article = self.article();
        self.program.dispatch_all([
            Intent::Reading(ReadingIntent::SetCaret(article, caret)),
            Intent::Tagging(TaggingIntent::Tag(kind)),
            Intent::Tagging(TaggingIntent::PickerText(name.to_owned())),
            Intent::Tagging(TaggingIntent::PickerAccept),
            Intent::Select(Selection::none()),
            Intent::Reading(ReadingIntent::SetCaret(article, Caret::at(0))),
        ]);
        // A speaker that the words name may have been tagged as well.
        let place = self.place(words);
        let mentions = self.open_notebook().notebook().mentions();
        let mut new = mentions.iter().filter(|(id, _)| !before.contains(id));
        let new = new.find(|(_, mention)| mention.anchor.range() == Some(place.clone()));
        *new.expect("the words were tagged").0
    }

    fn entity(&self, mention: MentionId) -> EntityId {
        self.open_notebook().notebook().mention(mention).expect("it is there").entity
    }
}

fn harness(desk: Desk, size: egui::Vec2) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 60.0)
        .allow_missing_glyphs()
        .with_context_setup(|ctx| ctx.set_fonts(fonts::built_in()))
        .build_ui_state(
            |ui, desk: &mut Desk| {
                let mut out = Vec::new();
                let text = &desk.program.prefs().text;
                let mut style = desk.style.clone();
                if style.text_size == Style::light().text_size {
                    style.text_size = text.size;
                }
                style.cursor = text.cursor;
                for effect in desk.program.take_effects() {
                    desk.reader.apply_effect(&effect);
                }
                if let Some(book) = desk.program.open_notebook() {
                    let article = book.article().expect("an article is open");
                    desk.output = desk.reader.ui(ui, book, article, &style, &mut out);
                }
                desk.sent.extend(out.iter().cloned());
                desk.program.dispatch_all(out);
            },
            desk,
        );
    harness.run();
    harness
}

fn open(text: &str) -> Harness<'static, Desk> {
    harness(Desk::new(text), vec2(760.0, 520.0))
}

/// The rectangle of words on one row of the text.
fn rect_of(harness: &Harness<'_, Desk>, words: &str) -> Rect {
    let runs = harness.get_all_by_role(egui::accesskit::Role::TextRun);
    words::place_of(runs, words).unwrap_or_else(|| panic!("“{words}” is not in view"))
}

fn button(at: Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers }
}

fn press(harness: &mut Harness<'_, Desk>, at: Pos2, modifiers: Modifiers) {
    harness.event_modifiers(Event::PointerMoved(at), modifiers);
    harness.event_modifiers(button(at, true, modifiers), modifiers);
    harness.step();
}

fn release(harness: &mut Harness<'_, Desk>, at: Pos2, modifiers: Modifiers) {
    harness.event_modifiers(Event::PointerMoved(at), modifiers);
    harness.step();
    harness.event_modifiers(button(at, false, modifiers), modifiers);
    harness.step();
}

fn click_with(harness: &mut Harness<'_, Desk>, at: Pos2, modifiers: Modifiers) {
    press(harness, at, modifiers);
    release(harness, at, modifiers);
}

fn click(harness: &mut Harness<'_, Desk>, at: Pos2) {
    click_with(harness, at, Modifiers::NONE);
}

/// Long enough for the next click to stand alone.
fn rest(harness: &mut Harness<'_, Desk>) {
    harness.run_steps(40);
}

fn drag(harness: &mut Harness<'_, Desk>, from: Pos2, to: Pos2) {
    press(harness, from, Modifiers::NONE);
    harness.event(Event::PointerMoved(from.lerp(to, 0.5)));
    harness.step();
    release(harness, to, Modifiers::NONE);
}

fn key(harness: &mut Harness<'_, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

#[test]
fn a_first_line_that_is_the_title_is_shown_once() {
    let harness = open(TEXT);
    assert_eq!(harness.get_all_by_label("Le retour d’Ysé").count(), 1);
    let title = rect_of(&harness, "Le retour");
    let body = rect_of(&harness, "Selon");
    assert!(title.height() > body.height());
}

#[test]
fn dragging_selects_words_across_paragraphs() {
    let mut harness = open(TEXT);
    let from = rect_of(&harness, "Ysé Alban").left_center();
    let to = rect_of(&harness, "Deux sources").right_center();
    drag(&mut harness, from, to);
    let desk = harness.state();
    assert!(desk.selected().starts_with("Ysé Alban aurait"), "{}", desk.selected());
    assert!(desk.selected().ends_with("\nDeux sources"), "{}", desk.selected());
    let rect = desk.output.selection_rect.expect("the picker has a place");
    assert!(rect.intersects(rect_of(&harness, "Deux sources")));
}

#[test]
fn clicks_select_words_and_paragraphs_and_shift_extends() {
    let mut harness = open(TEXT);
    let at = rect_of(&harness, "entreprise").center();
    click(&mut harness, at);
    click(&mut harness, at);
    assert_eq!(harness.state().selected(), "entreprise");
    click(&mut harness, at);
    let paragraph = TEXT.lines().nth(1).expect("there is one");
    assert_eq!(harness.state().selected(), paragraph);
    rest(&mut harness);
    let start = rect_of(&harness, "Ysé Alban").left_center();
    click(&mut harness, start);
    let end = rect_of(&harness, "refusé").right_center();
    click_with(&mut harness, end, Modifiers::SHIFT);
    assert_eq!(harness.state().selected(), "Ysé Alban aurait refusé");
}

#[test]
fn a_click_on_nested_mentions_goes_from_the_innermost_outwards() {
    let mut desk = Desk::new(TEXT);
    let claim = desk.tag("Ysé Alban aurait refusé", Kind::Claim, "Ysé Alban a refusé");
    let actor = desk.tag("Ysé Alban", Kind::Actor, "Ysé Alban");
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let at = rect_of(&harness, "Alban").center();
    for expected in [actor, claim, actor] {
        click(&mut harness, at);
        assert_eq!(harness.state().open_notebook().selection().mention, Some(expected));
        rest(&mut harness);
    }
    let beside = rect_of(&harness, "L’entreprise").center();
    click(&mut harness, beside);
    assert_eq!(harness.state().open_notebook().selection().mention, None);
}

#[test]
fn a_click_on_a_stack_lists_it_and_a_row_takes_its_mention() {
    let mut desk = Desk::new(TEXT);
    let claim = desk.tag("Ysé Alban aurait refusé", Kind::Claim, "Elle a refusé");
    let actor = desk.tag("Ysé Alban", Kind::Actor, "Ysé Alban");
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let at = rect_of(&harness, "Alban").center();
    click(&mut harness, at);
    harness.run_steps(3);
    assert_eq!(harness.state().open_notebook().selection().mention, Some(actor));
    let row = "Select claim: Elle a refusé — Ysé Alban aurait refusé";
    harness.get_by_label(row).click();
    harness.run_steps(3);
    assert_eq!(harness.state().open_notebook().selection().mention, Some(claim));
    assert!(harness.query_by_label(row).is_none(), "the choice closes the list");
    rest(&mut harness);
    click(&mut harness, at);
    harness.run_steps(3);
    harness.get_by_label(row);
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label(row).is_none(), "Escape closes the list");
    let alone = rect_of(&harness, "aurait").center();
    rest(&mut harness);
    click(&mut harness, alone);
    harness.run_steps(3);
    assert!(harness.query_by_label(row).is_none(), "one mention alone needs no list");
}

#[test]
fn what_overlaps_at_the_cursor_is_cycled_and_nothing_else() {
    let mut desk = Desk::new(TEXT);
    let claim = desk.tag("Ysé Alban aurait refusé", Kind::Claim, "Elle a refusé");
    let actor = desk.tag("Ysé Alban", Kind::Actor, "Ysé Alban");
    desk.tag("refusé", Kind::Event, "Refus");
    let (article, place) = (desk.article(), desk.place("Alban"));
    desk.program
        .dispatch(Intent::Reading(ReadingIntent::SetCaret(article, Caret::at(place.start + 1))));
    for expected in [actor, claim, actor, claim] {
        desk.program.dispatch(Intent::Run(Command::CycleMentions));
        assert_eq!(desk.open_notebook().selection().mention, Some(expected));
    }
}

#[test]
fn a_bar_in_the_margin_says_whose_it_is() {
    let mut desk = Desk::new(TEXT);
    let mention = desk.tag("le Guetteur", Kind::Actor, "Le Guetteur de la côte");
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let words = rect_of(&harness, "Selon");
    // Claims have the lane nearest to the column, actors the third.
    let bar = pos2(words.left() - 29.0, words.center().y);
    harness.hover_at(bar);
    harness.run_steps(3);
    harness.get_by_label("Le Guetteur de la côte");
    click(&mut harness, bar);
    assert_eq!(harness.state().open_notebook().selection().mention, Some(mention));
    harness.hover_at(pos2(bar.x, rect_of(&harness, "Deux").center().y));
    harness.run_steps(3);
    assert!(harness.query_by_label("Le Guetteur de la côte").is_none());
}

#[test]
fn the_ends_of_the_selected_mention_are_dragged_without_asking() {
    let mut desk = Desk::new(TEXT);
    let mention = desk.tag("Alban", Kind::Actor, "Ysé Alban");
    let selection = Selection::mention(mention, desk.open_notebook().notebook());
    desk.program.dispatch(Intent::Select(selection));
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let from = rect_of(&harness, "Alban").left_center() - vec2(1.0, 0.0);
    let to = rect_of(&harness, "Ysé Alban").left_center() + vec2(3.0, 0.0);
    drag(&mut harness, from, to);
    harness.run_steps(2);
    let words = |harness: &Harness<'_, Desk>| {
        let range = harness.state().open_notebook().notebook().mention(mention)?.anchor.range()?;
        Some(harness.state().text()[range].to_owned())
    };
    assert_eq!(words(&harness).as_deref(), Some("Ysé Alban"));
    assert!(matches!(harness.state().open_notebook().tool(), Tool::None));
    harness.state_mut().program.dispatch(Intent::Run(Command::Undo));
    assert_eq!(words(&harness).as_deref(), Some("Alban"));
}

#[test]
fn dragging_from_a_mention_to_another_with_alt_starts_a_link_over_both() {
    let mut desk = Desk::new(TEXT);
    let outlet = desk.tag("le Guetteur", Kind::Actor, "Le Guetteur");
    let claim = desk.tag("aurait refusé", Kind::Claim, "Ysé Alban a refusé");
    let (from, to) = (desk.entity(outlet), desk.entity(claim));
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let start = rect_of(&harness, "le Guetteur").center();
    let end = rect_of(&harness, "aurait refusé").center();
    press(&mut harness, start, Modifiers::ALT);
    harness.event(Event::PointerMoved(start.lerp(end, 0.5)));
    harness.step();
    release(&mut harness, end, Modifiers::NONE);
    let desk = harness.state();
    let Some(draft) = desk.sent.iter().find_map(|intent| match intent {
        Intent::Charting(ChartingIntent::StartLink(draft)) => Some(draft),
        _ => None,
    }) else {
        panic!("no link was started: {:?}", desk.sent)
    };
    assert_eq!((draft.from, draft.to), (from, Some(to)));
    let (article, range) = draft.spans.clone().expect("both ends are in the text");
    assert_eq!(article, desk.article());
    assert_eq!(&desk.text()[range], "le Guetteur, Ysé Alban aurait refusé");
}

#[test]
fn the_handle_of_a_selected_mention_starts_a_link_too() {
    let mut desk = Desk::new(TEXT);
    let outlet = desk.tag("le Guetteur", Kind::Actor, "Le Guetteur");
    desk.tag("aurait refusé", Kind::Claim, "Ysé Alban a refusé");
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let words = rect_of(&harness, "le Guetteur");
    click(&mut harness, words.center());
    assert_eq!(harness.state().open_notebook().selection().mention, Some(outlet));
    rest(&mut harness);
    let to = rect_of(&harness, "aurait refusé").center();
    drag(&mut harness, words.right_top() + vec2(1.0, 3.0), to);
    assert!(
        harness
            .state()
            .sent
            .iter()
            .any(|intent| matches!(intent, Intent::Charting(ChartingIntent::StartLink(_)))),
        "{:?}",
        harness.state().sent
    );
}

#[test]
fn arrows_move_the_cursor_and_shift_selects() {
    let mut harness = open(TEXT);
    let at = rect_of(&harness, "Ysé Alban").left_center();
    click(&mut harness, at);
    let start = harness.state().place("Ysé Alban").start;
    assert_eq!(harness.state().caret(), Caret::at(start));
    key(&mut harness, Modifiers::NONE, Key::ArrowRight);
    key(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(harness.state().caret(), Caret::at(start));
    for _ in 0..3 {
        key(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    }
    assert_eq!(harness.state().selected(), "Ysé");
    key(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    assert!(
        harness.state().selected().starts_with("Ysé Alban") || harness.state().selected() == "Ysé "
    );
    key(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(harness.state().caret(), Caret::at(harness.state().place("Selon").start));
    key(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(harness.state().caret(), Caret::at(0));
    key(&mut harness, Modifiers::COMMAND, Key::End);
    assert_eq!(harness.state().caret(), Caret::at(TEXT.len()));
    key(&mut harness, Modifiers::COMMAND, Key::A);
    assert_eq!(harness.state().selected(), TEXT);
    assert!(harness.state().output.has_focus);
}

#[test]
fn boundaries_move_with_keys() {
    let mut desk = Desk::new(TEXT);
    let mention = desk.tag("Alban", Kind::Actor, "Ysé Alban");
    let selection = Selection::mention(mention, desk.open_notebook().notebook());
    desk.program.dispatch_all([Intent::Select(selection), Intent::Run(Command::Boundaries)]);
    assert!(matches!(desk.open_notebook().tool(), Tool::Boundary { .. }));
    let ends = matches!(desk.open_notebook().tool(), Tool::Boundary { end: true, .. });
    let mut harness = harness(desk, vec2(760.0, 520.0));
    if ends {
        key(&mut harness, Modifiers::NONE, Key::Tab);
    }
    key(&mut harness, Modifiers::COMMAND, Key::ArrowLeft);
    key(&mut harness, Modifiers::NONE, Key::Tab);
    key(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let desk = harness.state();
    assert!(matches!(desk.open_notebook().tool(), Tool::None));
    let range = desk.open_notebook().notebook().mention(mention).and_then(|m| m.anchor.range());
    let words = &desk.text()[range.expect("it is in the text")];
    assert_eq!(words, "Ysé Alba");
}

#[test]
fn an_end_is_dragged_to_the_edge_of_a_word() {
    let mut desk = Desk::new(TEXT);
    let mention = desk.tag("Alban", Kind::Actor, "Ysé Alban");
    let selection = Selection::mention(mention, desk.open_notebook().notebook());
    desk.program.dispatch_all([Intent::Select(selection), Intent::Run(Command::Boundaries)]);
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let from = rect_of(&harness, "Alban").right_center();
    let to = rect_of(&harness, "aurait").right_center() - vec2(3.0, 0.0);
    drag(&mut harness, from, to);
    let Tool::Boundary { range, .. } = harness.state().open_notebook().tool() else {
        panic!("still open")
    };
    assert_eq!(&harness.state().text()[range.clone()], "Alban aurait");
}

#[test]
fn a_screen_reader_finds_paragraphs_mentions_and_takes_one() {
    let mut desk = Desk::new(TEXT);
    let mention = desk.tag("le Guetteur", Kind::Actor, "Le Guetteur");
    let mut harness = harness(desk, vec2(760.0, 520.0));
    harness.get_by_label("Deux sources internes l’affirment : « Elle part. »");
    harness.get_by_label("Fin.");
    let node = harness.get_by_label("Actor: Le Guetteur — le Guetteur");
    assert!(rect_of(&harness, "Guetteur").intersects(node.rect()));
    node.click_accesskit();
    harness.run();
    assert_eq!(harness.state().open_notebook().selection().mention, Some(mention));
}

/// The node of the article.
fn document<'a>(harness: &'a Harness<'_, Desk>) -> egui_kittest::Node<'a> {
    harness.get_by_role(egui::accesskit::Role::Document)
}

/// What a screen reader reads in the article: its runs, one after the other.
fn read_out(harness: &Harness<'_, Desk>) -> String {
    let runs = harness.get_all_by_role(egui::accesskit::Role::TextRun);
    runs.map(|run| run.accesskit_node().data().value().unwrap_or("").to_owned()).collect()
}

#[test]
fn a_screen_reader_reads_the_text_as_it_stands() {
    let mut desk = Desk::new(TEXT);
    desk.tag("Ysé Alban aurait refusé", Kind::Claim, "Elle a refusé");
    desk.tag("Ysé Alban", Kind::Actor, "Ysé Alban");
    desk.tag("refusé. L’entreprise", Kind::Event, "Refus");
    let harness = harness(desk, vec2(760.0, 520.0));
    assert_eq!(read_out(&harness), TEXT);
}

#[test]
fn mentions_stand_around_their_words_one_inside_the_other() {
    let mut desk = Desk::new(TEXT);
    desk.tag("Ysé Alban aurait refusé", Kind::Claim, "Elle a refusé");
    desk.tag("Ysé Alban", Kind::Actor, "Ysé Alban");
    let harness = harness(desk, vec2(760.0, 520.0));
    let claim = harness.get_by_label("Claim: Elle a refusé — Ysé Alban aurait refusé");
    let actor = claim.get_by_label("Actor: Ysé Alban — Ysé Alban");
    let words = |node: &egui_kittest::Node<'_>| -> String {
        let runs = node.get_all_by_role(egui::accesskit::Role::TextRun);
        runs.map(|run| run.accesskit_node().data().value().unwrap_or("").to_owned()).collect()
    };
    assert_eq!(words(&actor), "Ysé Alban");
    assert_eq!(words(&claim), "Ysé Alban aurait refusé");
    let run = actor.get_by_role(egui::accesskit::Role::TextRun);
    assert!(run.accesskit_node().data().underline().is_some());
}

#[test]
fn a_screen_reader_selects_words_and_hears_what_is_tagged_there() {
    use egui::accesskit::{Action, ActionData, ActionRequest, TextPosition, TextSelection, TreeId};
    let mut desk = Desk::new(TEXT);
    desk.tag("Ysé Alban", Kind::Actor, "Ysé Alban");
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let run = |harness: &Harness<'_, Desk>, words: &str| {
        let mut runs = harness.get_all_by_role(egui::accesskit::Role::TextRun);
        let run = runs.find(|run| run.accesskit_node().data().value() == Some(words));
        run.expect("there is a run of these words").accesskit_node().locate().0
    };
    let node = run(&harness, "Ysé Alban");
    let at = |character_index| TextPosition { node, character_index };
    let request = ActionRequest {
        action: Action::SetTextSelection,
        target_tree: TreeId::ROOT,
        target_node: document(&harness).accesskit_node().locate().0,
        data: Some(ActionData::SetTextSelection(TextSelection { anchor: at(4), focus: at(9) })),
    };
    harness.event(Event::AccessKitActionRequest(request));
    harness.run();
    assert_eq!(harness.state().selected(), "Alban");
    let told = document(&harness).accesskit_node().data().text_selection().copied();
    assert_eq!(told.map(|told| (told.anchor, told.focus)), Some((at(4), at(9))));
    // The live region says whose words they are.
    harness.get_by_label("Actor: Ysé Alban");
    key(&mut harness, Modifiers::COMMAND, Key::Home);
    assert!(harness.query_by_label("Actor: Ysé Alban").is_none());
}

/// The words of the uppermost row that is whole in view.
fn first_row(harness: &Harness<'_, Desk>) -> String {
    let mut top: Option<(f32, String)> = None;
    for run in harness.get_all_by_role(egui::accesskit::Role::TextRun) {
        let (y, node) = (run.rect().top(), run.accesskit_node());
        let words = node.data().value().unwrap_or("");
        match &mut top {
            Some((at, row)) if *at == y => row.push_str(words),
            None if y >= -1.0 && !words.trim().is_empty() => top = Some((y, words.to_owned())),
            _ => {}
        }
    }
    top.expect("there is text").1
}

#[test]
fn the_first_row_in_view_stays_whatever_the_text_is_set_to() {
    let mut desk = Desk::new(&long());
    let article = desk.article();
    let at = desk.place("Paragraphe 1502 :").start - 60_000;
    desk.program.dispatch(Intent::Reading(ReadingIntent::GoToPlace(article, at..at + 1)));
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let byte = |harness: &Harness<'_, Desk>| {
        let desk = harness.state();
        let words = first_row(harness);
        let reading = desk.open_notebook().desk().reading[&desk.article()];
        let article = desk.open_notebook().notebook().article(desk.article()).expect("it is there");
        let start = article.text.paragraph(reading.paragraph).start;
        let near = start + (f64::from(reading.offset) / 0.375) as usize;
        let from = desk.text().floor_char_boundary(near.saturating_sub(400));
        let found = desk.text()[from..].find(words.trim_end()).expect("its words") + from;
        found..found + words.len()
    };
    let before = byte(&harness);
    let usual = harness.state().style.clone();
    for change in [
        Style { text_size: 30.0, ..usual.clone() },
        Style { text_size: 10.0, ..usual.clone() },
        Style { measure: 35.0, ..usual.clone() },
        Style { leading: 2.3, measure: 110.0, ..usual.clone() },
        Style { serif: egui::FontFamily::Monospace, ..usual.clone() },
        usual,
    ] {
        harness.state_mut().style = change;
        harness.run();
        let now = byte(&harness);
        assert!(
            now.start < before.end + 60 && before.start < now.end + 60,
            "{before:?} was the first row, it is {now:?}"
        );
    }
    let after = byte(&harness);
    assert_eq!(before, after, "back at what it was set to before");
}

#[test]
fn a_reading_place_is_the_same_words_in_other_type_after_reopening() {
    let mut desk = Desk::new(&long());
    let article = desk.article();
    let at = desk.place("Paragraphe 1502 :").start - 60_000;
    desk.program.dispatch(Intent::Reading(ReadingIntent::GoToPlace(article, at..at + 1)));
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let before = harness.state().open_notebook().desk().reading[&article];
    // Opened anew: nothing asks to go anywhere.
    let desk = harness.state_mut();
    let reading = desk.open_notebook().desk().reading.clone();
    let text = desk.text().to_owned();
    let mut anew = Desk::new(&text);
    let article = anew.article();
    anew.program
        .dispatch(Intent::Reading(ReadingIntent::SetReading(article, reading[&desk.article()])));
    anew.style = Style { text_size: 26.0, measure: 40.0, ..Style::light() };
    *desk = anew;
    harness.run();
    let after = harness.state().open_notebook().desk().reading[&article];
    assert_eq!(before.paragraph, after.paragraph);
    assert!((before.offset - after.offset).abs() < 1.0, "{before:?} {after:?}");
}

#[test]
fn ctrl_and_the_wheel_grow_the_letters_and_turn_no_page() {
    let mut harness = open(TEXT);
    let words = rect_of(&harness, "Selon").center();
    harness.hover_at(words);
    harness.step();
    let before = rect_of(&harness, "Selon").height();
    for _ in 0..2 {
        harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            delta: vec2(0.0, 1.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::COMMAND,
        });
        harness.run_steps(30);
    }
    let size = harness.state().program.prefs().text.size;
    assert!((18.0..22.0).contains(&size), "{size}");
    assert!(rect_of(&harness, "Selon").height() > before);
    rect_of(&harness, "Le retour");
}

#[test]
fn f7_shows_the_cursor_where_one_is_reading() {
    let mut desk = Desk::new(&long());
    let (article, at) = (desk.article(), desk.place("Paragraphe 2200 :"));
    desk.program.dispatch_all([
        Intent::Reading(ReadingIntent::GoToPlace(article, at.clone())),
        Intent::Reading(ReadingIntent::SetCaret(article, Caret::at(0))),
    ]);
    let mut harness = harness(desk, vec2(760.0, 520.0));
    assert_eq!(harness.state().caret(), Caret::at(0));
    harness.state_mut().program.dispatch(Intent::Run(Command::ToggleCursor));
    harness.run_steps(4);
    let head = harness.state().caret().head;
    assert!(head + 2000 > at.start && head < at.start, "{head} is not above {at:?} in view");
    // Where it is in view it stays.
    for _ in 0..2 {
        harness.state_mut().program.dispatch(Intent::Run(Command::ToggleCursor));
        harness.run_steps(4);
    }
    assert_eq!(harness.state().caret().head, head);
}

#[test]
fn the_menu_of_a_mention_untags_it() {
    let mut desk = Desk::new(TEXT);
    let mention = desk.tag("le Guetteur", Kind::Actor, "Le Guetteur");
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let at = rect_of(&harness, "Guetteur").center();
    harness.event(Event::PointerMoved(at));
    for pressed in [true, false] {
        let button = PointerButton::Secondary;
        harness.event(Event::PointerButton {
            pos: at,
            button,
            pressed,
            modifiers: Modifiers::NONE,
        });
        harness.step();
    }
    harness.run();
    assert_eq!(harness.state().open_notebook().selection().mention, Some(mention));
    harness.get_by_label_contains(Command::Untag.text()).click();
    harness.run();
    assert!(harness.state().open_notebook().notebook().mention(mention).is_none());
}

#[test]
fn resting_on_a_mention_shows_who_it_is() {
    let mut desk = Desk::new(TEXT);
    desk.tag("le Guetteur", Kind::Actor, "Le Guetteur de la côte");
    let mut harness = harness(desk, vec2(760.0, 520.0));
    harness.hover_at(rect_of(&harness, "Guetteur").center());
    harness.run_steps(60);
    harness.get_by_label("Le Guetteur de la côte");
    harness.get_by_label("actor · 1 mention · 0 links");
    // Who goes on by keyboard is not told it any longer, until the pointer moves.
    let there = rect_of(&harness, "Guetteur").center();
    harness.key_press(egui::Key::ArrowDown);
    harness.run_steps(60);
    assert!(harness.query_by_label("actor · 1 mention · 0 links").is_none());
    harness.hover_at(there + vec2(1.0, 1.0));
    harness.run_steps(60);
    assert!(harness.query_by_label("actor · 1 mention · 0 links").is_none(), "it only trembles");
    harness.hover_at(there + vec2(6.0, 0.0));
    harness.run_steps(60);
    harness.get_by_label("actor · 1 mention · 0 links");
    harness.hover_at(rect_of(&harness, "confirmé").center());
    harness.run_steps(5);
    assert!(harness.query_by_label("Le Guetteur de la côte").is_none());
}

#[test]
fn enter_takes_the_mention_at_the_cursor() {
    let mut desk = Desk::new(TEXT);
    let mention = desk.tag("le Guetteur", Kind::Actor, "Le Guetteur");
    let article = desk.article();
    let caret = Caret::at(desk.place("Guetteur").start);
    desk.program.dispatch(Intent::Reading(ReadingIntent::SetCaret(article, caret)));
    desk.reader.focus();
    let mut harness = harness(desk, vec2(760.0, 520.0));
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().open_notebook().selection().mention, Some(mention));
}

fn long() -> String {
    let mut text = String::from("Un long récit");
    for i in 0..3000 {
        text.push_str(&format!("\nParagraphe {i} : selon plusieurs sources, le conseil aurait tranché, puis changé d’avis au matin."));
        if i == 1500 {
            text.push_str(&" Une longue phrase sans fin qui continue encore".repeat(5000));
        }
    }
    text
}

#[test]
fn the_reader_goes_where_it_is_asked_and_remembers_where_it_is() {
    let mut desk = Desk::new(&long());
    let place = desk.place("Paragraphe 2200 :");
    let article = desk.article();
    desk.program.dispatch(Intent::Reading(ReadingIntent::GoToPlace(article, place)));
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let rect = rect_of(&harness, "Paragraphe 2200 :");
    assert!(rect.top() > 120.0 && rect.top() < 230.0, "a third from the top: {rect}");
    let reading =
        *harness.state().open_notebook().desk().reading.get(&article).expect("it was told");
    assert!((2195..=2201).contains(&reading.paragraph), "{reading:?}");
    // A reader made anew begins there.
    harness.state_mut().reader = Reader::new();
    harness.run();
    assert!((rect_of(&harness, "Paragraphe 2200 :").top() - rect.top()).abs() < 1.0);
}

#[test]
fn scrolling_by_wheel_and_keys_reaches_both_ends_of_a_long_text() {
    let mut harness = harness(Desk::new(&long()), vec2(760.0, 520.0));
    let middle = pos2(300.0, 300.0);
    click(&mut harness, middle);
    for _ in 0..5 {
        harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -400.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        harness.run_steps(10);
    }
    assert!(harness.query_by_label_contains("Paragraphe 0 :").is_none());
    key(&mut harness, Modifiers::COMMAND, Key::End);
    harness.run_steps(30);
    assert!(rect_of(&harness, "Paragraphe 2999 :").bottom() < 520.0);
    key(&mut harness, Modifiers::NONE, Key::PageUp);
    harness.run_steps(60);
    assert!(harness.query_by_label_contains("Paragraphe 2999 :").is_none());
    key(&mut harness, Modifiers::COMMAND, Key::Home);
    harness.run_steps(30);
    rect_of(&harness, "Paragraphe 0 :");
}

#[test]
fn a_change_of_width_keeps_the_place() {
    let mut desk = Desk::new(&long());
    let article = desk.article();
    let place = desk.place("Paragraphe 1501 :");
    desk.program.dispatch(Intent::Reading(ReadingIntent::GoToPlace(
        article,
        place.start - 100_000..place.start - 99_990,
    )));
    let mut harness = harness(desk, vec2(760.0, 520.0));
    let first = |harness: &Harness<'_, Desk>| {
        let runs = harness.get_all_by_role(egui::accesskit::Role::TextRun);
        let top =
            runs.min_by(|a, b| a.rect().top().total_cmp(&b.rect().top())).expect("there is text");
        top.accesskit_node().data().value().unwrap_or("").to_owned()
    };
    let before = harness.state().open_notebook().desk().reading[&article];
    assert!(!first(&harness).is_empty());
    harness.set_size(vec2(420.0, 520.0));
    harness.run();
    harness.set_size(vec2(760.0, 520.0));
    harness.run();
    let after = harness.state().open_notebook().desk().reading[&article];
    assert_eq!(before.paragraph, after.paragraph);
    assert!((before.offset - after.offset).abs() < 60.0, "{before:?} {after:?}");
}

#[test]
fn dragging_beyond_the_edge_scrolls_on() {
    let mut harness = harness(Desk::new(&long()), vec2(760.0, 520.0));
    let from = rect_of(&harness, "Paragraphe 1 :").left_center();
    press(&mut harness, from, Modifiers::NONE);
    harness.event(Event::PointerMoved(pos2(300.0, 300.0)));
    harness.step();
    harness.event(Event::PointerMoved(pos2(300.0, 600.0)));
    harness.run_steps(60);
    harness.event(button(pos2(300.0, 600.0), false, Modifiers::NONE));
    harness.step();
    let desk = harness.state();
    assert!(desk.selected().starts_with("Paragraphe 1 :"));
    assert!(desk.selected().lines().count() > 12, "{}", desk.selected().lines().count());
}

/// Frames without a harness, for many small cases.
fn frame(ctx: &egui::Context, desk: &mut Desk, events: Vec<Event>) {
    let input = egui::RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(420.0, 360.0))),
        events,
        ..egui::RawInput::default()
    };
    let mut out = Vec::new();
    let output = ctx.run_ui(input, |ui| {
        out.clear();
        let book = desk.program.open_notebook().expect("a notebook is open");
        let article = book.article().expect("an article is open");
        desk.output = desk.reader.ui(ui, book, article, &Style::light(), &mut out);
    });
    drop(ctx.tessellate(output.shapes.clone(), output.pixels_per_point));
    output.drop_without_applying_deltas();
    desk.program.dispatch_all(out);
}

#[test]
fn two_clicks_in_one_slow_frame_are_two() {
    let ctx = egui::Context::default();
    ctx.set_fonts(fonts::built_in());
    let mut desk = Desk::new("Selon la presse, l’entreprise n’a pas confirmé.");
    frame(&ctx, &mut desk, Vec::new());
    frame(&ctx, &mut desk, Vec::new());
    // Where a click puts the cursor tells where the words are.
    let at = (60..400)
        .map(|x| pos2(x as f32, 80.0))
        .find(|at| {
            frame(&ctx, &mut desk, vec![Event::PointerMoved(*at)]);
            frame(&ctx, &mut desk, vec![button(*at, true, Modifiers::NONE)]);
            frame(&ctx, &mut desk, vec![button(*at, false, Modifiers::NONE)]);
            desk.caret().head == desk.place("presse").start + 3
        })
        .expect("the words are in view");
    let elsewhere = at + vec2(0.0, 150.0);
    frame(&ctx, &mut desk, vec![Event::PointerMoved(elsewhere)]);
    frame(&ctx, &mut desk, vec![button(elsewhere, true, Modifiers::NONE)]);
    frame(&ctx, &mut desk, vec![button(elsewhere, false, Modifiers::NONE)]);
    let mut events = vec![Event::PointerMoved(at)];
    events.extend([true, false, true, false].map(|down| button(at, down, Modifiers::NONE)));
    events.push(Event::PointerMoved(elsewhere));
    frame(&ctx, &mut desk, events);
    assert_eq!(desk.selected(), "presse");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever the script, dragging from anywhere to anywhere selects whole graphemes of the text.
    #[test]
    fn any_mixture_of_scripts_can_be_selected(
        text in "([a-zé’«» .,\\-]{1,9}|漢字|。|🇫🇷|👩‍🚀|e\u{301}|\u{a0}|العربية |עברית |हिन्दी|\u{202e}|\u{2067}|\u{200b}|\t|\r|\n|\n\n|\u{1}){1,60}x",
        from in (0.0_f32..420.0, 0.0_f32..360.0),
        to in (0.0_f32..420.0, 0.0_f32..360.0),
    ) {
        use unicode_segmentation::UnicodeSegmentation as _;
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::built_in());
        ctx.enable_accesskit();
        let mut desk = Desk::new(&text);
        if desk.program.open_notebook().is_none() {
            // Mostly control characters: refused as no text.
            return Ok(());
        }
        let (from, to) = (pos2(from.0, from.1), pos2(to.0, to.1));
        frame(&ctx, &mut desk, vec![Event::PointerMoved(from)]);
        frame(&ctx, &mut desk, vec![button(from, true, Modifiers::NONE)]);
        frame(&ctx, &mut desk, vec![Event::PointerMoved(to)]);
        frame(&ctx, &mut desk, vec![button(to, false, Modifiers::NONE)]);
        let range = desk.caret().range();
        let text = desk.text();
        proptest::prop_assert!(text.get(range.clone()).is_some());
        let boundaries: Vec<usize> =
            text.grapheme_indices(true).map(|(i, _)| i).chain([text.len()]).collect();
        proptest::prop_assert!(boundaries.contains(&range.start) && boundaries.contains(&range.end));
    }
}
