//! The page of a mention: its entity, its words, its note, and for a claim who says so.

use egui::{Ui, vec2};

use super::{Inspector, Scope, id_of};
use crate::app::{Command, Intent, ReadingIntent};
use crate::fields::MENTION;
use crate::notebook::MentionId;
use crate::ui::widgets::{command_button, counted, entity_row, hint, quote};

impl Inspector {
    pub(super) fn mention(&mut self, ui: &mut Ui, scope: &mut Scope<'_>, id: MentionId) {
        let notebook = scope.notebook();
        let Some(mention) = notebook.mention(id) else { return };
        self.gathered.mention(notebook, id);
        let response = entity_row(ui, scope.style, notebook, mention.entity, "of")
            .on_hover_text("Show details");
        if response.clicked() {
            scope.select(mention.entity);
        }
        if mention.statement.is_none() && std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        let count = notebook.mention_count_of(mention.entity);
        if count > 1 {
            hint(ui, scope.style, &format!("One of {}", counted(count, "mention")));
        }
        if let (Some(row), Some(entity)) = (&self.gathered.mention, notebook.entity(mention.entity))
        {
            let bar = if row.alert { scope.style.accent } else { scope.style.kind(entity.kind()) };
            let response = quote(ui, scope.style, &row.quote, bar, id_of(id, "quote"), "Mention");
            if response.clicked() {
                scope.out.push(Intent::Reading(ReadingIntent::GoToMention(id)));
            }
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            for command in
                [Command::Untag, Command::Retag, Command::Boundaries, Command::SplitMention]
            {
                command_button(ui, scope.program, command, scope.out);
            }
        });
        if let Some(statement) = &mention.statement {
            self.statement(ui, scope, id, mention, statement);
        }
        self.fields(ui, scope, (id, &**mention), MENTION, &["entity", "at"], &mut |_, _, _| {});
    }
}
