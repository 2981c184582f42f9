//! The only code that changes a notebook once it is built.
//!
//! An [`Edit`] says what a person wants done, in their terms. [`apply`] checks it against the notebook, carries
//! it out as a list of [`crate::notebook::Change`]s, and returns a [`Step`] that undoes all of it; a refused edit
//! leaves the notebook as it was. [`History`] keeps the steps. The window and `casebook edit` use the same edits.

mod apply;
mod articles;
mod as_of;
mod assessing;
mod board;
mod bulk;
mod entities;
mod history;
mod judging;
mod links;
mod lookup;
mod mentions;
mod merging;
mod part;
mod placement;
pub mod redaction;
mod reference;
mod refusal;
pub mod renaming;
mod resolve;
mod script;
mod settling;
pub mod three_way;
mod under;
mod updates;
mod updating;
mod usages;
mod views;

use std::sync::Arc;

pub use apply::{Applied, Created, Step, apply, apply_signed};
pub use as_of::{as_of, days};
pub use board::CARD_SIZE;
pub(crate) use bulk::together;
pub use history::{History, HistoryEvent, HistoryPoint, How};
pub use part::{PART_LIMIT, Part, copy_part, parse_part};
pub use reference::{EvidenceRef, Ref, Spot};
pub use refusal::Refusal;
pub use script::{EXAMPLE, SCRIPT_LIMIT, ScriptError, parse_script};
use serde::{Deserialize, Serialize};
pub use settling::{Prepared, Side, settle_all};
pub use updates::{
    AboutFields, CardFields, EntityFields, GroupFields, HopFields, LinkFields, MatrixFields,
    ReplyFields, StatementFields, ViewFields,
};

pub use updating::Update;

use crate::notebook::{
    Article, ArticleId, CardId, ConflictId, EntityId, Family, Fit, GroupId, Kind, LinkId, MatrixId,
    MentionId, Origin, RelationId, SetAsideId, Subject, ViewId, WaiverId,
};
use crate::text::Text;

/// What a person wants done to a notebook.
///
/// Entities, mentions and links are named by id, by a unique name, or by a handle (`$name`) that an earlier edit
/// of the same list gave; places by the words there, by the n-th time those words occur, or by offsets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Edit {
    /// Calls the notebook something.
    Title(String),
    /// Adds an article, under this id.
    #[serde(skip)]
    AddArticle(ArticleId, Arc<Article>),
    /// Reads an article anew (in another encoding): only while nothing is tagged in it.
    #[serde(skip)]
    ReplaceText {
        /// Which.
        article: ArticleId,
        /// Where the new text came from.
        origin: Origin,
        /// The new text.
        text: Text,
    },
    /// Gives an article a new version of its text; what is anchored in it goes along or is kept as an orphan.
    #[serde(skip)]
    UpdateArticle(Arc<Update>),
    /// Removes an article with its mentions and the quotes taken from it.
    RemoveArticle {
        /// Which.
        article: Ref<ArticleId>,
    },
    /// Changes what is known about an article.
    Describe {
        /// Which; the only one, when left out.
        #[serde(default)]
        article: Option<Ref<ArticleId>>,
        /// What changes.
        with: AboutFields,
    },
    /// Makes an entity that nothing mentions yet.
    AddEntity {
        /// Its kind.
        kind: Kind,
        /// Its name, title or proposition.
        name: String,
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
        /// What else is known.
        #[serde(default)]
        with: Box<EntityFields>,
        /// Where it stands on the canvas; near what it is linked to, when left out.
        #[serde(default)]
        at: Option<(f32, f32)>,
    },
    /// Changes what is known about an entity.
    SetEntity {
        /// Which.
        entity: Ref<EntityId>,
        /// What changes.
        with: Box<EntityFields>,
    },
    /// Makes one entity of two: `from` goes, all that was its becomes `into`'s.
    Merge {
        /// The one that goes.
        from: Ref<EntityId>,
        /// The one that stays.
        into: Ref<EntityId>,
        /// The names of the one that goes become aliases of the one that stays.
        #[serde(default)]
        keep_names: bool,
    },
    /// Removes an entity with its mentions and links. Where it speaks in a chain, a placeholder keeps its place.
    DeleteEntity {
        /// Which.
        entity: Ref<EntityId>,
    },
    /// Tags a span as a mention of an entity.
    Tag {
        /// In which article; the only one, when left out.
        #[serde(default)]
        article: Option<Ref<ArticleId>>,
        /// Where.
        at: Spot,
        /// Of what.
        entity: Ref<EntityId>,
        /// The tagged words become an alias of the entity.
        #[serde(default)]
        remember_alias: bool,
        /// For a claim: who says so.
        #[serde(default)]
        statement: StatementFields,
        /// The user's own words about it.
        #[serde(default)]
        note: String,
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
    },
    /// Removes a mention. Evidence that leaned on it keeps the words.
    Untag {
        /// Which.
        mention: Ref<MentionId>,
    },
    /// Makes a mention one of another entity.
    Retag {
        /// Which.
        mention: Ref<MentionId>,
        /// Of what.
        entity: Ref<EntityId>,
    },
    /// Moves a mention's ends.
    Rebound {
        /// Which.
        mention: Ref<MentionId>,
        /// To where.
        at: Spot,
    },
    /// Makes one mention an entity of its own, of the same kind.
    Split {
        /// Which.
        mention: Ref<MentionId>,
        /// The new entity's name.
        name: String,
        /// A handle for the new entity.
        #[serde(default)]
        handle: String,
    },
    /// Changes a mention's note or mark.
    SetMention {
        /// Which.
        mention: Ref<MentionId>,
        /// The user's own words about it.
        #[serde(default)]
        note: Option<String>,
        /// The mark “to check”.
        #[serde(default)]
        to_check: Option<bool>,
    },
    /// Says who says so, for a mention of a claim.
    SetStatement {
        /// Which mention.
        mention: Ref<MentionId>,
        /// What changes.
        with: StatementFields,
    },
    /// Links two entities.
    Link {
        /// Where it starts.
        from: Ref<EntityId>,
        /// What it says: a relation of the notebook.
        relation: RelationId,
        /// Where it ends.
        to: Ref<EntityId>,
        /// What supports it.
        #[serde(default)]
        evidence: Vec<EvidenceRef>,
        /// What else is known.
        #[serde(default)]
        with: LinkFields,
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
    },
    /// Links an entity to a link: `undercuts` speaks against what another link says.
    LinkToLink {
        /// Where it starts.
        from: Ref<EntityId>,
        /// What it says: a relation of the notebook.
        relation: RelationId,
        /// The link it targets.
        to: Ref<LinkId>,
        /// What supports it.
        #[serde(default)]
        evidence: Vec<EvidenceRef>,
        /// What else is known.
        #[serde(default)]
        with: LinkFields,
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
    },
    /// Changes what is known about a link.
    SetLink {
        /// Which.
        link: Ref<LinkId>,
        /// What changes.
        with: LinkFields,
    },
    /// Swaps a link's ends.
    Reverse {
        /// Which.
        link: Ref<LinkId>,
    },
    /// Removes a link, and links that target it.
    DeleteLink {
        /// Which.
        link: Ref<LinkId>,
    },
    /// Adds a piece of evidence to a link.
    AddEvidence {
        /// Which link.
        link: Ref<LinkId>,
        /// The evidence.
        evidence: EvidenceRef,
    },
    /// Removes a piece of evidence from a link.
    RemoveEvidence {
        /// Which link.
        link: Ref<LinkId>,
        /// Which of its pieces, from 0.
        index: usize,
    },
    /// Puts entities somewhere on the canvas: centres in canvas units.
    Place(Vec<(Ref<EntityId>, f32, f32)>),
    /// Pins entities, so that “Arrange” leaves them where they are, or lets go of them.
    Pin {
        /// Which.
        entities: Vec<Ref<EntityId>>,
        /// Pinned, or free.
        pinned: bool,
    },
    /// Defines or redefines a relation.
    SetRelation {
        /// Which.
        relation: RelationId,
        /// As shown on screen.
        label: String,
        /// Which family it belongs to.
        family: Family,
        /// False where it holds both ways.
        directed: bool,
    },
    /// Puts entities in one frame on the canvas. They leave the groups they were in.
    AddGroup {
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
        /// Its members, title and colour.
        with: GroupFields,
    },
    /// Changes a group.
    SetGroup {
        /// Which: its id, a handle, or its title where only one has it.
        group: Ref<GroupId>,
        /// What changes.
        with: GroupFields,
    },
    /// Takes a group's frame away. Its members stay.
    DeleteGroup {
        /// Which.
        group: Ref<GroupId>,
    },
    /// Puts a note card on the canvas.
    AddCard {
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
        /// Its text, place, size and colour.
        with: CardFields,
    },
    /// Changes a note card.
    SetCard {
        /// Which.
        card: Ref<CardId>,
        /// What changes.
        with: CardFields,
    },
    /// Takes a note card away.
    DeleteCard {
        /// Which.
        card: Ref<CardId>,
    },
    /// Gives a way of looking at the canvas a name.
    AddView {
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
        /// Its name, filter, focus and camera.
        with: ViewFields,
    },
    /// Changes a named view.
    SetView {
        /// Which: its id, a handle, or its name where only one has it.
        view: Ref<ViewId>,
        /// What changes.
        with: ViewFields,
    },
    /// Forgets a named view.
    DeleteView {
        /// Which.
        view: Ref<ViewId>,
    },
    /// Dismisses what is suggested at this place, for good.
    Dismiss {
        /// In which article; the only one, when left out.
        #[serde(default)]
        article: Option<Ref<ArticleId>>,
        /// Where.
        at: Spot,
    },
    /// Lets a dismissed suggestion be made again, or forgets one that no longer fits its article.
    Restore {
        /// In which article; the only one, when left out.
        #[serde(default)]
        article: Option<Ref<ArticleId>>,
        /// Where.
        at: Spot,
    },
    /// Lets a finding of the review stand.
    Waive {
        /// The rule whose finding it is.
        rule: String,
        /// What the finding is about.
        of: Vec<Ref<Subject>>,
        /// Why.
        #[serde(default)]
        reason: String,
        /// By whom; whoever makes the edit, when left out.
        #[serde(default)]
        by: Option<String>,
        /// When; now, when left out.
        #[serde(default)]
        at: Option<String>,
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
    },
    /// Takes a waiver back.
    Unwaive {
        /// Which.
        waiver: Ref<WaiverId>,
    },
    /// Sets a source aside: it is no longer counted.
    SetAside {
        /// An actor, an article, or a statement.
        what: Ref<Subject>,
        /// From when on: EDTF; always, when left out.
        #[serde(default)]
        from: String,
        /// Why.
        #[serde(default)]
        reason: String,
        /// By whom; whoever makes the edit, when left out.
        #[serde(default)]
        by: Option<String>,
        /// When; now, when left out.
        #[serde(default)]
        at: Option<String>,
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
    },
    /// Counts a source again that was set aside.
    CountAgain {
        /// Which: its id, a handle, or the name of what was set aside.
        aside: Ref<SetAsideId>,
    },
    /// Makes a matrix of competing claims.
    AddMatrix {
        /// A handle for later edits of this list.
        #[serde(default)]
        handle: String,
        /// Its title, claims and rows.
        with: MatrixFields,
    },
    /// Changes a matrix.
    SetMatrix {
        /// Which: its id, a handle, or its title where only one has it.
        matrix: Ref<MatrixId>,
        /// What changes.
        with: MatrixFields,
    },
    /// Judges one row of a matrix against one claim.
    SetCell {
        /// Which matrix.
        matrix: Ref<MatrixId>,
        /// The claim.
        claim: Ref<EntityId>,
        /// The row: a statement or link.
        row: Ref<Subject>,
        /// How they fit; not judged, when left out.
        #[serde(default)]
        fit: Option<Fit>,
    },
    /// Deletes a matrix.
    DeleteMatrix {
        /// Which.
        matrix: Ref<MatrixId>,
    },
    /// Makes what the edit makes under this id, which nothing has yet: what comes from elsewhere keeps its identity.
    #[serde(skip)]
    Under(Created, Box<Self>),
    /// Carries out changes that were worked out from the notebook as it was at one revision: a merge.
    #[serde(skip)]
    CarryOut(Arc<Prepared>),
    /// Settles a conflict that a merge left. What stands and what was kept beside it: one of the two is taken.
    Settle {
        /// Which: its id.
        conflict: Ref<ConflictId>,
        /// Whose value is taken; what stands, when left out.
        #[serde(default)]
        take: Option<Side>,
    },
    /// Several edits as one step, under one name.
    Batch(String, Vec<Self>),
}
