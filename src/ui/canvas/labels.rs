//! Text on the canvas: laid out at the zoomed size in steps and kept, because laying out is dear and zooming is not
//! to wait for it.

use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, Context, FontFamily, FontId, Galley};

use crate::drawing::{Anchor, Room, SMALLEST, Text, name_room};
use crate::graph::LABEL_SIZE;
use crate::notebook::{Entity, EntityId};
use crate::scene::SceneNode;
use crate::text::{shown, shown_name};

/// Each step of size is this much larger than the one before.
const STEP: f32 = 1.06;
/// So many labels are laid out anew in one frame; the others show their last size until their turn comes.
const PER_FRAME: usize = 60;

/// A zoom rounded down to a step.
fn step_of(zoom: f32) -> i16 {
    (zoom.max(1e-4).ln() / STEP.ln() + 1e-3).floor() as i16
}

fn zoom_of(step: i16) -> f32 {
    STEP.powi(i32::from(step))
}

#[derive(Debug)]
struct NodeLabel {
    entity: Arc<Entity>,
    step: i16,
    scale: f32,
    galley: Arc<Galley>,
    used: u64,
}

/// Words that are cut to the room of what they stand on.
#[derive(Debug)]
struct WordsLabel {
    text: String,
    step: i16,
    room: (i32, usize),
    galley: Arc<Galley>,
    used: u64,
}

/// Text that was laid out.
#[derive(Debug, Default)]
pub struct Labels {
    nodes: HashMap<EntityId, NodeLabel>,
    landmarks: HashMap<EntityId, NodeLabel>,
    texts: HashMap<(Arc<str>, i16), (Arc<Galley>, u64)>,
    words: HashMap<u64, WordsLabel>,
    family: FontFamily,
    pixels_per_point: f32,
    /// Laid out in every frame: another one each time the glyphs were made anew.
    sentinel: Option<Arc<Galley>>,
    frame: u64,
    left: usize,
    late: bool,
}

impl Labels {
    /// Begins a frame: forgets everything when the screen, the font or the glyphs in texture memory changed.
    pub fn begin(&mut self, ctx: &Context, family: &FontFamily) {
        let pixels_per_point = ctx.pixels_per_point();
        // egui keeps what is laid out in every frame until it makes its glyphs anew (other fonts, another theme,
        // a full atlas): then this is laid out anew too, and what pointed into the old glyphs is stale.
        let font = FontId::new(LABEL_SIZE, family.clone());
        let sentinel =
            ctx.fonts_mut(|fonts| fonts.layout_no_wrap("·".to_owned(), font, Color32::PLACEHOLDER));
        let fresh = self.sentinel.as_ref().is_some_and(|known| Arc::ptr_eq(known, &sentinel));
        if !fresh || pixels_per_point != self.pixels_per_point || *family != self.family {
            self.nodes.clear();
            self.texts.clear();
            self.words.clear();
            self.landmarks.clear();
            self.pixels_per_point = pixels_per_point;
            self.family = family.clone();
        }
        self.sentinel = Some(sentinel);
        self.frame += 1;
        self.left = PER_FRAME;
        self.late = false;
        // Now and then, what has not been in view for a while goes.
        if self.frame.is_multiple_of(512) {
            let oldest = self.frame.saturating_sub(512);
            self.nodes.retain(|_, label| label.used >= oldest);
            self.landmarks.retain(|_, label| label.used >= oldest);
            self.texts.retain(|_, (_, used)| *used >= oldest);
            self.words.retain(|_, label| label.used >= oldest);
        }
    }

    /// Whether some labels wait for the next frame to be laid out.
    pub const fn late(&self) -> bool {
        self.late
    }

    fn lay_out(
        &self,
        ctx: &Context,
        text: &str,
        size: f32,
        width: f32,
        rows: usize,
    ) -> Arc<Galley> {
        let format = TextFormat {
            font_id: FontId::new(size, self.family.clone()),
            color: Color32::PLACEHOLDER,
            line_height: Some((size * 1.25).round()),
            ..TextFormat::default()
        };
        let mut job = LayoutJob::single_section(shown_name(text).into_owned(), format);
        job.break_on_newline = false;
        job.halign = Align::Center;
        job.wrap = TextWrapping {
            max_width: width.max(size),
            max_rows: rows,
            break_anywhere: rows == 1,
            overflow_character: Some('…'),
        };
        ctx.fonts_mut(|fonts| fonts.layout_job(job))
    }

    /// Words laid out in the room they have, centred on x = 0 or beginning there; `None` when they wait for the next
    /// frame.
    pub fn galley(&mut self, ctx: &Context, text: &Text<'_>) -> Option<Arc<Galley>> {
        match *text {
            Text::Name(node, zoom) => self.node(ctx, node, zoom),
            Text::Line(text, size) => Some(self.text(ctx, text, size)),
            Text::Block { key, text, room } => self.words(ctx, key, text, room),
        }
    }

    /// A node's name, centred on x = 0; `None` when it waits for the next frame.
    fn node(&mut self, ctx: &Context, node: &SceneNode, zoom: f32) -> Option<Arc<Galley>> {
        let step = step_of(zoom);
        if let Some(label) = self.nodes.get_mut(&node.id) {
            label.used = self.frame;
            let same =
                Arc::ptr_eq(&label.entity, &node.entity) || label.entity.name == node.entity.name;
            if same && label.step == step && label.scale == node.scale {
                return Some(Arc::clone(&label.galley));
            }
            if self.left == 0 {
                self.late = true;
                return same.then(|| Arc::clone(&label.galley));
            }
        } else if self.left == 0 {
            self.late = true;
            return None;
        }
        self.left -= 1;
        let room = name_room(node, zoom_of(step));
        let galley = self.lay_out(ctx, &node.entity.name, room.size, room.width, room.rows);
        self.nodes.insert(
            node.id,
            NodeLabel {
                entity: Arc::clone(&node.entity),
                step,
                scale: node.scale,
                galley: Arc::clone(&galley),
                used: self.frame,
            },
        );
        Some(galley)
    }

    /// A node's name on one line beside it, the same size at every zoom, centred on x = 0.
    pub fn landmark(&mut self, ctx: &Context, node: &SceneNode) -> Arc<Galley> {
        const SIZE: f32 = 11.0;
        const WIDEST: f32 = 130.0;
        if let Some(label) = self.landmarks.get_mut(&node.id)
            && label.entity.name == node.entity.name
        {
            label.used = self.frame;
            return Arc::clone(&label.galley);
        }
        let galley = self.lay_out(ctx, &node.entity.name, SIZE, WIDEST, 1);
        let label = NodeLabel {
            entity: Arc::clone(&node.entity),
            step: 0,
            scale: 1.0,
            galley: Arc::clone(&galley),
            used: self.frame,
        };
        self.landmarks.insert(node.id, label);
        galley
    }

    /// Words in the room they have; `key` tells them from all others. `None` when they wait for the next frame.
    fn words(&mut self, ctx: &Context, key: u64, text: &str, room: Room) -> Option<Arc<Galley>> {
        let step = step_of(room.size);
        // In steps too: a frame that is drawn larger does not lay its title out anew at every point.
        let shape = ((room.width / 6.0) as i32, room.rows);
        let known = self.words.get_mut(&key).filter(|label| label.text == text);
        let late = self.left == 0;
        if let Some(label) = known {
            label.used = self.frame;
            if (label.step, label.room) == (step, shape) {
                return Some(Arc::clone(&label.galley));
            }
            if late {
                self.late = true;
                return Some(Arc::clone(&label.galley));
            }
        } else if late {
            self.late = true;
            return None;
        }
        self.left -= 1;
        let format = TextFormat {
            font_id: FontId::new(zoom_of(step), self.family.clone()),
            color: Color32::PLACEHOLDER,
            ..TextFormat::default()
        };
        let one_line = room.rows == 1;
        let text_shown = if one_line { shown_name(text) } else { shown(text) };
        let mut job = LayoutJob::single_section(text_shown.into_owned(), format);
        job.break_on_newline = !one_line;
        job.halign = if room.anchor == Anchor::Middle { Align::Center } else { Align::LEFT };
        job.wrap = TextWrapping {
            max_width: (shape.0 as f32 * 6.0).max(room.size),
            max_rows: room.rows,
            break_anywhere: one_line,
            overflow_character: Some('…'),
        };
        let galley = ctx.fonts_mut(|fonts| fonts.layout_job(job));
        let label = WordsLabel {
            text: text.to_owned(),
            step,
            room: shape,
            galley: Arc::clone(&galley),
            used: self.frame,
        };
        self.words.insert(key, label);
        Some(galley)
    }

    /// A short text on one line, centred on x = 0, `size` points at 100 % and never smaller than can be read.
    fn text(&mut self, ctx: &Context, text: &Arc<str>, size: f32) -> Arc<Galley> {
        let step = step_of(size);
        let frame = self.frame;
        if let Some((galley, used)) = self.texts.get_mut(&(Arc::clone(text), step)) {
            *used = frame;
            return Arc::clone(galley);
        }
        let galley = self.lay_out(ctx, text, zoom_of(step).max(SMALLEST), f32::INFINITY, 1);
        self.texts.insert((Arc::clone(text), step), (Arc::clone(&galley), frame));
        galley
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_never_larger_than_its_zoom() {
        for i in 1..600 {
            let zoom = i as f32 * 0.01;
            let stepped = zoom_of(step_of(zoom));
            assert!(stepped <= zoom * 1.001 && stepped * STEP >= zoom * 0.999, "{zoom} {stepped}");
        }
        assert_eq!(zoom_of(step_of(1.0)), 1.0);
    }
}
