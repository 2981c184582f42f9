//! The timeline as a drawing: all of it, in the lanes that are asked for, as the window's scene has it and with the same
//! forms.

use std::collections::BTreeSet;

use super::shapes::{Drawing, Recorder, Subject};
use super::typeset::Typesetter;
use crate::drawing::{
    Anchor, Entry, Forms, Line, Outline, Pen as _, Role, Room, arrow_line, in_time,
};
use crate::graph::{Point, Rect};
use crate::notebook::{EntityId, Notebook};
use crate::timeline::{Figure, LABEL, LaneBy, ROW, SIGN, Scene, Shape, Timeline, View, What};

/// Width of what is on the lanes, in points; the least and the most of their names; height of the axis: its larger units,
/// and its ticks.
const WIDTH: f32 = 1_480.0;
const NAMES: (f32, f32) = (90.0, 220.0);
const AXIS: (f32, f32) = (20.0, 22.0);
/// Free to the left of the first, in points, and the most to the right of the last: the words of that one have room.
const MARGINS: (f32, f32) = (26.0, 600.0);
/// The most room that words have, in points: paper has more than a pane.
const WIDEST: f32 = 560.0;
/// Size of the type of the axis and of the lanes' names.
const SMALL: f32 = 12.0;
/// Free to the left of a lane's name, and to the right of it, in points.
const BESIDE: (f32, f32) = (8.0, 10.0);
/// The most rows that a drawing has: on more, nothing could be found.
const MOST_ROWS: f32 = 20_000.0;

/// Draws the timeline of a notebook in these lanes, with or without statements, and says what a legend of it explains;
/// `None` where nothing on it has a date, or where it was stopped.
pub fn draw(
    notebook: &Notebook,
    by: LaneBy,
    statements: bool,
    letters: &mut Typesetter<'_>,
    stop: &dyn Fn() -> bool,
) -> Option<(Drawing, BTreeSet<Entry>)> {
    let mut timeline = Timeline::of(notebook, by, statements, stop);
    let (from, to) = timeline.items.span()?;
    if stop() {
        return None;
    }
    let widest = give_room(&mut timeline, letters, stop);
    let view = View::fitting(from, to, WIDTH, (MARGINS.0, (widest + 24.0).min(MARGINS.1)));
    let stacked = timeline.stack(view.level(), &|_| true);
    let height = stacked.rows.height().clamp(40.0, MOST_ROWS);
    let scene = Scene::of(&timeline, &stacked, view, (WIDTH, height), 0.0);
    let name = |width: f32, rows: usize| Room { width, rows, size: SMALL, anchor: Anchor::TopLeft };
    // One lane for all has no name.
    let titles = stacked.rows.lanes.iter().map(|lane| &lane.title).filter(|it| !it.is_empty());
    let widest = titles
        .map(|title| letters.size(title, name(f32::INFINITY, 1), true).x)
        .reduce(f32::max)
        .map(|widest| (widest + BESIDE.0 + BESIDE.1 + 1.0).clamp(NAMES.0, NAMES.1));
    let gutter = widest.unwrap_or(0.0);
    let origin = Point::new(gutter, AXIS.0 + AXIS.1);
    let size = Point::new(gutter + WIDTH, origin.y + height);
    let mut sheet = Sheet { pen: Recorder::default(), letters, origin, size };
    sheet.ground(&scene);
    for arrow in &scene.arrows {
        let way = arrow.way.map(|at| at + origin);
        Forms::new(&mut sheet.pen).arrow(&way, arrow_line(arrow.clashes));
    }
    sheet.flush();
    for shape in &scene.shapes {
        if stop() {
            return None;
        }
        let Some(item) = timeline.item(shape.item) else { continue };
        // No line runs through words.
        if !scene.arrows.is_empty() && !shape.label.inside {
            let lane = stacked.rows.entries[shape.entry as usize].lane as usize;
            sheet.clear(shape, lane);
        }
        sheet.shape(shape, &item.label, item.width, item.entity);
    }
    sheet.axis(&scene);
    for band in &scene.bands {
        if let Some(lane) = stacked.rows.lanes.get(band.lane).filter(|_| gutter > 0.0) {
            // A lane of one row has no room for a second line.
            let rows = if band.bottom - band.top > ROW * 2.0 { 2 } else { 1 };
            let room = name(gutter - BESIDE.0 - BESIDE.1, rows);
            let at = Point::new(BESIDE.0, origin.y + band.top + 8.0);
            sheet.letters.set(&lane.title, room, true, at, Role::Ink.into());
        }
    }
    sheet.flush();
    let mut left_out = Vec::new();
    if scene.left_out > 0 {
        left_out.push(format!("{} links between events are not drawn.", scene.left_out));
    }
    if stacked.rows.height() > height {
        left_out.push("Rows below the last one drawn are left out.".to_owned());
    }
    match timeline.items.undated.len() {
        0 => {}
        1 => left_out.push("1 event without a date is left out.".to_owned()),
        n => left_out.push(format!("{n} events without a date are left out.")),
    }
    match timeline.items.undated_statements.len() {
        0 => {}
        1 => left_out.push("1 statement is left out: its article has no date.".to_owned()),
        n => left_out.push(format!("{n} statements are left out: their articles have no date.")),
    }
    let entries = in_time(&scene).into_iter().map(Entry::InTime).collect();
    let drawing = Drawing { size, title: String::new(), shapes: sheet.pen.shapes, left_out };
    Some((drawing, entries))
}

/// Gives words the room they need, as they are set: how much the widest have, with what stands before them.
fn give_room(
    timeline: &mut Timeline,
    letters: &mut Typesetter<'_>,
    stop: &dyn Fn() -> bool,
) -> f32 {
    let room = Room { width: WIDEST, rows: 1, size: LABEL, anchor: Anchor::Left };
    let signed: Vec<bool> = timeline
        .items
        .dated
        .iter()
        .map(
            |item| matches!(item.what, What::Event(id) if timeline.clashes_of(id).next().is_some()),
        )
        .collect();
    let mut widest = 0.0_f32;
    for (item, signed) in timeline.items.dated.iter_mut().zip(signed) {
        if stop() {
            break;
        }
        item.width = letters.size(&item.label, room, false).x.ceil() + 1.0;
        if signed {
            item.width += SIGN;
        }
        widest = widest.max(item.width);
    }
    widest
}

/// What is drawn on.
struct Sheet<'a, 'b> {
    pen: Recorder,
    letters: &'a mut Typesetter<'b>,
    /// Where the scene's own origin is.
    origin: Point,
    size: Point,
}

impl Sheet<'_, '_> {
    /// Puts what was written over what was drawn.
    fn flush(&mut self) {
        self.pen.shapes.append(&mut self.letters.take());
    }

    fn moved(&self, rect: Rect) -> Rect {
        Rect { min: rect.min + self.origin, max: rect.max + self.origin }
    }

    /// The ground of a lane.
    const fn ground_of(lane: usize) -> Role {
        if lane.is_multiple_of(2) { Role::Lane } else { Role::Canvas }
    }

    /// Clears what lies under the words of a shape.
    fn clear(&mut self, shape: &Shape, lane: usize) {
        let min = shape.label.at + self.origin - Point::new(2.0, 7.5);
        let max = min + Point::new(shape.label.width, 15.0);
        let ground = Self::ground_of(lane).into();
        self.pen.area(Outline::Round(Rect { min, max }, 0.0), Some(ground), None);
    }

    fn upright(&mut self, x: f32, top: f32, bottom: f32, role: Role) {
        let x = x + self.origin.x;
        self.pen.path(&[Point::new(x, top), Point::new(x, bottom)], Line::new(role, 1.0));
    }

    /// The lanes, and the lines of the ticks.
    fn ground(&mut self, scene: &Scene) {
        let bottom = self.size.y;
        for band in &scene.bands {
            let min = Point::new(0.0, self.origin.y + band.top);
            let max = Point::new(self.size.x, (self.origin.y + band.bottom).min(bottom));
            let ground = Self::ground_of(band.lane).into();
            self.pen.area(Outline::Round(Rect { min, max }, 0.0), Some(ground), None);
        }
        for tick in scene.axis.ticks.iter().filter(|tick| (0.0..=WIDTH).contains(&tick.x)) {
            let role = if tick.strong { Role::StrongRule } else { Role::Rule };
            self.upright(tick.x, self.origin.y, bottom, role);
        }
        for unit in scene.axis.units.iter().filter(|unit| (0.0..=WIDTH).contains(&unit.left)) {
            self.upright(unit.left, 0.0, bottom, Role::StrongRule);
        }
        let rule = [Point::new(0.0, self.origin.y), Point::new(self.size.x, self.origin.y)];
        self.pen.path(&rule, Line::new(Role::Muted, 1.0));
    }

    fn axis(&mut self, scene: &Scene) {
        let one = |anchor| Room { width: 400.0, rows: 1, size: SMALL, anchor };
        for unit in scene.axis.units.iter().filter(|unit| !unit.label.is_empty()) {
            let width = self.letters.size(&unit.label, one(Anchor::Left), true).x;
            // At the edge there may be no room left for its name.
            if unit.label_at + width > WIDTH {
                continue;
            }
            let at = Point::new(self.origin.x + unit.label_at, AXIS.0 * 0.5);
            self.letters.set(&unit.label, one(Anchor::Left), true, at, Role::Ink.into());
        }
        let alone = scene.axis.units.is_empty();
        for tick in &scene.axis.ticks {
            let half = self.letters.size(&tick.label, one(Anchor::Middle), false).x * 0.5;
            if tick.x - half < 0.0 || tick.x + half > WIDTH {
                continue;
            }
            let y = if alone { self.origin.y * 0.5 } else { AXIS.0 + AXIS.1 * 0.5 };
            let at = Point::new(self.origin.x + tick.x, y);
            let role = if alone { Role::Ink } else { Role::Muted };
            self.letters.set(&tick.label, one(Anchor::Middle), false, at, role.into());
        }
        self.flush();
    }

    fn shape(&mut self, shape: &Shape, label: &str, width: f32, of: EntityId) {
        let subject = Subject { id: of.to_string(), name: label.to_owned() };
        self.pen.shapes.push(super::shapes::Shape::Open(subject));
        // What goes on does so to the edge, and no farther.
        let inside = |x: f32| x.clamp(2.0, WIDTH - 2.0);
        let cut = |x: f32| if matches!(shape.figure, Figure::Bar { .. }) { inside(x) } else { x };
        let rect = self.moved(Rect {
            min: Point::new(cut(shape.rect.min.x), shape.rect.min.y),
            max: Point::new(cut(shape.rect.max.x), shape.rect.max.y),
        });
        let figure = match shape.figure {
            Figure::Bar { core, start, end } => {
                let core = core
                    .map(|(from, to)| (inside(from) + self.origin.x, inside(to) + self.origin.x));
                Figure::Bar { core, start, end }
            }
            Figure::Mark => Figure::Mark,
        };
        Forms::new(&mut self.pen).shape(shape.look, figure, rect);
        let mut at = shape.label.at + self.origin;
        let mut room = width;
        if let Some(doubt) = shape.look.doubt {
            let centre = at + Point::new(SIGN * 0.5 - 1.5, 0.0);
            Forms::new(&mut self.pen).sign(centre, doubt);
            at.x += SIGN;
            room -= SIGN;
        }
        let room = Room { width: room + 1.0, rows: 1, size: LABEL, anchor: Anchor::Left };
        self.letters.set(label, room, false, at, Role::Ink.into());
        self.flush();
        self.pen.shapes.push(super::shapes::Shape::Close);
    }
}
