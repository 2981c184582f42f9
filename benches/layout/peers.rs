//! What `benches/layout/compare` needs besides the programs it compares: the graphs, and one measure for all.
//!
//! `layout_peers generate NODES LINKS SEED` writes a generated graph in the form `casebook layout` reads;
//! `layout_peers measure EDGES PLACES [LIKE]` reads lines of `id x y` and prints stress, crossings and overlaps. For
//! overlaps each node is 120 × 32 canvas units, and the places are scaled so that a link is as long on the average as in
//! LIKE: programs that know no canvas units choose any scale.

use std::io::Write as _;

use casebook::graph::{Point, Random, crossings, generate, overlaps, stress};

/// Sources of the sampled stress.
const SOURCES: usize = 200;
/// Crossings are counted up to so many links; of more, those of a sample of links.
const COUNTED: usize = 20_000;
const SAMPLE: usize = 1_000;
/// What `casebook layout` takes a node's size to be.
const SIZE: Point = Point::new(120.0, 32.0);

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["generate", nodes, links, seed] => {
            let graph = generate::scale_free(nodes.parse()?, links.parse()?, seed.parse()?);
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            writeln!(out, "{}", graph.sizes.len())?;
            for (a, b) in &graph.links {
                writeln!(out, "{a} {b}")?;
            }
            out.flush()?;
            Ok(())
        }
        ["measure", edges, places, like @ ..] => {
            let (count, links) = read_edges(edges)?;
            let mut centres = read_places(places, count)?;
            let stress = stress(&centres, &links, SOURCES, 5);
            let crossing = if links.len() <= COUNTED {
                crossings(&centres, &links) as f64
            } else {
                sampled_crossings(&centres, &links)
            };
            if let Some(like) = like.first() {
                let by =
                    mean_link(&read_places(like, count)?, &links) / mean_link(&centres, &links);
                for centre in &mut centres {
                    *centre = *centre * by;
                }
            }
            println!("{stress:.4} {crossing:.0} {}", overlaps(&centres, &vec![SIZE; count]));
            Ok(())
        }
        _ => {
            Err("usage: layout_peers generate NODES LINKS SEED | measure EDGES PLACES [LIKE]"
                .into())
        }
    }
}

fn read_edges(file: &str) -> Fallible<(usize, Vec<(u32, u32)>)> {
    let text = std::fs::read_to_string(file)?;
    let mut lines = text.lines();
    let count = lines.next().ok_or("an empty file")?.trim().parse()?;
    let mut links = Vec::new();
    for line in lines {
        let mut words = line.split_whitespace();
        if let (Some(a), Some(b)) = (words.next(), words.next()) {
            links.push((a.parse()?, b.parse()?));
        }
    }
    Ok((count, links))
}

/// Places by id; a node that is missing has none that is finite, which makes the stress so too.
fn read_places(file: &str, count: usize) -> Fallible<Vec<Point>> {
    let mut places = vec![Point::new(f32::NAN, f32::NAN); count];
    for line in std::fs::read_to_string(file)?.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [id, x, y] = words.as_slice()
            && let Some(place) = places.get_mut(id.parse::<usize>()?)
        {
            *place = Point::new(x.parse()?, y.parse()?);
        }
    }
    Ok(places)
}

fn mean_link(centres: &[Point], links: &[(u32, u32)]) -> f32 {
    let length =
        |&(a, b): &(u32, u32)| f64::from(centres[a as usize].distance(centres[b as usize]));
    (links.iter().map(length).sum::<f64>() / links.len().max(1) as f64).max(1e-9) as f32
}

/// Crossings of some links with all others, scaled up to all: within a few per cent.
fn sampled_crossings(centres: &[Point], links: &[(u32, u32)]) -> f64 {
    let mut order: Vec<usize> = (0..links.len()).collect();
    Random::new(7).shuffle(&mut order);
    order.truncate(SAMPLE);
    let mut hits = 0_usize;
    for &index in &order {
        let (a, b) = links[index];
        let (p, q) = (centres[a as usize], centres[b as usize]);
        for &(c, d) in links {
            let apart = a != c && a != d && b != c && b != d;
            hits += usize::from(apart && cross(p, q, centres[c as usize], centres[d as usize]));
        }
    }
    hits as f64 * links.len() as f64 / order.len() as f64 / 2.0
}

fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| (q - p).cross(r - p);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
