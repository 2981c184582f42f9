//! The command palette: every command, entity and article, and words in the articles, found by typing.

mod places;

use egui::{Align2, Context, Key, Modifiers, RichText, Sense, Ui, Vec2};
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use self::places::Places;
use super::{Page, PageFrame};
use crate::app::questions::Palette;
use crate::app::{
    Answer, ChartingIntent, Command, Intent, OnCanvas, Program, ReadingIntent, Selection,
};
use crate::inquiry::fuzzy;
use crate::notebook::{ArticleId, CardId, EntityId, GroupId, Notebook, ViewId};
use crate::text::shown_name;
use crate::ui::kind_icons;
use crate::ui::theme::Style;

const WIDTH: f32 = 560.0;
const ROW: f32 = 30.0;
const ROWS: usize = 12;
/// So many where places in the articles stand below them.
const ROWS_ABOVE_PLACES: usize = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Command(Command),
    Entity(EntityId),
    Article(ArticleId),
    View(ViewId),
    Group(GroupId),
    Card(CardId),
}

/// What its field asks for.
const fn prompt(offers: Palette) -> &'static str {
    match offers {
        Palette::Everything => "Search or run a command",
        Palette::OnCanvas => "Find an entity, group or note on the canvas",
        Palette::Groups => "Choose a group",
    }
}

/// What a group or a note card is called in a list.
fn words(text: &str, without: &str) -> String {
    const LONGEST: usize = 80;
    let first = text.trim().lines().next().unwrap_or_default();
    if first.is_empty() { without.to_owned() } else { first.chars().take(LONGEST).collect() }
}

fn group_words(notebook: &Notebook, id: GroupId) -> String {
    words(notebook.groups().get(&id).map_or("", |group| &group.title), "Untitled group")
}

fn card_words(notebook: &Notebook, id: CardId) -> String {
    words(notebook.cards().get(&id).map_or("", |card| &card.text), "Empty note")
}

/// What is typed into the palette, and what was found.
pub struct PalettePage {
    text: String,
    highlighted: usize,
    rows: Vec<Row>,
    made_for: Option<(u64, String)>,
    places: Places,
    offers: Palette,
}

impl Page for PalettePage {
    type Question = Palette;

    fn open(offers: &Palette, _: &Program) -> Self {
        Self {
            text: String::new(),
            highlighted: 0,
            rows: Vec::new(),
            made_for: None,
            places: Places::default(),
            offers: *offers,
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &Palette, frame: &mut PageFrame<'_>) {
        self.list(ui, frame.program, frame.style, frame.out);
    }

    fn show(&mut self, ctx: &Context, question: &Palette, frame: &mut PageFrame<'_>) {
        let (program, style, just_opened) = (frame.program, frame.style, frame.just_opened);
        self.refresh(program, frame.out);
        let (down, up, enter) = ctx.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let area = egui::Modal::default_area(egui::Id::unique("palette"))
            .anchor(Align2::CENTER_TOP, Vec2::new(0.0, 60.0));
        let modal = egui::Modal::new(egui::Id::unique("palette"))
            .area(area)
            .backdrop_color(egui::Color32::from_black_alpha(if style.dark { 110 } else { 50 }))
            .show(ctx, |ui| {
                ui.set_width(WIDTH.min(ctx.content_rect().width() - 40.0));
                let prompt = prompt(self.offers);
                let field = ui.add(
                    crate::ui::limits::line(&mut self.text)
                        .hint_text(prompt)
                        .with(|edit| edit.margin(egui::Margin::symmetric(10, 8)))
                        .desired_width(f32::INFINITY),
                );
                field.widget_info(|| {
                    crate::ui::text_fields::text_field(&self.text, &self.text, prompt)
                });
                if just_opened {
                    field.request_focus();
                }
                // What was typed comes before the keys: a slow frame holds both, and Enter means what it finds.
                self.refresh(program, frame.out);
                let count = self.count();
                if count > 0 {
                    if down {
                        self.highlighted = (self.highlighted + 1) % count;
                    }
                    if up {
                        self.highlighted = (self.highlighted + count - 1) % count;
                    }
                }
                if enter {
                    self.take(self.highlighted, frame.out);
                }
                ui.add_space(4.0);
                self.ui(ui, question, frame);
            });
        if modal.backdrop_response.clicked() {
            frame.out.push(Intent::Cancel);
        }
    }
}

impl PalettePage {
    /// How many rows there are to choose from.
    fn count(&self) -> usize {
        self.rows.len() + self.places.len()
    }

    fn refresh(&mut self, program: &Program, out: &mut Vec<Intent>) {
        self.places.refresh(program);
        self.highlighted = self.highlighted.min(self.count().saturating_sub(1));
        let revision = program.open_notebook().map_or(0, |book| book.notebook().revision());
        let key = (revision, self.text.clone());
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        self.made_for = Some(key);
        self.highlighted = 0;
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::new(
            self.text.trim(),
            CaseMatching::Ignore,
            Normalization::Smart,
            AtomKind::Fuzzy,
        );
        let mut buffer = Vec::new();
        let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
        let everything = self.offers == Palette::Everything;
        if everything {
            self.places.look_for(&self.text, program, out);
            self.places.refresh(program);
        }
        let commands = if everything { program.commands() } else { Vec::new() };
        let mut found: Vec<(u32, Row)> = commands
            .iter()
            .filter_map(|command| {
                let text = format!("{} {}", command.full_text(), command.menu().label());
                // What can be done now stands before what cannot.
                let bonus = if program.is_enabled(*command) { 20 } else { 0 };
                Some((score(&text)? + bonus, Row::Command(*command)))
            })
            .collect();
        let typed = !self.text.trim().is_empty();
        if let Some(book) = program.open_notebook()
            && (typed || self.offers == Palette::Groups)
        {
            let notebook = book.notebook();
            if self.offers != Palette::Groups {
                for (id, alias) in fuzzy(notebook, None, self.text.trim()).into_iter().take(60) {
                    let name = alias.as_deref().unwrap_or_else(|| notebook.name(id));
                    found.push((score(name).unwrap_or(0) + 10, Row::Entity(id)));
                }
                found.extend(
                    notebook
                        .cards()
                        .iter()
                        .filter_map(|(id, card)| Some((score(&card.text)?, Row::Card(*id)))),
                );
            }
            found.extend(notebook.groups().keys().filter_map(|id| {
                Some((score(&group_words(notebook, *id))? + 10, Row::Group(*id)))
            }));
            if everything {
                for id in notebook.articles_in_order() {
                    if let Some(points) =
                        notebook.article(id).and_then(|article| score(&article.about.title))
                    {
                        found.push((points, Row::Article(id)));
                    }
                }
                let views = notebook.views().iter();
                found.extend(
                    views.filter_map(|(id, view)| Some((score(&view.name)? + 10, Row::View(*id)))),
                );
            }
            found.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        }
        self.rows = found.into_iter().map(|(_, row)| row).collect();
    }

    fn take(&self, row: usize, out: &mut Vec<Intent>) {
        let Some(row) = self.rows.get(row) else {
            return self.places.take(row - self.rows.len(), out);
        };
        out.push(Intent::Answer(Answer::Cancel));
        match row {
            Row::Command(command) => out.push(Intent::Run(*command)),
            Row::Entity(id) => {
                out.push(Intent::Select(Selection::entity(*id)));
                out.push(Intent::Charting(ChartingIntent::ShowOnCanvas(*id)));
            }
            Row::Article(id) => out.push(Intent::Reading(ReadingIntent::ShowArticle(*id))),
            Row::View(id) => out.push(Intent::Charting(ChartingIntent::ShowView(*id))),
            Row::Group(id) if self.offers == Palette::Groups => {
                out.push(Intent::Charting(ChartingIntent::AddToGroup(*id)))
            }
            Row::Group(id) => {
                out.push(Intent::Charting(ChartingIntent::ShowPart(OnCanvas::Group(*id))))
            }
            Row::Card(id) => {
                out.push(Intent::Charting(ChartingIntent::ShowPart(OnCanvas::Card(*id))))
            }
        }
    }

    fn list(&self, ui: &mut Ui, program: &Program, style: &Style, out: &mut Vec<Intent>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let with_places = self.places.is_open();
        if self.rows.is_empty() && !with_places {
            let none = if self.offers == Palette::OnCanvas && self.text.trim().is_empty() {
                "Type part of a name, then press Enter to go there."
            } else {
                "No matches."
            };
            ui.label(RichText::new(none).color(style.muted));
        } else if !self.rows.is_empty() {
            let rows = if with_places { ROWS_ABOVE_PLACES } else { ROWS };
            egui::ScrollArea::vertical()
                .max_height(ROW * rows as f32)
                // An area remembers how small it was: the rows there are now claim their room.
                .min_scrolled_height(ROW * self.rows.len().min(rows) as f32)
                .show_rows(ui, ROW, self.rows.len(), |ui, range| {
                    for i in range {
                        let response = self.row(ui, program, i, style);
                        if i == self.highlighted {
                            crate::ui::widgets::keep_in_view(ui, &response);
                        }
                        if response.clicked() {
                            self.take(i, out);
                        }
                    }
                });
        }
        if with_places && !self.rows.is_empty() {
            ui.separator();
        }
        let highlighted = self.highlighted.checked_sub(self.rows.len());
        if let Some(place) = self.places.ui(ui, style, highlighted) {
            self.places.take(place, out);
        }
    }

    fn row(&self, ui: &mut Ui, program: &Program, i: usize, style: &Style) -> egui::Response {
        let (rect, response) =
            ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
        mark_row(ui, style, rect, i == self.highlighted, &response);
        let painter = ui.painter();
        let mark = rect.left_center() + Vec2::new(15.0, 0.0);
        let (text, right, colour) = match self.rows[i] {
            Row::Command(command) => {
                painter.text(
                    mark,
                    Align2::CENTER_CENTER,
                    "›",
                    egui::FontId::new(16.0, style.bold.clone()),
                    style.muted,
                );
                let enabled = program.is_enabled(command);
                (
                    program.command_full_text(command),
                    command.shortcut().map_or_else(
                        || command.menu().label().to_owned(),
                        crate::app::Shortcut::text,
                    ),
                    if enabled { style.ink } else { style.muted },
                )
            }
            Row::Entity(id) => {
                let entity = program.open_notebook().and_then(|book| book.notebook().entity(id));
                if let Some(entity) = entity {
                    kind_icons::kind_mark(
                        painter,
                        mark,
                        style,
                        entity.kind(),
                        entity.is_anonymous(),
                    );
                }
                (
                    entity.map_or_else(String::new, |entity| entity.name.clone()),
                    entity.map_or("", |entity| entity.kind().word()).to_owned(),
                    style.ink,
                )
            }
            Row::Article(id) => (
                program
                    .open_notebook()
                    .and_then(|book| book.notebook().article(id))
                    .map_or_else(String::new, |article| article.about.title.clone()),
                "article".to_owned(),
                style.ink,
            ),
            Row::View(id) => {
                let view =
                    program.open_notebook().and_then(|book| book.notebook().views().get(&id));
                let name = view.map_or_else(String::new, |view| view.name.clone());
                (name, "view".to_owned(), style.ink)
            }
            Row::Group(id) => {
                let name = program.open_notebook().map(|book| group_words(book.notebook(), id));
                (name.unwrap_or_default(), "group".to_owned(), style.ink)
            }
            Row::Card(id) => {
                let name = program.open_notebook().map(|book| card_words(book.notebook(), id));
                (name.unwrap_or_default(), "note card".to_owned(), style.ink)
            }
        };
        painter.text(
            rect.right_center() - Vec2::new(10.0, 0.0),
            Align2::RIGHT_CENTER,
            right,
            style.small(),
            style.muted,
        );
        let mut job = egui::text::LayoutJob::simple_singleline(
            shown_name(&text).into_owned(),
            egui::FontId::new(14.0, style.sans.clone()),
            colour,
        );
        job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 150.0);
        let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
        let y = rect.center().y - galley.size().y / 2.0;
        ui.painter().galley(egui::pos2(rect.left() + 30.0, y), galley, colour);
        crate::ui::widgets::option(ui, &response, i == self.highlighted, &text);
        response
    }
}

/// The ground of a row.
fn mark_row(ui: &Ui, style: &Style, rect: egui::Rect, chosen: bool, response: &egui::Response) {
    if chosen {
        ui.painter().rect_filled(rect, 6.0, style.chosen);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, style.hovered);
    }
}
