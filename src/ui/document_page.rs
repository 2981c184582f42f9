//! The page of a PDF beside its text: drawn by the process that reads documents, with the selected words marked.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{
    Color32, ColorImage, CornerRadius, Rect, RichText, ScrollArea, Sense, TextureHandle,
    TextureOptions, Ui, pos2, vec2,
};
use egui_material_icons::icons::{ICON_CHEVRON_LEFT, ICON_CHEVRON_RIGHT};

use super::panes::{PaneFrame, PaneView};
use super::stopped::stopped;
use super::widgets::icon_button;
use crate::app::{Intent, OpenNotebook, Pane, PaneFacts, ReadingIntent, shortcut};
use crate::article::document::{PageAt, PageImage};
use crate::article::draw_page;
use crate::job::{Derived, Job};
use crate::notebook::{Article, ArticleId};

static FACTS: PaneFacts = PaneFacts::new("page", "Page")
    .command("The page of a PDF that the text cursor is on, as it looks in the file")
    .key(shortcut("P").ctrl().alt())
    .behind(Pane::CANVAS);

/// The pane.
pub const PANE: Pane = Pane::of(&FACTS);

/// Pictures are drawn for widths of so many pixels and its multiples, so that dragging the pane's edge draws few.
const STEP: f32 = 256.0;
/// The widest picture, in pixels.
const WIDEST: f32 = 2048.0;

/// What a picture is made for: the article, its file's SHA-256, the page, the width in pixels.
type MadeFor = (ArticleId, String, PageAt, u32);

/// The pane's state.
#[derive(Default)]
pub struct DocumentPage {
    made: Derived<MadeFor, Result<PageImage, String>>,
    /// The picture on the graphics card, and what it was made of.
    texture: Option<(Arc<Result<PageImage, String>>, TextureHandle)>,
    /// Where the text cursor was when the page was chosen by it: another place chooses again.
    followed: Option<(ArticleId, usize)>,
    at: Option<PageAt>,
}

impl PaneView for DocumentPage {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        let style = frame.style;
        let Some((id, article)) =
            frame.book.article().and_then(|id| Some((id, frame.book.notebook().article(id)?)))
        else {
            said(ui, frame, "No article is open.");
            return;
        };
        if article.origin.structure.pages.is_empty() {
            said(ui, frame, "This article has no pages: it was not read from a PDF.");
            return;
        }
        let Some(path) = frame.book.file_with_pages(id) else {
            said(
                ui,
                frame,
                "The file of this article is not known here. Open it again, and its pages can be shown.",
            );
            return;
        };
        self.follow(frame.book, id);
        self.ask(ui, frame.book, id, article, path);
        let shown = self.made.value().map(Arc::clone);
        let place = match shown.as_deref() {
            Some(Ok(image)) => Some(image.place.clone()),
            _ => None,
        };
        ui.horizontal(|ui| {
            frame.grip(ui);
            let number = place.as_ref().map(|place| place.number);
            let before = number.and_then(|number| number.checked_sub(1));
            let count = place.as_ref().map_or(0, |place| place.count);
            let after = number.map(|number| number + 1).filter(|number| *number < count);
            for (icon, name, to) in [
                (ICON_CHEVRON_LEFT, "Page before", before),
                (ICON_CHEVRON_RIGHT, "Next page", after),
            ] {
                let button =
                    ui.add_enabled_ui(to.is_some(), |ui| icon_button(ui, style, icon, name)).inner;
                if let Some(to) = to.filter(|_| button.clicked()) {
                    self.at = Some(PageAt::Number(to));
                }
            }
            if let Some(place) = &place {
                let number = (u64::from(place.number) + 1).to_string();
                let words = if place.label.is_empty() || place.label == number {
                    format!("p. {number} of {}", place.count)
                } else {
                    let label = crate::text::shown_name(&place.label);
                    format!("p. {label} ({number} of {})", place.count)
                };
                ui.label(RichText::new(words).color(style.muted));
            }
            if self.made.is_pending() {
                ui.spinner();
            }
        });
        if self.made.was_stopped()
            && stopped(ui, style, "Drawing the page was stopped.", "Try again")
        {
            self.made.retry();
        }
        match shown.as_deref() {
            Some(Err(why)) => {
                ui.add_space(8.0);
                let why = egui::Label::new(RichText::new(why).color(style.ink)).wrap();
                ui.add(why);
            }
            Some(Ok(image)) => {
                if let Some(shown) = &shown {
                    self.picture(ui, frame, id, shown, image);
                }
            }
            None => {}
        }
    }
}

impl DocumentPage {
    /// Goes to the page that the text cursor is on, when it moved.
    fn follow(&mut self, book: &OpenNotebook, id: ArticleId) {
        let byte = book.caret(id).range().start;
        if self.followed != Some((id, byte)) {
            self.followed = Some((id, byte));
            // The page that is shown already needs no other picture.
            let there = match self.made.value().map(|made| &**made) {
                Some(Ok(image)) if self.made.key().is_some_and(|key| key.0 == id) => {
                    image.words.iter().any(|word| word.range.contains(&byte))
                }
                _ => false,
            };
            if !there || self.at.is_none() {
                self.at = Some(PageAt::Byte(byte));
            }
        }
    }

    fn ask(
        &mut self,
        ui: &Ui,
        book: &OpenNotebook,
        id: ArticleId,
        article: &Article,
        path: PathBuf,
    ) {
        self.made.take();
        let pixels = ui.available_width() * ui.ctx().pixels_per_point();
        let width = ((pixels / STEP).ceil() * STEP).clamp(STEP, WIDEST);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let width = width as u32;
        let Some(at) = self.at else { return };
        let sha256 = article.origin.sha256.clone();
        let key = (id, sha256.clone(), at, width);
        self.made.ask(book.pool(), key, Job::compute("Drawing the page"), move |handle| {
            let drawn = draw_page(&path, &sha256, at, width, &|| handle.is_cancelled());
            drawn.map_err(|error| error.to_string())
        });
    }

    /// The picture, the selected words marked on it; a click puts the text cursor there.
    fn picture(
        &mut self,
        ui: &mut Ui,
        frame: &mut PaneFrame<'_>,
        id: ArticleId,
        shown: &Arc<Result<PageImage, String>>,
        image: &PageImage,
    ) {
        let same = self.texture.as_ref().is_some_and(|(of, _)| Arc::ptr_eq(of, shown));
        if !same {
            let size = [image.width as usize, image.height as usize];
            let pixels = ColorImage::from_rgba_unmultiplied(size, &image.rgba);
            let texture = ui.ctx().load_texture("page", pixels, TextureOptions::LINEAR);
            self.texture = Some((Arc::clone(shown), texture));
        }
        let Some((_, texture)) = &self.texture else { return };
        let selected = frame.book.caret(id).range();
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let wide = ui.available_width();
            #[allow(clippy::cast_precision_loss, reason = "pixels of a picture")]
            let (width, height) = (image.width as f32, image.height as f32);
            let scale = wide / width;
            let (rect, response) =
                ui.allocate_exact_size(vec2(wide, height * scale), Sense::click());
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
            let label = &image.place.label;
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Image, true, format!("Page {label}"))
            });
            for word in &image.words {
                let marked = if selected.is_empty() {
                    word.range.contains(&selected.start)
                } else {
                    word.range.start < selected.end && selected.start < word.range.end
                };
                if marked {
                    let area = Rect::from_min_max(
                        rect.min + vec2(word.left, word.top) * scale,
                        rect.min + vec2(word.right, word.bottom) * scale,
                    );
                    let strong = if selected.is_empty() { 0.25 } else { 0.4 };
                    let ground = frame.style.accent.gamma_multiply(strong);
                    ui.painter().rect_filled(area.expand(1.0), CornerRadius::same(2), ground);
                }
            }
            if let Some(at) = response.interact_pointer_pos().filter(|_| response.clicked()) {
                let at = (at - rect.min) / scale;
                let word = image.words.iter().find(|word| {
                    (word.left..=word.right).contains(&at.x)
                        && (word.top..=word.bottom).contains(&at.y)
                });
                if let Some(word) = word {
                    let place = ReadingIntent::GoToPlace(id, word.range.clone());
                    frame.out.push(Intent::Reading(place));
                }
            }
        });
    }
}

fn said(ui: &mut Ui, frame: &mut PaneFrame<'_>, words: &str) {
    ui.horizontal(|ui| {
        frame.grip(ui);
        let label = egui::Label::new(RichText::new(words).color(frame.style.muted)).wrap();
        ui.add(label);
    });
}
