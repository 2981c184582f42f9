//! Footnotes and endnotes: where they stand in their parts, and the order in which the words refer to them.

use std::collections::HashMap;
use std::ops::Range;

use crate::article::format::office::MOST_ENTRIES;
use crate::foreign::xml::Xml;

/// The parts that hold notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    /// At the foot of a page.
    Foot,
    /// At the end.
    End,
}

/// A note's name: its part and its id there.
pub(super) type NoteKey = (NoteKind, String);

/// The notes of a file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    places: HashMap<NoteKey, Range<usize>>,
    labels: HashMap<NoteKey, String>,
    /// Those that the words refer to, in order.
    order: Vec<NoteKey>,
    numbered: u32,
}

impl Notes {
    /// Finds the notes in a part.
    pub(super) fn find(&mut self, kind: NoteKind, part: &str) {
        let mut xml = Xml::new(part);
        xml.next_tag();
        while let Some(tag) = xml.next_tag() {
            let start = xml.place();
            let (mut end, mut open) = (start, 1_usize);
            while open > 0 {
                end = xml.place();
                match xml.next_tag() {
                    Some(_) => open += 1,
                    None => open -= 1,
                }
            }
            if let Some(id) = tag.get("id").filter(|_| self.places.len() < MOST_ENTRIES) {
                self.places.entry((kind, id.into_owned())).or_insert(start..end);
            }
        }
    }

    /// The label of a note that the words refer to here, with a mark of its own or a number; `None` where there is no such
    /// note.
    pub(super) fn refer(&mut self, key: &NoteKey, mark: &str) -> Option<String> {
        if let Some(label) = self.labels.get(key) {
            return Some(label.clone());
        }
        if !self.places.contains_key(key) {
            return None;
        }
        let label = if mark.is_empty() {
            self.numbered += 1;
            self.numbered.to_string()
        } else {
            mark.to_owned()
        };
        self.labels.insert(key.clone(), label.clone());
        self.order.push(key.clone());
        Some(label)
    }

    /// The note that was referred to as this one in order, from 0: its part, its label, and its place there.
    pub(super) fn get(&self, at: usize) -> Option<(NoteKind, String, Range<usize>)> {
        let key = self.order.get(at)?;
        Some((key.0, self.labels.get(key)?.clone(), self.places.get(key)?.clone()))
    }
}
