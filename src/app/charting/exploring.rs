//! Exploring the canvas: the filter, the focus, paths, and what the size of a node shows. The results are computed by
//! jobs, each for one state of the notebook; until a new result is there, the previous one is used.

use std::sync::Arc;

use crate::app::{Command, Effect, Level, OpenNotebook, Pane, Program, Selection};
use crate::inquiry::{Emphasis, EmphasisChange, Measure, Spotlight, Weights, emphasis, weights};
use crate::job::{Derived, Job};
use crate::notebook::{EntityId, Filter, Notebook};

/// The most differences after an edit that are listed; with more, everything is updated.
const MOST_CHANGED: usize = 2_000;

/// The state of exploring the canvas.
#[derive(Debug, Default)]
pub struct Exploration {
    filter: Filter,
    spotlight: Spotlight,
    measure: Measure,
    /// Whether the filter panel is open.
    panel: bool,
    /// Whether the minimap is hidden.
    no_map: bool,
    /// Whether the legend is open.
    legend: bool,
    /// The emphasis, for the notebook's revision and the number of the change to filter and spotlight.
    emphasis: Derived<(u64, u64), Seen>,
    weights: Derived<(u64, Measure), Weights>,
    /// Grows when the filter or the spotlight changes.
    change: u64,
}

impl Exploration {
    /// The filter.
    #[must_use]
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// What is highlighted.
    #[must_use]
    pub const fn spotlight(&self) -> &Spotlight {
        &self.spotlight
    }

    /// What the size of a node shows.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// Whether the filter panel is open.
    #[must_use]
    pub const fn panel_is_open(&self) -> bool {
        self.panel
    }

    /// Whether the minimap is shown while not everything is in view.
    #[must_use]
    pub const fn map_is_on(&self) -> bool {
        !self.no_map
    }

    /// Whether the legend is open.
    #[must_use]
    pub const fn legend_is_open(&self) -> bool {
        self.legend
    }

    /// What is shown and what is highlighted; `None` where everything is shown and nothing highlighted.
    #[must_use]
    pub fn emphasis(&self) -> Option<&Arc<Emphasis>> {
        self.emphasis.value()?.emphasis.as_ref()
    }

    /// The difference between the emphasis and the one before it, where that is small.
    #[must_use]
    pub fn emphasis_change(&self) -> Option<&EmphasisChange> {
        self.emphasis.value()?.change.as_ref()
    }

    /// The weight of every entity, once it is known.
    #[must_use]
    pub const fn weights(&self) -> Option<&Arc<Weights>> {
        self.weights.value()
    }

    /// What the canvas shows as it was before, because its computation was stopped: “Filtering”; `None` where nothing was
    /// stopped.
    #[must_use]
    pub fn stopped(&self) -> Option<&'static str> {
        if self.emphasis.was_stopped() {
            Some(if self.spotlight == Spotlight::Off { "Filtering" } else { "Highlighting" })
        } else if self.weights.was_stopped() {
            Some("Sizing")
        } else {
            None
        }
    }

    /// Whether a filter hides this entity.
    #[must_use]
    pub fn hides(&self, id: EntityId) -> bool {
        let shown = self.emphasis().and_then(|emphasis| emphasis.shown.as_ref());
        shown.is_some_and(|shown| !shown.has_entity(id))
    }

    fn set_spotlight(&mut self, spotlight: Spotlight) {
        if self.spotlight != spotlight {
            self.spotlight = spotlight;
            self.change += 1;
        }
    }

    fn set_filter(&mut self, filter: Filter) {
        if self.filter != filter {
            self.filter = filter;
            self.change += 1;
        }
    }
}

impl Exploration {
    /// Sets the filter and the highlight.
    pub(in crate::app) fn look_as(&mut self, filter: Filter, spotlight: Spotlight) {
        self.set_filter(filter);
        self.set_spotlight(spotlight);
    }

    /// Removes references to what the notebook no longer holds.
    fn prune(&mut self, notebook: &Notebook) {
        let mut filter = self.filter.clone();
        filter.articles.retain(|id| notebook.article(*id).is_some());
        filter.relations.retain(|id| notebook.relation(id).is_some());
        self.set_filter(filter);
        let there = |id: &EntityId| notebook.entity(*id).is_some();
        let spotlight = match &self.spotlight {
            Spotlight::Off => return,
            Spotlight::Around { entities, steps } => {
                let entities: Vec<_> = entities.iter().copied().filter(there).collect();
                if entities.is_empty() {
                    Spotlight::Off
                } else {
                    Spotlight::Around { entities, steps: *steps }
                }
            }
            Spotlight::Paths { from, to } if there(from) && there(to) => return,
            Spotlight::Paths { .. } => Spotlight::Off,
        };
        self.set_spotlight(spotlight);
    }
}

impl super::Charting {
    /// Makes what was stopped start again.
    pub(in crate::app) fn retry_exploration(&mut self) {
        self.exploration.emphasis.retry();
        self.exploration.weights.retry();
    }
}

/// The result of a job: what is shown and what is highlighted.
#[derive(Debug)]
struct Seen {
    /// `None` where everything is shown and nothing highlighted.
    emphasis: Option<Arc<Emphasis>>,
    /// The difference from the one before, where that is small.
    change: Option<EmphasisChange>,
}

impl Program {
    /// Sets the filter.
    pub(in crate::app) fn set_filter(&mut self, filter: Filter) {
        self.with_open_notebook(|book| book.charting.exploration.set_filter(filter));
    }

    /// Removes the conditions of the filter.
    pub(in crate::app) fn clear_filter(&mut self) {
        self.with_open_notebook(|book| {
            let exploration = &mut book.charting.exploration;
            exploration.set_filter(exploration.filter.without_conditions());
        });
    }

    /// Shows or hides the derived links.
    pub(in crate::app) fn toggle_derived(&mut self) {
        self.with_open_notebook(|book| {
            let exploration = &mut book.charting.exploration;
            let hide_derived = !exploration.filter.hide_derived;
            exploration.set_filter(Filter { hide_derived, ..exploration.filter.clone() });
        });
        self.emit(Effect::ShowPane(Pane::CANVAS));
    }

    /// Sets the focus on the neighbourhood of the selection; a second time clears it.
    pub(in crate::app) fn focus_on_selection(&mut self, steps: u32) {
        let Some(book) = &mut self.book else { return };
        let mut entities: Vec<EntityId> = book.chosen_entities().into_iter().collect();
        for id in &book.selection().links {
            entities.extend(
                book.document.notebook().any_link(*id).into_iter().flat_map(|link| link.ends()),
            );
        }
        entities.sort_unstable();
        entities.dedup();
        let spotlight = Spotlight::Around { entities, steps };
        let again = book.charting.exploration.spotlight == spotlight;
        book.charting.exploration.set_spotlight(if again { Spotlight::Off } else { spotlight });
        self.emit(Effect::ShowPane(Pane::CANVAS));
        if !again {
            self.emit(Effect::ShowFocus);
        }
    }

    /// Highlights the shortest paths between the two selected entities.
    pub(in crate::app) fn show_paths(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Some((from, to)) = book.selection().pair() else { return };
        book.charting.exploration.set_spotlight(Spotlight::Paths { from, to });
        self.emit(Effect::ShowPane(Pane::CANVAS));
        self.emit(Effect::ShowFocus);
    }

    /// Clears the focus.
    pub(in crate::app) fn leave_focus(&mut self) {
        self.with_open_notebook(|book| book.charting.exploration.set_spotlight(Spotlight::Off));
    }

    pub(in crate::app) fn toggle_filter_panel(&mut self) {
        self.with_open_notebook(|book| {
            book.charting.exploration.panel = !book.charting.exploration.panel
        });
        self.emit(Effect::ShowPane(Pane::CANVAS));
    }

    pub(in crate::app) fn toggle_map(&mut self) {
        self.with_open_notebook(|book| {
            book.charting.exploration.no_map = !book.charting.exploration.no_map
        });
    }

    pub(in crate::app) fn toggle_legend(&mut self) {
        self.with_open_notebook(|book| {
            book.charting.exploration.legend = !book.charting.exploration.legend
        });
        self.emit(Effect::ShowPane(Pane::CANVAS));
    }

    /// Sets what the size of a node shows, and tells the user.
    pub(in crate::app) fn size_by(&mut self, measure: Measure) {
        self.with_open_notebook(|book| book.charting.exploration.measure = measure);
        self.notify(Level::Info, measure.sentence());
    }

    /// Selects the entities of one of the listed paths, and the links along it.
    pub(in crate::app) fn select_path(&mut self, number: usize) {
        let Some(book) = &mut self.book else { return };
        let Some(emphasis) = book.charting.exploration.emphasis() else { return };
        let Some(path) = emphasis.paths.as_ref().and_then(|paths| paths.paths.get(number)) else {
            return;
        };
        let mut selection = Selection {
            entities: path.iter().copied().collect(),
            first: path.first().copied(),
            ..Selection::none()
        };
        for pair in path.windows(2) {
            let [a, b] = *pair else { continue };
            for id in book.document.notebook().all_links_of(a) {
                let lit = emphasis.lit.as_ref().is_none_or(|lit| lit.has_link(id));
                let joins = book.document.notebook().any_link(id).is_some_and(|link| {
                    link.to_entity()
                        .is_some_and(|to| (link.from, to) == (a, b) || (link.from, to) == (b, a))
                });
                if lit && joins {
                    selection.links.insert(id);
                }
            }
        }
        book.select(selection);
    }

    /// Shows one of the tables and gives it the keyboard.
    pub(in crate::app) fn show_table(&mut self, table: crate::table::TableKind) {
        self.emit(Effect::ShowTable(table));
        self.emit(Effect::FocusPane(Pane::TABLE));
    }

    /// Tells the user if a filter hides the entity that is to be shown on the canvas.
    pub(in crate::app) fn say_if_hidden(&mut self, id: EntityId) {
        let hidden = self.book.as_ref().filter(|book| book.charting.exploration.hides(id));
        if let Some(name) = hidden.map(|book| book.document.notebook().name(id).to_owned()) {
            let clear = Command::ClearFilter.text();
            self.notify(
                Level::Info,
                format!("“{name}” is hidden by the canvas filter. Choose “{clear}” to show it."),
            );
        }
    }

    /// Starts jobs for results that are out of date.
    pub(in crate::app) fn refresh_exploration(&mut self) {
        let Some(book) = &mut self.book else { return };
        let (document, exploration) = (&book.document, &mut book.charting.exploration);
        let revision = document.notebook().revision();
        if exploration.emphasis.key().is_none_or(|(known, _)| *known != revision) {
            exploration.prune(document.notebook());
        }
        let key = (revision, exploration.change);
        if exploration.filter.is_empty() && exploration.spotlight == Spotlight::Off {
            exploration.emphasis.clear_for(key);
        } else if exploration.emphasis.key() != Some(&key) {
            let (notebook, filter) = (document.snapshot(), exploration.filter.clone());
            let (spotlight, before) =
                (exploration.spotlight.clone(), exploration.emphasis().cloned());
            let job = Job::compute("Filtering the canvas");
            exploration.emphasis.ask(self.jobs.pool(), key, job, move |handle| {
                let found = emphasis(&notebook, &filter, &spotlight, &|| handle.is_cancelled());
                // The notebook is released before the comparison, so that an edit need not copy it.
                drop(notebook);
                let change = before.as_ref().zip(found.as_ref()).and_then(|(before, found)| {
                    EmphasisChange::between(before, found, MOST_CHANGED)
                });
                Seen { emphasis: found.map(Arc::new), change }
            });
        }
        let key = (revision, exploration.measure);
        if exploration.measure == Measure::None {
            exploration.weights.clear_for(key);
        } else if exploration.weights.key() != Some(&key) {
            let (notebook, measure) = (document.snapshot(), exploration.measure);
            let job = Job::compute(format!("Computing {}", measure.label()));
            exploration.weights.ask(self.jobs.pool(), key, job, move |handle| {
                weights(&notebook, measure, &|| handle.is_cancelled(), &mut |done| {
                    handle.set_progress(done)
                })
            });
        }
    }

    /// Takes in results; returns whether there were any.
    pub(in crate::app) fn take_exploration(&mut self) -> bool {
        let Some(book) = &mut self.book else { return false };
        let exploration = &mut book.charting.exploration;
        let emphasis = exploration.emphasis.take();
        exploration.weights.take() || emphasis
    }
}

impl OpenNotebook {
    /// The state of exploring the canvas.
    #[must_use]
    pub const fn exploration(&self) -> &Exploration {
        &self.charting.exploration
    }
}
