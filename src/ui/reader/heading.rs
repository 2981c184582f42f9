//! What stands above an article's text: its title, and a line on where it comes from.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Context, FontId, Galley};

use super::metrics::Metrics;
use crate::notebook::{Article, Notebook, day_in_words};
use crate::ui::theme::Style;

/// Points above the title, between it and the line below it, and below that.
const ROOM: (f32, f32, f32) = (30.0, 7.0, 20.0);
/// Points above and below the line where the text brings its own title.
const ALONE: (f32, f32) = (26.0, 8.0);

/// The heading of an article, laid out.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The title, unless the text begins with it.
    pub title: Option<Arc<Galley>>,
    /// Publisher, author, date, language.
    pub meta: Arc<Galley>,
    /// The height of all.
    pub height: f32,
}

/// Whether an article's text begins with its title.
pub fn has_own_title(article: &Article) -> bool {
    let title = article.about.title.trim();
    let first = article.text.get(article.text.paragraph(0)).unwrap_or("");
    !title.is_empty()
        && first.len() <= title.len() + 16
        && first.trim().trim_start_matches("# ") == title
}

impl Heading {
    /// Lays it out; the egui context remembers the galleys from frame to frame.
    pub fn new(
        ctx: &Context,
        notebook: &Notebook,
        article: &Article,
        metrics: &Metrics,
        style: &Style,
    ) -> Self {
        let meta = job(
            meta(notebook, article),
            FontId::new(13.0, style.sans.clone()),
            style.muted,
            metrics.column,
        );
        let title = (!has_own_title(article)).then(|| {
            let words = crate::text::shown_name(&article.about.title).into_owned();
            job(words, metrics.title.font.clone(), style.ink, metrics.column)
        });
        let (title, meta) =
            ctx.fonts_mut(|fonts| (title.map(|job| fonts.layout_job(job)), fonts.layout_job(meta)));
        let line = if meta.is_empty() { 0.0 } else { meta.size().y };
        let height = match &title {
            Some(title) => ROOM.0 + title.size().y + ROOM.1 + line + ROOM.2,
            None => ALONE.0 + line + ALONE.1,
        };
        Self { title, meta, height: height.round() }
    }

    /// From the upper edge to the title, and to the line.
    pub fn places(&self) -> (f32, f32) {
        match &self.title {
            Some(title) => (ROOM.0, ROOM.0 + title.size().y + ROOM.1),
            None => (0.0, ALONE.0),
        }
    }
}

fn job(text: String, font: FontId, color: egui::Color32, width: f32) -> LayoutJob {
    let mut job = LayoutJob::single_section(text, TextFormat::simple(font, color));
    job.wrap.max_width = width;
    job.break_on_newline = false;
    job
}

/// “The Verge · Alex Heath · 18 November 2023 · English”, of what is known.
fn meta(notebook: &Notebook, article: &Article) -> String {
    let about = &article.about;
    let publisher = about.publisher.and_then(|id| notebook.entity(id)).map(|e| e.name.clone());
    let parts = [
        publisher.unwrap_or_default(),
        about.author.clone(),
        day_in_words(&about.date),
        language(&about.language),
    ];
    let mut line = String::new();
    for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(&crate::text::shown_name(part));
    }
    line
}

/// A language by its own name; a tag that is not listed as it is.
fn language(tag: &str) -> String {
    let name = match tag.split('-').next().unwrap_or("") {
        "fr" => "français",
        "en" => "English",
        "de" => "Deutsch",
        "es" => "español",
        "it" => "italiano",
        "pt" => "português",
        "nl" => "Nederlands",
        "pl" => "polski",
        "uk" => "українська",
        "ru" => "русский",
        "el" => "ελληνικά",
        "tr" => "Türkçe",
        _ => tag,
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_out_and_other_dates_are_not() {
        assert_eq!(day_in_words("2023-11-19"), "19 November 2023");
        assert_eq!(day_in_words("2023-11~"), "2023-11~");
        assert_eq!(day_in_words("2023-13-19"), "2023-13-19");
        assert_eq!(day_in_words(""), "");
    }

    #[test]
    fn languages_go_by_their_own_name() {
        assert_eq!(language("fr-CA"), "français");
        assert_eq!(language("br"), "br");
        assert_eq!(language(""), "");
    }
}
