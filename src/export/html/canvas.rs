//! The canvas as a picture in the page: drawn as in pictures and in the window, in the colours of the page's own theme, with
//! links to what the page says of each entity and link; and a legend of what occurs.

use super::escape::escaped;
use crate::drawing::{Entry, Paint, Palette, Role, SIGN, SIGNS};
use crate::export::report::Report;
use crate::export::{Out, Stopped};
use crate::graph::Rect;
use crate::inquiry::sources::ASSUMED;
use crate::picture::svg::{self, Colours, Marked, number};
use crate::picture::{Faces, PictureError, Recorder, Typesetter, draw};

/// Around everything, in canvas units.
const MARGIN: f32 = 36.0;
/// So much wider than in the faces measured with, words may be in the reader's.
const CAUTION: f32 = 1.12;

/// Colours as the page's style defines them, for its light and its dark theme.
struct OfPage;

impl Colours for OfPage {
    fn value(&self, paint: Paint) -> (String, f32) {
        // Nothing is faded in a report.
        (format!("var(--{})", paint.role.name()), 1.0)
    }
}

/// The definitions of the drawing's colours in a theme, for the page's style.
pub(super) fn colours(dark: bool) -> String {
    let palette = Palette::of(dark);
    let mut css = String::new();
    for role in Role::every() {
        let colour = palette.colour(role);
        let opacity = if colour.a < 255 { format!("{:02x}", colour.a) } else { String::new() };
        css.push_str(&format!("--{}: {}{opacity}; ", role.name(), colour.hex()));
    }
    css.trim_end().to_owned()
}

/// The section with the picture; `None` where nothing stands on the canvas.
///
/// # Errors
/// The export was cancelled.
pub(super) fn drawn(report: &Report<'_>, out: &mut Out<'_>) -> Result<Option<String>, Stopped> {
    let content = report.content;
    let part = content.on_canvas();
    // The same faces everywhere, so that the page does not depend on where it was written; readers have their own.
    let mut faces = Faces::bundled();
    let mut letters = Typesetter::new(&mut faces).cautiously(CAUTION);
    let drawn = draw(content.notebook(), part.as_ref(), &mut letters, &|| out.is_cancelled());
    let drawn = match drawn {
        Ok(drawn) => drawn,
        Err(PictureError::Cancelled) => return Err(Stopped::Cancelled),
        Err(_) => return Ok(None),
    };
    let mut shapes = String::new();
    svg::shapes(&drawn.drawing.shapes, &OfPage, Marked::Links, &mut shapes);
    let size = drawn.drawing.size;
    let (width, height) = (size.x + 2.0 * MARGIN, size.y + 2.0 * MARGIN);
    let entries = drawn.entries.iter().filter(|entry| **entry != Entry::Pinned);
    let mut legend: String = entries.map(|entry| explained(*entry)).collect();
    let mut below = String::new();
    if drawn.figures {
        legend.extend(SIGNS.iter().map(|words| format!("<li>{}</li>\n", escaped(words))));
        below.push_str(&format!("<p class=\"assumed\">{ASSUMED}</p>\n"));
    }
    for left_out in &drawn.drawing.left_out {
        below.push_str(&format!("<p class=\"assumed\">{}</p>\n", escaped(left_out)));
    }
    Ok(Some(format!(
        "<section id=\"canvas\">\n<h2>Canvas</h2>\n<figure>\n<div class=\"pan\" id=\"canvas-in-full\" tabindex=\"0\">\n\
         <svg class=\"canvas\" xmlns=\"http://www.w3.org/2000/svg\" \
         viewBox=\"-{MARGIN} -{MARGIN} {} {}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"The canvas: entities and the links between them\">\n{shapes}</svg>\n</div>\n\
         <figcaption><p class=\"size\"><a href=\"#canvas-in-full\">In full size</a> · <a href=\"#canvas\">Fitted</a></p>\n<ul class=\"legend\">\n{legend}</ul>\n{below}</figcaption>\n</figure>\n</section>\n",
        number(width),
        number(height),
        number(width),
        number(height),
    )))
}

/// An entry of the legend: a sample and what it means.
fn explained(entry: Entry) -> String {
    let mut pen = Recorder::default();
    let frame = Rect { min: crate::graph::Point::default(), max: SIGN };
    entry.draw(&mut pen, frame.expand(-1.0));
    let mut sample = String::new();
    svg::shapes(&pen.shapes, &OfPage, Marked::Groups, &mut sample);
    format!(
        "<li><svg viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" aria-hidden=\"true\">\n{sample}</svg> {2}</li>\n",
        number(SIGN.x),
        number(SIGN.y),
        escaped(&entry.words())
    )
}
