//! Where words stand in the reader: from the accessibility tree, as a screen reader would find them.

use egui::{Rect, pos2};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT as _;

/// The rectangle of words on one row of these runs of text. What is tagged stands in runs of its own: the runs of a row
/// are read together.
pub fn place_of<'a>(runs: impl Iterator<Item = Node<'a>>, words: &str) -> Option<Rect> {
    let mut row: Option<f32> = None;
    let (mut text, mut ends) = (String::new(), Vec::new());
    for run in runs {
        let node = run.accesskit_node();
        let data = node.data();
        let bounds = data.bounds()?;
        let (places, widths) = (data.character_positions()?, data.character_widths()?);
        if row != Some(bounds.y0 as f32) {
            row = Some(bounds.y0 as f32);
            text.clear();
            ends.clear();
        }
        text.push_str(data.value().unwrap_or(""));
        for (i, length) in data.character_lengths().iter().enumerate() {
            let left = bounds.x0 as f32 + places[i];
            ends.extend(vec![(left, left + widths[i]); usize::from(*length)]);
        }
        if let Some(start) = text.find(words).filter(|_| text.len() == ends.len()) {
            let over = &ends[start..start + words.len()];
            let left = over.iter().map(|end| end.0).fold(f32::INFINITY, f32::min);
            let right = over.iter().map(|end| end.1).fold(f32::NEG_INFINITY, f32::max);
            let (top, bottom) = (bounds.y0 as f32, bounds.y1 as f32);
            return Some(Rect::from_min_max(pos2(left, top), pos2(right, bottom)));
        }
    }
    None
}
