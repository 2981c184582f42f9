//! The link maker: find what the link points to, choose the relation, Enter.

use egui::{Context, Key, Modifiers, Rect, RichText, Sense, Ui, Vec2};

use super::frame::Frame;
use super::frame::select_all;
use super::{Overlay, OverlayFrame, place};
use crate::app::{ChartingIntent, Intent, LinkDraft, OpenNotebook, Program, Tool};
use crate::inquiry::{fuzzy, relations_between};
use crate::notebook::{EntityId, Kind, Relation, RelationId};
use crate::text::shown_name;
use crate::ui::kind_icons;
use crate::ui::theme::Style;

const WIDTH: f32 = 400.0;
const ROW: f32 = 28.0;
const ROWS: usize = 9;

/// What a link can be made to point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// An entity.
    Entity(EntityId),
    /// A new one of this kind, named by what is typed.
    New(Kind),
}

/// The link maker's own state.
#[derive(Default)]
pub struct LinkMaker {
    highlighted: usize,
    /// What the lists were made for, and the lists.
    made_for: Option<(u64, String, EntityId, bool)>,
    targets: Vec<Target>,
    /// Where on the canvas the thread was dropped: there a new end is put.
    dropped: Option<(f32, f32)>,
    relations: Vec<RelationId>,
}

/// The keys that are pressed, taken before the field sees them.
struct Keys {
    down: bool,
    up: bool,
    enter: bool,
    /// Back to the end, from an empty field.
    back: bool,
}

impl Keys {
    fn take(ctx: &Context, draft: &LinkDraft) -> Self {
        ctx.input_mut(|input| Self {
            down: input.consume_key(Modifiers::NONE, Key::ArrowDown),
            up: input.consume_key(Modifiers::NONE, Key::ArrowUp),
            enter: input.consume_key(Modifiers::NONE, Key::Enter),
            back: draft.text.is_empty()
                && draft.is_aimed()
                && input.consume_key(Modifiers::NONE, Key::Backspace),
        })
    }
}

impl Overlay for LinkMaker {
    fn is_open(&self, _: &Program, book: &OpenNotebook) -> bool {
        matches!(book.tool(), Tool::Link(_))
    }

    fn ui(&mut self, frame: &mut OverlayFrame<'_>) {
        let Tool::Link(draft) = frame.book.tool() else { return };
        let at = match frame.shown.link {
            Some(at) => Rect::from_min_size(at.0, Vec2::ZERO),
            None => place(frame.ctx, frame.shown),
        };
        let dropped = frame.shown.link.map(|at| (at.1.x, at.1.y));
        let (book, style) = (frame.book, frame.style);
        self.draw(frame.ctx, book, draft, style, at, dropped, frame.just_opened, frame.out);
    }
}

impl LinkMaker {
    /// Draws the link maker.
    #[allow(clippy::too_many_arguments)]
    fn draw(
        &mut self,
        ctx: &Context,
        book: &OpenNotebook,
        draft: &LinkDraft,
        style: &Style,
        at: Rect,
        dropped: Option<(f32, f32)>,
        just_opened: bool,
        out: &mut Vec<Intent>,
    ) {
        self.dropped = dropped;
        if just_opened {
            self.highlighted = 0;
            self.made_for = None;
        }
        self.refresh(book, draft);
        let keys = Keys::take(ctx, draft);
        let size = Vec2::new(WIDTH, 150.0 + ROW * ROWS as f32);
        let frame = Frame { name: "link maker", at, size, just_opened };
        frame.show(ctx, out, |ui, out| {
            self.sentence(ui, book, draft, style);
            let typed = self.field(ui, draft, just_opened, out);
            // What was typed comes before the keys: a slow frame holds both, and Enter means what it finds.
            let draft = typed.as_ref().unwrap_or(draft);
            self.refresh(book, draft);
            self.follow(keys, draft, out);
            self.list(ui, book, draft, style, out);
            evidence(ui, book, draft, style, out);
        });
    }

    fn refresh(&mut self, book: &OpenNotebook, draft: &LinkDraft) {
        let notebook = book.notebook();
        let key = (notebook.revision(), draft.text.clone(), draft.from, draft.is_aimed());
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        let same_stage = self.made_for.as_ref().is_some_and(|made| made.3 == draft.is_aimed());
        self.targets = fuzzy(notebook, None, draft.text.trim())
            .into_iter()
            .map(|(id, _)| Target::Entity(id))
            .take(200)
            .collect();
        if !draft.text.trim().is_empty() {
            self.targets.extend(Kind::ALL.map(Target::New));
        }
        let wanted = crate::text::fold(&draft.text);
        self.relations = relations_between(notebook, draft.from, draft.target())
            .into_iter()
            .filter(|id| {
                !draft.is_aimed()
                    || wanted.is_empty()
                    || crate::text::fold(notebook.relation_label(id)).contains(&wanted)
                    || crate::text::fold(&id.0).contains(&wanted)
            })
            .collect();
        let exact = self.relations.iter().any(|id| {
            [notebook.relation_label(id), &id.0].map(crate::text::fold).contains(&wanted)
        });
        if draft.is_aimed() && !wanted.is_empty() && !exact {
            self.relations.push(RelationId(draft.text.trim().to_owned()));
        }
        if !same_stage || self.made_for.as_ref().is_none_or(|made| made.1 != draft.text) {
            self.highlighted = 0;
        }
        self.made_for = Some(key);
    }

    const fn rows(&self, draft: &LinkDraft) -> usize {
        if !draft.is_aimed() { self.targets.len() } else { self.relations.len() }
    }

    fn follow(&mut self, keys: Keys, draft: &LinkDraft, out: &mut Vec<Intent>) {
        let rows = self.rows(draft);
        if rows > 0 {
            if keys.down {
                self.highlighted = (self.highlighted + 1) % rows;
            }
            if keys.up {
                self.highlighted = (self.highlighted + rows - 1) % rows;
            }
        }
        if keys.enter {
            self.take(draft, self.highlighted, out);
        }
        if keys.back {
            out.push(Intent::Charting(ChartingIntent::LinkDraft(LinkDraft {
                to: None,
                onto: None,
                ..draft.clone()
            })));
        }
    }

    /// Takes a row: the end first, then the relation, which makes the link.
    fn take(&self, draft: &LinkDraft, row: usize, out: &mut Vec<Intent>) {
        if !draft.is_aimed() {
            match self.targets.get(row) {
                Some(Target::Entity(to)) => {
                    let next = LinkDraft { to: Some(*to), text: String::new(), ..draft.clone() };
                    out.push(Intent::Charting(ChartingIntent::LinkDraft(next)));
                }
                Some(Target::New(kind)) => {
                    out.push(Intent::Charting(ChartingIntent::LinkToNew(*kind, self.dropped)))
                }
                None => {}
            }
        } else if let Some(relation) = self.relations.get(row) {
            let next = LinkDraft { relation: Some(relation.clone()), ..draft.clone() };
            out.push(Intent::Charting(ChartingIntent::LinkDraft(next)));
            out.push(Intent::Charting(ChartingIntent::MakeLink));
        }
    }

    /// The link as a sentence, as far as it is known.
    fn sentence(&self, ui: &mut Ui, book: &OpenNotebook, draft: &LinkDraft, style: &Style) {
        let notebook = book.notebook();
        let relation = if draft.is_aimed() {
            let row = self.relations.get(self.highlighted);
            row.map_or("…", |relation| notebook.relation_label(relation))
        } else {
            "…"
        };
        let mut job = egui::text::LayoutJob::default();
        let plain =
            |colour| egui::TextFormat::simple(egui::FontId::new(14.0, style.bold.clone()), colour);
        let cut = |name: &str| -> String {
            let name = shown_name(name);
            if name.chars().count() > 40 {
                format!("{}…", name.chars().take(39).collect::<String>())
            } else {
                name.into_owned()
            }
        };
        job.append(&cut(notebook.name(draft.from)), 0.0, plain(style.ink));
        job.append(&shown_name(&format!("  {relation}  ")), 0.0, plain(style.accent));
        job.append(
            &match (draft.to, draft.onto.and_then(|onto| notebook.link(onto))) {
                (_, Some(link)) => {
                    cut(&format!("the link “{}”", notebook.relation_label(&link.relation)))
                }
                (Some(to), None) => cut(notebook.name(to)),
                (None, None) => "…".to_owned(),
            },
            0.0,
            plain(style.ink),
        );
        job.wrap.max_width = WIDTH - 24.0;
        ui.label(job);
    }

    /// The field; the draft with what was typed in it, if something was.
    fn field(
        &self,
        ui: &mut Ui,
        draft: &LinkDraft,
        just_opened: bool,
        out: &mut Vec<Intent>,
    ) -> Option<LinkDraft> {
        let mut text = draft.text.clone();
        let id = egui::Id::unique("link maker field");
        let hint = if !draft.is_aimed() {
            "Target: type to find an entity"
        } else {
            "Relation: type to find one"
        };
        let response = ui.add(
            crate::ui::limits::line(&mut text).id(id).hint_text(hint).desired_width(f32::INFINITY),
        );
        response.widget_info(|| crate::ui::text_fields::text_field(&draft.text, &text, hint));
        if just_opened {
            response.request_focus();
            select_all(ui, id, &text);
        } else if !response.has_focus() && ui.ctx().memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        let typed = (text != draft.text).then(|| LinkDraft { text, ..draft.clone() });
        out.extend(typed.clone().map(|it| ChartingIntent::LinkDraft(it).into()));
        typed
    }

    fn list(
        &self,
        ui: &mut Ui,
        book: &OpenNotebook,
        draft: &LinkDraft,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        let rows = self.rows(draft);
        if rows == 0 {
            ui.label(RichText::new("No matches.").color(style.muted));
            return;
        }
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            egui::ScrollArea::vertical()
                .max_height(ROW * ROWS as f32)
                // An area remembers how small it was: the rows there are now claim their room.
                .min_scrolled_height(ROW * rows.min(ROWS) as f32)
                .show_rows(ui, ROW, rows, |ui, range| {
                    for i in range {
                        let chosen = i == self.highlighted;
                        let response = if draft.is_aimed() {
                            relation_row(ui, book, &self.relations[i], chosen, style)
                        } else {
                            target_row(ui, book, draft, self.targets[i], chosen, style)
                        };
                        if chosen {
                            crate::ui::widgets::keep_in_view(ui, &response);
                        }
                        if response.clicked() {
                            self.take(draft, i, out);
                        }
                    }
                });
        });
    }
}

fn row_ground(ui: &mut Ui, chosen: bool, style: &Style, label: &str) -> (Rect, egui::Response) {
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
    if chosen {
        ui.painter().rect_filled(rect, 6.0, style.chosen);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, style.hovered);
    }
    crate::ui::widgets::option(ui, &response, chosen, label);
    (rect, response)
}

fn row_text(ui: &Ui, rect: Rect, left: f32, right: f32, text: &str, style: &Style) {
    let mut job = egui::text::LayoutJob::simple_singleline(
        shown_name(text).into_owned(),
        egui::FontId::new(14.0, style.sans.clone()),
        style.ink,
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - left - right);
    let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
    let y = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::pos2(rect.left() + left, y), galley, style.ink);
}

fn target_row(
    ui: &mut Ui,
    book: &OpenNotebook,
    draft: &LinkDraft,
    target: Target,
    chosen: bool,
    style: &Style,
) -> egui::Response {
    let (name, kind, anonymous) = match target {
        Target::Entity(id) => {
            let entity = book.notebook().entity(id);
            let name = book.notebook().name(id).to_owned();
            (name, entity.map(|e| e.kind()), entity.is_some_and(|e| e.is_anonymous()))
        }
        Target::New(kind) => {
            (format!("New {}: {}", kind.word(), draft.text.trim()), Some(kind), false)
        }
    };
    let (rect, response) = row_ground(ui, chosen, style, &name);
    if let Some(kind) = kind {
        let at = rect.left_center() + Vec2::new(14.0, 0.0);
        kind_icons::kind_mark(ui.painter(), at, style, kind, anonymous);
    }
    row_text(ui, rect, 28.0, 10.0, &name, style);
    response
}

fn relation_row(
    ui: &mut Ui,
    book: &OpenNotebook,
    id: &RelationId,
    chosen: bool,
    style: &Style,
) -> egui::Response {
    let known = book.notebook().relations().contains_key(id);
    let label = if known {
        book.notebook().relation_label(id).to_owned()
    } else {
        format!("New relation: {}", id.0)
    };
    let (rect, response) = row_ground(ui, chosen, style, &label);
    row_text(ui, rect, 10.0, 150.0, &label, style);
    if let Some(Relation { family, directed, .. }) = book.notebook().relations().get(id) {
        let both = if *directed { "" } else { "  ↔" };
        ui.painter().text(
            rect.right_center() - Vec2::new(10.0, 0.0),
            egui::Align2::RIGHT_CENTER,
            format!("{}{both}", family.label()),
            style.small(),
            style.muted,
        );
    }
    response
}

/// What will support the link.
fn evidence(
    ui: &mut Ui,
    book: &OpenNotebook,
    draft: &LinkDraft,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    ui.add_space(6.0);
    let words = draft
        .evidence
        .as_ref()
        .and_then(|(article, range)| book.notebook().article(*article)?.text.get(range.clone()));
    match words {
        Some(words) => {
            let short: String = words.chars().take(160).collect();
            let dots = if short.len() < words.len() { "…" } else { "" };
            ui.horizontal(|ui| {
                let text = RichText::new(format!("“{short}{dots}”"))
                    .font(egui::FontId::new(13.0, style.serif.clone()))
                    .color(style.ink);
                ui.scope(|ui| {
                    ui.set_max_width(WIDTH - 70.0);
                    ui.add(egui::Label::new(text).wrap());
                });
                let drop = ui.small_button("✖").on_hover_text("Remove evidence");
                drop.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, "Remove evidence")
                });
                if drop.clicked() {
                    out.push(Intent::Charting(ChartingIntent::LinkDraft(LinkDraft {
                        evidence: None,
                        spans: None,
                        ..draft.clone()
                    })));
                }
            });
        }
        None if !draft.is_aimed() => {
            let words = "The sentence that mentions both will support the link.";
            ui.label(RichText::new(words).font(style.small()).color(style.muted));
        }
        None => {
            ui.label(
                RichText::new("No evidence: the link will be listed in Review.")
                    .font(style.small())
                    .color(style.accent),
            );
        }
    }
}
