//! A mention's page: whose it is, its words, its note, and for a claim who says so.

use egui::{Ui, vec2};

use super::{Inspector, ViewState, id_of};
use crate::app::{Command, Intent, ReadingIntent};
use crate::edit::{Edit, Ref};
use crate::notebook::{Mention, MentionId};
use crate::ui::fields::{Field, field_key};
use crate::ui::widgets::{command_button, counted, entity_row, field_label, hint, quote};

impl Inspector {
    pub(super) fn mention(&mut self, ui: &mut Ui, desk: &mut ViewState<'_>, id: MentionId) {
        let notebook = desk.notebook();
        let Some(mention) = notebook.mention(id) else { return };
        self.gathered.mention(notebook, id);
        let response = entity_row(ui, desk.style, notebook, mention.entity, "of")
            .on_hover_text("Show details");
        if response.clicked() {
            desk.select(mention.entity);
        }
        if mention.statement.is_none() && std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        let count = notebook.mention_count_of(mention.entity);
        if count > 1 {
            hint(ui, desk.style, &format!("One of {}", counted(count, "mention")));
        }
        if let (Some(row), Some(entity)) = (&self.gathered.mention, notebook.entity(mention.entity))
        {
            let bar = if row.alert { desk.style.accent } else { desk.style.kind(entity.kind()) };
            let response = quote(ui, desk.style, &row.quote, bar, id_of(id, "quote"), "Mention");
            if response.clicked() {
                desk.out.push(Intent::Reading(ReadingIntent::GoToMention(id)));
            }
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            for command in
                [Command::Untag, Command::Retag, Command::Boundaries, Command::SplitMention]
            {
                command_button(ui, desk.program, command, desk.out);
            }
        });
        if let Some(statement) = &mention.statement {
            self.statement(ui, desk, id, mention, statement);
        }
        self.mention_note(ui, desk, id, mention);
    }

    fn mention_note(
        &mut self,
        ui: &mut Ui,
        desk: &mut ViewState<'_>,
        id: MentionId,
        mention: &Mention,
    ) {
        field_label(ui, desk.style, "Note on this mention");
        let key = field_key(id, "note");
        let field = Field::lines("Note on this mention", "Your own words", 2);
        let set = |note, to_check| Edit::SetMention { mention: Ref::Id(id), note, to_check };
        if let Some(note) = self.drafts.text(ui, key, &mention.note, field).changed {
            desk.typed(key, set(Some(note), None));
        }
        let mut to_check = mention.to_check;
        if ui.checkbox(&mut to_check, "To check").changed() {
            desk.edit(set(None, Some(to_check)));
        }
    }
}
