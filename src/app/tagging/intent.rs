//! What views ask of this part.

use std::ops::Range;

use crate::app::Program;
use crate::notebook::Kind;

/// What the user wants of the picker, “Tag the rest” and the ends of spans.
#[derive(Clone, Debug)]
pub enum TaggingIntent {
    /// Opens the picker to tag the selected words.
    Tag(Kind),
    /// Tags the selected words as the n-th of the entities used lately, from 1.
    TagRecent(usize),
    /// The picker offers another kind.
    PickerKind(Kind),
    /// The picker's text changed.
    PickerText(String),
    /// The picker's highlight moves by so many rows.
    PickerMove(isize),
    /// The picker's highlight goes to this row.
    PickerHighlight(usize),
    /// “Remember as alias” on or off.
    PickerRemember(bool),
    /// Takes the highlighted row.
    PickerAccept,
    /// Opens “Tag all” on the hits of the search.
    TagResults,
    /// “Tag the rest”: a place ticked or not.
    RestToggle(usize),
    /// “Tag the rest”: all places ticked or not.
    RestAll(bool),
    /// “Tag the rest”: tags the ticked places.
    RestApply,
    /// The drafted ends of the mention whose boundaries are changed; of the selected one where none are yet.
    Boundary(Range<usize>),
    /// Boundary mode: takes the drafted ends.
    BoundaryAccept,
}

impl Program {
    pub(in crate::app) fn tagging_intent(&mut self, intent: TaggingIntent) {
        match intent {
            TaggingIntent::Tag(kind) => self.open_picker_on_selection(kind),
            TaggingIntent::TagRecent(n) => self.tag_recent(n),
            TaggingIntent::PickerText(text) => self.picker_text(text),
            TaggingIntent::PickerKind(kind) => self.picker_kind(kind),
            TaggingIntent::PickerMove(by) => self.picker_move(by),
            TaggingIntent::PickerHighlight(row) => self.with_picker(|picker| {
                if row < picker.choices.rows.len() {
                    picker.choices.highlighted = row;
                }
            }),
            TaggingIntent::PickerRemember(on) => self.with_picker(|picker| picker.remember = on),
            TaggingIntent::PickerAccept => self.picker_accept(),
            TaggingIntent::TagResults => self.tag_hits(),
            TaggingIntent::RestToggle(i) => self.with_rest(|rest| {
                if let Some(ticked) = rest.ticked.get_mut(i) {
                    *ticked = !*ticked;
                }
            }),
            TaggingIntent::RestAll(on) => self.with_rest(|rest| rest.ticked.fill(on)),
            TaggingIntent::RestApply => self.rest_apply(),
            TaggingIntent::Boundary(range) => self.draft_boundary(range),
            TaggingIntent::BoundaryAccept => self.boundary_accept(),
        }
    }
}
