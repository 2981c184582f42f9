//! Any text in the reader: laid out, scrolled, selected in by mouse and keys, tagged, at some width and in some size of
//! letters. What a fuzzer and a property test feed it are bytes; no frame may panic, and what must hold is asserted.
//!
//! The first five bytes choose the width, the size of the letters, a place, what is done, and the order of doing it;
//! the rest is the article.

use casebook::app::{
    Caret, Command, Effect, Intent, OpenNotebook, PrefsFile, Program, SessionIntent,
    SettingsIntent, TextSettings,
};
use casebook::edit::{Edit, Ref, Spot, StatementFields};
use casebook::notebook::{ArticleId, Kind};
use casebook::ui::fonts;
use casebook::ui::reader::Reader;
use casebook::ui::theme::Style;
use egui::{Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, vec2};
use unicode_segmentation::UnicodeSegmentation as _;

/// So much of a text is checked grapheme by grapheme, in bytes.
const CHECKED: usize = 64 << 10;

/// A context with fonts, and its clock: made once, used for many texts.
pub struct Kitchen {
    ctx: Context,
    time: f64,
}

impl Kitchen {
    /// With egui's own fonts, and somebody who listens to what a screen reader is told.
    pub fn new() -> Self {
        let ctx = Context::default();
        ctx.set_fonts(fonts::built_in());
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        ctx.enable_accesskit();
        Self { ctx, time: 0.0 }
    }

    /// Cooks these bytes.
    pub fn cook(&mut self, data: &[u8]) {
        let Some((&[width, size, place, what, order], text)) = data.split_first_chunk::<5>() else {
            return;
        };
        let text = String::from_utf8_lossy(text);
        let width = 60.0 + f32::from(width) * 6.0;
        let size = 8.0 + f32::from(size % 40);
        if let Some(mut dish) = Dish::new(self, &text, vec2(width, 500.0), size) {
            dish.tag_some(place);
            dish.handle(place, what, order);
        }
    }
}

/// A text in a reader.
pub struct Dish<'a> {
    kitchen: &'a mut Kitchen,
    program: Program,
    article: ArticleId,
    reader: Reader,
    size: egui::Vec2,
    /// Where graphemes of the text begin and end, of its first part.
    boundaries: Vec<usize>,
}

impl<'a> Dish<'a> {
    /// The reader on this text; `None` where it is refused as no text.
    pub fn new(
        kitchen: &'a mut Kitchen,
        text: &str,
        size: egui::Vec2,
        letters: f32,
    ) -> Option<Self> {
        let mut program = Program::new(PrefsFile::none());
        let set = TextSettings { size: letters, ..TextSettings::default() };
        program.dispatch_all([
            Intent::Settings(SettingsIntent::SetText(set)),
            Intent::Session(SessionIntent::AddText(text.to_owned())),
        ]);
        if text.len() > CHECKED {
            // Nobody waits for what could be suggested in a text of this size.
            let jobs: Vec<_> = program.jobs().iter().map(|job| job.id).collect();
            program.dispatch_all(jobs.into_iter().map(Intent::StopJob));
        }
        // Nothing but white space is no article.
        let article = program.open_notebook().and_then(OpenNotebook::article)?;
        let mut reader = Reader::new();
        reader.focus();
        let mut dish = Self { kitchen, program, article, reader, size, boundaries: Vec::new() };
        let whole = dish.text();
        let mut end = whole.len().min(CHECKED);
        while !whole.is_char_boundary(end) {
            end -= 1;
        }
        let mut boundaries: Vec<usize> =
            whole[..end].grapheme_indices(true).map(|(at, _)| at).collect();
        if end == whole.len() {
            boundaries.push(end);
        }
        dish.boundaries = boundaries;
        dish.frame(Vec::new());
        dish.frame(Vec::new());
        Some(dish)
    }

    pub fn open_notebook(&self) -> &OpenNotebook {
        self.program.open_notebook().expect("it was opened")
    }

    pub fn text(&self) -> &str {
        self.open_notebook().notebook().articles()[&self.article].text.as_str()
    }

    pub fn caret(&self) -> Caret {
        self.open_notebook().caret(self.article)
    }

    /// The first byte in view.
    pub fn first_in_view(&self) -> usize {
        let place =
            self.open_notebook().desk().reading.get(&self.article).copied().unwrap_or_default();
        self.open_notebook().notebook().articles()[&self.article]
            .text
            .paragraph(place.paragraph)
            .start
    }

    /// Three mentions, nested and apart, wherever the text lets them be.
    fn tag_some(&mut self, place: u8) {
        let length = self.text().len();
        self.program.dispatch(Intent::Session(SessionIntent::Edit(Edit::AddEntity {
            kind: Kind::Actor,
            name: "someone".to_owned(),
            handle: String::new(),
            with: Box::default(),
            at: None,
        })));
        let Some(entity) = self.open_notebook().notebook().entities().keys().next().copied() else {
            return;
        };
        let middle = length * usize::from(place) / 256;
        for (start, long) in [(0, 9), (middle, 40), (middle, 3), (middle + 2, 60)] {
            let text = &self.open_notebook().notebook().articles()[&self.article].text;
            let range = text.snap(start.min(length)..(start + long).min(length));
            self.program.dispatch(Intent::Session(SessionIntent::Edit(Edit::Tag {
                article: Some(Ref::Id(self.article)),
                at: Spot::Bytes(range),
                entity: Ref::Id(entity),
                remember_alias: false,
                statement: StatementFields::default(),
                note: String::new(),
                handle: String::new(),
            })));
        }
    }

    /// Uses mouse and keys; `what` leaves steps out, `order` begins with another one.
    fn handle(&mut self, place: u8, what: u8, order: u8) {
        let at = Pos2::new(self.size.x * 0.5, f32::from(place) * 2.0);
        let to = at + vec2(30.0, 60.0);
        let both = Modifiers::COMMAND | Modifiers::SHIFT;
        let steps: [Vec<Event>; 12] = [
            vec![Event::PointerMoved(at), button(at, true)],
            vec![Event::PointerMoved(to), button(to, false)],
            vec![key(Key::ArrowRight, Modifiers::SHIFT), key(Key::ArrowDown, Modifiers::SHIFT)],
            vec![key(Key::End, Modifiers::COMMAND)],
            vec![key(Key::ArrowLeft, both), key(Key::ArrowUp, Modifiers::NONE)],
            vec![key(Key::PageUp, Modifiers::SHIFT)],
            vec![key(Key::CloseBracket, Modifiers::NONE), key(Key::Home, Modifiers::COMMAND)],
            vec![wheel(-900.0, Modifiers::NONE)],
            vec![wheel(60.0, Modifiers::COMMAND)],
            vec![key(Key::ArrowRight, Modifiers::COMMAND), key(Key::ArrowRight, both)],
            vec![button(at, true), button(at, false), button(at, true), button(at, false)],
            vec![key(Key::PageDown, Modifiers::NONE), key(Key::End, Modifiers::SHIFT)],
        ];
        for n in 0..steps.len() {
            let step = (n + usize::from(order)) % steps.len();
            if step > 1 && what & (1 << (step % 8)) == 0 {
                continue;
            }
            self.frame(steps[step].clone());
            self.check();
        }
        // Where the press came last: what is dragged over goes on being selected until the button is let go.
        self.frame(vec![button(to, false)]);
        for arrow in [Key::ArrowRight, Key::ArrowLeft] {
            self.walk(arrow, usize::from(order % 7));
        }
        // Narrower, and wider again.
        let size = self.size;
        for part in [0.6, 1.0] {
            self.size.x = size.x * part;
            self.frame(Vec::new());
            self.check();
        }
    }

    /// An arrow moves the cursor from grapheme to grapheme, in reading order or against it.
    pub fn walk(&mut self, arrow: Key, times: usize) {
        // A press beside the text takes the keyboard away from it.
        self.reader.focus();
        self.frame(Vec::new());
        for _ in 0..times {
            let before = self.caret();
            self.frame(vec![key(arrow, Modifiers::NONE)]);
            let after = self.caret();
            assert!(after.is_empty(), "{arrow:?}: {before:?} to {after:?}");
            if !before.is_empty() {
                continue;
            }
            let at = |byte| self.boundaries.binary_search(&byte).ok();
            if let (Some(from), Some(to)) = (at(before.head), at(after.head)) {
                let end = before.head == 0 || before.head == self.text().len();
                let steps = from.abs_diff(to);
                assert!(steps == 1 || (steps == 0 && end), "{before:?} to {after:?}");
            }
        }
    }

    /// What is selected is whole graphemes of the text, and what copying and tagging take is that.
    pub fn check(&mut self) {
        let range = self.caret().range();
        let words = self.text().get(range.clone()).expect("bytes of the text").to_owned();
        for end in [range.start, range.end] {
            let known = self.boundaries.last().copied().unwrap_or(0);
            assert!(
                end > known || self.boundaries.binary_search(&end).is_ok(),
                "inside a grapheme"
            );
        }
        if words.trim().is_empty() {
            return;
        }
        self.program.take_effects();
        self.program.dispatch(Intent::Run(Command::Copy));
        for effect in self.program.take_effects() {
            if let Effect::Copy(copied) = effect {
                assert_eq!(copied.trim(), words.trim());
            }
        }
    }

    /// A frame with these events, tessellated; what the reader sends is carried out.
    pub fn frame(&mut self, events: Vec<Event>) {
        self.kitchen.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(self.kitchen.time),
            events,
            ..RawInput::default()
        };
        let style = Style { text_size: self.program.prefs().text.size, ..Style::light() };
        let mut out = Vec::new();
        let (program, reader, article) = (&self.program, &mut self.reader, self.article);
        let output = self.kitchen.ctx.run_ui(input, |ui| {
            out.clear();
            if let Some(book) = program.open_notebook() {
                reader.ui(ui, book, article, &style, &mut out);
            }
        });
        let shapes = output.shapes.clone();
        drop(self.kitchen.ctx.tessellate(shapes, output.pixels_per_point));
        output.drop_without_applying_deltas();
        self.program.dispatch_all(out);
        self.program.poll();
        for effect in self.program.take_effects() {
            self.reader.apply_effect(&effect);
        }
    }
}

/// A press of a key.
pub fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// The left button goes down or up.
pub fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

/// The wheel, so many points.
pub fn wheel(points: f32, modifiers: Modifiers) -> Event {
    Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, points),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
        modifiers,
    }
}
