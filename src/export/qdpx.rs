//! REFI-QDA 1.0 (<https://www.qdasoftware.org/>) for ATLAS.ti, MAXQDA, NVivo and QualCoder: a zip archive of the project
//! and the articles' texts. Entities are codes under their kind, mentions are coded selections, a link is a link and a
//! code under which its evidence stands, the canvas is a graph. Offsets count Unicode code points, the end exclusive.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::graph::colour_of;
use super::guid;
use super::location::{Cited, one_line};
use super::xml::xml;
use super::{Content, Out, Stopped};
use crate::fields;
use crate::notebook::{
    Anchor, Article, ArticleId, Evidence, Kind, Link, LinkId, Mention, Notebook, Target,
};

/// Who made a project, as its attribute says it.
pub(crate) const ORIGIN: &str = "Casebook";
/// A selection's name holds no more characters than this of its words.
pub(crate) const NAME: usize = 4_000;

/// The code under which a link's evidence stands.
pub(crate) fn code_of_link(id: &str) -> String {
    guid::of(&format!("code of {id}"))
}

/// The code above the entities of a kind, by its word; above the links, by `link`.
pub(crate) fn code_of_kind(word: &str) -> String {
    guid::of(&format!("codes of sort {word}"))
}

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let mut archive = Archive(ZipWriter::new(Cursor::new(Vec::new())));
    archive.begin("project.qde")?;
    project(content, &mut archive, out)?;
    for (id, article) in content.articles() {
        archive.begin(&format!("sources/{}.txt", guid::of_record(&id.to_string())))?;
        archive.raw(article.text.as_str())?;
        out.step()?;
    }
    let bytes = archive.0.finish().map_err(failed)?.into_inner();
    out.bytes(&bytes)
}

fn failed(error: zip::result::ZipError) -> Stopped {
    Stopped::Write(std::io::Error::other(error.to_string()))
}

/// The archive while it is written.
struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    /// Begins a file. It has no date of its own: the same notebook gives the same bytes.
    fn begin(&mut self, name: &str) -> Result<(), Stopped> {
        let options = SimpleFileOptions::default().unix_permissions(0o600);
        self.0.start_file(name, options).map_err(failed)
    }

    fn raw(&mut self, text: &str) -> Result<(), Stopped> {
        Ok(self.0.write_all(text.as_bytes())?)
    }

    fn line(&mut self, text: &str) -> Result<(), Stopped> {
        self.raw(text)?;
        self.raw("\n")
    }
}

fn user() -> String {
    guid::of("user")
}

fn project(content: &Content<'_>, to: &mut Archive, out: &mut Out<'_>) -> Result<(), Stopped> {
    let notebook = content.notebook();
    let title = if notebook.title().is_empty() { "Casebook" } else { notebook.title() };
    to.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let user = user();
    let since = stamp(content).map_or_else(String::new, |at| format!(" creationDateTime=\"{at}\""));
    to.line(&format!(
        "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" origin=\"{ORIGIN}\" creatingUserGUID=\"{user}\"{since}>",
        xml(title)
    ))?;
    to.line(&format!("<Users><User guid=\"{user}\" name=\"{ORIGIN}\"/></Users>"))?;
    codes(content, to, out)?;
    sources(content, to, out)?;
    notes(content, to)?;
    links(content, to)?;
    sets(content, to)?;
    graph(content, to)?;
    to.line("</Project>")
}

/// When the newest of the articles was read, where that is a moment.
fn stamp(content: &Content<'_>) -> Option<String> {
    let newest = content.articles().map(|(_, article)| article.origin.read_at.as_str()).max()?;
    let at = newest.parse::<jiff::Timestamp>().ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn colour(kind: &str) -> String {
    let [red, green, blue] = colour_of(kind);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The code book: kinds, under each its entities; links.
fn codes(content: &Content<'_>, to: &mut Archive, out: &mut Out<'_>) -> Result<(), Stopped> {
    if content.entities().next().is_none() && content.links().next().is_none() {
        return Ok(());
    }
    let notebook = content.notebook();
    let parent = |word: &str, name: &str| {
        let (guid, colour) = (code_of_kind(word), colour(word));
        format!("<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"false\" color=\"{colour}\">")
    };
    to.line("<CodeBook><Codes>")?;
    for kind in Kind::ALL {
        let all = content.by_name(kind);
        if all.is_empty() {
            continue;
        }
        to.line(&parent(kind.word(), kind.plural()))?;
        for (id, entity) in all {
            to.raw(&format!(
                "<Code guid=\"{}\" name=\"{}\" isCodable=\"true\" color=\"{}\">",
                guid::of_record(&id.to_string()),
                xml(&entity.name),
                colour(kind.word())
            ))?;
            if !entity.note.is_empty() {
                to.raw(&format!("<Description>{}</Description>", xml(&entity.note)))?;
            }
            to.raw(&note_ref(&fields_note(&id.to_string())))?;
            to.line("</Code>")?;
            out.step()?;
        }
        to.line("</Code>")?;
    }
    if content.links().next().is_some() {
        to.line(&parent("link", "Links"))?;
        for (id, link) in content.links() {
            to.line(&format!(
                "<Code guid=\"{}\" name=\"{}\" isCodable=\"true\" color=\"{}\"/>",
                code_of_link(&id.to_string()),
                xml(&sentence(notebook, link)),
                colour("link")
            ))?;
        }
        to.line("</Code>")?;
    }
    to.line("</Codes></CodeBook>")
}

fn sentence(notebook: &Notebook, link: &Link) -> String {
    let to = match link.to {
        Target::Entity(to) => notebook.name(to).to_owned(),
        Target::Link(to) => format!("the link {to}"),
    };
    let relation = notebook.relation_label(&link.relation);
    format!("{} {relation} {to}", notebook.name(link.from))
}

/// A selection of a text with the codes it has.
struct Selection {
    guid: String,
    start: usize,
    end: usize,
    words: String,
    description: String,
    codes: Vec<String>,
    note: Option<String>,
}

fn sources(content: &Content<'_>, to: &mut Archive, out: &mut Out<'_>) -> Result<(), Stopped> {
    let mut selections = selections(content, out)?;
    let mut first = true;
    for (id, article) in content.articles() {
        if std::mem::take(&mut first) {
            to.line("<Sources>")?;
        }
        let source = guid::of_record(&id.to_string());
        to.raw(&format!(
            "<TextSource guid=\"{source}\" name=\"{}\" plainTextPath=\"internal://{source}.txt\" creatingUser=\"{}\">",
            xml(&article.about.title),
            user()
        ))?;
        let about = described(content.notebook(), article);
        to.line(&format!("<Description>{}</Description>", xml(&about)))?;
        for one in selections.remove(&id).unwrap_or_default() {
            write_selection(&one, to)?;
        }
        to.line("</TextSource>")?;
    }
    if !first {
        to.line("</Sources>")?;
    }
    Ok(())
}

/// What is known about an article, a line for each field.
fn described(notebook: &Notebook, article: &Article) -> String {
    let about = &article.about;
    let publisher = about.publisher.map_or("", |id| notebook.name(id));
    [
        ("Publisher", publisher),
        ("Author", &about.author),
        ("Date", &about.date),
        ("URL", &about.url),
        ("Language", &about.language),
        ("File", &article.origin.file_name),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| format!("{name}: {}", one_line(value)))
    .collect::<Vec<_>>()
    .join("\n")
}

fn write_selection(one: &Selection, to: &mut Archive) -> Result<(), Stopped> {
    let user = user();
    to.raw(&format!(
        "<PlainTextSelection guid=\"{}\" name=\"{}\" startPosition=\"{}\" endPosition=\"{}\" creatingUser=\"{user}\">",
        one.guid,
        xml(&one.words),
        one.start,
        one.end
    ))?;
    if !one.description.is_empty() {
        to.raw(&format!("<Description>{}</Description>", xml(&one.description)))?;
    }
    for code in &one.codes {
        let coding = guid::of(&format!("coding {} {code}", one.guid));
        to.raw(&format!(
            "<Coding guid=\"{coding}\" creatingUser=\"{user}\"><CodeRef targetGUID=\"{code}\"/></Coding>"
        ))?;
    }
    if let Some(note) = &one.note {
        to.raw(&note_ref(note))?;
    }
    to.line("</PlainTextSelection>")
}

fn note_ref(note: &str) -> String {
    format!("<NoteRef targetGUID=\"{note}\"/>")
}

/// The selections of each article, in the order of their places.
fn selections(
    content: &Content<'_>,
    out: &mut Out<'_>,
) -> Result<BTreeMap<ArticleId, Vec<Selection>>, Stopped> {
    let notebook = content.notebook();
    let mut all: BTreeMap<ArticleId, Vec<Selection>> = BTreeMap::new();
    let mut supports: BTreeMap<_, Vec<LinkId>> = BTreeMap::new();
    for (id, link) in content.links() {
        for (number, evidence) in (1..).zip(&link.evidence) {
            match evidence {
                Evidence::Mention(mention) if content.has_mention(*mention) => {
                    supports.entry(*mention).or_default().push(id);
                }
                Evidence::Mention(_) | Evidence::Quote(_) => {
                    let Some(anchor) = notebook.evidence_anchor(evidence) else { continue };
                    let name = guid::of(&format!("evidence {id} {number}"));
                    let code = code_of_link(&id.to_string());
                    let selection = selection(notebook, anchor, name, vec![code]);
                    all.entry(anchor.article).or_default().extend(selection);
                }
            }
        }
        out.step()?;
    }
    for (id, mention) in content.mentions() {
        let mut codes = vec![guid::of_record(&mention.entity.to_string())];
        for link in supports.get(&id).into_iter().flatten() {
            codes.push(code_of_link(&link.to_string()));
        }
        let name = guid::of_record(&id.to_string());
        if let Some(mut one) = selection(notebook, &mention.anchor, name, codes) {
            one.description = said(notebook, mention);
            one.note = (!mention.note.is_empty()).then(|| note_of(&id.to_string()));
            all.entry(mention.anchor.article).or_default().push(one);
        }
        out.step()?;
    }
    for selections in all.values_mut() {
        selections.sort_by(|a, b| (a.start, a.end, &a.guid).cmp(&(b.start, b.end, &b.guid)));
    }
    Ok(all)
}

/// The selection of a place; `None` for an orphan, which stands nowhere.
fn selection(
    notebook: &Notebook,
    anchor: &Anchor,
    guid: String,
    codes: Vec<String>,
) -> Option<Selection> {
    let at = Cited::at(notebook, anchor);
    at.paragraph?;
    Some(Selection {
        guid,
        start: at.start,
        end: at.end,
        words: at.words.chars().take(NAME).collect(),
        description: String::new(),
        codes,
        note: None,
    })
}

/// What is said of a statement, a line for each field.
fn said(notebook: &Notebook, mention: &Mention) -> String {
    if mention.statement.is_none() {
        return String::new();
    }
    let lines = fields::STATEMENT.iter().filter_map(|field| {
        let said = field.text(notebook, mention);
        (!said.is_empty()).then(|| format!("{}: {said}", field.noun))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The note of a record, by its id.
pub(crate) fn note_of(id: &str) -> String {
    guid::of(&format!("note of {id}"))
}

/// The note that holds the fields of an entity, by its id.
pub(crate) fn fields_note(id: &str) -> String {
    guid::of(&format!("fields of {id}"))
}

fn notes(content: &Content<'_>, to: &mut Archive) -> Result<(), Stopped> {
    let notebook = content.notebook();
    let mut first = true;
    let mut note = |to: &mut Archive, guid: &str, name: &str, text: &str| {
        if std::mem::take(&mut first) {
            to.line("<Notes>")?;
        }
        to.line(&format!(
            "<Note guid=\"{guid}\" name=\"{}\"><PlainTextContent>{}</PlainTextContent></Note>",
            xml(&one_line(name)),
            xml(text)
        ))
    };
    for (id, entity) in content.entities() {
        let fields = fields::ENTITY.iter().filter(|field| field.key != "note");
        let fields: Vec<String> = fields
            .map(|field| (field, field.text(notebook, entity)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(field, text)| format!("{}: {text}", field.noun))
            .collect();
        note(to, &fields_note(&id.to_string()), &entity.name, &fields.join("\n"))?;
    }
    for (id, mention) in content.mentions().filter(|(_, mention)| !mention.note.is_empty()) {
        if mention.anchor.range().is_some() {
            let words = notebook.words(&mention.anchor);
            note(to, &note_of(&id.to_string()), words, &mention.note)?;
        }
    }
    for (id, link) in content.links().filter(|(_, link)| !link.note.is_empty()) {
        note(to, &note_of(&id.to_string()), &sentence(notebook, link), &link.note)?;
    }
    for (id, card) in content.cards().filter(|(_, card)| !card.text.trim().is_empty()) {
        let name: String = card.text.chars().take(60).collect();
        note(to, &guid::of_record(&id.to_string()), &name, &card.text)?;
    }
    if !first {
        to.line("</Notes>")?;
    }
    Ok(())
}

fn links(content: &Content<'_>, to: &mut Archive) -> Result<(), Stopped> {
    let notebook = content.notebook();
    let mut first = true;
    for (id, link) in content.links() {
        if std::mem::take(&mut first) {
            to.line("<Links>")?;
        }
        let target = match link.to {
            Target::Entity(to) => to.to_string(),
            Target::Link(to) => to.to_string(),
        };
        to.raw(&format!(
            "<Link guid=\"{}\" name=\"{}\" direction=\"{}\" originGUID=\"{}\" targetGUID=\"{}\">",
            guid::of_record(&id.to_string()),
            xml(notebook.relation_label(&link.relation)),
            direction(link),
            guid::of_record(&link.from.to_string()),
            guid::of_record(&target)
        ))?;
        if !link.note.is_empty() {
            to.raw(&note_ref(&note_of(&id.to_string())))?;
        }
        to.line("</Link>")?;
    }
    if !first {
        to.line("</Links>")?;
    }
    Ok(())
}

const fn direction(link: &Link) -> &'static str {
    if link.directed { "OneWay" } else { "Associative" }
}

fn sets(content: &Content<'_>, to: &mut Archive) -> Result<(), Stopped> {
    let mut first = true;
    for (id, group) in content.groups() {
        if std::mem::take(&mut first) {
            to.line("<Sets>")?;
        }
        let name = if group.title.is_empty() { "Group" } else { &group.title };
        let guid = guid::of_record(&id.to_string());
        to.raw(&format!("<Set guid=\"{guid}\" name=\"{}\">", xml(name)))?;
        for member in group.members.iter().filter(|id| content.has_entity(**id)) {
            let code = guid::of_record(&member.to_string());
            to.raw(&format!("<MemberCode targetGUID=\"{code}\"/>"))?;
        }
        to.line("</Set>")?;
    }
    if !first {
        to.line("</Sets>")?;
    }
    Ok(())
}

/// The canvas: what stands on it, and the links between those.
fn graph(content: &Content<'_>, to: &mut Archive) -> Result<(), Stopped> {
    let notebook = content.notebook();
    let node = |id| notebook.nodes().get(&id).filter(|_| content.has_entity(id));
    let cards: Vec<_> = content.cards().filter(|(_, card)| !card.text.trim().is_empty()).collect();
    if cards.is_empty() && !content.entities().any(|(id, _)| node(id).is_some()) {
        return Ok(());
    }
    let vertex = |id: &str| guid::of(&format!("vertex of {id}"));
    to.line(&format!("<Graphs><Graph guid=\"{}\" name=\"Canvas\">", guid::of("canvas")))?;
    for (id, entity) in content.entities() {
        let Some(place) = node(id) else { continue };
        let shape = match entity.kind() {
            Kind::Actor => "RoundedRectangle",
            Kind::Event => "Oval",
            Kind::Claim => "Rectangle",
        };
        to.line(&format!(
            "<Vertex guid=\"{}\" representedGUID=\"{}\" name=\"{}\" firstX=\"{}\" firstY=\"{}\" shape=\"{shape}\" color=\"{}\"/>",
            vertex(&id.to_string()),
            guid::of_record(&id.to_string()),
            xml(&entity.name),
            place.x.round() as i64,
            place.y.round() as i64,
            colour(entity.kind().word())
        ))?;
    }
    for (id, card) in cards {
        let whole = |value: f32| value.round() as i64;
        let (half_width, half_height) = (card.width / 2.0, card.height / 2.0);
        to.line(&format!(
            "<Vertex guid=\"{}\" representedGUID=\"{}\" firstX=\"{}\" firstY=\"{}\" secondX=\"{}\" secondY=\"{}\" shape=\"Note\"/>",
            vertex(&id.to_string()),
            guid::of_record(&id.to_string()),
            whole(card.x - half_width),
            whole(card.y - half_height),
            whole(card.x + half_width),
            whole(card.y + half_height)
        ))?;
    }
    for (id, link) in content.links() {
        let Target::Entity(end) = link.to else { continue };
        if node(link.from).is_none() || node(end).is_none() {
            continue;
        }
        to.line(&format!(
            "<Edge guid=\"{}\" representedGUID=\"{}\" name=\"{}\" sourceVertex=\"{}\" targetVertex=\"{}\" direction=\"{}\"/>",
            guid::of(&format!("edge of {id}")),
            guid::of_record(&id.to_string()),
            xml(notebook.relation_label(&link.relation)),
            vertex(&link.from.to_string()),
            vertex(&end.to_string()),
            direction(link)
        ))?;
    }
    to.line("</Graph></Graphs>")
}
