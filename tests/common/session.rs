//! A session in the real window without a screen: what a hand does, and what a screen reader finds. Tests add what only
//! they need in an `impl` of their own.

#![allow(dead_code, reason = "each test takes what it needs of it")]

#[path = "desk.rs"]
pub mod desk;
#[path = "program.rs"]
pub mod program;

use casebook::app::{Command, Intent, OpenNotebook, PrefsFile, Program};
use casebook::notebook::EntityId;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

pub struct Session(pub Harness<'static, desk::Desk>);

impl Session {
    /// A window with room for everything, and no notebook.
    pub fn open() -> Self {
        Self(desk::open(vec2(1700.0, 1200.0), Program::new(PrefsFile::none())))
    }

    pub fn program(&mut self) -> &mut Program {
        self.0.state_mut().window().program_mut()
    }

    pub fn open_notebook(&self) -> &OpenNotebook {
        self.0.state().program().open_notebook().unwrap()
    }

    /// Waits for the jobs that keys and clicks began.
    pub fn settle(&mut self) {
        desk::settle(&mut self.0);
        program::settle(self.program(), "what was done last");
    }

    pub fn send(&mut self, intent: Intent) {
        program::go(self.program(), intent);
        self.settle();
    }

    pub fn run(&mut self, command: Command) {
        self.send(Intent::Run(command));
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.0.key_press_modifiers(modifiers, key);
        self.0.run();
        self.settle();
    }

    pub fn id(&self, name: &str) -> EntityId {
        program::entity(self.open_notebook().notebook(), name)
    }

    /// Where an entity stands in the notebook.
    pub fn place(&self, name: &str) -> (f32, f32) {
        let node = self.open_notebook().notebook().nodes()[&self.id(name)];
        (node.x, node.y)
    }

    pub fn canvas(&self) -> Rect {
        self.0.get_by_role_and_label(Role::Canvas, "Canvas").rect()
    }

    pub fn keyboard_to_canvas(&mut self) {
        self.0.get_by_role_and_label(Role::Canvas, "Canvas").focus();
        self.0.run();
    }

    /// The left button goes down or up.
    pub fn button(&mut self, at: Pos2, pressed: bool) {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.0.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        self.0.step();
    }
}
