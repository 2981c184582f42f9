//! How long it takes to compare what two people made of the same articles, each on their own, with 100,000 mentions each:
//! `agreement/100k`, how far they agree; `pairing/100k`, what is the same; `joined/100k`, theirs under the ids of ours.

use std::collections::BTreeSet;
use std::hint::black_box;

use casebook::edit::renaming::Renaming;
use casebook::edit::{Edit, Ref, apply};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{ArticleId, EntityId, LinkId, MentionId, Notebook};
use casebook::pairing::Pairing;
use criterion::{Criterion, criterion_group, criterion_main};

const MENTIONS: usize = 100_000;

/// What another person made of the same articles: most of the mentions, and every id another one.
fn theirs(ours: &Notebook) -> Notebook {
    let mut notebook = ours.clone();
    let gone: Vec<Edit> = ours
        .mentions()
        .keys()
        .step_by(23)
        .map(|id| Edit::Untag { mention: Ref::Id(*id) })
        .collect();
    apply(&mut notebook, &Edit::Batch(String::new(), gone)).expect("sound edits");
    let mut map = Renaming::default();
    notebook.articles().keys().for_each(|id| map.articles.set(*id, ArticleId::random()));
    notebook.entities().keys().for_each(|id| map.entities.set(*id, EntityId::random()));
    notebook.mentions().keys().for_each(|id| map.mentions.set(*id, MentionId::random()));
    notebook.links().keys().for_each(|id| map.links.set(*id, LinkId::random()));
    map.apply(&notebook, &|| false).expect("nobody stops it")
}

fn pairing(criterion: &mut Criterion) {
    let (ours, _) = generate(5, Size::bench(MENTIONS));
    let theirs = theirs(&ours);
    let found = Pairing::of(&ours, &theirs, &|| false).expect("nobody stops it");
    let chosen: BTreeSet<usize> = found.from_score(0.0);
    let mut group = criterion.benchmark_group("pairing");
    group.sample_size(10);
    group.bench_function("agreement/100k", |bench| {
        bench.iter(|| black_box(found.agreement(&ours, &theirs, &chosen, &|| false)));
    });
    group.bench_function("pairing/100k", |bench| {
        bench.iter(|| black_box(Pairing::of(&ours, &theirs, &|| false)));
    });
    group.bench_function("joined/100k", |bench| {
        bench.iter(|| black_box(found.joined(&ours, &theirs, &chosen, &|| false)));
    });
    group.finish();
}

criterion_group!(benches, pairing);
criterion_main!(benches);
