//! The list of the sentences that changed: what the article took back, old beside new.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{FontId, Id, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::sign;
use crate::inquiry::VersionChanges;
use crate::notebook::Notebook;
use crate::text::{Change, ChangeKind, capital, shown_name};
use crate::ui::theme::Style;
use crate::ui::widgets::option;

/// A row is so high, in points: its kind, and two lines of words.
const ROW: f32 = 62.0;
/// More letters of a sentence do not fit its row.
const LETTERS: usize = 160;

/// The list.
#[derive(Default)]
pub(super) struct List {
    /// The row that is looked at is to be brought into view.
    bring: bool,
    /// The rows that were drawn last.
    rows: Vec<Id>,
}

impl List {
    /// Brings the row that is looked at into view.
    pub(super) fn bring(&mut self) {
        self.bring = true;
    }

    /// Whether this is one of its rows.
    pub(super) fn holds(&self, id: Id) -> bool {
        self.rows.contains(&id)
    }

    /// Draws it in this height; returns the row that was chosen. Only the rows in view are laid out.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        changes: &VersionChanges,
        notebook: &Notebook,
        style: &Style,
        (at, height): (usize, f32),
    ) -> Option<usize> {
        let all = changes.changes.list();
        let spacing = ui.spacing().item_spacing.y;
        let mut area = egui::ScrollArea::vertical()
            .id_salt("changes")
            .max_height(height - 18.0)
            .auto_shrink([false, false]);
        if std::mem::take(&mut self.bring) {
            #[allow(clippy::cast_precision_loss, reason = "a place on the screen")]
            let top = at as f32 * (ROW + spacing);
            area = area.vertical_scroll_offset((top - height / 2.0 + ROW / 2.0).max(0.0));
        }
        let mut chosen = None;
        self.rows.clear();
        egui::Frame::new()
            .fill(style.surface)
            .stroke(Stroke::new(1.0, style.lines))
            .corner_radius(6)
            .inner_margin(6)
            .show(ui, |ui| {
                area.show_rows(ui, ROW, all.len(), |ui, rows| {
                    for number in rows {
                        let Some(change) = all.get(number) else { continue };
                        let name = name(changes, notebook, number, change);
                        let (id, clicked) =
                            row(ui, changes, change, number, number == at, style, &name);
                        self.rows.push(id);
                        if clicked {
                            chosen = Some(number);
                        }
                    }
                });
            });
        chosen
    }
}

/// Where a change is, in words.
fn place(changes: &VersionChanges, change: &Change) -> String {
    match change.kind {
        ChangeKind::Added => {
            format!("paragraph {}", changes.to.text.paragraph_at(change.new.start) + 1)
        }
        ChangeKind::Moved => format!(
            "paragraph {} to {}",
            changes.from.text.paragraph_at(change.old.start) + 1,
            changes.to.text.paragraph_at(change.new.start) + 1
        ),
        _ => format!("paragraph {}", changes.from.text.paragraph_at(change.old.start) + 1),
    }
}

/// The beginning of a sentence, on one line.
fn beginning(words: &str) -> String {
    let words: String = words.chars().take(LETTERS).collect();
    shown_name(&words.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// What a screen reader is told of a row.
fn name(changes: &VersionChanges, notebook: &Notebook, number: usize, change: &Change) -> String {
    let (old, new) = changes.words(change);
    let (old, new) = (beginning(old), beginning(new));
    let words = match change.kind {
        ChangeKind::Removed => format!("“{old}”"),
        ChangeKind::Added => format!("“{new}”"),
        ChangeKind::Moved if old == new => format!("“{old}”"),
        _ => format!("“{old}”, now “{new}”"),
    };
    let mut name = format!("{}, {}: {words}", capital(change.kind.word()), place(changes, change));
    let tagged = changes.entities_in(notebook, number);
    if !tagged.is_empty() {
        let names: Vec<&str> = tagged.iter().take(4).map(|id| notebook.name(*id)).collect();
        name.push_str(&format!(". Tagged in it: {}", names.join(", ")));
    }
    name
}

/// A row; returns its id, and whether it was chosen.
fn row(
    ui: &mut Ui,
    changes: &VersionChanges,
    change: &Change,
    number: usize,
    selected: bool,
    style: &Style,
    name: &str,
) -> (Id, bool) {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let response = ui.interact(rect, ui.scope_id().with(("change", number)), Sense::click());
    option(ui, &response, selected, name);
    // The arrows go from change to change, not from button to button.
    if response.has_focus() {
        let arrows = egui::EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    }
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let ground = if selected {
        Some(style.chosen)
    } else if response.hovered() {
        Some(style.hovered)
    } else {
        None
    };
    if let Some(ground) = ground {
        painter.rect_filled(rect, 5.0, ground);
    }
    if response.has_focus() {
        painter.rect_stroke(rect, 5.0, Stroke::new(1.5, style.ink), StrokeKind::Inside);
    }
    let small = |colour| TextFormat::simple(style.small(), colour);
    let plain = |colour| TextFormat::simple(FontId::new(13.5, style.sans.clone()), colour);
    let line = |job: LayoutJob, at: f32| {
        let mut job = job;
        job.wrap = TextWrapping::truncate_at_width(rect.width() - 14.0);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        painter.galley(pos2(rect.left() + 7.0, rect.top() + at), galley, style.ink);
    };
    let takes_back = change.kind.takes_back();
    let mark = if takes_back { style.accent } else { style.muted };
    let mut head = LayoutJob::default();
    head.append(sign(change.kind), 0.0, plain(mark));
    head.append(&capital(change.kind.word()), 6.0, small(style.ink));
    head.append(&place(changes, change), 8.0, small(style.muted));
    let stood = changes.stood_in(number).len();
    if stood > 0 {
        let told = if stood == 1 { "1 mention".to_owned() } else { format!("{stood} mentions") };
        head.append(&told, 8.0, small(mark));
    }
    line(head, 5.0);
    let (old, new) = changes.words(change);
    let (old, new) = (beginning(old), beginning(new));
    let struck = TextFormat { strikethrough: Stroke::new(1.0, style.accent), ..plain(style.ink) };
    let mut lines: Vec<LayoutJob> = Vec::new();
    let job = |text: &str, format: TextFormat| {
        let mut job = LayoutJob::default();
        job.append(text, 0.0, format);
        job
    };
    match change.kind {
        ChangeKind::Removed => lines.push(job(&old, struck)),
        ChangeKind::Added => lines.push(job(&new, plain(style.ink))),
        ChangeKind::Moved if old == new => lines.push(job(&old, plain(style.ink))),
        _ => lines.extend([job(&old, struck), job(&new, plain(style.ink))]),
    }
    for (n, job) in (0_u8..).zip(lines) {
        line(job, 23.0 + 18.0 * f32::from(n));
    }
    (response.id, response.clicked())
}
