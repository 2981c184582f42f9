//! From what a file says to edits of a notebook: what is there already is left as it is, what is new keeps its id, and what
//! does not fit is told, not dropped.

use super::ImportError;
use super::case::{Case, Missed};
use super::planner::{Counts, Makes, Planner, Task};
use crate::edit::{Edit, apply};
use crate::notebook::Notebook;
use std::collections::HashMap;

/// An import that is worked out and not carried out yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What carries it out, as one step. The notebook it was worked out for takes it.
    pub edit: Edit,
    /// What is new.
    pub new: Counts,
    /// What the notebook holds already.
    pub there: Counts,
    /// What did not fit, a line each.
    pub missed: Missed,
}

/// So many edits are tried together; one by one only where one of them is refused.
const TOGETHER: usize = 256;

/// Works out what makes of this notebook one that also holds what the file says. `label` names the step.
///
/// # Errors
/// Only [`ImportError::Cancelled`].
pub fn plan(
    case: Case,
    notebook: &Notebook,
    label: &str,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Plan, ImportError> {
    let mut planner = Planner {
        notebook,
        new: Counts::default(),
        there: Counts::default(),
        missed: case.missed,
        articles: HashMap::new(),
        entities: HashMap::new(),
        mentions: HashMap::new(),
        tagged: HashMap::new(),
        relations: HashMap::new(),
        tasks: Vec::new(),
    };
    for article in &case.articles {
        planner.article(article);
    }
    planner.entities(&case.entities);
    for article in &case.articles {
        planner.publisher(article);
    }
    for entity in &case.entities {
        planner.fields(entity);
    }
    for (number, mention) in case.mentions.iter().enumerate() {
        if number.is_multiple_of(256) {
            if cancelled() {
                return Err(ImportError::Cancelled);
            }
            progress(number as f32 / case.mentions.len() as f32 / 2.0);
        }
        planner.mention(mention);
    }
    planner.links(case.links);
    planner.groups(&case.groups);
    planner.cards(&case.cards);
    planner.say_what_articles_are_missing();
    planner.try_out(label, cancelled, progress)
}

impl Planner<'_> {
    /// Tries the edits on a copy of the notebook, so that the whole is taken; what is refused is told.
    fn try_out(
        mut self,
        label: &str,
        cancelled: &dyn Fn() -> bool,
        progress: &dyn Fn(f32),
    ) -> Result<Plan, ImportError> {
        let mut copy = self.notebook.clone();
        let mut taken = Vec::with_capacity(self.tasks.len());
        let tasks = std::mem::take(&mut self.tasks);
        let all = tasks.len();
        let mut rest = tasks.into_iter();
        loop {
            let group: Vec<Task> = rest.by_ref().take(TOGETHER).collect();
            if group.is_empty() {
                break;
            }
            if cancelled() {
                return Err(ImportError::Cancelled);
            }
            progress(0.5 + taken.len() as f32 / all as f32 / 2.0);
            let edits = group.iter().map(|task| task.edit.clone()).collect();
            let together = apply(&mut copy, &Edit::Batch(String::new(), edits)).is_ok();
            for task in group {
                if !together && let Err(why) = apply(&mut copy, &task.edit) {
                    self.missed.say(format!("{}: {why}", task.of));
                    continue;
                }
                match task.makes {
                    Makes::Article => self.new.articles += 1,
                    Makes::Entity => self.new.entities += 1,
                    Makes::Mention => self.new.mentions += 1,
                    Makes::Link => self.new.links += 1,
                    Makes::Nothing => {}
                }
                taken.push(task.edit);
            }
        }
        Ok(Plan {
            edit: Edit::Batch(label.to_owned(), taken),
            new: self.new,
            there: self.there,
            missed: self.missed,
        })
    }
}
