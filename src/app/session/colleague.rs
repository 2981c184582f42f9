//! A colleague's notebook of the same articles: compared with the open one, what is the same chosen, and merged in one step.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::questions::EnterPath;
use crate::app::notice::sentence;
use crate::app::{DialogKind, Effect, Level, Program, Question};
use crate::edit::three_way::merge;
use crate::edit::{Edit, Prepared};
use crate::inquiry::agreement::Agreement;
use crate::job::{Handle, Job};
use crate::notebook::Notebook;
use crate::pairing::{Pairing, TaggedSpan, Tally, side_by_side};
use crate::storage;

/// What the open notebook and a colleague's have in common, with what was chosen so far.
#[derive(Debug)]
pub struct Colleague {
    /// The name of the colleague's file.
    pub name: String,
    /// The open notebook as it was compared.
    pub ours: Arc<Notebook>,
    /// The colleague's.
    pub theirs: Arc<Notebook>,
    /// What both have.
    pub pairing: Arc<Pairing>,
    /// What was chosen of the offered pairs, by number: whether the two are the same; `None` while that is open.
    pub choices: Vec<Option<bool>>,
    /// What would come of it, for the choices as they were a moment ago.
    pub preview: Preview,
    /// The colleague's file.
    path: PathBuf,
    /// Which notebook is open.
    document: u64,
    /// Grows with each choice: a preview is for one state of them.
    serial: u64,
}

impl Question for Colleague {}

/// What would come of merging the two, and how far they agree.
#[derive(Debug, Default)]
pub struct Preview {
    /// How many records of theirs are one of ours.
    pub joined: Tally,
    /// How many are only theirs.
    pub added: Tally,
    /// What was chosen and cannot be.
    pub refused: Vec<String>,
    /// How far the two agree.
    pub agreement: Agreement,
    /// Each article of both, as the two tagged it.
    pub spans: Vec<Vec<TaggedSpan>>,
}

impl Colleague {
    /// The offered pairs that were said to be the same, by number.
    #[must_use]
    pub fn chosen(&self) -> BTreeSet<usize> {
        let chosen = self.choices.iter().enumerate().filter(|(_, same)| **same == Some(true));
        chosen.map(|(number, _)| number).collect()
    }

    /// How many offered pairs nobody has decided on.
    #[must_use]
    pub fn open(&self) -> usize {
        let pairs = self.pairing.pairs().iter().zip(&self.choices);
        pairs.filter(|(pair, same)| !pair.is_sure && same.is_none()).count()
    }
}

/// Works out what would come of these choices; `None` once it is told to stop.
fn preview(
    ours: &Notebook,
    theirs: &Notebook,
    pairing: &Pairing,
    chosen: &BTreeSet<usize>,
    stop: &dyn Fn() -> bool,
) -> Option<Preview> {
    let joined = pairing.joined(ours, theirs, chosen, stop)?;
    let agreement = pairing.agreement(ours, theirs, chosen, stop)?;
    let taken = pairing.taken(chosen);
    let spans = pairing.articles().iter().map(|both| side_by_side(ours, theirs, *both, &taken));
    let spans = spans.collect();
    let crate::pairing::Joined { joined, added, refused, notebook: _ } = joined;
    Some(Preview { joined, added, refused, agreement, spans })
}

impl Program {
    /// Asks for the colleague's notebook.
    pub(in crate::app) fn ask_for_colleague(&mut self) {
        self.close_question();
        let folder = self.start_folder();
        self.emit(Effect::Dialog(DialogKind::Colleague { folder }));
    }

    /// Reads a colleague's notebook, and shows what both have in common.
    pub(in crate::app) fn compare_with_colleague(&mut self, path: PathBuf) {
        if self.asked::<EnterPath>().is_some() {
            self.close_question();
        }
        let Some(book) = &self.book else { return };
        let (document, ours) = (book.document.id(), book.document.present());
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = file.unwrap_or_default();
        let work = move |handle: &Handle| -> Result<Option<Colleague>, String> {
            let stop = || handle.is_cancelled();
            let loaded = match storage::load(&path, &stop, &|done| handle.set_progress(done / 3.0))
            {
                Ok(loaded) => loaded,
                Err(_) if handle.is_cancelled() => return Ok(None),
                Err(error) => return Err(error.to_string()),
            };
            let theirs = Arc::new(loaded.notebook);
            let Some(pairing) = Pairing::of(&ours, &theirs, &stop) else { return Ok(None) };
            handle.set_progress(0.7);
            let found = preview(&ours, &theirs, &pairing, &BTreeSet::new(), &stop);
            let Some(preview) = found else { return Ok(None) };
            let choices = vec![None; pairing.pairs().len()];
            let pairing = Arc::new(pairing);
            let serial = 0;
            Ok(Some(Colleague {
                name,
                ours,
                theirs,
                pairing,
                choices,
                preview,
                path,
                document,
                serial,
            }))
        };
        self.jobs.start(Job::load("Comparing the notebooks"), work, |program, done| match done {
            Ok(Some(compared)) if program.is_document(compared.document) => program.ask(compared),
            Ok(_) => program.notify(Level::Info, "Comparing was stopped. Nothing was changed."),
            Err(why) => program.notify(Level::Error, sentence(&why)),
        });
    }

    fn is_document(&self, document: u64) -> bool {
        self.book.as_ref().is_some_and(|book| book.document.id() == document)
    }

    /// Says whether the two of an offered pair are the same. One of theirs is one of ours at most: other pairs of the same
    /// one of theirs are open again.
    pub(in crate::app) fn pair(&mut self, number: usize, same: Option<bool>) {
        let Some(asked) = self.asked_mut::<Colleague>() else { return };
        let Some(pair) = asked.pairing.pairs().get(number).filter(|pair| !pair.is_sure) else {
            return;
        };
        if same == Some(true) {
            for (other, choice) in asked.pairing.pairs().iter().zip(&mut asked.choices) {
                if other.theirs == pair.theirs && *choice == Some(true) {
                    *choice = None;
                }
            }
        }
        if let Some(choice) = asked.choices.get_mut(number) {
            *choice = same;
        }
        self.preview_again();
    }

    /// Takes the offered pairs of this score at least, where nobody has decided yet.
    pub(in crate::app) fn pair_from(&mut self, score: f32) {
        let Some(asked) = self.asked_mut::<Colleague>() else { return };
        let taken: BTreeSet<_> = asked
            .chosen()
            .iter()
            .filter_map(|n| asked.pairing.pairs().get(*n))
            .map(|pair| pair.theirs)
            .collect();
        for number in asked.pairing.from_score(score) {
            let theirs = asked.pairing.pairs().get(number).map(|pair| pair.theirs);
            if theirs.is_some_and(|id| taken.contains(&id)) {
                continue;
            }
            if let Some(choice @ None) = asked.choices.get_mut(number) {
                *choice = Some(true);
            }
        }
        self.preview_again();
    }

    /// Works out in a job what would come of the choices as they are now.
    fn preview_again(&mut self) {
        let serial = self.next_serial();
        let Some(asked) = self.asked_mut::<Colleague>() else { return };
        asked.serial = serial;
        let (ours, theirs) = (Arc::clone(&asked.ours), Arc::clone(&asked.theirs));
        let (pairing, chosen) = (Arc::clone(&asked.pairing), asked.chosen());
        let work = move |handle: &Handle| {
            let found = preview(&ours, &theirs, &pairing, &chosen, &|| handle.is_cancelled());
            (serial, found)
        };
        self.jobs.start(
            Job::compute("Comparing the notebooks"),
            work,
            |program, (serial, found)| {
                if let Some(asked) = program.asked_mut::<Colleague>()
                    && asked.serial == serial
                    && let Some(preview) = found
                {
                    asked.preview = preview;
                }
            },
        );
    }

    /// Merges the colleague's notebook into the open one: one step.
    pub(in crate::app) fn merge_colleague(&mut self) {
        let Some(asked) = self.asked::<Colleague>() else { return };
        let (ours, theirs) = (Arc::clone(&asked.ours), Arc::clone(&asked.theirs));
        let (pairing, chosen) = (Arc::clone(&asked.pairing), asked.chosen());
        let (document, name, path) = (asked.document, asked.name.clone(), asked.path.clone());
        self.close_question();
        let work = move |handle: &Handle| {
            let stop = || handle.is_cancelled();
            let joined = pairing.joined(&ours, &theirs, &chosen, &stop)?;
            let merged = merge(&Notebook::default(), &ours, &joined.notebook, &stop)?;
            let prepared = Prepared {
                label: format!("Merge “{name}”"),
                revision: ours.revision(),
                changes: merged.changes().to_vec(),
            };
            let conflicts = merged.conflicts().len();
            let edit = Edit::CarryOut(Arc::new(prepared));
            Some((document, edit, joined.added, conflicts, (name, path)))
        };
        self.jobs.start(Job::compute("Merging"), work, |program, done| {
            let Some((document, edit, added, conflicts, (name, path))) = done else {
                program.notify(Level::Info, "Merging was stopped. Nothing was changed.");
                return;
            };
            if !program.is_document(document) {
                let why = "Nothing was merged: another notebook was opened meanwhile.";
                program.notify(Level::Info, why);
                return;
            }
            if program.edit(&edit).is_none() {
                return;
            }
            program.refresh_find();
            // The files that the colleague keeps are brought along by the next save.
            program.with_open_notebook(|book| book.document.kept_files.look_beside(path));
            program.check_kept_files();
            let said = format!("Merged with “{name}”: {} added.", in_words(&added));
            match conflicts {
                0 => program.notify(Level::Info, said),
                1 => program.notify(
                    Level::Warning,
                    format!("{said} You differ in one field: yours stands, and the review lists the other value."),
                ),
                n => program.notify(
                    Level::Warning,
                    format!("{said} You differ in {n} fields: yours stand, and the review lists the other values."),
                ),
            }
        });
    }
}

/// Counts in words: those that are not nothing.
pub(super) fn in_words(tally: &Tally) -> String {
    let Tally { articles, entities, mentions, links, others } = *tally;
    let parts: Vec<String> = [
        (articles, "article", "articles"),
        (entities, "entity", "entities"),
        (mentions, "mention", "mentions"),
        (links, "link", "links"),
        (others, "other record", "other records"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}

impl Preview {
    /// What would be added, in words.
    #[must_use]
    pub fn added_in_words(&self) -> String {
        in_words(&self.added)
    }

    /// What both have, in words.
    #[must_use]
    pub fn joined_in_words(&self) -> String {
        in_words(&self.joined)
    }
}
