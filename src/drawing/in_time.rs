//! What the legend of the timeline explains.

use std::collections::BTreeSet;

use super::{Dash, Forms, Line, Pen, Role};
use crate::graph::{Point, Rect};
use crate::notebook::{Family, Kind};
use crate::timeline::{Doubt, End, Figure, Look, Scene};

/// Something on the timeline that its legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InTime {
    /// The mark of an event of a day or an hour.
    Event,
    /// The mark of a statement.
    Statement,
    /// A statement that denies its claim.
    Denied,
    /// A mark that says only within which month or year.
    Within,
    /// What surely lasted.
    Certain,
    /// Where something may have been.
    Possible,
    /// An end that is about there.
    About,
    /// What is uncertain.
    Uncertain,
    /// An end that nobody knows.
    Unknown,
    /// What goes on.
    Open,
    /// One event before another.
    Before,
    /// A link that the dates speak against.
    Clashes,
    /// The sign of dates that cannot all be right.
    Contradicts,
    /// The sign of what is later than the articles that tell of it.
    Later,
}

/// What there is to explain of what is in view.
#[must_use]
pub fn in_time(scene: &Scene) -> BTreeSet<InTime> {
    let mut found = BTreeSet::new();
    for shape in &scene.shapes {
        let look = shape.look;
        match shape.figure {
            Figure::Mark => {
                let plain = !(look.about || look.uncertain || look.within);
                found.extend(match (look.kind, look.denies) {
                    (Kind::Event, _) => plain.then_some(InTime::Event),
                    (_, true) => Some(InTime::Denied),
                    (_, false) => Some(InTime::Statement),
                });
                if look.within && !look.about && !look.uncertain {
                    found.insert(InTime::Within);
                }
            }
            Figure::Bar { core, start, end } => {
                let width = shape.rect.size().x;
                let all = core.is_some_and(|(from, to)| to - from >= width - 1.0);
                if core.is_some_and(|(from, to)| to > from) {
                    found.insert(InTime::Certain);
                }
                if !all {
                    found.insert(InTime::Possible);
                }
                for end in [start, end] {
                    found.extend(match end {
                        End::Unknown => Some(InTime::Unknown),
                        End::Open => Some(InTime::Open),
                        End::Sharp | End::About => None,
                    });
                }
            }
        }
        if look.about {
            found.insert(InTime::About);
        }
        if look.uncertain {
            found.insert(InTime::Uncertain);
        }
        found.extend(look.doubt.map(|doubt| match doubt {
            Doubt::Contradicts => InTime::Contradicts,
            Doubt::Later => InTime::Later,
        }));
    }
    for arrow in &scene.arrows {
        found.insert(if arrow.clashes { InTime::Clashes } else { InTime::Before });
    }
    found
}

impl InTime {
    /// What it means.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Event => "Event",
            Self::Statement => "Statement of a claim, on the day of its article",
            Self::Denied => "Statement that denies the claim",
            Self::Within => "Some time within this month or year",
            Self::Certain => "Certain: it lasted so long",
            Self::Possible => "Possible: some time within",
            Self::About => "Approximate: fades",
            Self::Uncertain => "Uncertain: dashed",
            Self::Unknown => "End unknown",
            Self::Open => "Goes on, or has no beginning",
            Self::Before => "Before, or leads to",
            Self::Clashes => "Said to be before, but dated after",
            Self::Contradicts => "Dates that cannot all be right",
            Self::Later => "Later than the articles that tell of it",
        }
    }

    /// The heading it stands under.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Self::Event | Self::Statement | Self::Denied => "On the timeline",
            Self::Within
            | Self::Certain
            | Self::Possible
            | Self::About
            | Self::Uncertain
            | Self::Unknown
            | Self::Open => "How sure a date is",
            Self::Before | Self::Clashes | Self::Contradicts | Self::Later => "Order and clashes",
        }
    }

    /// Draws a sample of it into a rectangle of the size of [`super::SIGN`].
    pub fn draw(self, pen: &mut dyn Pen, rect: Rect) {
        let plain = Look {
            kind: Kind::Event,
            uncertain: false,
            about: false,
            within: false,
            denies: false,
            doubt: None,
        };
        let middle = rect.centre();
        let half = rect.size().x * 0.5;
        let (left, right) = (middle.x - half, middle.x + half);
        let bar =
            Rect { min: Point::new(left, middle.y - 6.0), max: Point::new(right, middle.y + 6.0) };
        let all = Some((left, right));
        let lasting = |core, start, end| Figure::Bar { core, start, end };
        let mut forms = Forms::new(pen);
        match self {
            Self::Event => forms.shape(plain, Figure::Mark, bar),
            Self::Statement => {
                forms.shape(Look { kind: Kind::Claim, ..plain }, Figure::Mark, bar);
            }
            Self::Denied => {
                let look = Look { kind: Kind::Claim, denies: true, ..plain };
                forms.shape(look, Figure::Mark, bar);
            }
            Self::Within => forms.shape(Look { within: true, ..plain }, Figure::Mark, bar),
            Self::Certain => forms.shape(plain, lasting(all, End::Sharp, End::Sharp), bar),
            Self::Possible => forms.shape(plain, lasting(None, End::Sharp, End::Sharp), bar),
            Self::About => {
                let inset = Point::new(5.0, 0.0);
                let inner = Rect { min: bar.min + inset, max: bar.max - inset };
                let look = Look { about: true, ..plain };
                let core = Some((inner.min.x, inner.max.x));
                forms.shape(look, lasting(core, End::About, End::About), inner);
            }
            Self::Uncertain => {
                let look = Look { uncertain: true, ..plain };
                forms.shape(look, lasting(None, End::Sharp, End::Sharp), bar);
            }
            Self::Unknown => forms.shape(plain, lasting(None, End::Sharp, End::Unknown), bar),
            Self::Open => forms.shape(plain, lasting(all, End::Sharp, End::Open), bar),
            Self::Before | Self::Clashes => {
                let (y, turn) = (rect.size().y * 0.5 - 2.0, left + 12.0);
                let way = [
                    Point::new(left, middle.y - y),
                    Point::new(turn, middle.y - y),
                    Point::new(turn, middle.y + y),
                    Point::new(turn + 4.0, middle.y + y),
                    Point::new(right, middle.y + y),
                ];
                forms.arrow(&way, arrow_line(self == Self::Clashes));
            }
            Self::Contradicts => forms.sign(middle, Doubt::Contradicts),
            Self::Later => forms.sign(middle, Doubt::Later),
        }
    }
}

/// The line of a link between events: dashed and red where the dates speak against it.
#[must_use]
pub fn arrow_line(clashes: bool) -> Line {
    if clashes {
        Line::new(Role::Accent, 1.3).dashed(Dash::Outline)
    } else {
        Line::new(Role::Bare(Family::Sequence), 1.3)
    }
}
