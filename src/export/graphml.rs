//! GraphML, for yEd, Cytoscape, Gephi, igraph and networkx: <http://graphml.graphdrawing.org/specification.html>.

use super::graph::{colour_of, each_edge, each_node};
use super::xml::xml;
use super::{Content, Out, Stopped};

/// The attributes: key, of what, type.
const KEYS: [(&str, &str, &str); 21] = [
    ("label", "node", "string"),
    ("kind", "node", "string"),
    ("sort", "node", "string"),
    ("date", "node", "string"),
    ("note", "node", "string"),
    ("mentions", "node", "int"),
    ("to_check", "node", "boolean"),
    ("x", "node", "double"),
    ("y", "node", "double"),
    ("color", "node", "string"),
    ("label", "edge", "string"),
    ("family", "edge", "string"),
    ("directed", "edge", "boolean"),
    ("strength", "edge", "string"),
    ("basis", "edge", "string"),
    ("weight", "edge", "double"),
    ("evidence", "edge", "int"),
    ("date", "edge", "string"),
    ("note", "edge", "string"),
    ("to_check", "edge", "boolean"),
    ("derived", "edge", "boolean"),
];

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    out.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    out.line("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">")?;
    for (name, of, kind) in KEYS {
        let id = key(of, name);
        out.line(&format!(
            "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
        ))?;
    }
    // Readers take no graph of both sorts: what holds both ways says so in an attribute.
    out.line("  <graph id=\"notebook\" edgedefault=\"directed\">")?;
    each_node(content, |node| {
        out.line(&format!("    <node id=\"{}\">", node.id))?;
        let [red, green, blue] = colour_of(node.kind);
        let at = |value: fn((f32, f32)) -> f32| {
            node.at.map_or(String::new(), |at| value(at).to_string())
        };
        for (name, value) in [
            ("label", node.label.clone()),
            ("kind", node.kind.to_owned()),
            ("sort", node.sort.to_owned()),
            ("date", node.date.to_owned()),
            ("note", node.note.to_owned()),
            ("mentions", node.mentions.to_string()),
            ("to_check", node.to_check.to_string()),
            ("x", at(|at| at.0)),
            ("y", at(|at| at.1)),
            ("color", format!("#{red:02x}{green:02x}{blue:02x}")),
        ] {
            data(out, "node", name, &value)?;
        }
        out.line("    </node>")?;
        out.step()
    })?;
    each_edge(content, |edge| {
        out.line(&format!(
            "    <edge id=\"{}\" source=\"{}\" target=\"{}\">",
            edge.id, edge.from, edge.to
        ))?;
        for (name, value) in [
            ("label", edge.relation.clone()),
            ("family", edge.family.to_owned()),
            ("directed", edge.directed.to_string()),
            ("strength", edge.strength.to_owned()),
            ("basis", edge.basis.to_owned()),
            ("weight", edge.weight().to_string()),
            ("evidence", edge.evidence.to_string()),
            ("date", edge.date.to_owned()),
            ("note", edge.note.to_owned()),
            ("to_check", edge.to_check.to_string()),
            ("derived", edge.derived.to_string()),
        ] {
            data(out, "edge", name, &value)?;
        }
        out.line("    </edge>")?;
        out.step()
    })?;
    out.line("  </graph>")?;
    out.line("</graphml>")
}

/// What names an attribute in the file: nodes and edges share some names.
fn key(of: &str, name: &str) -> String {
    format!("{of}_{name}")
}

fn data(out: &mut Out<'_>, of: &str, name: &str, value: &str) -> Result<(), Stopped> {
    if value.is_empty() {
        return Ok(());
    }
    out.line(&format!("      <data key=\"{}\">{}</data>", key(of, name), xml(value)))
}
