//! What came of opening many files at once: near copies, what failed and why, what is the same as an article, what was
//! left out. However many there are, only the rows in view are laid out.

use std::borrow::Cow;

use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, vec2};

use super::{Page, PageFrame, first_button, title};
use crate::app::questions::GatheringSummary;
use crate::app::{Answer, Gathering, Intent, OpenNotebook, Program, SessionIntent};
use crate::article::gather::NotRead;
use crate::inquiry::NearCopy;
use crate::notebook::{ArticleId, Notebook};
use crate::text::shown_name;
use crate::ui::theme::Style;
use crate::ui::widgets::{body, counted, cut, named, paint_heading};

/// The height of a row, in points: what it is, and below it why.
const ROW: f32 = 42.0;
/// That of a heading with the gap above it; the first has none.
const HEADING: f32 = 40.0;
const FIRST: f32 = 26.0;
/// The room that the buttons of a near copy take.
const BUTTONS: f32 = 300.0;

/// The page.
pub struct GatheringPage;

/// A row of the page.
enum Row<'a> {
    Heading(String),
    Near(&'a NearCopy),
    Line { what: Cow<'a, str>, why: Cow<'a, str> },
}

impl Row<'_> {
    /// Its height, in points, as the row at this place.
    const fn height(&self, at: usize) -> f32 {
        match self {
            Self::Heading(_) if at == 0 => FIRST,
            Self::Heading(_) => HEADING,
            _ => ROW,
        }
    }
}

/// The height of all rows, in points.
fn bottom(rows: &[Row<'_>]) -> f32 {
    rows.iter().enumerate().map(|(at, row)| row.height(at)).sum()
}

impl Page for GatheringPage {
    type Question = GatheringSummary;

    fn open(_: &GatheringSummary, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, _: &GatheringSummary, frame: &mut PageFrame<'_>) {
        let Some(book) = frame.program.open_notebook() else { return };
        let Some(gathering) = book.gathering() else { return };
        let style = frame.style;
        let screen = ui.ctx().content_rect();
        ui.set_width((screen.width() - 80.0).min(780.0));
        title(ui, style, &format!("Opened from “{}”", gathering.what));
        ui.label(summary(gathering));
        if gathering.opened.is_empty() && !gathering.has_news() {
            ui.label(RichText::new("There is no file in it that could be one.").color(style.muted));
        }
        if let Some(limit) = &gathering.limit {
            ui.label(RichText::new(limit).color(style.accent));
        }
        let rows = rows(gathering, book.notebook());
        if !rows.is_empty() {
            ui.add_space(6.0);
            let height = (screen.height() - 270.0).clamp(ROW, 460.0);
            egui::Frame::new()
                .fill(style.surface)
                .stroke(egui::Stroke::new(1.0, style.lines))
                .corner_radius(6)
                .inner_margin(8)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    let area = egui::ScrollArea::vertical().max_height(height);
                    area.auto_shrink([false, true]).show_viewport(ui, |ui, seen| {
                        let (_, whole) =
                            ui.allocate_space(vec2(ui.available_width(), bottom(&rows)));
                        let mut top = 0.0;
                        for (at, row) in rows.iter().enumerate() {
                            let range = egui::Rangef::new(top, top + row.height(at));
                            top = range.max;
                            if range.intersects(seen.y_range()) {
                                let y = egui::Rangef::new(
                                    whole.top() + range.min,
                                    whole.top() + range.max,
                                );
                                let rect = Rect::from_x_y_ranges(whole.x_range(), y);
                                draw(ui, row, rect, book, gathering, style, frame.out);
                            }
                        }
                    });
                });
        }
        ui.add_space(10.0);
        buttons(ui, gathering, book, &rows, frame);
    }
}

/// The figures.
fn summary(gathering: &Gathering) -> String {
    let mut said = match gathering.opened.len() {
        0 => "No article was opened.".to_owned(),
        n => format!("{} opened, as one step of undo.", counted(n, "article")),
    };
    let failed = gathering.failed.len();
    if failed > 0 {
        said.push_str(&format!(" {} could not be read.", counted(failed, "file")));
    }
    said
}

/// The near copies of which nothing was decided yet: both are there.
fn undecided<'a>(
    gathering: &'a Gathering,
    notebook: &'a Notebook,
) -> impl Iterator<Item = &'a NearCopy> {
    let there = |id| notebook.article(id).is_some();
    gathering.near.iter().filter(move |near| {
        there(near.article) && there(near.of) && !gathering.kept.contains(&near.article)
    })
}

fn title_of(notebook: &Notebook, id: ArticleId) -> String {
    notebook.article(id).map_or_else(
        || "an article that was removed".to_owned(),
        |article| format!("“{}”", crate::text::shortened(&article.about.title)),
    )
}

/// The title of one of two near copies, also where it was removed.
fn title_near(gathering: &Gathering, notebook: &Notebook, id: ArticleId) -> String {
    match gathering.titles.get(&id).filter(|_| notebook.article(id).is_none()) {
        Some(title) => format!("“{}”", crate::text::shortened(title)),
        None => title_of(notebook, id),
    }
}

fn rows<'a>(gathering: &'a Gathering, notebook: &Notebook) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    if !gathering.near.is_empty() {
        rows.push(Row::Heading(format!("Near copies ({})", gathering.near.len())));
        rows.extend(gathering.near.iter().map(Row::Near));
    }
    let not_read = |rows: &mut Vec<Row<'a>>, heading: &str, all: &'a [NotRead]| {
        if !all.is_empty() {
            rows.push(Row::Heading(format!("{heading} ({})", all.len())));
            rows.extend(all.iter().map(|it| Row::Line {
                what: Cow::Borrowed(&it.name),
                why: Cow::Borrowed(&it.why),
            }));
        }
    };
    not_read(&mut rows, "Could not be read", &gathering.failed);
    if !gathering.doubtful.is_empty() {
        rows.push(Row::Heading(format!("To be looked at ({})", gathering.doubtful.len())));
        rows.extend(gathering.doubtful.iter().map(|(id, doubt)| Row::Line {
            what: title_of(notebook, *id).into(),
            why: format!("It {doubt}. Its details offer other readings.").into(),
        }));
    }
    if !gathering.identical.is_empty() {
        let count = gathering.identical.len();
        rows.push(Row::Heading(format!("The same as an article, not opened twice ({count})")));
        rows.extend(gathering.identical.iter().map(|(name, of)| Row::Line {
            what: Cow::Borrowed(name),
            why: format!("It has the same content as {}.", title_of(notebook, *of)).into(),
        }));
    }
    not_read(&mut rows, "Left out", &gathering.left_out);
    rows
}

fn draw(
    ui: &mut Ui,
    row: &Row<'_>,
    rect: Rect,
    book: &OpenNotebook,
    gathering: &Gathering,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    match row {
        Row::Heading(text) => {
            let words = rect.with_min_y(rect.bottom() - FIRST).shrink2(vec2(6.0, 2.0));
            let response = ui.interact(words, ui.scope_id().with(text), egui::Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, text));
            paint_heading(ui, style, words, text);
        }
        Row::Line { what, why } => two_lines(ui, rect, what, why, style),
        Row::Near(near) => near_copy(ui, rect, near, book, gathering, style, out),
    }
}

/// What it is, and below it why; both cut where they are too long, and whole under the pointer.
fn two_lines(ui: &mut Ui, rect: Rect, what: &str, why: &str, style: &Style) {
    let width = (rect.width() - 12.0).max(40.0);
    let what = shown_name(what);
    let why = shown_name(why);
    let id = ui.scope_id().with((rect.top().round() as i64, &*what));
    let response = ui.interact(rect, id, egui::Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{what}: {why}"))
    });
    let first = cut(ui, &what, body(style), style.ink, width);
    let second = cut(ui, &why, style.small(), style.muted, width);
    let at = rect.min + vec2(6.0, 4.0);
    let below = at + vec2(0.0, first.size().y + 1.0);
    ui.painter().galley(at, first, style.ink);
    ui.painter().galley(below, second, style.muted);
    response.on_hover_text(format!("{what}\n{why}"));
}

fn near_copy(
    ui: &mut Ui,
    rect: Rect,
    near: &NearCopy,
    book: &OpenNotebook,
    gathering: &Gathering,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    let notebook = book.notebook();
    let how = match near.share {
        share if share >= 1.0 => "The same text as",
        _ => "",
    };
    let other = title_near(gathering, notebook, near.of);
    let why = if how.is_empty() {
        format!("{} with {other}", near.in_words())
    } else {
        format!("{how} {other}, from another file")
    };
    let there = notebook.article(near.article).is_some();
    let what = title_near(gathering, notebook, near.article);
    let words = rect.with_max_x(rect.right() - BUTTONS);
    two_lines(ui, words, &what, &why, style);
    // Clear of the scroll bar.
    let at = Rect::from_min_max(words.right_top(), rect.max - vec2(14.0, 0.0));
    let right = UiBuilder::new()
        .id_salt(("near", near.article))
        .max_rect(at)
        .layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(right, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let undecided = undecided(gathering, notebook).any(|it| it.article == near.article);
        if !undecided {
            let said = if there && notebook.article(near.of).is_some() {
                "both kept"
            } else {
                "one removed; Undo brings it back"
            };
            ui.label(RichText::new(said).font(style.small()).color(style.muted));
            return;
        }
        let may_change = book.read_only().is_none();
        let mut button = |ui: &mut Ui, text: &str, does: String, on: bool, intent| {
            let response = ui.add_enabled(on, egui::Button::new(text).small());
            named(ui, &response, &shown_name(&does));
            if response.clicked() {
                out.push(Intent::Session(intent));
            }
        };
        let remove = SessionIntent::RemoveArticles(vec![near.article]);
        button(ui, "Remove it", format!("Remove {what}, {why}"), may_change, remove);
        let keep = SessionIntent::KeepCopies(vec![near.article]);
        button(ui, "Keep both", format!("Keep both: {what}, {why}"), true, keep);
        let beside = SessionIntent::ShowSideBySide(near.of, near.article);
        button(ui, "Side by side", format!("Side by side: {what}, {why}"), true, beside);
    });
}

fn buttons(
    ui: &mut Ui,
    gathering: &Gathering,
    book: &OpenNotebook,
    rows: &[Row<'_>],
    frame: &mut PageFrame<'_>,
) {
    ui.horizontal_wrapped(|ui| {
        if first_button(ui, "Close").clicked() {
            frame.out.push(Intent::Answer(Answer::Cancel));
        }
        let open: Vec<ArticleId> =
            undecided(gathering, book.notebook()).map(|near| near.article).collect();
        if open.len() > 1 {
            let text = format!("Remove all {} near copies", open.len());
            let hint = "In one step of undo. Of each group of copies the first one stays.";
            let may_change = book.read_only().is_none();
            let remove = ui.add_enabled(may_change, egui::Button::new(text)).on_hover_text(hint);
            if remove.clicked() {
                frame.out.push(Intent::Session(SessionIntent::RemoveArticles(open)));
            }
        }
        if !rows.is_empty() && ui.button("Copy the list").clicked() {
            ui.ctx().copy_text(as_text(gathering, rows, book.notebook()));
        }
    });
}

/// The whole page as text, a line for each row.
fn as_text(gathering: &Gathering, rows: &[Row<'_>], notebook: &Notebook) -> String {
    let mut text = summary(gathering);
    for line in gathering.limit.iter() {
        text.push('\n');
        text.push_str(line);
    }
    for row in rows {
        text.push('\n');
        match row {
            Row::Heading(heading) => {
                text.push('\n');
                text.push_str(heading);
            }
            Row::Near(near) => {
                let title = |id| title_near(gathering, notebook, id);
                let (what, of) = (title(near.article), title(near.of));
                text.push_str(&format!("{what}\t{}\t{of}", near.in_words()));
            }
            Row::Line { what, why } => text.push_str(&format!("{what}\t{why}")),
        }
    }
    text
}
