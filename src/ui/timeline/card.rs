//! The card at the pointer: what, when as it is dated and as it is written, where, who, how sure, and the sentence.

use egui::{FontId, PopupAnchor, Response, RichText, Tooltip, Ui};

use super::TimelinePane;
use super::layout::Parts;
use super::pointer::Gesture;
use crate::app::{OpenNotebook, Tool};
use crate::text::shown_name;
use crate::timeline::{Passage, What};
use crate::ui::idle_pointer;
use crate::ui::theme::Style;

/// How long the pointer rests before a card appears, in seconds.
const PATIENCE: f64 = 0.6;

impl TimelinePane {
    /// The card at the pointer, once it has rested a while.
    pub(super) fn tooltip(
        &self,
        ui: &Ui,
        response: &Response,
        parts: Parts,
        book: &OpenNotebook,
        style: &Style,
    ) {
        let hover = self.hover;
        if (hover.entry.is_none() && hover.link.is_none())
            || idle_pointer::is_idle(ui.ctx())
            || !matches!(book.tool(), Tool::None)
            || self.gesture != Gesture::None
            || self.held.is_some()
            || response.context_menu_opened()
            || ui.input(|input| input.pointer.any_down())
        {
            return;
        }
        let waited = ui.input(|input| input.time) - hover.since;
        if waited < PATIENCE {
            let left = std::time::Duration::from_secs_f64((PATIENCE - waited).max(0.01));
            ui.ctx().request_repaint_after(left);
            return;
        }
        let shapes = self.scene.iter().flat_map(|scene| &scene.shapes);
        let shape = shapes.into_iter().find(|shape| Some(shape.entry) == hover.entry);
        let anchor = match shape {
            Some(shape) => PopupAnchor::ParentRect(parts.rect(shape.whole()).intersect(parts.plot)),
            None => PopupAnchor::Pointer,
        };
        let (id, layer) = (response.id.with("card"), response.layer_id);
        let tip = Tooltip::always_open(ui.ctx().clone(), layer, id, anchor).gap(7.0);
        tip.show(|ui| {
            ui.set_max_width(360.0);
            let item = shape.and_then(|shape| self.model.timeline().item(shape.item));
            if let Some(item) = item {
                self.item_card(ui, book, style, item.what);
            } else if let Some(link) = hover.link {
                let notebook = book.notebook();
                let subject = crate::notebook::Subject::Link(link);
                ui.label(RichText::new(shown_name(&notebook.subject_name(subject))).strong());
                let clash =
                    self.model.timeline().clashes.iter().find(|it| it.links().contains(&link));
                if let Some((clash, event)) = clash.and_then(|it| Some((it, *it.events().last()?)))
                {
                    let words = clash.words_of(notebook, event);
                    let name = notebook.name(event);
                    let said = format!("The dates say otherwise: of “{name}”, {words}.");
                    ui.label(RichText::new(shown_name(&said)).color(style.accent));
                }
                let how = "Double-click to go to its evidence";
                ui.label(RichText::new(how).small().color(style.muted));
            }
        });
    }

    fn item_card(&self, ui: &mut Ui, book: &OpenNotebook, style: &Style, what: What) {
        let notebook = book.notebook();
        let Some(passage) = Passage::of(notebook, what) else { return };
        ui.label(RichText::new(shown_name(&passage.name)).strong());
        let mut when = vec![passage.date.clone()];
        if !passage.written.trim().is_empty() {
            when.push(format!("“{}”", passage.written.trim()));
        }
        when.push(passage.sure.clone());
        when.retain(|words| !words.is_empty());
        ui.label(RichText::new(shown_name(&when.join(" · "))).small().color(style.muted));
        let rest: Vec<&str> = [passage.place.trim(), passage.who.trim()]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect();
        if !rest.is_empty() {
            let words = rest.join(" · ");
            match what {
                // The face of words may lack the arrow.
                What::Statement(_) => {
                    crate::ui::widgets::chain_label(ui, style, &words, style.muted);
                }
                What::Event(_) => {
                    ui.label(RichText::new(shown_name(&words)).small().color(style.muted));
                }
            }
        }
        if let What::Event(id) = what {
            for clash in self.model.timeline().clashes_of(id) {
                let words = format!("! {}", clash.words_of(notebook, id));
                ui.label(RichText::new(shown_name(&words)).color(style.accent));
            }
        }
        if let Some((_, article, sentence)) = &passage.told {
            let short: String = sentence.chars().take(360).collect();
            let cut = if short.len() < sentence.len() { "…" } else { "" };
            let face = FontId::new(14.5, style.serif.clone());
            let words = RichText::new(shown_name(&format!("{short}{cut}"))).font(face);
            ui.label(words.color(style.ink));
            let title = notebook.article(*article).map_or("", |it| it.about.title.as_str());
            let how = format!("{} · double-click to go there", shown_name(title));
            ui.label(RichText::new(how).small().color(style.muted));
        }
    }
}
