//! The intents that this part handles.

use std::ops::Range;

use super::PickerPart;
use crate::app::Program;
use crate::notebook::{EntityId, Kind};

/// What the user wants to do with the picker, “Tag the rest” and the boundaries of mentions.
#[derive(Clone, Debug)]
pub enum TaggingIntent {
    /// Opens the picker to tag the selected words.
    Tag(Kind),
    /// Tags the selected words as the n-th recently used entity, from 1.
    TagRecent(usize),
    /// The picker's kind changed.
    PickerKind(Kind),
    /// The picker's text changed.
    PickerText(String),
    /// Moves the picker's highlight by so many rows.
    PickerMove(isize),
    /// Moves the picker's highlight to this row.
    PickerHighlight(usize),
    /// Switches “Remember as alias” on or off.
    PickerRemember(bool),
    /// Changes a part of what the picker proposes.
    PickerPart(PickerPart),
    /// The date typed in the picker changed.
    PickerDate(String),
    /// Begins choosing one more speaker in the picker.
    PickerChooseSpeaker,
    /// Accepts the highlighted row.
    PickerAccept,
    /// Opens “Tag all” on the hits of the search.
    TagResults,
    /// “Tag the rest”: ticks or unticks an occurrence.
    RestToggle(usize),
    /// “Tag the rest”: ticks or unticks all occurrences.
    RestAll(bool),
    /// “Tag the rest”: tags the ticked occurrences.
    RestApply,
    /// The draft of a mention's new boundaries; of the selected mention, if none is being changed yet.
    Boundary(Range<usize>),
    /// Accepts the draft of the boundaries.
    BoundaryAccept,
    /// Asks when an event was, with this date of EDTF as the first proposal; empty where nobody proposes one.
    AskDate(EntityId, String),
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
            TaggingIntent::PickerPart(part) => self.picker_part(part),
            TaggingIntent::PickerDate(text) => self.picker_date(text),
            TaggingIntent::PickerChooseSpeaker => self.choose_speaker(),
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
            TaggingIntent::AskDate(event, date) => self.ask_date(event, date),
        }
    }
}
