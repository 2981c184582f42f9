//! Edits out of thin air, sound and unsound ones, for the laws every edit keeps.

use std::sync::Arc;

use casebook::edit::{
    AboutFields, CardFields, Edit, EntityFields, EvidenceRef, GroupFields, HopFields, LinkFields,
    MatrixFields, Ref, ReplyFields, Spot, StatementFields, Update, ViewFields,
};
use casebook::fields::{Value, field};
use casebook::notebook::{
    About, ActorKind, Article, ArticleId, Basis, CardId, ClaimStatus, EntityId, Family, Filter,
    Fit, Focus, Form, GroupId, Hue, Kind, LinkId, MatrixId, Mention, MentionId, Modality, Notebook,
    Origin, Polarity, RelationId, Role, SetAsideId, Source, Strength, Subject, View, ViewId,
    WaiverId,
};
use casebook::text::Text;

/// How many sorts of edit [`edit`] makes.
pub const SORTS: usize = 45;

/// Numbers that look random and are the same for the same seed (`SplitMix64`).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let at = self.below(from.len());
        from.get(at).cloned()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.one_in(3).then(|| make(self))
    }

    fn words(&mut self) -> String {
        const WORDS: [&str; 9] = [
            "",
            "  ",
            "Altman",
            "le bord",
            "Sam Altman",
            "@sama",
            "e\u{301}te\u{301}",
            "👩‍🚀",
            " Forbes ",
        ];
        let at = self.below(WORDS.len());
        WORDS[at].to_owned()
    }

    fn name(&mut self) -> String {
        format!("{}{}", self.words(), if self.one_in(9) { "" } else { "x" })
    }

    fn handle(&mut self) -> String {
        ["", "", "", "$a", "b", "c"][self.below(6)].to_owned()
    }

    fn kind(&mut self) -> Kind {
        Kind::ALL[self.below(3)]
    }

    fn moment(&mut self) -> String {
        ["", "2031-03-14", "2031-03-14T09:26:53Z", " 2031-03-15 ", "noon"][self.below(5)].to_owned()
    }

    fn date(&mut self) -> String {
        ["", "2031-03-14", "2031~", " 2031-02 ", "yesterday"][self.below(5)].to_owned()
    }
}

fn reference<I: Copy>(dice: &mut Dice, ids: &[I], unknown: I) -> Ref<I> {
    match dice.below(20) {
        0 => Ref::Id(unknown),
        1 => Ref::Name("nobody".to_owned()),
        2..=4 => Ref::handle(["a", "b", "c"][dice.below(3)]),
        _ => dice.pick(ids).map_or(Ref::Id(unknown), Ref::Id),
    }
}

fn entity(dice: &mut Dice, notebook: &Notebook, kind: Option<Kind>) -> Ref<EntityId> {
    let any = dice.one_in(12);
    let ids: Vec<EntityId> = notebook
        .entities()
        .iter()
        .filter(|(_, e)| any || kind.is_none_or(|kind| e.kind() == kind))
        .map(|(id, _)| *id)
        .collect();
    match dice.below(12) {
        0 => dice.pick(&ids).map_or_else(Ref::none, |id| Ref::Name(notebook.name(id).to_owned())),
        _ => reference(dice, &ids, EntityId::from_bits(1)),
    }
}

fn mention(dice: &mut Dice, notebook: &Notebook) -> Ref<MentionId> {
    let ids: Vec<_> = notebook.mentions().keys().copied().collect();
    reference(dice, &ids, MentionId::from_bits(1))
}

fn statement(dice: &mut Dice, notebook: &Notebook) -> Ref<MentionId> {
    let ids: Vec<_> = notebook
        .mentions()
        .iter()
        .filter(|(_, m)| m.statement.is_some())
        .map(|(id, _)| *id)
        .collect();
    reference(dice, &ids, MentionId::from_bits(1))
}

fn link(dice: &mut Dice, notebook: &Notebook) -> Ref<LinkId> {
    let ids: Vec<_> = notebook.links().keys().copied().collect();
    reference(dice, &ids, LinkId::from_bits(1))
}

fn article_id(dice: &mut Dice, notebook: &Notebook) -> ArticleId {
    let ids: Vec<_> = notebook.articles().keys().copied().collect();
    if dice.one_in(15) { None } else { dice.pick(&ids) }.unwrap_or(ArticleId::from_bits(1))
}

fn article(dice: &mut Dice, notebook: &Notebook) -> Ref<ArticleId> {
    let id = article_id(dice, notebook);
    match (dice.below(10), notebook.article(id)) {
        (0, Some(article)) => Ref::Name(article.about.title.clone()),
        (1, _) => Ref::handle("a"),
        _ => Ref::Id(id),
    }
}

/// A place in one of the articles; sometimes one that is none.
fn place(dice: &mut Dice, notebook: &Notebook) -> (Option<Ref<ArticleId>>, Spot) {
    let id = article_id(dice, notebook);
    let reference = (!dice.one_in(8)).then_some(Ref::Id(id));
    let Some(article) = notebook.article(id) else {
        return (reference, Spot::Quote("selon".to_owned()));
    };
    let text = &article.text;
    let at = dice.below(text.len() + 1);
    let range = text.snap(at..(at + 1 + dice.below(20)).min(text.len()));
    let words = text.get(range.clone()).unwrap_or("selon").to_owned();
    let spot = match dice.below(10) {
        0 => Spot::Bytes(at..at + dice.below(4)),
        1 => Spot::Offsets(dice.below(text.scalars() + 3), dice.below(text.scalars() + 3)),
        2 => Spot::Quote(words),
        3 => Spot::Nth(words, dice.below(4)),
        4 => Spot::Offsets(text.scalar_of(range.start), text.scalar_of(range.end)),
        5 => Spot::Bytes(range.end..range.start),
        _ => Spot::Bytes(range),
    };
    (reference, spot)
}

fn entity_fields(dice: &mut Dice, notebook: &Notebook, kind: Kind) -> EntityFields {
    let kind = if dice.one_in(10) { dice.kind() } else { kind };
    let actor = |dice: &mut Dice| entity(dice, notebook, Some(Kind::Actor));
    let mut fields = EntityFields {
        name: dice.maybe(Dice::name),
        aliases: dice.maybe(|dice| vec![dice.words(), dice.words()]),
        note: dice.maybe(Dice::words),
        to_check: dice.maybe(|dice| dice.one_in(2)),
        ..EntityFields::default()
    };
    match kind {
        Kind::Actor => {
            fields.actor_kind = dice.maybe(|dice| ActorKind::ALL[dice.below(7)]);
            fields.owner =
                dice.maybe(|dice| if dice.one_in(4) { Ref::none() } else { actor(dice) });
            fields.reliability = dice.maybe(|dice| ["", "A", "F", "G"][dice.below(4)].to_owned());
            fields.members = dice.maybe(|dice| vec![actor(dice), actor(dice)]);
        }
        Kind::Event => {
            fields.written = dice.maybe(Dice::words);
            fields.date = dice.maybe(Dice::date);
            fields.place = dice.maybe(Dice::words);
            fields.participants = dice.maybe(|dice| {
                vec![
                    (actor(dice), Role::ALL[dice.below(4)]),
                    (actor(dice), Role::ALL[dice.below(4)]),
                ]
            });
        }
        Kind::Claim => {
            fields.about = dice.maybe(|dice| vec![entity(dice, notebook, None)]);
            fields.credibility = dice.maybe(|dice| dice.below(8) as u8);
            fields.status = dice.maybe(|dice| ClaimStatus::ALL[dice.below(5)]);
            fields.accusation = dice.maybe(|dice| dice.one_in(2));
            fields.replies = dice.maybe(|dice| {
                let reply = |dice: &mut Dice| ReplyFields {
                    actor: actor(dice),
                    written: dice.words(),
                    date: if dice.one_in(3) { dice.date() } else { String::new() },
                    asked_by: dice.words(),
                    answer: dice.maybe(|dice| evidence(dice, notebook)),
                };
                (0..dice.below(3)).map(|_| reply(dice)).collect()
            });
        }
    }
    let judges =
        fields.status.is_some() || fields.credibility.is_some() || fields.reliability.is_some();
    if judges || dice.one_in(20) {
        fields.reason = dice.maybe(Dice::words);
        fields.by = dice.maybe(Dice::words);
        fields.at = dice.maybe(Dice::moment);
    }
    fields
}

fn statement_fields(dice: &mut Dice, notebook: &Notebook) -> StatementFields {
    StatementFields {
        chain: dice.maybe(|dice| {
            (0..dice.below(3))
                .map(|_| HopFields {
                    actor: entity(dice, notebook, Some(Kind::Actor)),
                    cue: dice.words(),
                    source: Source::ALL[dice.below(2)],
                })
                .collect()
        }),
        modality: dice.maybe(|dice| Modality::ALL[dice.below(4)]),
        polarity: dice.maybe(|dice| Polarity::ALL[dice.below(2)]),
        form: dice.maybe(|dice| Form::ALL[dice.below(3)]),
    }
}

fn relation(dice: &mut Dice, notebook: &Notebook) -> RelationId {
    let ids: Vec<_> = notebook.relations().keys().cloned().collect();
    if dice.one_in(12) { None } else { dice.pick(&ids) }.unwrap_or(RelationId::from("unheard of"))
}

fn link_fields(dice: &mut Dice, notebook: &Notebook) -> LinkFields {
    let mut fields = LinkFields {
        relation: dice.maybe(|dice| relation(dice, notebook)),
        from: dice.maybe(|dice| entity(dice, notebook, None)),
        to: dice.maybe(|dice| entity(dice, notebook, None)),
        directed: dice.maybe(|dice| dice.one_in(2)),
        basis: dice.maybe(|dice| Basis::ALL[dice.below(3)]),
        strength: dice.maybe(|dice| Strength::ALL[dice.below(3)]),
        written: dice.maybe(Dice::words),
        date: dice.maybe(Dice::date),
        note: dice.maybe(Dice::words),
        to_check: dice.maybe(|dice| dice.one_in(2)),
        ..LinkFields::default()
    };
    if fields.strength.is_some() || dice.one_in(20) {
        fields.reason = dice.maybe(Dice::words);
        fields.by = dice.maybe(Dice::words);
        fields.at = dice.maybe(Dice::moment);
    }
    fields
}

fn subject(dice: &mut Dice, notebook: &Notebook, sorts: &[usize]) -> Ref<Subject> {
    fn keys<K: Copy, V>(
        map: &std::collections::BTreeMap<K, V>,
        to: fn(K) -> Subject,
    ) -> Vec<Subject> {
        map.keys().map(|id| to(*id)).collect()
    }
    let ids = match sorts[dice.below(sorts.len())] {
        0 => keys(notebook.articles(), Subject::Article),
        1 => keys(notebook.entities(), Subject::Entity),
        2 => keys(notebook.mentions(), Subject::Mention),
        _ => keys(notebook.links(), Subject::Link),
    };
    reference(dice, &ids, Subject::Link(LinkId::from_bits(1)))
}

fn matrix_fields(dice: &mut Dice, notebook: &Notebook, new: bool) -> MatrixFields {
    let claim = |dice: &mut Dice| entity(dice, notebook, Some(Kind::Claim));
    MatrixFields {
        title: (new || dice.one_in(3)).then(|| dice.name()),
        claims: dice.maybe(|dice| (0..dice.below(4)).map(|_| claim(dice)).collect()),
        rows: dice.maybe(|dice| {
            (0..dice.below(4)).map(|_| subject(dice, notebook, &[2, 2, 3])).collect()
        }),
    }
}

fn evidence(dice: &mut Dice, notebook: &Notebook) -> EvidenceRef {
    if dice.one_in(2) {
        return EvidenceRef::Mention(mention(dice, notebook));
    }
    let (article, at) = place(dice, notebook);
    if dice.one_in(2) {
        let version = dice.maybe(|dice| dice.below(4) as u32);
        EvidenceRef::Quote { article, at, version }
    } else {
        EvidenceRef::Sentence { article, at }
    }
}

fn new_article(dice: &mut Dice) -> Article {
    let text = "Le bord a parlé. Selon Altman, e\u{301}te\u{301} 👩‍🚀 !\n".repeat(1 + dice.below(3));
    Article {
        about: About { title: dice.name(), ..About::default() },
        origin: Origin { encoding: "UTF-8".to_owned(), ..Origin::default() },
        text: Text::new(text),
        earlier: Vec::new(),
    }
}

/// Canvas units, now and then beyond any canvas.
fn coordinate(dice: &mut Dice) -> f32 {
    match dice.below(40) {
        0 => f32::NAN,
        1 => f32::INFINITY,
        2 => 1e7,
        3 => -1e7,
        _ => dice.below(4000) as f32 / 3.0 - 700.0,
    }
}

fn group_fields(dice: &mut Dice, notebook: &Notebook, new: bool) -> GroupFields {
    let member = |dice: &mut Dice| entity(dice, notebook, None);
    GroupFields {
        title: dice.maybe(Dice::words),
        hue: dice.maybe(|dice| Hue::ALL[dice.below(6)]),
        collapsed: dice.maybe(|dice| dice.one_in(2)),
        members: (new || dice.one_in(3))
            .then(|| (0..dice.below(4)).map(|_| member(dice)).collect()),
    }
}

fn card_fields(dice: &mut Dice) -> CardFields {
    CardFields {
        text: dice.maybe(Dice::words),
        at: dice.maybe(|dice| (coordinate(dice), coordinate(dice))),
        size: dice.maybe(|dice| (coordinate(dice), coordinate(dice))),
        hue: dice.maybe(|dice| Hue::ALL[dice.below(6)]),
    }
}

fn view_fields(dice: &mut Dice, notebook: &Notebook) -> ViewFields {
    let ids: Vec<EntityId> = notebook.entities().keys().copied().collect();
    ViewFields {
        name: dice.maybe(Dice::name),
        filter: dice.maybe(|dice| Filter {
            kinds: [dice.kind()].into(),
            relations: [relation(dice, notebook)].into(),
            strengths: [Strength::ALL[dice.below(3)]].into(),
            articles: [article_id(dice, notebook)].into(),
            from: dice.date(),
            to: dice.date(),
            with_evidence: dice.one_in(2),
            to_check: dice.one_in(2),
            hide_derived: dice.one_in(4),
        }),
        focus: dice.maybe(|dice| Focus {
            around: dice.pick(&ids).into_iter().collect(),
            steps: dice.below(4) as u8,
        }),
        camera: dice.maybe(|dice| View { x: coordinate(dice), y: 0.0, zoom: 1.0 }),
    }
}

/// An article gets another text: one out of thin air, or its own without a part, with something before it, or twice.
fn updated(dice: &mut Dice, notebook: &Notebook) -> Option<Edit> {
    let all: Vec<_> = notebook.articles().keys().copied().collect();
    let id = dice.pick(&all)?;
    let old = &notebook.article(id)?.text;
    let Article { origin, text, .. } = new_article(dice);
    let cut = old.floor_grapheme(dice.below(old.len() + 1));
    let (start, end) = (old.get(0..cut)?, old.get(cut..old.len())?);
    let words = match dice.below(5) {
        0 => text.as_str().to_owned(),
        1 => start.to_owned(),
        2 => end.to_owned(),
        3 => format!("{}\n{}", text.as_str(), old.as_str()),
        _ => format!("{end}\n{start}"),
    };
    let update = Update::of(notebook, id, origin, Text::new(words)).ok()?;
    Some(Edit::UpdateArticle(Arc::new(update)))
}

/// An edit of this sort, most often one that makes sense for the notebook as it is. `deep` allows lists in it.
pub fn edit(dice: &mut Dice, notebook: &Notebook, sort: usize, deep: bool) -> Edit {
    let kind = dice.kind();
    match sort % SORTS {
        0 => Edit::Title(dice.words()),
        1 => {
            let known = dice.one_in(9).then(|| article_id(dice, notebook));
            let id = known.unwrap_or_else(|| ArticleId::from_bits(dice.next()));
            Edit::AddArticle(id, Arc::new(new_article(dice)))
        }
        2 => {
            let untagged = |id: &ArticleId| notebook.mention_count_in(*id) == 0;
            let free: Vec<_> = notebook.articles().keys().copied().filter(untagged).collect();
            let article = dice.pick(&free).unwrap_or_else(|| article_id(dice, notebook));
            let Article { origin, text, .. } = new_article(dice);
            if dice.one_in(2) {
                return updated(dice, notebook).unwrap_or(Edit::ReplaceText {
                    article,
                    origin,
                    text,
                });
            }
            Edit::ReplaceText { article, origin, text }
        }
        3 => Edit::RemoveArticle { article: article(dice, notebook) },
        4 => Edit::Describe {
            article: (!dice.one_in(5)).then(|| article(dice, notebook)),
            with: AboutFields {
                folder: dice.maybe(Dice::words),
                title: dice.maybe(Dice::name),
                publisher: dice.maybe(|dice| entity(dice, notebook, Some(Kind::Actor))),
                author: dice.maybe(Dice::words),
                date: dice.maybe(Dice::date),
                url: dice.maybe(Dice::words),
                language: dice.maybe(Dice::words),
                order: dice.maybe(|dice| dice.below(5) as u32),
            },
        },
        5 => Edit::AddEntity {
            kind,
            name: dice.name(),
            handle: dice.handle(),
            with: Box::new(entity_fields(dice, notebook, kind)),
            at: dice.maybe(|dice| (coordinate(dice), coordinate(dice))),
        },
        6 => Edit::SetEntity {
            entity: entity(dice, notebook, Some(kind)),
            with: Box::new(entity_fields(dice, notebook, kind)),
        },
        7 => Edit::Merge {
            from: entity(dice, notebook, Some(kind)),
            into: entity(dice, notebook, Some(kind)),
            keep_names: dice.one_in(2),
        },
        8 => Edit::DeleteEntity { entity: entity(dice, notebook, None) },
        9 => {
            let (article, at) = place(dice, notebook);
            let statement = if kind == Kind::Claim || dice.one_in(12) {
                statement_fields(dice, notebook)
            } else {
                StatementFields::default()
            };
            Edit::Tag {
                article,
                at,
                entity: entity(dice, notebook, Some(kind)),
                remember_alias: dice.one_in(3),
                statement,
                note: dice.words(),
                handle: dice.handle(),
            }
        }
        10 => Edit::Untag { mention: mention(dice, notebook) },
        11 => {
            Edit::Retag { mention: mention(dice, notebook), entity: entity(dice, notebook, None) }
        }
        12 => Edit::Rebound { mention: mention(dice, notebook), at: place(dice, notebook).1 },
        13 => Edit::Split {
            mention: mention(dice, notebook),
            name: dice.name(),
            handle: dice.handle(),
        },
        14 => {
            let (key, value) = if dice.one_in(2) {
                ("note", Value::Text(dice.words()))
            } else {
                ("to_check", Value::Flag(dice.one_in(2)))
            };
            let field = field::<Mention>(key).expect("there is such a field");
            field.set(mention(dice, notebook), &value).expect("it can be edited")
        }
        15 => Edit::SetStatement {
            mention: if dice.one_in(9) {
                mention(dice, notebook)
            } else {
                statement(dice, notebook)
            },
            with: statement_fields(dice, notebook),
        },
        16 => Edit::Link {
            from: entity(dice, notebook, None),
            relation: relation(dice, notebook),
            to: entity(dice, notebook, None),
            evidence: (0..dice.below(3)).map(|_| evidence(dice, notebook)).collect(),
            with: if dice.one_in(2) { LinkFields::default() } else { link_fields(dice, notebook) },
            handle: dice.handle(),
        },
        17 => Edit::SetLink { link: link(dice, notebook), with: link_fields(dice, notebook) },
        18 => Edit::Reverse { link: link(dice, notebook) },
        19 => Edit::DeleteLink { link: link(dice, notebook) },
        20 => Edit::AddEvidence { link: link(dice, notebook), evidence: evidence(dice, notebook) },
        21 => Edit::RemoveEvidence { link: link(dice, notebook), index: dice.below(3) },
        22 => Edit::Place(
            (0..1 + dice.below(4))
                .map(|_| (entity(dice, notebook, None), coordinate(dice), coordinate(dice)))
                .collect(),
        ),
        23 => Edit::Pin {
            entities: (0..1 + dice.below(3)).map(|_| entity(dice, notebook, None)).collect(),
            pinned: dice.one_in(2),
        },
        24 => Edit::SetRelation {
            relation: if dice.one_in(2) {
                RelationId::from("bribes")
            } else {
                relation(dice, notebook)
            },
            label: dice.name(),
            family: Family::ALL[dice.below(6)],
            directed: dice.one_in(2),
        },
        25 => Edit::LinkToLink {
            from: entity(dice, notebook, None),
            relation: relation(dice, notebook),
            to: link(dice, notebook),
            evidence: (0..dice.below(3)).map(|_| evidence(dice, notebook)).collect(),
            with: LinkFields { to: None, ..link_fields(dice, notebook) },
            handle: dice.handle(),
        },
        26 => Edit::AddGroup { handle: dice.handle(), with: group_fields(dice, notebook, true) },
        27 | 28 => {
            let ids: Vec<GroupId> = notebook.groups().keys().copied().collect();
            let group = reference(dice, &ids, GroupId::from_bits(1));
            if dice.one_in(3) {
                Edit::DeleteGroup { group }
            } else {
                Edit::SetGroup { group, with: group_fields(dice, notebook, false) }
            }
        }
        29 => Edit::AddCard { handle: dice.handle(), with: card_fields(dice) },
        30 | 31 => {
            let ids: Vec<CardId> = notebook.cards().keys().copied().collect();
            let card = reference(dice, &ids, CardId::from_bits(1));
            if dice.one_in(3) {
                Edit::DeleteCard { card }
            } else {
                Edit::SetCard { card, with: card_fields(dice) }
            }
        }
        32 => Edit::AddView { handle: dice.handle(), with: view_fields(dice, notebook) },
        33 | 34 => {
            let ids: Vec<ViewId> = notebook.views().keys().copied().collect();
            let view = reference(dice, &ids, ViewId::from_bits(1));
            if dice.one_in(3) {
                Edit::DeleteView { view }
            } else {
                Edit::SetView { view, with: view_fields(dice, notebook) }
            }
        }
        35 => {
            let (article, at) = place(dice, notebook);
            Edit::Dismiss { article, at }
        }
        36 => {
            let spots: Vec<_> = notebook
                .dismissed()
                .iter()
                .flat_map(|(id, all)| all.places.iter().map(|(from, to)| (*id, *from..*to)))
                .collect();
            match dice.pick(&spots) {
                Some((id, bytes)) if !dice.one_in(3) => {
                    Edit::Restore { article: Some(Ref::Id(id)), at: Spot::Bytes(bytes) }
                }
                _ => {
                    let (article, at) = place(dice, notebook);
                    Edit::Restore { article, at }
                }
            }
        }
        37 => Edit::Waive {
            rule: dice.name(),
            of: (0..1 + dice.below(2)).map(|_| subject(dice, notebook, &[0, 1, 2, 3])).collect(),
            reason: dice.words(),
            by: dice.maybe(Dice::words),
            at: dice.maybe(Dice::moment),
            handle: dice.handle(),
        },
        38 => {
            let ids: Vec<WaiverId> = notebook.waivers().keys().copied().collect();
            Edit::Unwaive { waiver: reference(dice, &ids, WaiverId::from_bits(1)) }
        }
        39 => Edit::SetAside {
            what: subject(dice, notebook, &[0, 1, 1, 2]),
            from: if dice.one_in(2) { dice.date() } else { String::new() },
            reason: dice.words(),
            by: dice.maybe(Dice::words),
            at: dice.maybe(Dice::moment),
            handle: dice.handle(),
        },
        40 => {
            let ids: Vec<SetAsideId> = notebook.set_aside().keys().copied().collect();
            Edit::CountAgain { aside: reference(dice, &ids, SetAsideId::from_bits(1)) }
        }
        41 => Edit::AddMatrix { handle: dice.handle(), with: matrix_fields(dice, notebook, true) },
        42 => {
            let ids: Vec<MatrixId> = notebook.matrices().keys().copied().collect();
            let matrix = reference(dice, &ids, MatrixId::from_bits(1));
            if dice.one_in(3) {
                Edit::DeleteMatrix { matrix }
            } else {
                Edit::SetMatrix { matrix, with: matrix_fields(dice, notebook, false) }
            }
        }
        43 => {
            let ids: Vec<MatrixId> = notebook.matrices().keys().copied().collect();
            let id = dice.pick(&ids).unwrap_or(MatrixId::from_bits(1));
            let matrix = notebook.matrices().get(&id).cloned().unwrap_or_default();
            let claim = match dice.pick(&matrix.claims) {
                Some(claim) if !dice.one_in(6) => Ref::Id(claim),
                _ => entity(dice, notebook, Some(Kind::Claim)),
            };
            let row = match dice.pick(&matrix.rows) {
                Some(row) if !dice.one_in(6) => Ref::Id(row),
                _ => subject(dice, notebook, &[2, 3]),
            };
            Edit::SetCell {
                matrix: reference(dice, &[id], MatrixId::from_bits(1)),
                claim,
                row,
                fit: (!dice.one_in(4)).then(|| Fit::ALL[dice.below(3)]),
            }
        }
        _ if deep => {
            // Begins with what gives handles, so that later edits of the list can use them.
            let mut edits = vec![Edit::AddEntity {
                kind,
                name: "made here".to_owned(),
                handle: "a".to_owned(),
                with: Box::default(),
                at: None,
            }];
            for _ in 0..dice.below(5) {
                let sort = dice.below(SORTS);
                edits.push(edit(dice, notebook, sort, dice.0.is_multiple_of(5)));
            }
            Edit::Batch("several".to_owned(), edits)
        }
        _ => Edit::Batch(dice.words(), Vec::new()),
    }
}
