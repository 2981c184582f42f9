//! The window: one frame of it, from the program's state to pixels and back to intents.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::as_of_bar::AsOfBar;
use super::file_dialog::{self, Ended};
use super::panes::Panes;
use super::theme::Style;
use super::type_ahead::TypeAhead;
use super::{fonts, keys, notices, overlays, pages, toolbars, welcome, window_place};
use crate::app::questions::Unsaved;
use crate::app::{DialogKind, Effect, Intent, Program, SessionIntent, SettingsIntent};
use crate::crash;

/// The window and the program in it.
pub struct Window {
    program: Program,
    style: Style,
    panes: Panes,
    overlays: overlays::Overlays,
    as_of: AsOfBar,
    pages: pages::Pages,
    ahead: TypeAhead,
    out: Vec<Intent>,
    dialogs: (Sender<Ended>, Receiver<Ended>),
    /// Only one file dialog at a time.
    dialog_open: bool,
    faces: Option<Receiver<fonts::OfSystem>>,
    /// The face that was asked for last; `None` until the desktop was asked.
    face: Option<Option<String>>,
    desktop: Option<Receiver<Option<bool>>>,
    /// Everything is settled: the next request to close is granted.
    may_close: bool,
    title: String,
    /// The desktop is asked once the first frame is on screen: looking for faces takes time from drawing it.
    ask: Ask,
    /// Whether the window had the keyboard in the last frame.
    focused: bool,
    place: window_place::Watch,
}

/// When the desktop is asked for its faces and colours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    Never,
    AfterFirstFrame,
    Now,
}

impl Window {
    /// A window on this program. System faces and the desktop's colour scheme are asked for in the background.
    #[must_use]
    pub fn new(ctx: &egui::Context, mut program: Program) -> Self {
        let waker = ctx.clone();
        program.set_waker(Arc::new(move || waker.request_repaint()));
        let style = style_of(&program);
        style.apply(ctx);
        program.add_panes(super::all_panes());
        let panes = Panes::new(super::PANES, &program);
        ctx.set_zoom_factor(program.prefs().zoom);
        // Zoom keys are commands of ours.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        Self {
            program,
            style,
            panes,
            overlays: overlays::Overlays::default(),
            as_of: AsOfBar::default(),
            pages: pages::Pages::default(),
            ahead: TypeAhead::default(),
            out: Vec::new(),
            dialogs: channel(),
            dialog_open: false,
            faces: None,
            face: None,
            desktop: None,
            may_close: false,
            title: String::new(),
            ask: Ask::Never,
            focused: true,
            place: window_place::Watch::default(),
        }
    }

    /// Looks for the system's faces and colour scheme, in the background, as soon as the first frame is drawn.
    #[must_use]
    pub const fn asking_the_desktop(mut self) -> Self {
        self.ask = Ask::AfterFirstFrame;
        self
    }

    /// Goes on watching where the window stands on the screen.
    #[must_use]
    pub(super) fn watching(mut self, place: window_place::Watch) -> Self {
        self.place = place;
        self
    }

    fn ask_the_desktop(&mut self, ctx: &egui::Context) {
        match self.ask {
            Ask::Never => {}
            Ask::AfterFirstFrame => {
                self.ask = Ask::Now;
                ctx.request_repaint();
            }
            Ask::Now => {
                self.ask = Ask::Never;
                self.look_for_faces(ctx);
                #[cfg(target_os = "linux")]
                {
                    self.desktop = Some(in_background(ctx, super::portal::ask));
                }
            }
        }
    }

    /// Looks for the system's faces and the one that articles are set in, in the background.
    fn look_for_faces(&mut self, ctx: &egui::Context) {
        let face = self.program.prefs().text.face.clone();
        self.face = Some(face.clone());
        self.faces = Some(in_background(ctx, move || fonts::of_system(face.as_deref())));
    }

    /// The program in the window.
    #[must_use]
    pub const fn program(&self) -> &Program {
        &self.program
    }

    /// The program in the window, to be driven by a test.
    pub const fn program_mut(&mut self) -> &mut Program {
        &mut self.program
    }

    /// What happens between frames: results of jobs, dialogs, the desktop.
    pub fn logic(&mut self, ctx: &egui::Context) {
        self.program.poll();
        while let Ok(ended) = self.dialogs.1.try_recv() {
            self.dialog_open = false;
            match ended {
                Ended::Open(paths, encoding) => {
                    self.out.push(Intent::Session(SessionIntent::opening(paths, encoding)));
                }
                Ended::Update(path, article) => {
                    self.out.push(Intent::Session(SessionIntent::UpdateArticle(article, path)));
                }
                Ended::Keep(path, article) => {
                    self.out.push(Intent::Session(SessionIntent::KeepFile(article, path)));
                }
                Ended::Colleague(path) => {
                    self.out.push(Intent::Session(SessionIntent::CompareWithColleague(path)));
                }
                Ended::SaveAs(path) => self.out.push(Intent::Session(SessionIntent::SaveTo(path))),
                Ended::Import(path) => {
                    self.out.push(Intent::Session(SessionIntent::ImportFrom(path)));
                }
                Ended::Export(path, choice) => {
                    self.out.push(Intent::Session(SessionIntent::ExportTo(path, choice)));
                }
                Ended::Picture(path, choice) => {
                    self.out.push(Intent::Session(SessionIntent::DrawTo(path, choice)));
                }
                Ended::Cancelled => self.program.dialog_cancelled(),
                Ended::Failed(kind, why) => self.out.push(Intent::DialogFailed(kind, why)),
            }
        }
        if let Some(faces) = self.faces.as_ref().and_then(|faces| faces.try_recv().ok()) {
            ctx.set_fonts(faces.definitions);
            self.out.push(Intent::Settings(SettingsIntent::FacesFound(faces.found)));
            self.faces = None;
        }
        if let Some(dark) = self.desktop.as_ref().and_then(|desktop| desktop.try_recv().ok()) {
            self.out.extend(dark.map(|it| SettingsIntent::DesktopIsDark(it).into()));
            self.desktop = None;
        }
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let dropped: Vec<PathBuf> = dropped
            .iter()
            .map(|file| file.path().to_owned())
            .filter(|path| !path.as_os_str().is_empty())
            .collect();
        if !dropped.is_empty() {
            self.out.push(Intent::Session(SessionIntent::opening(dropped, None)));
        }
        self.out.extend(self.place.look(ctx).map(|place| SettingsIntent::WindowIs(place).into()));
        if ctx.input(|input| input.viewport().close_requested()) && !self.may_close {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            if self.program.asked::<Unsaved>().is_none() {
                self.out.push(Intent::Run(crate::app::Command::Quit));
            }
        }
        let focused = ctx.input(|input| input.focused);
        if focused && !self.focused {
            self.out.push(Intent::Session(SessionIntent::Focused));
        } else if self.focused && !focused {
            self.out.push(Intent::Settings(SettingsIntent::Keep));
        }
        self.focused = focused;
        self.ask_the_desktop(ctx);
        self.settle(ctx);
    }

    /// One frame.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        // Keys act on what was clicked before them, also where one slow frame holds both.
        let mut pressed = Vec::new();
        keys::take(&ctx, &self.program, &mut self.ahead, &mut pressed);
        toolbars::top(ui, &self.program, &self.style, &mut self.out, &mut self.panes);
        toolbars::status(ui, &self.program, &self.style, &mut self.out, &mut self.panes);
        toolbars::read_only(ui, &self.program, &self.style, &mut self.out);
        super::what_if_bar::what_if(ui, &self.program, &self.style, &mut self.out);
        self.as_of.ui(ui, &self.program, &self.style, &mut self.out);
        match self.program.open_notebook() {
            Some(book) => {
                let shown = self.panes.ui(ui, &self.program, book, &self.style, &mut self.out);
                let closed =
                    self.overlays.ui(&ctx, &self.program, book, &self.style, &shown, &mut self.out);
                if closed {
                    self.panes.take_keyboard_back();
                }
            }
            None => welcome::ui(ui, &self.program, &self.style, &mut self.out),
        }
        self.out.append(&mut pressed);
        self.pages.ui(&ctx, &self.program, &self.style, &mut self.out);
        notices::ui(&ctx, &self.program, &self.style, &mut self.out);
        super::drop_hint::drop_hint(&ctx, &self.program, &self.style);
        self.settle(&ctx);
        crash::has_drawn();
        self.rehearse_a_fault();
    }

    fn rehearse_a_fault(&self) {
        if let Some(book) = self.program.open_notebook() {
            let article = book.article().and_then(|id| book.notebook().article(id));
            let words = article.and_then(|article| article.text.get(0..article.text.len()));
            crash::simulate(book.notebook().title(), words.unwrap_or(""));
        }
    }

    /// Carries out what was sent and what the program asks of the window.
    fn settle(&mut self, ctx: &egui::Context) {
        let sent = std::mem::take(&mut self.out);
        let any = !sent.is_empty();
        self.program.dispatch_all(sent);
        for effect in self.program.take_effects() {
            self.apply_effect(ctx, effect);
        }
        let style = style_of(&self.program);
        if style != self.style {
            style.apply(ctx);
            self.style = style;
        }
        if self.face.as_ref().is_some_and(|asked| *asked != self.program.prefs().text.face) {
            self.look_for_faces(ctx);
        }
        let title = title_of(&self.program);
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if any {
            ctx.request_repaint();
        }
    }

    fn apply_effect(&mut self, ctx: &egui::Context, effect: Effect) {
        match effect {
            Effect::Dialog(kind) => self.open_dialog(ctx, kind),
            Effect::Close => {
                self.may_close = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Effect::Copy(text) => ctx.copy_text(text),
            Effect::CopyPicture { width, height, pixels } => {
                ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied([width, height], &pixels));
            }
            Effect::Paste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Effect::Zoom(by) => {
                let zoom = match by {
                    0 => 1.0,
                    by => {
                        (ctx.zoom_factor() * if by > 0 { 1.1 } else { 1.0 / 1.1 }).clamp(0.6, 2.5)
                    }
                };
                ctx.set_zoom_factor(zoom);
                let prefs = crate::app::Prefs { zoom, ..self.program.prefs().clone() };
                self.out.push(Intent::Settings(SettingsIntent::SetPrefs(prefs)));
            }
            Effect::FocusFind => self.overlays.apply_effect(&effect),
            Effect::ArrangePanes => self.panes.arrange(&self.program.prefs().panes),
            Effect::WriteOn(_) => {
                // At once: what is typed before the next frame is meant for it.
                super::canvas::Canvas::give_keyboard_to_writing(ctx);
                self.panes.apply_effect(&effect);
            }
            Effect::SelectAll
            | Effect::Fit
            | Effect::StepView(_)
            | Effect::GoTo(_)
            | Effect::ShowOnCanvas(_)
            | Effect::LookAt(_)
            | Effect::ShowFocus
            | Effect::TogglePane(_)
            | Effect::ShowPane(_)
            | Effect::ShowTable(_)
            | Effect::MaximisePane
            | Effect::RestorePanes
            | Effect::StepPane(_)
            | Effect::FocusPane(_)
            | Effect::FocusName => self.panes.apply_effect(&effect),
        }
        ctx.request_repaint();
    }

    fn open_dialog(&mut self, ctx: &egui::Context, kind: DialogKind) {
        if self.dialog_open {
            let why = "one is already open, or the desktop does not respond".to_owned();
            self.out.push(Intent::DialogFailed(kind, why));
            return;
        }
        self.dialog_open = true;
        let waker = ctx.clone();
        file_dialog::open(kind, self.dialogs.0.clone(), move || waker.request_repaint());
    }
}

fn in_background<T: Send + 'static>(
    ctx: &egui::Context,
    work: impl FnOnce() -> T + Send + 'static,
) -> Receiver<T> {
    let (sender, receiver) = channel();
    let waker = ctx.clone();
    std::thread::spawn(move || {
        // The window may be gone by then.
        let _ = sender.send(work());
        waker.request_repaint();
    });
    receiver
}

fn style_of(program: &Program) -> Style {
    let style = if program.is_dark() { Style::dark() } else { Style::light() };
    let prefs = program.prefs();
    Style {
        suggestions: prefs.suggestions,
        text_size: prefs.text.size,
        leading: prefs.text.leading,
        measure: prefs.text.width,
        cursor: prefs.text.cursor,
        ..style
    }
}

fn title_of(program: &Program) -> String {
    match program.open_notebook() {
        None => "Casebook".to_owned(),
        Some(book) => {
            let mark = if book.is_modified() { "● " } else { "" };
            // The window manager would obey them.
            format!("{mark}{} – Casebook", crate::text::shown_name(&book.name()))
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
    }
}

/// Opens the window and stays until it is closed. `file` is opened in it, an article or a notebook by what it is.
///
/// # Errors
/// Where no window can be opened: what is missing, and which headless command serves instead.
pub fn run(file: Option<PathBuf>) -> anyhow::Result<()> {
    let start = || {
        let mut program = Program::of_user();
        let kept = program.prefs().window;
        let viewport = window_place::viewport(kept)
            .with_title("Casebook")
            .with_app_id("casebook")
            .with_icon(icon());
        let options = eframe::NativeOptions {
            viewport,
            renderer: eframe::Renderer::Glow,
            ..eframe::NativeOptions::default()
        };
        eframe::run_native(
            "casebook",
            options,
            Box::new(move |creation| {
                crash::is_reading();
                let ctx = &creation.egui_ctx;
                ctx.set_fonts(fonts::built_in());
                if let Some(place) = crash::before_restart() {
                    program.report_crash(place);
                }
                if let Some(file) = file {
                    program.dispatch(Intent::Session(SessionIntent::OpenPath(file)));
                }
                let place = window_place::fit(creation, kept);
                let window = Window::new(ctx, program).asking_the_desktop().watching(place);
                Ok(Box::new(window))
            }),
        )
        .map_err(|error| error.to_string())
    };
    crash::guard(start).map_err(|why| {
        if let Some(said) = crash::restart(&std::env::current_exe().unwrap_or_default()) {
            return anyhow::anyhow!("{said}");
        }
        anyhow::anyhow!(
            "no window can be opened ({why}). The window needs a display and OpenGL; the headless commands do not: “casebook show NOTEBOOK”, “check”, “new”, “edit”"
        )
    })
}

/// The window's icon; none where it cannot be decoded.
fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default()
}
