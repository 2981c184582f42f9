//! Tables as comma-separated values: the folder that Casebook exports, or plain lists of nodes and edges as spreadsheets and
//! Gephi hold them. Their first line names the columns.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::ImportError;
use super::case::{
    Case, CaseArticle, CaseEntity, CaseEvidence, CaseLink, CaseMention, CasePlace, short,
};
use super::csv_rows::{Row, Table};
use super::csv_words::{chain, participants};
use super::ids::Ids;
use super::source::Source;
use crate::edit::{Edit, EntityFields, LinkFields, Ref, StatementFields};
use crate::fields::{ENTITY, Field, LINK, Record, STATEMENT, ValueKind};
use crate::notebook::{ActorKind, Entity, EntityId, Kind, LinkId, MentionId, Notebook, Target};
use crate::text::{fold, name_key};

const FORMAT: &str = "folder of tables, or list of nodes or edges";

/// Whether there is a table among the files.
pub(super) fn looks_like(source: &Source) -> bool {
    source.files.iter().any(|file| {
        let name = file.name.to_lowercase();
        name.ends_with(".csv") || name.ends_with(".tsv")
    })
}

pub(super) fn read(source: &Source, cancelled: &dyn Fn() -> bool) -> Result<Case, ImportError> {
    let mut tables = Vec::new();
    for file in source.files.iter().filter(|file| !file.name.to_lowercase().ends_with(".txt")) {
        if cancelled() {
            return Err(ImportError::Cancelled);
        }
        let text = file.text(FORMAT)?;
        let table = Table::parse(&file.name, &text).map_err(|why| ImportError::NotThis {
            file: file.name.clone(),
            format: FORMAT,
            why,
        })?;
        tables.push(table);
    }
    let mut reader = Tables {
        source,
        blank: Notebook::new(""),
        statements: HashMap::new(),
        evidence: HashMap::new(),
        entities: BTreeMap::new(),
        case: Case::default(),
    };
    let mut any = false;
    // What names others comes after what it names.
    let order =
        ["statements", "evidence", "articles", "entities", "mentions", "links", "nodes", "edges"];
    for sort in order {
        for table in tables.iter().filter(|table| sort_of(table) == Some(sort)) {
            any = true;
            reader.table(sort, table);
        }
    }
    for table in tables.iter().filter(|table| sort_of(table).is_none()) {
        let name = &table.name;
        if name.starts_with("matrix-") {
            reader.case.missed.say(format!("“{name}”: matrices of competing claims are not read"));
        } else {
            reader
                .case
                .missed
                .say(format!("“{name}”: its first line names no columns that are known"));
        }
    }
    if !any && tables.iter().all(|table| sort_of(table) != Some("derived")) {
        return Err(ImportError::NotThis {
            file: source.name.clone(),
            format: FORMAT,
            why: "no table in it has columns that are known: name them “source” and “target” for edges, “id” or “name” for nodes".to_owned(),
        });
    }
    let mut entities = std::mem::take(&mut reader.entities);
    let order = reader.case.entities.iter().map(|entity| entity.id).collect::<BTreeSet<_>>();
    entities.retain(|id, _| !order.contains(id));
    reader.case.entities.extend(entities.into_values());
    Ok(reader.case)
}

const FROM: &[&str] = &["source", "from", "start", "source_id", "from_id"];
const TO: &[&str] = &["target", "to", "end", "target_id", "to_id"];
const NODE: &[&str] = &["id", "name", "label", "title"];

/// Which table this is, by its columns.
fn sort_of(table: &Table) -> Option<&'static str> {
    let has = |names: &[&str]| names.iter().all(|name| table.has(name));
    let any = |names: &[&str]| names.iter().any(|name| table.has(name));
    Some(if has(&["mention", "claim_id", "modality"]) {
        "statements"
    } else if has(&["link", "mention", "at_quote"]) {
        "evidence"
    } else if has(&["follows_from", "from_id"]) || has(&["date", "how_sure", "sentence"]) {
        "derived"
    } else if has(&["id", "title", "sha256"]) {
        "articles"
    } else if has(&["id", "kind", "name", "actor_kind"]) {
        "entities"
    } else if has(&["id", "entity_id", "at_quote"]) {
        "mentions"
    } else if has(&["id", "from_id", "relation_id", "to_id"]) {
        "links"
    } else if table.name.starts_with("matrix-") {
        return None;
    } else if any(FROM) && any(TO) {
        "edges"
    } else if any(NODE) {
        "nodes"
    } else {
        return None;
    })
}

struct Tables<'a> {
    source: &'a Source,
    /// For values that name nothing of a notebook.
    blank: Notebook,
    statements: HashMap<MentionId, Vec<StatementFields>>,
    evidence: HashMap<LinkId, Vec<CaseEvidence>>,
    /// Of plain lists, by the id they get.
    entities: BTreeMap<EntityId, CaseEntity>,
    case: Case,
}

impl Tables<'_> {
    fn table(&mut self, sort: &str, table: &Table) {
        if sort == "edges" || sort == "nodes" {
            self.say_what_columns_are_left(sort, table);
        }
        for row in table.rows() {
            let done = match sort {
                "statements" => self.statement(&row),
                "evidence" => self.piece(&row),
                "articles" => self.article(&row),
                "entities" => self.entity(&row),
                "mentions" => self.mention(&row),
                "links" => self.link(&row),
                "nodes" => self.node(&row),
                _ => self.edge(&row),
            };
            if let Err(why) = done {
                let (name, line) = (&table.name, row.line);
                self.case.missed.say(format!("“{name}”, line {line}: {why}"));
            }
        }
    }

    fn say_what_columns_are_left(&mut self, sort: &str, table: &Table) {
        let known: Vec<&str> = if sort == "nodes" {
            [NODE, &["kind", "type", "category", "note", "notes", "description", "aliases", "date"]]
                .concat()
        } else {
            [
                FROM,
                TO,
                &[
                    "id",
                    "relation",
                    "relationship",
                    "role",
                    "label",
                    "type",
                    "note",
                    "notes",
                    "description",
                    "date",
                ],
            ]
            .concat()
        };
        for column in table.columns().filter(|column| !known.contains(column) && !column.is_empty())
        {
            let line =
                format!("“{}”: the column “{}” is none that is known", table.name, short(column));
            self.case.missed.say(line);
        }
    }

    /// The fields of a record that need no notebook to be read, each as the edit that sets it.
    fn set<R: Record>(
        &mut self,
        fields: &'static [Field<R>],
        row: &Row<'_>,
        id: R::Id,
        skip: &[&str],
    ) -> Vec<Edit> {
        let mut edits = Vec::new();
        for field in fields.iter().filter(|field| field.is_editable() && !skip.contains(&field.key))
        {
            let text = row.get(field.key);
            let plain = !matches!(
                field.kind,
                ValueKind::Entity(..)
                    | ValueKind::Entities(_)
                    | ValueKind::Participants(_)
                    | ValueKind::Replies
                    | ValueKind::Assessments
                    | ValueKind::Relation
                    | ValueKind::Target
                    | ValueKind::Evidence
                    | ValueKind::Anchor
                    | ValueKind::Chain(_)
                    | ValueKind::Body
            );
            if text.is_empty() || !plain {
                continue;
            }
            // Lines are kept as they are: a note may begin with a space.
            let value = match field.kind {
                ValueKind::Lines => Ok(crate::fields::Value::Text(text.to_owned())),
                _ => field.parse(&self.blank, text),
            };
            match value {
                Ok(value) => edits.extend(field.set(id, &value)),
                Err(why) => self.case.missed.say(format!(
                    "“{}”, line {}: {} “{}”: {why}",
                    row.table(),
                    row.line,
                    field.noun,
                    short(text)
                )),
            }
        }
        edits
    }

    fn ids(text: &str) -> Vec<Ref<EntityId>> {
        text.split_whitespace().filter_map(|id| id.parse().ok()).map(Ref::Id).collect()
    }

    fn entity(&mut self, row: &Row<'_>) -> Result<(), String> {
        let id: EntityId = row.id("id")?;
        let word = fold(row.get("kind"));
        let kind = Kind::ALL.into_iter().find(|kind| fold(kind.word()) == word);
        let kind =
            kind.ok_or_else(|| format!("“{}” is no kind of entity", short(row.get("kind"))))?;
        let mut entity = CaseEntity::new((id, true), kind, row.get("name"));
        for edit in self.set::<Entity>(ENTITY, row, id, &["name", "kind"]) {
            if let Edit::SetEntity { with, .. } = edit {
                entity.with.push(*with);
            }
        }
        let owner = Self::ids(row.get("owner_id")).into_iter().next();
        let list = |name: &str| Some(Self::ids(row.get(name))).filter(|ids| !ids.is_empty());
        let participants =
            participants(&Self::ids(row.get("participants_id")), row.get("participants"));
        entity.with.extend([
            EntityFields { owner, ..EntityFields::default() },
            EntityFields { members: list("members_id"), ..EntityFields::default() },
            EntityFields { about: list("about_id"), ..EntityFields::default() },
            EntityFields { participants, ..EntityFields::default() },
        ]);
        entity.with.retain(|with| *with != EntityFields::default());
        for column in ["replies", "assessments"] {
            if !row.get(column).is_empty() {
                let name = short(row.get("name"));
                self.case.missed.say(format!(
                    "{column} of “{name}” stand in words only: {}",
                    short(row.get(column))
                ));
            }
        }
        self.case.entities.push(entity);
        Ok(())
    }

    fn place(row: &Row<'_>) -> Result<CasePlace, String> {
        let number = |name: &str| row.get(name).parse::<usize>().ok();
        let place = CasePlace::words(row.id("at_article_id")?, row.get("at_quote"));
        let paragraph = number("at_paragraph");
        Ok(CasePlace { offsets: number("at_start").zip(number("at_end")), paragraph, ..place })
    }

    fn mention(&mut self, row: &Row<'_>) -> Result<(), String> {
        let id: MentionId = row.id("id")?;
        let mut mention = CaseMention::new(id, row.id("entity_id")?, Self::place(row)?);
        row.get("note").clone_into(&mut mention.note);
        mention.to_check = row.get("to_check") == "true";
        mention.statement = self.statements.remove(&id).unwrap_or_default();
        self.case.mentions.push(mention);
        Ok(())
    }

    fn statement(&mut self, row: &Row<'_>) -> Result<(), String> {
        let id: MentionId = row.id("mention")?;
        let mut all = Vec::new();
        for edit in self.set(STATEMENT, row, id, &[]) {
            if let Edit::SetStatement { with, .. } = edit {
                all.push(with);
            }
        }
        let actors = Self::ids(row.get("chain_id"));
        if !actors.is_empty() {
            let chain = Some(chain(actors, row.get("chain")));
            all.push(StatementFields { chain, ..StatementFields::default() });
        }
        self.statements.insert(id, all);
        Ok(())
    }

    fn piece(&mut self, row: &Row<'_>) -> Result<(), String> {
        let link: LinkId = row.id("link")?;
        let evidence = match row.get("mention") {
            "" => CaseEvidence::Quote(Self::place(row)?),
            _ => CaseEvidence::Mention(row.id("mention")?),
        };
        self.evidence.entry(link).or_default().push(evidence);
        Ok(())
    }

    fn link(&mut self, row: &Row<'_>) -> Result<(), String> {
        let id: LinkId = row.id("id")?;
        let to = match row.id("to_id") {
            Ok(to) => Target::Entity(to),
            Err(why) => Target::Link(row.id("to_id").map_err(|_| why)?),
        };
        let mut with = Vec::new();
        for edit in self.set(LINK, row, id, &["relation", "from", "to"]) {
            if let Edit::SetLink { with: one, .. } = edit {
                with.push(one);
            }
        }
        if !row.get("assessments").is_empty() {
            let line = format!(
                "assessments of the link {id} stand in words only: {}",
                short(row.get("assessments"))
            );
            self.case.missed.say(line);
        }
        let relation = [row.get("relation_id"), row.get("relation")];
        let relation = relation.into_iter().find(|name| !name.is_empty()).unwrap_or("");
        self.case.links.push(CaseLink {
            id,
            from: row.id("from_id")?,
            to,
            relation: relation.to_owned(),
            with,
            evidence: self.evidence.remove(&id).unwrap_or_default(),
        });
        Ok(())
    }

    fn article(&mut self, row: &Row<'_>) -> Result<(), String> {
        let mut article = CaseArticle::new(row.id("id")?, true);
        article.publisher = row.get("publisher_id").parse().ok();
        for (field, name) in [
            (&mut article.title, "title"),
            (&mut article.author, "author"),
            (&mut article.date, "date"),
            (&mut article.url, "url"),
            (&mut article.language, "language"),
            (&mut article.file_name, "file_name"),
        ] {
            row.get(name).clone_into(field);
        }
        let file = self.source.files.iter().find(|file| file.name == row.get("text"));
        article.text =
            file.map(|file| file.text(FORMAT)).transpose().map_err(|why| why.to_string())?;
        self.case.articles.push(article);
        Ok(())
    }

    /// The entity of a plain list: by what the list calls it.
    fn plain(&self, name: &str, is_name: bool) -> (EntityId, bool) {
        if is_name {
            Ids::new("csv", "").entity(&name_key(name))
        } else {
            Ids::new("csv", &self.source.name).entity(name)
        }
    }

    fn node(&mut self, row: &Row<'_>) -> Result<(), String> {
        let name = row.first(&["name", "label", "title", "id"]);
        if name.is_empty() {
            return Err("it has no name".to_owned());
        }
        let key = row.get("id");
        let found = if key.is_empty() { self.plain(name, true) } else { self.plain(key, false) };
        let word = fold(row.first(&["kind", "type", "category"]));
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| fold(kind.word()) == word || fold(kind.plural()) == word);
        let mut entity = CaseEntity::new(found, kind.unwrap_or(Kind::Actor), name);
        let text = |names: &[&str]| Some(row.first(names).to_owned()).filter(|t| !t.is_empty());
        let sort = ActorKind::ALL.into_iter().find(|one| fold(one.label()) == word);
        let aliases = text(&["aliases"])
            .map(|all| all.split(';').map(|one| one.trim().to_owned()).collect::<Vec<_>>());
        entity.with.push(EntityFields {
            note: text(&["note", "notes", "description"]),
            aliases,
            actor_kind: sort.filter(|_| entity.kind == Kind::Actor),
            ..EntityFields::default()
        });
        let date = text(&["date"]).filter(|_| entity.kind == Kind::Event);
        entity.with.push(EntityFields { date, ..EntityFields::default() });
        entity.with.retain(|with| *with != EntityFields::default());
        if self.entities.insert(found.0, entity.clone()).is_none() {
            self.case.entities.push(entity);
        }
        Ok(())
    }

    /// An end of an edge: a node of the list by its id, or an entity by its name.
    fn end(&mut self, name: &str) -> EntityId {
        let by_id = self.plain(name, false);
        if by_id.1 || self.entities.contains_key(&by_id.0) {
            return by_id.0;
        }
        let by_name = self.plain(name, true);
        self.entities
            .entry(by_name.0)
            .or_insert_with(|| CaseEntity::new(by_name, Kind::Actor, name))
            .id
    }

    fn edge(&mut self, row: &Row<'_>) -> Result<(), String> {
        let (from, to) = (row.first(FROM), row.first(TO));
        if from.is_empty() || to.is_empty() {
            return Err("an end of the edge is empty".to_owned());
        }
        let sort = fold(row.get("type"));
        let directed = match &*sort {
            "directed" => Some(true),
            "undirected" => Some(false),
            _ => None,
        };
        // Gephi’s “type” says whether an edge has a direction.
        let names: &[&str] = match directed {
            Some(_) => &["relation", "relationship", "role", "label"],
            None => &["relation", "relationship", "role", "type", "label"],
        };
        let relation = Some(row.first(names)).filter(|name| !name.is_empty());
        let relation = relation.unwrap_or("associated with").to_owned();
        let key = match row.get("id") {
            "" => format!("{from}\n{relation}\n{to}"),
            id => id.to_owned(),
        };
        let text = |names: &[&str]| Some(row.first(names).to_owned()).filter(|t| !t.is_empty());
        let note = text(&["note", "notes", "description"]);
        let mut with = vec![
            LinkFields { directed, note, ..LinkFields::default() },
            LinkFields { date: text(&["date"]), ..LinkFields::default() },
        ];
        with.retain(|with| *with != LinkFields::default());
        let id = Ids::new("csv", &self.source.name).link(&key);
        let (from, to) = (self.end(from), Target::Entity(self.end(to)));
        self.case.links.push(CaseLink { id, from, to, relation, with, evidence: Vec::new() });
        Ok(())
    }
}
