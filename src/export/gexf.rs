//! GEXF 1.3, for Gephi and networkx: <https://gexf.net/>. The namespace is exactly `http://gexf.net/1.3`.

use super::graph::{colour_of, each_edge, each_node};
use super::xml::xml;
use super::{Content, Out, Stopped};

/// The attributes of nodes: name, type.
const OF_NODES: [(&str, &str); 6] = [
    ("kind", "string"),
    ("sort", "string"),
    ("date", "string"),
    ("note", "string"),
    ("mentions", "integer"),
    ("to_check", "boolean"),
];
/// The attributes of edges: name, type.
const OF_EDGES: [(&str, &str); 10] = [
    ("relation", "string"),
    ("family", "string"),
    ("directed", "boolean"),
    ("strength", "string"),
    ("basis", "string"),
    ("evidence", "integer"),
    ("date", "string"),
    ("note", "string"),
    ("to_check", "boolean"),
    ("derived", "boolean"),
];

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    out.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    out.line("<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">")?;
    out.line("  <meta>")?;
    out.line("    <creator>Casebook</creator>")?;
    let title = content.notebook().title();
    if !title.is_empty() {
        out.line(&format!("    <description>{}</description>", xml(title)))?;
    }
    out.line("  </meta>")?;
    out.line("  <graph defaultedgetype=\"directed\" mode=\"static\">")?;
    attributes(out, "node", &OF_NODES)?;
    attributes(out, "edge", &OF_EDGES)?;
    out.line("    <nodes>")?;
    each_node(content, |node| {
        out.line(&format!("      <node id=\"{}\" label=\"{}\">", node.id, xml(&node.label)))?;
        values(
            out,
            &OF_NODES,
            &[
                node.kind,
                node.sort,
                node.date,
                node.note,
                &node.mentions.to_string(),
                &node.to_check.to_string(),
            ],
        )?;
        let [red, green, blue] = colour_of(node.kind);
        out.line(&format!("        <viz:color r=\"{red}\" g=\"{green}\" b=\"{blue}\"/>"))?;
        if let Some((x, y)) = node.at {
            // Here y grows upwards.
            let y = 0.0 - y;
            out.line(&format!("        <viz:position x=\"{x}\" y=\"{y}\" z=\"0\"/>"))?;
        }
        let size = 10.0 + (node.mentions as f64).sqrt();
        out.line(&format!("        <viz:size value=\"{size}\"/>"))?;
        let shape = match node.kind {
            "event" => "diamond",
            "claim" => "square",
            "link" => "triangle",
            _ => "disc",
        };
        out.line(&format!("        <viz:shape value=\"{shape}\"/>"))?;
        out.line("      </node>")?;
        out.step()
    })?;
    out.line("    </nodes>")?;
    out.line("    <edges>")?;
    each_edge(content, |edge| {
        // Readers take no graph of both sorts: what holds both ways says so in an attribute.
        out.line(&format!(
            "      <edge id=\"{}\" source=\"{}\" target=\"{}\" type=\"directed\" label=\"{}\" weight=\"{}\">",
            edge.id,
            edge.from,
            edge.to,
            xml(&edge.relation),
            edge.weight()
        ))?;
        values(
            out,
            &OF_EDGES,
            &[
                &edge.relation,
                edge.family,
                &edge.directed.to_string(),
                edge.strength,
                edge.basis,
                &edge.evidence.to_string(),
                edge.date,
                edge.note,
                &edge.to_check.to_string(),
                &edge.derived.to_string(),
            ],
        )?;
        out.line("      </edge>")?;
        out.step()
    })?;
    out.line("    </edges>")?;
    out.line("  </graph>")?;
    out.line("</gexf>")
}

fn attributes(out: &mut Out<'_>, of: &str, all: &[(&str, &str)]) -> Result<(), Stopped> {
    out.line(&format!("    <attributes class=\"{of}\">"))?;
    for (name, kind) in all {
        out.line(&format!("      <attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>"))?;
    }
    out.line("    </attributes>")
}

fn values(out: &mut Out<'_>, of: &[(&str, &str)], values: &[&str]) -> Result<(), Stopped> {
    out.line("        <attvalues>")?;
    for ((name, _), value) in of.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
        out.line(&format!("          <attvalue for=\"{name}\" value=\"{}\"/>", xml(value)))?;
    }
    out.line("        </attvalues>")
}
