//! The real window without a screen.

use std::time::Duration;

use casebook::app::Program;
use casebook::ui::{Window, fonts};
use egui::Vec2;
use egui_kittest::Harness;

/// A window, once its first frame has begun, and until then what it is to show.
pub struct Desk {
    program: Option<Program>,
    window: Option<Window>,
}

impl Desk {
    pub fn window(&mut self) -> &mut Window {
        self.window.as_mut().expect("the window is open")
    }

    pub fn program(&self) -> &Program {
        self.window.as_ref().expect("the window is open").program()
    }
}

/// Lets the window take what was sent to it, and waits for the jobs that this began, and for those that they began.
pub fn settle(harness: &mut Harness<'static, Desk>) {
    loop {
        // A click or a key that was queued acts only in a frame, and a job it begins begins there.
        harness.run();
        let program = harness.state_mut().window().program_mut();
        // What a job brought is there before it is no longer under way, and has still to be taken in.
        if program.jobs().is_empty() && !program.poll() {
            return;
        }
        assert!(program.settle(Duration::from_secs(120)), "a job does not end");
    }
}

/// A window of this size, in points, on a program, after its first frames.
pub fn open(size: Vec2, program: Program) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 60.0)
        .with_max_steps(200)
        .with_context_setup(|ctx| ctx.set_fonts(fonts::built_in()))
        .build_ui_state(
            |ui, desk: &mut Desk| {
                let ctx = ui.ctx().clone();
                if let Some(program) = desk.program.take() {
                    desk.window = Some(Window::new(&ctx, program));
                }
                let window = desk.window();
                window.logic(&ctx);
                window.ui(ui);
            },
            Desk { program: Some(program), window: None },
        );
    harness.run();
    harness
}
