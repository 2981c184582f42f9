//! Scalable Vector Graphics (W3C, SVG 1.1 and 2): for browsers, for word processors, and to be worked on further.
//!
//! Words stay `<text>`, one element a line, in the families they were set in here and in others that are widely installed.
//! What they need of their fonts is embedded for browsers; programs in which a drawing is worked on take no notice of that,
//! and use the families they have. Every line is placed by its middle or its start, so that another font moves nothing; letters are not fitted to pixels, which would make
//! words wider in one browser than in another.

use std::fmt::Write as _;

use super::shapes::{Closed, Drawing, Shape, Words};
use crate::drawing::{Inks, Line, Paint, Role, Side};
use crate::graph::{Curve, Point, Rect};

/// How colours are written.
pub trait Colours {
    /// The value of `fill` or `stroke`, and the opacity.
    fn value(&self, paint: Paint) -> (String, f32);
}

/// The colours of one theme.
pub struct Fixed<'a>(pub &'a Inks);

impl Colours for Fixed<'_> {
    fn value(&self, paint: Paint) -> (String, f32) {
        let colour = self.0.colour(paint);
        (colour.hex(), colour.opacity())
    }
}

/// How what belongs to a record of the notebook is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// As a group with its id and its name.
    Groups,
    /// As a link to the place of this id in the page around the drawing.
    Links,
}

/// A drawing as a file of its own, `scale` times as large, with these rules of CSS for its fonts.
#[must_use]
pub fn file(drawing: &Drawing, inks: &Inks, families: &[&str], fonts: &str, scale: f32) -> String {
    let (width, height) = (drawing.size.x, drawing.size.y);
    let mut out = String::with_capacity(drawing.shapes.len() * 90 + fonts.len() + 1_024);
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" font-family=\"{}\" text-rendering=\"geometricPrecision\" \
         xml:space=\"preserve\">\n",
        number(width * scale),
        number(height * scale),
        number(width),
        number(height),
        escaped(&family_list(families)),
    );
    if !drawing.title.is_empty() {
        let _ = writeln!(out, "<title>{}</title>", escaped(&drawing.title));
    }
    if !drawing.left_out.is_empty() {
        let _ = writeln!(out, "<desc>{}</desc>", escaped(&drawing.left_out.join(" ")));
    }
    if !fonts.is_empty() {
        let _ = writeln!(out, "<style>\n{fonts}</style>");
    }
    let colours = Fixed(inks);
    let (ground, _) = colours.value(Role::Canvas.into());
    let _ = writeln!(
        out,
        "<rect width=\"{}\" height=\"{}\" fill=\"{ground}\"/>",
        number(width),
        number(height)
    );
    shapes(&drawing.shapes, &colours, Marked::Groups, &mut out);
    out.push_str("</svg>\n");
    out
}

/// The families to try, in CSS: those of the drawing, others that are widely installed, and then any sans.
fn family_list(families: &[&str]) -> String {
    let known = ["Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial"];
    let mut list = String::new();
    let mut seen: Vec<&str> = Vec::new();
    for family in families.iter().chain(&known) {
        if !seen.contains(family) {
            seen.push(family);
            let _ = write!(list, "'{}', ", plain_family(family));
        }
    }
    list.push_str("sans-serif");
    list
}

/// The name of a family as it can stand between quotes in CSS and in XML.
#[must_use]
pub fn plain_family(family: &str) -> String {
    let odd = |c: char| c.is_control() || matches!(c, '\'' | '"' | '\\' | '<' | '>' | '&');
    family.chars().filter(|c| !odd(*c)).collect()
}

/// Shapes as elements, one on a line.
pub fn shapes(shapes: &[Shape], colours: &impl Colours, marked: Marked, out: &mut String) {
    let mut ids = std::collections::BTreeSet::new();
    let mut fades = std::collections::BTreeSet::new();
    for shape in shapes {
        match shape {
            Shape::Area { outline, fill, line } => {
                element(outline, out);
                paint(out, colours, "fill", *fill);
                stroke(out, colours, *line);
                out.push_str("/>\n");
            }
            Shape::Path(points, line) => {
                out.push_str("<path d=\"");
                for (point, step) in
                    points.iter().zip(std::iter::once('M').chain(std::iter::repeat('L')))
                {
                    out.push(step);
                    coordinates(out, *point);
                }
                out.push_str("\" fill=\"none\"");
                stroke(out, colours, Some(*line));
                out.push_str("/>\n");
            }
            Shape::Thread(curve, line) => {
                thread(curve, out);
                stroke(out, colours, Some(*line));
                out.push_str("/>\n");
            }
            Shape::Fade(rect, fill, to) => {
                let id = fade_id(*fill, *to);
                if fades.insert(id.clone()) {
                    gradient(&id, *fill, *to, colours, out);
                }
                element(&Closed::Round(*rect, 0.0), out);
                let _ = writeln!(out, " fill=\"url(#{id})\"/>");
            }
            Shape::Words(words) => text(words, colours, out),
            Shape::Open(subject) => {
                // A link is drawn in two parts: the line, and above other lines its label. An id stands once.
                let _ = match marked {
                    Marked::Groups if ids.insert(&subject.id) => {
                        write!(out, "<g id=\"{}\">", escaped(&subject.id))
                    }
                    Marked::Groups => write!(out, "<g>"),
                    Marked::Links => write!(out, "<a href=\"#{}\">", escaped(&subject.id)),
                };
                let _ = writeln!(out, "<title>{}</title>", escaped(&subject.name));
            }
            Shape::Close => {
                out.push_str(if marked == Marked::Groups { "</g>\n" } else { "</a>\n" });
            }
        }
    }
}

fn fade_id(fill: Paint, to: Side) -> String {
    let side = if to == Side::Left { "left" } else { "right" };
    let faded = if fill.faded { "-faded" } else { "" };
    format!("fade-{side}-{}{faded}", fill.role.name())
}

/// What a rectangle is filled with that fades to one side: told in shares of it, so that one is enough for all of its colour.
fn gradient(id: &str, fill: Paint, to: Side, colours: &impl Colours, out: &mut String) {
    let (value, opacity) = colours.value(fill);
    let (left, right) = if to == Side::Left { (0.0, opacity) } else { (opacity, 0.0) };
    let stop = |offset: u8, opacity: f32| {
        let opacity = number(opacity);
        format!("<stop offset=\"{offset}\" stop-color=\"{value}\" stop-opacity=\"{opacity}\"/>")
    };
    let stops = format!("{}{}", stop(0, left), stop(1, right));
    let _ = writeln!(out, "<linearGradient id=\"{id}\">{stops}</linearGradient>");
}

fn thread(curve: &Curve, out: &mut String) {
    out.push_str("<path d=\"M");
    coordinates(out, curve.from);
    out.push(if curve.control == curve.from.lerp(curve.to, 0.5) { 'L' } else { 'Q' });
    if curve.control != curve.from.lerp(curve.to, 0.5) {
        coordinates(out, curve.control);
        out.push(' ');
    }
    coordinates(out, curve.to);
    out.push_str("\" fill=\"none\"");
}

fn element(outline: &Closed, out: &mut String) {
    match outline {
        Closed::Round(Rect { min, max }, radius) => {
            let size = *max - *min;
            let _ = write!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
                number(min.x),
                number(min.y),
                number(size.x.max(0.0)),
                number(size.y.max(0.0))
            );
            let radius = radius.min(size.x * 0.5).min(size.y * 0.5);
            if radius > 0.0 {
                let _ = write!(out, " rx=\"{}\"", number(radius));
            }
        }
        Closed::Corners(corners) => {
            out.push_str("<path d=\"");
            for (point, step) in
                corners.iter().zip(std::iter::once('M').chain(std::iter::repeat('L')))
            {
                out.push(step);
                coordinates(out, *point);
            }
            out.push_str("Z\"");
        }
        Closed::Disc(centre, radius) => {
            let _ = write!(
                out,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"",
                number(centre.x),
                number(centre.y),
                number(*radius)
            );
        }
    }
}

fn paint(out: &mut String, colours: &impl Colours, what: &str, paint: Option<Paint>) {
    let Some(paint) = paint else {
        let _ = write!(out, " {what}=\"none\"");
        return;
    };
    let (value, opacity) = colours.value(paint);
    let _ = write!(out, " {what}=\"{value}\"");
    if opacity < 1.0 {
        let _ = write!(out, " {what}-opacity=\"{}\"", number(opacity));
    }
}

fn stroke(out: &mut String, colours: &impl Colours, line: Option<Line>) {
    let Some(line) = line else { return };
    paint(out, colours, "stroke", Some(line.paint));
    let _ = write!(out, " stroke-width=\"{}\" stroke-linejoin=\"round\"", number(line.width));
    let lengths: Vec<String> = line.dash.lengths().iter().map(|length| number(*length)).collect();
    if !lengths.is_empty() {
        let _ = write!(out, " stroke-dasharray=\"{}\"", lengths.join(" "));
    }
}

fn text(words: &Words, colours: &impl Colours, out: &mut String) {
    for line in &words.lines {
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"",
            number(line.x),
            number(line.baseline),
            number(words.size)
        );
        if words.bold {
            out.push_str(" font-weight=\"700\"");
        }
        // Where words are read from the right, their start is there: the left end is where they end.
        let anchor = match (words.centred, line.from_right) {
            (true, _) => "middle",
            (false, true) => "end",
            (false, false) => "start",
        };
        let _ = write!(out, " text-anchor=\"{anchor}\"");
        if line.from_right {
            out.push_str(" direction=\"rtl\"");
        }
        paint(out, colours, "fill", Some(words.paint));
        let _ = writeln!(out, ">{}</text>", escaped(&line.text));
    }
}

fn coordinates(out: &mut String, at: Point) {
    let _ = write!(out, "{} {}", number(at.x), number(at.y));
}

/// A length as short as it can be told, to a hundredth of a point.
#[must_use]
pub fn number(value: f32) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Words as XML has them: markup escaped, and what XML cannot hold (XML 1.0, section 2.2) replaced.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_finite() {
        assert_eq!(
            [1.0, -0.001, 2.556, f32::NAN, 100.0].map(number),
            ["1", "0", "2.56", "0", "100"]
        );
    }

    #[test]
    fn no_name_is_markup() {
        assert_eq!(
            escaped("<a href=\"x\">&\u{1}\u{fffe}"),
            "&lt;a href=&quot;x&quot;&gt;&amp;\u{fffd}\u{fffd}"
        );
    }
}
