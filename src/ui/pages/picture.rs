//! File › Export picture…: what is drawn, and how. Where it goes is asked next.

use egui::{RichText, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::{ExportPicture, ReplacePicture};
use crate::app::{
    Answer, Intent, OpenNotebook, PictureChoice, Program, SessionIntent, TimelineSettings, today,
};
use crate::export::Scope;
use crate::picture::{Format, Look, SCALES};
use crate::text::shown_name;
use crate::timeline::LaneBy;
use crate::ui::limits;
use crate::ui::text_fields::text_field;
use crate::ui::theme::Style;
use crate::ui::widgets::{hint, named};

/// The width of the page, in points.
const WIDTH: f32 = 470.0;

/// The page.
pub struct PicturePage {
    /// The timeline is chosen.
    timeline: bool,
    /// How it is shown.
    timeline_as: TimelineSettings,
    scope: Scope,
    format: Format,
    dark: bool,
    percent: f32,
    title: String,
    with_day: bool,
    legend: bool,
}

impl Page for PicturePage {
    type Question = ExportPicture;

    fn open(_: &ExportPicture, program: &Program) -> Self {
        let book = program.open_notebook();
        let scope = book.and_then(Scope::of_selection).unwrap_or_default();
        let title =
            book.map_or_else(String::new, |book| shown_name(book.notebook().title()).into_owned());
        let (format, dark) = (Format::default(), program.is_dark());
        Self {
            timeline: false,
            timeline_as: program.prefs().timeline,
            scope,
            format,
            dark,
            percent: 100.0,
            title,
            with_day: false,
            legend: true,
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &ExportPicture, frame: &mut PageFrame<'_>) {
        let Some(book) = frame.program.open_notebook() else { return };
        ui.set_width(WIDTH);
        title(ui, frame.style, "Export picture");
        self.scopes(ui, book);
        ui.add_space(10.0);
        self.formats(ui, frame.style, frame.just_opened);
        ui.add_space(10.0);
        self.looks(ui);
        ui.add_space(14.0);
        ui.horizontal(|ui| {
            if ui.button("Export…").clicked() {
                let choice = PictureChoice {
                    timeline: self.timeline.then_some(self.timeline_as),
                    scope: self.scope.clone(),
                    format: self.format,
                    look: Look {
                        dark: self.dark,
                        title: self.title.trim().to_owned(),
                        day: if self.with_day { today() } else { String::new() },
                        legend: self.legend,
                        scale: self.percent / 100.0,
                    },
                };
                frame.out.push(Intent::Session(SessionIntent::AskWhereToDraw(choice)));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}

impl PicturePage {
    fn scopes(&mut self, ui: &mut Ui, book: &OpenNotebook) {
        ui.label(RichText::new("What").strong());
        let of_canvas = !self.timeline;
        if ui.radio(of_canvas && self.scope == Scope::Everything, "The whole canvas").clicked() {
            (self.timeline, self.scope) = (false, Scope::Everything);
        }
        let selected = Scope::of_selection(book);
        let is_selection = of_canvas && matches!(self.scope, Scope::Selection { .. });
        let radio = egui::RadioButton::new(is_selection, "What is selected");
        if ui.add_enabled(selected.is_some(), radio).clicked()
            && let Some(selected) = selected
        {
            (self.timeline, self.scope) = (false, selected);
        }
        let views = book.notebook().views();
        ui.horizontal(|ui| {
            let is_view = of_canvas && matches!(self.scope, Scope::View(_));
            let radio = egui::RadioButton::new(is_view, "A saved view");
            let clicked = ui.add_enabled(!views.is_empty(), radio).clicked();
            if let Some(first) = views.keys().next().filter(|_| clicked && !is_view) {
                (self.timeline, self.scope) = (false, Scope::View(*first));
            }
            if !self.timeline
                && let Scope::View(chosen) = &mut self.scope
            {
                let name = |id| {
                    views.get(&id).map_or(String::new(), |view| shown_name(&view.name).into_owned())
                };
                let list = egui::ComboBox::from_id_salt("view drawn").selected_text(name(*chosen));
                let list = list.show_ui(ui, |ui| {
                    for id in views.keys() {
                        ui.selectable_value(chosen, *id, name(*id));
                    }
                });
                let now = name(*chosen);
                named(ui, &list.response, "Saved view to draw");
                ui.ctx().accesskit_node_builder(list.response.id, |node| node.set_value(now));
            }
        });
        ui.horizontal(|ui| {
            if ui.radio(self.timeline, "The timeline").clicked() {
                self.timeline = true;
            }
            if self.timeline {
                let now = self.timeline_as.lanes.label();
                let list = egui::ComboBox::from_id_salt("lanes drawn");
                let list = list.selected_text(format!("Lanes: {}", now.to_lowercase()));
                let list = list.show_ui(ui, |ui| {
                    for by in LaneBy::ALL {
                        ui.selectable_value(&mut self.timeline_as.lanes, by, by.label());
                    }
                });
                named(ui, &list.response, "Lanes of the timeline");
                let now = self.timeline_as.lanes.label();
                ui.ctx().accesskit_node_builder(list.response.id, |node| node.set_value(now));
                ui.checkbox(&mut self.timeline_as.statements, "Statements");
            }
        });
    }

    fn formats(&mut self, ui: &mut Ui, style: &Style, just_opened: bool) {
        ui.label(RichText::new("Format").strong());
        ui.horizontal(|ui| {
            for format in Format::ALL {
                let chosen = self.format == format;
                let radio = ui.radio(chosen, format.ending().to_uppercase());
                if radio.clicked() {
                    self.format = format;
                }
                if chosen && just_opened {
                    radio.request_focus();
                }
            }
        });
        hint(ui, style, self.format.purpose());
    }

    fn looks(&mut self, ui: &mut Ui) {
        ui.label(RichText::new("Look").strong());
        ui.horizontal(|ui| {
            for (dark, word) in [(false, "Light"), (true, "Dark")] {
                if ui.radio(self.dark == dark, word).clicked() {
                    self.dark = dark;
                }
            }
            ui.add_space(16.0);
            let range = SCALES.0 * 100.0..=SCALES.1 * 100.0;
            let label = ui.label("Scale");
            let scale = egui::Slider::new(&mut self.percent, range).logarithmic(true);
            ui.add(scale.step_by(5.0).fixed_decimals(0).suffix(" %")).labelled_by(label.id);
        });
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.label("Title");
            let field = limits::line(&mut self.title).desired_width(f32::INFINITY);
            let field = ui.add(field.hint_text("none"));
            field.widget_info(|| text_field(self.title.as_str(), self.title.as_str(), "Title"));
        });
        ui.checkbox(&mut self.with_day, "Today’s date below the title");
        ui.checkbox(&mut self.legend, "Legend");
    }
}

/// Something is at the place of the picture.
pub struct ReplacePicturePage;

impl Page for ReplacePicturePage {
    type Question = ReplacePicture;

    fn open(_: &ReplacePicture, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &ReplacePicture, frame: &mut PageFrame<'_>) {
        super::export::ask_to_replace(ui, "Replace the file?", &asked.path, frame);
    }
}
