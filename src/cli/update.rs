//! `casebook update`: an article's new version, and where its mentions went.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use serde::Serialize;
use serde_json::Value;

use super::args::Update as Arguments;
use super::changes::listed;
use super::kept::{Beside, complain_of_not_kept};
use super::named::{article_named, list};
use super::reading::complain_of_reading;
use super::{is_stream, lock, may_write, output, rendered, same_file, secure_unsaved_work};
use crate::article::ReadOptions;
use crate::edit::{Edit, Update, apply};
use crate::inquiry::VersionChanges;
use crate::notebook::{Article, ArticleId, KeepSources, Mention, MentionId, Notebook};
use crate::storage::{Expected, VERSION, keep_original, load, save};
use crate::text::{Outcome, same_name};

#[derive(Serialize)]
struct Updated {
    notebook: String,
    article: String,
    title: String,
    unchanged: usize,
    moved: usize,
    orphaned: usize,
    mentions: Vec<UpdatedMention>,
    /// Quotes that are evidence of links or answers to claims.
    quotes: Quotes,
    /// What changed in the text, sentence by sentence.
    changes: Vec<Value>,
    /// The same in a sentence.
    #[serde(skip)]
    summary: String,
}

#[derive(Serialize)]
struct UpdatedMention {
    id: String,
    /// `unchanged`, `moved` or `orphaned`.
    result: &'static str,
    /// Unicode scalar values of the new text; none of an orphan.
    start: Option<usize>,
    end: Option<usize>,
    confidence: f32,
    /// Where an orphan could be, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<CandidatePlace>,
    #[serde(skip)]
    words: String,
}

#[derive(Serialize)]
struct CandidatePlace {
    start: usize,
    end: usize,
    confidence: f32,
}

#[derive(Default, Serialize)]
struct Quotes {
    unchanged: usize,
    moved: usize,
    orphaned: usize,
}

pub(super) fn run(args: &Arguments) -> anyhow::Result<ExitCode> {
    let to_stdout = args.output.as_deref().is_some_and(is_stream);
    let elsewhere = args.output.as_deref().filter(|out| !same_file(out, &args.notebook));
    let target = elsewhere.unwrap_or(&args.notebook);
    if same_file(target, &args.article_file) {
        bail!("“{}” is the article’s file; give the notebook another name", target.display());
    }
    if elsewhere.is_some() && !to_stdout {
        may_write(target, args.force)?;
    }
    let _lock = if to_stdout { None } else { lock(target)? };
    let mut loaded = load(&args.notebook, &|| false, &|_| {})?;
    let before = &loaded.notebook;
    let id = which(before, args.article.as_deref(), &args.article_file)?;
    let reader = before.article(id).map_or("", |article| &*article.origin.reader);
    // As before, where nothing else is asked for.
    let asked = args.reading.options();
    let before_it = ReadOptions::as_by(reader);
    let options = ReadOptions {
        everything: asked.everything || before_it.everything,
        lines: if args.reading.unwrap.is_some() { asked.lines } else { before_it.lines },
        encoding: asked.encoding,
    };
    // Standard output has no folder beside it.
    let choice = if to_stdout { KeepSources::None } else { loaded.desk.keep_sources };
    let beside = Beside::of(target);
    let (read, not_kept) =
        beside.keeper(choice).read(&args.article_file, &options, &|| false, &|_| {})?;
    complain_of_reading(&args.article_file, &read);
    complain_of_not_kept(&args.article_file, not_kept.as_ref());
    let update = Update::of(before, id, read.origin, read.text)
        .map_err(|refusal| anyhow!("{refusal}; nothing was changed"))?;
    let mentions: Vec<(MentionId, Arc<Mention>)> = before
        .mentions_in(id)
        .filter_map(|id| Some((id, Arc::clone(before.mention(id)?))))
        .collect();
    let words: Vec<String> =
        mentions.iter().map(|(_, mention)| before.words(&mention.anchor).to_owned()).collect();
    let quotes = quotes(before, &update);
    let title = before.article(id).map_or_else(String::new, |a| a.about.title.clone());
    let changes = VersionChanges::with_new_text(before, id, update.origin(), update.text());
    let changed = changes.as_ref().map_or_else(Vec::new, |changes| listed(before, changes));
    let old = before.article(id).map(|article| article.text.clone());
    apply(&mut loaded.notebook, &Edit::UpdateArticle(Arc::new(update.clone())))
        .map_err(|refusal| anyhow!("{refusal}; nothing was changed"))?;
    if let (Some(old), Some(place)) = (old, loaded.desk.reading.get_mut(&id)) {
        *place = place.carried(&old, update.text());
    }
    let mentions: Vec<UpdatedMention> = mentions
        .iter()
        .zip(words)
        .map(|((id, before), words)| told(*id, before, words, &update, &loaded.notebook))
        .collect();
    let count = |result| mentions.iter().filter(|mention| mention.result == result).count();
    let done = Updated {
        notebook: target.display().to_string(),
        article: id.to_string(),
        title,
        unchanged: count(UNCHANGED),
        moved: count(MOVED),
        orphaned: count(ORPHANED),
        mentions,
        quotes,
        changes: changed,
        summary: changes.map_or_else(String::new, |changes| changes.summary()),
    };
    if to_stdout {
        let source = rendered(&loaded.notebook, &loaded.desk)?;
        return output::notebook(&source, args.json.then_some(&done));
    }
    let expected = match elsewhere {
        Some(_) => Expected::New,
        None => Expected::Same(loaded.stamp),
    };
    if elsewhere.is_none() && loaded.version < VERSION {
        let kept = keep_original(target, loaded.version).with_context(|| {
            format!(
                "“{}” is in an older format and no copy of it could be kept beside it; name another file with --output",
                target.display()
            )
        })?;
        output::complain(&format!("the original file is kept as {}", kept.display()));
    }
    secure_unsaved_work(target)?;
    if elsewhere.is_some() {
        beside.bring(&loaded.notebook, &[&args.notebook]);
    }
    let saved = save(target, &loaded.notebook, &loaded.desk, &expected, &|| false)?;
    beside.saved();
    output::complain_of_saved(&saved);
    let said = in_words(&done);
    output::after_saving(target, &done, (!args.json).then_some(&*said))
}

const UNCHANGED: &str = "unchanged";
const MOVED: &str = "moved";
const ORPHANED: &str = "orphaned";

/// Which article a file is a new version of: the one that is named, else the one whose file has the same name, else the
/// only one.
fn which(notebook: &Notebook, named: Option<&str>, file: &Path) -> anyhow::Result<ArticleId> {
    if notebook.articles().is_empty() {
        bail!("the notebook holds no article that could be updated");
    }
    if let Some(name) = named {
        return article_named(notebook, name);
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let same_file = |article: &Article| same_name(&article.origin.file_name, &name);
    let all = || notebook.articles().keys().copied();
    let found: Vec<ArticleId> =
        all().filter(|id| notebook.article(*id).is_some_and(|it| same_file(it))).collect();
    match (&found[..], notebook.articles().len()) {
        ([id], _) => Ok(*id),
        ([], 1) => all().next().context("the notebook holds no article"),
        ([], _) => bail!(
            "no article was read from a file named “{name}”; say which it is a new version of with --article:{}",
            list(notebook, all())
        ),
        (several, _) => bail!(
            "more than one article could be meant; name one by its id with --article:{}",
            list(notebook, several.iter().copied())
        ),
    }
}

/// What became of a mention: as the notebook has it now, with what the update says of it.
fn told(
    id: MentionId,
    before: &Mention,
    words: String,
    update: &Update,
    after: &Notebook,
) -> UpdatedMention {
    let text = update.text();
    let outcome = update.outcome(&before.anchor);
    let range = after.mention(id).and_then(|mention| mention.anchor.range());
    let result = match (&range, outcome) {
        (None, _) => ORPHANED,
        (Some(_), Some(Outcome::Unchanged(_))) => UNCHANGED,
        (Some(_), _) => MOVED,
    };
    let candidates = match outcome {
        Some(Outcome::Orphaned { candidates }) => &candidates[..],
        _ => &[],
    };
    UpdatedMention {
        id: id.to_string(),
        result,
        start: range.as_ref().map(|range| text.scalar_of(range.start)),
        end: range.as_ref().map(|range| text.scalar_of(range.end)),
        confidence: rounded(outcome.map_or(0.0, Outcome::confidence)),
        candidates: candidates
            .iter()
            .map(|(range, confidence)| CandidatePlace {
                start: text.scalar_of(range.start),
                end: text.scalar_of(range.end),
                confidence: rounded(*confidence),
            })
            .collect(),
        words,
    }
}

/// To three places: more would be a pretence.
fn rounded(confidence: f32) -> f32 {
    (confidence * 1000.0).round() / 1000.0
}

fn quotes(notebook: &Notebook, update: &Update) -> Quotes {
    let mut quotes = Quotes::default();
    for anchor in update.quotes(notebook) {
        match update.outcome(anchor) {
            Some(Outcome::Unchanged(_)) => quotes.unchanged += 1,
            Some(Outcome::Moved { .. }) => quotes.moved += 1,
            Some(Outcome::Orphaned { .. }) => quotes.orphaned += 1,
            None => {}
        }
    }
    quotes
}

fn in_words(done: &Updated) -> String {
    let mut said = format!(
        "{}: “{}” updated; of {}, {} unchanged, {} moved, {} orphaned",
        done.notebook,
        done.title,
        output::count(done.mentions.len(), "mention", "mentions"),
        done.unchanged,
        done.moved,
        done.orphaned
    );
    let Quotes { unchanged, moved, orphaned } = done.quotes;
    if unchanged + moved + orphaned > 0 {
        // Writing to a string cannot fail.
        let _ = write!(
            said,
            "; of {}, {unchanged} unchanged, {moved} moved, {orphaned} orphaned",
            output::count(unchanged + moved + orphaned, "quote", "quotes")
        );
    }
    let _ = writeln!(said, "\n  in the text: {}", done.summary);
    for mention in done.mentions.iter().filter(|mention| mention.result != UNCHANGED) {
        let UpdatedMention { id, result, confidence, words, .. } = mention;
        let _ = writeln!(said, "  {id} {result} ({confidence:.2}) “{}”", output::one_line(words));
    }
    said
}
