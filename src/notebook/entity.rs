//! Entities: the actors, events and claims that get linked. One entity, many mentions.

use serde::{Deserialize, Serialize};

use super::{Assessment, ClaimStatus, EntityId, Evidence, Grade, MentionId};

/// How the name of the placeholder for a deleted actor begins.
const DELETED_SOURCE: &str = "unknown source (deleted: ";

/// Which of the three kinds an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A person, organisation, outlet, public body, group or anonymous source.
    Actor,
    /// Something that happened, or is said to have.
    Event,
    /// A proposition someone asserts or denies.
    Claim,
}

impl Kind {
    /// All three, in the order they are listed.
    pub const ALL: [Self; 3] = [Self::Actor, Self::Event, Self::Claim];

    /// The word for one of them, in lower case.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Event => "event",
            Self::Claim => "claim",
        }
    }

    /// The word for several of them, capitalised.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Actor => "Actors",
            Self::Event => "Events",
            Self::Claim => "Claims",
        }
    }
}

/// An actor, event or claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// An actor's name, an event's title, or a claim's proposition in one sentence. Never blank.
    pub name: String,
    /// Other names that count as its name. Added only on purpose, never by tagging.
    pub aliases: Vec<String>,
    /// The user's own words about it.
    pub note: String,
    /// The user marked it “to check”.
    pub to_check: bool,
    /// What only this kind has.
    pub detail: Detail,
}

/// What only one kind of entity has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Detail {
    /// Of an actor.
    Actor(Actor),
    /// Of an event.
    Event(Event),
    /// Of a claim.
    Claim(Claim),
}

impl Entity {
    /// An entity with this name and nothing else known about it.
    #[must_use]
    pub fn new(kind: Kind, name: impl Into<String>) -> Self {
        let detail = match kind {
            Kind::Actor => Detail::Actor(Actor::default()),
            Kind::Event => Detail::Event(Event::default()),
            Kind::Claim => Detail::Claim(Claim::default()),
        };
        Self {
            name: name.into(),
            aliases: Vec::new(),
            note: String::new(),
            to_check: false,
            detail,
        }
    }

    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.detail {
            Detail::Actor(_) => Kind::Actor,
            Detail::Event(_) => Kind::Event,
            Detail::Claim(_) => Kind::Claim,
        }
    }

    /// Its name, then its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// An actor that no one names: a source whose identity is withheld.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        matches!(&self.detail, Detail::Actor(actor) if actor.kind == ActorKind::Anonymous)
    }

    /// The placeholder for an actor that was deleted: it keeps that actor's place in chains of speakers, so that what
    /// was second-hand is not taken for first-hand, and what had one source still has one.
    #[must_use]
    pub fn deleted_source(name: &str) -> Self {
        let mut entity = Self::new(Kind::Actor, format!("{DELETED_SOURCE}{name})"));
        if let Detail::Actor(actor) = &mut entity.detail {
            actor.kind = ActorKind::Anonymous;
        }
        entity
    }

    /// Whether it stands for an actor that was deleted.
    #[must_use]
    pub fn is_deleted_source(&self) -> bool {
        self.is_anonymous() && self.name.starts_with(DELETED_SOURCE)
    }

    /// The other entities its own fields refer to (owner, members, participants, what a claim is about, who was asked for
    /// a reply), each once for a claim.
    pub fn refers_to(&self) -> Vec<EntityId> {
        match &self.detail {
            Detail::Actor(actor) => actor.owner.iter().chain(&actor.members).copied().collect(),
            Detail::Event(event) => event.participants.iter().map(|p| p.actor).collect(),
            Detail::Claim(claim) => {
                let mut all = claim.about.clone();
                for reply in &claim.replies {
                    if !all.contains(&reply.actor) {
                        all.push(reply.actor);
                    }
                }
                all
            }
        }
    }

    /// The mentions in which those answer who were asked for a reply.
    pub fn answers(&self) -> impl Iterator<Item = MentionId> {
        let replies = match &self.detail {
            Detail::Claim(claim) => &claim.replies[..],
            Detail::Actor(_) | Detail::Event(_) => &[],
        };
        replies.iter().filter_map(|reply| match &reply.answer {
            Some(Evidence::Mention(mention)) => Some(*mention),
            Some(Evidence::Quote(_)) | None => None,
        })
    }

    /// How it is judged at present: the aspects that a person judges, each with its grade.
    #[must_use]
    pub fn grades(&self) -> Vec<Grade> {
        match &self.detail {
            Detail::Actor(actor) => vec![Grade::Reliability(actor.reliability)],
            Detail::Event(_) => Vec::new(),
            Detail::Claim(claim) => {
                vec![Grade::Status(claim.status), Grade::Credibility(claim.credibility)]
            }
        }
    }

    /// How it was judged, in the order in which that was written down.
    #[must_use]
    pub fn assessments(&self) -> &[Assessment] {
        match &self.detail {
            Detail::Actor(actor) => &actor.assessments,
            Detail::Event(_) => &[],
            Detail::Claim(claim) => &claim.assessments,
        }
    }

    /// The same, to add to; `None` for an event, of which nothing is judged.
    pub(crate) const fn assessments_mut(&mut self) -> Option<&mut Vec<Assessment>> {
        match &mut self.detail {
            Detail::Actor(actor) => Some(&mut actor.assessments),
            Detail::Event(_) => None,
            Detail::Claim(claim) => Some(&mut claim.assessments),
        }
    }
}

/// What is known of an actor beyond its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// What sort of actor.
    pub kind: ActorKind,
    /// The actor that owns it: for “these two outlets are one house”.
    pub owner: Option<EntityId>,
    /// How far it can be trusted as a source: the Admiralty code's letter.
    pub reliability: Option<Reliability>,
    /// The actors that make up this group or organisation.
    pub members: Vec<EntityId>,
    /// How its reliability was judged, in the order in which that was written down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessments: Vec<Assessment>,
}

/// The sorts of actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActorKind {
    /// Nobody has said yet.
    #[default]
    Unset,
    /// A human being.
    Person,
    /// A firm, association, party, union.
    Organisation,
    /// An outlet: newspaper, agency, site, broadcaster.
    Media,
    /// A ministry, court, regulator, police force.
    PublicBody,
    /// Several people without a legal person: “the investors”.
    Group,
    /// A source whose name is withheld.
    Anonymous,
}

impl ActorKind {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 7] = [
        Self::Unset,
        Self::Person,
        Self::Organisation,
        Self::Media,
        Self::PublicBody,
        Self::Group,
        Self::Anonymous,
    ];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unset => "not set",
            Self::Person => "Person",
            Self::Organisation => "Organisation",
            Self::Media => "Media",
            Self::PublicBody => "Public body",
            Self::Group => "Group",
            Self::Anonymous => "Anonymous source",
        }
    }
}

/// Reliability of a source: the letter of the Admiralty code (NATO AJP-2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl Reliability {
    /// All of them, best first.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];

    /// The letter and its meaning.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::A => "A · completely reliable",
            Self::B => "B · usually reliable",
            Self::C => "C · fairly reliable",
            Self::D => "D · not usually reliable",
            Self::E => "E · unreliable",
            Self::F => "F · cannot be judged",
        }
    }
}

/// What is known of an event beyond its title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When.
    pub date: When,
    /// Where, as written.
    pub place: String,
    /// Who took part, and how.
    pub participants: Vec<Participant>,
}

/// A date as the article writes it, and as the analyst reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The article's words: “vendredi”.
    pub written: String,
    /// Extended Date/Time Format (ISO 8601-2): `2023-11-17`, `2023-11~`, `2023-11-17/..`; or empty.
    pub edtf: String,
}

/// An actor's part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Who.
    pub actor: EntityId,
    /// In which role.
    pub role: Role,
}

/// Roles in an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// Did it.
    Agent,
    /// Had it done to them.
    Patient,
    /// Arranged it.
    Organiser,
    /// Took part in some other way.
    #[default]
    Involved,
}

impl Role {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Agent, Self::Patient, Self::Organiser, Self::Involved];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Agent => "did it",
            Self::Patient => "affected",
            Self::Organiser => "organiser",
            Self::Involved => "involved",
        }
    }
}

/// What is known of a claim beyond its proposition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What it is about.
    pub about: Vec<EntityId>,
    /// How credible the information is: the Admiralty code's figure, 1 (confirmed) to 6 (cannot be judged).
    pub credibility: Option<u8>,
    /// What the analyst holds of it, which stands before what is computed.
    #[serde(default)]
    pub status: ClaimStatus,
    /// It accuses someone it is about, who is therefore to be asked.
    #[serde(default)]
    pub accusation: bool,
    /// Who of those it is about was asked for a reply, and what they answered.
    #[serde(default)]
    pub replies: Vec<Reply>,
    /// How its status and credibility were judged, in the order in which that was written down.
    #[serde(default)]
    pub assessments: Vec<Assessment>,
}

/// That someone was asked about a claim which accuses them, and what they answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Who was asked: an actor.
    pub actor: EntityId,
    /// When.
    pub asked: When,
    /// Who asked. May be empty.
    pub asked_by: String,
    /// Where the answer stands; `None` while there is none.
    pub answer: Option<Evidence>,
}
