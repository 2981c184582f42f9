//! The reader: an article's text on screen, its mentions, and selecting and tagging in it.
//!
//! The text never changes, so nothing here edits: the reader is given an [`OpenNotebook`], keeps view state of its own (what
//! is in view, what is under the pointer), and pushes [`Intent`]s.
//!
//! | file | what it holds |
//! |---|---|
//! | `layout_units`, `heights` | the text cut into units, and how far down each lies |
//! | `line_breaking`, `bidi`, `hidden_characters` | where rows end, mixed directions, characters that cannot be seen |
//! | `metrics`, `columns`, `line`, `rows`, `page` | the rows in view, laid out |
//! | `mention_marks`, `paint`, `margin`, `heading`, `scroll_bar` | what is drawn |
//! | `mouse`, `handles`, `hover`, `overlap_list`, `menu` | what is done with it by hand |
//! | `keys`, `cursor`, `boundary` | the same from the keyboard |
//! | `nesting`, `access` | what a screen reader is told, and what it may do |
//!
//! # How long text stays cheap
//! A row's end is found by adding up advances, which needs no shaping; only rows in view are shaped, one galley
//! each, which egui keeps from frame to frame. A frame looks at the units it begins and ends in, at the mentions
//! that touch the bytes in view, and at nothing else. A unit is at most 256 KiB.

mod access;
mod beside;
mod bidi;
mod boundary;
mod columns;
mod cursor;
mod handles;
mod heading;
mod hidden_characters;
mod hover;
mod keys;
mod layout_units;
mod line;
mod line_breaking;
mod margin;
mod mention_marks;
mod menu;
mod metrics;
mod mouse;
mod nesting;
mod overlap_list;
mod page;
mod paint;
mod rows;
mod scroll_bar;
mod setting;

use std::sync::Arc;

use egui::{EventFilter, Id, Mesh, Rect, Response, Sense, Shape, Ui, UiBuilder, pos2, vec2};

use self::boundary::Boundary;
use self::cursor::Cursor;
use self::heading::Heading;
use self::mention_marks::Mark;
use self::metrics::Metrics;
pub use self::mouse::HeldWords;
use self::mouse::Mouse;
use self::page::Page;
use self::paint::Frame;
use self::scroll_bar::{ScrollBar, Shown};
use super::theme::Style;
use crate::app::{
    Caret, Effect, GoTo, Intent, OpenNotebook, ReadingIntent, SettingsIntent, TextSettings, Tool,
};
use crate::notebook::{Article, ArticleId, ReadingPlace};

/// Room left of the column for the bars, and right of it, in points.
const MARGINS: (f32, f32) = (46.0, 28.0);
/// How strongly letters grow as other things are zoomed: a notch of the wheel is about a point.
const ZOOM: f32 = 0.2;

/// What the reader tells the window about its article, besides intents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReaderOutput {
    /// Where the last row of the selected words is on screen: the picker opens there.
    pub selection_rect: Option<Rect>,
    /// The reader has the keyboard.
    pub has_focus: bool,
}

/// The view of one open article.
#[derive(Default)]
pub struct Reader {
    page: Option<Page>,
    article: Option<ArticleId>,
    bar: ScrollBar,
    mouse: Mouse,
    cursor: Cursor,
    boundary: Boundary,
    /// The text cursor as moved in this frame, until the book knows it.
    moved: Option<Caret>,
    /// Where rows are entered when the cursor goes up and down, in points from the column's left.
    goal: Option<f32>,
    /// The size that the letters grew to by Ctrl and the wheel, in points and parts of one.
    grown: Option<f32>,
    /// What is left of a page being turned, in points.
    glide: f64,
    /// A place that is to be brought into view.
    goto: Option<GoTo>,
    /// The reading place the book was told.
    told: Option<ReadingPlace>,
    /// Where the view begins in the next frame.
    restore: Option<ReadingPlace>,
    /// The next frame takes the keyboard.
    wants_focus: bool,
}

/// What all parts of the reader work with during a frame.
struct Scene<'a> {
    book: &'a OpenNotebook,
    id: ArticleId,
    article: &'a Article,
    style: &'a Style,
    /// The part of the screen with the text, and the upper left corner of the column in view.
    rect: Rect,
    left: f32,
    response: Response,
}

impl Reader {
    /// A reader that has not drawn anything yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the keyboard at the next frame.
    pub const fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Does what the program asks of a reader, from the next frame on.
    pub fn apply_effect(&mut self, effect: &Effect) {
        if let Effect::GoTo(goto) = effect {
            self.goto = Some(goto.clone());
        }
    }

    /// Draws the article in the room that is left, and handles its mouse and keys.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        book: &OpenNotebook,
        article: ArticleId,
        style: &Style,
        out: &mut Vec<Intent>,
    ) -> ReaderOutput {
        let room = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(room);
        let Some(content) = book.notebook().article(article) else {
            return ReaderOutput::default();
        };
        let builder = UiBuilder::new().id_salt(("reader", article.bits())).max_rect(room);
        let mut ui = ui.new_child(builder);
        ui.set_clip_rect(room.intersect(ui.clip_rect()));
        ui.painter().rect_filled(room, 0.0, style.surface);

        let rect =
            Rect::from_min_max(room.min, pos2(room.right() - scroll_bar::WIDTH, room.bottom()));
        self.prepare(&ui, book, article, content, style, rect);
        let Some(mut page) = self.page.take() else { return ReaderOutput::default() };

        let id = reader_id(&ui, article);
        let response = ui.interact(rect, id, Sense::click_and_drag());
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        let left = rect.left()
            + ((rect.width() - page.metrics.column + MARGINS.0 - MARGINS.1) / 2.0)
                .max(MARGINS.0)
                .round();
        let scene = Scene { book, id: article, article: content, style, rect, left, response };
        let output = self.frame(&mut ui, &scene, &mut page, room, out);
        self.page = Some(page);
        output
    }

    /// Sees that there is a page of this text, made to the width there is.
    fn prepare(
        &mut self,
        ui: &Ui,
        book: &OpenNotebook,
        article: ArticleId,
        content: &Article,
        style: &Style,
        rect: Rect,
    ) {
        let available = (rect.width() - MARGINS.0 - MARGINS.1).max(40.0);
        let fits = self.article == Some(article)
            && self
                .page
                .as_ref()
                .is_some_and(|page| page.is_of(&content.text, &content.origin.structure));
        if !fits {
            let metrics = Metrics::new(ui.ctx(), style, available);
            let page =
                Page::new(content.text.clone(), Arc::clone(&content.origin.structure), metrics);
            self.restore = book.desk().reading.get(&article).copied();
            self.told = book.desk().reading.get(&article).copied();
            self.article = Some(article);
            self.moved = None;
            self.page = Some(page);
        }
        if let Some(page) = &mut self.page {
            page.measure(ui.ctx(), style, available);
        }
    }

    fn frame(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        page: &mut Page,
        room: Rect,
        out: &mut Vec<Intent>,
    ) -> ReaderOutput {
        let (book, style, rect) = (scene.book, scene.style, scene.rect);
        self.moved = None;
        let heading = Heading::new(ui.ctx(), book.notebook(), scene.article, &page.metrics, style);
        page.set_titled(heading.title.is_none());
        page.set_heading(heading.height);
        page.set_view(rect.height());
        if let Some(place) = self.restore.take() {
            page.set_reading(ui.ctx(), place);
        }

        // What moves the view or the cursor, before anything is placed.
        self.boundary.follow(ui, scene);
        let focused = ui.memory(|memory| memory.has_focus(scene.response.id));
        if focused {
            let tool = self.boundary.is_on();
            let filter = EventFilter {
                tab: tool,
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: tool,
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(scene.response.id, filter));
            if tool {
                self.boundary.keys(ui, scene, page, out);
            } else {
                self.keys(ui, scene, page, out);
            }
        }
        self.follow(ui, scene, page);
        self.wheel(ui, scene, page, out);
        self.glide(ui, page);
        self.edge(ui, scene, page);
        let shown = Shown {
            notebook: book.notebook(),
            article: scene.id,
            hits: book.find().map_or(&[], |find| find.hits_in(scene.id)),
        };
        let bar = Rect::from_min_max(pos2(rect.right(), room.top()), room.max);
        self.bar.ui(ui, bar, page, style, &shown);

        page.place(ui.ctx(), rect.height());
        let place = page.reading(ui.ctx());
        let marks =
            mention_marks::marks(book.notebook(), scene.id, page.visible_bytes(), book.selection());
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let frame = Frame {
            painter: &painter,
            origin: pos2(scene.left, rect.top()),
            style,
            metrics: &page.metrics,
            text: page.text().as_str(),
            lines: page.visible(),
        };
        self.mouse_in(ui, scene, &frame, &marks, out);
        self.call_cursor(scene, &frame);
        self.paint(ui, scene, &frame, page, &heading, &marks, focused);
        let caret = self.caret(scene);
        let asked = access::describe(ui, scene, &frame, page, &heading, &marks, caret, out);
        if asked.is_some() {
            // Who puts the cursor somewhere goes on from there by keyboard.
            scene.response.request_focus();
            self.moved = asked;
        }
        menu::menu(scene, &marks, self.mouse.asked_at(), out);
        self.mouse.card(ui, scene, &frame, &marks);
        self.stack(ui, scene, &frame, out);

        if let Some(caret) = self.moved {
            out.push(Intent::Reading(ReadingIntent::SetCaret(scene.id, caret)));
            ui.ctx().request_repaint();
        }
        if self.told != Some(place) {
            if self.told.is_some() || place.paragraph > 0 || place.offset > -heading.height {
                out.push(Intent::Reading(ReadingIntent::SetReading(scene.id, place)));
            }
            self.told = Some(place);
        }
        let selected = self.caret(scene).range();
        let selection_rect = if selected.is_empty() {
            None
        } else {
            frame.rects(&selected, true).last().copied().filter(|r| rect.intersects(*r))
        };
        ReaderOutput { selection_rect, has_focus: focused }
    }

    /// The text cursor: as moved in this frame, or as the book has it.
    fn caret(&self, scene: &Scene<'_>) -> Caret {
        let caret = self.moved.unwrap_or_else(|| scene.book.caret(scene.id));
        let len = scene.article.text.len();
        Caret { anchor: caret.anchor.min(len), head: caret.head.min(len) }
    }

    /// Goes where it was asked to.
    fn follow(&mut self, ui: &Ui, scene: &Scene<'_>, page: &mut Page) {
        let Some(goto) = self.goto.take_if(|goto| goto.article == scene.id) else { return };
        self.glide = 0.0;
        if let Some(reading) = goto.reading {
            page.set_reading(ui.ctx(), reading);
            return;
        }
        let view = f64::from(scene.rect.height());
        let len = scene.article.text.len();
        let (top, height) = page.y_of(ui.ctx(), goto.range.start.min(len));
        let (bottom, _) = page.y_of(ui.ctx(), goto.range.end.min(len));
        let comfortable = top >= 0.0 && bottom + f64::from(height) <= view;
        if !comfortable {
            page.bring(ui.ctx(), goto.range.start.min(len), 1.0 / 3.0);
        }
    }

    fn wheel(&mut self, ui: &Ui, scene: &Scene<'_>, page: &mut Page, out: &mut Vec<Intent>) {
        if !scene.response.contains_pointer() {
            return;
        }
        // With Ctrl held, or by pinching: the letters grow, not the page.
        let zoom = ui.input(|input| input.zoom_delta());
        if zoom != 1.0 {
            let now = scene.style.text_size;
            // What is less than a point is not lost.
            let grown = self.grown.filter(|grown| grown.round() == now).unwrap_or(now);
            let size = grown * zoom.powf(ZOOM);
            let size = size.clamp(*TextSettings::SIZES.start(), *TextSettings::SIZES.end());
            self.grown = Some(size);
            if size.round() != now {
                out.push(Intent::Settings(SettingsIntent::GrowText(size.round())));
            }
        }
        let turned = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        if turned != 0.0 {
            self.glide = 0.0;
            page.scroll_by(-f64::from(turned));
        }
    }

    /// Turns a page over a few frames.
    fn glide(&mut self, ui: &Ui, page: &mut Page) {
        if self.glide == 0.0 {
            return;
        }
        let dt = f64::from(ui.input(|input| input.stable_dt).min(0.1));
        let still = ui.style().animation_time <= 0.0;
        let step = if still || self.glide.abs() < 1.0 {
            self.glide
        } else {
            self.glide * (1.0 - (-dt * 24.0).exp())
        };
        page.scroll_by(step);
        self.glide -= step;
        if self.glide != 0.0 {
            ui.ctx().request_repaint();
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all that is in view")]
    fn paint(
        &mut self,
        ui: &Ui,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        page: &Page,
        heading: &Heading,
        marks: &[Mark],
        focused: bool,
    ) {
        let style = scene.style;
        let top = page.top();
        if top.unit == 0 && top.offset < 0.0 {
            let y = (-top.offset) as f32 - heading.height;
            let (title, meta) = heading.places();
            let at = |down: f32| frame.origin + vec2(0.0, (y + down).round());
            if let Some(galley) = &heading.title {
                frame.painter.galley(at(title), galley.clone(), style.ink);
            }
            frame.painter.galley(at(meta), heading.meta.clone(), style.muted);
        }

        let mut below = Mesh::default();
        frame.tints(marks, &mut below);
        if let Some(find) = scene.book.find() {
            let seen = page.visible_bytes();
            let (hits, current) = (find.hits_in(scene.id), find.current_in(scene.id));
            let first = hits.partition_point(|hit| hit.end <= seen.start);
            for (i, hit) in hits.iter().enumerate().skip(first) {
                if hit.start >= seen.end {
                    break;
                }
                let color =
                    if current == Some(i) { style.accent.gamma_multiply(0.35) } else { style.hit };
                frame.band(hit, color, &mut below);
            }
        }
        let caret = self.caret(scene);
        let selected = caret.range();
        if !selected.is_empty() {
            frame.ground(&selected, style.selection, &mut below);
            frame.line_feeds(&selected, style.selection, &mut below);
        }
        let drafted = match scene.book.tool() {
            Tool::Boundary { article, range, .. } if *article == scene.id => Some(range.clone()),
            _ => None,
        };
        if let Some(range) = &drafted {
            frame.band(range, style.accent.gamma_multiply(0.22), &mut below);
        }
        self.mouse.grounds(frame, marks, &mut below);
        frame.painter.add(Shape::mesh(below));
        frame.beside(page, scene.rect.right());
        frame.words();
        let near = self.mouse.pointer.filter(|_| scene.response.contains_pointer());
        frame.hidden(near, &selected);
        let mut above = Mesh::default();
        frame.suggestions(scene.book, scene.id, page.visible_bytes(), &mut above);
        frame.underlines(marks, &mut above);
        frame.painter.add(Shape::mesh(above));
        frame.bars(marks);

        self.paint_cursor(ui, scene, frame, caret, focused);
        if let Some(range) = &drafted {
            frame.draw_ends(range, self.boundary.moves_end());
        }
        self.mouse.handles(scene, frame, marks);
    }
}

/// Whether the list of overlapping mentions is open: Escape closes it before it means anything else.
pub(super) fn list_is_open(ctx: &egui::Context) -> bool {
    overlap_list::is_open(ctx)
}

/// The id of a reader's widget: it takes the keyboard.
fn reader_id(ui: &Ui, article: ArticleId) -> Id {
    ui.scope_id().with(("text", article.bits()))
}
