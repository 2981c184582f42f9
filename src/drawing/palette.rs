//! The colours of both themes, in one place, and what each is for.
//!
//! Paper and ink, and one accent: the red thread, kept for what is selected and what needs attention. The kinds' colours
//! are of the Okabe–Ito family, told apart by colour-blind readers; every pair of ink and ground that carries text
//! reaches WCAG AA (a test computes it).

use super::Colour;
use crate::notebook::{Family, Hue, Kind};

/// How far the colours of what is faded go towards the ground they stand on.
pub const FADED: f32 = 0.72;

/// So far towards the ground the lines of links go that no sentence supports yet, and those of derived links.
const BARE: f32 = 0.25;

/// The colours of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Whether the theme is dark.
    pub dark: bool,
    /// Ground of the canvas.
    pub canvas: Colour,
    /// Ground of the article and of cards.
    pub surface: Colour,
    /// Ground of the lists and bars.
    pub sidebar: Colour,
    /// Text.
    pub ink: Colour,
    /// Text of less weight.
    pub muted: Colour,
    /// Borders and separators.
    pub lines: Colour,
    /// The accent: what is selected and what needs attention.
    pub accent: Colour,
    /// Actors.
    pub actor: Colour,
    /// Events.
    pub event: Colour,
    /// Claims.
    pub claim: Colour,
    /// The families of relations, in their order.
    pub families: [Colour; 6],
    /// The colours of groups and note cards, in their order.
    pub hues: [Colour; 6],
    /// Behind selected words.
    pub selection: Colour,
    /// Behind the row that is chosen.
    pub chosen: Colour,
    /// Behind the row under the pointer.
    pub hovered: Colour,
    /// Hits of a search.
    pub hit: Colour,
}

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The ground of the canvas.
    Canvas,
    /// The ground of the canvas, not quite opaque: behind words that stand over other things.
    Veil,
    /// The ground of nodes.
    Surface,
    /// Lines that part one thing from another.
    Rule,
    /// The same, where a larger unit of time begins.
    StrongRule,
    /// The ground of every other lane of the timeline.
    Lane,
    /// Words.
    Ink,
    /// Words of less weight.
    Muted,
    /// Links that are seen from afar.
    Thread,
    /// What needs attention, and what is selected.
    Accent,
    /// The outline of a kind.
    Kind(Kind),
    /// The ground of a kind that is selected.
    Tint(Kind),
    /// The ground of a bar of a kind where it may have been.
    Possible(Kind),
    /// The ground of a bar of a kind where it surely was.
    Certain(Kind),
    /// The line of a relation.
    Family(Family),
    /// The line of a relation without evidence, or of a derived link.
    Bare(Family),
    /// The line and the title of a group.
    Hue(Hue),
    /// The ground of a box or a card.
    HueGround(Hue),
    /// What lies inside a group's frame.
    FrameGround(Hue),
    /// A group's frame.
    FrameLine(Hue),
    /// What lies under a box.
    BoxBack(Hue),
    /// The corner of a card that is turned down.
    CardEar(Hue),
    /// The border of a card.
    CardLine(Hue),
    /// Behind a mark of a group that is under the pointer.
    HueVeil(Hue),
}

impl Role {
    /// Every role there is.
    pub fn every() -> impl Iterator<Item = Self> {
        let plain = [
            Self::Canvas,
            Self::Veil,
            Self::Surface,
            Self::Rule,
            Self::StrongRule,
            Self::Lane,
            Self::Ink,
            Self::Muted,
            Self::Thread,
            Self::Accent,
        ];
        let kinds = Kind::ALL.into_iter().flat_map(|kind| {
            [Self::Kind(kind), Self::Tint(kind), Self::Possible(kind), Self::Certain(kind)]
        });
        let families =
            Family::ALL.into_iter().flat_map(|family| [Self::Family(family), Self::Bare(family)]);
        let hues = Hue::ALL.into_iter().flat_map(|hue| {
            [
                Self::Hue(hue),
                Self::HueGround(hue),
                Self::FrameGround(hue),
                Self::FrameLine(hue),
                Self::BoxBack(hue),
                Self::CardEar(hue),
                Self::CardLine(hue),
                Self::HueVeil(hue),
            ]
        });
        plain.into_iter().chain(kinds).chain(families).chain(hues)
    }

    /// A name that tells it from the others: small letters, digits and hyphens.
    #[must_use]
    pub fn name(self) -> String {
        let (word, number) = match self {
            Self::Canvas => return "canvas".to_owned(),
            Self::Veil => return "veil".to_owned(),
            Self::Surface => return "node".to_owned(),
            Self::Rule => return "rule".to_owned(),
            Self::StrongRule => return "strong-rule".to_owned(),
            Self::Lane => return "lane".to_owned(),
            Self::Ink => return "words".to_owned(),
            Self::Muted => return "lesser-words".to_owned(),
            Self::Thread => return "thread".to_owned(),
            Self::Accent => return "mark".to_owned(),
            Self::Kind(kind) => return format!("kind-{}", kind.word()),
            Self::Tint(kind) => return format!("tint-{}", kind.word()),
            Self::Possible(kind) => return format!("possible-{}", kind.word()),
            Self::Certain(kind) => return format!("certain-{}", kind.word()),
            Self::Family(family) => ("family", family as u8),
            Self::Bare(family) => ("bare", family as u8),
            Self::Hue(hue) => ("hue", hue as u8),
            Self::HueGround(hue) => ("hue-ground", hue as u8),
            Self::FrameGround(hue) => ("frame-ground", hue as u8),
            Self::FrameLine(hue) => ("frame", hue as u8),
            Self::BoxBack(hue) => ("box-back", hue as u8),
            Self::CardEar(hue) => ("card-ear", hue as u8),
            Self::CardLine(hue) => ("card", hue as u8),
            Self::HueVeil(hue) => ("hue-veil", hue as u8),
        };
        format!("{word}-{number}")
    }
}

/// A colour by what it is for, of what stands out or of what is faded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Paint {
    /// What it is for.
    pub role: Role,
    /// Whether it is of what is faded.
    pub faded: bool,
}

impl From<Role> for Paint {
    fn from(role: Role) -> Self {
        Self { role, faded: false }
    }
}

impl Palette {
    /// The light theme.
    #[must_use]
    pub const fn light() -> Self {
        const fn rgb(hex: u32) -> Colour {
            Colour::rgb(hex)
        }
        Self {
            dark: false,
            canvas: rgb(0xf4f2ed),
            surface: rgb(0xffffff),
            sidebar: rgb(0xfaf9f6),
            ink: rgb(0x22252a),
            muted: rgb(0x666a72),
            lines: rgb(0xe3dfd6),
            accent: rgb(0xb3352c),
            actor: rgb(0x0072b2),
            event: rgb(0x8f5f00),
            claim: rgb(0xa8457f),
            families: [
                rgb(0x1f6e5b),
                rgb(0x75600f),
                rgb(0x5156a3),
                rgb(0x8a3f8f),
                rgb(0x2a6592),
                rgb(0x666a72),
            ],
            hues: [
                rgb(0x5f636b),
                rgb(0xa82a52),
                rgb(0x8f4f00),
                rgb(0x2b6b33),
                rgb(0x1f62a3),
                rgb(0x74459a),
            ],
            selection: rgb(0xc9dff0),
            chosen: rgb(0xe9e5dc),
            hovered: rgb(0xf4f1eb),
            hit: rgb(0xffe9a8),
        }
    }

    /// The dark theme.
    #[must_use]
    pub const fn dark() -> Self {
        const fn rgb(hex: u32) -> Colour {
            Colour::rgb(hex)
        }
        Self {
            dark: true,
            canvas: rgb(0x191b1f),
            surface: rgb(0x202327),
            sidebar: rgb(0x1c1f23),
            ink: rgb(0xe7e5df),
            muted: rgb(0x9ba1aa),
            lines: rgb(0x31353b),
            accent: rgb(0xe8766d),
            actor: rgb(0x5bb0e6),
            event: rgb(0xe3ad3c),
            claim: rgb(0xdd86b8),
            families: [
                rgb(0x6fc7ae),
                rgb(0xcdb566),
                rgb(0xa3a8f0),
                rgb(0xd79be0),
                rgb(0x7fbce8),
                rgb(0x9ba1aa),
            ],
            hues: [
                rgb(0xa6acb5),
                rgb(0xf08aa5),
                rgb(0xe8a35c),
                rgb(0x83c78d),
                rgb(0x86b9f0),
                rgb(0xc6a0ea),
            ],
            selection: rgb(0x2c4a66),
            chosen: rgb(0x31353c),
            hovered: rgb(0x272b30),
            hit: rgb(0x5a4a16),
        }
    }

    /// The theme that is dark, or the one that is not.
    #[must_use]
    pub const fn of(dark: bool) -> Self {
        if dark { Self::dark() } else { Self::light() }
    }

    /// The look of what stands back on the canvas: every colour a good way towards the ground.
    #[must_use]
    pub fn faded(&self) -> Self {
        let fade = |colour: Colour| colour.mix(self.canvas, FADED);
        Self {
            surface: fade(self.surface),
            ink: fade(self.ink),
            muted: fade(self.muted),
            lines: fade(self.lines),
            accent: self.accent.mix(self.canvas, 0.4),
            actor: fade(self.actor),
            event: fade(self.event),
            claim: fade(self.claim),
            families: self.families.map(fade),
            hues: self.hues.map(fade),
            ..self.clone()
        }
    }

    /// The colour of a kind of entity.
    #[must_use]
    pub const fn kind(&self, kind: Kind) -> Colour {
        match kind {
            Kind::Actor => self.actor,
            Kind::Event => self.event,
            Kind::Claim => self.claim,
        }
    }

    /// The colour that does this in this theme.
    #[must_use]
    pub fn colour(&self, role: Role) -> Colour {
        let hue = |hue: Hue| self.hues[hue as usize];
        let hue_ground = |of: Hue| self.surface.mix(hue(of), if self.dark { 0.11 } else { 0.10 });
        match role {
            Role::Canvas => self.canvas,
            Role::Veil => self.canvas.veil(0.8),
            Role::Surface => self.surface,
            Role::Rule => self.lines,
            Role::StrongRule => self.lines.mix(self.muted, 0.35),
            Role::Lane => self.canvas.mix(self.surface, 0.75),
            Role::Ink => self.ink,
            Role::Muted => self.muted,
            Role::Thread => self.muted.mix(self.canvas, 0.55),
            Role::Accent => self.accent,
            Role::Kind(kind) => self.kind(kind),
            Role::Tint(kind) => {
                self.surface.mix(self.kind(kind), if self.dark { 0.20 } else { 0.11 })
            }
            Role::Possible(kind) => self.surface.mix(self.kind(kind), 0.14),
            Role::Certain(kind) => self.surface.mix(self.kind(kind), 0.34),
            Role::Family(family) => self.families[family as usize],
            Role::Bare(family) => self.families[family as usize].mix(self.canvas, BARE),
            Role::Hue(of) => hue(of),
            Role::HueGround(of) => hue_ground(of),
            Role::FrameGround(of) => hue(of).veil(if self.dark { 0.13 } else { 0.08 }),
            Role::FrameLine(of) => hue(of).mix(self.canvas, 0.25),
            Role::BoxBack(of) => hue(of).mix(self.canvas, 0.3),
            Role::CardEar(of) => hue_ground(of).mix(hue(of), 0.3),
            Role::CardLine(of) => hue(of).mix(self.canvas, 0.35),
            Role::HueVeil(of) => hue(of).veil(0.25),
        }
    }
}

/// The colours of a theme, and those of what is faded in it.
#[derive(Clone, Debug)]
pub struct Inks {
    full: Palette,
    faded: Palette,
}

impl Inks {
    /// Of a theme.
    #[must_use]
    pub fn new(palette: &Palette) -> Self {
        Self { full: palette.clone(), faded: palette.faded() }
    }

    /// The theme's own.
    #[must_use]
    pub const fn palette(&self) -> &Palette {
        &self.full
    }

    /// The colour of this paint.
    #[must_use]
    pub fn colour(&self, paint: Paint) -> Colour {
        if paint.faded { self.faded.colour(paint.role) } else { self.full.colour(paint.role) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::contrast;
    use super::*;

    #[test]
    fn text_reaches_wcag_aa_in_both_themes() {
        for palette in [Palette::light(), Palette::dark()] {
            let at_least = |ink: Colour, ground: Colour, least: f32| {
                let ratio = contrast(ink, ground);
                assert!(
                    ratio >= least,
                    "{ink:?} on {ground:?}: {ratio:.2} (dark: {})",
                    palette.dark
                );
            };
            let role = |role: Role| palette.colour(role);
            for ground in [palette.canvas, palette.surface, palette.sidebar, palette.hovered] {
                for ink in [palette.ink, palette.muted, palette.accent] {
                    at_least(ink, ground, 4.5);
                }
                for kind in Kind::ALL {
                    at_least(palette.kind(kind), ground, 4.5);
                }
            }
            for family in Family::ALL {
                at_least(role(Role::Family(family)), palette.canvas, 4.5);
                // The lines of links without a sentence go back towards the ground, and are still seen as lines.
                at_least(role(Role::Bare(family)), palette.canvas, 3.0);
            }
            for hue in Hue::ALL {
                let inside = role(Role::FrameGround(hue));
                let frame = palette.canvas.mix(inside, inside.opacity());
                let ground = role(Role::HueGround(hue));
                at_least(role(Role::Hue(hue)), frame, 4.5);
                for ink in [role(Role::Hue(hue)), palette.ink, palette.muted] {
                    at_least(ink, ground, 4.5);
                }
            }
            for ground in [palette.selection, palette.chosen, palette.hit] {
                at_least(palette.ink, ground, 4.5);
            }
            for kind in Kind::ALL {
                at_least(palette.ink, role(Role::Tint(kind)), 4.5);
                at_least(palette.kind(kind), role(Role::Tint(kind)), 3.0);
                for bar in [Role::Possible(kind), Role::Certain(kind)] {
                    at_least(palette.ink, role(bar), 4.5);
                }
            }
        }
    }

    #[test]
    fn every_role_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<String> = Role::every().map(Role::name).collect();
        assert_eq!(names.len(), Role::every().count());
        let css = |name: &String| {
            name.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
        };
        assert!(names.iter().all(css));
    }

    #[test]
    fn what_is_faded_is_nearer_to_the_ground() {
        for palette in [Palette::light(), Palette::dark()] {
            let inks = Inks::new(&palette);
            for role in
                [Role::Ink, Role::Kind(Kind::Actor), Role::Family(Family::Tie), Role::Accent]
            {
                let full = contrast(inks.colour(role.into()), palette.canvas);
                let faded = contrast(inks.colour(Paint { role, faded: true }), palette.canvas);
                assert!(faded < full, "{role:?}");
            }
        }
    }
}
