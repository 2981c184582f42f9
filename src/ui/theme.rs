//! The theme: colours, type and spacing in light and dark, in one place.
//!
//! Paper and ink, and one accent: the red thread, kept for what is selected and what needs attention. The kinds'
//! colours are of the Okabe–Ito family, told apart by colour-blind readers; every pair of ink and ground that
//! carries text reaches WCAG AA (a test computes it).

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Vec2};

use crate::notebook::{Family, Hue, Kind};

/// Colours, type and spacing of a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Whether the theme is dark.
    pub dark: bool,
    /// Ground of the canvas.
    pub canvas: Color32,
    /// Ground of the article and of cards.
    pub surface: Color32,
    /// Ground of the lists and bars.
    pub sidebar: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of less weight.
    pub muted: Color32,
    /// Borders and separators.
    pub lines: Color32,
    /// The accent: what is selected and what needs attention.
    pub accent: Color32,
    /// Actors.
    pub actor: Color32,
    /// Events.
    pub event: Color32,
    /// Claims.
    pub claim: Color32,
    /// The families of relations, in their order.
    pub families: [Color32; 6],
    /// The colours of groups and note cards, in their order.
    pub hues: [Color32; 6],
    /// Behind selected words.
    pub selection: Color32,
    /// Behind the row that is chosen.
    pub chosen: Color32,
    /// Behind the row under the pointer.
    pub hovered: Color32,
    /// Hits of a search.
    pub hit: Color32,
    /// The reading face.
    pub serif: FontFamily,
    /// The face of everything else.
    pub sans: FontFamily,
    /// The sans face, bold.
    pub bold: FontFamily,
    /// The reading face, bold.
    pub serif_bold: FontFamily,
    /// Size of the article's type, in points.
    pub text_size: f32,
    /// What is suggested is underlined in the text.
    pub suggestions: bool,
    /// Height of a line of the article, as a multiple of its size.
    pub leading: f32,
    /// Characters in a full line of the article, about.
    pub measure: f32,
    /// The text cursor is shown wherever the keyboard is.
    pub cursor: bool,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// Names of the families that are bound to system faces once those are found; before, they are egui's own.
pub const SERIF: &str = "serif";
/// The bold sans.
pub const BOLD: &str = "bold";
/// The bold serif.
pub const SERIF_BOLD: &str = "serif-bold";

impl Style {
    /// The look of what stands back on the canvas: every colour a good way towards the ground.
    #[must_use]
    pub fn faded(&self) -> Self {
        let fade = |colour| mix(colour, self.canvas, FADED);
        Self {
            surface: fade(self.surface),
            ink: fade(self.ink),
            muted: fade(self.muted),
            lines: fade(self.lines),
            accent: mix(self.accent, self.canvas, 0.4),
            actor: fade(self.actor),
            event: fade(self.event),
            claim: fade(self.claim),
            families: self.families.map(fade),
            hues: self.hues.map(fade),
            ..self.clone()
        }
    }

    /// The light theme.
    #[must_use]
    pub fn light() -> Self {
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
            ..Self::type_only()
        }
    }

    /// The dark theme.
    #[must_use]
    pub fn dark() -> Self {
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
            ..Self::type_only()
        }
    }

    fn type_only() -> Self {
        Self {
            dark: false,
            canvas: Color32::WHITE,
            surface: Color32::WHITE,
            sidebar: Color32::WHITE,
            ink: Color32::BLACK,
            muted: Color32::BLACK,
            lines: Color32::BLACK,
            accent: Color32::BLACK,
            actor: Color32::BLACK,
            event: Color32::BLACK,
            claim: Color32::BLACK,
            families: [Color32::BLACK; 6],
            hues: [Color32::BLACK; 6],
            selection: Color32::WHITE,
            chosen: Color32::WHITE,
            hovered: Color32::WHITE,
            hit: Color32::WHITE,
            serif: FontFamily::Name(SERIF.into()),
            sans: FontFamily::Proportional,
            bold: FontFamily::Name(BOLD.into()),
            serif_bold: FontFamily::Name(SERIF_BOLD.into()),
            text_size: 17.0,
            suggestions: true,
            leading: 1.6,
            measure: 70.0,
            cursor: false,
        }
    }

    /// The colour of a kind of entity.
    #[must_use]
    pub const fn kind(&self, kind: Kind) -> Color32 {
        match kind {
            Kind::Actor => self.actor,
            Kind::Event => self.event,
            Kind::Claim => self.claim,
        }
    }

    /// The colour of a family of relations, on the canvas.
    #[must_use]
    pub const fn family(&self, family: Family) -> Color32 {
        self.families[family as usize]
    }

    /// The colour of a group or a note card: of its lines and its title.
    #[must_use]
    pub const fn hue(&self, hue: Hue) -> Color32 {
        self.hues[hue as usize]
    }

    /// The ground of a note card or of a folded group's box.
    #[must_use]
    pub fn hue_ground(&self, hue: Hue) -> Color32 {
        mix(self.surface, self.hue(hue), if self.dark { 0.11 } else { 0.10 })
    }

    /// The ground behind a mention of a kind: opaque, over the article's surface.
    #[must_use]
    pub fn tint(&self, kind: Kind) -> Color32 {
        mix(self.surface, self.kind(kind), if self.dark { 0.20 } else { 0.11 })
    }

    /// A small label's face.
    #[must_use]
    pub fn small(&self) -> FontId {
        FontId::new(12.0, self.sans.clone())
    }

    /// A heading's face in panes.
    #[must_use]
    pub fn heading(&self) -> FontId {
        FontId::new(14.5, self.bold.clone())
    }

    /// Dresses egui's own widgets.
    pub fn apply(&self, ctx: &egui::Context) {
        let mut visuals = if self.dark { egui::Visuals::dark() } else { egui::Visuals::light() };
        visuals.override_text_color = None;
        visuals.panel_fill = self.sidebar;
        visuals.window_fill = self.surface;
        visuals.extreme_bg_color = if self.dark { self.canvas } else { self.surface };
        visuals.text_edit_bg_color = Some(if self.dark { self.canvas } else { self.surface });
        visuals.faint_bg_color = self.hovered;
        visuals.code_bg_color = self.canvas;
        visuals.hyperlink_color = self.actor;
        visuals.warn_fg_color = self.accent;
        visuals.error_fg_color = self.accent;
        visuals.weak_text_color = Some(self.muted);
        visuals.window_stroke = Stroke::new(1.0, self.lines);
        visuals.window_corner_radius = CornerRadius::same(10);
        visuals.menu_corner_radius = CornerRadius::same(8);
        let shade = if self.dark { 110 } else { 38 };
        visuals.popup_shadow =
            Shadow { offset: [0, 6], blur: 22, spread: 0, color: Color32::from_black_alpha(shade) };
        visuals.window_shadow = visuals.popup_shadow;
        visuals.selection.bg_fill = self.selection;
        visuals.selection.stroke = Stroke::new(1.0, self.ink);
        visuals.indent_has_left_vline = false;
        visuals.striped = false;
        let radius = CornerRadius::same(6);
        let widgets = &mut visuals.widgets;
        for widget in [
            &mut widgets.noninteractive,
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
            &mut widgets.open,
        ] {
            widget.corner_radius = radius;
            widget.expansion = 0.0;
            widget.fg_stroke = Stroke::new(1.0, self.ink);
        }
        widgets.noninteractive.bg_fill = self.sidebar;
        widgets.noninteractive.weak_bg_fill = self.sidebar;
        widgets.noninteractive.bg_stroke = Stroke::new(1.0, self.lines);
        widgets.inactive.bg_fill = self.chosen;
        widgets.inactive.weak_bg_fill = mix(self.sidebar, self.chosen, 0.65);
        // The outline of a control must be seen without its fill: WCAG 1.4.11 asks 3 to 1.
        widgets.inactive.bg_stroke = Stroke::new(1.0, mix(self.lines, self.muted, 0.55));
        widgets.hovered.bg_fill = self.chosen;
        widgets.hovered.weak_bg_fill = self.chosen;
        widgets.hovered.bg_stroke = Stroke::new(1.0, self.muted);
        widgets.active.bg_fill = self.selection;
        widgets.active.weak_bg_fill = self.selection;
        widgets.active.bg_stroke = Stroke::new(1.0, self.ink);
        widgets.open.bg_fill = self.chosen;
        widgets.open.weak_bg_fill = self.chosen;
        widgets.open.bg_stroke = Stroke::new(1.0, self.muted);

        let sans = |size: f32| FontId::new(size, FontFamily::Proportional);
        ctx.set_theme(if self.dark { egui::Theme::Dark } else { egui::Theme::Light });
        ctx.all_styles_mut(|style| {
            style.visuals = visuals.clone();
            style.text_styles = [
                (TextStyle::Small, sans(12.0)),
                (TextStyle::Body, sans(14.0)),
                (TextStyle::Button, sans(14.0)),
                (TextStyle::Heading, FontId::new(19.0, self.bold.clone())),
                (TextStyle::Monospace, FontId::new(13.0, FontFamily::Monospace)),
            ]
            .into();
            style.spacing.item_spacing = Vec2::new(8.0, 6.0);
            style.spacing.button_padding = Vec2::new(10.0, 4.0);
            style.spacing.interact_size.y = 26.0;
            style.spacing.menu_margin = Margin::same(6);
            style.spacing.window_margin = Margin::same(16);
            style.spacing.scroll.bar_width = 8.0;
            style.spacing.tooltip_width = 360.0;
            style.interaction.selectable_labels = false;
        });
    }
}

/// How far the colours of what is faded go towards the ground they stand on.
pub const FADED: f32 = 0.72;

/// A colour between two: `share` of the second, in the space the screen shows.
#[must_use]
pub fn mix(a: Color32, b: Color32, share: f32) -> Color32 {
    let blend = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u8;
    Color32::from_rgb(blend(a.r(), b.r()), blend(a.g(), b.g()), blend(a.b(), b.b()))
}

/// Contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2, “contrast ratio”).
#[must_use]
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let luminance = |c: Color32| {
        let linear = |v: u8| {
            let v = f32::from(v) / 255.0;
            if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b())
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reaches_wcag_aa_in_both_themes() {
        for style in [Style::light(), Style::dark()] {
            let grounds = [style.canvas, style.surface, style.sidebar];
            for ground in grounds.into_iter().chain([style.hovered]) {
                for ink in
                    [style.ink, style.muted, style.accent, style.actor, style.event, style.claim]
                {
                    let ratio = contrast(ink, ground);
                    assert!(
                        ratio >= 4.5,
                        "{ink:?} on {ground:?}: {ratio:.2} (dark: {})",
                        style.dark
                    );
                }
            }
            for family in Family::ALL {
                let ratio = contrast(style.family(family), style.canvas);
                assert!(ratio >= 4.5, "{family:?}: {ratio:.2} (dark: {})", style.dark);
                // The lines of links without a sentence go back towards the ground, and are still seen as lines.
                let bare = mix(style.family(family), style.canvas, 0.25);
                assert!(contrast(bare, style.canvas) >= 3.0, "{family:?} (dark: {})", style.dark);
            }
            for hue in Hue::ALL {
                let frame = mix(style.canvas, style.hue(hue), if style.dark { 0.13 } else { 0.08 });
                for (ink, ground) in [
                    (style.hue(hue), frame),
                    (style.hue(hue), style.hue_ground(hue)),
                    (style.ink, style.hue_ground(hue)),
                    (style.muted, style.hue_ground(hue)),
                ] {
                    let ratio = contrast(ink, ground);
                    assert!(ratio >= 4.5, "{hue:?}: {ratio:.2} (dark: {})", style.dark);
                }
            }
            for ground in [style.selection, style.chosen, style.hit] {
                assert!(contrast(style.ink, ground) >= 4.5, "{ground:?}");
            }
            for kind in Kind::ALL {
                assert!(contrast(style.ink, style.tint(kind)) >= 4.5);
                assert!(contrast(style.kind(kind), style.tint(kind)) >= 3.0);
            }
        }
    }
}
