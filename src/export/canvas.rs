//! JSON Canvas 1.0 (<https://jsoncanvas.org/spec/1.0/>), for Obsidian and others: whole coordinates, and no key that the
//! specification does not name.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::graph::{Edge, Node, each_edge, each_node};
use super::{Content, Out, Stopped};
use crate::notebook::Hue;

/// Around a group's members, in canvas units; above them there is as much again for its title.
const MARGIN: f32 = 30.0;
/// Between what stands nowhere on the canvas and is put below it, in canvas units.
const STEP: (f32, f32) = (260.0, 120.0);
/// So many of those stand in a row.
const A_ROW: usize = 8;

/// A rectangle of whole canvas units: left, top, width, height.
#[derive(Clone, Copy)]
struct Frame(i64, i64, i64, i64);

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    write_with(content, out, &|_| None)
}

/// The canvas; an entity for whose id there is a file is shown by that file, named by its path in the vault.
pub(super) fn write_with(
    content: &Content<'_>,
    out: &mut Out<'_>,
    file: &dyn Fn(&str) -> Option<String>,
) -> Result<(), Stopped> {
    let places = places(content)?;
    out.text("{\"nodes\":[")?;
    let mut first = true;
    // What comes first lies below the rest.
    for (id, group) in content.groups() {
        let members = group.members.iter().filter_map(|id| places.get(&id.to_string()));
        let Some(Frame(x, y, width, height)) = around(members.copied()) else { continue };
        let mut node = json!({
            "id": id.to_string(), "type": "group", "x": x, "y": y, "width": width, "height": height,
        });
        if !group.title.is_empty() {
            node["label"] = json!(group.title);
        }
        colour(&mut node, group.hue);
        out.element(&mut first, &node)?;
    }
    each_node(content, |node| {
        let Some(Frame(x, y, width, height)) = places.get(&node.id).copied() else { return Ok(()) };
        let colour = match node.kind {
            "actor" => "5",
            "event" => "3",
            "claim" => "6",
            _ => "#808080",
        };
        let mut value = json!({
            "id": node.id, "color": colour, "x": x, "y": y, "width": width, "height": height,
        });
        match file(&node.id) {
            Some(file) => {
                value["type"] = json!("file");
                value["file"] = json!(file);
            }
            None => {
                value["type"] = json!("text");
                value["text"] = json!(text_of(&node));
            }
        }
        let node = value;
        out.element(&mut first, &node)?;
        out.step()
    })?;
    for (id, card) in content.cards() {
        let mut node = json!({
            "id": id.to_string(), "type": "text", "text": card.text,
            "x": whole(card.x - card.width / 2.0), "y": whole(card.y - card.height / 2.0),
            "width": whole(card.width).max(1), "height": whole(card.height).max(1),
        });
        colour(&mut node, card.hue);
        out.element(&mut first, &node)?;
    }
    out.text("\n],\"edges\":[")?;
    first = true;
    each_edge(content, |edge| {
        // A node that is in the file stands for the entity; every edge leads to such nodes.
        let value = edge_of(&edge);
        out.element(&mut first, &value)?;
        out.step()
    })?;
    out.line("\n]}")
}

fn edge_of(edge: &Edge<'_>) -> Value {
    let mut value = json!({
        "id": edge.id, "fromNode": edge.from, "toNode": edge.to,
        "toEnd": if edge.directed { "arrow" } else { "none" },
        "label": if edge.derived { format!("({})", edge.relation) } else { edge.relation.clone() },
    });
    if edge.derived {
        value["color"] = json!("#a0a0a0");
    }
    value
}

/// What is written in a node: Markdown, as readers of the format show it; nothing of a name is markup.
fn text_of(node: &Node<'_>) -> String {
    let name = super::markdown::escaped(&node.label);
    match (node.date, node.sort) {
        ("", "") => name,
        ("", sort) => format!("{name}\n\n{sort}"),
        (date, _) => format!("{name}\n\n{}", super::markdown::escaped(date)),
    }
}

/// Where every node goes: its place on the canvas, or below everything for those that have none.
fn places(content: &Content<'_>) -> Result<BTreeMap<String, Frame>, Stopped> {
    let mut places = BTreeMap::new();
    let mut homeless = Vec::new();
    let mut lowest = 0.0_f32;
    each_node(content, |node| {
        let outline = match node.kind {
            "claim" | "link" => crate::graph::Outline::Rectangle,
            _ => crate::graph::Outline::Pill,
        };
        let size = crate::graph::node_size(outline, &node.label);
        // Room for the second line, which the canvas does not have.
        let (width, height) = (size.x + 20.0, size.y + 40.0);
        match node.at {
            Some((x, y)) => {
                lowest = lowest.max(y + height);
                places.insert(node.id, frame((x, y), (width, height)));
            }
            None => homeless.push((node.id, (width, height))),
        }
        Ok(())
    })?;
    for (i, (id, size)) in homeless.into_iter().enumerate() {
        let at = (STEP.0 * (i % A_ROW) as f32, lowest + STEP.1 * (1 + i / A_ROW) as f32);
        places.insert(id, frame(at, size));
    }
    Ok(places)
}

fn frame((x, y): (f32, f32), (width, height): (f32, f32)) -> Frame {
    Frame(whole(x - width / 2.0), whole(y - height / 2.0), whole(width), whole(height))
}

/// The frame around others.
fn around(all: impl Iterator<Item = Frame>) -> Option<Frame> {
    let (mut left, mut top, mut right, mut bottom) = (i64::MAX, i64::MAX, i64::MIN, i64::MIN);
    for Frame(x, y, width, height) in all {
        (left, top) = (left.min(x), top.min(y));
        (right, bottom) = (right.max(x + width), bottom.max(y + height));
    }
    let margin = whole(MARGIN);
    (left <= right).then(|| {
        Frame(left - margin, top - 2 * margin, right - left + 2 * margin, bottom - top + 3 * margin)
    })
}

fn whole(value: f32) -> i64 {
    value.round() as i64
}

/// The preset colours of the format.
fn colour(node: &mut Value, hue: Hue) {
    let preset = match hue {
        Hue::Grey => return,
        Hue::Red => "1",
        Hue::Orange => "2",
        Hue::Green => "4",
        Hue::Blue => "5",
        Hue::Purple => "6",
    };
    node["color"] = json!(preset);
}
