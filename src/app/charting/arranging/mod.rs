//! “Arrange”: layouts as a job, shown before they are in the notebook. What the user pinned stays.
//!
//! While the job runs, and after it, [`Arranging`] holds the new places, and the canvas shows them. The notebook is not
//! changed until the arrangement is kept, as one step: with Enter or its button, or by the next change, since that
//! applies to what is on screen. Escape, the other button and undo discard it.

mod plan;
mod subject;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::{Effect, Level, OpenNotebook, Pane, Program};
use crate::edit::{Edit, Ref};
use crate::graph::{Node, Point, node_size, place_new};
use crate::job::{Handle, Job, JobId};
use crate::notebook::{EntityId, Notebook};
use plan::{Among, Plan};

/// The longest duration of a layout that is shown only when it is done.
const PATIENCE: Duration = Duration::from_millis(250);
/// The time between two updates of the canvas while a layout runs.
const OFTEN: Duration = Duration::from_millis(100);

/// The ways to arrange the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// By forces: linked entities are close together.
    Force,
    /// In columns: sources to the left of those who repeat them, earlier to the left of later.
    Layered,
    /// On circles.
    Circular,
    /// In blocks: actors, events by date, claims.
    Grid,
}

impl Arrangement {
    /// The name of the step: “Arrange the canvas in layers”.
    fn label(self, what: &str) -> String {
        let how = match self {
            Self::Force => "",
            Self::Layered => " in layers",
            Self::Circular => " in circles",
            Self::Grid => " by kind",
        };
        format!("Arrange {what}{how}")
    }
}

/// An arrangement that is being computed, or is ready to be kept or discarded.
#[derive(Debug)]
pub struct Arranging {
    label: String,
    among: Among,
    /// The job, while it runs.
    job: Option<JobId>,
    /// Whether it was stopped.
    stopped: bool,
    /// Whether it is to be kept as soon as it is ready.
    keep: bool,
    progress: f32,
    serial: u64,
    ids: Arc<[EntityId]>,
    places: Arc<[Point]>,
}

impl Arranging {
    /// The name of the step once it is kept.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Whether it is still being computed.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.job.is_some()
    }

    /// Whether it was stopped before its end.
    #[must_use]
    pub const fn was_stopped(&self) -> bool {
        self.stopped
    }

    /// The share that is done, from 0 to 1.
    #[must_use]
    pub const fn progress(&self) -> f32 {
        self.progress
    }

    /// Grows whenever its places change.
    #[must_use]
    pub const fn serial(&self) -> u64 {
        self.serial
    }

    /// Whether it includes everything the canvas shows, and not only a selection.
    #[must_use]
    pub const fn is_of_all(&self) -> bool {
        !matches!(self.among, Among::These(_))
    }

    /// The entities it moves; none before there are places. They stay the same from then on.
    #[must_use]
    pub const fn ids(&self) -> &Arc<[EntityId]> {
        &self.ids
    }

    /// Their new places, in the same order.
    #[must_use]
    pub const fn places(&self) -> &Arc<[Point]> {
        &self.places
    }

    /// The new place of an entity; `None` where it stays.
    #[must_use]
    pub fn place_of(&self, id: EntityId) -> Option<Point> {
        self.ids.binary_search(&id).ok().and_then(|at| self.places.get(at)).copied()
    }
}

/// The entities that a layout moves, in ascending order, and their new places.
type Moved = (Arc<[EntityId]>, Arc<[Point]>);

/// A result of the job: its progress, and the places so far.
#[derive(Debug)]
pub struct Arranged {
    progress: f32,
    moved: Option<Moved>,
}

impl OpenNotebook {
    /// The arrangement that is shown and not yet kept.
    #[must_use]
    pub const fn arranging(&self) -> Option<&Arranging> {
        self.charting.arranging.as_ref()
    }

    /// The place of an entity on the canvas as shown.
    #[must_use]
    pub fn place_on_canvas(&self, id: EntityId) -> Option<Point> {
        let node = self.document.notebook().nodes().get(&id)?;
        let shown = self.charting.arranging.as_ref().filter(|_| !node.pinned);
        let shown = shown.and_then(|arranging| arranging.place_of(id));
        Some(shown.unwrap_or_else(|| Point::new(node.x, node.y)))
    }
}

impl Program {
    pub(in crate::app) fn start_arrange(&mut self, how: Arrangement, selection: bool) {
        self.discard_arrangement();
        let Some(book) = &self.book else { return };
        let notebook = book.snapshot();
        let shown = book.exploration().emphasis().and_then(|emphasis| emphasis.shown.as_ref());
        let among = match shown {
            _ if selection => {
                let ids = book.selection().entities.iter().copied();
                Among::These(Arc::new(
                    ids.filter(|id| !book.charting.exploration.hides(*id)).collect(),
                ))
            }
            Some(shown) => Among::Shown(
                Arc::new(shown.entities.iter().copied().collect()),
                Arc::new(shown.links.iter().copied().collect()),
            ),
            None => Among::All,
        };
        let of_them = |(id, _): &(&EntityId, _)| among.has(**id);
        let (mut all, mut free) = (0, 0);
        for (_, node) in notebook.nodes().iter().filter(of_them) {
            all += 1;
            free += usize::from(!node.pinned);
        }
        if free == 0 {
            let why = match among {
                _ if all == 0 => "There is nothing on the canvas to arrange.",
                Among::All => "Nothing to arrange: every entity is pinned.",
                Among::Shown(..) => "Nothing to arrange: every entity shown is pinned.",
                Among::These(_) => "Nothing to arrange: every selected entity is pinned.",
            };
            self.notify(Level::Info, why);
            return;
        }
        let what = match &among {
            Among::All => "the canvas".to_owned(),
            Among::Shown(..) => format!("the {all} entities shown"),
            Among::These(_) => format!("{all} entities"),
        };
        let label = how.label(&what);
        let weights = book.exploration().weights().cloned();
        let aspect = book.charting.aspect;
        let work = {
            let among = among.clone();
            move |handle: &Handle, part: &dyn Fn(Arranged)| {
                let plan = Plan::new(&notebook, &among, how, weights.as_deref());
                drop(notebook);
                // Pinned entities are not part of the result.
                let free: Vec<usize> =
                    (0..plan.ids.len()).filter(|&n| !plan.nodes()[n].pinned).collect();
                let ids: Arc<[EntityId]> = free.iter().map(|&n| plan.ids[n]).collect();
                let moved = |places: &[Point]| {
                    Some((Arc::clone(&ids), free.iter().map(|&n| places[n]).collect()))
                };
                let began = Instant::now();
                let mut last = began;
                let places = plan.lay_out(
                    how,
                    aspect,
                    &|| handle.is_cancelled(),
                    &mut |progress, places| {
                        handle.set_progress(progress);
                        if began.elapsed() < PATIENCE || last.elapsed() < OFTEN {
                            return;
                        }
                        last = Instant::now();
                        let moved = places.and_then(moved);
                        part(Arranged { progress, moved });
                    },
                );
                Arranged { progress: 1.0, moved: moved(&places) }
            }
        };
        let job =
            self.jobs.start_in_parts(Job::compute("Arranging the canvas"), work, Self::arranged);
        self.jobs.on_failure(job, Self::arranging_failed);
        let serial = self.next_serial();
        if let Some(book) = &mut self.book {
            book.charting.arranging = Some(Arranging {
                label,
                among,
                job: Some(job),
                stopped: false,
                keep: false,
                progress: 0.0,
                serial,
                ids: Arc::default(),
                places: Arc::default(),
            });
        }
        // The arrangement is shown, kept and discarded there.
        self.emit(Effect::ShowPane(Pane::CANVAS));
        self.emit(Effect::FocusPane(Pane::CANVAS));
    }

    /// Takes in a result of the job, unless its arrangement was discarded.
    pub(in crate::app) fn arranged(&mut self, job: JobId, arranged: Arranged, done: bool) {
        let serial = self.next_serial();
        let Some(arranging) = self.book.as_mut().and_then(|book| book.charting.arranging.as_mut())
        else {
            return;
        };
        if arranging.job != Some(job) {
            return;
        }
        arranging.progress = arranged.progress;
        if let Some((ids, places)) = arranged.moved {
            (arranging.ids, arranging.places, arranging.serial) = (ids, places, serial);
        }
        if done {
            arranging.job = None;
            if arranging.keep {
                self.keep_arrangement();
            }
        }
    }

    /// Handles a job that ended without a result: if it was this one, there is nothing to show.
    pub(in crate::app) fn arranging_failed(&mut self, job: JobId) {
        self.with_open_notebook(|book| {
            book.charting.arranging.take_if(|arranging| arranging.job == Some(job));
        });
    }

    /// Notes that its job was told to stop.
    pub(in crate::app) fn arranging_stopped(&mut self, job: JobId) {
        self.with_open_notebook(|book| {
            if let Some(arranging) = &mut book.charting.arranging
                && arranging.job == Some(job)
            {
                arranging.stopped = true;
            }
        });
    }

    /// Ends the layout early and shows the places so far.
    pub(in crate::app) fn stop_arranging(&mut self) {
        let Some(arranging) = self.book.as_mut().and_then(|book| book.charting.arranging.as_mut())
        else {
            return;
        };
        if let Some(job) = arranging.job {
            arranging.stopped = true;
            self.jobs.stop(job);
        }
    }

    /// Applies the arrangement that is shown to the notebook, as one step; one that is still being computed as soon as
    /// it has stopped. Entities that were deleted or pinned meanwhile are left out, and new ones are placed beside what
    /// they are linked to.
    pub(in crate::app) fn keep_arrangement(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Some(arranging) = &mut book.charting.arranging else { return };
        if arranging.is_running() {
            arranging.keep = true;
            self.stop_arranging();
            return;
        }
        let Some(arranging) = book.charting.arranging.take() else { return };
        let mut places: Vec<(EntityId, Point)> = arranging
            .ids
            .iter()
            .zip(arranging.places.iter())
            .filter(|(id, _)| {
                book.document.notebook().nodes().get(id).is_some_and(|node| !node.pinned)
            })
            .map(|(id, at)| (*id, *at))
            .collect();
        if arranging.among == Among::All {
            places.extend(newcomers(book.document.notebook(), &arranging));
        }
        if places.is_empty() {
            self.notify(Level::Info, "The arranged entities no longer exist.");
            return;
        }
        let places = places.into_iter().map(|(id, at)| (Ref::Id(id), at.x, at.y)).collect();
        self.edit(&Edit::Batch(arranging.label, vec![Edit::Place(places)]));
    }

    /// Discards the arrangement that is shown; returns whether there was one.
    pub(in crate::app) fn discard_arrangement(&mut self) -> bool {
        let arranging = self.book.as_mut().and_then(|book| book.charting.arranging.take());
        if let Some(job) = arranging.as_ref().and_then(|arranging| arranging.job) {
            self.jobs.stop(job);
        }
        arranging.is_some()
    }

    /// Keeps an arrangement that is shown and finished, because something is about to be done to what is on screen.
    pub(in crate::app) fn keep_what_is_shown(&mut self) {
        let shown = self.book.as_ref().and_then(OpenNotebook::arranging);
        if shown.is_some_and(|arranging| !arranging.is_running()) {
            self.keep_arrangement();
        }
    }
}

/// Places for entities that came to the canvas while it was being arranged, beside what they are linked to.
fn newcomers(notebook: &Notebook, arranging: &Arranging) -> Vec<(EntityId, Point)> {
    let known: BTreeSet<EntityId> = arranging.ids.iter().copied().collect();
    let is_new = |id: &EntityId| {
        notebook.nodes().get(id).is_some_and(|node| !node.pinned) && !known.contains(id)
    };
    let new: Vec<EntityId> = notebook.nodes().keys().copied().filter(is_new).collect();
    if new.is_empty() {
        return Vec::new();
    }
    let ids: Vec<EntityId> = notebook.nodes().keys().copied().collect();
    let number: HashMap<EntityId, u32> = ids.iter().zip(0_u32..).map(|(id, n)| (*id, n)).collect();
    let nodes: Vec<Node> = notebook
        .nodes()
        .iter()
        .map(|(id, node)| {
            let at = arranging.place_of(*id).filter(|_| !node.pinned);
            let kind = notebook.entity(*id).map(|entity| entity.kind());
            Node {
                at: Some(at.unwrap_or_else(|| Point::new(node.x, node.y))),
                pinned: node.pinned,
                size: node_size(kind, notebook.name(*id)),
            }
        })
        .collect();
    let links: Vec<(u32, u32)> = notebook
        .all_links()
        .filter_map(|(_, link)| Some((*number.get(&link.from)?, *number.get(&link.to_entity()?)?)))
        .collect();
    let which: Vec<usize> = new.iter().map(|id| number[id] as usize).collect();
    let places = place_new(&nodes, &links, &which);
    new.into_iter()
        .zip(places.into_iter().map(|at| Point::new(at.x.round(), at.y.round())))
        .collect()
}
