//! The timeline as a drawing: all of it, in a lane for events and one for statements, as the window's scene has it.

use super::shapes::{Drawing, Recorder, Subject};
use super::typeset::Typesetter;
use crate::drawing::{Anchor, Dash, Line, Outline, Paint, Pen as _, Role, Room};
use crate::graph::{Point, Rect};
use crate::notebook::{EntityId, Family, Kind, Notebook};
use crate::timeline::{
    Arrow, Doubt, End, Figure, LABEL, LaneBy, SIGN, Scene, Shape, Timeline, View,
};

/// Width of what is on the lanes, in points; of their names; height of the axis: its larger units, and its ticks.
const WIDTH: f32 = 1_480.0;
const NAMES: f32 = 110.0;
const AXIS: (f32, f32) = (20.0, 22.0);
/// Free to the left of the first and to the right of the last, in points: the words of that one have room.
const MARGINS: (f32, f32) = (26.0, 240.0);
/// Size of the type of the axis and of the lanes' names.
const SMALL: f32 = 12.0;
/// How far an end that is about there reaches beyond it, and how long the point of an open end is, in points.
const ABOUT: f32 = 9.0;
const POINT: f32 = 8.0;
/// How far the corners of a mark are from its middle, in points.
const MARK: f32 = 6.2;
/// The most rows that a drawing has: on more, nothing could be found.
const MOST_ROWS: f32 = 20_000.0;

/// Draws the timeline of a notebook; `None` where nothing on it has a date, or where it was stopped.
pub fn draw(
    notebook: &Notebook,
    letters: &mut Typesetter<'_>,
    stop: &dyn Fn() -> bool,
) -> Option<Drawing> {
    let timeline = Timeline::of(notebook, LaneBy::Kind, true, stop);
    let (from, to) = timeline.items.span()?;
    if stop() {
        return None;
    }
    let view = View::fitting(from, to, WIDTH, MARGINS);
    let stacked = timeline.stack(view.level(), &|_| true);
    let height = stacked.rows.height().clamp(40.0, MOST_ROWS);
    let scene = Scene::of(&timeline, &stacked, view, (WIDTH, height), 0.0);
    let lanes = stacked.rows.lanes.len();
    let gutter = if lanes > 1 { NAMES } else { 0.0 };
    let origin = Point::new(gutter, AXIS.0 + AXIS.1);
    let size = Point::new(gutter + WIDTH, origin.y + height);
    let mut sheet = Sheet { pen: Recorder::default(), letters, origin, size };
    sheet.ground(&scene);
    for arrow in &scene.arrows {
        sheet.arrow(arrow);
    }
    sheet.flush();
    for shape in &scene.shapes {
        if stop() {
            return None;
        }
        let Some(item) = timeline.item(shape.item) else { continue };
        sheet.shape(shape, &item.label, item.width, item.entity);
    }
    sheet.axis(&scene);
    for band in &scene.bands {
        if let Some(lane) = stacked.rows.lanes.get(band.lane).filter(|_| gutter > 0.0) {
            let room = Room { width: gutter - 14.0, rows: 2, size: SMALL, anchor: Anchor::TopLeft };
            let at = Point::new(6.0, origin.y + band.top + 7.0);
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
    Some(Drawing { size, title: String::new(), shapes: sheet.pen.shapes, left_out })
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
            let role = if band.lane.is_multiple_of(2) { Role::Surface } else { Role::Canvas };
            self.pen.area(Outline::Round(Rect { min, max }, 0.0), Some(role.into()), None);
        }
        for tick in scene.axis.ticks.iter().filter(|tick| (0.0..=WIDTH).contains(&tick.x)) {
            self.upright(tick.x, self.origin.y, bottom, Role::Rule);
        }
        for unit in scene.axis.units.iter().filter(|unit| (0.0..=WIDTH).contains(&unit.left)) {
            self.upright(unit.left, 0.0, bottom, Role::Rule);
        }
        let rule = [Point::new(0.0, self.origin.y), Point::new(self.size.x, self.origin.y)];
        self.pen.path(&rule, Line::new(Role::Muted, 1.0));
    }

    fn axis(&mut self, scene: &Scene) {
        let one = |anchor| Room { width: 400.0, rows: 1, size: SMALL, anchor };
        for unit in scene.axis.units.iter().filter(|unit| !unit.label.is_empty()) {
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

    fn arrow(&mut self, arrow: &Arrow) {
        let way = arrow.way.map(|at| at + self.origin);
        let role = if arrow.clashes { Role::Accent } else { Role::Family(Family::Sequence) };
        let dash = if arrow.clashes { Dash::Dashed } else { Dash::None };
        self.pen.path(&way, Line::new(role, 1.3).dashed(dash));
        let tip = way[4];
        let head = [tip, tip + Point::new(-6.5, -3.6), tip + Point::new(-6.5, 3.6)];
        self.pen.area(Outline::Corners(&head), Some(role.into()), None);
    }

    fn shape(&mut self, shape: &Shape, label: &str, width: f32, of: EntityId) {
        let subject = Subject { id: of.to_string(), name: label.to_owned() };
        self.pen.shapes.push(super::shapes::Shape::Open(subject));
        let rect = self.moved(shape.rect);
        match shape.figure {
            Figure::Mark => self.mark(shape, (rect.min + rect.max) * 0.5),
            Figure::Bar { core, start, end } => {
                let core = core.map(|(from, to)| (from + self.origin.x, to + self.origin.x));
                self.bar(shape, rect, core, (start, end));
            }
        }
        let mut at = shape.label.at + self.origin;
        let mut room = width;
        if let Some(doubt) = shape.look.doubt {
            self.sign(at + Point::new(SIGN * 0.5 - 1.5, 0.0), doubt);
            at.x += SIGN;
            room -= SIGN;
        }
        let room = Room { width: room + 1.0, rows: 1, size: LABEL, anchor: Anchor::Left };
        self.letters.set(label, room, false, at, Role::Ink.into());
        self.flush();
        self.pen.shapes.push(super::shapes::Shape::Close);
    }

    /// A bar: what is certain has the kind's ground, the rest is only where it may be. An end that is known is an edge, one
    /// that is about there or unknown is left open, one that goes on is a point.
    fn bar(
        &mut self,
        shape: &Shape,
        rect: Rect,
        core: Option<(f32, f32)>,
        (start, end): (End, End),
    ) {
        let kind = shape.look.kind;
        let (line, tint) = (Paint::from(Role::Kind(kind)), Paint::from(Role::Tint(kind)));
        let room = (rect.max.x - rect.min.x) * 0.5;
        let inner = |end: End| if end == End::Open { POINT.min(room) } else { 0.0 };
        let (left, right) = (rect.min.x + inner(start), rect.max.x - inner(end));
        let (top, bottom, middle) = (rect.min.y, rect.max.y, (rect.min.y + rect.max.y) * 0.5);
        let mut outline = vec![Point::new(left, top), Point::new(right, top)];
        if end == End::Open {
            outline.push(Point::new(rect.max.x, middle));
        }
        outline.extend([Point::new(right, bottom), Point::new(left, bottom)]);
        if start == End::Open {
            outline.push(Point::new(rect.min.x, middle));
        }
        self.pen.area(Outline::Corners(&outline), Some(Role::Surface.into()), None);
        if let Some((from, to)) = core {
            let (from, to) = (from.max(left), to.min(right));
            if from < to {
                let rect = Rect { min: Point::new(from, top), max: Point::new(to, bottom) };
                self.pen.area(Outline::Round(rect, 0.0), Some(tint), None);
            }
        }
        let dash = if shape.look.uncertain { Dash::Dashed } else { Dash::None };
        let pen = Line::new(line, 1.2).dashed(dash);
        let open = |end: End| matches!(end, End::About | End::Unknown);
        // The sides, further dotted where an end is not known, and the ends.
        for y in [top, bottom] {
            self.pen.path(&[Point::new(left, y), Point::new(right, y)], pen);
            let faint = Line::new(line, 1.2).dashed(Dash::Dotted);
            if start == End::About {
                self.pen.path(&[Point::new(left - ABOUT, y), Point::new(left, y)], faint);
            }
            if end == End::About {
                self.pen.path(&[Point::new(right, y), Point::new(right + ABOUT, y)], faint);
            }
        }
        for (end, x, tip) in [(start, left, rect.min.x), (end, right, rect.max.x)] {
            if open(end) {
                continue;
            }
            let corners = [Point::new(x, top), Point::new(tip, middle), Point::new(x, bottom)];
            self.pen.path(&corners, pen);
        }
    }

    /// A mark: a diamond for an event, a square for a statement; empty where the date is not exact, dashed where it is
    /// uncertain, crossed where the claim is denied.
    fn mark(&mut self, shape: &Shape, centre: Point) {
        let look = shape.look;
        let line = Paint::from(Role::Kind(look.kind));
        let corners = if look.kind == Kind::Event {
            [(0.0, -MARK), (MARK, 0.0), (0.0, MARK), (-MARK, 0.0)]
        } else {
            let reach = MARK * 0.84;
            [(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)]
        };
        let corners = corners.map(|(x, y)| centre + Point::new(x, y));
        let hollow = look.uncertain || look.about || look.within || look.denies;
        let fill = if hollow { Role::Surface.into() } else { line };
        let dash = if look.uncertain { Dash::Dotted } else { Dash::None };
        let edge = Line::new(line, 1.6).dashed(dash);
        self.pen.area(Outline::Corners(&corners), Some(fill), Some(edge));
        if look.about {
            let faint = Line::new(line, 2.0).dashed(Dash::Dotted);
            for side in [-1.0, 1.0] {
                let from = centre + Point::new(side * MARK, 0.0);
                self.pen.path(&[from, from + Point::new(side * ABOUT, 0.0)], faint);
            }
        }
        if look.denies {
            let reach = 3.2;
            for turn in [1.0, -1.0] {
                let from = centre + Point::new(-reach, -reach * turn);
                let to = centre + Point::new(reach, reach * turn);
                self.pen.path(&[from, to], Line::new(line, 1.5));
            }
        }
    }

    /// The sign of what speaks against a date: full where it cannot be so, empty where it may.
    fn sign(&mut self, centre: Point, doubt: Doubt) {
        let (fill, ink) = match doubt {
            Doubt::Contradicts => (Role::Accent, Role::Surface),
            Doubt::Later => (Role::Surface, Role::Muted),
        };
        let disc = Rect::around(centre, Point::new(12.0, 12.0));
        let edge = (doubt == Doubt::Later).then(|| Line::new(Role::Muted, 1.3));
        self.pen.area(Outline::Round(disc, 6.0), Some(fill.into()), edge);
        let (top, bottom) = (centre - Point::new(0.0, 3.6), centre + Point::new(0.0, 0.8));
        self.pen.path(&[top, bottom], Line::new(ink, 1.6));
        self.pen.disc(centre + Point::new(0.0, 3.1), 1.0, ink.into());
    }
}
