//! Two notebooks of the same articles: what is found to be the same, and what becomes of the ids.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::edit::renaming::Renaming;
use crate::edit::{Edit, apply, parse_script};
use crate::notebook::generate::{Size, generate};
use crate::notebook::{
    About, Article, ArticleId, CardId, Evidence, GroupId, LinkId, MatrixId, MentionId, Origin,
    SetAsideId, ViewId, WaiverId, check,
};
use crate::text::Text;

const TEXT: &str =
    "Anne Kervel a vu Paul Orr.\nLe conseil a cédé, selon Le Phare. Mme Kervel dément.\n";

/// A notebook of one article, with this done to it, in one step.
fn notebook(text: &str, edits: &str) -> Notebook {
    let mut notebook = Notebook::new("");
    let about = About { title: "A".to_owned(), ..About::default() };
    let origin = Origin { sha256: format!("{:064x}", text.len()), ..Origin::default() };
    let article = Article { about, origin, text: Text::new(text), earlier: Vec::new() };
    apply(&mut notebook, &Edit::AddArticle(ArticleId::random(), Arc::new(article))).expect("sound");
    let edits = parse_script(edits).expect("a list of edits");
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).expect("sound");
    notebook
}

const OURS: &str = r#"[
    AddEntity(kind: Actor, name: "Anne Kervel", handle: "$anne", with: (actor_kind: Person)),
    AddEntity(kind: Actor, name: "Paul Orr", handle: "$paul"),
    AddEntity(kind: Actor, name: "Le Phare", handle: "$phare", with: (actor_kind: Media)),
    AddEntity(kind: Actor, name: "sources internes", handle: "$unnamed", with: (actor_kind: Anonymous)),
    AddEntity(kind: Claim, name: "The board gave way.", handle: "$claim"),
    Tag(at: Quote("Anne Kervel"), entity: "$anne", handle: "$seen"),
    Tag(at: Quote("Paul Orr"), entity: "$paul"),
    Tag(at: Quote("Le conseil a cédé"), entity: "$claim", statement: (chain: [(actor: "$phare", cue: "selon")])),
    Link(from: "$anne", relation: "associated with", to: "$paul", evidence: [Mention("$seen")]),
]"#;
const THEIRS: &str = r#"[
    AddEntity(kind: Actor, name: "A. Kervel", handle: "$anne", with: (aliases: ["Mme Kervel"], note: "Denies.")),
    AddEntity(kind: Actor, name: "Paul Orr", handle: "$paul", with: (actor_kind: Person)),
    AddEntity(kind: Actor, name: "Phare", handle: "$phare", with: (actor_kind: Media)),
    AddEntity(kind: Actor, name: "sources internes", handle: "$unnamed", with: (actor_kind: Anonymous)),
    AddEntity(kind: Claim, name: "The council yielded to the owner", handle: "$claim"),
    AddEntity(kind: Event, name: "A denial", handle: "$event"),
    Tag(at: Quote("Anne Kervel"), entity: "$anne", handle: "$seen"),
    Tag(at: Quote("Mme Kervel"), entity: "$anne"),
    Tag(at: Quote("Paul Orr"), entity: "$paul"),
    Tag(at: Quote("Le conseil a cédé"), entity: "$claim", statement: (chain: [(actor: "$phare", cue: "selon")])),
    Link(from: "$paul", relation: "associated with", to: "$anne", evidence: [Sentence(at: Quote("a vu"))]),
    Link(from: "$anne", relation: "denies", to: "$claim"),
]"#;

fn id(notebook: &Notebook, name: &str) -> EntityId {
    *notebook.entities().iter().find(|(_, entity)| entity.name == name).expect("there").0
}

fn pairing(ours: &Notebook, theirs: &Notebook) -> Pairing {
    Pairing::of(ours, theirs, &|| false).expect("not stopped")
}

fn pair(of: &Pairing, ours: EntityId, theirs: EntityId) -> Option<(usize, &Pair)> {
    of.pairs().iter().enumerate().find(|(_, pair)| (pair.ours, pair.theirs) == (ours, theirs))
}

#[test]
fn what_two_called_otherwise_is_offered_with_the_reason() {
    let (ours, theirs) = (notebook(TEXT, OURS), notebook(TEXT, THEIRS));
    let found = pairing(&ours, &theirs);
    assert_eq!(found.articles().len(), 1);
    let of = |a: &str, b: &str| pair(&found, id(&ours, a), id(&theirs, b)).expect(a).1.clone();
    let paul = of("Paul Orr", "Paul Orr");
    assert!(paul.is_sure && paul.score == 1.0, "{paul:?}");
    let anne = of("Anne Kervel", "A. Kervel");
    assert!(!anne.is_sure && anne.score > 0.8, "{anne:?}");
    assert_eq!(anne.reason, "the same name with initials; both tagged it in 1 place");
    assert!(of("Le Phare", "Phare").reason.starts_with("the same name but for small words"));
    // Named in other words, but tagged in the same place.
    let claim = of("The board gave way.", "The council yielded to the owner");
    assert_eq!(claim.reason, "both tagged it in 1 place");
    // Two that nobody names are not surely one.
    let unnamed = of("sources internes", "sources internes");
    assert!(
        !unnamed.is_sure && unnamed.reason.ends_with("a source that nobody names"),
        "{unnamed:?}"
    );
    assert_eq!(found.sure(), 1);
}

#[test]
fn what_is_the_same_is_joined_and_the_rest_added() {
    let (ours, theirs) = (notebook(TEXT, OURS), notebook(TEXT, THEIRS));
    let found = pairing(&ours, &theirs);
    let all = found.from_score(0.0);
    let joined = found.joined(&ours, &theirs, &all, &|| false).expect("not stopped");
    let Joined { notebook: then, joined, added, refused } = joined;
    assert_eq!(refused, Vec::<String>::new());
    let tally = |articles, entities, mentions, links| Tally {
        articles,
        entities,
        mentions,
        links,
        others: 0,
    };
    assert_eq!(joined, tally(1, 5, 3, 1));
    assert_eq!(added, tally(0, 1, 1, 1));
    assert_eq!(check(&then), []);
    // Ours names it; the other name is an alias, once.
    let anne = then.entity(id(&ours, "Anne Kervel")).expect("joined");
    assert_eq!(
        (&*anne.name, &anne.aliases[..]),
        ("Anne Kervel", &["Mme Kervel".to_owned(), "A. Kervel".to_owned()][..])
    );
    assert_eq!(anne.note, "Denies.");
    // The link holds both ways, whichever end was named first; its evidence is theirs.
    let link = ours.links().keys().next().expect("one");
    let evidence = &then.link(*link).expect("joined").evidence;
    assert!(matches!(evidence[..], [Evidence::Quote(_)]), "{evidence:?}");
    // None of the offered pairs: only what is sure is joined.
    let only_sure = found.joined(&ours, &theirs, &BTreeSet::new(), &|| false).expect("not stopped");
    assert_eq!(only_sure.joined, tally(1, 1, 1, 0));
    assert_eq!(check(&only_sure.notebook), []);
    assert!(found.joined(&ours, &theirs, &all, &|| true).is_none());
}

#[test]
fn agreement_knows_who_is_who() {
    let (ours, theirs) = (notebook(TEXT, OURS), notebook(TEXT, THEIRS));
    let found = pairing(&ours, &theirs);
    let agree = |chosen: &BTreeSet<usize>| {
        found.agreement(&ours, &theirs, chosen, &|| false).expect("not stopped")
    };
    assert_eq!(agree(&BTreeSet::new()).entities.same(), 1);
    let all = agree(&found.from_score(0.0));
    assert_eq!((all.entities.same(), all.together(), all.alone), (3, 3, [0, 1]));
    assert_eq!(all.kinds.kappa(), Some(1.0));
}

#[test]
fn one_article_is_shown_as_both_tagged_it() {
    let (ours, theirs) = (notebook(TEXT, OURS), notebook(TEXT, THEIRS));
    let found = pairing(&ours, &theirs);
    let told = |chosen: &BTreeSet<usize>| -> Vec<(String, Who)> {
        let taken = found.taken(chosen);
        let spans = side_by_side(&ours, &theirs, found.articles()[0], &taken);
        spans.iter().map(|it| (TEXT[it.range.clone()].to_owned(), it.who)).collect()
    };
    let of = |words: &str, who| (words.to_owned(), who);
    let (anne, paul) = ("Anne Kervel", "Paul Orr");
    let (claim, mme) = ("Le conseil a cédé", "Mme Kervel");
    assert_eq!(
        told(&BTreeSet::new()),
        [of(anne, Who::Apart), of(paul, Who::Both), of(claim, Who::Apart), of(mme, Who::Theirs)]
    );
    assert_eq!(
        told(&found.from_score(0.0)),
        [of(anne, Who::Both), of(paul, Who::Both), of(claim, Who::Both), of(mme, Who::Theirs)]
    );
}

#[test]
fn two_of_theirs_can_be_one_of_ours() {
    let ours = notebook(
        TEXT,
        r#"[AddEntity(kind: Actor, name: "Anne Kervel", with: (actor_kind: Person))]"#,
    );
    let theirs = notebook(
        TEXT,
        r#"[
        AddEntity(kind: Actor, name: "Mme A. Kervel", handle: "$a", with: (note: "Denies.")),
        AddEntity(kind: Actor, name: "Kervel", handle: "$b", with: (note: "Seen.")),
        Tag(at: Quote("Anne Kervel"), entity: "$b"),
        Tag(at: Quote("Mme Kervel"), entity: "$a"),
        Link(from: "$a", relation: "equivalent", to: "$b"),
    ]"#,
    );
    let found = pairing(&ours, &theirs);
    let both: BTreeSet<usize> = (0..found.pairs().len()).collect();
    assert_eq!((both.len(), found.sure()), (2, 0), "{:?}", found.pairs());
    assert_eq!(found.from_score(0.0).len(), 1, "only the likelier one, which nothing rivals");
    let joined = found.joined(&ours, &theirs, &both, &|| false).expect("not stopped");
    let anne = id(&ours, "Anne Kervel");
    assert_eq!(joined.notebook.entities().keys().copied().collect::<Vec<_>>(), [anne]);
    let entity = joined.notebook.entity(anne).expect("there");
    assert!(entity.note.contains("Denies.") && entity.note.contains("Seen."));
    assert_eq!(joined.notebook.mention_count_of(anne), 2);
    assert_eq!(check(&joined.notebook), []);
}

#[test]
fn what_could_be_several_is_not_taken_unseen() {
    let ours = notebook(
        TEXT,
        r#"[
        AddEntity(kind: Actor, name: "Anne Kervel"), AddEntity(kind: Actor, name: "Paul Kervel"),
        AddEntity(kind: Actor, name: "Thornquay", with: (actor_kind: Organisation)),
    ]"#,
    );
    let theirs = notebook(
        TEXT,
        r#"[
        AddEntity(kind: Actor, name: "Kervel"),
        AddEntity(kind: Actor, name: "Thornquay", with: (actor_kind: Person)),
    ]"#,
    );
    let found = pairing(&ours, &theirs);
    assert_eq!(found.pairs().len(), 3, "{:?}", found.pairs());
    assert_eq!(found.sure(), 0);
    let thornquay =
        pair(&found, id(&ours, "Thornquay"), id(&theirs, "Thornquay")).expect("offered");
    assert!(thornquay.1.reason.ends_with("but organisation here, person there"), "{thornquay:?}");
    assert_eq!(found.from_score(0.0), BTreeSet::from([thornquay.0]));
}

#[test]
fn texts_that_are_nearly_the_same_are_told_and_stay_two() {
    let long = "Le conseil a cédé vendredi soir, selon deux proches du dossier que Le Phare a pu joindre, et nul n’a voulu dire pourquoi. "
        .repeat(3);
    let (ours, theirs) =
        (notebook(&long, "[]"), notebook(&long.replacen("vendredi", "samedi", 1), "[]"));
    let found = pairing(&ours, &theirs);
    assert_eq!((found.articles().len(), found.near().len()), (0, 1));
    let joined = found.joined(&ours, &theirs, &BTreeSet::new(), &|| false).expect("not stopped");
    assert_eq!((joined.joined.articles, joined.added.articles), (0, 1));
    let order = |notebook: &Notebook| notebook.articles().values().next().expect("one").about.order;
    assert_eq!((order(&ours), order(&joined.notebook)), (0, 1), "it comes after ours");
    // The same text of another file is the same article.
    let mut other = notebook(&long, "[]");
    let id = *other.articles().keys().next().expect("one");
    let mut article = Article::clone(other.article(id).expect("there"));
    article.origin.sha256 = "f".repeat(64);
    apply(&mut other, &Edit::RemoveArticle { article: id.into() }).expect("sound");
    apply(&mut other, &Edit::AddArticle(id, Arc::new(article))).expect("sound");
    assert_eq!(pairing(&ours, &other).articles().len(), 1);
}

const SIZE: Size = Size { articles: 2, text: 1500, entities: 14, mentions: 40, links: 14 };

/// A generated notebook whose entities have names of their own.
fn with_own_names(seed: u64) -> Notebook {
    let (mut notebook, _) = generate(seed, SIZE);
    let names: Vec<(EntityId, String)> = notebook
        .entities()
        .iter()
        .enumerate()
        .map(|(number, (id, entity))| (*id, format!("{} {}", letters(number), entity.name)))
        .collect();
    for (id, name) in names {
        let with = crate::edit::EntityFields { name: Some(name), ..Default::default() };
        apply(&mut notebook, &Edit::SetEntity { entity: id.into(), with: Box::new(with) })
            .expect("sound");
    }
    notebook
}

/// A word of its own for a number.
fn letters(number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap_or(0));
    format!("Q{}{}{}x", letter(number), letter(number / 26 + 7), letter(number + 11))
}

/// The same under ids of its own.
fn under_fresh_ids(notebook: &Notebook) -> Notebook {
    let mut map = Renaming::default();
    notebook.articles().keys().for_each(|id| map.articles.set(*id, ArticleId::random()));
    notebook.entities().keys().for_each(|id| map.entities.set(*id, EntityId::random()));
    notebook.mentions().keys().for_each(|id| map.mentions.set(*id, MentionId::random()));
    notebook.links().keys().for_each(|id| map.links.set(*id, LinkId::random()));
    notebook.groups().keys().for_each(|id| map.groups.set(*id, GroupId::random()));
    notebook.cards().keys().for_each(|id| map.cards.set(*id, CardId::random()));
    notebook.views().keys().for_each(|id| map.views.set(*id, ViewId::random()));
    notebook.waivers().keys().for_each(|id| map.waivers.set(*id, WaiverId::random()));
    notebook.set_aside().keys().for_each(|id| map.set_aside.set(*id, SetAsideId::random()));
    notebook.matrices().keys().for_each(|id| map.matrices.set(*id, MatrixId::random()));
    map.apply(notebook, &|| false).expect("not stopped")
}

proptest! {
    /// Whoever gets a copy of their own notebook under other ids, and says that what looks the same is the same, has their
    /// own notebook.
    #[test]
    fn a_copy_under_other_ids_is_the_notebook_again(seed in any::<u64>()) {
        let notebook = with_own_names(seed);
        // Of two mentions of one entity at one place nobody can say which is which.
        let places: BTreeSet<String> =
            notebook.mentions().values().map(|it| format!("{} {:?}", it.entity, it.anchor)).collect();
        prop_assume!(places.len() == notebook.mentions().len());
        let copy = under_fresh_ids(&notebook);
        let found = pairing(&notebook, &copy);
        let same = |pair: &Pair| notebook.name(pair.ours) == copy.name(pair.theirs);
        let all = found.pairs().iter().enumerate().filter(|(_, pair)| same(pair));
        let all: BTreeSet<usize> = all.map(|(number, _)| number).collect();
        let joined = found.joined(&notebook, &copy, &all, &|| false).expect("not stopped");
        prop_assert_eq!(joined.added, Tally::default(), "{:?}", found.pairs());
        let differs = crate::inquiry::difference(&notebook, &joined.notebook, &|| false);
        let differs = differs.expect("not stopped");
        prop_assert!(differs.is_empty(), "{:?}", differs.records);
    }

    /// With itself there is nothing to choose: the same ids are the same.
    #[test]
    fn a_notebook_with_itself_is_itself(seed in any::<u64>()) {
        let (notebook, _) = generate(seed, SIZE);
        let found = pairing(&notebook, &notebook);
        prop_assert_eq!(found.sure(), found.pairs().len());
        let joined = found.joined(&notebook, &notebook, &BTreeSet::new(), &|| false);
        let joined = joined.expect("not stopped");
        prop_assert_eq!(joined.added, Tally::default());
        prop_assert_eq!(joined.notebook, notebook);
    }

    /// Whatever is chosen, nothing of theirs is lost, and nothing is broken that was sound.
    #[test]
    fn nothing_is_lost_and_nothing_broken(seed in any::<u64>(), other in any::<u64>(), choice in any::<u64>()) {
        let (ours, _) = generate(seed, SIZE);
        let (theirs, _) = generate(other, SIZE);
        let found = pairing(&ours, &theirs);
        let chosen: BTreeSet<usize> =
            (0..found.pairs().len()).filter(|n| choice >> (n % 64) & 1 == 1).collect();
        let joined = found.joined(&ours, &theirs, &chosen, &|| false).expect("not stopped");
        let merged = theirs.entities().len() - joined.notebook.entities().len();
        let taken = found.taken(&chosen);
        let into: BTreeSet<EntityId> = taken.values().copied().collect();
        prop_assert!(merged <= taken.len() - into.len());
        for (a, b) in [
            (theirs.articles().len(), joined.notebook.articles().len()),
            (theirs.mentions().len(), joined.notebook.mentions().len()),
            (theirs.cards().len(), joined.notebook.cards().len()),
            (theirs.views().len(), joined.notebook.views().len()),
            (theirs.waivers().len(), joined.notebook.waivers().len()),
            (theirs.matrices().len(), joined.notebook.matrices().len()),
        ] {
            prop_assert_eq!(a, b);
        }
        let before = check(&theirs).len();
        prop_assert!(check(&joined.notebook).len() <= before, "{:?}", check(&joined.notebook));
    }

    #[test]
    fn whose_notebook_it_is_changes_no_score(seed in any::<u64>(), other in any::<u64>()) {
        let (ours, _) = generate(seed, SIZE);
        let (theirs, _) = generate(other, SIZE);
        let told = |pairing: &Pairing, turned: bool| -> BTreeSet<(EntityId, EntityId, u32, bool)> {
            let pairs = pairing.pairs().iter();
            pairs.map(|it| {
                let (a, b) = if turned { (it.theirs, it.ours) } else { (it.ours, it.theirs) };
                (a, b, it.score.to_bits(), it.is_sure)
            }).collect()
        };
        prop_assert_eq!(told(&pairing(&ours, &theirs), false), told(&pairing(&theirs, &ours), true));
    }
}
