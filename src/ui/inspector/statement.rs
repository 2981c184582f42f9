//! Who makes a statement: its chain of speakers, and how certain they are.

use egui::{Ui, vec2};
use egui_material_icons::icons::{ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_CLOSE};

use super::gather::chain_line;
use super::participants::an_actor;
use super::{Inspector, Scope, with_chosen};
use crate::edit::{Edit, HopFields, Ref, StatementFields};
use crate::fields::STATEMENT;
use crate::notebook::{ArticleId, Kind, Mention, MentionId, Source, Statement};
use crate::ui::entity_chooser::Ask;
use crate::ui::fields::{Field, field_key};
use crate::ui::widgets::{alert, chain_label, choice, heading, icon_button, named};

/// A change to a speaker in a chain.
enum Act {
    Up,
    Down,
    Remove,
    Cue(String),
    Source(Source),
}

impl Inspector {
    pub(super) fn statement(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        id: MentionId,
        mention: &Mention,
        statement: &Statement,
    ) {
        heading(ui, scope.style, "Attribution", "");
        if statement.chain.is_empty() {
            alert(
                ui,
                scope.style,
                "No attribution yet: add the speaker, or the publisher where the article speaks for itself.",
            );
        } else {
            let line = chain_line(scope.notebook(), mention.anchor.article, statement);
            chain_label(ui, scope.style, &line, scope.style.ink);
        }
        for i in 0..statement.chain.len() {
            self.hop(ui, scope, (id, mention), statement, i);
        }
        self.add_hop(ui, scope, (id, mention), statement);

        ui.add_space(4.0);
        self.fields(ui, scope, (id, mention), STATEMENT, &["chain"], &mut |_, _, _| {});
    }

    fn hop(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        (id, mention): (MentionId, &Mention),
        statement: &Statement,
        i: usize,
    ) {
        let Some(hop) = statement.chain.get(i) else { return };
        let name = scope.notebook().name(hop.actor);
        let key = field_key((id, i), "cue");
        let mut act = None;
        egui::Frame::new()
            .stroke(egui::Stroke::new(1.0, scope.style.lines))
            .corner_radius(6)
            .inner_margin(6)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(5.0, 4.0);
                ui.horizontal(|ui| {
                    if i > 0
                        && icon_button(
                            ui,
                            scope.style,
                            ICON_ARROW_UPWARD,
                            &format!("Move {name} closer to the article"),
                        )
                        .clicked()
                    {
                        act = Some(Act::Up);
                    }
                    if i + 1 < statement.chain.len()
                        && icon_button(
                            ui,
                            scope.style,
                            ICON_ARROW_DOWNWARD,
                            &format!("Move {name} further from the article"),
                        )
                        .clicked()
                    {
                        act = Some(Act::Down);
                    }
                    let remove = format!("Remove speaker {name}");
                    if icon_button(ui, scope.style, ICON_CLOSE, &remove).clicked() {
                        act = Some(Act::Remove);
                    }
                    let what = format!("Speaker {}", i + 1);
                    let ask = Ask {
                        now: Some(hop.actor),
                        except: None,
                        near: near(mention),
                        ..an_actor(&what, "", hop.actor)
                    };
                    let key = field_key((id, i), "actor");
                    if let Some(chosen) = self.choose(ui, scope, key, ask) {
                        scope.edit(with_chosen(chosen, Kind::Actor, "Change speaker", |actor| {
                            let mut chain = fields_of(statement);
                            chain[i].actor = actor;
                            set_chain(id, chain)
                        }));
                    }
                });
                ui.horizontal(|ui| {
                    let what = format!("Cue for {name}");
                    let field = Field::line(&what, "Cue: according to, said…");
                    let field = field.wide((ui.available_width() - 262.0).max(110.0));
                    if let Some(cue) = self.drafts.text(ui, key, &hop.cue, field).changed {
                        act = Some(Act::Cue(cue));
                    }
                    let words = selected_words(scope);
                    let take = ui
                        .add_enabled(words.is_some(), egui::Button::new("Use selected"))
                        .on_hover_text("Use the words selected in the article as the cue")
                        .on_disabled_hover_text("Select the cue's words in the article first");
                    named(ui, &take, &format!("Use the selected words as the cue for {name}"));
                    if take.clicked() {
                        act = words.map(Act::Cue);
                    }
                    let what = format!("Original of {name}");
                    let salt = ("source", id, i);
                    if let Some(source) =
                        choice(ui, salt, &what, hop.source, &Source::ALL, Source::label)
                    {
                        act = Some(Act::Source(source));
                    }
                });
            });
        let Some(act) = act else { return };
        let mut chain = fields_of(statement);
        match act {
            Act::Up => chain.swap(i, i.saturating_sub(1)),
            Act::Down => chain.swap(i, (i + 1).min(statement.chain.len() - 1)),
            Act::Remove => {
                chain.remove(i);
            }
            Act::Cue(cue) => {
                chain[i].cue = cue;
                scope.typed(key, set_chain(id, chain));
                return;
            }
            Act::Source(source) => chain[i].source = source,
        }
        scope.edit(set_chain(id, chain));
    }

    fn add_hop(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        (id, mention): (MentionId, &Mention),
        statement: &Statement,
    ) {
        let prompt =
            if statement.chain.is_empty() { "Add speaker…" } else { "Add their source…" };
        let ask = Ask {
            name: "Add speaker",
            prompt,
            kind: Some(Kind::Actor),
            now: None,
            except: None,
            new: true,
            nobody: false,
            near: near(mention),
        };
        let key = field_key(id, "add a speaker");
        if std::mem::take(&mut self.focus) {
            self.chooser.open(ui, key);
        }
        let Some(chosen) = self.choose(ui, scope, key, ask) else { return };
        let cue = selected_words(scope).unwrap_or_default();
        scope.edit(with_chosen(chosen, Kind::Actor, "Add speaker", |actor| {
            let mut chain = fields_of(statement);
            chain.push(HopFields { actor, cue, source: Source::default() });
            set_chain(id, chain)
        }));
    }
}

/// The words of a mention, which the nearest speakers stand by.
fn near(mention: &Mention) -> Option<(ArticleId, usize, usize)> {
    let range = mention.anchor.range()?;
    Some((mention.anchor.article, range.start, range.end))
}

/// The selected words, if they are short enough to be a cue.
fn selected_words(scope: &Scope<'_>) -> Option<String> {
    /// Maximum length of a cue, in bytes: “d’après deux personnes au fait du dossier” has 40 letters.
    const LONGEST: usize = 120;
    let (article, range) = scope.book.selected_words()?;
    let words = scope.notebook().article(article)?.text.get(range)?;
    (words.len() <= LONGEST).then(|| words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn fields_of(statement: &Statement) -> Vec<HopFields> {
    let hop = |hop: &crate::notebook::Hop| HopFields {
        actor: Ref::Id(hop.actor),
        cue: hop.cue.clone(),
        source: hop.source,
    };
    statement.chain.iter().map(hop).collect()
}

fn set_chain(id: MentionId, chain: Vec<HopFields>) -> Edit {
    let with = StatementFields { chain: Some(chain), ..StatementFields::default() };
    Edit::SetStatement { mention: Ref::Id(id), with }
}
