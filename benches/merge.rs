//! How long it takes to merge what two people made of a notebook with 100,000 mentions: `merge/100k/sessions`, a working
//! day of edits each; `merge/100k/all-notes`, where one of them wrote a note on every mention; `merge/100k/updated`, where
//! one of them updated an article in which the other tagged.

use std::hint::black_box;
use std::sync::Arc;

use casebook::edit::three_way::merge;
use casebook::edit::{Edit, EntityFields, Ref, Spot, Update, apply};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{Kind, Notebook};
use casebook::text::Text;
use criterion::{Criterion, criterion_group, criterion_main};

const MENTIONS: usize = 100_000;
/// How many edits make a working day.
const DAY: usize = 300;

/// What somebody made of a notebook in a day: every `n`-th entity has a note, and mentions have gone.
fn day(base: &Notebook, person: usize) -> Notebook {
    let mut notebook = base.clone();
    let entities: Vec<_> =
        base.entities().keys().copied().skip(person).step_by(3).take(DAY).collect();
    let notes = entities.into_iter().map(|id| {
        let with =
            EntityFields { note: Some(format!("seen by {person}")), ..EntityFields::default() };
        Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) }
    });
    let gone: Vec<_> =
        base.mentions().keys().copied().skip(person * 7).step_by(41).take(DAY).collect();
    let untag = gone.into_iter().map(|id| Edit::Untag { mention: Ref::Id(id) });
    apply(&mut notebook, &Edit::Batch(String::new(), notes.chain(untag).collect())).expect("a day");
    notebook
}

fn with_notes(base: &Notebook) -> Notebook {
    let mut notebook = base.clone();
    let note = |id| Edit::SetMention {
        mention: Ref::Id(id),
        note: Some("checked".to_owned()),
        to_check: None,
    };
    let all = base.mentions().keys().copied().map(note).collect();
    apply(&mut notebook, &Edit::Batch(String::new(), all)).expect("notes");
    notebook
}

fn updated(base: &Notebook) -> Notebook {
    let mut notebook = base.clone();
    let (id, article) = base.articles().iter().next().expect("an article");
    let text = Text::new(format!("A line that is new.\n{}", article.text.as_str()));
    let update = Update::of(base, *id, article.origin.clone(), text).expect("an update");
    apply(&mut notebook, &Edit::UpdateArticle(Arc::new(update))).expect("updated");
    notebook
}

fn tagged(base: &Notebook) -> Notebook {
    let mut notebook = base.clone();
    let (id, article) = base.articles().iter().next().expect("an article");
    let actor = base.entities().iter().find(|(_, it)| it.kind() == Kind::Actor).expect("one").0;
    let starts = (0..article.text.len()).step_by(997);
    let word = |start: usize| {
        let rest = &article.text.as_str()[start..];
        let end = rest.find(' ').filter(|end| *end > 2)?;
        Some(start..start + end)
    };
    for bytes in
        starts.filter(|at| article.text.is_grapheme_boundary(*at)).filter_map(word).take(DAY)
    {
        let tag = Edit::Tag {
            article: Some(Ref::Id(*id)),
            at: Spot::Bytes(bytes),
            entity: Ref::Id(*actor),
            remember_alias: false,
            statement: Default::default(),
            note: String::new(),
            handle: String::new(),
        };
        // A place that is tagged so already is refused.
        let _ = apply(&mut notebook, &tag);
    }
    notebook
}

fn merging(criterion: &mut Criterion) {
    let (base, _) = generate(7, Size::bench(MENTIONS));
    let mut group = criterion.benchmark_group("merge");
    group.sample_size(10);
    for (name, ours, theirs) in [
        ("sessions", day(&base, 1), day(&base, 2)),
        ("all-notes", with_notes(&base), day(&base, 2)),
        ("updated", updated(&base), tagged(&base)),
    ] {
        group.bench_function(format!("100k/{name}"), |bench| {
            bench.iter(|| black_box(merge(&base, &ours, &theirs, &|| false)));
        });
    }
    group.finish();
}

criterion_group!(benches, merging);
criterion_main!(benches);
