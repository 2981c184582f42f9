//! What a page is to the window: what draws a question of one type, and what it is given for that.

use std::any::Any;

use egui::{Context, Ui};

use crate::app::{Intent, Program, Question};
use crate::ui::theme::Style;

/// What draws the questions of one type, with what is typed into its fields. It is made when its question is asked, and
/// goes with it.
pub trait Page: Sized + 'static {
    /// What it draws.
    type Question: Question;

    /// The page as it opens.
    fn open(question: &Self::Question, program: &Program) -> Self;

    /// Draws it.
    fn ui(&mut self, ui: &mut Ui, question: &Self::Question, frame: &mut PageFrame<'_>);

    /// Draws it with what is around it: a window in the middle, over everything else. A click beside it cancels.
    fn show(&mut self, ctx: &Context, question: &Self::Question, frame: &mut PageFrame<'_>) {
        let dark = if frame.style.dark { 130 } else { 70 };
        let modal = egui::Modal::new(egui::Id::unique("page"))
            .backdrop_color(egui::Color32::from_black_alpha(dark))
            .frame(egui::Frame::window(&ctx.global_style()).inner_margin(egui::Margin::same(20)))
            .show(ctx, |ui| self.ui(ui, question, frame));
        if modal.backdrop_response.clicked() {
            frame.out.push(Intent::Cancel);
        }
    }
}

/// What a page is drawn with in one frame.
pub struct PageFrame<'a> {
    /// The program.
    pub program: &'a Program,
    /// The colours and faces.
    pub style: &'a Style,
    /// What the user wants.
    pub out: &'a mut Vec<Intent>,
    /// It was not there in the last frame: it takes the keyboard.
    pub just_opened: bool,
}

/// A page of whatever type.
pub(super) trait AnyPage {
    fn show_any(&mut self, ctx: &Context, question: &dyn Question, frame: &mut PageFrame<'_>);
}

impl<P: Page> AnyPage for P {
    fn show_any(&mut self, ctx: &Context, question: &dyn Question, frame: &mut PageFrame<'_>) {
        if let Some(question) = (question as &dyn Any).downcast_ref() {
            self.show(ctx, question, frame);
        }
    }
}

/// A row of the table of pages.
pub(super) struct PageRow {
    /// Makes the page, if it is one for this question.
    pub open: fn(&dyn Question, &Program) -> Option<Box<dyn AnyPage>>,
}

impl PageRow {
    pub const fn new<P: Page>() -> Self {
        Self {
            open: |question, program| {
                let question = (question as &dyn Any).downcast_ref()?;
                Some(Box::new(P::open(question, program)))
            },
        }
    }
}
