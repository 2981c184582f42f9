//! The intents that this part handles.

use std::ops::Range;

use crate::app::{Effect, LinkDraft, OnCanvas, Pane, Program, Purpose, Selection, TimelinePlace};
use crate::notebook::{ArticleId, EntityId, Filter, GroupId, Kind, View, ViewId};

/// What the user wants to do on the canvas.
#[derive(Clone, Debug)]
pub enum ChartingIntent {
    /// Brings an entity into view on the canvas and selects it.
    ShowOnCanvas(EntityId),
    /// Brings a group or a note card into view on the canvas and selects it.
    ShowPart(OnCanvas),
    /// Puts the cursor into a group's title or a note card's text, on the canvas.
    WriteOn(OnCanvas),
    /// Puts the selected entities into this group.
    AddToGroup(GroupId),
    /// Adds a note card at a place of the canvas (canvas units) and puts the cursor into it.
    PutCard(f32, f32),
    /// The part of the canvas in view: stored with the notebook, but not an edit.
    SetView(View),
    /// The part of the timeline in view: kept for when the notebook is opened again, but not an edit.
    SetTimelinePlace(TimelinePlace),
    /// How much wider than high the room is that the canvas has on screen: “Arrange” fills it.
    SetRoom(f32),
    /// The conditions on what the canvas shows.
    SetFilter(Box<Filter>),
    /// Saves the filter, focus and view of the canvas as a view of this name.
    KeepView(String),
    /// Shows a named view.
    ShowView(ViewId),
    /// Asks for a new name of a view.
    RenameView(ViewId),
    /// Replaces a view by what is shown now.
    ReplaceView(ViewId),
    /// Selects one of the shortest paths that are listed, from 0.
    SelectPath(usize),
    /// Opens the picker to add a new or existing entity at a place of the canvas (canvas units).
    PutHere(f32, f32),
    /// Puts an entity at a place of the canvas (canvas units), where it is pinned.
    PutEntity(EntityId, f32, f32),
    /// Opens the picker on these words (bytes of the article), to add the entity they mean at a place of the canvas
    /// (canvas units).
    PutWords(ArticleId, Range<usize>, f32, f32),
    /// Makes a new entity of this kind, named as typed, the link maker's end, at a place of the canvas.
    LinkToNew(Kind, Option<(f32, f32)>),
    /// Opens the link maker with these ends and evidence.
    StartLink(LinkDraft),
    /// The link maker's draft changed.
    LinkDraft(LinkDraft),
    /// Makes the drafted link.
    MakeLink,
}

impl Program {
    pub(in crate::app) fn charting_intent(&mut self, intent: ChartingIntent) {
        match intent {
            ChartingIntent::ShowOnCanvas(entity) => self.show_on_canvas(entity),
            ChartingIntent::ShowPart(what) => self.show_part(what),
            ChartingIntent::WriteOn(what) => self.write_on(what),
            ChartingIntent::AddToGroup(id) => self.add_to(id),
            ChartingIntent::PutCard(x, y) => self.put_card(Some((x, y))),
            ChartingIntent::SetView(view) => {
                self.with_open_notebook(|book| book.charting.view = Some(view));
            }
            ChartingIntent::SetTimelinePlace(place) => {
                self.with_open_notebook(|book| book.set_timeline_place(Some(place)));
            }
            ChartingIntent::SetRoom(aspect) => {
                self.with_open_notebook(|book| book.charting.aspect = Some(aspect));
            }
            ChartingIntent::SetFilter(filter) => self.set_filter(*filter),
            ChartingIntent::KeepView(name) => self.keep_view(name),
            ChartingIntent::ShowView(id) => self.show_view(id),
            ChartingIntent::RenameView(id) => self.ask_view_name(Some(id)),
            ChartingIntent::ReplaceView(id) => self.replace_view(id),
            ChartingIntent::SelectPath(number) => self.select_path(number),
            ChartingIntent::PutHere(x, y) => {
                self.open_picker(Purpose::Place(Some((x.round() as i32, y.round() as i32))));
            }
            ChartingIntent::PutEntity(id, x, y) => self.put_entity(id, x, y),
            ChartingIntent::PutWords(article, range, x, y) => {
                self.put_words(article, range, (x.round() as i32, y.round() as i32));
            }
            ChartingIntent::StartLink(draft) => self.start_link(draft),
            ChartingIntent::LinkToNew(kind, at) => self.link_to_new(kind, at),
            ChartingIntent::LinkDraft(draft) => self.change_link_draft(draft),
            ChartingIntent::MakeLink => self.make_link(),
        }
    }

    /// Brings an entity into view on the canvas and selects it; tells the user if it is hidden there.
    pub(in crate::app) fn show_on_canvas(&mut self, entity: EntityId) {
        self.show_part(OnCanvas::Entity(entity));
        self.say_if_hidden(entity);
        self.say_if_folded(entity);
    }

    /// Selects something on the canvas and brings it into view there.
    fn show_part(&mut self, what: OnCanvas) {
        self.with_open_notebook(|book| book.select(Selection::on_canvas(what)));
        self.emit(Effect::ShowPane(Pane::CANVAS));
        self.emit(Effect::ShowOnCanvas(what));
    }
}
