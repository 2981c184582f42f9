//! Pictures as files: the canvas, or a part of it, as SVG, PNG and PDF.
//!
//! What is drawn is what the window draws ([`crate::drawing`]); here it is kept as shapes and laid-out words
//! ([`Drawing`]), set on a page with a title and a legend, and written. The same notebook gives the same bytes each time
//! where the same fonts are installed: no day is written but the one asked for.
//!
//! | file | contents |
//! |---|---|
//! | `shapes` | the drawing: shapes and words, in the order in which they lie |
//! | `faces`, `typeset` | which font has a glyph, and words laid out in it |
//! | `canvas` | the canvas as a drawing |
//! | `timeline` | the timeline as a drawing |
//! | `page` | title, day, legend and what was left out, around it |
//! | `embedded`, `base64` | the fonts of an SVG, in part, and as text |
//! | `svg`, `png`, `pdf` | writers |

mod base64;
mod canvas;
mod embedded;
mod faces;
mod page;
mod pdf;
mod png;
mod shapes;
pub mod svg;
mod timeline;
mod typeset;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::drawing::{self, Entry, Inks, Palette, SIGNS};
use crate::inquiry::sources::{AllSources, WhatIf};
use crate::inquiry::{Emphasis, Filtered};
use crate::notebook::{CardId, EntityId, LinkId, Notebook};
use crate::scene::Scene;
use crate::timeline::LaneBy;

/// No more names are listed than this, of those that lack glyphs.
const MOST_LISTED: usize = 8;

pub use base64::base64;
pub use faces::Faces;
pub use shapes::{Closed, Drawing, Glyph, Laid, Recorder, Run, Shape, Subject, Words};
pub use typeset::Typesetter;

/// How much larger or smaller a picture can be than at 100 %.
pub const SCALES: (f32, f32) = (0.05, 20.0);

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The whole canvas.
    Canvas,
    /// A part of it: what a named view shows, or what is selected.
    Part(Part),
    /// The timeline.
    Timeline {
        /// What its lanes are made by.
        lanes: LaneBy,
        /// Whether statements stand on it.
        statements: bool,
    },
}

/// A part of the canvas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Its entities, sorted.
    pub entities: Vec<EntityId>,
    /// Its links, derived ones included, sorted.
    pub links: Vec<LinkId>,
    /// Its note cards.
    pub cards: BTreeSet<CardId>,
}

/// How it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// In the dark theme.
    pub dark: bool,
    /// Above the drawing; empty for nothing.
    pub title: String,
    /// The day written below the title; empty for none.
    pub day: String,
    /// Whether it has a legend.
    pub legend: bool,
    /// How much larger it is than at 100 %: see [`SCALES`].
    pub scale: f32,
}

impl Default for Look {
    fn default() -> Self {
        let (title, day) = (String::new(), String::new());
        Self { dark: false, title, day, legend: false, scale: 1.0 }
    }
}

/// A format of pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Scalable Vector Graphics.
    #[default]
    Svg,
    /// Portable Network Graphics.
    Png,
    /// Portable Document Format.
    Pdf,
}

impl Format {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Pdf];

    /// The ending of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// What it is for.
    #[must_use]
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Svg => {
                "For web pages, and to be worked on in a drawing program; text stays text, with its fonts for browsers"
            }
            Self::Png => "Pixels: for messages, slides and everything else",
            Self::Pdf => "For print; text stays text, with its fonts",
        }
    }

    /// The format that a file's ending asks for.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PictureError {
    /// On request.
    #[error("the picture was cancelled; nothing was written")]
    Cancelled,
    /// Nothing is there to be drawn.
    #[error(
        "there is nothing to draw: no entity and no note card stands on this part of the canvas"
    )]
    Nothing,
    /// Nothing on the timeline has a date.
    #[error("there is no timeline to draw: no event and no article has a date")]
    NoTimeline,
    /// It would be too large.
    #[error(
        "the picture would be too large for {format} ({width} × {height}): choose a scale of at most {at_most}, or SVG"
    )]
    TooLarge {
        /// The format.
        format: &'static str,
        /// The width it would have.
        width: u64,
        /// The height it would have.
        height: u64,
        /// The largest scale that will do.
        at_most: f32,
    },
    /// The writer of a format failed.
    #[error("the picture could not be written as {0}")]
    Failed(String),
}

/// A picture, ready to be written.
#[derive(Debug)]
pub struct Picture {
    drawing: Drawing,
    inks: Inks,
    faces: Faces,
    scale: f32,
}

impl Picture {
    /// Draws part of a notebook. Linear in what is drawn, and in the whole for the sources of claims: a job.
    ///
    /// # Errors
    /// See [`PictureError`].
    pub fn of(
        notebook: &Notebook,
        what: &What,
        look: &Look,
        mut faces: Faces,
        stop: &dyn Fn() -> bool,
    ) -> Result<Self, PictureError> {
        let mut letters = Typesetter::new(&mut faces);
        let mut around = page::Around {
            title: look.title.trim().to_owned(),
            day: look.day.trim().to_owned(),
            ..page::Around::default()
        };
        let drawn = match what {
            What::Timeline { lanes, statements } => {
                let ended =
                    || if stop() { PictureError::Cancelled } else { PictureError::NoTimeline };
                let (drawing, entries) =
                    timeline::draw(notebook, *lanes, *statements, &mut letters, stop)
                        .ok_or_else(ended)?;
                around.legend = look.legend.then_some(entries);
                drawing
            }
            What::Canvas | What::Part(_) => {
                let part = if let What::Part(part) = what { Some(part) } else { None };
                let drawn = draw(notebook, part, &mut letters, stop)?;
                around.legend = look.legend.then(|| drawn.entries.clone());
                around.said = drawn.said();
                drawn.drawing
            }
        };
        let drawing = around.page(drawn, &mut letters);
        let scale = look.scale.clamp(SCALES.0, SCALES.1);
        Ok(Self { drawing, inks: Inks::new(&Palette::of(look.dark)), faces, scale })
    }

    /// The drawing.
    #[must_use]
    pub const fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    /// Its colours.
    #[must_use]
    pub const fn inks(&self) -> &Inks {
        &self.inks
    }

    /// What was left out, in words.
    #[must_use]
    pub fn left_out(&self) -> &[String] {
        &self.drawing.left_out
    }

    /// The characters for which no installed font has a glyph, each once; a question mark stands for them in PNG and PDF.
    #[must_use]
    pub fn without_glyph(&self) -> Vec<&str> {
        self.faces.missing().iter().map(String::as_str).collect()
    }

    /// The names that hold such characters, each once, in order.
    #[must_use]
    pub fn names_without_glyph(&self) -> Vec<String> {
        let missing = self.faces.missing();
        if missing.is_empty() {
            return Vec::new();
        }
        let lacks = |text: &str| text.graphemes(true).any(|cluster| missing.contains(cluster));
        // A name may be set in several lines.
        let names = self.drawing.shapes.iter().filter_map(|shape| match shape {
            Shape::Words(words) if words.lines.iter().any(|line| lacks(&line.text)) => {
                let lines: Vec<&str> = words.lines.iter().map(|line| line.text.as_str()).collect();
                Some(lines.join(" "))
            }
            _ => None,
        });
        let mut found: Vec<String> = names.collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What is to be said of such names; `None` where every name can be written.
    #[must_use]
    pub fn about_names_without_glyph(&self) -> Option<String> {
        let names = self.names_without_glyph();
        let listed: Vec<String> =
            names.iter().take(MOST_LISTED).map(|name| format!("“{name}”")).collect();
        if listed.is_empty() {
            return None;
        }
        let more = match names.len() - listed.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Some(format!(
            "No installed font has every character of {}{more}: in PNG and PDF “?” stands for what is missing. Install a \
             font for their script.",
            listed.join(", ")
        ))
    }

    /// The picture as a file.
    ///
    /// # Errors
    /// See [`PictureError`].
    pub fn write(&self, format: Format, stop: &dyn Fn() -> bool) -> Result<Vec<u8>, PictureError> {
        let (drawing, inks, faces) = (&self.drawing, &self.inks, &self.faces);
        match format {
            Format::Svg => {
                let fonts = embedded::rules(drawing, faces, stop).ok_or(PictureError::Cancelled)?;
                let families = faces.families();
                Ok(svg::file(drawing, inks, &families, &fonts, self.scale).into_bytes())
            }
            Format::Png => {
                let pixels = self.pixmap(stop)?;
                pixels.encode_png().map_err(|error| PictureError::Failed(format!("PNG: {error}")))
            }
            Format::Pdf => {
                pdf::file(drawing, inks, faces, self.scale, stop).map_err(|failed| match failed {
                    pdf::Failed::Stopped => PictureError::Cancelled,
                    pdf::Failed::TooLarge => self.too_large("PDF", pdf::LONGEST / 0.75, f32::MAX),
                    pdf::Failed::Writer(why) => PictureError::Failed(format!("PDF: {why}")),
                })
            }
        }
    }

    /// The picture in pixels, for the clipboard: width, height, and red, green, blue and opacity of each, row by row.
    ///
    /// # Errors
    /// See [`PictureError`].
    pub fn pixels(&self, stop: &dyn Fn() -> bool) -> Result<(usize, usize, Vec<u8>), PictureError> {
        let pixmap = self.pixmap(stop)?;
        let size = (pixmap.width() as usize, pixmap.height() as usize);
        // The ground is opaque, and so is every pixel over it.
        Ok((size.0, size.1, pixmap.take_demultiplied()))
    }

    fn pixmap(&self, stop: &dyn Fn() -> bool) -> Result<tiny_skia::Pixmap, PictureError> {
        if png::pixels(self.drawing.size, self.scale).is_none() {
            return Err(self.too_large("PNG", png::MOST_ALONG, png::MOST_PIXELS));
        }
        png::painted(&self.drawing, &self.inks, &self.faces, self.scale, stop)
            .ok_or(PictureError::Cancelled)
    }

    fn too_large(&self, format: &'static str, along: f32, area: f32) -> PictureError {
        let size = self.drawing.size;
        let at_most = (along / size.x.max(size.y)).min((area / (size.x * size.y)).sqrt());
        PictureError::TooLarge {
            format,
            width: (size.x * self.scale) as u64,
            height: (size.y * self.scale) as u64,
            at_most: (at_most * 100.0).floor() / 100.0,
        }
    }
}

/// The canvas as it was drawn, with what a legend of it explains.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Shapes and words, with their upper left corner at the origin.
    pub drawing: Drawing,
    /// What there is to explain.
    pub entries: BTreeSet<Entry>,
    /// Whether any claim has its figures.
    pub figures: bool,
}

impl Drawn {
    /// What a legend says in words alone.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        let signs = if self.figures { SIGNS } else { &[] };
        signs.iter().map(|words| (*words).to_owned()).collect()
    }
}

/// Draws the canvas, or a part of it, without a page around it.
///
/// # Errors
/// See [`PictureError`].
pub fn draw(
    notebook: &Notebook,
    part: Option<&Part>,
    letters: &mut Typesetter<'_>,
    stop: &dyn Fn() -> bool,
) -> Result<Drawn, PictureError> {
    let ended = || if stop() { PictureError::Cancelled } else { PictureError::Nothing };
    let mut scene = Scene::of_unless(notebook, 1, stop).ok_or(PictureError::Cancelled)?;
    if let Some(part) = part {
        let shown = Filtered { entities: part.entities.clone(), links: part.links.clone() };
        let all = scene.nodes.len();
        let emphasis = Emphasis { shown: Some(shown), lit: None, paths: None, all };
        scene.apply_sight(Some(&Arc::new(emphasis)));
    }
    let sources = if canvas::is_crowded(&scene) {
        None
    } else {
        Some(AllSources::new(notebook, &WhatIf::default(), stop).ok_or(PictureError::Cancelled)?)
    };
    let mut view = canvas::View {
        scene: &mut scene,
        cards: part.map(|part| &part.cards),
        sources: sources.as_ref(),
        stop,
    };
    let drawn = view.draw(letters).ok_or_else(ended)?;
    let mut entries = drawing::entries(&scene, drawn.part);
    if part.is_some_and(|part| part.cards.is_empty()) {
        entries.remove(&Entry::Note);
    }
    Ok(Drawn { drawing: drawn.drawing, entries, figures: drawn.figures })
}
