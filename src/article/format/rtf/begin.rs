//! How the groups of a Rich Text file begin: where their words go, notes, boxes and fields.

use super::frame::{Frame, FrameKind};
use super::groups::{Destination, Setting, destination};
use super::reader::{Field, Reader};
use crate::article::format::office::flow::Piece;

impl Reader<'_> {
    /// A control word at the beginning of a group: whether it says where its words go.
    pub(super) fn begins(&mut self, name: &str, optional: bool) -> bool {
        let depth = self.groups.len();
        let outer = depth.checked_sub(2).and_then(|at| self.groups.get(at));
        let twice = outer.is_some_and(|outer| outer.twice);
        let outer = outer.map_or(Destination::Body, |outer| outer.destination);
        if twice {
            if name == "ud" {
                self.group().destination = outer;
            }
            return true;
        }
        if outer == Destination::Skip {
            return true;
        }
        let Some(to) = destination(name, outer) else {
            if optional {
                self.group().destination = Destination::Skip;
            }
            return optional;
        };
        self.group().destination = to;
        match name {
            "annotation" => self.left.comments += 1,
            "upr" => self.group().twice = true,
            "footnote" if to == Destination::Body => self.begin_note(),
            "shptxt" | "dptxbxtext" if to == Destination::Body => {
                self.frames.push(Frame::new(FrameKind::Box, depth));
                self.group().setting = Setting::default();
            }
            "fonttbl" | "stylesheet" | "listtext" | "pntext" | "title" | "author" | "company" => {
                self.gathered.clear();
            }
            _ => {}
        }
        true
    }

    /// A field begins in the group that is open.
    pub(super) fn begin_field(&mut self) {
        let depth = self.groups.len();
        self.fields.push(Field { depth, said: self.said, ..Field::default() });
    }

    fn begin_note(&mut self) {
        let depth = self.groups.len();
        let shown = !self.group().hidden && !self.group().deleted;
        let mut label = String::new();
        if let Some(frame) = self.frames.last_mut()
            && !std::mem::take(&mut frame.numbered)
            && let Some(Piece::Words(words)) = frame.line.pieces.last_mut()
        {
            // A mark of its own stands before the note.
            let kept = words.trim_end_matches(['*', '†', '‡', '§', '¶', '‖', '#']).len();
            label = words.split_off(kept);
        }
        if label.is_empty() && shown {
            self.numbered += 1;
            label = self.numbered.to_string();
        }
        self.take_shown(&format!("[{label}]"));
        let kind = if shown { FrameKind::Note(label) } else { FrameKind::Note(String::new()) };
        self.frames.push(Frame::new(kind, depth));
        self.group().setting = Setting::default();
    }
}
