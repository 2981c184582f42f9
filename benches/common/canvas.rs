//! A canvas without a screen, on the notebook of a graph: what the benches of the canvas share.

#![allow(dead_code, reason = "each bench takes what it needs of it")]

use std::time::Duration;

use casebook::app::{OpenNotebook, PrefsFile, Program};
use casebook::edit::{Edit, LinkFields, Ref};
use casebook::notebook::{Kind, RelationId};
use casebook::ui::canvas::Canvas;
use casebook::ui::fonts;
use casebook::ui::theme::Style;
use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2};

/// The canvas, in points.
pub const PANE: Vec2 = Vec2::new(1600.0, 1000.0);

/// A notebook of a graph: its nodes in these places, with these names by their number, and its links by the numbers of
/// their ends.
pub fn program(
    places: impl IntoIterator<Item = (f32, f32)>,
    links: &[(u32, u32)],
    name: impl Fn(usize) -> String,
) -> Program {
    let mut edits: Vec<Edit> = places
        .into_iter()
        .enumerate()
        .map(|(i, at)| Edit::AddEntity {
            kind: Kind::ALL[i % 7 % 3],
            name: name(i),
            handle: format!("n{i}"),
            with: Box::default(),
            at: Some(at),
        })
        .collect();
    let relations = ["works for", "relays", "supports", "agent"];
    edits.extend(links.iter().enumerate().map(|(i, (from, to))| Edit::Link {
        from: Ref::handle(&format!("n{from}")),
        relation: RelationId::from(relations[i % relations.len()]),
        to: Ref::handle(&format!("n{to}")),
        evidence: Vec::new(),
        with: LinkFields::default(),
        handle: String::new(),
    }));
    let mut program = Program::new(PrefsFile::none());
    let made = program.edit(&Edit::Batch("bench".to_owned(), edits));
    assert!(made.is_some(), "the generated graph is a notebook: {:?}", program.notices());
    program
}

/// A window without a screen.
pub struct Window {
    ctx: egui::Context,
    pub canvas: Canvas,
    style: Style,
    /// How many frames there were.
    pub frame: u64,
}

impl Window {
    pub fn new() -> Self {
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::built_in());
        Self { ctx, canvas: Canvas::new(), style: Style::light(), frame: 0 }
    }

    /// A frame with these events, tessellated; how many meshes it takes.
    pub fn frame(&mut self, book: &OpenNotebook, events: Vec<Event>) -> usize {
        self.frame += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, PANE)),
            time: Some(self.frame as f64 / 60.0),
            events,
            ..RawInput::default()
        };
        let mut out = Vec::new();
        let mut full = self.ctx.run_ui(input, |ui| {
            self.canvas.ui(ui, book, &self.style, &mut out);
        });
        let shapes = std::mem::take(&mut full.shapes);
        let pixels_per_point = full.pixels_per_point;
        full.drop_without_applying_deltas();
        self.ctx.tessellate(shapes, pixels_per_point).len()
    }

    /// Frames until nothing moves any more.
    pub fn settle(&mut self, book: &OpenNotebook) {
        self.frame(book, Vec::new());
        while self.canvas.is_making() {
            std::thread::sleep(Duration::from_millis(5));
            self.frame(book, Vec::new());
        }
        for _ in 0..60 {
            self.frame(book, Vec::new());
        }
    }

    /// The middle button goes down here: what follows pans.
    pub fn press(&mut self, book: &OpenNotebook, at: Pos2) {
        self.frame(book, vec![Event::PointerMoved(at)]);
        let pressed = Event::PointerButton {
            pos: at,
            button: PointerButton::Middle,
            pressed: true,
            modifiers: Modifiers::NONE,
        };
        self.frame(book, vec![pressed]);
    }
}
