//! The forms of the timeline: bars with their ends, marks, signs and arrows.

use super::{Dash, Line, Outline, Paint, Pen, Role, Side};
use crate::graph::{Point, Rect};
use crate::notebook::Kind;
use crate::timeline::{Doubt, End, Figure, Look};

/// How far an end that is about there fades out beyond it, and one that is unknown within it, in points.
const FADE: (f32, f32) = (10.0, 36.0);
/// How long the point of an open end is, in points.
const POINT: f32 = 8.0;
/// How thick the edge is where an end is certain, and how wide a bar must be to have one, in points.
const EDGE: (f32, f32) = (2.6, 30.0);
/// How far the corners of an event's mark are from its middle, and the sides of a statement's, in points.
const MARK: (f32, f32) = (6.4, 5.2);
/// The radius of the corners of a way, in points.
const BEND: f32 = 5.0;
/// Into how many stretches such a corner is cut.
const STEPS: u8 = 4;

/// Draws what stands on the timeline. Places are points.
pub struct Forms<'a> {
    pen: &'a mut dyn Pen,
    faded: bool,
    points: Vec<Point>,
}

impl<'a> Forms<'a> {
    /// Draws with this pen.
    pub fn new(pen: &'a mut dyn Pen) -> Self {
        Self { pen, faded: false, points: Vec::new() }
    }

    /// What is drawn from here on is faded, or stands out.
    pub const fn fade(&mut self, faded: bool) {
        self.faded = faded;
    }

    fn paint(&self, role: Role) -> Paint {
        Paint { role, faded: self.faded }
    }

    fn line(&self, role: Role, width: f32) -> Line {
        Line::new(self.paint(role), width)
    }

    /// A bar or a mark.
    pub fn shape(&mut self, look: Look, figure: Figure, rect: Rect) {
        match figure {
            Figure::Mark => self.mark(look, rect.centre()),
            Figure::Bar { core, start, end } => self.bar(look, rect, core, (start, end)),
        }
    }

    /// A bar: what is certain is fuller than where it only may have been. An end that is known is an edge, one that is about
    /// there or unknown fades, one that goes on is a point.
    fn bar(&mut self, look: Look, rect: Rect, core: Option<(f32, f32)>, (start, end): (End, End)) {
        let kind = look.kind;
        let (top, bottom) = (rect.min.y, rect.max.y);
        // The straight part, and how far it fades on either side.
        let inner = |end: End| match end {
            End::Sharp => 0.0,
            End::About => FADE.0 * 0.6,
            End::Open => POINT,
            End::Unknown => FADE.1,
        };
        let outer = |end: End| if end == End::About { FADE.0 } else { 0.0 };
        let width = rect.max.x - rect.min.x;
        let room = width * 0.5;
        let (left, right) =
            (rect.min.x + inner(start).min(room), rect.max.x - inner(end).min(room));
        let part =
            |from: f32, to: f32| Rect { min: Point::new(from, top), max: Point::new(to, bottom) };
        let ground = |x: f32| {
            let certain = core.is_some_and(|(from, to)| from <= x && x <= to);
            if certain { Role::Certain(kind) } else { Role::Possible(kind) }
        };
        let fill = self.paint(Role::Possible(kind));
        self.pen.area(Outline::Round(part(left, right), 0.0), Some(fill), None);
        if let Some((from, to)) = core {
            let (from, to) = (from.max(left), to.min(right));
            if from < to {
                let fill = self.paint(Role::Certain(kind));
                self.pen.area(Outline::Round(part(from, to), 0.0), Some(fill), None);
            }
        }
        let fades = |end: End| matches!(end, End::About | End::Unknown);
        let (at_left, at_right) = (self.paint(ground(left + 0.5)), self.paint(ground(right - 0.5)));
        if fades(start) {
            self.pen.fade(part(rect.min.x - outer(start), left), at_left, Side::Left);
        }
        if fades(end) {
            self.pen.fade(part(right, rect.max.x + outer(end)), at_right, Side::Right);
        }
        let middle = (top + bottom) * 0.5;
        let tips = (Point::new(rect.min.x, middle), Point::new(rect.max.x, middle));
        if start == End::Open {
            let point = [tips.0, Point::new(left, top), Point::new(left, bottom)];
            self.pen.area(Outline::Corners(&point), Some(at_left), None);
        }
        if end == End::Open {
            let point = [tips.1, Point::new(right, bottom), Point::new(right, top)];
            self.pen.area(Outline::Corners(&point), Some(at_right), None);
        }
        self.outline(look, (left, right), (top + 0.6, bottom - 0.6), (start, end), tips);
        // A thick edge where an end is known: it can be told from one that only may be there.
        let (edge, least) = EDGE;
        for (end, x) in [(start, left), (end, right - edge)] {
            let reaches = core.is_some_and(|(from, to)| from <= x + edge && to >= x);
            if reaches && end == End::Sharp && !look.uncertain && width > least {
                let fill = self.paint(Role::Kind(kind));
                self.pen.area(Outline::Round(part(x, x + edge), 0.0), Some(fill), None);
            }
        }
    }

    /// The outline of a bar: open where an end fades, with a point where it goes on; dashed where it is uncertain.
    fn outline(
        &mut self,
        look: Look,
        (left, right): (f32, f32),
        (top, bottom): (f32, f32),
        (start, end): (End, End),
        tips: (Point, Point),
    ) {
        let line = if look.uncertain {
            self.line(Role::Kind(look.kind), 1.4).dashed(Dash::Outline)
        } else {
            self.line(Role::Kind(look.kind), 1.2)
        };
        let mut way = std::mem::take(&mut self.points);
        way.clear();
        let fades = |end: End| matches!(end, End::About | End::Unknown);
        // From the foot of the left end over its top to the foot of the right one, and back: in one way where it is closed.
        match start {
            End::Sharp => way.extend([(left + 0.6, bottom), (left + 0.6, top)].map(at)),
            End::Open => way.extend([at((left, bottom)), tips.0, at((left, top))]),
            End::About | End::Unknown => way.push(at((left, top))),
        }
        match end {
            End::Sharp => way.extend([(right - 0.6, top), (right - 0.6, bottom)].map(at)),
            End::Open => way.extend([at((right, top)), tips.1, at((right, bottom))]),
            End::About | End::Unknown => way.push(at((right, top))),
        }
        match (fades(start), fades(end)) {
            (false, false) => {
                way.extend(way.first().copied());
                self.pen.path(&way, line);
            }
            (true, false) => {
                way.push(at((left, bottom)));
                self.pen.path(&way, line);
            }
            (false, true) => {
                way.insert(0, at((right, bottom)));
                self.pen.path(&way, line);
            }
            (true, true) => {
                self.pen.path(&way, line);
                self.pen.path(&[at((left, bottom)), at((right, bottom))], line);
            }
        }
        self.points = way;
    }

    /// A mark: a diamond for an event, a square for a statement. Paler where it says only within which month or year,
    /// hollow where it is approximate or denied, dashed where it is uncertain.
    fn mark(&mut self, look: Look, centre: Point) {
        let reach = MARK.0;
        let corners = [(0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0)]
            .map(|(x, y)| centre + Point::new(x, y));
        let (outline, around) = if look.kind == Kind::Event {
            (Outline::Corners(&corners), reach)
        } else {
            let side = MARK.1 * 2.0;
            (Outline::Round(Rect::around(centre, Point::new(side, side)), 2.0), MARK.1)
        };
        let kind = self.paint(Role::Kind(look.kind));
        if look.about {
            // It may be a little to the left or to the right.
            for (side, way) in [(Side::Left, -1.0), (Side::Right, 1.0)] {
                let (near, far) =
                    (centre.x + way * (around - 1.0), centre.x + way * (around + 9.0));
                let min = Point::new(near.min(far), centre.y - 2.0);
                let max = Point::new(near.max(far), centre.y + 2.0);
                self.pen.fade(Rect { min, max }, kind, side);
            }
        }
        let surface = self.paint(Role::Surface);
        if look.uncertain {
            let edge = self.line(Role::Kind(look.kind), 1.5).dashed(Dash::Mark);
            self.pen.area(outline, Some(surface), Some(edge));
        } else if look.about || look.denies {
            let edge = self.line(Role::Kind(look.kind), 1.6);
            self.pen.area(outline, Some(surface), Some(edge));
        } else if look.within {
            let edge = self.line(Role::Kind(look.kind), 1.6);
            self.pen.area(outline, Some(self.paint(Role::Certain(look.kind))), Some(edge));
        } else {
            self.pen.area(outline, Some(kind), None);
        }
        if look.denies {
            let cross = self.line(Role::Kind(look.kind), 1.5);
            let reach = 3.2;
            for turn in [1.0, -1.0] {
                let off = Point::new(reach, reach * turn);
                self.pen.path(&[centre - off, centre + off], cross);
            }
        }
    }

    /// The sign of what speaks against a date: full where it cannot be so, hollow where it may.
    pub fn sign(&mut self, centre: Point, doubt: Doubt) {
        let ink = match doubt {
            Doubt::Contradicts => {
                self.pen.disc(centre, 6.2, self.paint(Role::Accent));
                Role::Surface
            }
            Doubt::Later => {
                let disc = Rect::around(centre, Point::new(11.6, 11.6));
                let edge = self.line(Role::Muted, 1.3);
                let surface = self.paint(Role::Surface);
                self.pen.area(Outline::Round(disc, 5.8), Some(surface), Some(edge));
                Role::Muted
            }
        };
        let (top, foot) = (centre - Point::new(0.0, 3.6), centre + Point::new(0.0, 0.8));
        let line = self.line(ink, 1.6);
        self.pen.path(&[top, foot], line);
        self.pen.disc(centre + Point::new(0.0, 3.1), 1.0, self.paint(ink));
    }

    /// A link from one event to another, along this way; its corners are round, as far as there is room.
    pub fn arrow(&mut self, way: &[Point; 5], line: Line) {
        let mut points = std::mem::take(&mut self.points);
        points.clear();
        points.push(way[0]);
        for corner in way.windows(3) {
            let [a, b, c] = *corner else { continue };
            let (before, after) = (a.distance(b), b.distance(c));
            let radius = BEND.min(before * 0.5).min(after * 0.5);
            if radius < 0.5 {
                points.push(b);
                continue;
            }
            let (from, to) = (b.lerp(a, radius / before), b.lerp(c, radius / after));
            points.extend((0..=STEPS).map(|step| {
                let t = f32::from(step) / f32::from(STEPS);
                from.lerp(b, t).lerp(b.lerp(to, t), t)
            }));
        }
        let tip = way[4];
        points.push(tip - Point::new(4.0, 0.0));
        self.pen.path(&points, line);
        let head = [tip, tip + Point::new(-6.5, -3.6), tip + Point::new(-6.5, 3.6)];
        self.pen.area(Outline::Corners(&head), Some(line.paint), None);
        self.points = points;
    }
}

fn at((x, y): (f32, f32)) -> Point {
    Point::new(x, y)
}
