//! Two people's notebooks of one article.

use std::sync::Arc;

use super::*;
use crate::edit::{Edit, apply, parse_script};
use crate::notebook::generate::{Size, generate};
use crate::notebook::{About, Article, Origin};

const TEXT: &str = "Été à Port-Léonie : Anne Kervel a vu Paul Orr. Le conseil a cédé, dit-elle.";
const ARTICLE: ArticleId = ArticleId::from_bits(7);
const BOTH: InBoth = InBoth { ours: ARTICLE, theirs: ARTICLE };

fn tagged(edits: &str) -> Notebook {
    let mut notebook = Notebook::new("");
    let about = About { title: "A".to_owned(), ..About::default() };
    let article =
        Article { about, origin: Origin::default(), text: Text::new(TEXT), earlier: Vec::new() };
    apply(&mut notebook, &Edit::AddArticle(ARTICLE, Arc::new(article))).expect("sound");
    let edits = parse_script(edits).expect("a list of edits");
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).expect("sound");
    notebook
}

fn entity(notebook: &Notebook, name: &str) -> EntityId {
    *notebook.entities().iter().find(|(_, entity)| entity.name == name).expect("there").0
}

fn between(ours: &Notebook, theirs: &Notebook) -> Agreement {
    let same = |id: EntityId| {
        let name = theirs.name(id);
        ours.entities().iter().find(|(_, entity)| entity.name == name).map(|(id, _)| *id)
    };
    agreement(ours, theirs, &[BOTH], &same, &|| false).expect("not stopped")
}

const OURS: &str = r#"[
    AddEntity(kind: Actor, name: "Anne Kervel", handle: "$anne"),
    AddEntity(kind: Actor, name: "Paul Orr", handle: "$paul"),
    AddEntity(kind: Claim, name: "The board gave way.", handle: "$claim"),
    Tag(at: Quote("Anne Kervel"), entity: "$anne"),
    Tag(at: Quote("elle"), entity: "$anne"),
    Tag(at: Quote("Paul Orr"), entity: "$paul"),
    Tag(at: Quote("Le conseil a cédé"), entity: "$claim"),
]"#;
const THEIRS: &str = r#"[
    AddEntity(kind: Actor, name: "Anne Kervel", handle: "$anne"),
    AddEntity(kind: Actor, name: "Mr Orr", handle: "$paul"),
    AddEntity(kind: Event, name: "The board gives way", handle: "$event"),
    Tag(at: Quote("Anne Kervel"), entity: "$anne"),
    Tag(at: Quote("Paul Orr"), entity: "$paul"),
    Tag(at: Quote("Le conseil a cédé"), entity: "$event"),
    Tag(at: Quote("Port-Léonie"), entity: "$event"),
]"#;

#[test]
fn spans_kinds_and_entities_are_counted() {
    let (ours, theirs) = (tagged(OURS), tagged(THEIRS));
    let found = between(&ours, &theirs);
    assert_eq!(found.articles, [BOTH]);
    assert_eq!(found.units, [[3, 2], [0, 2], [1, 0]]);
    assert_eq!(found.scalars, TEXT.chars().count() as u64);
    // Three spans of both: two actors, and one that is a claim for one and an event for the other.
    assert_eq!((found.together(), found.alone), (3, [1, 1]));
    let kinds = [((Kind::Actor, Kind::Actor), 2), ((Kind::Claim, Kind::Event), 1)];
    assert_eq!(found.kinds.counts, kinds.into_iter().collect());
    // p₀ = 2/3, pₑ = 4/9: κ = 2/5.
    assert!((found.kinds.kappa().expect("defined") - 0.4).abs() < 1e-9);
    // One entity is the same, the other is not known to be.
    let (anne, paul) = (entity(&ours, "Anne Kervel"), entity(&ours, "Paul Orr"));
    let orr = Named::Theirs(entity(&theirs, "Mr Orr"));
    let entities = [((Named::Ours(anne), Named::Ours(anne)), 1), ((Named::Ours(paul), orr), 1)];
    assert_eq!(found.entities.counts, entities.into_iter().collect());
    // Offsets are scalar values: “Été” is three.
    let units =
        Units { length: found.scalars, by: [vec![20..31, 37..45, 70..74], vec![20..31, 37..45]] };
    assert_eq!(found.alpha_of(Kind::Actor), disagreement(&[units]).alpha());
    assert!(found.alpha_of(Kind::Actor).expect("defined") > 0.9);
    assert!(found.alpha_of(Kind::Event).expect("defined") < 0.1);
    assert!(found.alpha().expect("defined") < 0.5);
}

#[test]
fn an_article_that_only_one_tagged_says_nothing() {
    let (ours, theirs) = (tagged(OURS), tagged("[]"));
    let found = between(&ours, &theirs);
    assert_eq!((found.articles.len(), found.left_out.len()), (0, 1));
    assert_eq!((found.alpha(), found.kinds.kappa(), found.alone), (None, None, [0, 0]));
    let found = between(&theirs, &theirs);
    assert_eq!((found.articles.len(), found.left_out.len()), (0, 0));
}

#[test]
fn what_was_tagged_twice_is_counted_apart() {
    let twice = OURS.replace(
        "Tag(at: Quote(\"Paul Orr\"), entity: \"$paul\"),",
        "Tag(at: Quote(\"Paul Orr\"), entity: \"$paul\"), Tag(at: Quote(\"Paul Orr\"), entity: \"$claim\"),
         Tag(at: Quote(\"Anne Kervel\"), entity: \"$paul\"),",
    );
    let found = between(&tagged(&twice), &tagged(THEIRS));
    assert_eq!(found.ambiguous_kinds, 1, "an actor and a claim");
    assert_eq!(found.ambiguous_entities, 1, "two actors");
    assert_eq!(found.together(), 3);
}

#[test]
fn a_notebook_agrees_with_itself_and_two_agree_either_way() {
    let size = Size { articles: 3, text: 4000, entities: 25, mentions: 150, links: 5 };
    for seed in 0..20 {
        let (notebook, _) = generate(seed, size);
        let (others, _) = generate(seed + 1000, size);
        let both: Vec<InBoth> =
            notebook.articles().keys().map(|id| InBoth { ours: *id, theirs: *id }).collect();
        let itself = agreement(&notebook, &notebook, &both, &Some, &|| false).expect("not stopped");
        assert_eq!(itself.alpha(), Some(1.0));
        assert!(itself.kinds.kappa().is_none_or(|kappa| kappa == 1.0));
        assert!(itself.entities.kappa().is_none_or(|kappa| kappa == 1.0));
        assert_eq!(itself.alone, [0, 0]);
        // Another notebook’s tags in the same articles: only what stands on the same offsets matters.
        let pairs: Vec<InBoth> = notebook
            .articles()
            .keys()
            .zip(others.articles().keys())
            .map(|(ours, theirs)| InBoth { ours: *ours, theirs: *theirs })
            .collect();
        let there = agreement(&notebook, &others, &pairs, &|_| None, &|| false);
        let turned: Vec<InBoth> =
            pairs.iter().map(|it| InBoth { ours: it.theirs, theirs: it.ours }).collect();
        let back = agreement(&others, &notebook, &turned, &|_| None, &|| false);
        let (there, back) = (there.expect("not stopped"), back.expect("not stopped"));
        assert_eq!(there.kinds.kappa(), back.kinds.kappa());
        assert_eq!([there.alone[1], there.alone[0]], back.alone);
        assert_eq!(agreement(&notebook, &others, &pairs, &|_| None, &|| true), None);
    }
}
