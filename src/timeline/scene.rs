//! What of a timeline is in view, as shapes with their places: what a window or a picture draws. Only what is in view is
//! looked at.

mod arrows;

use std::collections::{HashMap, HashSet};

use super::axis::Axis;
use super::calendar::Seconds;
use super::extent::End;
use super::items::{Item, Items, What};
use super::lanes::{Lane, LaneBy, lanes};
use super::order::{Clash, clashes, order_of};
use super::rows::{Entry, FADE, INSET, ROW, Room, Rows};
use super::view::{Level, View};
use crate::graph::{Point, Rect};
use crate::notebook::{EntityId, Family, Kind, LinkId, Notebook};
pub use arrows::Arrow;
use arrows::Pair;

/// Height of a bar, in points.
const BAR: f32 = 17.0;
/// The room of the sign before the words of what does not go with other dates, in points.
pub const SIGN: f32 = 17.0;
/// A timeline: all that does not depend on what is in view.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// What is on it.
    pub items: Items,
    /// The lanes, from the top.
    pub lanes: Vec<Lane>,
    /// The dates that do not go together.
    pub clashes: Vec<Clash>,
    /// The links that put two events in order.
    sequence: Vec<Sequence>,
    numbers: HashMap<What, u32>,
    clashing: HashMap<EntityId, Doubt>,
    clashing_links: HashSet<LinkId>,
}

/// A link between two events of the timeline.
#[derive(Clone, Copy, Debug)]
struct Sequence {
    link: LinkId,
    first: u32,
    then: u32,
}

impl Timeline {
    /// The timeline of a notebook, in these lanes, with or without statements. Linear in the notebook, but for sorting: of
    /// a large one a job. Incomplete once `stop` returns true.
    #[must_use]
    pub fn of(notebook: &Notebook, by: LaneBy, statements: bool, stop: &dyn Fn() -> bool) -> Self {
        let mut items = Items::of(notebook, statements, stop);
        let lanes = lanes(notebook, &items, by);
        let clashes = clashes(notebook, stop);
        let numbers: HashMap<What, u32> =
            items.dated.iter().map(|item| item.what).zip(0_u32..).collect();
        let number = |id| numbers.get(&What::Event(id)).copied();
        let mut sequence = Vec::new();
        for (id, link) in notebook.links() {
            let of_family = || {
                let relation = notebook.relation(&link.relation)?;
                (relation.family == Family::Sequence).then_some((link.from, link.to_entity()?))
            };
            let Some((first, then)) = order_of(notebook, *id).or_else(of_family) else { continue };
            if let (Some(first), Some(then)) = (number(first), number(then))
                && first != then
            {
                sequence.push(Sequence { link: *id, first, then });
            }
        }
        let mut clashing: HashMap<EntityId, Doubt> = HashMap::new();
        for clash in &clashes {
            let doubt = if clash.is_contradiction() { Doubt::Contradicts } else { Doubt::Later };
            for event in clash.events() {
                let known = clashing.entry(event).or_insert(doubt);
                *known = doubt.max(*known);
            }
        }
        for item in &mut items.dated {
            // Before the words there is a sign.
            if matches!(item.what, What::Event(id) if clashing.contains_key(&id)) {
                item.width += SIGN;
            }
        }
        Self {
            clashing,
            clashing_links: clashes.iter().flat_map(Clash::links).copied().collect(),
            items,
            lanes,
            clashes,
            sequence,
            numbers,
        }
    }

    /// Whether there is nothing to show, dated or not.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.dated.is_empty() && self.items.undated.is_empty()
    }

    /// The number of an item.
    #[must_use]
    pub fn number(&self, what: What) -> Option<u32> {
        self.numbers.get(&what).copied()
    }

    /// An item.
    #[must_use]
    pub fn item(&self, number: u32) -> Option<&Item> {
        self.items.dated.get(number as usize)
    }

    /// What does not go together with the date of an event.
    pub fn clashes_of(&self, event: EntityId) -> impl Iterator<Item = &Clash> + '_ {
        let known = self.clashing.contains_key(&event);
        self.clashes.iter().filter(move |clash| known && clash.events().contains(&event))
    }

    /// Puts it into rows.
    #[must_use]
    pub fn stack(&self, level: Level, shown: &dyn Fn(&Item) -> bool) -> Stacked {
        let rows = Rows::of(&self.items, &self.lanes, level, shown);
        let mut of: HashMap<u32, Vec<u32>> = HashMap::new();
        if !self.sequence.is_empty() {
            for (entry, number) in rows.entries.iter().zip(0_u32..) {
                of.entry(entry.item).or_default().push(number);
            }
        }
        let mut pairs = Vec::new();
        for sequence in &self.sequence {
            let (Some(first), Some(then)) = (of.get(&sequence.first), of.get(&sequence.then))
            else {
                continue;
            };
            // In a lane where both are, or from the first lane of the one to the first of the other.
            let lane = |entry: &u32| rows.entries[*entry as usize].lane;
            let same = first
                .iter()
                .find_map(|a| then.iter().find(|b| lane(a) == lane(b)).map(|b| (*a, *b)));
            pairs.extend(
                same.or_else(|| Some((*first.first()?, *then.first()?))).map(|(a, b)| Pair {
                    link: sequence.link,
                    first: a,
                    then: b,
                }),
            );
        }
        Stacked { rows, pairs }
    }
}

/// A timeline in its rows.
#[derive(Clone, Debug, Default)]
pub struct Stacked {
    /// The rows.
    pub rows: Rows,
    pairs: Vec<Pair>,
}

/// How something is drawn: never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its kind: colour, and the form of a mark.
    pub kind: Kind,
    /// Dashed: it is uncertain.
    pub uncertain: bool,
    /// Faded: it is approximate.
    pub about: bool,
    /// Empty: it only says within which month or year.
    pub within: bool,
    /// Crossed: the claim is denied.
    pub denies: bool,
    /// With a sign: what speaks against its date.
    pub doubt: Option<Doubt>,
}

/// What speaks against a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// It is later than the articles that tell of the event: announced, or wrong.
    Later,
    /// It cannot be so together with others.
    Contradicts,
}

/// What it is drawn as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// A mark in the middle of its rectangle: too short for a bar.
    Mark,
    /// A bar over all of its rectangle.
    Bar {
        /// What of it is certain, from and to: drawn full. The rest is only where it may be.
        core: Option<(f32, f32)>,
        /// Its beginning.
        start: End,
        /// Its end.
        end: End,
    },
}

/// Words, beside or in a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    /// The middle of their left edge.
    pub at: Point,
    /// The room they have.
    pub width: f32,
    /// They stand in the bar.
    pub inside: bool,
}

/// Something of the timeline that is in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Its number among the entries.
    pub entry: u32,
    /// Its number among the items.
    pub item: u32,
    /// How it is drawn.
    pub look: Look,
    /// What it is drawn as.
    pub figure: Figure,
    /// Where, cut not far outside what is in view.
    pub rect: Rect,
    /// Its words.
    pub label: Label,
}

impl Shape {
    /// All that belongs to it: the bar or mark, and its words.
    #[must_use]
    pub fn whole(&self) -> Rect {
        let right = self.rect.max.x.max(self.label.at.x + self.label.width);
        Rect { min: self.rect.min, max: Point::new(right, self.rect.max.y) }
    }
}

/// The part of a lane that is in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Which lane, by number among the rows' lanes.
    pub lane: usize,
    /// Its top and its foot.
    pub top: f32,
    /// Its foot.
    pub bottom: f32,
}

/// What is in view: places are points from the upper left corner of what is under the axis and right of the lanes' names.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The axis.
    pub axis: Axis,
    /// The lanes.
    pub bands: Vec<Band>,
    /// What is on them.
    pub shapes: Vec<Shape>,
    /// The links between events.
    pub arrows: Vec<Arrow>,
    /// How many links are not drawn, because there are too many.
    pub left_out: usize,
}

impl Scene {
    /// What is in view in a part of this size, scrolled down by so many points.
    #[must_use]
    pub fn of(
        timeline: &Timeline,
        stacked: &Stacked,
        view: View,
        (width, height): (f32, f32),
        scroll: f32,
    ) -> Self {
        let mut scene = Self {
            axis: Axis::of(view, width),
            bands: Vec::new(),
            shapes: Vec::new(),
            arrows: Vec::new(),
            left_out: 0,
        };
        let rows = &stacked.rows;
        let (first, last) = (rows.lane_at(scroll), rows.lane_at(scroll + height));
        for lane in first..=last.min(rows.lanes.len().saturating_sub(1)) {
            if rows.lanes.is_empty() {
                break;
            }
            let top = rows.top_of_lane(lane) - scroll;
            scene.bands.push(Band { lane, top, bottom: rows.top_of_lane(lane + 1) - scroll });
            for row in rows.rows_between(lane, scroll, scroll + height) {
                for (entry, room) in rows.reaching(&timeline.items, row, view, width) {
                    let place = rows.entries[entry as usize];
                    let y = rows.top(place) - scroll + ROW * 0.5;
                    scene.shapes.push(shape(timeline, entry, place, room, y, width));
                }
            }
        }
        scene.draw_arrows(timeline, stacked, view, (width, height), scroll);
        scene
    }

    /// What is at a place: of what is drawn there the last.
    #[must_use]
    pub fn at(&self, point: Point) -> Option<&Shape> {
        self.shapes.iter().rev().find(|shape| {
            let whole = shape.whole();
            let mut room = whole;
            room.min = whole.min - Point::new(2.0, 3.0);
            room.max = whole.max + Point::new(2.0, 3.0);
            room.contains(point)
        })
    }
}

fn shape(timeline: &Timeline, entry: u32, place: Entry, room: Room, y: f32, width: f32) -> Shape {
    /// How far outside the view shapes are cut, in points.
    const OUTSIDE: f64 = 400.0;
    let item = &timeline.items.dated[place.item as usize];
    let cut = |x: f64| x.clamp(-OUTSIDE, f64::from(width) + OUTSIDE) as f32;
    let extent = &item.extent;
    let figure = if room.is_mark {
        Figure::Mark
    } else {
        // The core keeps its share of the bar: both are linear in time.
        let ends = (extent.earliest as f64, extent.latest as f64);
        let scale = (room.right - room.left) / (ends.1 - ends.0);
        let at = |moment: Seconds| match moment {
            Seconds::MIN => f64::NEG_INFINITY,
            Seconds::MAX => f64::INFINITY,
            moment if extent.earliest > Seconds::MIN && extent.latest < Seconds::MAX => {
                room.left + (moment as f64 - ends.0) * scale
            }
            // Of an open or unknown end: the other end is where it is, and so is the core.
            moment if moment == extent.earliest => room.left,
            moment if moment == extent.latest => room.right,
            _ => f64::NAN,
        };
        let core = extent.core.map(|(from, to)| (at(from), at(to)));
        let core = core.map(|(from, to)| {
            let from = if from.is_nan() { room.left } else { from };
            let to = if to.is_nan() { room.right } else { to };
            // An unknown end has no core: only its day would, and that is the end itself.
            (cut(from), cut(to))
        });
        let unknown = [extent.start, extent.end].contains(&End::Unknown);
        Figure::Bar { core: core.filter(|_| !unknown), start: extent.start, end: extent.end }
    };
    let rect = Rect {
        min: Point::new(cut(room.left), y - BAR * 0.5),
        max: Point::new(cut(room.right), y + BAR * 0.5),
    };
    let after = if extent.end == End::About { FADE.0 } else { 0.0 };
    let x = if room.label_inside {
        // In view as long as the bar is.
        let least = room.left + f64::from(INSET);
        let most = room.right - f64::from(INSET + item.width);
        f64::from(INSET).clamp(least.min(most), most)
    } else {
        room.right + f64::from(after + INSET)
    };
    let label = Label { at: Point::new(cut(x), y), width: item.width, inside: room.label_inside };
    let look = Look {
        kind: item.kind(),
        uncertain: extent.uncertain,
        about: extent.start == End::About || extent.end == End::About,
        within: extent.core.is_none(),
        denies: item.denies,
        doubt: match item.what {
            What::Event(id) => timeline.clashing.get(&id).copied(),
            What::Statement(_) => None,
        },
    };
    Shape { entry, item: place.item, look, figure, rect, label }
}
