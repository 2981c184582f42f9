//! The canvas as a picture in the page: places from the notebook, kinds told by shape as well as by colour, links with
//! their lines, derived ones in a line of their own, and a legend of what occurs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::escape::escaped;
use super::shapes::{arrow, line, number, outline, rectangle, width_of, words, wrapped};
use crate::export::report::Report;
use crate::export::{Out, Stopped};
use crate::graph::{LABEL_LINE, Point, Rect, label_room};
use crate::inquiry::sources::{ASSUMED, ClaimSources};
use crate::inquiry::{Emphasis, Filtered};
use crate::notebook::{Family, Kind, Strength};
use crate::scene::{Bundle, LineStyle, Scene, SceneLink, SceneNode, Visibility};

/// Around everything, in canvas units.
const MARGIN: f32 = 36.0;
/// Of more links than this the relations are not written: they would only cover each other.
const MOST_LABELS: usize = 1_500;

/// What the legend explains.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    Kind(Kind),
    Anonymous,
    ToCheck,
    Standing,
    Family(Family),
    Confirmed,
    Tentative,
    Inferred,
    Derived,
    Bare,
    BothWays,
    Group,
    Box,
    Card,
}

/// The section with the picture; `None` where nothing stands on the canvas.
///
/// # Errors
/// The export was cancelled.
pub(super) fn drawn(report: &Report<'_>, out: &mut Out<'_>) -> Result<Option<String>, Stopped> {
    let content = report.content;
    let stop = || out.is_cancelled();
    let scene = Scene::of_unless(content.notebook(), 1, &stop);
    let mut scene = scene.ok_or(Stopped::Cancelled)?;
    if !content.is_everything() {
        let shown = Filtered {
            entities: content.entities().map(|(id, _)| id).collect(),
            links: {
                let made = content.links().map(|(id, _)| id);
                let mut all: Vec<_> =
                    made.chain(content.derived_links().map(|(id, _)| id)).collect();
                all.sort_unstable();
                all
            },
        };
        let emphasis =
            Emphasis { shown: Some(shown), lit: None, paths: None, all: scene.nodes.len() };
        scene.apply_sight(Some(&Arc::new(emphasis)));
    }
    let cards: BTreeSet<_> = content.cards().map(|(id, _)| id).collect();
    let mut bounds = scene.shown_bounds();
    if scene.links.len() <= MOST_LABELS {
        scene.place_labels(bounds);
    }
    let mut picture =
        Picture { report, scene: &scene, legend: BTreeSet::new(), svg: String::new() };
    picture.groups();
    for number in 0..scene.links.len() as u32 {
        if scene.link_visibility(number) != Visibility::Hidden {
            picture.link(&scene.links[number as usize]);
            bounds = bounds.union(scene.links[number as usize].curve.bounds());
            out.step()?;
        }
    }
    for bundle in &scene.board.bundles {
        if bundle.visibility != Visibility::Hidden {
            picture.bundle(bundle);
        }
    }
    picture.boxes();
    let mut any = false;
    for number in 0..scene.nodes.len() as u32 {
        if scene.node_visibility(number) != Visibility::Hidden {
            picture.node(&scene.nodes[number as usize]);
            any = true;
            out.step()?;
        }
    }
    for card in scene.board.cards.iter().filter(|card| cards.contains(&card.id)) {
        picture.card(&card.card.text, card.rect());
        bounds = bounds.union(card.rect());
        any = true;
    }
    any |= scene
        .board
        .groups
        .iter()
        .any(|group| group.is_folded() && group.visibility != Visibility::Hidden);
    if !any || !bounds.is_valid() {
        return Ok(None);
    }
    let (legend, svg) = (picture.legend, picture.svg);
    let bounds = bounds.expand(MARGIN);
    let size = bounds.size();
    let standing = if legend.contains(&Entry::Standing) {
        format!("<p class=\"assumed\">{ASSUMED}</p>\n")
    } else {
        String::new()
    };
    let legend: String = legend.into_iter().map(explained).collect();
    Ok(Some(format!(
        "<section id=\"canvas\">\n<h2>Canvas</h2>\n<figure>\n<div class=\"pan\" id=\"canvas-in-full\" tabindex=\"0\">\n\
         <svg class=\"canvas\" xmlns=\"http://www.w3.org/2000/svg\" \
         viewBox=\"{} {} {} {}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"The canvas: entities and the links between them\">\n{svg}</svg>\n</div>\n\
         <figcaption><p class=\"size\"><a href=\"#canvas-in-full\">In full size</a> · <a href=\"#canvas\">Fitted</a></p>\n<ul class=\"legend\">\n{legend}</ul>\n{standing}</figcaption>\n</figure>\n</section>\n",
        number(bounds.min.x),
        number(bounds.min.y),
        number(size.x),
        number(size.y),
        number(size.x),
        number(size.y),
    )))
}

struct Picture<'a> {
    report: &'a Report<'a>,
    scene: &'a Scene,
    legend: BTreeSet<Entry>,
    svg: String,
}

impl Picture<'_> {
    /// The frames of groups, below everything.
    fn groups(&mut self) {
        for group in &self.scene.board.groups {
            if group.is_folded() || group.visibility == Visibility::Hidden || !group.rect.is_valid()
            {
                continue;
            }
            self.legend.insert(Entry::Group);
            let class = format!("frame h{}", group.group.hue as u8);
            self.svg.push_str(&rectangle(group.rect, 12.0, &class));
            let title = wrapped(&group.group.title, group.rect.size().x - 24.0, 1);
            let at = Point::new(group.rect.centre().x, group.rect.min.y + 14.0);
            self.svg.push_str(&words(&title, at, &format!("gt h{}", group.group.hue as u8)));
            self.svg.push('\n');
        }
    }

    /// The boxes of folded groups.
    fn boxes(&mut self) {
        for group in &self.scene.board.groups {
            if !group.is_folded()
                || group.visibility == Visibility::Hidden
                || !group.rect.is_valid()
            {
                continue;
            }
            self.legend.insert(Entry::Box);
            let hue = group.group.hue as u8;
            self.svg.push_str(&rectangle(group.rect, 8.0, &format!("box h{hue}")));
            let mut lines = wrapped(&group.group.title, group.rect.size().x - 16.0, 1);
            lines.push(group.count());
            lines.retain(|line| !line.is_empty());
            self.svg.push_str(&words(&lines, group.rect.centre(), "nl"));
            self.svg.push('\n');
        }
    }

    fn link(&mut self, link: &SceneLink) {
        let style = match link.line_style() {
            LineStyle::Solid => "",
            LineStyle::Dashed => " dashed",
            LineStyle::Dotted => " dotted",
            LineStyle::Derived => " derived",
        };
        self.legend.insert(Entry::Family(link.family));
        for (holds, entry) in [
            (style == " dashed", Entry::Tentative),
            (style == " dotted", Entry::Inferred),
            (style == " derived", Entry::Derived),
            (link.link.strength == Strength::Confirmed, Entry::Confirmed),
            (link.is_bare() && !link.id.is_derived(), Entry::Bare),
            (!link.link.directed, Entry::BothWays),
        ] {
            if holds {
                self.legend.insert(entry);
            }
        }
        let strong = if link.link.strength == Strength::Confirmed { " strong" } else { "" };
        let family = format!("f{}", link.family as u8);
        let mut drawn = line(&link.curve, &format!("l {family}{style}{strong}"));
        if link.link.directed {
            let look = match (link.id.is_derived(), link.is_bare()) {
                (true, _) => " derived",
                (false, true) => " hollow",
                (false, false) => "",
            };
            drawn.push_str(&arrow(
                link.curve.to,
                link.curve.tangent(1.0),
                &format!("tip {family}{look}"),
            ));
        }
        // What derived links say, their family and the report do; there are many of them.
        if let Some(at) = link.label_at.filter(|_| !link.id.is_derived()) {
            drawn.push_str(&label(&link.written, link.curve.at(at), &family));
        }
        // What was made by hand has its place in the report.
        if link.id.is_derived() {
            self.svg.push_str(&drawn);
        } else {
            self.svg.push_str(&format!("<a href=\"#{}\">{drawn}</a>", link.id));
        }
        self.svg.push('\n');
    }

    fn bundle(&mut self, bundle: &Bundle) {
        let family =
            bundle.family.map_or_else(|| "f5".to_owned(), |family| format!("f{}", family as u8));
        let mut drawn = line(&bundle.curve, &format!("l strong {family}"));
        let (back, forth) = bundle.arrows;
        if back {
            drawn.push_str(&arrow(
                bundle.curve.from,
                bundle.curve.tangent(0.0) * -1.0,
                &format!("tip {family}"),
            ));
        }
        if forth {
            drawn.push_str(&arrow(
                bundle.curve.to,
                bundle.curve.tangent(1.0),
                &format!("tip {family}"),
            ));
        }
        drawn.push_str(&label(&bundle.written, bundle.curve.at(0.5), &family));
        self.svg.push_str(&drawn);
        self.svg.push('\n');
    }

    fn node(&mut self, node: &SceneNode) {
        let kind = node.kind;
        self.legend.insert(Entry::Kind(kind));
        let mut class = format!("n {}", kind.word());
        if node.entity.is_anonymous() {
            class.push_str(" unnamed");
            self.legend.insert(Entry::Anonymous);
        }
        let rect = node.rect();
        let mut drawn = outline(kind, rect, &class);
        let (room, lines) = label_room(Some(kind), &node.entity.name);
        drawn.push_str(&words(&wrapped(&node.entity.name, room + 8.0, lines), node.centre, "nl"));
        if node.entity.to_check {
            self.legend.insert(Entry::ToCheck);
            let inset =
                if kind == Kind::Event { rect.size() * 0.25 } else { Point::new(10.0, 0.0) };
            let at = Point::new(rect.max.x - inset.x, rect.min.y + inset.y);
            drawn.push_str(&format!(
                "<circle class=\"check\" cx=\"{}\" cy=\"{}\" r=\"7\"/>",
                number(at.x),
                number(at.y)
            ));
            drawn.push_str(&words(&["!".to_owned()], at, "mark"));
        }
        let sources = self.report.sources.of(node.id).filter(|_| kind == Kind::Claim);
        if let Some(sign) = sources.and_then(sign_of) {
            self.legend.insert(Entry::Standing);
            let size = Point::new(width_of(&sign) + 10.0, 17.0);
            let at = Point::new(rect.max.x - size.x * 0.5 - 6.0, rect.max.y + 3.0);
            let contested = if sign.ends_with('≠') { " contested" } else { "" };
            drawn.push_str(&rectangle(Rect::around(at, size), 8.5, &format!("sign{contested}")));
            drawn.push_str(&words(&[sign], at, &format!("st{contested}")));
        }
        self.svg.push_str(&format!(
            "<a href=\"#{}\"><title>{}</title>{drawn}</a>\n",
            node.id,
            escaped(&crate::text::shown_line(&node.entity.name))
        ));
    }

    fn card(&mut self, text: &str, rect: Rect) {
        self.legend.insert(Entry::Card);
        self.svg.push_str(&rectangle(rect, 3.0, "note"));
        let room = rect.size();
        let rows = ((room.y - 12.0) / LABEL_LINE).floor().max(1.0) as usize;
        let lines = wrapped(text, room.x - 20.0, rows);
        self.svg.push_str(&words(&lines, rect.centre(), "nl"));
        self.svg.push('\n');
    }
}

/// What is written on a line, on a ground of its own.
fn label(written: &str, at: Point, family: &str) -> String {
    let lines = wrapped(written, 220.0, 1);
    let width = lines.first().map_or(0.0, |line| width_of(line)) * 0.9 + 8.0;
    let ground = Rect::around(at, Point::new(width, 16.0));
    format!("{}{}", rectangle(ground, 8.0, "ground"), words(&lines, at, &format!("ll {family}")))
}

/// How well a claim is confirmed: “1/2”, with ≠ where it is contested.
fn sign_of(sources: &ClaimSources) -> Option<String> {
    let figures = sources.affirmed.as_ref().or(sources.denied.as_ref())?;
    let contested = if sources.is_contested() { " ≠" } else { "" };
    Some(format!("{}/{}{contested}", figures.confirmed, figures.at_most))
}

/// An entry of the legend: a sample and what it means.
fn explained(entry: Entry) -> String {
    let middle = Rect::around(Point::new(22.0, 10.0), Point::new(36.0, 14.0));
    let thread = |class: &str, tip: Option<&str>| {
        let head = tip.map_or_else(String::new, |tip| {
            arrow(Point::new(42.0, 10.0), Point::new(1.0, 0.0), tip)
        });
        format!("<path class=\"l {class}\" d=\"M2 10L42 10\"/>{head}")
    };
    let (sample, meaning) = match entry {
        Entry::Kind(kind) => (
            outline(kind, middle, &format!("n {}", kind.word())),
            crate::text::capital(kind.word()),
        ),
        Entry::Anonymous => {
            (outline(Kind::Actor, middle, "n actor unnamed"), "Anonymous source".to_owned())
        }
        Entry::ToCheck => (
            format!(
                "<circle class=\"check\" cx=\"22\" cy=\"10\" r=\"7\"/>{}",
                words(&["!".to_owned()], Point::new(22.0, 10.0), "mark")
            ),
            "To check".to_owned(),
        ),
        Entry::Standing => (
            format!(
                "{}{}",
                rectangle(middle, 7.0, "sign"),
                words(&["1/2".to_owned()], middle.centre(), "st")
            ),
            "Confirmed / independent at most; with ≠ also denied".to_owned(),
        ),
        Entry::Family(family) => (
            thread(&format!("f{}", family as u8), None),
            format!("{} {}", escaped(family.sign()), family.label()),
        ),
        Entry::Confirmed => (thread("f5 strong", Some("tip f5")), "Confirmed".to_owned()),
        Entry::Tentative => (thread("f5 dashed", Some("tip f5")), "Tentative".to_owned()),
        Entry::Inferred => (thread("f5 dotted", Some("tip f5")), "Analyst’s inference".to_owned()),
        Entry::Derived => {
            (thread("f5 derived", Some("tip f5")), "Derived from what is recorded".to_owned())
        }
        Entry::Bare => (thread("f5", Some("tip f5 hollow")), "No sentence yet".to_owned()),
        Entry::BothWays => (thread("f5", None), "No arrow: both ways".to_owned()),
        Entry::Group => (rectangle(middle, 5.0, "frame h0"), "Group".to_owned()),
        Entry::Box => (rectangle(middle, 3.0, "box h0"), "Folded group".to_owned()),
        Entry::Card => (rectangle(middle, 2.0, "note"), "Note".to_owned()),
    };
    format!(
        "<li><svg viewBox=\"0 0 44 20\" width=\"44\" height=\"20\" aria-hidden=\"true\">{sample}</svg> {}</li>\n",
        meaning
    )
}
