//! Review: what is open, under its rules; a click shows it where it is and in the inspector, Space walks through, and
//! below the list stands what the rule says and what can be done.

use std::collections::BTreeSet;

use egui::{Align2, Key, Modifiers, Rect, Role, WidgetInfo, pos2, vec2};
use egui::{Id, RichText, ScrollArea, Sense, Ui, UiBuilder};

use super::theme::Style;
use super::widgets::{ROW, Row, alert, command_button, counted, hint, paint_heading};
use crate::app::{Command, Finding, FindingsIntent, Intent, OpenNotebook, Program, Selection};
use crate::inquiry::review::{Open, Severity, other_value};
use crate::inquiry::sources::NextSource;
use crate::notebook::{Kind, Notebook, Subject};
use crate::text::shown_name;
use crate::ui::panes::{PaneFrame, PaneView};
use crate::ui::stopped::stopped;

/// The heading of what is waived.
const WAIVED: &str = "Waived";

/// The heading of what to read or find next.
const NEXT: &str = "Next source: what would lift most claims";

/// The most of those that are listed.
const MOST_NEXT: usize = 50;

/// The review list.
#[derive(Debug, Default)]
pub struct Review {
    /// What the lines were made for: the revision of the list, and how much there is to read next.
    made_for: Option<(u64, usize)>,
    lines: Vec<Line>,
    closed: BTreeSet<&'static str>,
    stale: bool,
    focus_first: bool,
    /// The row that had the keyboard when rows were drawn last.
    focused: Option<Id>,
    /// The finding that was scrolled to.
    shown: Option<Finding>,
}

#[derive(Clone, Copy, Debug)]
enum Line {
    /// A rule’s heading, its severity, and how many stand under it.
    Heading(&'static str, Option<Severity>, usize),
    /// A finding: whether it is waived, and its number in that list.
    Item(bool, usize),
    /// Something to read or find.
    Next(usize),
}

impl PaneView for Review {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        if frame.takes_keyboard {
            self.focus();
        }
        let before = frame.out.len();
        self.ui(ui, frame.program, frame.book, frame.style, frame.out);
        // What was chosen is shown where it is, and its details in the inspector.
        *frame.inspect |= frame.out.len() > before;
    }

    fn count(&mut self, book: &OpenNotebook) -> Option<usize> {
        Some(Self::count(self, book))
    }
}

impl Review {
    /// A list for any notebook.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next frame puts the keyboard on the first item.
    pub const fn focus(&mut self) {
        self.focus_first = true;
    }

    /// How many things are open.
    pub fn count(&mut self, book: &OpenNotebook) -> usize {
        book.review().map_or(0, |list| list.open.len())
    }

    fn update(&mut self, book: &OpenNotebook) {
        let Some(list) = book.review() else {
            self.lines.clear();
            self.made_for = None;
            return;
        };
        let next = book.next_sources().len().min(MOST_NEXT);
        let made_for = Some((list.revision, next));
        if self.made_for == made_for && !std::mem::take(&mut self.stale) {
            return;
        }
        self.made_for = made_for;
        self.lines.clear();
        let mut at = 0;
        while let Some(first) = list.open.get(at) {
            let rule = first.rule;
            let n = list.open[at..].iter().take_while(|open| open.rule == rule).count();
            self.lines.push(Line::Heading(rule.title, Some(rule.severity), n));
            if !self.closed.contains(rule.title) {
                self.lines.extend((at..at + n).map(|item| Line::Item(false, item)));
            }
            at += n;
        }
        if next > 0 {
            self.lines.push(Line::Heading(NEXT, None, book.next_sources().len()));
            if !self.closed.contains(NEXT) {
                self.lines.extend((0..next).map(Line::Next));
            }
        }
        if !list.waived.is_empty() {
            self.lines.push(Line::Heading(WAIVED, None, list.waived.len()));
            if !self.closed.contains(WAIVED) {
                self.lines.extend((0..list.waived.len()).map(|item| Line::Item(true, item)));
            }
        }
    }

    /// Draws the list.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        self.update(book);
        let inner = ui.max_rect().shrink2(vec2(8.0, 8.0));
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            if self.lines.is_empty() {
                nothing(ui, book, style, out);
                return;
            }
            if let Some(open) = book.finding_looked_at().and_then(|it| book.finding(it)) {
                egui::Panel::bottom(Id::unique("review details"))
                    .frame(egui::Frame::new().inner_margin(egui::Margin::symmetric(4, 6)))
                    .show_separator_line(true)
                    .show(ui, |ui| {
                        // In a low pane the list keeps its half.
                        ScrollArea::vertical()
                            .id_salt("review details")
                            .max_height((inner.height() * 0.5).max(ROW))
                            .min_scrolled_height((inner.height() * 0.5).max(ROW))
                            .auto_shrink([false, true])
                            .show(ui, |ui| details(ui, program, book, style, open, out));
                    });
            }
            self.list(ui, book, style, out);
        });
    }

    fn list(&mut self, ui: &mut Ui, book: &OpenNotebook, style: &Style, out: &mut Vec<Intent>) {
        // The arrow keys move between rows as everywhere; Space goes on to the next finding.
        let focused = ui.ctx().memory(|memory| memory.focused());
        let has_focus = focused.is_some() && focused == self.focused;
        if has_focus && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space)) {
            out.push(Intent::Run(Command::NextFinding));
        }
        let looked_at = book.finding_looked_at().cloned();
        let list = book.review();
        let line_of = |finding: &Finding| {
            self.lines.iter().position(|line| match line {
                Line::Item(waived, item) => list
                    .and_then(|list| if *waived { &list.waived } else { &list.open }.get(*item))
                    .is_some_and(|open| finding.is(open)),
                Line::Heading(..) | Line::Next(_) => false,
            })
        };
        let mut scroll = ScrollArea::vertical().auto_shrink(false);
        let mut go_to = None;
        if self.shown != looked_at {
            go_to = looked_at.as_ref().and_then(line_of);
            if let Some(line) = go_to {
                let middle = (line as f32 + 0.5) * ROW - ui.available_height() * 0.5;
                scroll = scroll.vertical_scroll_offset(middle.max(0.0));
            }
            self.shown.clone_from(&looked_at);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = self.lines.len();
        scroll.show_rows(ui, ROW, rows, |ui, range| {
            for i in range {
                ui.scope_builder(UiBuilder::new().id_salt(i), |ui| match self.lines[i] {
                    Line::Heading(words, severity, n) => {
                        self.heading(ui, style, words, severity, n);
                    }
                    Line::Next(number) => {
                        if let Some(one) = book.next_sources().get(number) {
                            next_row(ui, style, (i, one), out);
                        }
                    }
                    Line::Item(waived, item) => {
                        let Some(list) = list else { return };
                        let of = if waived { &list.waived } else { &list.open };
                        let Some(open) = of.get(item) else { return };
                        let finding = Finding::of(open);
                        let chosen = looked_at.as_ref() == Some(&finding);
                        let focus =
                            go_to == Some(i) && has_focus || std::mem::take(&mut self.focus_first);
                        let id = Id::unique(("review item", i));
                        if focus || focused == Some(id) {
                            self.focused = Some(id);
                        }
                        if row(ui, book.notebook(), style, (i, open), (chosen, focus)) {
                            self.shown = Some(finding.clone());
                            out.push(FindingsIntent::LookAt(finding).into());
                        }
                    }
                });
            }
        });
    }

    fn heading(
        &mut self,
        ui: &mut Ui,
        style: &Style,
        words: &'static str,
        severity: Option<Severity>,
        n: usize,
    ) {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let response = ui.interact(rect, Id::unique(("review heading", words)), Sense::click());
        let closed = self.closed.contains(words);
        let severity_word = severity.map_or("", Severity::word);
        response.widget_info(|| {
            let state = if closed { "collapsed" } else { "expanded" };
            WidgetInfo::labeled(
                Role::Button,
                true,
                format!("{words}: {n}, {severity_word}, {state}"),
            )
        });
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 5.0, style.hovered);
        }
        let serious = severity == Some(Severity::Serious);
        let room = if serious { 88.0 } else { 44.0 };
        let inner =
            Rect::from_min_max(pos2(rect.left() + 8.0, rect.top()), rect.max - vec2(room, 0.0));
        paint_heading(ui, style, inner, words);
        let at = pos2(rect.right() - 8.0, rect.center().y);
        let colour = if serious { style.accent } else { style.muted };
        let end = if serious { format!("serious · {n}") } else { n.to_string() };
        ui.painter().text(at, Align2::RIGHT_CENTER, end, style.small(), colour);
        if response.clicked() {
            if !self.closed.remove(words) {
                self.closed.insert(words);
            }
            self.stale = true;
        }
    }
}

fn nothing(ui: &mut Ui, book: &OpenNotebook, style: &Style, out: &mut Vec<Intent>) {
    ui.add_space(12.0);
    if book.review_has_failed() {
        alert(ui, style, "The review could not be done: it failed.");
        return;
    }
    if book.review_was_stopped() {
        if stopped(ui, style, "The review was stopped.", "Review again") {
            out.push(Intent::ResumeStopped);
        }
        return;
    }
    if book.review().is_none() {
        hint(ui, style, "Reviewing…");
        return;
    }
    ui.strong("Nothing to review");
    let words = if book.notebook().entities().is_empty() {
        "Once you have tagged something, this list shows what is open before it can be published: single origins, \
         anonymous sources, links without evidence, replies not sought."
    } else {
        "No rule finds anything, and nothing is marked “to check”."
    };
    hint(ui, style, words);
}

/// Draws what to read or find; a click selects the claims that would gain.
fn next_row(ui: &mut Ui, style: &Style, (line, one): (usize, &NextSource), out: &mut Vec<Intent>) {
    let mut text = one.sentence();
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    let end = counted(one.claims.len(), "claim");
    let row = Row { text: &text, end: &end, ..Row::default() };
    let name = || format!("{}: {end} would gain", shown_name(&text));
    let response = row.show(ui, style, Id::unique(("review item", line)), name);
    if response.on_hover_text("Select the claims that would gain").clicked() {
        let entities = one.claims.iter().copied().collect();
        out.push(Intent::Select(Selection { entities, ..Selection::none() }));
    }
}

/// Draws a finding; returns whether it was clicked.
fn row(
    ui: &mut Ui,
    notebook: &Notebook,
    style: &Style,
    (line, open): (usize, &Open),
    (chosen, focus): (bool, bool),
) -> bool {
    let row = Row {
        mark: kind_of(notebook, open.what),
        text: &open.name,
        after: &open.words,
        selected: chosen,
        ..Row::default()
    };
    let name = || {
        let words = if open.words.is_empty() { String::new() } else { format!(", {}", open.words) };
        format!("{}: {}{}", open.rule.title, shown_name(&open.name), shown_name(&words))
    };
    let response = row.show(ui, style, Id::unique(("review item", line)), name);
    if focus {
        response.request_focus();
    }
    let clicked = response.clicked();
    let full = format!("{}\n{}", shown_name(&open.name), shown_name(&open.words));
    response.on_hover_text(full.trim_end());
    clicked
}

fn kind_of(notebook: &Notebook, what: Subject) -> Option<(Kind, bool)> {
    let entity = match what {
        Subject::Entity(id) => id,
        Subject::Mention(id) => notebook.mention(id)?.entity,
        Subject::Article(_) | Subject::Link(_) | Subject::Conflict(_) => return None,
    };
    notebook.entity(entity).map(|e| (e.kind(), e.is_anonymous()))
}

/// What the rule says of the finding that is looked at, and what can be done.
fn details(
    ui: &mut Ui,
    program: &Program,
    book: &OpenNotebook,
    style: &Style,
    open: &Open,
    out: &mut Vec<Intent>,
) {
    ui.spacing_mut().item_spacing.y = 4.0;
    if !open.words.is_empty() {
        ui.label(RichText::new(shown_name(&open.words)).color(style.ink));
    }
    hint(ui, style, open.rule.explanation);
    if let Some(waiver) = open.waived.and_then(|id| book.notebook().waivers().get(&id)) {
        let by = [waiver.by.as_str(), waiver.at.get(..10).unwrap_or(&waiver.at)];
        let by: Vec<&str> = by.into_iter().filter(|text| !text.is_empty()).collect();
        let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) };
        let reason = if waiver.reason.is_empty() { "no reason given" } else { &waiver.reason };
        ui.label(format!("Waived: {}{by}", shown_name(reason)));
    }
    ui.horizontal_wrapped(|ui| {
        if open.waived.is_none()
            && let Some((words, _)) = open.rule.fix.filter(|_| open.fix(book.notebook()).is_some())
        {
            let can = program.is_enabled(Command::FixFinding);
            let button = ui.add_enabled(can, egui::Button::new(words));
            if button.on_hover_text(Command::FixFinding.hint_with_key()).clicked() {
                out.push(Intent::Run(Command::FixFinding));
            }
        }
        match other_value(book.notebook(), open) {
            // A conflict is settled, not let stand.
            Some((words, _)) => {
                let can = program.is_enabled(Command::TakeOtherValue);
                let button = ui.add_enabled(can, egui::Button::new(words));
                if button.on_hover_text(Command::TakeOtherValue.hint_with_key()).clicked() {
                    out.push(Intent::Run(Command::TakeOtherValue));
                }
            }
            None => {
                command_button(ui, program, Command::WaiveFinding, out);
            }
        }
        command_button(ui, program, Command::NextFinding, out);
    });
}
