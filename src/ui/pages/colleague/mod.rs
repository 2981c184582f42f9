//! File › Compare with a colleague’s notebook…: what two people made of the same articles. Which entities are the same, to be
//! decided one by one or in one go; how far the two agree; who tagged what; and both merged.

mod agreement;
mod pairs;
mod tags;

use egui::{RichText, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::Colleague;
use crate::app::{Answer, Intent, Program, SessionIntent};
use crate::text::shown_name;
use crate::ui::theme::Style;
use crate::ui::widgets::counted;

/// What the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Pairs,
    Agreement,
    Tags,
}

const TABS: [(Tab, &str); 3] = [
    (Tab::Pairs, "Who is the same"),
    (Tab::Agreement, "Agreement"),
    (Tab::Tags, "Who tagged what"),
];

/// The page.
pub struct ColleaguePage {
    tab: Tab,
    pairs: pairs::Pairs,
    tags: tags::Tags,
}

impl Page for ColleaguePage {
    type Question = Colleague;

    fn open(_: &Colleague, _: &Program) -> Self {
        Self { tab: Tab::Pairs, pairs: pairs::Pairs::default(), tags: tags::Tags::default() }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &Colleague, frame: &mut PageFrame<'_>) {
        let style = frame.style;
        ui.set_width((ui.ctx().content_rect().width() - 80.0).min(980.0));
        title(ui, style, &format!("Compare with “{}”", asked.name));
        summary(ui, asked, style);
        ui.horizontal(|ui| {
            for (tab, name) in TABS {
                if ui.selectable_label(self.tab == tab, name).clicked() {
                    self.tab = tab;
                }
            }
        });
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 300.0).clamp(120.0, 520.0);
        match self.tab {
            Tab::Pairs => self.pairs.ui(ui, asked, height, frame),
            Tab::Agreement => agreement::ui(ui, asked, height, style),
            Tab::Tags => self.tags.ui(ui, asked, height, style),
        }
        ui.add_space(10.0);
        ui.horizontal(|ui| buttons(ui, asked, frame));
    }
}

/// What both have, what would be added, and what is told but not done.
fn summary(ui: &mut Ui, asked: &Colleague, style: &Style) {
    let preview = &asked.preview;
    let common = asked.pairing.articles().len();
    if common == 0 {
        ui.label("The two have no article in common.");
    }
    let said = format!(
        "In both: {}. A merge would add {}.",
        preview.joined_in_words(),
        preview.added_in_words()
    );
    ui.label(said);
    let mut notes: Vec<String> = Vec::new();
    for near in asked.pairing.near().iter().take(3) {
        let name = asked.ours.subject_name(near.ours.into());
        notes.push(format!(
            "“{}” is nearly the same in both ({:.0} %), but not quite: it stays two articles.",
            shown_name(&name),
            near.share * 100.0
        ));
    }
    notes.extend(preview.refused.iter().take(2).map(|why| shown_name(why).into_owned()));
    for note in notes {
        ui.add(egui::Label::new(RichText::new(note).color(style.muted)).wrap());
    }
    ui.add_space(6.0);
}

fn buttons(ui: &mut Ui, asked: &Colleague, frame: &mut PageFrame<'_>) {
    let style = frame.style;
    let merge = ui.button("Merge");
    if frame.just_opened {
        merge.request_focus();
    }
    // While it has the keyboard, the arrows walk the list instead of the buttons.
    if merge.has_focus() {
        let arrows = egui::EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(merge.id, arrows));
    }
    let hint = "One step, which undo takes back. Where you differ, yours stands, and the review lists the other value";
    if merge.on_hover_text(hint).clicked() {
        frame.out.push(Intent::Session(SessionIntent::MergeColleague));
    }
    if ui.button("Cancel").clicked() {
        frame.out.push(Intent::Answer(Answer::Cancel));
    }
    let open = asked.open();
    if open > 0 {
        let left = format!("{} not decided: they stay two each", counted(open, "pair"));
        ui.label(RichText::new(left).font(style.small()).color(style.muted));
    }
}

/// A frame around a list.
fn framed(ui: &mut Ui, style: &Style, add: impl FnOnce(&mut Ui)) {
    egui::Frame::new()
        .fill(style.surface)
        .stroke(egui::Stroke::new(1.0, style.lines))
        .corner_radius(6)
        .inner_margin(8)
        .show(ui, add);
}
