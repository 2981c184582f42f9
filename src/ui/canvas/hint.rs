//! The cards at the pointer: what a link says, how surely, and the sentence it rests on with the words that support it
//! marked; a node's name and numbers.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, PopupAnchor, Response, RichText, Tooltip, Ui};

use super::Canvas;
use super::access::{link_remarks, link_sentence};
use super::drag::Gesture;
use crate::app::{OpenNotebook, Tool};
use crate::drawing::OnBoard;
use crate::notebook::{EntityId, LinkId, Notebook, Place};
use crate::scene::SceneLink;
use crate::text::shown_name;
use crate::ui::idle_pointer;
use crate::ui::theme::Style;

/// How long the pointer rests before a card appears, in seconds.
const PATIENCE: f64 = 0.6;
/// So many bytes of a sentence are shown before and after the words that support a link.
const AROUND: usize = 160;
/// More bytes of supporting words than this are cut.
const LONGEST: usize = 420;

/// A sentence, in parts: each with whether it supports the link, and whether it names one of its ends.
type Parts = Vec<(String, bool, bool)>;

/// The sentence of the link that was under the pointer last.
#[derive(Debug, Default)]
pub struct Card {
    of: Option<(LinkId, u64)>,
    parts: Parts,
}

impl Card {
    fn sentence(&mut self, notebook: &Notebook, link: &SceneLink) -> &Parts {
        let of = Some((link.id, notebook.revision()));
        if self.of != of {
            self.of = of;
            self.parts = sentence(notebook, link).unwrap_or_default();
        }
        &self.parts
    }
}

/// The sentence around the first piece of a link's evidence, cut where it is long.
fn sentence(notebook: &Notebook, link: &SceneLink) -> Option<Parts> {
    let anchor = link.link.evidence.iter().find_map(|piece| notebook.evidence_anchor(piece))?;
    let range = match &anchor.place {
        Place::At { start, end } => *start..*end,
        Place::Orphan(quote) => return Some(vec![(one_line(&quote.exact), true, false)]),
    };
    let text = &notebook.article(anchor.article)?.text;
    let (first, last) = (text.sentence_at(range.start), text.sentence_at(range.end - 1));
    let low = first.start.min(range.start).max(range.start.saturating_sub(AROUND));
    let high = last.end.max(range.end).min(range.end + AROUND);
    let high = high.min(range.start + LONGEST + AROUND);
    let whole = text.trim(text.snap(low..high));
    let ends: Vec<EntityId> = link.link.ends().collect();
    let named: Vec<Range<usize>> = notebook
        .mentions_touching(anchor.article, whole.clone())
        .into_iter()
        .filter_map(|id| notebook.mention(id))
        .filter(|mention| ends.contains(&mention.entity))
        .filter_map(|mention| mention.anchor.range())
        .collect();
    let mut cuts: Vec<usize> = vec![whole.start, whole.end, range.start, range.end];
    cuts.extend(named.iter().flat_map(|range| [range.start, range.end]));
    cuts.retain(|cut| (whole.start..=whole.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts = Parts::new();
    if whole.start > first.start {
        parts.push(("… ".to_owned(), false, false));
    }
    // Where the whole sentence is the evidence, marking all of it would say nothing.
    let all = range.start <= whole.start && whole.end <= range.end;
    for cut in cuts.windows(2) {
        let [from, to] = *cut else { continue };
        let names = named.iter().any(|range| range.start <= from && to <= range.end);
        let supports = !all && range.start <= from && to <= range.end;
        parts.push((
            shown_name(&text.get(from..to)?.replace('\n', " ")).into_owned(),
            supports,
            names,
        ));
    }
    if whole.end < last.end.max(range.end) {
        parts.push((" …".to_owned(), false, false));
    }
    Some(parts)
}

/// A text on one line, cut where it is long.
fn one_line(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Canvas {
    /// The card at the pointer, once it has rested a while.
    pub(super) fn tooltip(
        &mut self,
        ui: &Ui,
        response: &Response,
        book: &OpenNotebook,
        style: &Style,
        time: f64,
    ) {
        let idle = idle_pointer::is_idle(ui.ctx());
        let hover = self.hover;
        let said = matches!(hover.board, Some(OnBoard::Bundle(_) | OnBoard::Box(_)));
        if (hover.node.is_none() && hover.link.is_none() && !said)
            || idle
            || self.writing.is_some()
            // Nothing covers what is open over the canvas.
            || !matches!(book.tool(), Tool::None)
            || !matches!(self.gesture, Gesture::None)
            || response.context_menu_opened()
            || ui.input(|input| input.pointer.any_down())
        {
            return;
        }
        let waited = time - hover.since;
        if waited < PATIENCE {
            let left = std::time::Duration::from_secs_f64((PATIENCE - waited).max(0.01));
            ui.ctx().request_repaint_after(left);
            return;
        }
        // Under a node, so that its name stays in sight; at the pointer for a link, which may be long.
        let node = hover.node.and_then(|number| self.scene.nodes.get(number as usize));
        let anchor = match node {
            Some(node) => {
                PopupAnchor::ParentRect(self.view.screen_rect(response.rect, node.rect()))
            }
            None => PopupAnchor::Pointer,
        };
        let enter = response.has_focus() && self.enter_goes_to(book) == hover.link;
        let gap = if node.is_some() { 7.0 } else { 14.0 };
        let (id, layer) = (response.id.with("hint"), response.layer_id);
        let tip = Tooltip::always_open(ui.ctx().clone(), layer, id, anchor).gap(gap);
        tip.show(|ui| {
            ui.set_max_width(340.0);
            if let Some(number) = hover.link {
                self.link_hint(ui, number, book, style, enter);
            } else if let Some(number) = hover.node {
                self.node_hint(ui, number, book, style);
            } else if let Some(on) = hover.board {
                self.board_hint(ui, on, book, style);
            }
        });
    }

    /// What a box holds, or what the links of a bundle say.
    fn board_hint(&self, ui: &mut Ui, on: OnBoard, book: &OpenNotebook, style: &Style) {
        const MOST: usize = 8;
        let board = &self.scene.board;
        let (heading, lines, how) = match on {
            OnBoard::Box(number) => {
                let Some(group) = board.groups.get(number as usize) else { return };
                let title = match &*group.group.title {
                    "" => group.count(),
                    title => format!("{title}: {}", group.count()),
                };
                let names = group.group.members.iter().map(|id| book.notebook().name(*id));
                (title, names.map(str::to_owned).take(MOST + 1).collect(), "Double-click to expand")
            }
            OnBoard::Bundle(number) => {
                let Some(bundle) = board.bundles.get(number as usize) else { return };
                let links = bundle.links.iter().map(|n| &self.scene.links[*n as usize]);
                let lines: Vec<String> =
                    links.map(|link| link_sentence(book, link)).take(MOST + 1).collect();
                let how = match bundle.links.len() {
                    1 => "Double-click to go to the evidence",
                    _ => "Click to select all",
                };
                (bundle.written.to_string(), lines, how)
            }
            _ => return,
        };
        let lines: Vec<String> = lines;
        ui.label(RichText::new(shown_name(&heading)).strong());
        for line in lines.iter().take(MOST) {
            ui.label(RichText::new(shown_name(line)));
        }
        if lines.len() > MOST {
            ui.label(RichText::new("…"));
        }
        ui.label(RichText::new(how).small().color(style.muted));
    }

    fn link_hint(
        &mut self,
        ui: &mut Ui,
        number: u32,
        book: &OpenNotebook,
        style: &Style,
        enter: bool,
    ) {
        let Some(link) = self.scene.links.get(number as usize) else { return };
        ui.label(RichText::new(shown_name(&link_sentence(book, link))).strong());
        let remarks = RichText::new(link_remarks(link)).small();
        ui.label(remarks.color(if link.is_bare() { style.accent } else { style.muted }));
        if link.is_bare() {
            return;
        }
        let parts = self.card.sentence(book.notebook(), link);
        if !parts.is_empty() {
            let mut job = LayoutJob::default();
            for (text, supports, names) in parts {
                let face = if *names { style.serif_bold.clone() } else { style.serif.clone() };
                let mut format = TextFormat::simple(FontId::new(14.5, face), style.ink);
                if *supports {
                    // A ground and a line: the marking does not hang on the colour alone.
                    format.background = style.hit;
                    format.underline = egui::Stroke::new(1.0, style.accent);
                }
                job.append(text, 0.0, format);
            }
            ui.add(egui::Label::new(job).wrap());
        }
        let how = if enter { "Press Enter or double-click" } else { "Double-click" };
        let next = match link.link.evidence.len() {
            1 => String::new(),
            many => format!("; again for the next of {many}"),
        };
        ui.label(RichText::new(format!("{how} to go there{next}")).small().color(style.muted));
    }

    /// The link that Enter leads to the sentence of: the selected one, or, while nothing is selected, the one under
    /// the pointer.
    pub(super) fn enter_goes_to(&self, book: &OpenNotebook) -> Option<u32> {
        match book.selection().only_link() {
            Some(link) => self.scene.link(link),
            None if book.selection().is_empty() => self.hover.link,
            None => None,
        }
    }

    fn node_hint(&self, ui: &mut Ui, number: u32, book: &OpenNotebook, style: &Style) {
        let Some(node) = self.scene.nodes.get(number as usize) else { return };
        ui.label(RichText::new(shown_name(&node.entity.name)).strong());
        let count = |number: usize, one: &str| match number {
            1 => format!("1 {one}"),
            more => format!("{more} {one}s"),
        };
        let mut parts = vec![
            node.kind.word().to_owned(),
            count(book.notebook().mention_count_of(node.id), "mention"),
            count(node.degree as usize, "link"),
        ];
        if node.entity.is_anonymous() {
            parts.insert(1, "anonymous".to_owned());
        }
        if node.entity.to_check {
            parts.push("to check".to_owned());
        }
        if node.pinned {
            parts.push("pinned".to_owned());
        }
        ui.label(RichText::new(parts.join(" · ")).small().color(style.muted));
        if let Some(words) =
            book.exploration().weights().and_then(|weights| weights.in_words(node.id))
        {
            ui.label(RichText::new(words).small().color(style.muted));
        }
    }
}
