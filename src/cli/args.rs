//! What can be written after `casebook`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::edit::EXAMPLE;

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
    /// Print entities, mentions, statements and links with their evidence
    Show(Show),
    /// Lay out a graph given as a list of links, as “Arrange” does, and print the positions of its nodes
    Layout(Layout),
}

fn example() -> String {
    format!(
        "An edit list is RON. The edits are those of the window; they are applied in order, as one step.\n\nExample:\n\n{EXAMPLE}"
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
    /// The articles, in the order of their tabs
    #[arg(required = true, value_name = "ARTICLE")]
    pub(super) articles: Vec<PathBuf>,
    /// The notebook to write
    #[arg(short, long, value_name = "NOTEBOOK")]
    pub(super) output: PathBuf,
    /// The notebook's title; the file's name when left out
    #[arg(long, default_value = "")]
    pub(super) title: String,
    /// The articles' encoding, such as windows-1252; detected when left out
    #[arg(long, value_name = "LABEL")]
    pub(super) encoding: Option<String>,
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
    /// Write the result here and leave the notebook as it is
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite OUT if it exists
    #[arg(long)]
    pub(super) force: bool,
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
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}
