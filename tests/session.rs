//! A whole session on the real widgets: open, tag three kinds, link, undo, save, reopen, and the keys on the way.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use casebook::app::questions::{
    About, Keys, NoteOn, Palette, PasteArticle, RenameNotebook, Unsaved,
};
use casebook::app::{
    ChartingIntent, Intent, OpenNotebook, PrefsFile, Program, ReadingIntent, Selection,
    SessionIntent, SettingsIntent, TaggingIntent, Tool,
};
use casebook::notebook::{EntityId, Kind, Target};
use casebook::ui::Window;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[path = "common/desk.rs"]
mod desk;
#[path = "common/words.rs"]
mod words;

const ARTICLE: &str = "Bras de fer à Port-Léonie

Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur. Des sources internes évoquent un désaccord.
Kervel dément. « Rien n’a changé », dit Kervel. Ormelot se tait.
";

struct Session {
    harness: Harness<'static, desk::Desk>,
    folder: tempfile::TempDir,
}

impl Session {
    fn new() -> Self {
        // High enough for an inspector without scrolling.
        let harness = desk::open(vec2(1280.0, 1000.0), Program::new(PrefsFile::none()));
        Self { harness, folder: tempfile::tempdir().unwrap() }
    }

    /// With the article open.
    fn open() -> Self {
        let mut session = Self::new();
        session.open_article();
        session
    }

    fn open_article(&mut self) {
        let path = self.folder.path().join("article.txt");
        std::fs::write(&path, ARTICLE).unwrap();
        // The dialog is the system's: what it would have answered.
        self.send(Intent::Session(SessionIntent::OpenPath(path)));
    }

    fn window(&mut self) -> &mut Window {
        self.harness.state_mut().window()
    }

    fn program(&self) -> &Program {
        self.harness.state().program()
    }

    fn open_notebook(&self) -> &OpenNotebook {
        self.program().open_notebook().unwrap()
    }

    fn count(&self) -> [usize; 3] {
        Kind::ALL.map(|kind| self.open_notebook().count(kind))
    }

    fn send(&mut self, intent: Intent) {
        let program = self.window().program_mut();
        program.dispatch(intent);
        self.settle();
    }

    /// Waits for the jobs that keys and clicks began.
    fn settle(&mut self) {
        desk::settle(&mut self.harness);
    }

    /// A letter as a keyboard sends it: a key, and the text it types.
    fn letter(&mut self, letter: char) {
        let key = Key::from_name(&letter.to_uppercase().to_string());
        let event = |pressed| {
            let modifiers = Modifiers::NONE;
            key.map(|key| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers })
        };
        // Both come in one frame, as from a real keyboard.
        let events = &mut self.harness.input_mut().events;
        events.extend(event(true));
        events.push(Event::Text(letter.to_string()));
        self.harness.step();
        self.harness.input_mut().events.extend(event(false));
        self.harness.run();
    }

    fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.letter(letter);
        }
    }

    fn key(&mut self, key: Key) {
        self.keys(Modifiers::NONE, key);
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
    }

    fn button(&mut self, at: Pos2, pressed: bool) {
        let button = PointerButton::Primary;
        let modifiers = Modifiers::NONE;
        self.harness.event(Event::PointerMoved(at));
        self.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        self.harness.step();
    }

    fn click(&mut self, at: Pos2) {
        self.button(at, true);
        self.button(at, false);
        // Long enough for the next click to stand alone.
        self.harness.run_steps(40);
    }

    /// Selects words in the reader with the mouse.
    fn drag_over(&mut self, words: &str) {
        let rect = self.rect_of(words);
        self.button(rect.left_center() + vec2(0.5, 0.0), true);
        self.harness.event(Event::PointerMoved(rect.center()));
        self.harness.step();
        self.button(rect.right_center() - vec2(0.5, 0.0), false);
        self.harness.run_steps(40);
        let (id, range) = self.open_notebook().selected_words().expect("words are selected");
        let text = &self.open_notebook().notebook().article(id).unwrap().text;
        assert_eq!(text.get(range), Some(words));
    }

    /// Where words stand in the reader: from the accessibility tree, as a screen reader would find them.
    fn rect_of(&self, words: &str) -> Rect {
        let article = self.harness.get_by(|node| {
            node.role() == egui::accesskit::Role::Document
                && node.label().is_some_and(|label| label.starts_with("Article: "))
        });
        let runs = article.get_all_by_role(egui::accesskit::Role::TextRun);
        words::place_of(runs, words).unwrap_or_else(|| panic!("“{words}” is not in view"))
    }

    /// Tags words: the mouse over them, the kind's letter, Enter.
    fn tag(&mut self, words: &str, letter: char) -> EntityId {
        self.drag_over(words);
        self.letter(letter);
        assert!(self.open_notebook().picker().is_some(), "{letter} opens the picker");
        self.key(Key::Enter);
        assert!(self.open_notebook().picker().is_none(), "Enter takes the row");
        self.open_notebook().selection().only_entity().unwrap()
    }

    fn typing(&self) -> bool {
        self.harness.ctx.text_edit_focused()
    }

    fn has_label(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }
}

const CTRL: Modifiers = Modifiers::COMMAND;

#[test]
fn a_whole_session() {
    let mut s = Session::new();
    assert!(s.has_label("Open an article or a notebook…"), "the welcome page");
    s.open_article();
    assert!(!s.has_label("Open sample notebook"));

    // Three kinds, by mouse and key.
    let kervel = s.tag("Anne Kervel", 'a');
    assert!(!s.typing(), "the picker gave the keyboard back");
    let met = s.tag("rencontré", 'e');
    s.drag_over("Rien n’a changé");
    s.letter('c');
    assert!(s.typing());
    // The proposition is selected: typing replaces it, and its letters run no commands.
    s.write("Nothing at the port has changed");
    s.key(Key::Enter);
    let claim = s.open_notebook().selection().only_entity().unwrap();
    assert_eq!(s.open_notebook().notebook().name(claim), "Nothing at the port has changed");
    assert_eq!(s.count(), [1, 1, 1]);
    assert_eq!(s.open_notebook().notebook().mentions().len(), 3);

    // A link by keyboard: what is selected, L, find the other, Enter, and Enter for the relation that fits.
    let at = s.rect_of("Anne Kervel").center();
    s.click(at);
    assert_eq!(s.open_notebook().selection().only_entity(), Some(kervel));
    s.letter('l');
    assert!(matches!(s.open_notebook().tool(), Tool::Link(_)));
    assert!(s.typing());
    s.write("renc");
    s.key(Key::Enter);
    assert!(matches!(s.open_notebook().tool(), Tool::Link(draft) if draft.to == Some(met)));
    s.key(Key::Enter);
    assert!(matches!(s.open_notebook().tool(), Tool::None));
    let link = s.open_notebook().selection().only_link().unwrap();
    let record = s.open_notebook().notebook().link(link).unwrap();
    assert_eq!((record.from, record.to), (kervel, Target::Entity(met)));
    assert!(!s.typing(), "the link maker gave the keyboard back");

    // Undo and redo.
    s.keys(CTRL, Key::Z);
    assert!(s.open_notebook().notebook().links().is_empty());
    s.keys(CTRL | Modifiers::SHIFT, Key::Z);
    assert!(s.open_notebook().notebook().link(link).is_some());

    // Save, where the dialog said; then again with the key.
    let path = s.folder.path().join("session.ron");
    s.send(Intent::Session(SessionIntent::SaveTo(path.clone())));
    assert!(!s.open_notebook().is_modified());
    s.tag("Paul Ormelot", 'a');
    assert!(s.open_notebook().is_modified());
    s.keys(CTRL, Key::S);
    s.settle();
    assert!(
        !s.open_notebook().is_modified(),
        "{:?} {:?}",
        s.program().notices(),
        s.program().question()
    );
    let saved = s.open_notebook().snapshot();

    // Close, and reopen from the welcome page.
    s.keys(CTRL, Key::W);
    assert!(s.program().open_notebook().is_none());
    let recent = s.harness.get_by(|node| {
        node.role() == egui::accesskit::Role::Button
            && node.label().is_some_and(|label| label.starts_with("session"))
    });
    recent.click();
    s.harness.run();
    s.settle();
    assert_eq!(s.open_notebook().path(), Some(&path));
    assert!(s.open_notebook().notebook() == &*saved);
    assert!(!s.open_notebook().is_modified());

    // The canvas's nodes can be reached by their names.
    let node = s.harness.get_by_label("Actor: Anne Kervel, 1 link");
    node.click_accesskit();
    s.harness.run();
    assert_eq!(s.open_notebook().selection().only_entity(), Some(kervel));
    assert!(s.rect_of("Anne Kervel").is_positive(), "the text is there again");
}

#[test]
fn letters_typed_into_a_field_run_nothing() {
    let mut s = Session::open();
    s.tag("Anne Kervel", 'a');
    let before = s.open_notebook().snapshot();
    let alphabet = "aecluromktbfpw?[]123";

    // The picker.
    s.drag_over("rencontré");
    s.letter('e');
    s.write(alphabet);
    assert_eq!(s.open_notebook().picker().map(|picker| picker.text.as_str()), Some(alphabet));
    s.key(Key::Escape);
    assert!(s.open_notebook().picker().is_none());

    // Find.
    s.keys(CTRL, Key::F);
    assert!(s.typing());
    s.key(Key::Backspace);
    s.write(alphabet);
    s.settle();
    assert_eq!(s.open_notebook().find().map(|find| find.query.pattern.as_str()), Some(alphabet));
    s.key(Key::Escape);
    assert!(s.open_notebook().find().is_none());

    // The palette.
    s.keys(CTRL, Key::K);
    s.write(alphabet);
    assert!(s.program().asked::<Palette>().is_some());
    s.key(Key::Escape);
    assert!(s.program().question().is_none());

    assert!(s.open_notebook().notebook() == &*before);
}

/// Who types beside a field means the field: a click on its label is a click into it, and letters typed after a click
/// that hit nothing tag, mark and make nothing.
#[test]
fn letters_typed_beside_a_field_run_nothing() {
    let mut s = Session::open();
    let event = s.tag("vendredi", 'e');
    s.send(Intent::Select(casebook::app::Selection::entity(event)));
    s.harness.run();
    let when = s.harness.query_all_by_label("Date as written");
    let label = when.map(|node| node.rect()).min_by(|a, b| a.left().total_cmp(&b.left())).unwrap();
    let before = s.open_notebook().snapshot();
    let text = "vendredi aec 1 2023";

    s.click(label.center());
    assert!(s.typing(), "the label at {label:?} gives its field the keyboard");
    s.write(text);
    let notebook = s.open_notebook().notebook();
    let casebook::notebook::Detail::Event(now) = &notebook.entity(event).unwrap().detail else {
        panic!("it is an event")
    };
    assert_eq!(now.date.written, text);
    s.key(Key::Escape);
    s.send(Intent::Run(casebook::app::Command::Undo));
    assert!(s.open_notebook().notebook() == &*before);

    // To the right of a label over a field there is nothing.
    s.harness.set_size(vec2(1280.0, 1500.0));
    s.send(Intent::Select(casebook::app::Selection::entity(event)));
    s.harness.run_steps(3);
    let label = s.harness.get_by_label("Participants").rect();
    s.click(label.center() + vec2(150.0, 0.0));
    assert!(!s.typing());
    s.write(text);
    s.key(Key::Delete);
    assert!(s.open_notebook().notebook() == &*before);
    assert!(matches!(s.open_notebook().tool(), Tool::None) && s.program().question().is_none());

    // A click into the text, and letters are commands again.
    s.drag_over("Paul Ormelot");
    s.letter('a');
    assert!(s.open_notebook().picker().is_some());
}

/// J, A, Enter in a rhythm: on words that are tagged already the picker must not stay and take the next J and A for a
/// name.
#[test]
fn tagging_what_is_tagged_leaves_no_picker_open() {
    let mut s = Session::open();
    s.tag("Anne Kervel", 'a');
    let before = s.open_notebook().snapshot();
    for _ in 0..2 {
        s.drag_over("Anne Kervel");
        s.letter('a');
        s.key(Key::Enter);
        assert!(s.open_notebook().picker().is_none());
    }
    assert!(s.open_notebook().notebook() == &*before);
    let told = s.program().notices().last().unwrap();
    assert!(told.text.contains("tagged as “Anne Kervel” already"), "{}", told.text);
}

/// Words dragged out of the text onto the canvas make an entity there, or put one there that is.
#[test]
fn selected_words_are_dragged_to_the_canvas() {
    let mut s = Session::open();
    s.tag("Anne Kervel", 'a');
    s.drag_over("Paul Ormelot");
    let from = s.rect_of("Paul Ormelot").center();
    let canvas = s.harness.get_by_role_and_label(egui::accesskit::Role::Canvas, "Canvas").rect();
    let to = canvas.center() + vec2(60.0, 90.0);
    let drag = |s: &mut Session| {
        s.button(from, true);
        for step in 1..=4_u8 {
            let at = from + (to - from) * (f32::from(step) / 4.0);
            s.harness.event(Event::PointerMoved(at));
            s.harness.step();
        }
        s.button(to, false);
        s.harness.run_steps(4);
    };
    drag(&mut s);
    assert!(s.open_notebook().picker().is_some_and(|picker| picker.put_at.is_some()));
    s.key(Key::Enter);
    let made = s.open_notebook().selection().only_entity().unwrap();
    let notebook = s.open_notebook().notebook();
    assert_eq!((notebook.name(made), notebook.mention_count_of(made)), ("Paul Ormelot", 1));
    let put = notebook.nodes()[&made];
    assert!(put.pinned);
    assert_eq!(s.open_notebook().notebook().entities().len(), 2);
    // The same words again: the entity is put elsewhere, and tagged no second time.
    s.drag_over("Paul Ormelot");
    drag(&mut s);
    s.key(Key::Enter);
    assert_eq!(s.open_notebook().notebook().entities().len(), 2);
    assert_eq!(s.open_notebook().notebook().mention_count_of(made), 1);
    // A click into selected words only puts the cursor there.
    s.drag_over("Guetteur");
    let at = s.rect_of("Guetteur").center();
    s.click(at);
    assert!(s.open_notebook().selected_words().is_none() && s.open_notebook().picker().is_none());
}

/// A field takes so much and no more; a name of megabytes in a file is cut where it is shown.
#[test]
fn fields_have_limits_and_long_names_are_cut() {
    let mut s = Session::open();
    let id = s.tag("Anne Kervel", 'a');
    let long = "Kervel ".repeat(300_000);
    s.harness.get_by_label("Filter the lists").focus();
    s.harness.run();
    s.harness.event(Event::Paste(long.clone()));
    s.harness.run();
    let filter = s.harness.get_by_label("Filter the lists").value().unwrap();
    assert_eq!(filter.chars().count(), casebook::ui::limits::LINE);
    s.key(Key::Escape);

    s.send(Intent::Select(Selection::entity(id)));
    s.harness.run();
    let role = egui::accesskit::Role::MultilineTextInput;
    s.harness.get_by_role_and_label(role, "Note").focus();
    s.harness.run();
    s.harness.event(Event::Paste(long.clone()));
    s.harness.run();
    let note = &s.open_notebook().notebook().entity(id).unwrap().note;
    assert!(note.chars().count() <= casebook::ui::limits::LINES && note.len() > 40_000);

    let with = casebook::edit::EntityFields { name: Some(long), ..Default::default() };
    s.send(Intent::Session(SessionIntent::Edit(casebook::edit::Edit::SetEntity {
        entity: casebook::edit::Ref::Id(id),
        with: Box::new(with),
    })));
    s.harness.run();
    let root = s.harness.root();
    let longest = root
        .children_recursive()
        .filter_map(|node| node.accesskit_node().label())
        .map(|l| l.len())
        .max();
    let shown = root.children_recursive().filter_map(|node| node.accesskit_node().label());
    let shown = shown.max_by_key(String::len).map(|l| l.chars().take(60).collect::<String>());
    assert!(longest.unwrap() < 20_000, "{longest:?} {shown:?}");
}

/// What assistive technology reads holds no code points of icons.
#[test]
fn no_name_is_an_icon() {
    let mut s = Session::open();
    let event = s.tag("vendredi", 'e');
    s.tag("Anne Kervel", 'a');
    for selection in [Selection::none(), Selection::entity(event)] {
        s.send(Intent::Select(selection));
        s.harness.run();
        let icon = |text: &str| {
            text.chars().any(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}'))
        };
        let nodes = s.harness.root().children_recursive();
        let found: Vec<String> = nodes
            .flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()])
            .flatten()
            .filter(|text| icon(text))
            .collect();
        assert_eq!(found, [""; 0]);
    }
}

/// At most three notices, none of them over the text; errors wait until they are read.
#[test]
fn notices_cover_no_text_and_errors_wait() {
    let mut s = Session::open();
    for n in 0..5 {
        let path = std::path::PathBuf::from(format!("/nowhere/missing-{n}.txt"));
        s.send(Intent::Session(SessionIntent::OpenPath(path)));
    }
    // What passes makes room.
    s.drag_over("Anne Kervel");
    s.letter('9');
    s.harness.run();
    let errors = s.program().notices().iter().filter(|n| n.level == casebook::app::Level::Error);
    assert_eq!(errors.count(), 5, "none went unread");
    let article = s.harness.get_by(|node| {
        node.role() == egui::accesskit::Role::Document
            && node.label().is_some_and(|label| label.starts_with("Article: "))
    });
    let article = article.rect();
    for read in 0..5 {
        let left: Vec<Rect> =
            s.harness.query_all_by_label("Dismiss the notice").map(|node| node.rect()).collect();
        assert!(left.len() <= 3 && !left.is_empty(), "{read}: {left:?}");
        assert!(left.iter().all(|notice| !notice.intersects(article)), "{left:?} on {article:?}");
        s.harness.query_all_by_label("Dismiss the notice").next().unwrap().click();
        s.harness.run();
    }
}

/// Nor any over the link maker.
#[test]
fn notices_make_way_for_the_link_maker() {
    let harness = desk::open(vec2(1100.0, 620.0), Program::new(PrefsFile::none()));
    let mut s = Session { harness, folder: tempfile::tempdir().unwrap() };
    s.open_article();
    s.tag("Anne Kervel", 'a');
    s.tag("Paul Ormelot", 'a');
    for n in 0..3 {
        let path = std::path::PathBuf::from(format!("/nowhere/missing-{n}.txt"));
        s.send(Intent::Session(SessionIntent::OpenPath(path)));
    }
    s.letter('l');
    s.harness.run_steps(10);
    let maker: Vec<Rect> = s
        .harness
        .query_all_by_role(egui::accesskit::Role::ListBoxOption)
        .filter(|row| row.accesskit_node().label().is_some_and(|label| label.contains("Kervel")))
        .map(|row| row.rect())
        .chain([s.harness.get_by_label_contains("Target: type").rect()])
        .collect();
    assert!(maker.len() >= 2, "{maker:?}");
    let maker = maker.into_iter().reduce(Rect::union).unwrap().expand2(vec2(10.0, 100.0));
    let notices: Vec<Rect> =
        s.harness.query_all_by_label("Dismiss the notice").map(|node| node.rect()).collect();
    assert!(!notices.is_empty());
    assert!(notices.iter().all(|notice| !notice.intersects(maker)), "{notices:?} on {maker:?}");
}

#[test]
fn single_letters_can_be_switched_off() {
    let mut s = Session::open();
    let prefs = casebook::app::Prefs { single_keys: false, ..s.program().prefs().clone() };
    s.send(Intent::Settings(SettingsIntent::SetPrefs(prefs)));
    s.drag_over("Anne Kervel");
    s.letter('a');
    assert!(s.open_notebook().picker().is_none());
}

#[test]
fn the_keyboard_comes_back_to_the_reader() {
    let mut s = Session::open();
    for close in [Key::Enter, Key::Escape] {
        s.drag_over("Paul Ormelot");
        s.letter('a');
        assert!(s.typing());
        s.key(close);
        assert!(!s.typing());
        let head = |s: &Session| s.open_notebook().caret(s.open_notebook().article().unwrap()).head;
        let before = head(&s);
        s.keys(Modifiers::SHIFT, Key::ArrowRight);
        assert_ne!(head(&s), before, "after {close:?} the arrows move the reader's cursor");
    }
    // After find, too.
    s.keys(CTRL, Key::F);
    s.write("Kervel");
    s.settle();
    s.key(Key::Enter);
    s.key(Key::Escape);
    assert!(s.open_notebook().selected_words().is_some(), "the hit is selected");
    s.letter('a');
    assert!(s.open_notebook().picker().is_some(), "and can be tagged at once");
}

#[test]
fn suggestions_are_walked_and_taken_with_letters() {
    let mut s = Session::open();
    // They are looked for once the article is there.
    s.send(Intent::Cancel);
    s.letter('j');
    s.letter('j');
    let words = |s: &Session| {
        let (article, range) = s.open_notebook().selected_words().unwrap();
        s.open_notebook().notebook().article(article).unwrap().text.get(range).unwrap().to_owned()
    };
    let second = words(&s);
    s.letter('k');
    let first = words(&s);
    assert_ne!(first, second);
    s.letter('a');
    assert_eq!(s.open_notebook().picker().map(|picker| picker.words.clone()), Some(first.clone()));
    s.key(Key::Enter);
    assert_eq!(s.count(), [1, 0, 0]);
    s.letter('j');
    assert_eq!(words(&s), second, "on to the next");
    s.letter('x');
    assert_ne!(words(&s), second);
    s.letter('k');
    assert_ne!(words(&s), second, "it is not suggested again");
    // What is open in the list follows the keys.
    assert!(!s.open_notebook().selected_words().unwrap().1.is_empty());
}

#[test]
fn escape_closes_one_thing_at_a_time() {
    let mut s = Session::open();
    s.drag_over("Paul Ormelot");
    s.letter('a');
    s.key(Key::Escape);
    assert!(s.open_notebook().picker().is_none());
    assert!(s.open_notebook().selected_words().is_some(), "the words are still selected");
    s.key(Key::Escape);
    assert!(s.open_notebook().selected_words().is_none());
    assert_eq!(s.count(), [0, 0, 0]);
}

#[test]
fn the_palette_the_keys_and_the_panes_are_a_key_away() {
    let mut s = Session::open();
    let kervel = s.tag("Anne Kervel", 'a');
    s.keys(CTRL, Key::K);
    assert!(s.typing());
    s.write("about casebook");
    s.key(Key::Enter);
    assert!(s.program().asked::<About>().is_some());
    s.key(Key::Escape);
    assert!(s.program().question().is_none());
    s.letter('?');
    assert!(s.program().asked::<Keys>().is_some());
    assert!(s.has_label("Tag as actor"), "the keys are listed");
    s.letter('a');
    s.letter('u');
    assert_eq!(
        s.open_notebook().notebook().mention_count_of(kervel),
        1,
        "nothing runs beneath a page"
    );
    s.key(Key::Escape);
    assert!(s.program().question().is_none());

    // F6 goes round the panes and comes back; Shift+F6 goes the other way.
    let focus = |s: &Session| s.harness.ctx.memory(|memory| memory.focused());
    let at = s.rect_of("désaccord").center();
    s.click(at);
    let first = focus(&s);
    let mut seen = vec![first];
    loop {
        s.key(Key::F6);
        let now = focus(&s);
        assert!(now.is_some(), "each pane takes the keyboard");
        if now == first {
            break;
        }
        assert!(!seen.contains(&now), "a pane twice in one round");
        seen.push(now);
    }
    assert!(seen.len() >= 4, "lists, reader, canvas, inspector: {}", seen.len());
    s.keys(Modifiers::SHIFT, Key::F6);
    assert_eq!(focus(&s), *seen.last().unwrap());
}

#[test]
fn the_palette_lists_words_in_articles_and_goes_there() {
    let mut s = Session::open();
    s.keys(CTRL, Key::K);
    s.write("desaccord");
    s.settle();
    assert!(s.has_label("Find “desaccord” in all articles"));
    let place = |s: &Session| {
        let line = s.harness.query_by(|node| {
            node.role() == egui::accesskit::Role::ListBoxOption
                && node.label().is_some_and(|label| label.starts_with("désaccord: "))
        });
        line.map(|line| line.rect())
    };
    assert!(place(&s).is_some(), "the words in their context");
    s.key(Key::ArrowDown);
    s.key(Key::Enter);
    s.settle();
    assert!(s.program().question().is_none());
    let selected = |s: &Session| {
        let (id, range) = s.open_notebook().selected_words().expect("words are selected");
        s.open_notebook().notebook().article(id).unwrap().text.get(range).unwrap().to_owned()
    };
    assert_eq!(selected(&s), "désaccord");

    // By mouse; and the way to all of them.
    s.keys(CTRL, Key::K);
    s.write("Guetteur");
    s.settle();
    let line =
        s.harness.get_by(|node| node.label().is_some_and(|label| label.starts_with("Guetteur: ")));
    let at = line.rect().center();
    s.click(at);
    s.settle();
    assert_eq!(selected(&s), "Guetteur");
    s.keys(CTRL, Key::K);
    s.write("kervel");
    s.settle();
    s.key(Key::Enter);
    s.settle();
    let find = s.open_notebook().find().expect("find is open");
    assert!(find.query.everywhere && find.query.pattern == "kervel" && find.total() == 3);

    // Nothing is there.
    s.keys(CTRL, Key::K);
    s.write("nowhere at all");
    s.settle();
    assert!(s.has_label("No article holds these words."));
    s.key(Key::Enter);
    assert!(s.program().question().is_some(), "Enter takes nothing");
}

#[test]
fn mentions_are_walked_tagged_again_moved_and_removed_by_keys() {
    let mut s = Session::open();
    let kervel = s.tag("Anne Kervel", 'a');
    let first = s.open_notebook().selection().mention.unwrap();
    s.tag("Paul Ormelot", 'a');
    let second = s.open_notebook().selection().mention.unwrap();

    // 2: the entity used before the last one.
    s.drag_over("désaccord");
    s.letter('2');
    assert_eq!(s.open_notebook().notebook().mention_count_of(kervel), 2);

    s.letter('[');
    assert_eq!(s.open_notebook().selection().mention, Some(second));
    s.letter('[');
    assert_eq!(s.open_notebook().selection().mention, Some(first));
    s.letter(']');
    assert_eq!(s.open_notebook().selection().mention, Some(second));

    // Boundaries: the end two characters further, Enter.
    let end = |s: &Session| {
        s.open_notebook().notebook().mention(second).unwrap().anchor.range().unwrap().end
    };
    let before = end(&s);
    s.letter('b');
    assert!(matches!(s.open_notebook().tool(), Tool::Boundary { .. }));
    s.key(Key::ArrowLeft);
    s.key(Key::ArrowLeft);
    s.key(Key::Enter);
    assert!(matches!(s.open_notebook().tool(), Tool::None));
    assert!(end(&s) < before);

    s.letter('v');
    assert!(s.open_notebook().notebook().mention(second).unwrap().to_check);
    s.letter('u');
    assert!(s.open_notebook().notebook().mention(second).is_none());
    s.keys(CTRL, Key::Z);
    assert!(s.open_notebook().notebook().mention(second).is_some());
}

#[test]
fn delete_takes_every_selected_node_in_one_step() {
    let mut s = Session::open();
    let kervel = s.tag("Anne Kervel", 'a');
    let ormelot = s.tag("Paul Ormelot", 'a');
    s.tag("rencontré", 'e');
    s.send(Intent::Select(Selection { entities: [kervel, ormelot].into(), ..Selection::none() }));
    s.key(Key::Delete);
    assert_eq!(s.count(), [0, 1, 0]);
    assert_eq!(s.open_notebook().notebook().mentions().len(), 1);
    s.keys(CTRL, Key::Z);
    assert_eq!(s.count(), [2, 1, 0]);
    assert_eq!(s.open_notebook().notebook().mentions().len(), 3);
}

#[test]
fn a_note_on_a_mention_is_written_and_kept() {
    let mut s = Session::open();
    s.tag("Anne Kervel", 'a');
    let mention = s.open_notebook().selection().mention.unwrap();
    s.letter('m');
    assert!(s.program().asked::<NoteOn>().is_some());
    assert!(s.typing());
    s.write("call her back");
    s.keys(CTRL, Key::Enter);
    if s.program().question().is_some() {
        s.key(Key::Escape);
    }
    assert!(s.program().question().is_none());
    assert_eq!(s.open_notebook().notebook().mention(mention).unwrap().note, "call her back");
}

#[test]
fn quitting_with_unsaved_work_asks_and_can_be_called_off() {
    let mut s = Session::open();
    s.keys(CTRL, Key::Q);
    assert!(s.program().asked::<Unsaved>().is_some());
    assert!(s.has_label("Save") && s.has_label("Discard changes"));
    s.key(Key::Escape);
    assert!(s.program().question().is_none());
    assert!(s.program().open_notebook().is_some());
    s.keys(CTRL, Key::W);
    s.harness.get_by_label("Discard changes").click();
    s.harness.run();
    assert!(s.program().open_notebook().is_none());
    assert!(s.has_label("Open sample notebook"), "the welcome page again");
}

#[test]
fn the_sample_opens_from_the_welcome_page() {
    let mut s = Session::new();
    s.harness.get_by_label("Open sample notebook").click();
    s.harness.run();
    assert_eq!(s.open_notebook().notebook().articles().len(), 2);
    assert!(!s.open_notebook().is_modified());
    let first = s.open_notebook().article();
    s.keys(CTRL, Key::Tab);
    assert_ne!(s.open_notebook().article(), first);
    s.keys(CTRL | Modifiers::SHIFT, Key::Tab);
    assert_eq!(s.open_notebook().article(), first);
}

/// A file as the desktop drops it on the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_file_dropped_on_the_window_is_opened() {
    let mut session = Session::new();
    let path = session.folder.path().join("dropped.txt");
    std::fs::write(&path, ARTICLE).unwrap();
    session.harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
    session.harness.step();
    session.settle();
    assert_eq!(session.open_notebook().notebook().articles().len(), 1);
}

#[test]
fn files_held_over_the_window_say_what_becomes_of_them() {
    let mut session = Session::new();
    let hold = |session: &mut Session, names: &[&str]| {
        let held = names.iter().map(|name| egui::HoveredFile {
            path: Some(session.folder.path().join(name)),
            ..egui::HoveredFile::default()
        });
        let held = held.collect();
        session.harness.input_mut().hovered_files = held;
        session.harness.run_steps(3);
    };
    hold(&mut session, &["vote.txt"]);
    session.harness.get_by_label("Drop to open “vote.txt”");
    session.harness.get_by_label("A new notebook begins with it.");
    hold(&mut session, &["vote.txt", "letters.pdf"]);
    session.harness.get_by_label("Drop to open 2 files");
    hold(&mut session, &["case.ron"]);
    session.harness.get_by_label("Drop to open “case.ron”");
    assert!(session.harness.query_by_label("A new notebook begins with it.").is_none());
    hold(&mut session, &[]);
    assert!(session.harness.query_by_label_contains("Drop to open").is_none());
}

#[test]
fn text_pasted_where_no_field_takes_it_becomes_an_article() {
    let mut session = Session::new();
    session.harness.event(Event::Paste(ARTICLE.to_owned()));
    session.harness.run();
    assert!(session.program().asked::<PasteArticle>().is_some());
    session.harness.get_by_label("Add article").click();
    session.harness.run();
    let notebook = session.open_notebook().notebook();
    let article = notebook.articles().values().next().unwrap();
    assert_eq!(article.text.as_str(), ARTICLE);
    assert_eq!(article.origin.reader, "pasted");
}

/// Everything painted, and what the window manager is told.
fn painted(output: &egui::FullOutput) -> Vec<String> {
    fn walk(shape: &egui::Shape, found: &mut Vec<String>) {
        match shape {
            egui::Shape::Text(text) => found.push(text.galley.job.text.clone()),
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(shape, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    output.shapes.iter().for_each(|clipped| walk(&clipped.shape, &mut found));
    for command in output.viewport_output.values().flat_map(|viewport| &viewport.commands) {
        if let egui::ViewportCommand::Title(title) = command {
            found.push(title.clone());
        }
    }
    found
}

#[test]
fn control_characters_in_names_are_shown_and_not_obeyed() {
    use casebook::app::{Caret, Command, LinkDraft};
    use casebook::edit::{Edit, parse_script};

    // What turns the line round, hides, breaks it, or moves a terminal's cursor.
    const SCRIPT: &str = r#"[
        Title("Port\u{202e}Léonie\u{1b}[2J"),
        Describe(with: (title: "Bras\u{202e} de\u{200b} fer\n!", author: "M\u{2066}x")),
        AddEntity(kind: Actor, name: "Anne\u{202e}\u{200b} Kervel", handle: "$anne", with: (aliases: ["Ker\u{202e}vel", "K\u{200f}"])),
        AddEntity(kind: Actor, name: "Le\nGuetteur\u{2067}", handle: "$guetteur", with: (actor_kind: Media)),
        AddEntity(kind: Event, name: "Ren\u{202d}contre\t!", handle: "$event", with: (place: "P\u{200e}L", participants: [("$anne", Agent)])),
        AddEntity(kind: Claim, name: "Un\u{202e} désaccord\r", handle: "$claim"),
        Tag(at: Quote("Anne Kervel"), entity: "$anne"),
        Tag(at: Quote("un désaccord"), entity: "$claim", statement: (chain: [(actor: "$guetteur", cue: "se\u{202e}lon")])),
        SetRelation(relation: "says", label: "sa\u{202e}ys", family: Tie, directed: true),
        Link(from: "$anne", relation: "says", to: "$event", evidence: [Sentence(at: Quote("vendredi"))]),
        Link(from: "$guetteur", relation: "relays", to: "$claim"),
    ]"#;
    let mut session = Session::open();
    let edits = parse_script(SCRIPT).unwrap();
    session.send(Intent::Session(SessionIntent::Edit(Edit::Batch("hostile".to_owned(), edits))));
    let (mut looked, mut obeyed) = (0, Vec::new());
    let mut look = |session: &Session, what: &str| {
        let texts = painted(session.harness.output());
        assert!(texts.len() > 20, "{what}: {} texts", texts.len());
        for text in texts {
            let bad = text.chars().find(|c| {
                (c.is_control() && *c != '\n')
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
                        && *c != '\u{200d}'
            });
            if bad.is_some() {
                obeyed.push(format!("{what}: {text:?}"));
            }
        }
        looked += 1;
    };
    look(&session, "the window");
    // By name: ids are random, and so is the order they stand in.
    let named = |session: &Session, start: &str| -> EntityId {
        let book = session.open_notebook();
        let mut all = book.notebook().entities().iter();
        *all.find(|(_, entity)| entity.name.starts_with(start)).expect(start).0
    };
    let ids = ["Anne", "Le\n", "Ren", "Un"].map(|start| named(&session, start));
    let links: Vec<_> = session.open_notebook().notebook().links().keys().copied().collect();
    let mentions: Vec<_> = session.open_notebook().notebook().mentions().keys().copied().collect();
    for id in &ids {
        session.send(Intent::Select(Selection::entity(*id)));
        look(&session, "an entity");
    }
    for id in links {
        session.send(Intent::Select(Selection::link(id)));
        look(&session, "a link");
    }
    for id in mentions {
        session.send(Intent::Reading(ReadingIntent::GoToMention(id)));
        look(&session, "a mention");
    }
    session.send(Intent::Select(Selection {
        entities: ids.iter().copied().collect(),
        ..Selection::none()
    }));
    look(&session, "several");
    session.send(Intent::Select(Selection::entity(ids[0])));
    for command in [
        Command::Merge,
        Command::TagTheRest,
        Command::Palette,
        Command::RenameNotebook,
        Command::DescribeArticle,
    ] {
        session.send(Intent::Run(command));
        look(&session, command.text());
        session.send(Intent::Cancel);
        session.send(Intent::Cancel);
    }
    // Every other command too, on one or other of the entities: whatever it opens. Not those that open the system's dialogs
    // or leave the notebook. What one of them changed is taken back, so that the next one has something to show.
    let elsewhere =
        [Command::Open, Command::Save, Command::SaveAs, Command::Quit, Command::CloseNotebook];
    // Nor is an article without its tab of any use here.
    let anew = [
        Command::NewNotebook,
        Command::OpenSample,
        Command::CloseTab,
        Command::Undo,
        Command::Delete,
        Command::RemoveArticle,
    ];
    let steps = session.open_notebook().history().len();
    for (at, command) in
        Command::TABLE.iter().filter(|c| !elsewhere.contains(c) && !anew.contains(c)).enumerate()
    {
        session.send(Intent::Select(Selection::entity(ids[at % ids.len()])));
        session.send(Intent::Run(*command));
        look(&session, command.text());
        session.send(Intent::Cancel);
        session.send(Intent::Cancel);
        while session.open_notebook().history().len() > steps {
            session.send(Intent::Run(Command::Undo));
            look(&session, "what was taken back");
        }
    }
    let draft = LinkDraft::between(ids[0], ids[1], None);
    session.send(Intent::Select(Selection::entity(ids[0])));
    session.send(Intent::Charting(ChartingIntent::StartLink(draft)));
    look(&session, "the link maker");
    session.send(Intent::Cancel);
    let article = session.open_notebook().article().unwrap();
    session.send(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(0..4))));
    session.send(Intent::Tagging(TaggingIntent::Tag(Kind::Actor)));
    look(&session, "the picker");
    for typed in ["Anne", "Guetteur", "\u{202e}x"] {
        session.send(Intent::Tagging(TaggingIntent::PickerText(typed.to_owned())));
        look(&session, "the picker, typed");
    }
    assert!(looked > 15);
    assert!(obeyed.is_empty(), "painted as they are:\n{}", obeyed.join("\n"));
    // What hides is told where the entity is looked at.
    session.send(Intent::Cancel);
    session.send(Intent::Select(Selection::entity(ids[0])));
    let texts = painted(session.harness.output());
    let told = texts
        .iter()
        .find(|text| text.starts_with("Hidden characters in this name"))
        .expect("a warning");
    assert!(told.contains("U+202E turns the direction") && told.contains("U+200B"), "{told}");
}

/// A slow frame holds what was typed since the last one, with the Enter after it.
#[test]
fn enter_takes_what_was_typed_even_in_the_same_frame() {
    let mut s = Session::open();
    let all_at_once = |s: &mut Session, text: &str| {
        let modifiers = Modifiers::NONE;
        let enter = Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        };
        s.harness.input_mut().events.extend([Event::Text(text.to_owned()), enter]);
        s.harness.step();
        s.settle();
    };
    // The palette: with nothing typed its first row is “Open…”.
    s.keys(CTRL, Key::K);
    all_at_once(&mut s, "Rename notebook");
    assert!(s.program().asked::<RenameNotebook>().is_some(), "{:?}", s.program().question());
    s.key(Key::Escape);
    // The picker: what is proposed is “Anne Kervel”.
    s.drag_over("Anne Kervel");
    s.letter('a');
    all_at_once(&mut s, "Somebody else");
    let name = |s: &Session, id| s.open_notebook().notebook().name(id).to_owned();
    let other = s.open_notebook().selection().only_entity().unwrap();
    assert_eq!(name(&s, other), "Somebody else");
    // The link maker: who it points to, and by what.
    let ormelot = s.tag("Paul Ormelot", 'a');
    s.letter('l');
    all_at_once(&mut s, "Somebody");
    assert!(matches!(s.open_notebook().tool(), Tool::Link(draft) if draft.to == Some(other)));
    all_at_once(&mut s, "denies");
    let link = s.open_notebook().selection().only_link().unwrap();
    let link = s.open_notebook().notebook().link(link).unwrap();
    assert_eq!((link.from, link.relation.0.as_str()), (ormelot, "denies"));
}

/// What is typed before the field is there waits for it: nothing is lost, and no letter is a command.
#[test]
fn who_types_on_while_a_field_opens_types_into_it() {
    let mut s = Session::open();
    let press = |key, modifiers| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    let typed = |text: &str| -> Vec<Event> {
        let both = |c: char| {
            let key = Key::from_name(&c.to_uppercase().to_string());
            let text = Event::Text(c.to_string());
            key.map(|key| press(key, Modifiers::NONE)).into_iter().chain([text])
        };
        text.chars().flat_map(both).collect()
    };
    let enter = || press(Key::Enter, Modifiers::NONE);
    let before = s.open_notebook().history().len();
    // All in one frame: the palette, a command by name, Enter.
    let events = &mut s.harness.input_mut().events;
    events.push(press(Key::K, CTRL));
    events.extend(typed("rename notebook"));
    events.push(enter());
    s.harness.step();
    s.settle();
    assert!(s.program().asked::<RenameNotebook>().is_some(), "{:?}", s.program().question());
    assert_eq!(s.open_notebook().history().len(), before, "no letter was taken for a command");
    s.key(Key::Escape);
    // What is typed after the Enter that closes a page is for what is there then: here the palette once more.
    s.keys(CTRL, Key::K);
    let events = &mut s.harness.input_mut().events;
    events.extend(typed("fit"));
    events.push(enter());
    events.push(press(Key::K, CTRL));
    events.extend(typed("rename notebook"));
    events.push(enter());
    s.harness.step();
    s.settle();
    assert!(s.program().asked::<RenameNotebook>().is_some(), "{:?}", s.program().question());
    assert_eq!(s.open_notebook().history().len(), before, "no letter was taken for a command");
    s.key(Key::Escape);
    // The letter that tags, and a name; some of it in the next frame.
    s.drag_over("Anne Kervel");
    s.harness.input_mut().events.extend(typed("aan"));
    s.harness.step();
    s.harness.input_mut().events.extend(typed("other"));
    s.harness.input_mut().events.push(enter());
    s.harness.step();
    s.settle();
    let id = s.open_notebook().selection().only_entity().unwrap();
    assert_eq!(s.open_notebook().notebook().name(id), "another");
    assert_eq!(s.count(), [1, 0, 0]);
    // Where nothing opens, letters are commands again.
    s.send(Intent::Select(Selection::none()));
    s.harness.input_mut().events.extend(typed("rf"));
    s.harness.step();
    s.settle();
    assert!(!s.typing());
}

#[test]
fn the_text_is_set_by_keyboard_in_a_panel_beside_it() {
    let mut s = Session::open();
    s.send(Intent::Run(casebook::app::Command::TextPanel));
    let names = vec!["Amiri".to_owned(), "Gentium".to_owned(), "Noto Serif".to_owned()];
    let found = casebook::app::Faces { names: names.into(), ..Default::default() };
    s.send(Intent::Settings(SettingsIntent::FacesFound(found)));
    s.harness.get_by_label("Reading settings");
    let before = s.rect_of("Anne Kervel").height();
    // The panel opens on the size.
    for _ in 0..4 {
        s.key(Key::ArrowRight);
    }
    s.settle();
    assert_eq!(s.program().prefs().text.size, 21.0);
    assert!(s.rect_of("Anne Kervel").height() > before, "at once, in the text beside it");
    s.harness.get_by_label("Search installed fonts").focus();
    s.harness.run();
    s.key(Key::ArrowDown);
    assert_eq!(s.program().prefs().text.face.as_deref(), Some("Amiri"));
    s.write("gent");
    s.harness.get_by_label("Font: Gentium").click();
    s.harness.run();
    assert_eq!(s.program().prefs().text.face.as_deref(), Some("Gentium"));
    s.harness.get_by_label("Reset to defaults").click();
    s.harness.run();
    assert_eq!(s.program().prefs().text, casebook::app::TextSettings::default());
    s.key(Key::Escape);
    s.settle();
    assert!(s.harness.query_by_label("Reading settings").is_none());
    // The keyboard is back in the text.
    s.key(Key::ArrowRight);
    let article = s.open_notebook().article().unwrap();
    assert!(s.open_notebook().caret(article).head > 0);
    assert!(s.program().prefs().text == casebook::app::TextSettings::default());
}

/// “Select all” means the pane that has the keyboard: by its key, and from the menu or the palette.
#[test]
fn select_all_is_of_the_pane_that_has_the_keyboard() {
    use casebook::app::Command;
    let mut s = Session::open();
    for name in ["Kervel", "Ormelot"] {
        let edit = casebook::edit::Edit::AddEntity {
            kind: Kind::Actor,
            name: name.to_owned(),
            handle: String::new(),
            with: Box::default(),
            at: None,
        };
        s.send(Intent::Session(SessionIntent::Edit(edit)));
    }
    let article = s.open_notebook().article().unwrap();
    let all = s.open_notebook().notebook().article(article).unwrap().text.len();
    for key in [true, false] {
        // Each workspace begins in its own pane.
        for (workspace, canvas) in
            [(Command::WorkspaceCanvas, true), (Command::WorkspaceRead, false)]
        {
            s.send(Intent::Select(Selection::none()));
            s.send(Intent::Run(workspace));
            if key {
                s.keys(Modifiers::COMMAND, Key::A);
                s.settle();
            } else {
                s.send(Intent::Run(Command::SelectAll));
            }
            if canvas {
                assert_eq!(s.open_notebook().selection().entities.len(), 2, "by its key: {key}");
            } else {
                let caret = s.open_notebook().caret(article);
                assert_eq!((caret.anchor, caret.head), (0, all), "by its key: {key}");
            }
        }
    }
}

/// A window with settings in this folder of the test.
fn with_settings(folder: &std::path::Path) -> Session {
    let program = Program::new(PrefsFile::in_folder(&folder.join("settings")));
    let harness = desk::open(vec2(1600.0, 1000.0), program);
    Session { harness, folder: tempfile::tempdir().unwrap() }
}

#[test]
fn closed_tabs_and_the_order_of_panes_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("left.ron");
    let articles = ["One", "Two", "Three"].map(|title| {
        let path = folder.path().join(format!("{title}.txt"));
        std::fs::write(&path, format!("{title}\n\nKervel met Ormelot.\n")).unwrap();
        path
    });
    let tabs = |s: &Session| {
        ["One", "Two", "Three"]
            .map(|title| s.harness.query_by_label(&format!("Close the tab {title}")).is_some())
    };
    let left = |s: &Session, pane: &str| {
        s.harness.get_by_label(&format!("Move pane {pane}")).rect().left()
    };

    let mut s = with_settings(folder.path());
    for article in articles {
        s.send(Intent::Session(SessionIntent::OpenPath(article)));
    }
    s.send(Intent::Session(SessionIntent::SaveTo(path.clone())));
    assert_eq!(tabs(&s), [true, true, true]);
    s.harness.get_by_label("Close the tab Two").click();
    s.settle();
    assert_eq!(tabs(&s), [true, false, true]);
    // The canvas is taken to the left of the article.
    assert!(left(&s, "Article") < left(&s, "Canvas"));
    let from = s.harness.get_by_label("Move pane Canvas").rect().center();
    let reader = s.harness.get_by_label("Move pane Article").rect();
    let to = egui::pos2(reader.left() + 60.0, 500.0);
    s.button(from, true);
    for share in [0.2, 0.5, 0.8, 1.0, 1.0] {
        s.harness.event(Event::PointerMoved(from.lerp(to, share)));
        s.harness.run_steps(5);
    }
    s.button(to, false);
    s.harness.run_steps(40);
    let width = left(&s, "Article") - left(&s, "Canvas");
    assert!(width > 150.0, "it was moved, and has room: {width}");
    let at = [left(&s, "Canvas"), left(&s, "Article")];
    s.send(Intent::Run(casebook::app::Command::Quit));
    drop(s);

    let mut s = with_settings(folder.path());
    s.send(Intent::Session(SessionIntent::OpenPath(path)));
    s.harness.run_steps(10);
    assert_eq!(tabs(&s), [true, false, true]);
    let back = [left(&s, "Canvas"), left(&s, "Article")];
    assert!(at.iter().zip(back).all(|(a, b)| (a - b).abs() < 2.0), "{at:?} {back:?}");
}
