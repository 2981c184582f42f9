//! Choosing an entity by typing: a button that shows who is chosen, and under it a field with a list.

use egui::{Button, Id, Key, Popup, PopupCloseBehavior, Ui};

use super::text_fields::labelled;
use super::theme::Style;
use super::widgets::{Row, capital, counted, hint, keep_in_view, named};
use crate::inquiry::{fuzzy, nearest_actors};
use crate::notebook::{ArticleId, EntityId, Kind, Notebook};

/// How many entities the list offers.
const MOST: usize = 12;
/// How many of all actors it offers while nothing is typed; the others are found by typing.
const MOST_NEAR: usize = 200;
/// How high the list is before it scrolls, in points.
const HIGH: f32 = 340.0;

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// This entity.
    Entity(EntityId),
    /// A new one of this name.
    New(String),
    /// Nobody.
    Nobody,
}

/// What may be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// What assistive technology calls the button: “Owner”.
    pub name: &'a str,
    /// What the button says while nobody is chosen: “choose…”.
    pub prompt: &'a str,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Who is chosen.
    pub now: Option<EntityId>,
    /// Never offered: the entity itself.
    pub except: Option<EntityId>,
    /// A new entity of that kind can be made.
    pub new: bool,
    /// Nobody can be chosen.
    pub nobody: bool,
    /// Words of an article: while nothing is typed all actors are offered, the nearest to these words first.
    pub near: Option<(ArticleId, usize, usize)>,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Offer {
    Entity(EntityId, Option<String>),
    New,
    Nobody,
}

/// What is typed in the one list that is open.
#[derive(Debug, Default)]
pub struct Chooser {
    open: Option<Id>,
    text: String,
    highlighted: usize,
    /// The row that was brought into view last.
    shown: usize,
    offers: Vec<Offer>,
    offered_for: Option<(u64, String)>,
}

impl Chooser {
    /// Draws the button, and the list while it is open.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        style: &Style,
        notebook: &Notebook,
        key: u64,
        ask: Ask<'_>,
    ) -> Option<Chosen> {
        let shown = ask.now.map_or(ask.prompt, |id| notebook.name(id));
        let button = ui.add(
            Button::new(crate::text::shown_name(shown))
                .right_text(egui_material_icons::icons::ICON_EXPAND_MORE)
                .truncate(),
        );
        let said = ask.now.map_or_else(
            || ask.name.to_owned(),
            |id| format!("{}: {}", ask.name, crate::text::shown_name(notebook.name(id))),
        );
        named(ui, &button, &said);
        labelled(ui, &button);
        self.below(style, notebook, &button, key, ask)
    }

    /// Draws the list under a widget while it is open. A click on the widget opens it, where it senses clicks.
    pub fn below(
        &mut self,
        style: &Style,
        notebook: &Notebook,
        anchor: &egui::Response,
        key: u64,
        ask: Ask<'_>,
    ) -> Option<Chosen> {
        let id = Id::unique(("choose", key));
        let mut chosen = None;
        let popup = Popup::from_toggle_button_response(anchor)
            .id(id)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .width(300.0);
        let shown = popup.show(|ui| {
            if self.open != Some(id) {
                *self = Self { open: Some(id), ..Self::default() };
            }
            chosen = self.list(ui, style, notebook, id, ask);
            if chosen.is_some() {
                ui.close();
            }
        });
        if shown.is_none() && self.open == Some(id) {
            *self = Self::default();
        }
        if chosen.is_some() {
            anchor.request_focus();
        }
        chosen
    }

    /// Whether the list of the button with this key is open.
    #[must_use]
    pub fn is_open(&self, ui: &Ui, key: u64) -> bool {
        Popup::is_id_open(ui.ctx(), Id::unique(("choose", key)))
    }

    /// Opens the list of the button with this key when it is next drawn.
    pub fn open(&mut self, ui: &Ui, key: u64) {
        *self = Self::default();
        Popup::open_id(ui.ctx(), Id::unique(("choose", key)));
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        style: &Style,
        notebook: &Notebook,
        id: Id,
        ask: Ask<'_>,
    ) -> Option<Chosen> {
        let field = ui.add(
            crate::ui::limits::line(&mut self.text)
                .id(id.with("text"))
                .hint_text("Type a name")
                .desired_width(f32::INFINITY),
        );
        named(ui, &field, &format!("{}: type a name", ask.name));
        let first = self.offered_for.is_none();
        if first {
            field.request_focus();
        }
        self.offer(notebook, ask);
        let rows = self.offers.len();
        let mut taken = None;
        if field.has_focus() || field.lost_focus() {
            let (down, up, enter) = ui.input(|i| {
                (
                    i.key_pressed(Key::ArrowDown),
                    i.key_pressed(Key::ArrowUp),
                    i.key_pressed(Key::Enter),
                )
            });
            if down && rows > 0 {
                self.highlighted = (self.highlighted + 1) % rows;
            }
            if up && rows > 0 {
                self.highlighted = (self.highlighted + rows - 1) % rows;
            }
            if enter && !first {
                taken = Some(self.highlighted);
            }
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let moved = self.shown != self.highlighted;
        self.shown = self.highlighted;
        egui::ScrollArea::vertical().max_height(HIGH).show(ui, |ui| {
            for (i, offer) in self.offers.iter().enumerate() {
                let row = ui.scope_id().with(("offer", i));
                let selected = i == self.highlighted;
                let response = match offer {
                    Offer::Entity(entity, alias) => {
                        let Some(record) = notebook.entity(*entity) else { continue };
                        let count = notebook.mention_count_of(*entity);
                        let end = if count == 0 { String::new() } else { count.to_string() };
                        Row {
                            mark: Some((record.kind(), record.is_anonymous())),
                            text: &record.name,
                            after: alias.as_deref().unwrap_or(""),
                            end: &end,
                            selected,
                            ..Row::default()
                        }
                        .show(ui, style, row, || {
                            let kind = capital(record.kind().word());
                            format!(
                                "Choose {kind}: {}, {}",
                                crate::text::shown_name(&record.name),
                                counted(count, "mention")
                            )
                        })
                    }
                    Offer::New => {
                        let word = ask.kind.map_or("entity", Kind::word);
                        let text = format!("New {word}: {}", self.text.trim());
                        Row {
                            mark: ask.kind.map(|kind| (kind, false)),
                            text: &text,
                            selected,
                            ..Row::default()
                        }
                        .show(ui, style, row, || text.clone())
                    }
                    Offer::Nobody => Row { text: "None", selected, ..Row::default() }.show(
                        ui,
                        style,
                        row,
                        || "None".to_owned(),
                    ),
                };
                if moved && selected {
                    keep_in_view(ui, &response);
                }
                if response.clicked() {
                    taken = Some(i);
                }
            }
        });
        if rows == 0 {
            hint(ui, style, if ask.new { "Type a name to create one." } else { "No matches." });
        }
        Some(match self.offers.get(taken?)? {
            Offer::Entity(entity, _) => Chosen::Entity(*entity),
            Offer::New => Chosen::New(self.text.trim().to_owned()),
            Offer::Nobody => Chosen::Nobody,
        })
    }

    fn offer(&mut self, notebook: &Notebook, ask: Ask<'_>) {
        let now = (notebook.revision(), self.text.clone());
        if self.offered_for.as_ref() == Some(&now) {
            return;
        }
        self.offered_for = Some(now);
        self.highlighted = 0;
        let typed = self.text.trim();
        let mut exact = false;
        let (found, most) = match ask.near {
            Some((article, start, end)) if typed.is_empty() => {
                let near = nearest_actors(notebook, article, &(start..end)).into_iter();
                (near.map(|id| (id, None)).collect(), MOST_NEAR)
            }
            _ => (fuzzy(notebook, ask.kind, typed), MOST),
        };
        self.offers = found
            .into_iter()
            .filter(|(id, _)| Some(*id) != ask.except)
            .take(most)
            .inspect(|(id, _)| {
                exact |= notebook
                    .entity(*id)
                    .is_some_and(|e| e.names().any(|n| crate::text::same_name(n, typed)));
            })
            .map(|(id, alias)| Offer::Entity(id, alias))
            .collect();
        if ask.new && !typed.is_empty() && !exact {
            self.offers.push(Offer::New);
        }
        if ask.nobody && typed.is_empty() && ask.now.is_some() {
            self.offers.insert(0, Offer::Nobody);
        }
    }
}
