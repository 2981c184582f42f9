//! What can be written after `casebook`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::article::{Lines, ReadOptions};
use crate::edit::EXAMPLE;
use crate::notebook::KeepSources;
use crate::timeline::LaneBy;

/// A desktop notebook for investigations: tag what an article says, link it, and see who says so.
///
/// Without a command, opens the window.
#[derive(Debug, Parser)]
#[command(name = "casebook", version, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// An article or a notebook to open in the window
    pub(super) file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Validate a notebook and count what is in it; exit code 1 when there are problems
    Check(Check),
    /// Create a notebook from articles, with nothing tagged
    New(New),
    /// Apply a list of edits, all or nothing
    #[command(after_help = example())]
    Edit(Edit),
    /// Give an article a new version of its text; mentions and quotes are found again or kept as orphans
    Update(Update),
    /// Say in words how two notebooks differ; also as git’s external diff or textconv
    #[command(after_help = GIT_DIFF)]
    Diff(Diff),
    /// Merge what two people made of one notebook; exit code 1 while they disagree anywhere
    #[command(after_help = MERGE_HELP)]
    Merge(Merge),
    /// Say what changed between two versions of an article: what it took back, and what stood in it
    Changes(Changes),
    /// Say how far two people agree who tagged the same articles apart: on spans, kinds and entities
    Agreement(Agreement),
    /// Print entities, mentions, statements and links with their evidence
    Show(Show),
    /// Find words in the articles of a notebook
    Find(Find),
    /// Write a notebook, or a part of it, in a format of other programs
    Export(Export),
    /// Draw the canvas of a notebook, or what a named view shows, as SVG, PNG or PDF
    Picture(Picture),
    /// Add what another program wrote to a notebook, and list what did not fit
    Import(Import),
    /// List what could be tagged in an article: names, dates, quoted words, attributions
    Suggest(Suggest),
    /// Print the text that is read out of an article’s file
    Text(Text),
    /// Say for each claim who says so, how well it is confirmed, and what all of it hangs on
    Sources(Sources),
    /// Print events and statements in the order of time: when, what, who, the sentence, how sure
    Chronology(Chronology),
    /// Say what is open before publication, rule by rule; exit code 1 while anything serious is
    Review(Review),
    /// Lay out a graph given as a list of links, as “Arrange” does, and print the positions of its nodes
    Layout(Layout),
}

/// How git is told to use it.
const GIT_DIFF: &str = "In git: “*.ron diff=casebook” in .gitattributes, and one of\n\n  \
git config diff.casebook.command \"casebook diff --\"\n  \
git config diff.casebook.textconv \"casebook diff --textconv --\"";

fn example() -> String {
    format!(
        "An edit list is RON. The edits are those of the window; they are applied in order, as one step.\n\n\
         Exit code: 0 when it is done, 1 when nothing was changed, 3 when the notebook was saved but the result could \
         not be printed: do not run it again then.\n\nExample:\n\n{EXAMPLE}"
    )
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The articles, in the order of their tabs: files, folders with what is in them, zip archives
    #[arg(required = true, value_name = "ARTICLE")]
    pub(super) articles: Vec<PathBuf>,
    /// The notebook to write; “-” writes it to standard output
    #[arg(short, long, value_name = "NOTEBOOK")]
    pub(super) output: PathBuf,
    /// The notebook's title; the file's name when left out
    #[arg(long, default_value = "")]
    pub(super) title: String,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Which of the articles’ files are kept beside the notebook, in the folder “….sources”, from now on
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = KeptFiles::Documents)]
    pub(super) keep_sources: KeptFiles,
    /// Overwrite an existing file
    #[arg(long)]
    pub(super) force: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Edit {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// The list of edits; “-” reads standard input
    #[arg(value_name = "EDITS.ron")]
    pub(super) edits: PathBuf,
    /// Write the result here and leave the notebook as it is; “-” writes it to standard output
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite OUT if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Your name, written beside what the list judges, waives and sets aside
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Update {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// The article’s file as it reads now
    #[arg(value_name = "NEWFILE")]
    pub(super) article_file: PathBuf,
    /// Which article it is a new version of: its id, title or file name. Left out: the one of the same file name, or the
    /// only one
    #[arg(long, value_name = "NAME")]
    pub(super) article: Option<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Write the result here and leave the notebook as it is; “-” writes it to standard output
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite OUT if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Print one JSON object; offsets are in Unicode characters from 0
    #[arg(long)]
    pub(super) json: bool,
}

/// What `casebook merge --help` says at its end.
const MERGE_HELP: &str = "\
Three files: BASE, OURS and THEIRS. What only one of them changed is taken. Where they disagree, ours stands, the other \
value is kept in the notebook until it is settled in the review, and the exit code is 1. An empty BASE is one without \
anything.\n\n\
Two files: OURS and THEIRS, which two people made of the same articles, each on their own. Articles of the same text are \
one; entities that look the same are one as --pair says; mentions of the same words and links between the same ends are \
joined, and the rest of THEIRS is added.\n\n\
One file: one in which git left both versions, with its conflict marks.\n\n\
As git’s merge driver:\n\n  \
git config merge.casebook.driver \"casebook merge %O %A %B -o %A\"\n  \
echo \"*.ron merge=casebook\" >> .gitattributes\n\n\
Exit code: 0 when all of it is merged, 1 when there are conflicts (the result is written all the same), 129 when nothing \
was written, which git takes for a failure of the driver.";

#[derive(Debug, Args)]
pub(super) struct Merge {
    /// BASE OURS THEIRS, or OURS THEIRS, or one file in which git left both versions
    #[arg(required = true, num_args = 1..=3, value_name = "NOTEBOOK")]
    pub(super) notebooks: Vec<PathBuf>,
    /// Of OURS THEIRS: which entities of both are one
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = Pair::Sure)]
    pub(super) pair: Pair,
    /// Where the merged notebook is written; OURS itself is replaced without asking; “-” writes it to standard output
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: PathBuf,
    /// Overwrite OUT if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// Which entities of two notebooks are taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Pair {
    /// Those of the same name and kind, where no other could be meant
    Sure,
    /// Those that look the same too, where no other looks nearly as like
    All,
    /// None but those that came from one notebook
    None,
}

#[derive(Debug, Args)]
pub(super) struct Agreement {
    /// The notebook of one of them
    #[arg(value_name = "A")]
    pub(super) ours: PathBuf,
    /// The notebook of the other
    #[arg(value_name = "B")]
    pub(super) theirs: PathBuf,
    /// Which entities of both are one
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = Pair::Sure)]
    pub(super) pair: Pair,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The older notebook
    pub(super) old: PathBuf,
    /// The newer notebook
    pub(super) new: Option<PathBuf>,
    /// What git gives to an external diff besides
    #[arg(num_args = 5..=7)]
    pub(super) git: Vec<OsString>,
    /// Print the notebook OLD in lines of words, for programs that compare line by line
    #[arg(long, conflicts_with_all = ["json", "exit_code"])]
    pub(super) textconv: bool,
    /// Exit code 1 where they differ
    #[arg(long)]
    pub(super) exit_code: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Changes {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// Which article: its id, title or file name. Left out: the only one that has several versions
    #[arg(long, value_name = "NAME")]
    pub(super) article: Option<String>,
    /// The version it is compared from, counted from 1. Left out: the one before the other
    #[arg(long, value_name = "N")]
    pub(super) from: Option<u32>,
    /// The version it is compared with. Left out: the latest
    #[arg(long, value_name = "N")]
    pub(super) to: Option<u32>,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// Only this entity: its name, an alias, or its id
    #[arg(long, value_name = "NAME")]
    pub(super) entity: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Find {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// What to find
    #[arg(allow_hyphen_values = true)]
    pub(super) words: String,
    /// WORDS is a regular expression
    #[arg(long)]
    pub(super) regex: bool,
    /// Find whole words only
    #[arg(long)]
    pub(super) whole_word: bool,
    /// Tell “A” from “a”
    #[arg(long)]
    pub(super) match_case: bool,
    /// Tell “é” from “e”
    #[arg(long)]
    pub(super) match_accents: bool,
    /// Print one JSON object; offsets are in Unicode characters from 0
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub(super) to: String,
    /// The file or folder to write; “-” writes a single file to standard output
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: PathBuf,
    /// Only what this named view shows
    #[arg(long, value_name = "NAME")]
    pub(super) view: Option<String>,
    /// Replace the names of this entity (its name or id) everywhere, or of all sources that are not named (“anonymous”).
    /// May be given several times
    #[arg(long, value_name = "WHO")]
    pub(super) redact: Vec<String>,
    /// Replace OUT if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Picture {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// The file to write: its ending, .svg, .png or .pdf, says the format
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Only what this named view shows
    #[arg(long, value_name = "NAME", conflicts_with = "timeline")]
    pub(super) view: Option<String>,
    /// The timeline instead of the canvas
    #[arg(long)]
    pub(super) timeline: bool,
    /// What the lanes of the timeline are made by: none, actor, kind, place or article
    #[arg(long, value_name = "BY", default_value = "kind", value_parser = lanes, requires = "timeline")]
    pub(super) lanes: LaneBy,
    /// Only events on the timeline, no statements of claims
    #[arg(long, requires = "timeline")]
    pub(super) without_statements: bool,
    /// In the dark theme
    #[arg(long)]
    pub(super) dark: bool,
    /// How many times as large as at 100 %, from 0.05 to 20
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = scale)]
    pub(super) scale: f32,
    /// A title above the drawing
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) title: String,
    /// A day, or any other line of words, below the title
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) date: String,
    /// What the shapes, colours, signs and lines mean, below the drawing
    #[arg(long)]
    pub(super) legend: bool,
    /// Replace FILE if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// What lanes can be made by.
fn lanes(text: &str) -> Result<LaneBy, String> {
    let known = |by: &LaneBy| by.label().eq_ignore_ascii_case(text.trim());
    LaneBy::ALL
        .into_iter()
        .find(known)
        .ok_or_else(|| "none, actor, kind, place or article is needed".to_owned())
}

/// A scale that pictures can have.
fn scale(text: &str) -> Result<f32, String> {
    let (least, most) = crate::picture::SCALES;
    match text.parse::<f32>() {
        Ok(scale) if (least..=most).contains(&scale) => Ok(scale),
        _ => Err(format!("a number from {least} to {most} is needed")),
    }
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// The file or folder to import
    pub(super) file: PathBuf,
    /// Its format; found out when left out
    #[arg(long, value_name = "FORMAT", value_parser = import_formats())]
    pub(super) format: Option<String>,
    /// Write the notebook here instead; “-” writes it to standard output
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite OUT if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Your name, written beside what is judged by what is imported
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// The formats that can be imported: another one is answered with this list.
fn import_formats() -> PossibleValuesParser {
    let format = |format: &crate::import::Format| PossibleValue::new(format.id).help(format.name);
    PossibleValuesParser::new(crate::import::FORMATS.iter().map(format))
}

/// The formats there are: another one is answered with this list.
fn formats() -> PossibleValuesParser {
    let format = |format: &crate::export::Format| PossibleValue::new(format.id).help(format.name);
    PossibleValuesParser::new(crate::export::FORMATS.iter().map(format))
}

#[derive(Debug, Args)]
pub(super) struct Suggest {
    /// The article
    pub(super) article: PathBuf,
    /// The article’s language, “fr” or “en”; detected when left out
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) language: Option<String>,
    /// The day it was published, as 2031-03-12: “Friday” and “in May” are dated by it
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Print one JSON object; offsets are in Unicode characters from 0
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Text {
    /// The article
    pub(super) article: PathBuf,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Print one JSON object: the text, its structure (lines from 0), and what the document says about itself
    #[arg(long)]
    pub(super) json: bool,
}

/// How an article’s file is read.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// The article’s encoding, such as windows-1252, macintosh or cp850; detected when left out
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// Of a web page: everything that stands on it, not only its article
    #[arg(long)]
    pub(super) everything: bool,
    /// Whether lines that were cut at one length, as in plain text and mails, are joined into paragraphs: auto (where they
    /// look so), yes, no (the default)
    #[arg(long, value_name = "WHEN")]
    pub(super) unwrap: Option<Unwrap>,
}

impl Reading {
    /// What is asked of the reader.
    pub(super) fn options(&self) -> ReadOptions {
        ReadOptions {
            encoding: self.encoding.clone(),
            everything: self.everything,
            lines: self.unwrap.map_or(Lines::Kept, Into::into),
        }
    }
}

/// Which files are kept beside a notebook.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum KeptFiles {
    /// Those whose text was taken out of a document.
    Documents,
    /// Plain text, too.
    All,
    /// None.
    None,
}

impl From<KeptFiles> for KeepSources {
    fn from(files: KeptFiles) -> Self {
        match files {
            KeptFiles::Documents => Self::Documents,
            KeptFiles::All => Self::All,
            KeptFiles::None => Self::None,
        }
    }
}

/// Whether hard-wrapped lines are joined.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Unwrap {
    /// Where the text looks hard-wrapped.
    Auto,
    /// In any case.
    Yes,
    /// Never.
    No,
}

impl From<Unwrap> for Lines {
    fn from(unwrap: Unwrap) -> Self {
        match unwrap {
            Unwrap::Auto => Self::JoinedIfWrapped,
            Unwrap::Yes => Self::Joined,
            Unwrap::No => Self::Kept,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Sources {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// Only this claim: its name or id
    #[arg(long, value_name = "NAME")]
    pub(super) claim: Option<String>,
    /// What if this actor or article were set aside? May be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) without: Vec<String>,
    /// The actors of --without count until then: only what articles published from this day on (EDTF, as 2031-03-12)
    /// have of them is set aside
    #[arg(long, value_name = "DATE", requires = "without")]
    pub(super) since: Option<String>,
    /// Also list what to read or find next, by how many claims would gain
    #[arg(long)]
    pub(super) next: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Chronology {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Review {
    /// The notebook
    pub(super) notebook: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Layout {
    /// The graph: the number of nodes on the first line, then “a b” a line, counted from 0; “-” reads standard input
    #[arg(value_name = "EDGES.txt")]
    pub(super) edges: PathBuf,
    /// The same seed gives the same layout
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// Do not move overlapping nodes apart
    #[arg(long)]
    pub(super) overlaps: bool,
    /// Write the positions here; “-” is standard output, where they go without this
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite OUT if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}
