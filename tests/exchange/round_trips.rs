//! Out and in again: the same entities, mentions, links and evidence, as far as a format can hold them.

use std::collections::BTreeSet;
use std::sync::Arc;

use casebook::edit::{Edit, apply};
use casebook::import::{self, Source};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{Article, Detail, EntityId, Link, Mention, Notebook};
use proptest::prelude::*;

use crate::{exported, imported, planned, sample};

/// A notebook with the same articles and nothing else.
fn articles_of(notebook: &Notebook) -> Notebook {
    let mut bare = Notebook::new("");
    for (id, article) in notebook.articles() {
        let mut article = Article::clone(article);
        article.about.publisher = None;
        article.earlier.clear();
        apply(&mut bare, &Edit::AddArticle(*id, Arc::new(article))).unwrap();
    }
    bare
}

/// The places of a link's evidence.
fn places(notebook: &Notebook, link: &Link) -> BTreeSet<String> {
    let anchors = link.evidence.iter().filter_map(|one| notebook.evidence_anchor(one));
    anchors
        .filter(|anchor| anchor.range().is_some())
        .map(|anchor| format!("{} {:?}", anchor.article, anchor.place))
        .collect()
}

/// The mentions that stand somewhere, by their ids; of several of one entity on the same words the first.
fn standing(notebook: &Notebook) -> Vec<(String, &Mention)> {
    let mut seen = BTreeSet::new();
    let all = notebook.mentions().iter();
    all.filter(|(_, mention)| mention.anchor.range().is_some())
        .filter(|(_, mention)| {
            let anchor = &mention.anchor;
            seen.insert(format!("{} {} {:?}", mention.entity, anchor.article, anchor.place))
        })
        .map(|(id, mention)| (id.to_string(), &**mention))
        .collect()
}

/// What formats keep of words that take no control characters.
fn kept_of(text: &str) -> String {
    let kept = |c: char| match c {
        '\n' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.trim().chars().map(kept).collect()
}

/// Each once, in the order in which they first stand.
fn once(ids: &[EntityId]) -> Vec<EntityId> {
    ids.iter().fold(Vec::new(), |mut kept, id| {
        if !kept.contains(id) {
            kept.push(*id);
        }
        kept
    })
}

fn same_texts(old: &Notebook, new: &Notebook) {
    assert_eq!(
        old.articles().iter().map(|(id, a)| (*id, a.text.as_str())).collect::<Vec<_>>(),
        new.articles().iter().map(|(id, a)| (*id, a.text.as_str())).collect::<Vec<_>>()
    );
}

/// What the tables hold is all of every entity, mention and link but how they were judged, and who was asked.
fn check_csv(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "csv"), "csv", &mut new);
    same_texts(old, &new);
    assert_eq!(old.entities().len(), new.entities().len());
    for (id, entity) in old.entities() {
        let back = new.entity(*id).unwrap();
        assert_eq!(
            (&entity.name, entity.kind(), entity.to_check),
            (&back.name, back.kind(), back.to_check)
        );
        match (&entity.detail, &back.detail) {
            (Detail::Actor(a), Detail::Actor(b)) => {
                assert_eq!(
                    (a.kind, a.reliability, a.owner, once(&a.members)),
                    (b.kind, b.reliability, b.owner, once(&b.members))
                );
            }
            (Detail::Event(a), Detail::Event(b)) => {
                assert_eq!((&a.place, &a.date), (&b.place, &b.date));
                let who = |event: &casebook::notebook::Event| {
                    event.participants.iter().map(|p| p.actor).collect::<BTreeSet<_>>()
                };
                assert_eq!(who(a), who(b));
            }
            (Detail::Claim(a), Detail::Claim(b)) => {
                assert_eq!(
                    (once(&a.about), a.credibility, a.status),
                    (once(&b.about), b.credibility, b.status)
                );
            }
            _ => panic!("another kind"),
        }
    }
    let (a, b) = (standing(old), standing(&new));
    assert_eq!(a.len(), b.len());
    for ((id, old), (_, new)) in a.iter().zip(&b) {
        assert_eq!(
            (&old.anchor.place, old.anchor.article, old.entity, old.to_check),
            (&new.anchor.place, new.anchor.article, new.entity, new.to_check),
            "{id}"
        );
        // It is read in the only text that the article has there.
        assert_eq!(new.anchor.version, 1, "{id}");
        if let (Some(old), Some(new)) = (&old.statement, &new.statement) {
            assert_eq!(
                (old.modality, old.polarity, old.form),
                (new.modality, new.polarity, new.form),
                "{id}"
            );
            let actors = |s: &casebook::notebook::Statement| {
                s.chain.iter().map(|hop| hop.actor).collect::<Vec<_>>()
            };
            assert_eq!(actors(old), actors(new), "{id}");
        }
    }
    same_links(old, &new, |_| true);
    for (id, link) in old.links() {
        let back = new.link(*id).unwrap();
        assert_eq!(
            (link.basis, link.strength, &link.when),
            (back.basis, back.strength, &back.when),
            "{id}"
        );
        assert_eq!((link.directed, link.to_check), (back.directed, back.to_check), "{id}");
    }
}

/// Links with their ends, relation and the places of their evidence.
fn same_links(old: &Notebook, new: &Notebook, kept: impl Fn(&Link) -> bool) {
    for (id, link) in old.links().iter().filter(|(_, link)| kept(link)) {
        let back = new.link(*id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!((link.from, link.to), (back.from, back.to), "{id}");
        assert_eq!(old.relation_label(&link.relation), new.relation_label(&back.relation), "{id}");
        assert_eq!(places(old, link), places(new, back), "{id}");
    }
}

fn same_mentions(old: &Notebook, new: &Notebook, kept: impl Fn(&Mention) -> bool) {
    for (id, mention) in standing(old).iter().filter(|(_, mention)| kept(mention)) {
        let back = new.mention(id.parse().unwrap()).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!(mention.entity, back.entity, "{id}");
        assert!(mention.anchor.is_where(&back.anchor), "{id}");
    }
}

fn same_entities(old: &Notebook, new: &Notebook, kept: impl Fn(EntityId) -> bool) {
    for (id, entity) in old.entities().iter().filter(|(id, _)| kept(**id)) {
        let back = new.entity(*id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!(
            (entity.kind(), kept_of(&entity.name)),
            (back.kind(), kept_of(&back.name)),
            "{id}"
        );
    }
}

fn check_qdpx(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "qdpx"), "qdpx", &mut new);
    same_texts(old, &new);
    same_entities(old, &new, |_| true);
    same_mentions(old, &new, |_| true);
    same_links(old, &new, |_| true);
    for (id, entity) in old.entities() {
        assert_eq!(kept_of(&entity.note), kept_of(&new.entity(*id).unwrap().note), "{id}");
    }
    for (id, group) in old.groups() {
        assert_eq!(group.members, new.groups()[id].members, "{id}");
    }
    for (id, card) in old.cards().iter().filter(|(_, card)| !card.text.trim().is_empty()) {
        let back = &new.cards()[id];
        assert_eq!(kept_of(&card.text), kept_of(&back.text), "{id}");
        assert!((card.x - back.x).abs() <= 1.0 && (card.y - back.y).abs() <= 1.0, "{id}");
    }
    for (id, node) in old.nodes() {
        let back = new.nodes()[id];
        assert_eq!((node.x.round(), node.y.round()), (back.x, back.y));
    }
}

fn check_brat(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "brat"), "brat", &mut new);
    same_texts(old, &new);
    // A line break at an end of a mention is none of its lines.
    let words = |mention: &Mention| {
        let words = old.words(&mention.anchor);
        !words.trim().is_empty() && !words.starts_with('\n') && !words.ends_with('\n')
    };
    same_mentions(old, &new, words);
    let told = |id: EntityId| standing(old).iter().any(|(_, m)| m.entity == id && words(m));
    same_entities(old, &new, told);
    for (id, mention) in new.mentions() {
        let said = |m: &Mention| m.statement.as_ref().map(|s| (s.modality, s.polarity, s.form));
        assert_eq!(said(old.mention(*id).unwrap()), said(mention));
    }
    for (id, link) in new.links() {
        let was = old.link(*id).unwrap();
        assert_eq!((link.from, link.to, &link.relation), (was.from, was.to, &was.relation));
        let anchors = was.evidence.iter().filter_map(|one| old.evidence_anchor(one));
        let broken = |words: &str| words.starts_with('\n') || words.ends_with('\n');
        if !anchors.map(|anchor| old.words(anchor)).any(broken) {
            assert!(places(&new, link).is_subset(&places(old, was)), "{id}");
        }
    }
}

fn check_annotations(old: &Notebook) {
    let mut new = articles_of(old);
    imported(&exported(old, "annotations"), "annotations", &mut new);
    same_mentions(old, &new, |_| true);
    same_entities(old, &new, |id| standing(old).iter().any(|(_, m)| m.entity == id));
    let told = |id: EntityId| new.entity(id).is_some();
    same_links(old, &new, |link| {
        !link.evidence.is_empty()
            && link.to_entity().is_some_and(told)
            && told(link.from)
            && link
                .evidence
                .iter()
                .all(|one| old.evidence_anchor(one).is_some_and(|anchor| anchor.range().is_some()))
    });
}

fn check_graphml(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "graphml"), "graphml", &mut new);
    same_entities(old, &new, |_| true);
    for (id, link) in old.links() {
        let back = new.link(*id).unwrap();
        assert_eq!(
            (link.from, link.to, link.strength, link.basis),
            (back.from, back.to, back.strength, back.basis)
        );
        assert_eq!(link.directed, back.directed);
    }
    for (id, entity) in old.entities() {
        if let (Detail::Actor(a), Detail::Actor(b)) =
            (&entity.detail, &new.entity(*id).unwrap().detail)
        {
            assert_eq!(
                (a.kind, a.owner, once(&a.members)),
                (b.kind, b.owner, once(&b.members)),
                "{id}"
            );
        }
    }
}

fn check_ftm(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "ftm"), "ftm", &mut new);
    same_texts(old, &new);
    same_entities(old, &new, |_| true);
    for (id, link) in old.links().iter().filter(|(_, link)| link.to_entity().is_some()) {
        let back = new.link(*id).unwrap();
        assert_eq!((link.from, link.to, link.strength), (back.from, back.to, back.strength));
        assert!(places(&new, back).is_subset(&places(old, link)), "{id}");
    }
    for (id, mention) in new.mentions() {
        let was = old.mention(*id).unwrap();
        assert_eq!(
            (was.entity, old.words(&was.anchor)),
            (mention.entity, new.words(&mention.anchor))
        );
    }
}

const CHECKS: [fn(&Notebook); 6] =
    [check_csv, check_qdpx, check_brat, check_annotations, check_graphml, check_ftm];

#[test]
fn the_sample_comes_back_through_every_format() {
    let notebook = sample();
    CHECKS.iter().for_each(|check| check(&notebook));
    // Nothing of the sample stands in a place that a format cannot tell.
    let mut new = Notebook::new("");
    let plan = imported(&exported(&notebook, "brat"), "brat", &mut new);
    assert_eq!(plan.missed.count(), 0, "{:?}", plan.missed.lines());
    assert_eq!(new.mentions().len(), notebook.mentions().len());
    let plan = planned(&exported(&notebook, "qdpx"), "qdpx", &Notebook::new(""));
    assert_eq!(plan.new.links, notebook.links().len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_in_a_notebook_comes_back_as_far_as_a_format_can_hold_it(seed in any::<u64>()) {
        let size = Size { articles: 3, text: 900, entities: 14, mentions: 30, links: 12 };
        let (notebook, _) = generate(seed, size);
        CHECKS.iter().for_each(|check| check(&notebook));
    }

    #[test]
    fn no_bytes_bring_a_reader_down(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        cut in any::<prop::sample::Index>(),
        changed in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
    ) {
        let notebook = sample();
        for format in import::FORMATS {
            let _ = format.read(&Source::of("a.ann", bytes.clone()), &|| false);
            let whole = exported(&notebook, format.id);
            let mut short = whole.clone();
            for file in &mut short.files {
                file.bytes.truncate(cut.index(file.bytes.len().max(1)));
            }
            let mut other = whole;
            for (at, byte) in &changed {
                for file in other.files.iter_mut().filter(|file| !file.bytes.is_empty()) {
                    let at = at.index(file.bytes.len());
                    file.bytes[at] = *byte;
                }
            }
            for source in [short, other] {
                let Ok(case) = format.read(&source, &|| false) else { continue };
                // Into what holds the same already, and into nothing.
                for old in [&notebook, &Notebook::new("")] {
                    let plan = import::plan(case.clone(), old, "", &|| false, &|_| {}).unwrap();
                    let mut copy = old.clone();
                    prop_assert!(apply(&mut copy, &plan.edit).is_ok());
                    prop_assert!(casebook::notebook::check(&copy).is_empty());
                    let again = import::plan(case.clone(), &copy, "", &|| false, &|_| {}).unwrap();
                    prop_assert_eq!(again.new.all(), 0, "{}", format.id);
                }
            }
        }
    }
}
