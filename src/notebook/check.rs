//! Whether a notebook is what it must be: every invariant of [`Notebook`], checked, each breach told.

use std::collections::{HashMap, HashSet};

use super::problem::{Item, ORPHAN, Problem};
use super::{
    Anchor, Detail, EntityId, Evidence, GroupId, Kind, LinkId, Notebook, Place, Subject, Target,
    check_edtf, is_moment, wrong_assessment,
};
use crate::text::is_visible;

/// Everything that is wrong with a notebook; empty when nothing is.
#[must_use]
pub fn check(notebook: &Notebook) -> Vec<Problem> {
    let mut found = Found { notebook, problems: Vec::new() };
    found.articles();
    found.entities();
    found.mentions();
    found.links();
    found.circles();
    found.nodes();
    found.board();
    found.views();
    found.dismissed();
    found.waivers();
    found.set_aside();
    found.matrices();
    found.problems
}

struct Found<'a> {
    notebook: &'a Notebook,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn say(&mut self, item: Item, what: impl Into<String>) {
        self.problems.push(Problem { item, what: what.into() });
    }

    fn articles(&mut self) {
        for (id, article) in self.notebook.articles() {
            let item = Item::Article(*id);
            if !is_visible(&article.about.title) {
                self.say(item.clone(), "it has no title");
            }
            if let Some(publisher) = article.about.publisher {
                self.actor(&item, publisher, "its publisher");
            }
            self.date(&item, &article.about.date);
        }
    }

    fn entities(&mut self) {
        for (id, entity) in self.notebook.entities() {
            let item = Item::Entity(*id);
            if !is_visible(&entity.name) {
                self.say(item.clone(), "it has no name that can be seen");
            }
            match &entity.detail {
                Detail::Actor(actor) => {
                    for other in actor.owner.iter().chain(&actor.members) {
                        self.actor(&item, *other, "its owner or member");
                    }
                    if actor.members.contains(id) {
                        self.say(item.clone(), "it is a member of itself");
                    }
                    self.owner(*id, actor.owner);
                }
                Detail::Event(event) => {
                    for participant in &event.participants {
                        self.actor(&item, participant.actor, "a participant");
                    }
                    self.date(&item, &event.date.edtf);
                }
                Detail::Claim(claim) => {
                    if claim.about.contains(id) {
                        self.say(item.clone(), "it is about itself");
                    }
                    for other in &claim.about {
                        if self.notebook.entity(*other).is_none() {
                            self.say(
                                item.clone(),
                                format!("it is about {other}, which does not exist"),
                            );
                        }
                    }
                    if claim.credibility.is_some_and(|grade| !(1..=6).contains(&grade)) {
                        self.say(item.clone(), "its credibility is not a grade from 1 to 6");
                    }
                    for reply in &claim.replies {
                        self.actor(&item, reply.actor, "who was asked for a reply,");
                        self.date(&item, &reply.asked.edtf);
                        if let Some(answer) = &reply.answer {
                            self.evidence(&item, answer, "its answer");
                        }
                    }
                }
            }
            if let Some(what) = wrong_assessment(entity.assessments(), &entity.grades()) {
                self.say(item, what);
            }
        }
    }

    /// Nobody owns itself, nor through others.
    fn owner(&mut self, id: EntityId, owner: Option<EntityId>) {
        let through = owner.and_then(|owner| self.notebook.owned_through(id, owner));
        match through.as_deref() {
            None => {}
            Some([]) => self.say(Item::Entity(id), "it is its own owner"),
            Some(others) => {
                let names: Vec<String> = others
                    .iter()
                    .map(|other| format!("“{}”", self.notebook.name(*other)))
                    .collect();
                self.say(Item::Entity(id), format!("it owns itself, through {}", names.join(", ")));
            }
        }
    }

    fn mentions(&mut self) {
        for (id, mention) in self.notebook.mentions() {
            let item = Item::Mention(*id);
            self.anchor(&item, &mention.anchor);
            let Some(entity) = self.notebook.entity(mention.entity) else {
                self.say(item, format!("its entity {} does not exist", mention.entity));
                continue;
            };
            let is_claim = entity.kind() == Kind::Claim;
            match &mention.statement {
                Some(_) if !is_claim => self.say(item, "it has a statement but is not of a claim"),
                None if is_claim => self.say(item, "it is of a claim but has no statement"),
                Some(statement) => {
                    for hop in &statement.chain {
                        self.actor(&item, hop.actor, "a speaker in its chain");
                    }
                }
                None => {}
            }
        }
    }

    fn links(&mut self) {
        for (id, link) in self.notebook.links() {
            let item = Item::Link(*id);
            if self.notebook.entity(link.from).is_none() {
                self.say(item.clone(), format!("it starts at {}, which does not exist", link.from));
            }
            match link.to {
                Target::Entity(to) if self.notebook.entity(to).is_none() => {
                    self.say(item.clone(), format!("it points to {to}, which does not exist"));
                }
                Target::Link(to) if self.notebook.link(to).is_none() => {
                    self.say(item.clone(), format!("it points to {to}, which does not exist"));
                }
                _ => {}
            }
            if !self.notebook.relations().contains_key(&link.relation) {
                self.say(
                    item.clone(),
                    format!("its relation “{}” is not defined", link.relation.0),
                );
            }
            self.date(&item, &link.when.edtf);
            for evidence in &link.evidence {
                self.evidence(&item, evidence, "its evidence");
            }
            if let Some(what) = wrong_assessment(&link.assessments, &link.grades()) {
                self.say(item, what);
            }
        }
    }

    fn evidence(&mut self, item: &Item, evidence: &Evidence, what: &str) {
        match evidence {
            Evidence::Mention(mention) if self.notebook.mention(*mention).is_none() => {
                self.say(item.clone(), format!("{what} {mention} does not exist"));
            }
            Evidence::Mention(_) => {}
            Evidence::Quote(anchor) => self.anchor(item, anchor),
        }
    }

    fn nodes(&mut self) {
        for (id, node) in self.notebook.nodes() {
            let item = Item::Entity(*id);
            if self.notebook.entity(*id).is_none() {
                self.say(item.clone(), "it has a position on the canvas but does not exist");
            }
            if !node.x.is_finite() || !node.y.is_finite() {
                self.say(item, "its position on the canvas is not finite");
            }
        }
    }

    /// Links that target links must lead to an entity in the end.
    fn circles(&mut self) {
        let links = self.notebook.links();
        let next = |id: LinkId| match links.get(&id)?.to {
            Target::Link(to) => Some(to),
            Target::Entity(_) => None,
        };
        let mut leads_out: HashSet<LinkId> = HashSet::new();
        let mut told: HashSet<LinkId> = HashSet::new();
        for id in links.iter().filter(|(_, l)| l.to_entity().is_none()).map(|(id, _)| *id) {
            let mut way = vec![id];
            let mut on_it = HashSet::from([id]);
            while let Some(to) = way.last().and_then(|last| next(*last)) {
                if leads_out.contains(&to) || told.contains(&to) {
                    break;
                }
                if !on_it.insert(to) {
                    if told.insert(to) {
                        self.say(Item::Link(to), "it points to itself, through links on links");
                    }
                    break;
                }
                way.push(to);
            }
            if !way.iter().any(|link| told.contains(link)) {
                leads_out.extend(way);
            }
        }
    }

    fn board(&mut self) {
        let mut member_of: HashMap<EntityId, GroupId> = HashMap::new();
        for (id, group) in self.notebook.groups() {
            let item = Item::Group(*id);
            if group.members.is_empty() {
                self.say(item.clone(), "it has no members");
            }
            for member in &group.members {
                if self.notebook.entity(*member).is_none() {
                    self.say(item.clone(), format!("its member {member} does not exist"));
                }
                if let Some(other) = member_of.insert(*member, *id) {
                    self.say(item.clone(), format!("its member {member} is in {other} too"));
                }
            }
        }
        for (id, card) in self.notebook.cards() {
            let sound = card.x.is_finite() && card.y.is_finite();
            let size = card.width.is_finite() && card.height.is_finite();
            if !sound || !size || card.width <= 0.0 || card.height <= 0.0 {
                self.say(Item::Card(*id), "its position or size on the canvas is not valid");
            }
        }
    }

    fn views(&mut self) {
        for (id, view) in self.notebook.views() {
            let item = Item::View(*id);
            if !is_visible(&view.name) {
                self.say(item.clone(), "it has no name");
            }
            self.date(&item, &view.filter.from);
            self.date(&item, &view.filter.to);
            for article in &view.filter.articles {
                if self.notebook.article(*article).is_none() {
                    self.say(item.clone(), format!("its article {article} does not exist"));
                }
            }
            for relation in &view.filter.relations {
                if self.notebook.relation(relation).is_none() {
                    self.say(item.clone(), format!("its relation “{}” is not defined", relation.0));
                }
            }
            for entity in view.focus.iter().flat_map(|focus| &focus.around) {
                if self.notebook.entity(*entity).is_none() {
                    self.say(item.clone(), format!("its entity {entity} does not exist"));
                }
            }
        }
    }

    fn dismissed(&mut self) {
        for (id, dismissed) in self.notebook.dismissed() {
            let item = Item::Article(*id);
            let Some(article) = self.notebook.article(*id) else {
                self.say(item, "suggestions are dismissed in it, but it does not exist");
                continue;
            };
            let text = &article.text;
            let sound = |(start, end): &(usize, usize)| {
                start < end
                    && *end <= text.len()
                    && text.is_grapheme_boundary(*start)
                    && text.is_grapheme_boundary(*end)
            };
            if !dismissed.places.iter().all(sound) {
                self.say(item.clone(), "a dismissed suggestion is outside its text");
            }
            for ((start, end), words) in &dismissed.lost {
                let words: String = words.chars().take(60).collect();
                self.say(
                    item.clone(),
                    format!(
                        "{ORPHAN}a suggestion was dismissed in it, and it no longer reads “{words}” at characters {start}–{end}"
                    ),
                );
            }
            let placed = |(start, end): &(usize, usize)| {
                dismissed.lost.contains_key(&(text.scalar_of(*start), text.scalar_of(*end)))
            };
            if !dismissed.lost.is_empty() && dismissed.places.iter().any(placed) {
                self.say(item, "a suggestion is dismissed at one place twice");
            }
        }
    }

    fn waivers(&mut self) {
        for (id, waiver) in self.notebook.waivers() {
            let item = Item::Waiver(*id);
            if !is_visible(&waiver.rule) {
                self.say(item.clone(), "it names no rule");
            }
            if waiver.of.is_empty() {
                self.say(item.clone(), "it is about nothing");
            }
            for subject in &waiver.of {
                self.subject(&item, *subject);
            }
            self.moment(&item, &waiver.at);
        }
    }

    fn set_aside(&mut self) {
        for (id, aside) in self.notebook.set_aside() {
            let item = Item::SetAside(*id);
            match aside.what {
                Subject::Entity(actor) => self.actor(&item, actor, "what it sets aside"),
                Subject::Mention(mention) => {
                    let mention = self.notebook.mention(mention);
                    if mention.is_none_or(|mention| mention.statement.is_none()) {
                        self.say(item.clone(), format!("{} is no statement", aside.what));
                    }
                }
                Subject::Article(_) => self.subject(&item, aside.what),
                Subject::Link(_) | Subject::Conflict(_) => {
                    self.say(item.clone(), "only an actor, article or statement can be set aside");
                }
            }
            self.date(&item, &aside.from);
            self.moment(&item, &aside.at);
        }
    }

    fn matrices(&mut self) {
        for (id, matrix) in self.notebook.matrices() {
            let item = Item::Matrix(*id);
            if !is_visible(&matrix.title) {
                self.say(item.clone(), "it has no title");
            }
            for claim in &matrix.claims {
                if self.notebook.entity(*claim).is_none_or(|it| it.kind() != Kind::Claim) {
                    self.say(item.clone(), format!("{claim} is no claim"));
                }
            }
            for row in &matrix.rows {
                match row {
                    Subject::Mention(_) | Subject::Link(_) => self.subject(&item, *row),
                    _ => self.say(item.clone(), format!("{row} is no statement or link")),
                }
            }
            let twice = |all: usize, once: usize| all != once;
            let claims: HashSet<_> = matrix.claims.iter().collect();
            let rows: HashSet<_> = matrix.rows.iter().collect();
            if twice(matrix.claims.len(), claims.len()) || twice(matrix.rows.len(), rows.len()) {
                self.say(item.clone(), "a claim or row is in it twice");
            }
            if matrix
                .cells
                .keys()
                .any(|(claim, row)| !claims.contains(claim) || !rows.contains(row))
            {
                self.say(item, "it judges what is not in it");
            }
        }
    }

    fn subject(&mut self, item: &Item, subject: Subject) {
        if !self.notebook.holds(subject) {
            self.say(item.clone(), format!("it is about {subject}, which does not exist"));
        }
    }

    fn moment(&mut self, item: &Item, at: &str) {
        if !is_moment(at) {
            self.say(item.clone(), format!("“{at}” is no day or time"));
        }
    }

    fn anchor(&mut self, item: &Item, anchor: &Anchor) {
        let Some(article) = self.notebook.article(anchor.article) else {
            self.say(item.clone(), format!("its article {} does not exist", anchor.article));
            return;
        };
        if article.version(anchor.version).is_none() {
            self.say(
                item.clone(),
                format!(
                    "it was read in version {} of {}, which has {}",
                    anchor.version,
                    anchor.article,
                    article.versions()
                ),
            );
        }
        match &anchor.place {
            Place::Orphan(quote) => {
                let words: String = quote.exact.chars().take(60).collect();
                self.say(
                    item.clone(),
                    format!(
                        "{ORPHAN}the article no longer reads “{words}” at characters {}–{}",
                        quote.start, quote.end
                    ),
                );
            }
            Place::At { start, end } => {
                let text = &article.text;
                if start >= end || *end > text.len() {
                    self.say(item.clone(), "its span is empty or outside the article");
                } else if !text.is_grapheme_boundary(*start) || !text.is_grapheme_boundary(*end) {
                    self.say(item.clone(), "its span splits a character");
                }
            }
        }
    }

    fn actor(&mut self, item: &Item, id: EntityId, what: &str) {
        match self.notebook.entity(id).map(|e| e.kind()) {
            Some(Kind::Actor) => {}
            Some(kind) => self.say(
                item.clone(),
                format!(
                    "{what} {id} is {} {}, not an actor",
                    if kind == Kind::Event { "an" } else { "a" },
                    kind.word()
                ),
            ),
            None => self.say(item.clone(), format!("{what} {id} does not exist")),
        }
    }

    fn date(&mut self, item: &Item, edtf: &str) {
        if let Err(error) = check_edtf(edtf) {
            self.say(item.clone(), error.to_string());
        }
    }
}
