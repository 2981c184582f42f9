//! The timeline as a picture: what the window shows, in the lanes that are asked for, with what it explains.

use std::collections::BTreeMap;

use casebook::app::{Command, Intent, PrefsFile, Program, TimelineSettings};
use casebook::drawing::{Colour, Inks, Palette};
use casebook::graph::{Point, Rect};
use casebook::notebook::Notebook;
use casebook::picture::{Closed, Faces, Format, Look, Picture, Shape, What, Words};
use casebook::timeline::{LaneBy, Scene, View};
use casebook::ui::fonts;
use casebook::ui::theme::Style;
use casebook::ui::timeline::TimelinePane;
use egui::{Color32, Pos2, RawInput};

use crate::session::program;
use program::go;

const SCRIPT: &str = r#"[
    AddEntity(kind: Actor, name: "Ysé Alban", handle: "$yse"),
    AddEntity(kind: Actor, name: "Port Authority", handle: "$port"),
    AddEntity(kind: Event, name: "A vote of which much was said and written in the town before it was held", handle: "$vote", with: (date: "2040-03-05", participants: [("$port", Agent)])),
    AddEntity(kind: Event, name: "Meeting", handle: "$meeting", with: (date: "2040-03-20~", participants: [("$yse", Agent)])),
    AddEntity(kind: Event, name: "Bridge built", handle: "$bridge", with: (date: "2039-10?", participants: [("$yse", Involved)])),
    AddEntity(kind: Event, name: "Talks", handle: "$talks", with: (date: "2039-12-02~/2040-01-20~", participants: [("$yse", Involved)])),
    AddEntity(kind: Event, name: "Lease", handle: "$lease", with: (date: "2040-02-10/..", participants: [("$port", Agent)])),
    AddEntity(kind: Event, name: "Works", handle: "$works", with: (date: "2039-11-03/2039-11-29")),
    AddEntity(kind: Event, name: "Fire", handle: "$fire", with: (date: "2040-01-03/")),
    Link(from: "$meeting", relation: "before", to: "$vote"),
    Link(from: "$works", relation: "before", to: "$lease"),
]"#;

fn made() -> Program {
    let mut made = Program::new(PrefsFile::none());
    go(&mut made, Intent::Run(Command::NewNotebook));
    assert!(made.edit(&program::batch("Set up", SCRIPT)).is_some(), "{:?}", made.notices());
    made
}

fn notebook(of: &Program) -> &Notebook {
    of.open_notebook().unwrap().notebook()
}

fn drawn(notebook: &Notebook, lanes: LaneBy, look: &Look) -> Picture {
    let what = What::Timeline { lanes, statements: true };
    Picture::of(notebook, &what, look, Faces::bundled(), &|| false).unwrap()
}

fn said(shapes: &[Shape]) -> Vec<String> {
    let words = shapes.iter().filter_map(|shape| match shape {
        Shape::Words(words) => Some(read(words)),
        _ => None,
    });
    words.collect()
}

fn read(words: &Words) -> String {
    words.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// What stands on the timeline, by name: the shapes of each.
fn by_name(picture: &Picture) -> BTreeMap<String, Vec<Shape>> {
    let mut found: BTreeMap<String, Vec<Shape>> = BTreeMap::new();
    let mut open: Option<String> = None;
    for shape in &picture.drawing().shapes {
        match (shape, &open) {
            (Shape::Open(subject), _) => open = Some(subject.name.clone()),
            (Shape::Close, _) => open = None,
            (shape, Some(name)) => found.entry(name.clone()).or_default().push(shape.clone()),
            _ => {}
        }
    }
    found
}

/// A place of a shape at which the window has a corner of its colour, how near, and the colour.
fn sample(shape: &Shape) -> Option<(Point, casebook::drawing::Paint)> {
    Some(match shape {
        Shape::Area { outline, fill, line } => {
            let at = match outline {
                Closed::Round(Rect { min, .. }, _) => *min,
                Closed::Corners(corners) => corners[0],
                Closed::Disc(centre, radius) => *centre - Point::new(*radius, 0.0),
            };
            (at, line.map(|line| line.paint).or(*fill)?)
        }
        Shape::Path(points, line) => (points[0], line.paint),
        Shape::Fade(Rect { min, max }, fill, to) => {
            let full = if *to == casebook::drawing::Side::Left { max.x } else { min.x };
            (Point::new(full, min.y), *fill)
        }
        _ => return None,
    })
}

/// What the pane paints in this view: its scene, its words with the middle of their left end, and the corners of its meshes.
struct Painted {
    scene: Scene,
    words: Vec<(String, Point, Color32)>,
    corners: Vec<(Point, Color32)>,
}

fn painted(program: &mut Program, style: &Style, lanes: LaneBy, view: View) -> Painted {
    let timeline = TimelineSettings { lanes, statements: true };
    let prefs = casebook::app::Prefs { timeline, ..program.prefs().clone() };
    go(program, Intent::Settings(casebook::app::SettingsIntent::SetPrefs(prefs)));
    let ctx = egui::Context::default();
    ctx.set_fonts(fonts::built_in());
    let mut pane = TimelinePane::default();
    pane.look_at(view);
    let mut shapes = Vec::new();
    for frame in 0..4_u8 {
        let input = RawInput {
            screen_rect: Some(egui::Rect::from_min_size(Pos2::ZERO, egui::vec2(4000.0, 3000.0))),
            time: Some(f64::from(frame) / 10.0),
            ..RawInput::default()
        };
        let book = program.open_notebook().unwrap();
        let mut full = ctx.run_ui(input, |ui| {
            pane.ui(ui, program, book, style, &mut Vec::new(), |_| {});
        });
        shapes = std::mem::take(&mut full.shapes);
        full.drop_without_applying_deltas();
    }
    let scene = pane.scene().unwrap().clone();
    let mut painted = Painted { scene, words: Vec::new(), corners: Vec::new() };
    let mut all: Vec<egui::Shape> = shapes.into_iter().map(|clipped| clipped.shape).collect();
    while let Some(shape) = all.pop() {
        match shape {
            egui::Shape::Vec(more) => all.extend(more),
            egui::Shape::Text(text) => {
                let at = Point::new(text.pos.x, text.pos.y + text.galley.rect.height() * 0.5);
                painted.words.push((text.galley.text().to_owned(), at, text.fallback_color));
            }
            egui::Shape::Mesh(mesh) => painted
                .corners
                .extend(mesh.vertices.iter().map(|v| (Point::new(v.pos.x, v.pos.y), v.color))),
            _ => {}
        }
    }
    painted
}

#[test]
fn window_and_picture_agree_on_places_forms_and_colours() {
    let mut program = made();
    let colour = |c: Colour| Color32::from_rgba_unmultiplied(c.r, c.g, c.b, c.a);
    for dark in [false, true] {
        let picture = drawn(notebook(&program), LaneBy::Actor, &Look { dark, ..Look::default() });
        let items = by_name(&picture);
        assert_eq!(items.len(), 7);
        // The scale is that at which two known days stand so far apart.
        let left = |name: &str| sample(&items[name][0]).unwrap().0.x;
        let width = match &items["Works"][0] {
            Shape::Area { outline: Closed::Round(rect, _), .. } => rect.size().x,
            other => panic!("{other:?}"),
        };
        let scale = 27.0 * 86_400.0 / f64::from(width);
        let view = View { centre: 2_209_000_000.0, scale };
        let style = if dark { Style::dark() } else { Style::light() };
        let seen = painted(&mut program, &style, LaneBy::Actor, view);
        let inks = Inks::new(&Palette::of(dark));
        // The picture's shapes stand as far from their words as the window's: by their words they are found.
        let mut shift = None;
        let mut compared = 0;
        for (name, shapes) in &items {
            let Some(Shape::Words(words)) = shapes.iter().find(|it| matches!(it, Shape::Words(_)))
            else {
                panic!("{name} has no words")
            };
            let line = &words.lines[0];
            let at = Point::new(line.x, line.baseline - 0.36 * words.size);
            let begins = &name[..4];
            let there = seen.words.iter().filter(|(text, ..)| text.starts_with(begins));
            let inks_there: Vec<_> = there.collect();
            assert!(!inks_there.is_empty(), "{name} is not in the window: {:?}", seen.words);
            let same_lane = inks_there
                .iter()
                .min_by(|a, b| (a.1.y - at.y).abs().total_cmp(&(b.1.y - at.y).abs()))
                .unwrap();
            assert_eq!(same_lane.2, colour(inks.colour(words.paint)), "{name}");
            let off = same_lane.1 - at;
            let known = *shift.get_or_insert(off.x);
            assert!((off.x - known).abs() < 1.5, "{name}: {} and {known}", off.x);
            for shape in shapes {
                let Some((place, paint)) = sample(shape) else { continue };
                // What goes on ends at the edge of each.
                if place.x > picture.drawing().size.x - 60.0 {
                    continue;
                }
                let (place, ink) = (place + off, colour(inks.colour(paint)));
                let near = seen.corners.iter().filter(|(p, _)| p.distance(place) < 3.5);
                let found = near.into_iter().any(|(_, c)| *c == ink);
                assert!(found, "{name}: {shape:?} is not in the window at {place:?} in {ink:?}");
                compared += 1;
            }
        }
        assert!(compared > 24, "{compared}");
        assert!(left("Bridge built") < left("Lease"));
        // Arrows have the same round corners.
        assert_eq!(seen.scene.arrows.len(), 2);
        let arrows = picture
            .drawing()
            .shapes
            .iter()
            .filter(|shape| matches!(shape, Shape::Path(points, _) if points.len() > 10));
        assert_eq!(arrows.count(), 2);
    }
}

#[test]
fn lanes_are_those_that_are_asked_for() {
    let program = made();
    let lanes = |by| said(&drawn(notebook(&program), by, &Look::default()).drawing().shapes);
    let has = |said: &[String], words: &str| said.iter().any(|one| one == words);
    let by_actor = lanes(LaneBy::Actor);
    assert!(has(&by_actor, "Ysé Alban") && has(&by_actor, "Port Authority"));
    assert!(has(&lanes(LaneBy::Kind), "Events"));
    let none = lanes(LaneBy::None);
    assert!(!has(&none, "Ysé Alban") && !has(&none, "Events"));
    // Paper has room for long names.
    let long = "A vote of which much was said and written in the town before it was held";
    for said in [by_actor, none] {
        assert!(has(&said, long), "{said:?}");
    }
}

#[test]
fn the_legend_explains_what_is_there_and_no_more() {
    let mut program = made();
    let look = Look { legend: true, ..Look::default() };
    let legend = said(&drawn(notebook(&program), LaneBy::None, &look).drawing().shapes);
    for words in [
        "Event",
        "Certain: it lasted so long",
        "Approximate: fades",
        "Uncertain: dashed",
        "Goes on, or has no beginning",
        "Before, or leads to",
        "Said to be before, but dated after",
        "Dates that cannot all be right",
    ] {
        assert!(legend.iter().any(|one| one == words), "{words}: {legend:?}");
    }
    assert!(!legend.iter().any(|one| one.starts_with("Statement")), "{legend:?}");
    let without = said(&drawn(notebook(&program), LaneBy::None, &Look::default()).drawing().shapes);
    assert!(!without.iter().any(|one| one == "Approximate: fades"));
    // What is put right is explained no more.
    let right = r#"[SetEntity(entity: "Meeting", with: (date: "2040-02-20"))]"#;
    assert!(program.edit(&program::batch("Right", right)).is_some());
    let legend = said(&drawn(notebook(&program), LaneBy::None, &look).drawing().shapes);
    assert!(!legend.iter().any(|one| one == "Dates that cannot all be right"), "{legend:?}");
}

#[test]
fn ends_that_fade_do_so_in_every_format() {
    let program = made();
    let picture = drawn(notebook(&program), LaneBy::None, &Look::default());
    let fades = picture.drawing().shapes.iter().filter(|it| matches!(it, Shape::Fade(..)));
    assert!(fades.count() >= 4, "two ends of talks, and both sides of the meeting");
    let svg = String::from_utf8(picture.write(Format::Svg, &|| false).unwrap()).unwrap();
    // One gradient for each colour and side, however often it is used.
    let ids: Vec<&str> = svg.split("<linearGradient id=\"").skip(1).collect();
    let mut names: Vec<&str> = ids.iter().map(|it| it.split('"').next().unwrap()).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    for name in names {
        assert!(svg.contains(&format!("url(#{name})")), "{name}");
    }
    for format in [Format::Png, Format::Pdf] {
        assert!(!picture.write(format, &|| false).unwrap().is_empty());
    }
}

#[test]
fn nothing_runs_off_the_page() {
    let program = made();
    let picture = drawn(notebook(&program), LaneBy::Actor, &Look::default());
    let right = picture.drawing().size.x;
    for shape in &picture.drawing().shapes {
        let Shape::Words(words) = shape else { continue };
        for line in &words.lines {
            let end = line.left(words.centred) + line.width;
            assert!(end < right - 30.0, "“{}” ends at {end} on {right}", line.text);
        }
    }
    for (name, shapes) in by_name(&picture) {
        for shape in shapes {
            let farthest = match &shape {
                Shape::Area { outline: Closed::Round(rect, _), .. } | Shape::Fade(rect, ..) => {
                    rect.max.x
                }
                Shape::Area { outline: Closed::Corners(points), .. } | Shape::Path(points, _) => {
                    points.iter().map(|at| at.x).fold(0.0, f32::max)
                }
                _ => continue,
            };
            assert!(farthest < right - 30.0, "{name}: {shape:?} on {right}");
        }
    }
}
