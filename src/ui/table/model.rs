//! Which rows a table shows, in which order: worked out once for each state of the notebook and of what is asked for.
//! Never in a frame in which nothing changed; what did not change since is not folded again. Of a large notebook a job
//! works it out, and until it is done the rows there were stand.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use egui::Context;

use super::column::{Column, RowId, Which};
use crate::app::Book;
use crate::job::{Jobs, Outcome};
use crate::notebook::{Detail, Entity, EntityId, Link, Notebook, RelationId};
use crate::text::fold;

/// What the rows depend on besides the notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which table.
    pub which: Which,
    /// Only what holds each of these words in some cell.
    pub filter: String,
    /// The column it is sorted by.
    pub by: Column,
    /// From the last to the first.
    pub descending: bool,
}

/// More rows than this take longer than a frame has: a job sorts them.
const MOST_AT_ONCE: usize = 2_000;

/// The rows.
#[derive(Debug, Default)]
pub struct Model {
    made_for: Option<(u64, Wanted)>,
    /// The rows, from the top.
    pub rows: Vec<RowId>,
    /// How many there are without the filter.
    pub total: usize,
    names: Names,
    /// What a job works out, and which one it is.
    asked: Option<(u64, Wanted)>,
    job: Option<u64>,
    jobs: Jobs<Box<Made>>,
}

/// What a job brings back.
#[derive(Debug)]
struct Made {
    made_for: (u64, Wanted),
    rows: Vec<RowId>,
    total: usize,
    names: Names,
}

/// The names, as they are compared.
#[derive(Debug, Default)]
struct Names {
    folded: HashMap<EntityId, (Arc<Entity>, String)>,
    /// Each entity's place in the order of names.
    ranks: HashMap<EntityId, u32>,
}

/// What a row is sorted by.
#[derive(Debug, PartialEq, Eq)]
enum Key {
    Number(i64),
    Text(String),
    /// Nothing stands in the cell: such rows come last, whichever way is sorted.
    Nothing,
}

impl Key {
    fn text(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(fold(text)) }
    }

    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => turned(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => turned(a.cmp(b)),
            (Self::Nothing, Self::Nothing) => Ordering::Equal,
            (Self::Nothing, _) => Ordering::Greater,
            (_, Self::Nothing) => Ordering::Less,
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        }
    }
}

/// What one word of the filter is found in.
struct Word {
    word: String,
    entities: HashSet<EntityId>,
    relations: HashSet<RelationId>,
}

impl Model {
    /// Makes the rows anew when something they depend on has changed: at once, or by a job.
    pub fn update(&mut self, ctx: &Context, book: &Book, wanted: &Wanted) {
        self.take_made();
        let notebook = book.notebook();
        let now = (notebook.revision(), wanted.clone());
        if self.made_for.as_ref() == Some(&now) || self.asked.as_ref() == Some(&now) {
            return;
        }
        if let Some(job) = self.job.take() {
            // It is about something that nobody asks for any more.
            self.jobs.stop(job);
        }
        self.asked = None;
        if notebook.links().len().max(notebook.entities().len()) <= MOST_AT_ONCE {
            let names = std::mem::take(&mut self.names);
            self.take(make(notebook, now, names, &|| false));
            return;
        }
        if self.made_for.as_ref().is_some_and(|(_, made)| made.which != wanted.which) {
            // Rows of the other table are no rows of this one.
            self.rows.clear();
        }
        let (snapshot, ctx) = (book.snapshot(), ctx.clone());
        let names = std::mem::take(&mut self.names);
        self.asked = Some(now.clone());
        self.jobs.set_waker(Arc::new(move || ctx.request_repaint()));
        self.job = Some(self.jobs.start("Sorting the table", move |handle| {
            Box::new(make(&snapshot, now, names, &|| handle.is_cancelled()))
        }));
    }

    /// Takes in what a job made, unless something else was asked for since.
    fn take_made(&mut self) {
        for (job, outcome) in self.jobs.poll() {
            if self.job != Some(job) {
                continue;
            }
            self.job = None;
            self.asked = None;
            if let Outcome::Done(made) = outcome {
                self.take(*made);
            }
        }
    }

    fn take(&mut self, made: Made) {
        self.made_for = Some(made.made_for);
        (self.rows, self.total, self.names) = (made.rows, made.total, made.names);
    }

    /// Whether a job is at work on other rows than there are.
    pub const fn is_making(&self) -> bool {
        self.job.is_some()
    }

    /// The row of this, when it is shown.
    pub fn position(&self, row: RowId) -> Option<usize> {
        self.rows.iter().position(|shown| *shown == row)
    }
}

/// Works the rows out. Too few of them where `stop` says so.
fn make(
    notebook: &Notebook,
    made_for: (u64, Wanted),
    mut names: Names,
    stop: &dyn Fn() -> bool,
) -> Made {
    names.update(notebook);
    let wanted = &made_for.1;
    let words: Vec<Word> =
        fold(&wanted.filter).split_whitespace().map(|word| names.word(notebook, word)).collect();
    let mut rows = match wanted.which {
        Which::Links => names.links(notebook, wanted.by, &words, stop),
        Which::Entities => names.entities(notebook, wanted.by, &words, stop),
    };
    if !stop() {
        rows.sort_by(|a, b| {
            a.0.compare(&b.0, wanted.descending).then_with(|| (a.1, a.2).cmp(&(b.1, b.2)))
        });
    }
    let total = match wanted.which {
        Which::Links => notebook.links().len(),
        Which::Entities => notebook.entities().len(),
    };
    Made { made_for, rows: rows.into_iter().map(|row| row.2).collect(), total, names }
}

impl Names {
    fn update(&mut self, notebook: &Notebook) {
        let mut changed = self.folded.len() != notebook.entities().len();
        for (id, entity) in notebook.entities() {
            if !self.folded.get(id).is_some_and(|(same, _)| Arc::ptr_eq(same, entity)) {
                self.folded.insert(*id, (Arc::clone(entity), fold(&entity.name)));
                changed = true;
            }
        }
        if !changed {
            return;
        }
        self.folded.retain(|id, _| notebook.entity(*id).is_some());
        let mut order: Vec<(&str, EntityId)> =
            self.folded.iter().map(|(id, (_, name))| (name.as_str(), *id)).collect();
        order.sort_unstable();
        self.ranks = order.into_iter().zip(0..).map(|((_, id), rank)| (id, rank)).collect();
    }

    fn rank(&self, id: EntityId) -> u32 {
        self.ranks.get(&id).copied().unwrap_or(u32::MAX)
    }

    fn word(&self, notebook: &Notebook, word: &str) -> Word {
        let has = |text: &str| fold(text).contains(word);
        let named = |(id, (entity, name)): (&EntityId, &(Arc<Entity>, String))| {
            (name.contains(word) || entity.aliases.iter().any(|alias| has(alias))).then_some(*id)
        };
        Word {
            entities: self.folded.iter().filter_map(named).collect(),
            relations: notebook
                .relations()
                .iter()
                .filter(|(_, relation)| has(&relation.label))
                .map(|(id, _)| id.clone())
                .collect(),
            word: word.to_owned(),
        }
    }

    fn links(
        &self,
        notebook: &Notebook,
        by: Column,
        words: &[Word],
        stop: &dyn Fn() -> bool,
    ) -> Vec<(Key, u32, RowId)> {
        let mut rows = Vec::new();
        for (n, (id, link)) in notebook.links().iter().enumerate() {
            if n % 4096 == 0 && stop() {
                break;
            }
            if !words.iter().all(|word| word.is_in_link(notebook, link)) {
                continue;
            }
            let key = match by {
                Column::From => Key::Number(self.rank(link.from).into()),
                Column::To => {
                    link.to_entity().map_or(Key::Nothing, |to| Key::Number(self.rank(to).into()))
                }
                Column::Strength => Key::Number(link.strength as i64),
                Column::Basis => Key::Number(link.basis as i64),
                Column::Direction => Key::Number(i64::from(!link.directed)),
                Column::Sentences => Key::Number(link.evidence.len() as i64),
                Column::ToCheck => Key::Number(i64::from(!link.to_check)),
                other => Key::text(&other.of_link(notebook, link)),
            };
            rows.push((key, self.rank(link.from), RowId::Link(*id)));
        }
        rows
    }

    fn entities(
        &self,
        notebook: &Notebook,
        by: Column,
        words: &[Word],
        stop: &dyn Fn() -> bool,
    ) -> Vec<(Key, u32, RowId)> {
        let mut rows = Vec::new();
        for (n, (id, entity)) in notebook.entities().iter().enumerate() {
            if n % 4096 == 0 && stop() {
                break;
            }
            if !words.iter().all(|word| word.is_in_entity(notebook, *id, entity)) {
                continue;
            }
            let rank = self.rank(*id);
            let key = match (by, &entity.detail) {
                (Column::Name, _) => Key::Number(rank.into()),
                (Column::Kind, _) => Key::Number(entity.kind() as i64),
                (Column::Mentions, _) => Key::Number(notebook.mention_count_of(*id) as i64),
                (Column::Links, _) => Key::Number(notebook.links_of(*id).count() as i64),
                (Column::ToCheck, _) => Key::Number(i64::from(!entity.to_check)),
                (Column::Owner, Detail::Actor(actor)) => {
                    actor.owner.map_or(Key::Nothing, |owner| Key::Number(self.rank(owner).into()))
                }
                (other, _) => Key::text(&other.of_entity(notebook, *id, entity)),
            };
            rows.push((key, rank, RowId::Entity(*id)));
        }
        rows
    }
}

impl Word {
    fn is_in_link(&self, notebook: &Notebook, link: &Link) -> bool {
        const SHORT: [Column; 6] = [
            Column::Strength,
            Column::Basis,
            Column::Direction,
            Column::Date,
            Column::Written,
            Column::ToCheck,
        ];
        self.entities.contains(&link.from)
            || link.to_entity().is_some_and(|to| self.entities.contains(&to))
            || self.relations.contains(&link.relation)
            || SHORT.iter().any(|column| self.is_in(&column.of_link(notebook, link)))
            || self.is_in(&link.note)
            || self.is_in(&Column::Sentences.of_link(notebook, link))
    }

    fn is_in_entity(&self, notebook: &Notebook, id: EntityId, entity: &Entity) -> bool {
        self.entities.contains(&id)
            || self.is_in(&entity.note)
            || Which::Entities
                .columns()
                .iter()
                .filter(|column| !matches!(column, Column::Name | Column::Note | Column::Aliases))
                .filter(|column| !column.is_figure())
                .any(|column| self.is_in(&column.of_entity(notebook, id, entity)))
    }

    fn is_in(&self, text: &str) -> bool {
        !text.is_empty() && fold(text).contains(&self.word)
    }
}
