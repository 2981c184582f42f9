//! Notebooks out of thin air, the same ones for the same seed: for benches and tests, never for a person.
//!
//! A generated notebook keeps every invariant and uses every field of the format somewhere, with the characters
//! that are hard on files and offsets: accents, no-break spaces, joined emoji, right-to-left letters, controls.

mod articles;
mod judgements;

use std::sync::Arc;

use super::{
    About, Actor, ActorKind, Anchor, Article, ArticleId, Assessment, Basis, Card, CardId, Change,
    Claim, ClaimStatus, Conflict, ConflictId, Detail, Dismissed, Entity, EntityId, Event, Evidence,
    Filter, Fit, Focus, Form, Grade, Group, GroupId, Hop, Hue, KeepSources, Kind, Link, LinkId,
    Matrix, MatrixId, Mention, MentionId, Modality, NamedView, Node, Notebook, Origin, Participant,
    Place, Polarity, ReadingPlace, RecordId, Reliability, Reply, Role, SetAside, SetAsideId,
    Source, Statement, Strength, Subject, Target, Version, View, ViewId, ViewState, Waiver,
    WaiverId, When,
};
use crate::text::{Block, BlockKind, Page, Quote, Structure, Text};

/// How large a generated notebook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// How many articles.
    pub articles: usize,
    /// The length of all their texts together, about, in bytes.
    pub text: usize,
    /// How many entities, of all kinds.
    pub entities: usize,
    /// How many mentions.
    pub mentions: usize,
    /// How many links.
    pub links: usize,
}

impl Size {
    /// What the benches measure: this many mentions on 1 MB of text in ten articles.
    #[must_use]
    pub const fn bench(mentions: usize) -> Self {
        Self {
            articles: 10,
            text: 1_000_000,
            entities: mentions / 20 + 10,
            mentions,
            links: mentions / 10,
        }
    }
}

/// Puts an entity into a notebook as it is, also one that no edit would make: for tests of what files may hold.
#[cfg(test)]
pub(super) fn put_entity(notebook: &mut Notebook, id: EntityId, entity: Entity) {
    notebook.replace(Change::Entity(id, Some(Arc::new(entity))));
}

/// A notebook of about this size. The same seed gives the same one.
#[must_use]
pub fn generate(seed: u64, size: Size) -> (Notebook, ViewState) {
    generate_for(5, seed, size)
}

/// A notebook of about this size with nothing in it that a file of an older format version cannot hold: 2, 3, 4,
/// or the present one.
#[must_use]
pub fn generate_for(version: u32, seed: u64, size: Size) -> (Notebook, ViewState) {
    let mut make =
        Maker { random: seed, notebook: Notebook::new(""), entities: Vec::new(), version };
    let title = make.words(3);
    make.put(Change::Title(title));
    let articles: Vec<ArticleId> =
        (0..size.articles).map(|_| make.article(size.text / size.articles.max(1))).collect();
    for _ in 0..size.entities {
        make.entity();
    }
    make.publishers(&articles);
    let mut mentions = Vec::with_capacity(size.mentions);
    for _ in 0..size.mentions {
        mentions.extend(make.mention(&articles));
    }
    let mut links = Vec::with_capacity(size.links);
    for _ in 0..size.links {
        links.extend(make.link(&articles, &mentions, &links));
    }
    make.board(&articles);
    if version > 2 {
        make.judgements(&articles, &mentions, &links);
    }
    let desk = make.desk(&articles);
    if version > 3 {
        make.conflicts();
    }
    (make.notebook, desk)
}

struct Maker {
    random: u64,
    notebook: Notebook,
    entities: Vec<(EntityId, usize)>,
    version: u32,
}

const WORDS: [&str; 40] = [
    "le",
    "conseil",
    "d’administration",
    "aurait",
    "été",
    "prévenu",
    "selon",
    "Bloomberg",
    "Altman",
    "@sama",
    "l'entreprise",
    "« vendredi »",
    "the board",
    "said",
    "sources",
    "internes",
    "c’est",
    "une",
    "éviction",
    "que",
    "personne",
    "n’attendait",
    "Microsoft",
    "lundi",
    "à",
    "17\u{a0}h",
    "investors",
    "furious",
    "👩‍🚀",
    "العربية",
    "e\u{301}te\u{301}",
    "漢字",
    "\"quoted\"",
    "back\\slash",
    "\u{202e}hidden\u{202c}",
    "tab\there",
    "100\u{202f}%",
    "🇫🇷",
    "bell\u{7}",
    "soft\u{ad}hyphen",
];

impl Maker {
    /// `SplitMix64` (Steele, Lea, Flood 2014).
    fn next(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let at = self.below(from.len());
        from.get(at).copied()
    }

    fn any<T: Copy + Default>(&mut self, from: &[T]) -> T {
        self.pick(from).unwrap_or_default()
    }

    fn pick_entity(&mut self) -> Option<(EntityId, usize)> {
        let at = self.below(self.entities.len());
        self.entities.get(at).copied()
    }

    fn word(&mut self) -> &'static str {
        // The common words far more often than the hard ones.
        let to = if self.one_in(12) { WORDS.len() } else { 28 };
        let at = self.below(to);
        WORDS.get(at).copied().unwrap_or("le")
    }

    fn words(&mut self, most: usize) -> String {
        let count = 1 + self.below(most);
        let words: Vec<&str> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn words_or_none(&mut self, most: usize) -> String {
        if self.one_in(4) { self.words(most) } else { String::new() }
    }

    fn put(&mut self, change: Change) {
        self.notebook.replace(change);
    }

    /// An actor made before, if there is one.
    fn actor(&mut self) -> Option<EntityId> {
        let from = self.below(self.entities.len());
        let turned = self.entities.iter().skip(from).chain(&self.entities);
        turned.filter(|(_, kind)| *kind == 0).map(|(id, _)| *id).next()
    }

    fn actors(&mut self, most: usize) -> Vec<EntityId> {
        (0..self.below(most + 1)).filter_map(|_| self.actor()).collect()
    }

    fn when(&mut self) -> When {
        const DATES: [&str; 5] = ["", "2031-03", "2031-02-26/2031-02-27", "2031?", "2031-03-17~"];
        When { written: self.words_or_none(3), edtf: self.any(&DATES).to_owned() }
    }

    fn entity(&mut self) {
        let id = EntityId::from_bits(self.next());
        let kind = self.below(3);
        let detail = match kind {
            0 => Detail::Actor(Actor {
                kind: match self.any(&ActorKind::ALL) {
                    ActorKind::Unset if self.version < 3 => ActorKind::Person,
                    kind => kind,
                },
                owner: if self.one_in(4) { self.actor() } else { None },
                reliability: if self.one_in(3) { self.pick(&Reliability::ALL) } else { None },
                members: if self.one_in(6) { self.actors(3) } else { Vec::new() },
                assessments: Vec::new(),
            }),
            1 => Detail::Event(Event {
                date: self.when(),
                place: self.words_or_none(2),
                participants: self
                    .actors(3)
                    .into_iter()
                    .map(|actor| Participant { actor, role: self.any(&Role::ALL) })
                    .collect(),
            }),
            _ => Detail::Claim(Claim {
                about: self.pick_entity().map(|(id, _)| id).into_iter().collect(),
                credibility: if self.one_in(2) { Some(1 + self.below(6) as u8) } else { None },
                ..Claim::default()
            }),
        };
        let aliases = self.below(3);
        let entity = Entity {
            name: self.words(4),
            aliases: (0..aliases).map(|_| self.words(2)).collect(),
            note: self.words_or_none(8),
            to_check: self.one_in(9),
            detail,
        };
        self.put(Change::Entity(id, Some(Arc::new(entity))));
        self.entities.push((id, kind));
        if !self.one_in(8) {
            let node = Node { x: self.coordinate(), y: self.coordinate(), pinned: self.one_in(3) };
            self.put(Change::Node(id, Some(node)));
        }
    }

    fn coordinate(&mut self) -> f32 {
        ((self.next() >> 40) as f32 - 8_388_608.0) / 4099.7
    }

    fn anchor(&mut self, articles: &[ArticleId]) -> Option<Anchor> {
        let id = self.pick(articles)?;
        let article = self.notebook.article(id)?;
        let (text, versions) = (article.text.clone(), article.versions());
        let version = if self.version < 4 { 1 } else { 1 + self.below(versions as usize) as u32 };
        if self.one_in(200) {
            // What no generated text holds, so that it stays an orphan.
            let exact = "gone from there".to_owned();
            let start = self.below(text.len());
            let quote = Quote {
                start,
                end: start + exact.chars().count(),
                exact,
                prefix: self.words(3),
                suffix: self.words(3),
            };
            return Some(Anchor { article: id, version, place: Place::Orphan(Box::new(quote)) });
        }
        let at = self.below(text.len());
        let length = 1 + self.below(24);
        let range = text.snap(at..(at + length).min(text.len()));
        (!range.is_empty()).then(|| Anchor::at(id, version, range))
    }

    fn mention(&mut self, articles: &[ArticleId]) -> Option<MentionId> {
        let (entity, kind) = self.pick_entity()?;
        let statement = (kind == 2).then(|| Statement {
            chain: self
                .actors(3)
                .into_iter()
                .map(|actor| Hop {
                    actor,
                    cue: self.words_or_none(2),
                    source: self.any(&Source::ALL),
                })
                .collect(),
            modality: self.any(&Modality::ALL),
            polarity: self.any(&Polarity::ALL),
            form: self.any(&Form::ALL),
        });
        let anchor = self.anchor(articles)?;
        let mention = Mention {
            note: if self.one_in(20) { self.words(9) } else { String::new() },
            to_check: self.one_in(50),
            statement,
            ..Mention::new(entity, anchor)
        };
        let id = MentionId::from_bits(self.next());
        self.put(Change::Mention(id, Some(Arc::new(mention))));
        Some(id)
    }

    fn link(
        &mut self,
        articles: &[ArticleId],
        mentions: &[MentionId],
        links: &[LinkId],
    ) -> Option<LinkId> {
        let from = self.pick_entity()?.0;
        let to = match self.pick(links) {
            Some(link) if self.one_in(30) => Target::Link(link),
            _ => Target::Entity(self.pick_entity()?.0),
        };
        let relations: Vec<_> = self.notebook.relations().keys().cloned().collect();
        let which = self.below(relations.len());
        let pieces = self.below(3);
        let evidence = (0..pieces)
            .filter_map(|_| {
                if self.one_in(2) {
                    self.pick(mentions).map(Evidence::Mention)
                } else {
                    self.anchor(articles).map(Evidence::Quote)
                }
            })
            .collect();
        let link = Link {
            from,
            to,
            relation: relations.get(which)?.clone(),
            directed: !self.one_in(4),
            evidence,
            basis: self.any(&Basis::ALL),
            strength: self.any(&Strength::ALL),
            when: if self.one_in(5) { self.when() } else { When::default() },
            note: self.words_or_none(6),
            to_check: self.one_in(20),
            assessments: Vec::new(),
        };
        let id = LinkId::from_bits(self.next());
        self.put(Change::Link(id, Some(Arc::new(link))));
        Some(id)
    }

    /// Groups, note cards, named views and dismissed suggestions: a few of each.
    fn board(&mut self, articles: &[ArticleId]) {
        let mut free: Vec<EntityId> = self.entities.iter().map(|(id, _)| *id).collect();
        for _ in 0..free.len().min(3) {
            let count = 1 + self.below(free.len().min(5));
            let group = Group {
                title: self.words_or_none(3),
                hue: self.any(&Hue::ALL),
                collapsed: self.one_in(3),
                members: free.drain(..count.min(free.len())).collect(),
            };
            if !group.members.is_empty() {
                let id = GroupId::from_bits(self.next());
                self.put(Change::Group(id, Some(Arc::new(group))));
            }
            let card = Card {
                text: self.words_or_none(9),
                x: self.coordinate(),
                y: self.coordinate(),
                width: 1.0 + self.coordinate().abs(),
                height: 1.0 + self.coordinate().abs(),
                hue: self.any(&Hue::ALL),
            };
            let id = CardId::from_bits(self.next());
            self.put(Change::Card(id, Some(Arc::new(card))));
            let view = self.named_view(articles);
            let id = ViewId::from_bits(self.next());
            self.put(Change::View(id, Some(Arc::new(view))));
        }
        for id in articles {
            let mut dismissed = Dismissed::default();
            for _ in 0..3 {
                match self.anchor(&[*id]).map(|anchor| anchor.place) {
                    Some(Place::At { start, end }) => {
                        dismissed.places.insert((start, end));
                    }
                    Some(Place::Orphan(quote)) => {
                        dismissed.lost.insert((quote.start, quote.end), quote.exact);
                    }
                    None => {}
                }
            }
            if let Some(article) = self.notebook.article(*id) {
                let text = &article.text;
                for (start, end) in &dismissed.places {
                    dismissed.lost.remove(&(text.scalar_of(*start), text.scalar_of(*end)));
                }
            }
            if !dismissed.is_empty() {
                self.put(Change::Dismissed(*id, Some(Arc::new(dismissed))));
            }
        }
    }

    fn named_view(&mut self, articles: &[ArticleId]) -> NamedView {
        let relations: Vec<_> = self.notebook.relations().keys().cloned().collect();
        let which = self.below(relations.len());
        NamedView {
            name: self.words(3),
            filter: Filter {
                kinds: Kind::ALL.into_iter().filter(|_| self.one_in(3)).collect(),
                relations: relations.into_iter().skip(which).take(self.below(3)).collect(),
                strengths: Strength::ALL.into_iter().filter(|_| self.one_in(3)).collect(),
                articles: self.pick(articles).into_iter().collect(),
                from: self.any(&["", "2031-03", "2031~"]).to_owned(),
                to: self.any(&["", "2031-03-17"]).to_owned(),
                with_evidence: self.one_in(2),
                to_check: self.one_in(3),
                // Older files have no derived links to hide.
                hide_derived: self.one_in(4) && self.version >= 3,
            },
            focus: self.pick_entity().map(|(id, _)| Focus {
                around: [id].into_iter().collect(),
                steps: 1 + self.below(3) as u8,
            }),
            camera: self.one_in(2).then(|| View { x: self.coordinate(), y: 0.5, zoom: 0.75 }),
        }
    }

    fn desk(&mut self, articles: &[ArticleId]) -> ViewState {
        ViewState {
            keep_sources: if self.version > 4 && self.one_in(2) {
                KeepSources::All
            } else {
                KeepSources::Documents
            },
            article: self.pick(articles),
            reading: articles
                .iter()
                .map(|id| {
                    let paragraph = self.below(50);
                    (*id, ReadingPlace { paragraph, offset: self.below(4000) as f32 / 7.0 })
                })
                .collect(),
            canvas: (!self.one_in(3)).then(|| View {
                x: self.coordinate(),
                y: self.coordinate(),
                zoom: 0.1 + self.below(100) as f32 / 9.0,
            }),
        }
    }
}
