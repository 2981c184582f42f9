//! What changed between two versions of an article, and which mentions stood in it.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::notebook::{
    Article, ArticleId, EntityId, MentionId, Notebook, Origin, Place, day_in_words,
};
use crate::text::{Change, ChangeKind, Changes, Text, capital, occurrences, reanchor};

/// One of two versions that are compared.
#[derive(Clone, Debug)]
pub struct ComparedVersion {
    /// Its number, from 1.
    pub number: u32,
    /// Where it came from.
    pub origin: Origin,
    /// Its text.
    pub text: Text,
}

impl ComparedVersion {
    /// “version 1 (phare.txt, read 14 March 2031)”.
    #[must_use]
    pub fn told(&self) -> String {
        let day = self.origin.read_at.split('T').next().unwrap_or("");
        let file = match &*self.origin.file_name {
            "" => "pasted",
            name => name,
        };
        match day {
            "" => format!("version {} ({file})", self.number),
            day => format!("version {} ({file}, read {})", self.number, day_in_words(day)),
        }
    }
}

/// What changed between two versions of an article.
#[derive(Clone, Debug)]
pub struct VersionChanges {
    /// The article.
    pub article: ArticleId,
    /// The first of them: of its sentences it is said what became of them.
    pub from: ComparedVersion,
    /// The second.
    pub to: ComparedVersion,
    /// What changed.
    pub changes: Changes,
    /// For each change the mentions that stood in it, in the order of the text.
    stood: Vec<Vec<MentionId>>,
}

impl VersionChanges {
    /// Compares two versions of an article, by their numbers. For a job: a megabyte takes some tenths of a second.
    /// `None` where there is no such article or version.
    #[must_use]
    pub fn between(notebook: &Notebook, article: ArticleId, from: u32, to: u32) -> Option<Self> {
        let record = notebook.article(article)?;
        let version = |number| {
            let (origin, text) = record.version(number)?;
            Some(ComparedVersion { number, origin: origin.clone(), text: text.clone() })
        };
        let (from, to) = (version(from)?, version(to)?);
        Some(Self::of(notebook, article, record, from, to))
    }

    /// Compares an article's text with what it is to become.
    #[must_use]
    pub fn with_new_text(
        notebook: &Notebook,
        article: ArticleId,
        origin: &Origin,
        text: &Text,
    ) -> Option<Self> {
        let record = notebook.article(article)?;
        let number = record.versions();
        let from =
            ComparedVersion { number, origin: record.origin.clone(), text: record.text.clone() };
        let number = number.saturating_add(1);
        let to = ComparedVersion { number, origin: origin.clone(), text: text.clone() };
        Some(Self::of(notebook, article, record, from, to))
    }

    fn of(
        notebook: &Notebook,
        article: ArticleId,
        record: &Article,
        from: ComparedVersion,
        to: ComparedVersion,
    ) -> Self {
        let changes = Changes::of(&from.text, &to.text);
        let places = places(notebook, article, record, &from.text);
        let is_now = to.text == record.text;
        let (olds, news) = (by_place(&changes, |it| &it.old), by_place(&changes, |it| &it.new));
        let mut stood = vec![Vec::new(); changes.list().len()];
        for id in notebook.mentions_in(article) {
            let now = notebook.mention(id).and_then(|mention| mention.anchor.range());
            let now = now.filter(|_| is_now);
            let was = places.get(&id);
            let at = was.or(now.as_ref()).map_or(0, |range| range.start);
            let mut of: Vec<usize> = Vec::new();
            of.extend(was.into_iter().flat_map(|range| touched(&olds, range)));
            of.extend(now.iter().flat_map(|range| touched(&news, range)));
            of.sort_unstable();
            of.dedup();
            for change in of {
                // What was added held nothing before.
                if changes.list().get(change).is_some_and(|it| it.kind != ChangeKind::Added) {
                    stood[change].push((at, id));
                }
            }
        }
        let in_order = |mut here: Vec<(usize, MentionId)>| {
            here.sort_unstable();
            here.into_iter().map(|(_, id)| id).collect()
        };
        let stood = stood.into_iter().map(in_order).collect();
        Self { article, from, to, changes, stood }
    }

    /// The mentions that stood in a change, by its number, in the order of the text.
    #[must_use]
    pub fn stood_in(&self, change: usize) -> &[MentionId] {
        self.stood.get(change).map_or(&[], Vec::as_slice)
    }

    /// The entities whose mentions stood in a change, each once.
    #[must_use]
    pub fn entities_in(&self, notebook: &Notebook, change: usize) -> Vec<EntityId> {
        let mut all: Vec<EntityId> = Vec::new();
        for mention in self.stood_in(change).iter().filter_map(|id| notebook.mention(*id)) {
            if !all.contains(&mention.entity) {
                all.push(mention.entity);
            }
        }
        all
    }

    /// The sentence of a change as it was, and as it is; empty where there is none.
    #[must_use]
    pub fn words(&self, change: &Change) -> (&str, &str) {
        let of = |text: &'_ Text, range: &Range<usize>| -> Range<usize> {
            if text.get(range.clone()).is_some() { range.clone() } else { 0..0 }
        };
        (
            self.from.text.get(of(&self.from.text, &change.old)).unwrap_or(""),
            self.to.text.get(of(&self.to.text, &change.new)).unwrap_or(""),
        )
    }

    /// What changed, in a sentence: “2 sentences removed, 1 reworded, 1 added; 3 only set otherwise”.
    #[must_use]
    pub fn summary(&self) -> String {
        let [removed, reworded, moved, added] = self.changes.counts();
        let mut parts: Vec<String> = Vec::new();
        for (count, word) in
            [(removed, "removed"), (reworded, "reworded"), (moved, "moved"), (added, "added")]
        {
            let what = match (parts.is_empty(), count) {
                (_, 0) => continue,
                (true, 1) => "1 sentence".to_owned(),
                (true, n) => format!("{n} sentences"),
                (false, n) => n.to_string(),
            };
            parts.push(format!("{what} {word}"));
        }
        let mut said =
            if parts.is_empty() { "no sentence changed".to_owned() } else { parts.join(", ") };
        match self.changes.respelt() {
            0 => {}
            1 => said.push_str("; 1 with other signs or spaces only"),
            n => {
                let _ = write!(said, "; {n} with other signs or spaces only");
            }
        }
        said
    }

    /// The list as text, for pasting: what the article took back, and what else changed, each with its paragraph, its
    /// words before and after, and what was tagged in it.
    #[must_use]
    pub fn as_text(&self, notebook: &Notebook) -> String {
        let title = notebook.article(self.article).map_or("", |article| &article.about.title);
        let mut out = format!(
            "What “{}” took back and changed, from {} to {}: {}.\n",
            one_line(title),
            self.from.told(),
            self.to.told(),
            self.summary()
        );
        for (number, change) in self.changes.list().iter().enumerate() {
            let (old, new) = self.words(change);
            let paragraph = match change.kind {
                ChangeKind::Added => self.to.text.paragraph_at(change.new.start),
                _ => self.from.text.paragraph_at(change.old.start),
            };
            // Writing to a string cannot fail.
            let _ =
                writeln!(out, "\n{}, paragraph {}:", capital(change.kind.word()), paragraph + 1);
            if change.kind == ChangeKind::Moved {
                let to = self.to.text.paragraph_at(change.new.start) + 1;
                let _ = writeln!(out, "  to paragraph {to}");
            }
            if !old.is_empty() {
                let _ = writeln!(out, "− “{}”", one_line(old));
            }
            if !new.is_empty() && one_line(old) != one_line(new) {
                let _ = writeln!(out, "+ “{}”", one_line(new));
            }
            let tagged = self.entities_in(notebook, number);
            if !tagged.is_empty() {
                let named = |id: &EntityId| {
                    let kind = notebook.entity(*id).map_or("", |entity| entity.kind().word());
                    format!("{} ({kind})", one_line(notebook.name(*id)))
                };
                let names: Vec<String> = tagged.iter().map(named).collect();
                let _ = writeln!(out, "  Tagged in it: {}", names.join("; "));
            }
        }
        out
    }
}

/// The changes that have words in one of the texts, by their place in it, with their numbers.
fn by_place(
    changes: &Changes,
    side: impl Fn(&Change) -> &Range<usize>,
) -> Vec<(Range<usize>, usize)> {
    let all = changes.list().iter().enumerate();
    let mut all: Vec<(Range<usize>, usize)> = all
        .map(|(number, change)| (side(change).clone(), number))
        .filter(|(range, _)| !range.is_empty())
        .collect();
    all.sort_unstable_by_key(|(range, _)| range.start);
    all
}

/// The numbers of those that a place touches. No two of them overlap.
fn touched<'a>(
    by_place: &'a [(Range<usize>, usize)],
    place: &Range<usize>,
) -> impl Iterator<Item = usize> + 'a {
    let first = by_place.partition_point(|(range, _)| range.end <= place.start);
    let end = by_place.partition_point(|(range, _)| range.start < place.end);
    by_place.get(first..end).unwrap_or_default().iter().map(|(_, number)| *number)
}

/// Words on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the mentions of an article stand in one of its versions, as far as that is known.
fn places(
    notebook: &Notebook,
    article: ArticleId,
    record: &Article,
    version: &Text,
) -> HashMap<MentionId, Range<usize>> {
    let mut all = HashMap::new();
    let mut found: Vec<(MentionId, Range<usize>)> = Vec::new();
    for id in notebook.mentions_in(article) {
        let Some(mention) = notebook.mention(id) else { continue };
        match &mention.anchor.place {
            Place::At { start, end } => found.push((id, *start..*end)),
            Place::Orphan(quote) => {
                let stands = version.stands_at(quote.start..quote.end, &quote.exact);
                let stands = stands.or_else(|| {
                    let whole = [&*quote.prefix, &*quote.exact, &*quote.suffix].concat();
                    let [place] = &occurrences(version, &whole)[..] else { return None };
                    let start = place.start + quote.prefix.len();
                    Some(start..start + quote.exact.len())
                });
                all.extend(stands.map(|range| (id, range)));
            }
        }
    }
    if *version == record.text {
        all.extend(found);
        return all;
    }
    let ranges: Vec<Range<usize>> = found.iter().map(|(_, range)| range.clone()).collect();
    let outcomes = reanchor(&record.text, version, &ranges);
    let there = found.into_iter().zip(outcomes).filter_map(|((id, _), it)| Some((id, it.range()?)));
    all.extend(there);
    all
}
