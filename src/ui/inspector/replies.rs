//! Right of reply: whether those whom a claim accuses were asked, and where they answer.

use egui::Ui;
use egui_material_icons::icons::ICON_CLOSE;

use super::gather::quote_at;
use super::{Inspector, Scope, id_of};
use crate::app::{Intent, ReadingIntent};
use crate::edit::Edit;
use crate::fields::{Value, field};
use crate::notebook::{
    Anchor, Claim, Entity, EntityId, Evidence, Kind, MentionId, Notebook, Reply, When,
};
use crate::text::shown_name;
use crate::ui::fields::{Field, field_key};
use crate::ui::text_fields::field_label;
use crate::ui::widgets::{alert, entity_row, heading, hint, icon_button, named, quote};

impl Inspector {
    /// Shows who was asked about a claim that is an accusation, and what they answered.
    pub(super) fn replies(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        id: EntityId,
        claim: &Claim,
    ) {
        if !claim.accusation && claim.replies.is_empty() {
            return;
        }
        let answered = claim.replies.iter().filter(|reply| reply.answer.is_some()).count();
        let state = match claim.replies.len() {
            0 => "not asked".to_owned(),
            asked => format!("{answered} of {asked} answered"),
        };
        heading(ui, scope.style, "Right of reply", &state);
        for (at, reply) in claim.replies.iter().enumerate() {
            self.reply(ui, scope, id, (at, reply), claim);
        }
        let notebook = scope.notebook();
        let is_actor =
            |one: &EntityId| notebook.entity(*one).is_some_and(|it| it.kind() == Kind::Actor);
        let asked = |one: &EntityId| claim.replies.iter().any(|reply| reply.actor == *one);
        let accused: Vec<EntityId> = claim.about.iter().copied().filter(is_actor).collect();
        if accused.is_empty() && claim.replies.is_empty() {
            hint(ui, scope.style, "Say above whom it is about: they are to be asked.");
        }
        let waiting: Vec<EntityId> = accused.into_iter().filter(|one| !asked(one)).collect();
        if !waiting.is_empty() {
            ui.add_space(4.0);
            field_label(ui, scope.style, "Not asked yet");
        }
        for actor in waiting {
            let name = shown_name(scope.notebook().name(actor)).into_owned();
            let button = ui.button(format!("{} was asked", beginning(&name)));
            named(ui, &button, &format!("{name} was asked"));
            if button.clicked() {
                let today = crate::article::now().get(..10).unwrap_or("").to_owned();
                let reply = Reply {
                    actor,
                    asked: When { written: String::new(), edtf: today },
                    asked_by: scope.program.prefs().name.clone(),
                    answer: None,
                };
                let all = claim.replies.iter().cloned().chain([reply]).collect();
                scope.send(set_replies(id, all));
            }
        }
    }

    fn reply(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        id: EntityId,
        (at, reply): (usize, &Reply),
        claim: &Claim,
    ) {
        let notebook = scope.notebook();
        let name = shown_name(notebook.name(reply.actor)).into_owned();
        let changed = |change: &dyn Fn(&mut Reply)| {
            let mut all = claim.replies.clone();
            if let Some(reply) = all.get_mut(at) {
                change(reply);
            }
            set_replies(id, all)
        };
        ui.horizontal(|ui| {
            let remove = format!("Remove that {name} was asked");
            if icon_button(ui, scope.style, ICON_CLOSE, &remove).clicked() {
                let mut rest = claim.replies.clone();
                rest.remove(at);
                scope.send(set_replies(id, rest));
            }
            if entity_row(ui, scope.style, notebook, reply.actor, ("reply", at)).clicked() {
                scope.select(reply.actor);
            }
        });
        egui::Grid::new(("reply", id, at)).num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
            field_label(ui, scope.style, "Asked");
            let key = field_key((id, at), "asked");
            let shown = Field::line("Asked on", "2023-11-17");
            let typed = self.drafts.date(ui, scope.style, key, &reply.asked.edtf, shown);
            if let Some(date) = typed.changed
                && let Some(edit) = changed(&|reply| reply.asked.edtf.clone_from(&date))
            {
                scope.typed(key, edit);
            }
            ui.end_row();
            field_label(ui, scope.style, "By");
            let key = field_key((id, at), "asked_by");
            let shown = Field::line("Asked by", "Who asked, and how");
            if let Some(by) = self.drafts.text(ui, key, &reply.asked_by, shown).changed
                && let Some(edit) = changed(&|reply| reply.asked_by.clone_from(&by))
            {
                scope.typed(key, edit);
            }
            ui.end_row();
        });
        match reply.answer.as_ref().and_then(|answer| notebook.evidence_anchor(answer)) {
            Some(anchor) => {
                let words = quote_at(notebook, anchor, false);
                let shown = id_of((id, at), "answer");
                let response = quote(ui, scope.style, &words, scope.style.accent, shown, "Answer");
                if response.clicked() {
                    scope.out.extend(way_to(anchor));
                }
                let remove = ui.small_button("Remove this answer");
                named(ui, &remove, &format!("Remove the answer of {name}"));
                if remove.clicked() {
                    scope.send(changed(&|reply| reply.answer = None));
                }
            }
            None => {
                alert(ui, scope.style, "No answer yet");
                let chosen = answer(ui, scope, id, reply.actor, &name);
                if let Some(answer) = chosen {
                    scope.send(changed(&|reply| reply.answer = Some(answer.clone())));
                }
            }
        }
    }
}

/// Shows how an answer is given: the words that are selected, or a statement of the one who was asked.
fn answer(
    ui: &mut Ui,
    scope: &Scope<'_>,
    claim: EntityId,
    actor: EntityId,
    name: &str,
) -> Option<Evidence> {
    let notebook = scope.notebook();
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        let words = scope.book.selected_words();
        let button = ui
            .add_enabled(words.is_some(), egui::Button::new("Selected words answer"))
            .on_hover_text("The words selected in the article are the answer")
            .on_disabled_hover_text("Select the words of the answer in the article first");
        named(ui, &button, &format!("The selected words are the answer of {name}"));
        if let Some((article, range)) = words.filter(|_| button.clicked()) {
            chosen = notebook
                .article(article)
                .map(|record| Evidence::Quote(record.anchor(article, range)));
        }
        let statements = statements_of(notebook, claim, actor);
        if !statements.is_empty() {
            let menu = ui.menu_button("A statement…", |ui| {
                ui.set_max_width(420.0);
                for (mention, words) in statements {
                    if ui.button(words).clicked() {
                        chosen = Some(Evidence::Mention(mention));
                    }
                }
            });
            named(ui, &menu.response, &format!("Choose a statement as the answer of {name}"));
        }
    });
    chosen
}

/// The statements in whose chains an actor speaks: those of this claim first.
fn statements_of(
    notebook: &Notebook,
    claim: EntityId,
    actor: EntityId,
) -> Vec<(MentionId, String)> {
    const MOST: usize = 20;
    let speaks = |id: &MentionId| {
        notebook.mention(*id).is_some_and(|mention| mention.speakers().any(|one| one == actor))
    };
    let own = notebook.mentions_of(claim).filter(speaks);
    let claims =
        notebook.entities().iter().filter(|(id, it)| it.kind() == Kind::Claim && **id != claim);
    let others = claims.flat_map(|(id, _)| notebook.mentions_of(*id)).filter(speaks);
    let named = own.chain(others).take(MOST).filter_map(|id| {
        let words = notebook.words(&notebook.mention(id)?.anchor);
        Some((id, shown_name(&beginning(words)).into_owned()))
    });
    named.collect()
}

/// A text short enough for a button.
fn beginning(text: &str) -> String {
    const MOST: usize = 56;
    let mut line: String =
        text.chars().take(MOST).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        line.push('…');
    }
    line
}

fn way_to(anchor: &Anchor) -> Option<Intent> {
    let range = anchor.range()?;
    Some(Intent::Reading(ReadingIntent::GoToPlace(anchor.article, range)))
}

fn set_replies(claim: EntityId, replies: Vec<Reply>) -> Option<Edit> {
    field::<Entity>("replies").and_then(|field| field.set(claim, &Value::Replies(replies)))
}
