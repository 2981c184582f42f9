//! GraphML (<http://graphml.graphdrawing.org/>), as yEd, Gephi, networkx, igraph and Casebook write it: nodes become
//! entities, edges become links.

use std::collections::HashMap;

use super::ImportError;
use super::case::{Case, CaseEntity, CaseLink, short};
use super::ids::Ids;
use super::source::Source;
use super::tree::{self, Element};
use crate::edit::{EntityFields, LinkFields, Ref};
use crate::notebook::{ActorKind, Basis, EntityId, Kind, Strength, Target};
use crate::text::fold;

const FORMAT: &str = "GraphML graph";

/// Whether a graph is in it.
pub(super) fn looks_like(source: &Source) -> bool {
    let Some(file) = source.files.first() else { return false };
    let start = String::from_utf8_lossy(file.bytes.get(..4096).unwrap_or(&file.bytes)).into_owned();
    start.replace('\0', "").contains("<graphml")
}

pub(super) fn read(source: &Source, cancelled: &dyn Fn() -> bool) -> Result<Case, ImportError> {
    let not_this =
        |why: String| ImportError::NotThis { file: source.name.clone(), format: FORMAT, why };
    let Some(file) = source.files.first() else {
        return Err(not_this("there is no file".to_owned()));
    };
    let root = tree::parse(&file.text(FORMAT)?, cancelled).map_err(not_this)?;
    if cancelled() {
        return Err(ImportError::Cancelled);
    }
    if root.name != "graphml" {
        return Err(not_this(format!("it begins with “{}”", short(&root.name))));
    }
    let mut keys: HashMap<&str, Key<'_>> = HashMap::new();
    for key in root.all("key") {
        let name = [key.get("attr.name"), key.get("yfiles.type"), key.get("id")]
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or("");
        let default = key.first("default").map_or("", |default| default.text.trim());
        keys.insert(key.get("id"), Key { name: fold(name), of: key.get("for"), default });
    }
    let mut graph = Graph {
        ids: Ids::new("graphml", &source.name),
        keys,
        entities: HashMap::new(),
        case: Case::default(),
    };
    for one in root.all("graph") {
        graph.nodes(one);
    }
    for one in root.all("graph") {
        graph.edges(one);
    }
    Ok(graph.case)
}

struct Key<'a> {
    name: String,
    of: &'a str,
    default: &'a str,
}

struct Graph<'a> {
    ids: Ids,
    keys: HashMap<&'a str, Key<'a>>,
    /// Where an entity stands among those of the case.
    entities: HashMap<String, usize>,
    case: Case,
}

/// The data of a node or edge, by what they are called.
struct Data(HashMap<String, String>);

impl Data {
    /// The first of these that is there; empty where none is.
    fn get(&self, names: &[&str]) -> &str {
        names.iter().find_map(|name| self.0.get(*name)).map_or("", String::as_str)
    }

    fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name)?.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }
}

/// The words of a label that yEd keeps inside of what it draws.
fn drawn(element: &Element) -> Option<&str> {
    if ["NodeLabel", "EdgeLabel"].contains(&&*element.name) && !element.text.trim().is_empty() {
        return Some(element.text.trim());
    }
    element.children.iter().find_map(drawn)
}

impl<'a> Graph<'a> {
    fn data(&self, element: &Element, of: &str) -> Data {
        let mut data = HashMap::new();
        for key in self.keys.values().filter(|key| [of, "all", ""].contains(&key.of)) {
            if !key.default.is_empty() {
                data.insert(key.name.clone(), key.default.to_owned());
            }
        }
        for one in element.all("data") {
            let name = self
                .keys
                .get(one.get("key"))
                .map_or_else(|| fold(one.get("key")), |k| k.name.clone());
            if let Some(label) = drawn(one) {
                data.entry("label".to_owned()).or_insert_with(|| label.to_owned());
            } else {
                data.insert(name, one.text.clone());
            }
        }
        Data(data)
    }

    fn nodes(&mut self, graph: &'a Element) {
        for node in graph.all("node") {
            let id = node.get("id");
            let data = self.data(node, "node");
            // A link that another link targets.
            let is_link = data.get(&["kind"]) == "link" && link_of_node(id).is_some();
            if !is_link && !self.entities.contains_key(id) {
                let entity = self.entity(id, &data);
                self.entities.insert(id.to_owned(), self.case.entities.len());
                self.case.entities.push(entity);
            }
            for inner in node.all("graph") {
                self.nodes(inner);
            }
        }
    }

    fn entity(&self, id: &str, data: &Data) -> CaseEntity {
        let word = fold(data.get(&["kind", "type", "category"]));
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| word == kind.word() || word == fold(kind.plural()))
            .unwrap_or(Kind::Actor);
        let label = data.get(&["label", "name", "title"]);
        let name = if label.trim().is_empty() { id } else { label };
        let mut entity = CaseEntity::new(self.ids.entity(id), kind, name);
        let text = |names: &[&str]| Some(data.get(names).to_owned()).filter(|t| !t.is_empty());
        let sort = fold(data.get(&["sort"]));
        let sort = ActorKind::ALL
            .into_iter()
            .find(|one| fold(one.label()) == sort || fold(one.label()) == word);
        let with = EntityFields {
            note: text(&["note", "description"]),
            to_check: data.flag("to_check"),
            actor_kind: sort.filter(|_| kind == Kind::Actor),
            ..EntityFields::default()
        };
        entity.with.push(with);
        if let Some(date) = text(&["date"]).filter(|_| kind == Kind::Event) {
            entity.with.push(dated(&date));
        }
        let number = |name: &str| data.get(&[name]).trim().parse::<f32>().ok();
        entity.at = number("x").zip(number("y"));
        entity.with.retain(|with| *with != EntityFields::default());
        entity
    }

    fn edges(&mut self, graph: &'a Element) {
        for node in graph.all("node") {
            node.all("graph").for_each(|inner| self.edges(inner));
        }
        let both_ways = graph.get("edgedefault") == "undirected";
        for (number, edge) in (1_usize..).zip(graph.all("edge")) {
            self.edge(edge, number, both_ways);
        }
        for _ in graph.all("hyperedge") {
            self.case.missed.say("an edge between more than two nodes: a link has two ends");
        }
    }

    fn id_of(&self, node: &str) -> Option<EntityId> {
        let at = self.entities.get(node)?;
        self.case.entities.get(*at).map(|entity| entity.id)
    }

    fn edge(&mut self, edge: &Element, number: usize, both_ways: bool) {
        let (from, to) = (edge.get("source"), edge.get("target"));
        let data = self.data(edge, "edge");
        let relation = data.get(&["relation", "label", "type", "name"]).trim().to_owned();
        if data.flag("derived") == Some(true) {
            self.derived(from, to, &relation);
            return;
        }
        let target = match link_of_node(to) {
            Some(link) if !self.entities.contains_key(to) => {
                Some(Target::Link(self.ids.link(link)))
            }
            _ => self.id_of(to).map(Target::Entity),
        };
        let (Some(start), Some(target)) = (self.id_of(from), target) else {
            let (from, to) = (short(from), short(to));
            self.case
                .missed
                .say(format!("the edge from “{from}” to “{to}”: it names a node that is missing"));
            return;
        };
        let own = edge.get("id");
        let name = if own.is_empty() {
            format!("{from}\n{to}\n{relation}\n{number}")
        } else {
            own.to_owned()
        };
        let directed = data.flag("directed").or(match edge.get("directed") {
            "true" => Some(true),
            "false" => Some(false),
            _ => both_ways.then_some(false),
        });
        let word = |name: &str| fold(data.get(&[name]));
        let text = |names: &[&str]| Some(data.get(names).to_owned()).filter(|t| !t.is_empty());
        let (strength, basis) = (word("strength"), word("basis"));
        let mut with = vec![LinkFields {
            directed,
            strength: Strength::ALL.into_iter().find(|one| fold(one.label()) == strength),
            basis: Basis::ALL.into_iter().find(|one| fold(one.label()) == basis),
            note: text(&["note", "description"]),
            to_check: data.flag("to_check"),
            ..LinkFields::default()
        }];
        with.extend(
            text(&["date"]).map(|date| LinkFields { date: Some(date), ..LinkFields::default() }),
        );
        with.retain(|with| *with != LinkFields::default());
        let relation = if relation.is_empty() { "associated with".to_owned() } else { relation };
        self.case.links.push(CaseLink {
            id: self.ids.link(&name),
            from: start,
            to: target,
            relation,
            with,
            evidence: Vec::new(),
        });
    }

    /// What an edge says that follows from a field: owners and members become fields again; the rest follows by itself.
    fn derived(&mut self, from: &str, to: &str, relation: &str) {
        let (Some(one), Some(at)) = (self.id_of(from), self.entities.get(to).copied()) else {
            return;
        };
        let Some(entity) = self.case.entities.get_mut(at) else { return };
        match relation {
            "owner of" => {
                let owner = Some(Ref::Id(one));
                entity.with.push(EntityFields { owner, ..EntityFields::default() });
            }
            "member of" => {
                let there = entity.with.iter_mut().find_map(|with| with.members.as_mut());
                match there {
                    Some(members) => members.push(Ref::Id(one)),
                    None => {
                        let members = Some(vec![Ref::Id(one)]);
                        entity.with.push(EntityFields { members, ..EntityFields::default() });
                    }
                }
            }
            _ => {}
        }
    }
}

fn dated(date: &str) -> EntityFields {
    EntityFields { date: Some(date.to_owned()), ..EntityFields::default() }
}

/// The link that a node of our graphs stands for.
fn link_of_node(id: &str) -> Option<&str> {
    id.strip_prefix('n').filter(|id| id.parse::<crate::notebook::LinkId>().is_ok())
}
