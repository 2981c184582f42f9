//! Questions and pages over everything else, one at a time. Each is a type of the part that asks it and handles its own
//! answer; the window has a page for each type.

use std::any::Any;
use std::fmt::Debug;

use super::Program;

/// A question to the user, or a page over everything else.
pub trait Question: Any + Debug {
    /// Handles the answer. The question is closed already. By default whatever waited for it is cancelled.
    fn answer(self: Box<Self>, program: &mut Program, _answer: Answer) {
        program.give_up_waiting();
    }
}

/// An answer to the question that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Save, then go on.
    Save,
    /// Go on without saving.
    Discard,
    /// Delete what was asked about.
    Delete,
    /// Save under another name.
    SaveAs,
    /// Save over what is there.
    Overwrite,
    /// Compare the two.
    Compare,
    /// Read the file again, instead of what is open.
    Reload,
    /// Leave everything as it is.
    Cancel,
}

/// The command palette: what is found by typing, and then run, shown or chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Every command, entity, article, view, group and note card, and words in articles.
    Everything,
    /// Everything on the canvas: it was opened to find something there.
    OnCanvas,
    /// The groups: it was opened to choose the one that the selected entities are added to.
    Groups,
}

impl Question for Palette {
    fn answer(self: Box<Self>, program: &mut Program, _: Answer) {
        // Nobody is there to see more places.
        program.look_for_words("");
        program.give_up_waiting();
    }
}

/// The page of all keys.
#[derive(Debug)]
pub struct Keys;

impl Question for Keys {}

/// The page about Casebook.
#[derive(Debug)]
pub struct About;

impl Question for About {}

/// The open question, with a number that is different for every question.
#[derive(Debug, Default)]
pub(super) struct Asked(Option<(u64, Box<dyn Question>)>);

impl Program {
    /// The question or page over everything else.
    #[must_use]
    pub fn question(&self) -> Option<&dyn Question> {
        self.asked.0.as_ref().map(|(_, question)| question.as_ref())
    }

    /// The question or page over everything else, if it is one of this type.
    #[must_use]
    pub fn asked<Q: Question>(&self) -> Option<&Q> {
        (self.question()? as &dyn Any).downcast_ref()
    }

    /// As [`Self::asked`], to be changed.
    pub(super) fn asked_mut<Q: Question>(&mut self) -> Option<&mut Q> {
        (self.asked.0.as_mut()?.1.as_mut() as &mut dyn Any).downcast_mut()
    }

    /// The number of the open question, different for every question.
    #[must_use]
    pub fn question_serial(&self) -> Option<u64> {
        self.asked.0.as_ref().map(|(serial, _)| *serial)
    }

    /// Opens a question or a page over everything else, replacing the one that is open.
    pub(super) fn ask(&mut self, question: impl Question) {
        let serial = self.next_serial();
        self.asked.0 = Some((serial, Box::new(question)));
    }

    /// Closes the open question or page; returns whether there was one.
    pub(super) fn close_question(&mut self) -> bool {
        self.asked.0.take().is_some()
    }

    /// Hands an answer to the question that is open.
    pub(super) fn answer(&mut self, answer: Answer) {
        match self.asked.0.take() {
            Some((_, question)) => question.answer(self, answer),
            None => self.give_up_waiting(),
        }
    }
}
