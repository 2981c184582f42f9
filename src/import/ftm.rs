//! FollowTheMoney entities as JSON lines (<https://followthemoney.tech/>), nested in each other or not. The format holds no
//! offsets: a mention is placed where its words stand once in its document.

use std::collections::{HashMap, VecDeque};

use serde_json::{Map, Value};

use super::ImportError;
use super::case::{
    Case, CaseArticle, CaseEntity, CaseEvidence, CaseLink, CaseMention, CasePlace, short,
};
use super::ids::Ids;
use super::json::{texts, values};
use super::source::Source;
use crate::edit::{EntityFields, LinkFields, Ref};
use crate::notebook::{
    ActorKind, ArticleId, Basis, EntityId, Kind, Role, Strength, Target, check_edtf,
};

const FORMAT: &str = "list of FollowTheMoney entities";

/// The schemata that join two entities: schema, property of the start, property of the end, the relation where the entity
/// does not say one.
const LINKS: [(&str, &str, &str, &str); 16] = [
    ("Employment", "employee", "employer", "works for"),
    ("Directorship", "director", "organization", "directs"),
    ("Membership", "member", "organization", "member of"),
    ("Ownership", "owner", "asset", "owns"),
    ("Family", "person", "relative", "family"),
    ("Associate", "person", "associate", "associated with"),
    ("UnknownLink", "subject", "object", "associated with"),
    ("Representation", "agent", "client", "represents"),
    ("Succession", "predecessor", "successor", "succeeded by"),
    ("Occupancy", "holder", "post", "holds"),
    ("Payment", "payer", "beneficiary", "pays"),
    ("Debt", "debtor", "creditor", "owes"),
    ("ContractAward", "supplier", "contract", "supplies"),
    ("ProjectParticipant", "participant", "project", "takes part in"),
    ("EventParticipant", "participant", "event", "takes part in"),
    ("Similar", "candidate", "match", "equivalent"),
];

/// The schemata that are texts.
const TEXTS: [&str; 10] = [
    "Article",
    "Document",
    "PlainText",
    "HyperText",
    "Pages",
    "Page",
    "Email",
    "Message",
    "Table",
    "Post",
];

/// Whether it holds entities with a schema.
pub(super) fn looks_like(source: &Source) -> bool {
    source.files.first().is_some_and(|file| {
        let start = String::from_utf8_lossy(file.bytes.get(..1 << 20).unwrap_or(&file.bytes));
        start.contains("\"schema\"") && start.contains("\"properties\"")
    })
}

/// An entity as its line says it.
struct Item {
    id: String,
    schema: String,
    properties: HashMap<String, Vec<String>>,
}

impl Item {
    fn first(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    fn all(&self, name: &str) -> &[String] {
        self.properties.get(name).map_or(&[], Vec::as_slice)
    }
}

pub(super) fn read(source: &Source, cancelled: &dyn Fn() -> bool) -> Result<Case, ImportError> {
    let not_this =
        |why: String| ImportError::NotThis { file: source.name.clone(), format: FORMAT, why };
    let Some(file) = source.files.first() else {
        return Err(not_this("there is no file".to_owned()));
    };
    let mut items = Vec::new();
    for value in values(&file.text(FORMAT)?, cancelled).map_err(not_this)? {
        match value {
            Value::Array(all) => all.into_iter().for_each(|one| flatten(one, &mut items)),
            one => flatten(one, &mut items),
        }
    }
    if items.is_empty() {
        return Err(not_this("no entity with an id and a schema is in it".to_owned()));
    }
    let mut reader = Reader {
        ids: Ids::new("ftm", ""),
        titles: HashMap::new(),
        quotes: HashMap::new(),
        case: Case::default(),
    };
    for item in items.iter().filter(|item| TEXTS.contains(&&*item.schema)) {
        reader.article(item);
    }
    for item in &items {
        if cancelled() {
            return Err(ImportError::Cancelled);
        }
        let is_link = LINKS.iter().any(|(schema, ..)| *schema == item.schema);
        if !is_link && !TEXTS.contains(&&*item.schema) && item.schema != "Mention" {
            reader.entity(item);
        }
    }
    for item in &items {
        if item.schema == "Mention" {
            reader.mention(item);
            continue;
        }
        let link = LINKS.iter().find(|(schema, ..)| *schema == item.schema);
        if let Some(link) = link
            && !(item.schema == "Membership" && reader.member(item))
        {
            reader.link(item, link);
        }
    }
    Ok(reader.case)
}

/// An entity, and those that stand inside of its properties.
fn flatten(value: Value, items: &mut Vec<Item>) {
    let Value::Object(mut map) = value else { return };
    let take = |map: &mut Map<String, Value>, key: &str| match map.remove(key) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let (Some(id), Some(schema)) = (take(&mut map, "id"), take(&mut map, "schema")) else { return };
    let mut properties = HashMap::new();
    if let Some(Value::Object(all)) = map.remove("properties") {
        for (name, value) in all {
            let mut found: Vec<String> = texts(&value).into_iter().map(str::to_owned).collect();
            let inner = match value {
                Value::Array(all) => all,
                one => vec![one],
            };
            for one in inner.into_iter().filter(Value::is_object) {
                found.extend(one.get("id").and_then(Value::as_str).map(str::to_owned));
                flatten(one, items);
            }
            properties.insert(name, found);
        }
    }
    items.push(Item { id, schema, properties });
}

/// The words of articles that events and claims are quoted with: whose they are, and in which paragraphs.
type Quotes = HashMap<(ArticleId, String), VecDeque<(EntityId, Option<usize>)>>;

struct Reader {
    ids: Ids,
    /// The articles by their titles.
    titles: HashMap<String, Option<ArticleId>>,
    quotes: Quotes,
    case: Case,
}

/// The schema's kind, and of an actor which; `None` for what is no entity of a notebook.
fn kind_of(schema: &str) -> Option<(Kind, ActorKind)> {
    Some(match schema {
        "Person" => (Kind::Actor, ActorKind::Person),
        "Organization" | "Company" => (Kind::Actor, ActorKind::Organisation),
        "PublicBody" => (Kind::Actor, ActorKind::PublicBody),
        "LegalEntity" | "Thing" => (Kind::Actor, ActorKind::Unset),
        "Event" | "Trip" | "Call" => (Kind::Event, ActorKind::Unset),
        "Note" => (Kind::Claim, ActorKind::Unset),
        _ => return None,
    })
}

impl Reader {
    fn article(&mut self, item: &Item) {
        let (id, known) = self.ids.article(&item.id);
        let mut article = CaseArticle::new(id, known);
        article.title = [item.first("title"), item.first("name"), item.first("fileName")]
            .into_iter()
            .find(|title| !title.is_empty())
            .unwrap_or("")
            .to_owned();
        article.author = item.all("author").join(", ");
        let date = [item.first("publishedAt"), item.first("date")];
        article.date = date.into_iter().find(|date| !date.is_empty()).unwrap_or("").to_owned();
        item.first("sourceUrl").clone_into(&mut article.url);
        item.first("fileName").clone_into(&mut article.file_name);
        let bodies = item.all("bodyText");
        article.text = (!bodies.is_empty()).then(|| bodies.join("\n"));
        let publisher = item.first("publisher");
        if !publisher.is_empty() && !known {
            self.case.missed.say(format!(
                "“{}”: its publisher “{}” is given as words, and not as an entity",
                short(&article.title),
                short(publisher)
            ));
        }
        // Of several with one title none is meant for certain.
        self.titles.entry(article.title.clone()).and_modify(|one| *one = None).or_insert(Some(id));
        self.case.articles.push(article);
    }

    fn entity(&mut self, item: &Item) {
        let Some((kind, mut actor_kind)) = kind_of(&item.schema) else {
            self.case.missed.say(format!(
                "{}: it is a {}, and no actor, event or claim",
                short(&item.id),
                short(&item.schema)
            ));
            return;
        };
        let found = self.ids.entity(&item.id);
        let names = item.all("name");
        let name = names.first().or_else(|| item.all("description").first());
        let mut entity = CaseEntity::new(found, kind, name.map_or(&*item.id, String::as_str));
        let list = |texts: &[String]| Some(texts.to_vec()).filter(|texts| !texts.is_empty());
        let mut aliases: Vec<String> = names.iter().skip(1).cloned().collect();
        aliases.extend(item.all("alias").iter().chain(item.all("weakAlias")).cloned());
        let note = item.all("notes").join("\n\n");
        entity.with.push(EntityFields {
            aliases: list(&aliases),
            note: Some(note).filter(|note| !note.is_empty()),
            ..EntityFields::default()
        });
        match kind {
            Kind::Actor => {
                let class = item.first("classification");
                actor_kind = ActorKind::ALL
                    .into_iter()
                    .find(|one| one.label() == class)
                    .unwrap_or(actor_kind);
                entity
                    .with
                    .push(EntityFields { actor_kind: Some(actor_kind), ..EntityFields::default() });
                if let Some(owner) = item.all("parent").first() {
                    let owner = Some(Ref::Id(self.ids.entity(owner).0));
                    entity.with.push(EntityFields { owner, ..EntityFields::default() });
                }
            }
            Kind::Event => self.event(item, &mut entity),
            Kind::Claim => {
                let about = item.all("entity").iter().map(|id| Ref::Id(self.ids.entity(id).0));
                let about = Some(about.collect::<Vec<_>>()).filter(|about| !about.is_empty());
                entity.with.push(EntityFields { about, ..EntityFields::default() });
            }
        }
        entity.with.retain(|with| *with != EntityFields::default());
        if kind != Kind::Actor {
            let places: Vec<CasePlace> =
                item.all("description").iter().filter_map(|text| self.quoted(text)).collect();
            for place in places {
                let quotes = self.quotes.entry((place.article, place.exact)).or_default();
                quotes.push_back((found.0, place.paragraph));
            }
        }
        self.case.entities.push(entity);
    }

    fn event(&self, item: &Item, entity: &mut CaseEntity) {
        let (date, written) = when(item);
        for (date, written) in [(date, None), (None, written)] {
            entity.with.push(EntityFields { date, written, ..EntityFields::default() });
        }
        let place = item.all("location").join(", ");
        let place = Some(place).filter(|place| !place.is_empty());
        entity.with.push(EntityFields { place, ..EntityFields::default() });
        let of = |property: &str, role: Role| {
            let all = item.all(property).iter();
            all.map(move |id| (Ref::Id(self.ids.entity(id).0), role)).collect::<Vec<_>>()
        };
        let mut who = of("organizer", Role::Organiser);
        who.extend(of("involved", Role::Involved));
        let participants = Some(who).filter(|who| !who.is_empty());
        entity.with.push(EntityFields { participants, ..EntityFields::default() });
    }

    fn mention(&mut self, item: &Item) {
        let (document, words) = (item.first("document"), item.first("name"));
        let article = self.ids.article(document).0;
        // The format resolves mentions of actors alone; events and claims are known by the words they are quoted with.
        let meant = match item.all("resolved").first() {
            Some(resolved) => Some((self.ids.entity(resolved).0, None)),
            None => self.quotes.get_mut(&(article, words.to_owned())).and_then(|quotes| {
                let (first, _) = *quotes.front()?;
                let one = quotes.iter().all(|(entity, _)| *entity == first);
                if one { quotes.pop_front() } else { None }
            }),
        };
        let Some((entity, paragraph)) = meant.filter(|_| !document.is_empty()) else {
            self.case.missed.say(format!(
                "the mention “{}”: the file does not say whom it means, or where it stands",
                short(words)
            ));
            return;
        };
        let place = CasePlace { paragraph, ..CasePlace::words(article, words) };
        self.case.mentions.push(CaseMention::new(self.ids.mention(&item.id), entity, place));
    }

    fn link(&mut self, item: &Item, (_, start, end, relation): &(&str, &str, &str, &str)) {
        let said = [item.first("role"), item.first("relationship")];
        let said = said.into_iter().find(|said| !said.is_empty());
        let first = |name: &str| item.all(name).first().map(|id| self.ids.entity(id).0);
        let (Some(from), Some(to)) = (first(start), first(end)) else {
            let name = short(&item.id);
            self.case
                .missed
                .say(format!("{name}: it is a {} without both ends", short(&item.schema)));
            return;
        };
        let mut with = LinkFields::default();
        for word in item.all("summary").iter().flat_map(|line| line.split(", ")) {
            with.strength =
                with.strength.or_else(|| Strength::ALL.into_iter().find(|one| one.label() == word));
            with.basis =
                with.basis.or_else(|| Basis::ALL.into_iter().find(|one| one.label() == word));
        }
        let (mut notes, mut evidence) = (Vec::new(), Vec::new());
        for text in item.all("description") {
            match self.quoted(text) {
                Some(place) => evidence.push(CaseEvidence::Quote(place)),
                None => notes.push(text.clone()),
            }
        }
        with.note = Some(notes.join("\n\n")).filter(|note| !note.is_empty());
        let (date, written) = when(item);
        let when = |date, written| LinkFields { date, written, ..LinkFields::default() };
        let mut all = vec![with, when(date, None), when(None, written)];
        all.retain(|with| *with != LinkFields::default());
        self.case.links.push(CaseLink {
            id: self.ids.link(&item.id),
            from,
            to: Target::Entity(to),
            relation: said.unwrap_or(relation).to_owned(),
            with: all,
            evidence,
        });
    }

    /// Words with their source, as our exports quote them: “words” · title, paragraph n.
    fn quoted(&self, text: &str) -> Option<CasePlace> {
        let (words, source) = text.strip_prefix('“')?.rsplit_once("” · ")?;
        let (title, paragraph) = source.rsplit_once(", paragraph ")?;
        let article = (*self.titles.get(title)?)?;
        // What is said of a statement may follow, in parentheses.
        let digits = paragraph.find(|c: char| !c.is_ascii_digit()).unwrap_or(paragraph.len());
        let paragraph = paragraph.get(..digits)?.parse().ok();
        Some(CasePlace { paragraph, ..CasePlace::words(article, words) })
    }

    /// A membership that our exports tell of a group's own list, and no link.
    fn member(&mut self, item: &Item) -> bool {
        let Some((group, _)) = item.id.split_once("-member-") else { return false };
        let (Some(member), Ok(group)) = (item.all("member").first(), group.parse::<EntityId>())
        else {
            return false;
        };
        let member = Ref::Id(self.ids.entity(member).0);
        let Some(entity) = self.case.entities.iter_mut().find(|one| one.id == group) else {
            return false;
        };
        match entity.with.iter_mut().find_map(|with| with.members.as_mut()) {
            Some(members) => members.push(member),
            None => {
                let members = Some(vec![member]);
                entity.with.push(EntityFields { members, ..EntityFields::default() });
            }
        }
        true
    }
}

/// The dates of an entity as EDTF, and as they were written.
fn when(item: &Item) -> (Option<String>, Option<String>) {
    let mut written = None;
    for told in item.all("summary").iter().filter_map(|line| line.strip_prefix("Date: ")) {
        let (words, edtf) = told.rsplit_once(" = ").unwrap_or((told, told));
        if check_edtf(edtf).is_ok() {
            let written = Some(words.to_owned()).filter(|words| words != edtf);
            return (Some(edtf.to_owned()), written);
        }
        written = Some(told.to_owned());
    }
    let (start, end) = (item.first("startDate"), item.first("endDate"));
    let date = match (item.first("date"), start, end) {
        ("", "", "") => return (None, written),
        ("", start, end) => {
            let open = |date: &str| if date.is_empty() { "..".to_owned() } else { date.to_owned() };
            format!("{}/{}", open(start), open(end))
        }
        (date, _, _) => date.to_owned(),
    };
    (Some(date), written)
}
