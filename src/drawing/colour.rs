//! Colours as screens, SVG and PDF take them: red, green, blue and opacity, in the space the screen shows (sRGB).

/// A colour; not premultiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity: 255 is opaque.
    pub a: u8,
}

impl Colour {
    /// An opaque colour, as `0xrrggbb`.
    #[must_use]
    pub const fn rgb(hex: u32) -> Self {
        Self { r: (hex >> 16) as u8, g: (hex >> 8) as u8, b: hex as u8, a: 255 }
    }

    /// The colour between two opaque ones: `share` of the second, in the space the screen shows.
    #[must_use]
    pub fn mix(self, other: Self, share: f32) -> Self {
        let blend =
            |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u8;
        Self {
            r: blend(self.r, other.r),
            g: blend(self.g, other.g),
            b: blend(self.b, other.b),
            a: 255,
        }
    }

    /// The same, so opaque: 0 to 1.
    #[must_use]
    pub fn veil(self, share: f32) -> Self {
        Self { a: (255.0 * share.clamp(0.0, 1.0)).round() as u8, ..self }
    }

    /// As CSS has it, without its opacity: `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }

    /// Its opacity, 0 to 1.
    #[must_use]
    pub fn opacity(self) -> f32 {
        f32::from(self.a) / 255.0
    }
}

/// Contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2, “contrast ratio”).
#[must_use]
pub fn contrast(a: Colour, b: Colour) -> f32 {
    let luminance = |c: Colour| {
        let linear = |v: u8| {
            let v = f32::from(v) / 255.0;
            if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_the_largest_contrast() {
        let (black, white) = (Colour::rgb(0), Colour::rgb(0xffffff));
        assert!((contrast(black, white) - 21.0).abs() < 1e-4);
        assert_eq!(contrast(black, black), 1.0);
        assert_eq!(black.mix(white, 0.5).hex(), "#808080");
    }
}
