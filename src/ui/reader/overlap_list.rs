//! The list of overlapping mentions that opens where they were clicked, to choose one of them.

use egui::{Area, Id, Key, LayerId, Order, Pos2, Ui, vec2};

use super::mention_marks::Mark;
use super::paint::Frame;
use super::{Reader, Scene};
use crate::app::{Intent, Selection, Tool};
use crate::notebook::MentionId;
use crate::ui::widgets::Row;

/// Width of the list, in points.
const WIDTH: f32 = 260.0;

/// The list while it is open.
#[derive(Clone, Debug)]
pub struct OverlapList {
    mentions: Vec<MentionId>,
    at: Pos2,
}

impl OverlapList {
    /// The list of these mentions, opened here; `None` where there is nothing to choose.
    pub(super) fn of(marks: &[&Mark], at: Pos2) -> Option<Self> {
        (marks.len() > 1)
            .then(|| Self { mentions: marks.iter().map(|mark| mark.mention).collect(), at })
    }
}

fn id() -> Id {
    Id::unique("overlapping mentions")
}

/// Whether Escape closes the list before it means anything else.
pub fn is_open(ctx: &egui::Context) -> bool {
    let seen = ctx.data(|data| data.get_temp::<u64>(id()));
    seen.is_some_and(|pass| pass + 1 >= ctx.cumulative_pass_nr())
}

/// Whether the list lies over this place.
pub(super) fn is_at(ctx: &egui::Context, at: Pos2) -> bool {
    ctx.layer_id_at(at) == Some(LayerId::new(Order::Foreground, id()))
}

impl Reader {
    /// Draws the list, and takes the choice.
    pub(super) fn stack(
        &mut self,
        ui: &Ui,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        out: &mut Vec<Intent>,
    ) {
        let Some(stack) = &self.mouse.stack else { return };
        let notebook = scene.book.notebook();
        let selected = scene.book.selection().mention;
        // Another mention was selected, or there is something else to do: the question is answered.
        let asked = selected.is_none_or(|id| stack.mentions.contains(&id))
            && matches!(scene.book.tool(), Tool::None);
        if !asked || ui.input(|input| input.key_pressed(Key::Escape)) {
            self.mouse.stack = None;
            return;
        }
        let ctx = ui.ctx();
        let pass = ctx.cumulative_pass_nr();
        ctx.data_mut(|data| data.insert_temp(id(), pass));
        let row = frame.metrics.body.row;
        let mut chosen = None;
        Area::new(id())
            .order(Order::Foreground)
            .fixed_pos(stack.at + vec2(-12.0, row))
            .constrain_to(scene.rect)
            .show(ctx, |ui| {
                egui::Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
                    ui.set_width(WIDTH);
                    ui.spacing_mut().item_spacing.y = 1.0;
                    for mention in &stack.mentions {
                        let Some(record) = notebook.mention(*mention) else { continue };
                        let Some(entity) = notebook.entity(record.entity) else { continue };
                        let words = record.anchor.range().and_then(|range| frame.text.get(range));
                        let words = words.unwrap_or("");
                        let row = Row {
                            mark: Some((entity.kind(), entity.is_anonymous())),
                            text: &entity.name,
                            after: if words == entity.name { "" } else { words },
                            selected: selected == Some(*mention),
                            ..Row::default()
                        };
                        let name = || {
                            format!(
                                "Select {}: {} — {words}",
                                entity.kind().word(),
                                crate::text::shown_name(&entity.name)
                            )
                        };
                        if row.show(ui, scene.style, id().with(mention.bits()), name).clicked() {
                            chosen = Some(*mention);
                        }
                    }
                });
            });
        if let Some(mention) = chosen {
            out.push(Intent::Select(Selection::mention(mention, notebook)));
            self.mouse.stack = None;
        }
    }
}
