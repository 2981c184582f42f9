//! `casebook layout`: the layout behind “Arrange” on a graph from a file, so that anyone can compare it with other
//! programs on the same graph.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde::Serialize;

use super::args::Layout;
use super::{input, is_stream, may_write, output};
use crate::graph::{Node, Options, Point, arrange};

/// More nodes than this are not laid out: their places alone would take gigabytes.
const MOST: usize = 5_000_000;
/// A graph's file longer than this (bytes) is not read: some forty million links.
const LIMIT: u64 = 512 << 20;
/// How large each node is taken to be, in canvas units: a label of a dozen letters.
const SIZE: Point = Point::new(120.0, 32.0);

#[derive(Serialize)]
struct Arranged {
    nodes: usize,
    links: usize,
    seed: u64,
    places: Vec<NodePosition>,
}

#[derive(Serialize)]
struct NodePosition {
    id: usize,
    x: f32,
    y: f32,
}

pub(super) fn run(args: &Layout) -> anyhow::Result<ExitCode> {
    if let Some(out) = args.output.as_deref().filter(|out| !is_stream(out)) {
        may_write(out, args.force)?;
    }
    let name = args.edges.display();
    let text = input(&args.edges, LIMIT, "a graph; lay out a part of it")?;
    let (count, links) = parse(&text).with_context(|| format!("“{name}” is not a graph"))?;
    let nodes = vec![Node { at: None, pinned: false, size: SIZE }; count];
    let options = Options { seed: args.seed, apart: !args.overlaps, ..Options::default() };
    let places = arrange(&nodes, &links, &options, &|| false, &mut |_, _| {});
    let said = if args.json {
        let places = places.iter().enumerate();
        serde_json::to_string_pretty(&Arranged {
            nodes: count,
            links: links.len(),
            seed: args.seed,
            places: places.map(|(id, at)| NodePosition { id, x: at.x, y: at.y }).collect(),
        })?
    } else {
        let mut lines = String::with_capacity(count * 28);
        for (id, at) in places.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{id} {} {}", at.x, at.y);
        }
        lines
    };
    match args.output.as_deref().filter(|out| !is_stream(out)) {
        None => output::text(&said)?,
        Some(out) => {
            let said = format!("{}\n", said.trim_end());
            std::fs::write(out, said)
                .with_context(|| format!("“{}” could not be written", out.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The number of nodes, and the links by the numbers of their ends. Empty lines and lines that begin with `#` count
/// for nothing.
fn parse(text: &str) -> anyhow::Result<(usize, Vec<(u32, u32)>)> {
    // Editors on Windows put a byte order mark before everything.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text
        .lines()
        .zip(1_usize..)
        .map(|(line, number)| (line.trim(), number))
        .filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    let Some((first, number)) = lines.next() else {
        bail!("it is empty: its first line must hold the number of nodes");
    };
    let Ok(count) = first.parse::<usize>() else {
        bail!("line {number}: “{first}” is not a number of nodes");
    };
    if count > MOST {
        bail!("line {number}: {count} nodes are too many; at most {MOST} are laid out");
    }
    let mut links = Vec::new();
    for (line, number) in lines {
        let mut words = line.split_whitespace();
        let (Some(a), Some(b), None) = (words.next(), words.next(), words.next()) else {
            bail!("line {number}: “{line}” is not two numbers of nodes");
        };
        let node = |word: &str| match word.parse::<u32>() {
            Ok(node) if (node as usize) < count => Ok(node),
            Ok(node) => bail!(
                "line {number}: there is no node {node}; the first line says {count}, counted from 0"
            ),
            Err(_) => bail!("line {number}: “{word}” is not the number of a node"),
        };
        links.push((node(a)?, node(b)?));
    }
    Ok((count, links))
}
