//! The theme: colours, type and spacing in light and dark. The colours are those of [`Palette`], which pictures are drawn
//! with too.

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Vec2};

use crate::drawing::{Colour, Palette, Role};
use crate::notebook::{Family, Hue, Kind};

/// Colours, type and spacing of a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The colours, by what they are for: those below are taken from here.
    pub palette: Palette,
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

/// Names of the families that are bound to system faces once those are found; before, they are egui's own.
pub const SERIF: &str = "serif";
/// The bold sans.
pub const BOLD: &str = "bold";
/// The bold serif.
pub const SERIF_BOLD: &str = "serif-bold";

impl Style {
    /// The light theme.
    #[must_use]
    pub fn light() -> Self {
        Self::of(Palette::light())
    }

    /// The dark theme.
    #[must_use]
    pub fn dark() -> Self {
        Self::of(Palette::dark())
    }

    /// The look of what stands back: every colour a good way towards the ground.
    #[must_use]
    pub fn faded(&self) -> Self {
        Self::of(self.palette.faded())
    }

    /// A theme of these colours.
    fn of(palette: Palette) -> Self {
        Self {
            dark: palette.dark,
            canvas: palette.canvas.into(),
            surface: palette.surface.into(),
            sidebar: palette.sidebar.into(),
            ink: palette.ink.into(),
            muted: palette.muted.into(),
            lines: palette.lines.into(),
            accent: palette.accent.into(),
            actor: palette.actor.into(),
            event: palette.event.into(),
            claim: palette.claim.into(),
            hues: palette.hues.map(Color32::from),
            selection: palette.selection.into(),
            chosen: palette.chosen.into(),
            hovered: palette.hovered.into(),
            hit: palette.hit.into(),
            palette,
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
    pub fn family(&self, family: Family) -> Color32 {
        self.palette.colour(Role::Family(family)).into()
    }

    /// The colour of a group or a note card: of its lines and its title.
    #[must_use]
    pub const fn hue(&self, hue: Hue) -> Color32 {
        self.hues[hue as usize]
    }

    /// The ground of a note card or of a folded group's box.
    #[must_use]
    pub fn hue_ground(&self, hue: Hue) -> Color32 {
        self.palette.colour(Role::HueGround(hue)).into()
    }

    /// The ground behind a mention of a kind: opaque, over the article's surface.
    #[must_use]
    pub fn tint(&self, kind: Kind) -> Color32 {
        self.palette.colour(Role::Tint(kind)).into()
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

impl From<Colour> for Color32 {
    fn from(colour: Colour) -> Self {
        Self::from_rgba_unmultiplied(colour.r, colour.g, colour.b, colour.a)
    }
}

/// A colour between two: `share` of the second, in the space the screen shows.
#[must_use]
pub fn mix(a: Color32, b: Color32, share: f32) -> Color32 {
    let plain = |c: Color32| Colour { r: c.r(), g: c.g(), b: c.b(), a: 255 };
    plain(a).mix(plain(b), share).into()
}
