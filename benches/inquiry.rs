//! What answers cost in a large notebook: `inquiry/sources/10k` determines who says each of 10,000 claims of five
//! statements, chains of up to three speakers of 2,000; `inquiry/sources/edit` the same again after one statement was
//! changed; `inquiry/review/10k` applies all rules. All are jobs in the background.

use std::hint::black_box;
use std::sync::Arc;

use casebook::edit::{
    AboutFields, Created, Edit, EntityFields, HopFields, Ref, Spot, StatementFields, apply,
};
use casebook::inquiry::review::review;
use casebook::inquiry::sources::{AllSources, WhatIf};
use casebook::notebook::{
    About, ActorKind, Article, ArticleId, EntityId, Kind, MentionId, Modality, Notebook, Origin,
    Polarity, Source,
};
use casebook::text::Text;
use criterion::{Criterion, criterion_group, criterion_main};

const CLAIMS: usize = 10_000;
const STATEMENTS: usize = 5;
const ACTORS: usize = 2_000;
const ARTICLES: usize = 100;

/// A generator of numbers that are the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % n as u64) as usize
    }
}

fn entities(notebook: &mut Notebook, kind: Kind, count: usize, name: &str) -> Vec<EntityId> {
    let add = |n: usize| {
        let actor_kind = (kind == Kind::Actor)
            .then(|| [ActorKind::Media, ActorKind::Person, ActorKind::Anonymous][n % 3]);
        let with = Box::new(EntityFields { actor_kind, ..EntityFields::default() });
        Edit::AddEntity { kind, name: format!("{name} {n}"), handle: String::new(), with, at: None }
    };
    let edit = Edit::Batch(String::new(), (0..count).map(add).collect());
    let created = apply(notebook, &edit).expect("entities can be added").created;
    let id = |created| match created {
        Created::Entity(id) => Some(id),
        _ => None,
    };
    created.into_iter().filter_map(id).collect()
}

/// The notebook, and one of its statements.
fn notebook() -> (Notebook, MentionId) {
    let mut dice = Dice(7);
    let mut notebook = Notebook::new("bench");
    let actors = entities(&mut notebook, Kind::Actor, ACTORS, "Actor");
    let claims = entities(&mut notebook, Kind::Claim, CLAIMS, "Claim");
    let here = CLAIMS * STATEMENTS / ARTICLES;
    let text: String = (0..here).map(|n| format!("word{n:04}. ")).collect();
    let mut edits = Vec::new();
    let articles: Vec<ArticleId> = (0..ARTICLES).map(|_| ArticleId::random()).collect();
    for id in &articles {
        let title = format!("Article {id}");
        let about = About { title, date: "2031-03-06".to_owned(), ..About::default() };
        let article = Article {
            about,
            origin: Origin::default(),
            earlier: Vec::new(),
            text: Text::new(text.clone()),
        };
        edits.push(Edit::AddArticle(*id, Arc::new(article)));
        let publisher = Ref::Id(actors[dice.below(ACTORS / 3) * 3]);
        let with = AboutFields { publisher: Some(publisher), ..AboutFields::default() };
        edits.push(Edit::Describe { article: Some(Ref::Id(*id)), with });
    }
    for n in 0..CLAIMS * STATEMENTS {
        let hop = |dice: &mut Dice| HopFields {
            actor: Ref::Id(actors[dice.below(ACTORS)]),
            cue: String::new(),
            source: if dice.below(3) == 0 { Source::Read } else { Source::Reported },
        };
        let statement = StatementFields {
            chain: Some((0..dice.below(4)).map(|_| hop(&mut dice)).collect()),
            modality: Some(Modality::ALL[dice.below(4)]),
            polarity: (dice.below(5) == 0).then_some(Polarity::Denies),
            form: None,
        };
        let start = n / ARTICLES * 10;
        edits.push(Edit::Tag {
            article: Some(Ref::Id(articles[n % ARTICLES])),
            at: Spot::Bytes(start..start + 8),
            entity: Ref::Id(claims[dice.below(CLAIMS)]),
            remember_alias: false,
            statement,
            note: String::new(),
            handle: String::new(),
        });
    }
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).expect("statements can be added");
    let one = *notebook.mentions().keys().next().expect("a statement");
    (notebook, one)
}

fn inquiry(criterion: &mut Criterion) {
    let (mut notebook, one) = notebook();
    let none = WhatIf::default();
    let mut group = criterion.benchmark_group("inquiry");
    group.sample_size(20);
    group.bench_function("sources/10k", |bench| {
        bench.iter_with_large_drop(|| AllSources::new(&notebook, &none, &|| false));
    });
    let sources = AllSources::new(&notebook, &none, &|| false).expect("not stopped");
    group.bench_function("review/10k", |bench| {
        bench.iter_with_large_drop(|| review(&notebook, &sources, &|| false));
    });
    let statement =
        StatementFields { polarity: Some(Polarity::Denies), ..StatementFields::default() };
    let edit = Edit::SetStatement { mention: Ref::Id(one), with: statement };
    apply(&mut notebook, &edit).expect("a statement can be changed");
    group.bench_function("sources/edit", |bench| {
        bench.iter_with_large_drop(|| black_box(sources.updated(&notebook, &none, &|| false)));
    });
    group.finish();
}

criterion_group!(benches, inquiry);
criterion_main!(benches);
