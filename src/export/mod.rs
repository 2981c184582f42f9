//! Results out: a table of formats. File › Export…, `casebook export` and the documentation come from it.
//!
//! A format is a file here and a row in [`FORMATS`]: a writer, which is given what to export ([`Content`]) and something to
//! write to ([`Out`]), reads no file, opens no address, and makes the same bytes for the same notebook. [`write_to`]
//! carries it out and puts the result where it belongs, whole or not at all.

mod annotations;
mod bibtex;
mod brat;
mod canvas;
mod casebook;
mod chronology;
mod content;
mod csl_json;
mod csv;
mod dates;
mod docx;
mod file_names;
mod fragment;
mod ftm;
mod gexf;
mod graph;
mod graphml;
mod guid;
mod html;
mod ics;
mod leftover;
mod location;
mod markdown;
mod obsidian;
mod out;
mod qdpx;
mod quotation;
mod report;
mod tables;
mod target;
mod xlsx;
mod xml;
mod yaml;

/// The words of our brat files, for reading them again.
pub(crate) mod brat_terms {
    pub(crate) use super::brat::{
        EVIDENCE_COMMENT, ID_COMMENT, KNOWLEDGE_BASE, actor_type, role_name,
    };
}

/// What our tables do to their cells, for reading them again.
pub(crate) mod csv_terms {
    pub(crate) use super::csv::would_execute;
}

/// The names of our REFI-QDA projects, for reading them again.
pub(crate) mod qdpx_terms {
    pub(crate) use super::guid::record_of;
    pub(crate) use super::qdpx::{NAME, ORIGIN, code_of_kind, code_of_link, fields_note};
}

pub use content::{Content, Hide, Scope};
pub(crate) use location::web_address;
pub use out::{Out, Single, Sink, Stopped};
pub use quotation::Quoted;
pub use target::{ExportError, Written, write_to, write_to_stream};

/// Writes what is exported.
pub type Writer = fn(&Content<'_>, &mut Out<'_>) -> Result<(), Stopped>;

/// What an export makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packaging {
    /// One file, whose name ends in this, without the dot.
    File(&'static str),
    /// A folder of files.
    Folder,
}

/// A format that a notebook can be exported to.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `casebook export --to` calls it: `csv`.
    pub id: &'static str,
    /// As the user reads it: “Tables (CSV)”.
    pub name: &'static str,
    /// What it makes.
    pub packaging: Packaging,
    /// Which programs read it.
    pub read_by: &'static str,
    /// What it keeps, in a sentence.
    pub keeps: &'static str,
    /// What it loses, in a sentence.
    pub loses: &'static str,
    write: Writer,
}

/// The formats, in the order in which they are offered.
pub static FORMATS: &[Format] = &[
    Format {
        id: "html",
        name: "Report (HTML)",
        packaging: Packaging::File("html"),
        read_by: "every browser, without Casebook",
        keeps: "Keeps what is held and how well it is confirmed: articles with their mentions and notes, claims with their chains of speakers, links with their quotes, the chronology, events in time, actors, matrices of competing claims, the review with its waivers, and the canvas as a picture. One file that loads nothing; every statement and every link leads to its sentence.",
        loses: "Loses earlier versions of articles, named views and dismissed suggestions.",
        write: html::write,
    },
    Format {
        id: "docx",
        name: "Report (Word)",
        packaging: Packaging::File("docx"),
        read_by: "Word, LibreOffice, Google Docs",
        keeps: "Keeps what is held and how well it is confirmed: a table of claims, claims with their chains of speakers, links, the chronology, events in time, actors, matrices of competing claims, the review with its waivers; a footnote for every assertion (article, publisher, date, paragraph, quoted words, address with a fragment that leads to them), and a bibliography.",
        loses: "Loses the articles’ texts, the canvas, groups, note cards and named views.",
        write: docx::write,
    },
    Format {
        id: "csv",
        name: "Tables (CSV)",
        packaging: Packaging::Folder,
        read_by: "spreadsheets, R, pandas",
        keeps: "Keeps every field of entities, mentions, statements, links, evidence and articles, the chronology, matrices of competing claims, and the articles’ texts.",
        loses: "Loses the canvas, groups, note cards, named views, waivers and what is set aside.",
        write: csv::write,
    },
    Format {
        id: "xlsx",
        name: "Workbook (Excel)",
        packaging: Packaging::File("xlsx"),
        read_by: "Excel, LibreOffice, Google Sheets",
        keeps: "Keeps every field of entities, mentions, statements, links, evidence and articles, the chronology, and matrices of competing claims, a sheet for each.",
        loses: "Loses what follows the first 32,767 characters of a cell (a sheet says where), the canvas, groups, note cards, named views, waivers and what is set aside.",
        write: xlsx::write,
    },
    Format {
        id: "graphml",
        name: "Graph (GraphML)",
        packaging: Packaging::File("graphml"),
        read_by: "yEd, Cytoscape, Gephi, igraph, networkx",
        keeps: "Keeps entities and links with their main fields, places, colours and weights; what follows from fields (owner, members, participants, subjects) is marked as derived, and every edge is directed (an attribute tells what holds both ways).",
        loses: "Loses articles, quotes, statements, groups and note cards.",
        write: graphml::write,
    },
    Format {
        id: "gexf",
        name: "Graph (GEXF)",
        packaging: Packaging::File("gexf"),
        read_by: "Gephi, networkx",
        keeps: "Keeps entities and links with their main fields, places, colours, shapes and weights; what follows from fields is marked as derived, and every edge is directed (an attribute tells what holds both ways).",
        loses: "Loses articles, quotes, statements, groups and note cards.",
        write: gexf::write,
    },
    Format {
        id: "canvas",
        name: "JSON Canvas",
        packaging: Packaging::File("canvas"),
        read_by: "Obsidian and other readers of JSON Canvas",
        keeps: "Keeps the canvas: entities, links, groups and note cards with their places and colours; coordinates become whole numbers.",
        loses: "Loses articles, mentions, evidence, notes and all other fields.",
        write: canvas::write,
    },
    Format {
        id: "markdown",
        name: "Markdown",
        packaging: Packaging::File("md"),
        read_by: "Obsidian, git, editors, pandoc",
        keeps: "Keeps what is held and how well it is confirmed, entities, statements, links and matrices of competing claims in words, with a footnote for every assertion: article, date, paragraph, quoted words.",
        loses: "Loses the articles’ texts, ids but those of links, and the canvas; line breaks in notes become spaces.",
        write: markdown::write,
    },
    Format {
        id: "obsidian",
        name: "Notes (Obsidian)",
        packaging: Packaging::Folder,
        read_by: "Obsidian; open the folder as a vault",
        keeps: "Keeps a note for each entity with its fields as properties, its links and quotes, a note for each article with its text, the canvas with its groups and note cards, and a table of everything; each quote leads to its paragraph.",
        loses: "Loses ids of mentions, matrices of competing claims, named views, waivers and what is set aside.",
        write: obsidian::write,
    },
    Format {
        id: "annotations",
        name: "Web annotations (JSON-LD)",
        packaging: Packaging::File("jsonld"),
        read_by: "programs for W3C Web Annotation",
        keeps: "Keeps mentions, statements and evidence with position and quote selectors, and the entities’ names and notes.",
        loses: "Loses links without evidence, entities without mentions, most fields of entities, and the canvas.",
        write: annotations::write,
    },
    Format {
        id: "qdpx",
        name: "REFI-QDA project",
        packaging: Packaging::File("qdpx"),
        read_by: "ATLAS.ti, MAXQDA, NVivo, QualCoder",
        keeps: "Keeps the articles’ texts, entities as codes under their kind, mentions and evidence as coded selections, links, notes, note cards, groups as sets, and the canvas as a graph; other fields stand in notes, in words; coordinates become whole numbers.",
        loses: "Loses aliases, marks, statements, judgements and the articles’ descriptions as fields (they stand in words), orphans, named views, waivers and matrices.",
        write: qdpx::write,
    },
    Format {
        id: "brat",
        name: "Annotated texts (brat)",
        packaging: Packaging::Folder,
        read_by: "brat, INCEpTION",
        keeps: "Keeps the articles’ texts, mentions with their entities, notes, marks and statements’ certainty, participants of events, links between what one article mentions, and the words of their evidence.",
        loses: "Loses entities and links that no article mentions, chains of speakers, other fields of entities, orphans, and the canvas.",
        write: brat::write,
    },
    Format {
        id: "ftm",
        name: "FollowTheMoney",
        packaging: Packaging::File("ftm.json"),
        read_by: "Aleph, OpenAleph, yente",
        keeps: "Keeps actors, events, claims (as notes), articles with their texts, mentions, and links with their quotes; dates as far as the format takes them.",
        loses: "Loses chains of speakers, grades, judgements, links to links, and the canvas.",
        write: ftm::write,
    },
    Format {
        id: "bibtex",
        name: "Bibliography (BibTeX)",
        packaging: Packaging::File("bib"),
        read_by: "LaTeX, Zotero, JabRef",
        keeps: "Keeps the articles’ titles, authors, publishers, dates, URLs and languages.",
        loses: "Loses everything else.",
        write: bibtex::write,
    },
    Format {
        id: "csl-json",
        name: "Bibliography (CSL-JSON)",
        packaging: Packaging::File("json"),
        read_by: "Zotero, pandoc",
        keeps: "Keeps the articles’ titles, authors, publishers, dates, URLs and languages.",
        loses: "Loses everything else.",
        write: csl_json::write,
    },
    Format {
        id: "ics",
        name: "Calendar (iCalendar)",
        packaging: Packaging::File("ics"),
        read_by: "calendars",
        keeps: "Keeps the events that have a date, as days from the first to the last they can mean, with participants and notes.",
        loses: "Loses events without a date or outside of the years 1 to 9999, and everything else.",
        write: ics::write,
    },
    Format {
        id: "casebook",
        name: "Notebook (Casebook)",
        packaging: Packaging::File("ron"),
        read_by: "Casebook",
        keeps: "Keeps everything that is exported, as a notebook of its own: for a colleague, and for a copy without the names of sources.",
        loses: "Loses where you were reading, and the articles’ files that are kept beside the notebook; of a part, everything else but the names of those who own, publish or say something in it.",
        write: casebook::write,
    },
];

/// The format of this id.
#[must_use]
pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

impl Format {
    /// The name of a file or folder of this format, for what has this name without an ending.
    #[must_use]
    pub fn file_name(&self, stem: &str) -> String {
        match self.packaging {
            Packaging::File(extension) => format!("{stem}.{extension}"),
            Packaging::Folder => format!("{stem}-{}", self.id),
        }
    }

    /// Writes what is asked for into `sink`. The same content gives the same bytes.
    ///
    /// # Errors
    /// It was cancelled, or the sink takes no more.
    pub fn write(
        &self,
        content: &Content<'_>,
        sink: &mut dyn Sink,
        cancelled: &dyn Fn() -> bool,
        progress: &dyn Fn(f32),
    ) -> Result<(), Stopped> {
        if cancelled() {
            return Err(Stopped::Cancelled);
        }
        let mut out = Out::new(sink, content.size(), cancelled, progress);
        (self.write)(content, &mut out)
    }
}

/// The formats as the table of `docs/exports.md`.
#[must_use]
pub fn formats_as_markdown() -> String {
    use std::fmt::Write as _;
    let mut text =
        "| `--to` | format | makes | read by | keeps | loses |\n|---|---|---|---|---|---|\n"
            .to_owned();
    for format in FORMATS {
        let makes = match format.packaging {
            Packaging::File(extension) => format!("`.{extension}`"),
            Packaging::Folder => "a folder".to_owned(),
        };
        let Format { id, name, read_by, .. } = format;
        let keeps = format.keeps.trim_start_matches("Keeps ");
        let loses = format.loses.trim_start_matches("Loses ");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| `{id}` | {name} | {makes} | {read_by} | {keeps} | {loses} |");
    }
    text
}
