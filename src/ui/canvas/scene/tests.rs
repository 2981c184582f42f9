//! Laws of the scene.

use super::spots::link_label_size;
use super::*;
use crate::edit::{Edit, Ref, apply};
use crate::graph::Point;
use crate::notebook::{Kind, Notebook, RelationId};

fn notebook(edits: Vec<Edit>) -> Notebook {
    let mut notebook = Notebook::new("test");
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    notebook
}

fn entity(name: &str, x: f32, y: f32) -> Edit {
    Edit::AddEntity {
        kind: Kind::Actor,
        name: name.to_owned(),
        handle: name.to_owned(),
        with: Box::default(),
        at: Some((x, y)),
    }
}

fn link(from: &str, to: &str) -> Edit {
    Edit::Link {
        from: Ref::handle(from),
        relation: RelationId::from("owns"),
        to: Ref::handle(to),
        evidence: Vec::new(),
        with: crate::edit::LinkFields::default(),
        handle: String::new(),
    }
}

fn number(scene: &Scene, name: &str) -> u32 {
    scene.nodes.iter().position(|n| n.entity.name == name).unwrap() as u32
}

#[test]
fn parallel_links_lie_apart_and_each_can_be_hit() {
    let book = notebook(vec![
        entity("A", 0.0, 0.0),
        entity("B", 400.0, 0.0),
        link("A", "B"),
        link("A", "B"),
        link("B", "A"),
    ]);
    let scene = Scene::of(&book, 0, true);
    assert_eq!(scene.links.len(), 3);
    for (i, link) in scene.links.iter().enumerate() {
        assert_eq!(scene.link_at(link.curve.at(0.5), 4.0), Some(i as u32));
    }
    assert_eq!(scene.links_of(number(&scene, "A")).len(), 3);
    assert_eq!(scene.nodes[0].degree, 3);
}

#[test]
fn what_moves_is_found_where_it_is_and_nowhere_else() {
    let book = notebook(vec![entity("A", 0.0, 0.0), entity("B", 400.0, 0.0), link("A", "B")]);
    let mut scene = Scene::of(&book, 0, true);
    let b = number(&scene, "B");
    scene.loosen(&[b]);
    scene.nodes[b as usize].centre = Point::new(0.0, 900.0);
    scene.follow();
    assert_eq!(scene.node_at(Point::new(0.0, 900.0), 0.0), Some(b));
    assert_eq!(scene.node_at(Point::new(400.0, 0.0), 0.0), None);
    assert_eq!(scene.link_at(Point::new(0.0, 450.0), 3.0), Some(0));
    assert_eq!(scene.link_at(Point::new(200.0, 0.0), 3.0), None);
    let mut found = Vec::new();
    scene.nodes_in(Rect::around(Point::new(400.0, 0.0), Point::new(50.0, 50.0)), &mut found);
    assert!(found.is_empty());
    scene.settle();
    assert_eq!(scene.node_at(Point::new(0.0, 900.0), 0.0), Some(b));
    assert_eq!(scene.link_at(Point::new(0.0, 450.0), 3.0), Some(0));
}

#[test]
fn a_self_link_is_a_loop_outside_its_node() {
    let book = notebook(vec![entity("A", 0.0, 0.0), link("A", "A")]);
    let scene = Scene::of(&book, 0, true);
    let top = scene.links[0].curve.at(0.5);
    assert!(!scene.nodes[0].contains(top, 2.0));
    assert_eq!(scene.nodes[0].degree, 1);
    assert_eq!(scene.links_of(0), [0]);
}

#[test]
fn labels_keep_off_nodes_and_each_other() {
    let mut edits: Vec<Edit> = (0..12)
        .map(|i| entity(&format!("N{i}"), (i % 4) as f32 * 260.0, (i / 4) as f32 * 150.0))
        .collect();
    for i in 0..11 {
        edits.push(link(&format!("N{i}"), &format!("N{}", i + 1)));
        edits.push(link(&format!("N{}", i + 1), &format!("N{i}")));
    }
    let scene = Scene::of(&notebook(edits), 0, true);
    let rects: Vec<Rect> = scene
        .links
        .iter()
        .filter_map(|l| Some(Rect::around(l.curve.at(l.label_at?), link_label_size(&l.label))))
        .collect();
    assert!(rects.len() > 10);
    for (i, rect) in rects.iter().enumerate() {
        assert!(!rects[i + 1..].iter().any(|other| other.overlaps(*rect)));
        assert!(!scene.nodes.iter().any(|node| node.rect().overlaps(*rect)));
    }
}
