//! REFI-QDA 1.0 (<https://www.qdasoftware.org/>): projects of ATLAS.ti, MAXQDA, NVivo, QualCoder and ours. Programs differ
//! in what they call the project's file and how they name the sources' paths; both are taken as they come.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::ImportError;
use super::case::{
    Case, CaseArticle, CaseCard, CaseEntity, CaseEvidence, CaseGroup, CaseLink, CaseMention,
    CasePlace, short,
};
use super::ids::Ids;
use super::source::{MOST, MOST_FILES, Source, decoded};
use super::tree::{self, Element};
use crate::edit::{EntityFields, LinkFields};
use crate::export::qdpx_terms::{NAME, ORIGIN, code_of_kind, code_of_link, fields_note, record_of};
use crate::foreign::archive::{Archive, ArchiveError, Limits};
use crate::notebook::{ArticleId, EntityId, Kind, LinkId, MentionId, Target};
use crate::text::{Text, fold};

const FORMAT: &str = "REFI-QDA project";
/// How much is read of the archive that a project is.
const ARCHIVE: Limits = Limits { entries: MOST_FILES, entry: MOST, unpacked: MOST };

/// Whether it is an archive with a project in it.
pub(super) fn looks_like(source: &Source) -> bool {
    source.files.first().is_some_and(|file| file.bytes.starts_with(b"PK"))
}

pub(super) fn read(source: &Source, cancelled: &dyn Fn() -> bool) -> Result<Case, ImportError> {
    let not_this =
        |why: String| ImportError::NotThis { file: source.name.clone(), format: FORMAT, why };
    let bytes = source.files.first().map_or(&[][..], |file| &file.bytes);
    let members = members(bytes, source, cancelled)?;
    let mut projects = members.iter().filter(|(name, _)| name.to_lowercase().ends_with(".qde"));
    let project = match (projects.next(), projects.next()) {
        (Some((_, bytes)), None) => bytes,
        (None, _) => return Err(not_this("there is no project file (“.qde”) in it".to_owned())),
        _ => members
            .get("project.qde")
            .ok_or_else(|| not_this("there are several project files (“.qde”) in it".to_owned()))?,
    };
    let text = decoded(project)
        .ok_or_else(|| not_this("its project file is not text in UTF-8".to_owned()))?;
    let root = tree::parse(&text, cancelled)
        .map_err(|why| not_this(format!("its project file cannot be read: {why}")))?;
    if cancelled() {
        return Err(ImportError::Cancelled);
    }
    if root.name != "Project" {
        return Err(not_this(format!("its project file begins with “{}”", short(&root.name))));
    }
    let mut reader = Reader {
        ids: Ids::new("qdpx", ""),
        ours: root.get("origin") == ORIGIN,
        members: &members,
        notes: HashMap::new(),
        entities: HashMap::new(),
        link_codes: HashMap::new(),
        evidence: HashMap::new(),
        case: Case::default(),
    };
    reader.project(&root);
    Ok(reader.case)
}

/// The files of an archive, within limits of their number and of what they unpack to.
fn members(
    bytes: &[u8],
    source: &Source,
    cancelled: &dyn Fn() -> bool,
) -> Result<BTreeMap<String, Vec<u8>>, ImportError> {
    let told = |why: ArchiveError| {
        let (file, what) = (source.name.clone(), why.to_string());
        match why {
            ArchiveError::TooMany(most) => {
                ImportError::TooLarge { file, what: format!("holds more than {most} files") }
            }
            ArchiveError::TooLarge(most) => {
                let what = format!("unpacks to more than {} MiB", most >> 20);
                ImportError::TooLarge { file, what }
            }
            ArchiveError::Encrypted | ArchiveError::Damaged(_) => {
                let why = format!("it is no zip archive that can be unpacked ({what})");
                ImportError::NotThis { file, format: FORMAT, why }
            }
        }
    };
    let mut archive = Archive::open(bytes, ARCHIVE).map_err(told)?;
    // Recordings and pictures are not read: what they hold is no text.
    let wanted = |name: &str| {
        let name = name.to_lowercase();
        [".qde", ".txt", ".md"].iter().any(|end| name.ends_with(end))
    };
    let names = archive.names().filter(|name| wanted(name)).map(str::to_owned);
    let names: BTreeSet<String> = names.collect();
    let mut members = BTreeMap::new();
    for name in names {
        if cancelled() {
            return Err(ImportError::Cancelled);
        }
        if let Some(unpacked) = archive.read(&name).map_err(told)? {
            members.insert(name, unpacked);
        }
    }
    Ok(members)
}

/// A GUID as it is compared: without braces, in lower case.
fn key(guid: &str) -> String {
    guid.trim_matches(['{', '}', ' ']).to_ascii_lowercase()
}

struct Reader<'a> {
    ids: Ids,
    /// Casebook wrote it: selections are named by their words.
    ours: bool,
    members: &'a BTreeMap<String, Vec<u8>>,
    /// Notes: their text, and whether something refers to them.
    notes: HashMap<String, (String, bool)>,
    entities: HashMap<String, EntityId>,
    link_codes: HashMap<String, LinkId>,
    evidence: HashMap<LinkId, Vec<CaseEvidence>>,
    case: Case,
}

impl Reader<'_> {
    /// What a record with this GUID is called: by the id that a notebook gave, or by the GUID.
    fn name(guid: &str) -> String {
        record_of(guid).unwrap_or_else(|| key(guid))
    }

    fn project(&mut self, root: &Element) {
        for note in root.first("Notes").into_iter().flat_map(|notes| notes.all("Note")) {
            let text = self.text_of(note).unwrap_or_default();
            self.notes.insert(key(note.get("guid")), (text, false));
        }
        for link in root.first("Links").into_iter().flat_map(|links| links.all("Link")) {
            let name = Self::name(link.get("guid"));
            self.link_codes.insert(code_of_link(&name), self.ids.link(&name));
        }
        let codes = root.first("CodeBook").and_then(|book| book.first("Codes"));
        for code in codes.into_iter().flat_map(|codes| codes.all("Code")) {
            self.code(code, None, "");
        }
        let sources = root.first("Sources").map_or(&[][..], |sources| &sources.children);
        for source in sources {
            self.source(source);
        }
        for link in root.first("Links").into_iter().flat_map(|links| links.all("Link")) {
            self.link(link);
        }
        self.cards();
        for set in root.first("Sets").into_iter().flat_map(|sets| sets.all("Set")) {
            self.set(set);
        }
        for graph in root.first("Graphs").into_iter().flat_map(|graphs| graphs.all("Graph")) {
            self.graph(graph);
        }
        let outer = ["Cases", "Variables"];
        for part in outer.iter().filter_map(|name| root.first(name)) {
            for one in &part.children {
                let name = short(one.get("name"));
                self.case
                    .missed
                    .say(format!("the {} “{name}”: such are not read", one.name.to_lowercase()));
            }
        }
        let mut alone: Vec<String> = self
            .notes
            .iter()
            .filter(|(_, (text, used))| !used && !text.trim().is_empty())
            .map(|(_, (text, _))| format!("the note “{}”: it belongs to nothing", short(text)))
            .collect();
        alone.sort();
        alone.into_iter().for_each(|line| self.case.missed.say(line));
    }

    /// The text of a source or note, where the project or its archive holds it.
    fn text_of(&self, source: &Element) -> Option<String> {
        if let Some(content) = source.first("PlainTextContent") {
            return Some(content.text.clone());
        }
        let path = source.get("plainTextPath").replace('\\', "/");
        if path.is_empty() {
            return None;
        }
        let bare = path.split_once("://").map_or(&*path, |(_, path)| path).trim_start_matches('/');
        let whole = [bare.to_owned(), format!("sources/{bare}"), format!("Sources/{bare}")];
        let bytes = whole.iter().find_map(|name| self.members.get(name)).or_else(|| {
            // Absolute paths and other folders: by the name alone, where only one has it.
            let last = bare.rsplit('/').next().unwrap_or(bare);
            let same =
                |name: &str| name.rsplit('/').next().is_some_and(|n| n.eq_ignore_ascii_case(last));
            let mut found = self.members.iter().filter(|(name, _)| same(name));
            match (found.next(), found.next()) {
                (Some((_, bytes)), None) => Some(bytes),
                _ => None,
            }
        })?;
        decoded(bytes)
    }

    /// The texts of the notes that something refers to, but for those that hold an entity's fields.
    fn notes_of(&mut self, of: &Element, id: &str) -> Vec<String> {
        let fields = fields_note(id);
        let mut texts = Vec::new();
        for reference in of.all("NoteRef") {
            let guid = key(reference.get("targetGUID"));
            let Some((text, used)) = self.notes.get_mut(&guid) else { continue };
            *used = true;
            if guid != fields && !text.is_empty() {
                texts.push(text.clone());
            }
        }
        texts
    }

    /// A code and those under it: an entity, unless it stands for a kind, for the links, or only holds others.
    fn code(&mut self, code: &Element, kind: Option<Kind>, under: &str) {
        let guid = key(code.get("guid"));
        let name = code.get("name");
        if guid == code_of_kind("link") {
            return;
        }
        let of_kind = Kind::ALL.into_iter().find(|kind| {
            guid == code_of_kind(kind.word())
                || (under.is_empty() && fold(kind.plural()) == fold(name))
        });
        if let Some(kind) = of_kind.filter(|_| code.first("Code").is_some()) {
            code.all("Code").for_each(|child| self.code(child, Some(kind), ""));
            return;
        }
        let only_holds = code.get("isCodable") == "false" && code.first("Code").is_some();
        if !only_holds && !self.link_codes.contains_key(&guid) {
            let id = Self::name(&guid);
            let found = self.ids.entity(&id);
            let mut notes: Vec<String> = Vec::new();
            if !under.is_empty() {
                notes.push(format!("Under: {under}"));
            }
            notes.extend(code.first("Description").map(|it| it.text.clone()));
            notes.extend(self.notes_of(code, &id));
            notes.retain(|note| !note.is_empty());
            let mut entity = CaseEntity::new(found, kind.unwrap_or(Kind::Actor), name);
            if !notes.is_empty() {
                let note = Some(notes.join("\n\n"));
                entity.with.push(EntityFields { note, ..EntityFields::default() });
            }
            self.entities.insert(guid, found.0);
            self.case.entities.push(entity);
        }
        let path = if under.is_empty() { name.to_owned() } else { format!("{under} / {name}") };
        code.all("Code").for_each(|child| self.code(child, kind, &path));
    }

    fn source(&mut self, source: &Element) {
        let name = short(source.get("name"));
        let text = match source.name.as_str() {
            "TextSource" => source,
            "PDFSource" => {
                for _ in source.all("PDFSelection") {
                    self.case.missed.say(format!(
                        "a selection on a page of the PDF “{name}”: only those in its text are read"
                    ));
                }
                match source.first("Representation") {
                    Some(text) => text,
                    None => {
                        self.case
                            .missed
                            .say(format!("the PDF “{name}”: its text is not in the project"));
                        return;
                    }
                }
            }
            other => {
                self.case.missed.say(format!("“{name}”: it is no text ({other})"));
                return;
            }
        };
        let id = Self::name(text.get("guid"));
        let (id, known) = self.ids.article(&id);
        let mut article = CaseArticle::new(id, known);
        source.get("name").clone_into(&mut article.title);
        if self.ours {
            let about = source.first("Description").map_or("", |about| &about.text);
            for (label, value) in about.lines().filter_map(|line| line.split_once(": ")) {
                let field = match label {
                    "Author" => &mut article.author,
                    "Date" => &mut article.date,
                    "URL" => &mut article.url,
                    "Language" => &mut article.language,
                    "File" => &mut article.file_name,
                    _ => continue,
                };
                value.clone_into(field);
            }
        }
        article.text = self.text_of(text);
        let words = article.text.as_deref().map(Text::canonical);
        if words.is_none() {
            let why = if text.get("richTextPath").is_empty() {
                "its text is not in the project"
            } else {
                "it is formatted text, which is not read; save it as plain text there"
            };
            self.case.missed.say(format!("“{name}”: {why}"));
        }
        for selection in text.all("PlainTextSelection") {
            self.selection(selection, id, words.as_ref());
        }
        for _ in source.all("Coding") {
            self.case
                .missed
                .say(format!("“{name}”: it has a code as a whole, and mentions are of words"));
        }
        self.case.articles.push(article);
    }

    fn selection(&mut self, selection: &Element, article: ArticleId, text: Option<&Text>) {
        let position = |name: &str| selection.get(name).trim().parse::<usize>().ok();
        let name = selection.get("name");
        let offsets = position("startPosition").zip(position("endPosition"));
        // Other programs name a selection as they like: it is quoted where its name stands in the text.
        let quotes = self.ours || text.is_some_and(|text| text.as_str().contains(name));
        // XML holds no control characters: where some stood there is a sign for what is lost.
        let whole = name.chars().count() < NAME && !name.contains('\u{fffd}');
        let exact = if quotes && whole { name } else { "" };
        let place = CasePlace { offsets, ..CasePlace::words(article, exact) };
        let guid = Self::name(selection.get("guid"));
        let note = self.notes_of(selection, "").join("\n\n");
        let mut first: Option<MentionId> = None;
        let mut links = Vec::new();
        for coding in selection.all("Coding") {
            let code =
                coding.first("CodeRef").map_or_else(String::new, |it| key(it.get("targetGUID")));
            if let Some(entity) = self.entities.get(&code) {
                let id = match first {
                    None => self.ids.mention(&guid),
                    Some(_) => self.ids.mention(&format!("{guid} {}", key(coding.get("guid")))),
                };
                let mut mention = CaseMention::new(id, *entity, place.clone());
                let mut notes = vec![note.clone()];
                notes.extend(self.notes_of(coding, ""));
                notes.retain(|note| !note.is_empty());
                mention.note = notes.join("\n\n");
                first = first.or(Some(id));
                self.case.mentions.push(mention);
            } else if let Some(link) = self.link_codes.get(&code) {
                links.push(*link);
            } else {
                self.case
                    .missed
                    .say(format!("“{}”: its code is not in the code book", short(name)));
            }
        }
        if first.is_none() && links.is_empty() && selection.all("Coding").next().is_none() {
            self.case.missed.say(format!("the selection “{}”: it has no code", short(name)));
        }
        for link in links {
            let evidence =
                first.map_or_else(|| CaseEvidence::Quote(place.clone()), CaseEvidence::Mention);
            self.evidence.entry(link).or_default().push(evidence);
        }
    }

    fn link(&mut self, link: &Element) {
        let name = Self::name(link.get("guid"));
        let (from, to) = (key(link.get("originGUID")), key(link.get("targetGUID")));
        let id = self.ids.link(&name);
        let target = match self.entities.get(&to) {
            Some(entity) => Some(Target::Entity(*entity)),
            None => {
                let to = Self::name(&to);
                let is_link = self.link_codes.contains_key(&code_of_link(&to));
                is_link.then(|| Target::Link(self.ids.link(&to)))
            }
        };
        let (Some(from), Some(to)) = (self.entities.get(&from).copied(), target) else {
            let label = short(link.get("name"));
            self.case.missed.say(format!("the link “{label}”: it does not join two codes"));
            return;
        };
        let mut with = LinkFields {
            directed: match link.get("direction") {
                "OneWay" => Some(true),
                "Associative" | "Bidirectional" => Some(false),
                _ => None,
            },
            ..LinkFields::default()
        };
        let notes = self.notes_of(link, "");
        if !notes.is_empty() {
            with.note = Some(notes.join("\n\n"));
        }
        let evidence = self.evidence.remove(&id).unwrap_or_default();
        let relation = link.get("name").to_owned();
        self.case.links.push(CaseLink { id, from, to, relation, with: vec![with], evidence });
    }

    /// Note cards of ours are notes that belong to nothing.
    fn cards(&mut self) {
        let cards = self.notes.iter_mut().filter_map(|(guid, (text, used))| {
            let id = record_of(guid)?.parse().ok()?;
            *used = true;
            Some(CaseCard { id, text: text.clone(), frame: None })
        });
        self.case.cards = cards.collect();
        self.case.cards.sort_by_key(|card| card.id);
    }

    /// A set of codes that is a group of ours. Sets of other programs overlap, and groups do not.
    fn set(&mut self, set: &Element) {
        let name = set.get("name");
        let Some(id) = record_of(set.get("guid")).and_then(|id| id.parse().ok()) else {
            self.case.missed.say(format!("the set “{}”: sets are no groups", short(name)));
            return;
        };
        let members = set.all("MemberCode").map(|member| key(member.get("targetGUID")));
        let members = members.filter_map(|code| self.entities.get(&code).copied()).collect();
        self.case.groups.push(CaseGroup { id, title: name.to_owned(), members });
    }

    /// Where codes stand on a graph: their places on the canvas.
    fn graph(&mut self, graph: &Element) {
        let mut places: HashMap<EntityId, (f32, f32)> = HashMap::new();
        for vertex in graph.all("Vertex") {
            let represented = vertex.get("representedGUID");
            if let Some(card) = record_of(represented).and_then(|id| id.parse().ok()) {
                let side = |first: &str, second: &str| {
                    let at = |name: &str| vertex.get(name).trim().parse::<f32>().ok();
                    let (first, second) = (at(first)?, at(second)?);
                    Some((first.midpoint(second), (second - first).abs()))
                };
                let frame = side("firstX", "secondX").zip(side("firstY", "secondY"));
                for one in self.case.cards.iter_mut().filter(|one| one.id == card) {
                    one.frame = frame.map(|((x, width), (y, height))| ((x, y), (width, height)));
                }
                continue;
            }
            let Some(entity) = self.entities.get(&key(represented)) else {
                let name = short(vertex.get("name"));
                self.case.missed.say(format!("“{name}” on a graph: it is no code"));
                continue;
            };
            let number = |name: &str| vertex.get(name).trim().parse::<f32>().ok();
            let middle = |first: Option<f32>, second: Option<f32>| {
                first.map(|first| second.map_or(first, |second| first.midpoint(second)))
            };
            let x = middle(number("firstX"), number("secondX"));
            if let Some(at) = x.zip(middle(number("firstY"), number("secondY"))) {
                places.insert(*entity, at);
            }
        }
        for entity in &mut self.case.entities {
            entity.at = entity.at.or_else(|| places.get(&entity.id).copied());
        }
    }
}
