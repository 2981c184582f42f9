//! Pictures of the canvas: what the window shows is what they show, whatever the format; the same bytes each time; every
//! script; nothing that cannot be read without saying so.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command as Process, Output};

use casebook::app::questions::{ExportPicture, ReplacePicture};
use casebook::app::{
    Command, Effect, Intent, Level, PictureChoice, PrefsFile, Program, Selection, SessionIntent,
};
use casebook::drawing::{Colour, Entry, Inks, Paint, Palette, contrast};
use casebook::edit::{Edit, LinkFields, Ref};
use casebook::export::Scope;
use casebook::graph::{Point, Rect};
use casebook::notebook::{Kind, Notebook, RelationId, View};
use casebook::picture::{
    Closed, Faces, Format, Look, Part, Picture, PictureError, Shape, Typesetter, What, Words, draw,
};
use casebook::text::shown_name;
use casebook::timeline::{LaneBy, Timeline};
use casebook::ui::canvas::Canvas;
use casebook::ui::fonts;
use casebook::ui::theme::Style;
use egui::{Color32, Pos2, RawInput};
use egui_kittest::kittest::Queryable as _;

#[path = "common/session.rs"]
mod session;

use session::Session;
use session::program::go;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/saves/port-leonie.ron");

fn sample() -> Program {
    let mut program = Program::new(PrefsFile::none());
    go(&mut program, Intent::Run(Command::OpenSample));
    program
}

fn notebook_of(program: &Program) -> &Notebook {
    program.open_notebook().unwrap().notebook()
}

/// A notebook with these names in a row, each linked to the next.
fn notebook(names: &[(Kind, String)]) -> Program {
    let mut edits: Vec<Edit> = names
        .iter()
        .enumerate()
        .map(|(i, (kind, name))| Edit::AddEntity {
            kind: *kind,
            name: name.clone(),
            handle: format!("n{i}"),
            with: Box::default(),
            at: Some(((i % 40) as f32 * 320.0, (i / 40) as f32 * 120.0)),
        })
        .collect();
    edits.extend((1..names.len()).map(|i| Edit::Link {
        from: Ref::handle(&format!("n{}", i - 1)),
        relation: RelationId::from("works for"),
        to: Ref::handle(&format!("n{i}")),
        evidence: Vec::new(),
        with: LinkFields::default(),
        handle: String::new(),
    }));
    let mut program = Program::new(PrefsFile::none());
    let made = program.edit(&Edit::Batch("names".to_owned(), edits));
    assert!(made.is_some(), "{:?}", program.notices());
    program
}

fn picture(notebook: &Notebook, look: &Look, faces: Faces) -> Picture {
    Picture::of(notebook, &What::Canvas, look, faces, &|| false).unwrap()
}

fn words(shapes: &[Shape]) -> impl Iterator<Item = &Words> {
    shapes.iter().filter_map(|shape| match shape {
        Shape::Words(words) => Some(words),
        _ => None,
    })
}

/// The lines of words as one text, and their middle.
fn read(words: &Words) -> (String, Point) {
    let text: Vec<&str> = words.lines.iter().map(|line| line.text.as_str()).collect();
    let heights = words.lines.iter().map(|line| line.baseline).sum::<f32>();
    // Letters stand 0.36 of their size below the middle of their line.
    let middle = heights / words.lines.len() as f32 - 0.36 * words.size;
    (text.join(" "), Point::new(words.lines[0].x, middle))
}

/// What the canvas paints at 100 %: its words with their middles and colours, and the corners of its meshes.
struct Painted {
    words: Vec<(String, Point, Color32)>,
    corners: Vec<(Point, Color32)>,
}

fn painted(program: &Program, style: &Style) -> Painted {
    let ctx = egui::Context::default();
    ctx.set_fonts(fonts::built_in());
    let mut canvas = Canvas::new();
    let mut out = Vec::new();
    canvas.apply_effect(&Effect::LookAt(View { x: 0.0, y: 0.0, zoom: 1.0 }));
    let mut shapes = Vec::new();
    // Names are laid out a few in each frame.
    for frame in 0..90_u8 {
        let input = RawInput {
            screen_rect: Some(egui::Rect::from_min_size(Pos2::ZERO, egui::vec2(9000.0, 9000.0))),
            time: Some(f64::from(frame) / 10.0),
            ..RawInput::default()
        };
        let mut full = ctx.run_ui(input, |ui| {
            canvas.ui(ui, program.open_notebook().unwrap(), style, &mut out);
        });
        shapes = std::mem::take(&mut full.shapes);
        full.drop_without_applying_deltas();
    }
    let mut painted = Painted { words: Vec::new(), corners: Vec::new() };
    let mut all: Vec<egui::Shape> = shapes.into_iter().map(|clipped| clipped.shape).collect();
    while let Some(shape) = all.pop() {
        match shape {
            egui::Shape::Vec(more) => all.extend(more),
            egui::Shape::Text(text) => {
                let middle = text.pos.y + text.galley.rect.height() * 0.5;
                let at = Point::new(text.pos.x, middle);
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
fn the_window_and_a_picture_agree_on_places_words_and_colours() {
    let program = sample();
    for dark in [false, true] {
        let style = if dark { Style::dark() } else { Style::light() };
        let seen = painted(&program, &style);
        let inks = Inks::new(&Palette::of(dark));
        let colour = |paint: Paint| Color32::from(inks.colour(paint));
        let mut faces = Faces::bundled();
        let mut letters = Typesetter::new(&mut faces);
        let drawn = draw(notebook_of(&program), None, &mut letters, &|| false).unwrap();
        // How far everything is in the window from where it is in the picture: the same for all.
        let mut off: Option<Point> = None;
        let mut name = None;
        let (mut nodes, mut labels, mut marks) = (0, 0, 0);
        for shape in &drawn.drawing.shapes {
            match shape {
                Shape::Open(subject) => {
                    name = subject.id.starts_with('e').then(|| subject.name.clone())
                }
                Shape::Close => name = None,
                Shape::Words(words) => {
                    let (text, at) = read(words);
                    if let Some(name) = name.take() {
                        let (_, there, ink) = seen
                            .words
                            .iter()
                            .find(|(text, ..)| *text == *shown_name(&name))
                            .unwrap();
                        let off = *off.get_or_insert(*there - at);
                        assert!((*there - at).distance(off) < 1.0, "{name}: {there:?}, {at:?}");
                        assert_eq!(*ink, colour(words.paint), "{name}");
                        // Cut or not, it begins as the name does.
                        let begin: String = text.trim_end_matches('…').split_whitespace().collect();
                        let whole: String = name.split_whitespace().collect();
                        assert!(whole.starts_with(&begin) && !begin.is_empty(), "{text} of {name}");
                        nodes += 1;
                    } else {
                        labels += 1;
                    }
                }
                _ => {}
            }
        }
        let off = off.unwrap();
        for words in words(&drawn.drawing.shapes) {
            let (text, at) = read(words);
            let at = at + off;
            let there = seen.words.iter().any(|(shown, there, ink)| {
                there.distance(at) < 1.0 && *ink == colour(words.paint) && {
                    let begin = text.trim_end_matches('…').replace(' ', "");
                    shown.replace(' ', "").starts_with(&begin)
                }
            });
            assert!(there, "“{text}” is not in the window at {at:?}");
        }
        // Every outline, head of an arrow, mark and line has its colour there at one of its ends.
        let mut by_cell: BTreeMap<(i32, i32), Vec<(Point, Color32)>> = BTreeMap::new();
        let cell = |p: Point| ((p.x / 40.0) as i32, (p.y / 40.0) as i32);
        for (at, ink) in &seen.corners {
            by_cell.entry(cell(*at)).or_default().push((*at, *ink));
        }
        for shape in &drawn.drawing.shapes {
            let (at, paint) = match shape {
                Shape::Area { outline, fill, line } => {
                    let at = match outline {
                        Closed::Round(Rect { min, max }, _) => {
                            Point::new(min.x, (min.y + max.y) / 2.0)
                        }
                        Closed::Corners(corners) => corners[0],
                        Closed::Disc(centre, radius) => *centre - Point::new(*radius, 0.0),
                    };
                    (at, line.map(|line| line.paint).or(*fill).unwrap())
                }
                Shape::Thread(curve, line) => (curve.from, line.paint),
                Shape::Path(points, line) => (points[0], line.paint),
                _ => continue,
            };
            let (at, ink) = (at + off, colour(paint));
            let (x, y) = cell(at);
            let near = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
            let there = near.filter_map(|cell| by_cell.get(&cell)).flatten();
            // A side that runs straight has its corners at its ends, farther off; then any of the colour serves.
            let tall = matches!(shape, Shape::Area { outline: Closed::Round(rect, _), .. } if rect.size().y > 16.0);
            let reach = if tall { 40.0 } else { 6.0 };
            let found = there.into_iter().any(|(p, c)| *c == ink && p.distance(at) < reach);
            assert!(found, "{shape:?} is not in the window at {at:?} in {ink:?}");
            marks += 1;
        }
        assert!(nodes > 55 && labels > 60 && marks > 300, "{nodes} {labels} {marks}");
    }
}

#[test]
fn the_same_notebook_gives_the_same_bytes_each_time() {
    let program = sample();
    let look = Look {
        title: "Port-Léonie".to_owned(),
        day: "12 March 2031".to_owned(),
        legend: true,
        scale: 0.5,
        ..Look::default()
    };
    for format in Format::ALL {
        let write =
            |faces| picture(notebook_of(&program), &look, faces).write(format, &|| false).unwrap();
        let (once, again) = (write(Faces::of_system()), write(Faces::of_system()));
        assert!(once.len() > 20_000, "{format:?}: {}", once.len());
        assert!(once == again, "{format:?} differs");
        let start: &[u8] = match format {
            Format::Svg => b"<?xml",
            Format::Png => b"\x89PNG",
            Format::Pdf => b"%PDF",
        };
        assert!(once.starts_with(start));
    }
}

#[test]
fn words_are_read_on_what_lies_under_them_in_both_themes() {
    let program = sample();
    for dark in [false, true] {
        let look = Look { dark, legend: true, title: "T".to_owned(), ..Look::default() };
        let picture = picture(notebook_of(&program), &look, Faces::bundled());
        let (inks, shapes) = (picture.inks(), &picture.drawing().shapes);
        let inside = |outline: &Closed, p: Point| match outline {
            Closed::Round(rect, _) => rect.contains(p),
            Closed::Disc(centre, radius) => centre.distance(p) <= *radius,
            Closed::Corners(corners) => {
                let sides = corners.iter().zip(corners.iter().cycle().skip(1));
                let turns: Vec<bool> = sides.map(|(a, b)| (*b - *a).cross(p - *a) >= 0.0).collect();
                turns.iter().all(|turn| *turn == turns[0])
            }
        };
        let mut looked_at = 0;
        for (number, shape) in shapes.iter().enumerate() {
            let Shape::Words(words) = shape else { continue };
            let (text, mut at) = read(words);
            if !words.centred {
                at.x += words.lines[0].width * 0.5;
            }
            let mut ground: Colour = inks.palette().canvas;
            for below in &shapes[..number] {
                if let Shape::Area { outline, fill: Some(fill), .. } = below
                    && inside(outline, at)
                {
                    let fill = inks.colour(*fill);
                    ground = ground.mix(fill, fill.opacity());
                }
            }
            let ratio = contrast(inks.colour(words.paint), ground);
            assert!(ratio >= 4.5, "“{text}”: {ratio:.2} (dark: {dark})");
            looked_at += 1;
        }
        assert!(looked_at > 150, "{looked_at}");
    }
}

/// Names in many scripts, and how many glyphs a piece of each has at most when it is shaped as it should be.
const SCRIPTS: [&str; 18] = [
    "Solène d’Almeïda-Ørsted",
    "Ελένη Παπαδοπούλου",
    "Наталья Щербакова",
    "عبد الرحمن الكواكبي",
    "שרה בן־דוד",
    "प्रियंका क्षत्रिय",
    "প্রিয়াঙ্কা",
    "தமிழ்ச்செல்வி",
    "ไพโรจน์ น้ำทิพย์",
    "ខ្មែរ",
    "မြန်မာ",
    "Հայկ Սարգսյան",
    "ნინო ბერიძე",
    "አበበ በቂላ",
    "王小明",
    "さくら花子",
    "김영희",
    "Zoë 🐟 & ≠ → ♀",
];

#[test]
fn every_script_is_set_with_glyphs_or_its_names_are_said() {
    let names: Vec<(Kind, String)> =
        SCRIPTS.iter().map(|name| (Kind::Actor, (*name).to_owned())).collect();
    let program = notebook(&names);
    let picture = picture(notebook_of(&program), &Look::default(), Faces::of_system());
    let unsaid = picture.names_without_glyph();
    let mut set = 0;
    for words in words(&picture.drawing().shapes) {
        for line in &words.lines {
            let glyphs = || line.runs.iter().flat_map(|run| &run.glyphs);
            assert!(glyphs().all(|glyph| glyph.id != 0), "{} holds a box", line.text);
            // Every letter is stood for by some glyph.
            let mut covered: Vec<_> = glyphs().map(|glyph| glyph.range.clone()).collect();
            covered.sort_by_key(|range| range.start);
            let mut end = 0;
            for range in covered {
                assert!(range.start <= end, "{}: {range:?} after {end}", line.text);
                end = end.max(range.end);
            }
            assert_eq!(end, line.text.len(), "{}", line.text);
            set += usize::from(!unsaid.contains(&line.text));
        }
    }
    // The faces that Casebook brings along have at least these.
    for name in
        ["Solène d’Almeïda-Ørsted", "Ελένη Παπαδοπούλου", "Наталья Щербакова", "Zoë 🐟 & ≠ → ♀"]
    {
        assert!(!unsaid.iter().any(|unsaid| unsaid == name), "{name}");
    }
    assert!(set > SCRIPTS.len());
    // What the words need of each font with TrueType outlines is in the SVG.
    let svg = String::from_utf8(picture.write(Format::Svg, &|| false).unwrap()).unwrap();
    let rules = svg.matches("@font-face").count();
    assert!(rules >= 2, "{rules}");
}

#[test]
fn arabic_is_joined_and_read_from_the_right_and_devanagari_is_put_together() {
    let program = notebook(&[(Kind::Actor, "ببب".to_owned()), (Kind::Actor, "क्षि".to_owned())]);
    let picture = picture(notebook_of(&program), &Look::default(), Faces::of_system());
    if !picture.without_glyph().is_empty() {
        eprintln!("no font of the system has {:?}: not tried", picture.without_glyph());
        return;
    }
    let lines: Vec<_> = words(&picture.drawing().shapes).flat_map(|words| &words.lines).collect();
    let arabic = lines.iter().find(|line| line.text == "ببب").unwrap();
    let ids: Vec<u32> =
        arabic.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.id).collect();
    assert!(arabic.from_right && ids.len() >= 3);
    assert_ne!(ids[0], ids[1], "the last letter has another form than the middle one");
    let starts: Vec<usize> =
        arabic.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.range.start).collect();
    assert!(starts.is_sorted_by(|a, b| a >= b), "the first letter stands at the right: {starts:?}");
    let devanagari = lines.iter().find(|line| line.text == "क्षि").unwrap();
    let count = devanagari.runs.iter().map(|run| run.glyphs.len()).sum::<usize>();
    assert!(count < 4, "four characters make two glyphs, not {count}");
}

#[test]
fn of_many_names_without_glyphs_some_are_listed_and_each_is_whole() {
    let name = |n: usize| format!("Agent \u{10f3a7} of the harbour authority, number {n}");
    let names: Vec<(Kind, String)> = (0..30).map(|n| (Kind::Actor, name(n))).collect();
    let program = notebook(&names);
    let picture = picture(notebook_of(&program), &Look::default(), Faces::bundled());
    let all = picture.names_without_glyph();
    assert_eq!(all.len(), 30);
    assert!(all.iter().all(|name| name.starts_with("Agent \u{10f3a7} of the harbour")), "{all:?}");
    let said = picture.about_names_without_glyph().unwrap();
    assert!(said.contains("” and 22 more: "), "{said}");
    let whole = notebook(&[(Kind::Actor, "Mara Quill".to_owned())]);
    let whole = self::picture(notebook_of(&whole), &Look::default(), Faces::bundled());
    assert_eq!(whole.about_names_without_glyph(), None);
}

#[test]
fn a_name_without_a_glyph_is_said_and_not_boxed() {
    // For private use: no font has to have it, and hardly one does.
    let odd = "Agent \u{10f3a7}";
    let program = notebook(&[(Kind::Actor, odd.to_owned())]);
    let picture = picture(notebook_of(&program), &Look::default(), Faces::bundled());
    assert_eq!(picture.without_glyph(), ["\u{10f3a7}"]);
    assert_eq!(picture.names_without_glyph(), [odd]);
    let said = picture.about_names_without_glyph().unwrap();
    assert!(said.contains(&format!("every character of “{odd}”: ")), "{said}");
    let line = &words(&picture.drawing().shapes).next().unwrap().lines[0];
    assert!(line.runs.iter().flat_map(|run| &run.glyphs).all(|glyph| glyph.id != 0));
    let svg = String::from_utf8(picture.write(Format::Svg, &|| false).unwrap()).unwrap();
    assert!(svg.contains(odd), "the reader’s font may have it");
}

#[test]
fn an_svg_holds_what_its_words_need_of_their_fonts() {
    let names = ["Kervel & Fils", "Zoé", "≠ 🏛"];
    let names: Vec<(Kind, String)> =
        names.iter().map(|name| (Kind::Actor, (*name).to_owned())).collect();
    let program = notebook(&names);
    let picture = picture(notebook_of(&program), &Look::default(), Faces::bundled());
    let svg = String::from_utf8(picture.write(Format::Svg, &|| false).unwrap()).unwrap();
    let rules: Vec<&str> = svg.lines().filter(|line| line.starts_with("@font-face")).collect();
    assert!(rules.len() >= 2, "one for each face: {rules:?}");
    let latin = rules.iter().find(|rule| rule.contains("'Ubuntu'")).unwrap();
    let base64 = latin.split("base64,").nth(1).unwrap().trim_end_matches(")}");
    let value = |sign: u8| match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let signs: Vec<u8> = base64.bytes().filter(|sign| *sign != b'=').map(value).collect();
    let mut font = Vec::new();
    for four in signs.chunks(4) {
        let bits = four.iter().fold(0_u32, |bits, six| bits << 6 | u32::from(*six));
        let bits = bits << (6 * (4 - four.len()));
        font.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    // A font of its own, with what is needed and no more.
    use skrifa::MetadataProvider as _;
    let read = skrifa::FontRef::new(&font).unwrap();
    for c in ['K', '&', 'é'] {
        let glyph = read.charmap().map(c).unwrap();
        assert!(read.outline_glyphs().get(glyph).is_some(), "{c}");
    }
    assert_eq!(read.charmap().map('Q'), None);
    assert!(font.len() < 20_000, "{} bytes", font.len());
    assert!(svg.contains(">Kervel &amp; Fils</text>"), "words stay words");
}

#[test]
fn no_name_becomes_markup_and_every_name_is_there() {
    let hostile =
        ["</text></svg><script>x</script>", "\" onload=\"x", "a & b <c> 'd'", "]]>\u{1}\u{fffe}"];
    let names: Vec<(Kind, String)> =
        hostile.iter().map(|name| (Kind::Event, (*name).to_owned())).collect();
    let program = notebook(&names);
    let picture = picture(notebook_of(&program), &Look::default(), Faces::bundled());
    let svg = String::from_utf8(picture.write(Format::Svg, &|| false).unwrap()).unwrap();
    let mut reader = quick_xml::Reader::from_str(&svg);
    let mut titles = Vec::new();
    let mut in_title = false;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                let known = ["svg", "g", "title", "style", "rect", "path", "text", "circle"];
                assert!(known.contains(&name.as_str()), "<{name}>");
                for attribute in tag.attributes() {
                    let key = attribute.unwrap().key;
                    assert!(!key.as_ref().starts_with("on"));
                }
                in_title = name == "title";
                if in_title {
                    titles.push(String::new());
                }
            }
            quick_xml::events::Event::Text(text) if in_title => {
                titles.last_mut().unwrap().push_str(&text);
            }
            quick_xml::events::Event::GeneralRef(entity) if in_title => {
                let sign = match &*entity {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    other => panic!("&{other};"),
                };
                titles.last_mut().unwrap().push(sign);
            }
            quick_xml::events::Event::End(_) => in_title = false,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    for name in &hostile[..3] {
        assert!(titles.iter().any(|title| title == name), "{name}: {titles:?}");
    }
}

#[test]
fn the_legend_explains_what_occurs_and_no_more() {
    let program = notebook(&[(Kind::Actor, "A".to_owned()), (Kind::Actor, "B".to_owned())]);
    let look = Look { legend: true, ..Look::default() };
    let with = picture(notebook_of(&program), &look, Faces::bundled());
    let said: Vec<String> = words(&with.drawing().shapes).map(|words| read(words).0).collect();
    for entry in [Entry::Kind(Kind::Actor, false), Entry::Solid, Entry::Bare] {
        assert!(
            said.contains(&entry.words().replace("  ", " ")) || said.contains(&entry.words()),
            "{entry:?}: {said:?}"
        );
    }
    for entry in [Entry::Kind(Kind::Event, false), Entry::Frame, Entry::Note, Entry::Derived] {
        assert!(!said.contains(&entry.words()), "{entry:?}");
    }
    let without = picture(notebook_of(&program), &Look::default(), Faces::bundled());
    let said: std::collections::BTreeSet<String> =
        words(&without.drawing().shapes).map(|words| read(words).0).collect();
    assert_eq!(said, ["= works for", "A", "B"].map(str::to_owned).into());
}

#[test]
fn what_could_not_be_read_is_left_out_and_said() {
    let names: Vec<(Kind, String)> =
        (0..5_200).map(|i| (Kind::ALL[i % 3], format!("Entity number {i}"))).collect();
    let program = notebook(&names);
    let crowd = picture(notebook_of(&program), &Look::default(), Faces::bundled());
    let said = crowd.left_out().join(" ");
    assert!(said.contains("5200 entities are drawn as dots"), "{said}");
    let named = words(&crowd.drawing().shapes).filter(|words| words.size == 16.0).count();
    assert!(named > 20 && said.contains(&format!(" {named} of them")), "{named}: {said}");
    let last = words(&crowd.drawing().shapes).last().map(|words| read(words).0).unwrap();
    assert!(last.starts_with("5200 entities"), "it is said in the picture too: {last}");
    let few = notebook(&names[..50]);
    let few = picture(notebook_of(&few), &Look::default(), Faces::bundled());
    assert!(few.left_out().is_empty());
}

#[test]
fn a_part_shows_its_own_and_nothing_of_the_rest() {
    let program = sample();
    let notebook = notebook_of(&program);
    let id = session::program::entity(notebook, "Solène Varquier");
    let part = Part { entities: vec![id], ..Part::default() };
    let what = What::Part(part);
    let one = Picture::of(notebook, &what, &Look::default(), Faces::bundled(), &|| false).unwrap();
    let said = words(&one.drawing().shapes).map(|words| read(words).0);
    assert_eq!(said.collect::<Vec<_>>(), ["Solène Varquier"]);
    let nothing = What::Part(Part::default());
    let none = Picture::of(notebook, &nothing, &Look::default(), Faces::bundled(), &|| false);
    assert_eq!(none.unwrap_err(), PictureError::Nothing);
}

#[test]
fn the_timeline_is_drawn_as_its_scene_has_it() {
    let program = sample();
    let notebook = notebook_of(&program);
    let of = |notebook: &Notebook, dark: bool| {
        let look = Look { dark, title: "When".to_owned(), ..Look::default() };
        Picture::of(
            notebook,
            &What::Timeline { lanes: LaneBy::Kind, statements: true },
            &look,
            Faces::bundled(),
            &|| false,
        )
    };
    let picture = of(notebook, false).unwrap();
    let said: Vec<String> = words(&picture.drawing().shapes).map(|words| read(words).0).collect();
    let timeline = Timeline::of(notebook, LaneBy::Kind, true, &|| false);
    assert!(timeline.items.dated.len() > 20);
    for item in &timeline.items.dated {
        let begins = item.label.split(' ').next().unwrap();
        assert!(said.iter().any(|words| words.starts_with(begins)), "{}", item.label);
    }
    for words in ["When", "Events", "Statements"] {
        assert!(said.iter().any(|said| said == words), "{words}: {said:?}");
    }
    assert!(said.iter().any(|words| words.contains("2031")), "the axis has its year");
    // The same each time, and in every format.
    for format in Format::ALL {
        let bytes = |picture: &Picture| picture.write(format, &|| false).unwrap();
        assert!(bytes(&picture) == bytes(&of(notebook, false).unwrap()));
        assert!(bytes(&picture) != bytes(&of(notebook, true).unwrap()));
    }
    assert_eq!(of(&Notebook::new(""), false).unwrap_err(), PictureError::NoTimeline);
}

#[test]
fn drawing_stops_when_it_is_told_to() {
    let program = sample();
    let notebook = notebook_of(&program);
    let of = |stop: &dyn Fn() -> bool| {
        Picture::of(notebook, &What::Canvas, &Look::default(), Faces::bundled(), stop).map(drop)
    };
    // Wherever it asks: the answer is never half a picture.
    let asked = Cell::new(0_usize);
    of(&|| {
        asked.set(asked.get() + 1);
        false
    })
    .unwrap();
    assert!(asked.get() > 2);
    for at in 0..asked.get() {
        let left = Cell::new(at);
        let stop = || {
            left.set(left.get().saturating_sub(1));
            left.get() == 0
        };
        assert_eq!(of(&stop).unwrap_err(), PictureError::Cancelled, "{at}");
    }
    let picture = picture(notebook, &Look::default(), Faces::bundled());
    assert_eq!(picture.write(Format::Png, &|| true).unwrap_err(), PictureError::Cancelled);
    let large = Look { scale: 20.0, ..Look::default() };
    let large = self::picture(notebook, &large, Faces::bundled());
    let Err(PictureError::TooLarge { at_most, .. }) = large.write(Format::Png, &|| false) else {
        panic!("that is too large")
    };
    let fits = Look { scale: at_most, ..Look::default() };
    let fits = self::picture(notebook, &fits, Faces::bundled());
    assert_eq!(fits.write(Format::Png, &|| true).unwrap_err(), PictureError::Cancelled);
}

fn casebook(arguments: &[&str]) -> Output {
    Process::new(env!("CARGO_BIN_EXE_casebook"))
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

#[test]
fn the_command_draws_without_a_display_what_the_ending_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (name, start) in [("a.svg", &b"<?xml"[..]), ("a.PNG", b"\x89PNG"), ("a.pdf", b"%PDF")] {
        let out = casebook(&["picture", SAMPLE, "-o", &path(name), "--legend", "--dark"]);
        assert_eq!(out.status.code(), Some(0), "{}", told(&out));
        assert!(fs::read(path(name)).unwrap().starts_with(start));
    }
    let once = fs::read(path("a.svg")).unwrap();
    let out = casebook(&["picture", SAMPLE, "-o", &path("a.svg"), "--legend", "--dark"]);
    assert_eq!(out.status.code(), Some(1), "what is there is not replaced");
    assert!(told(&out).contains("--force"));
    let more = ["--legend", "--dark", "--force", "--json"];
    let out = casebook(&[&["picture", SAMPLE, "-o", &path("a.svg")][..], &more].concat());
    assert_eq!(out.status.code(), Some(0), "{}", told(&out));
    assert_eq!(fs::read(path("a.svg")).unwrap(), once, "the same bytes");
    let done: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(done["format"], "svg");
    assert_eq!(done["bytes"], once.len());
    for (arguments, why) in [
        (vec!["-o", "a.gif"], ".svg, .png or .pdf"),
        (vec!["-o", "t.svg", "--timeline", "--view", "any"], "cannot be used with"),
        (vec!["-o", "t.svg", "--view", "nobody’s"], "there is no view"),
        (vec!["-o", "t.svg", "--scale", "0"], "from 0.05 to 20"),
        (vec!["-o", "t.png", "--scale", "20"], "at most"),
    ] {
        let out = Process::new(env!("CARGO_BIN_EXE_casebook"))
            .args(["picture", SAMPLE])
            .args(&arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_ne!(out.status.code(), Some(0), "{arguments:?}");
        assert!(told(&out).contains(why), "{arguments:?}: {}", told(&out));
    }
    assert!(!Path::new(&path("t.svg")).exists());
}

#[test]
fn the_page_draws_what_is_chosen_and_the_clipboard_takes_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let mut s = Session::open();
    s.run(Command::OpenSample);
    let entity = s.id("Solène Varquier");
    s.send(Intent::Select(Selection::entity(entity)));
    s.run(Command::ExportPicture);
    assert!(s.program().asked::<ExportPicture>().is_some());
    for label in
        ["The whole canvas", "What is selected", "SVG", "PNG", "PDF", "Light", "Dark", "Legend"]
    {
        s.0.get_by_label(label);
    }
    s.0.get_by_label("Cancel").click();
    s.0.run();
    assert!(s.program().question().is_none());
    let choice = PictureChoice {
        timeline: None,
        scope: Scope::of_selection(s.open_notebook()).unwrap(),
        format: Format::Svg,
        look: Look::default(),
    };
    let draw = |s: &mut Session, name: &str| {
        let path = folder.path().join(name);
        s.send(Intent::Session(SessionIntent::DrawTo(path, choice.clone())));
    };
    draw(&mut s, "one");
    let text = fs::read_to_string(folder.path().join("one.svg")).unwrap();
    assert_eq!(text.matches("<g id=").count(), 1);
    let notice = s.program().notices().last().unwrap().clone();
    assert!(notice.level == Level::Info && notice.text.contains("one.svg"), "{}", notice.text);
    // The ending decides, whatever was chosen.
    draw(&mut s, "two.pdf");
    assert!(fs::read(folder.path().join("two.pdf")).unwrap().starts_with(b"%PDF"));
    draw(&mut s, "one");
    assert!(s.program().asked::<ReplacePicture>().is_some());
    s.0.get_by_label("Replace").click();
    s.settle();
    assert!(s.program().question().is_none());
    go(s.program(), Intent::Run(Command::CopyAsPicture));
    let copied = s.program().take_effects().into_iter().find_map(|effect| match effect {
        Effect::CopyPicture { width, height, pixels } => Some((width, height, pixels)),
        _ => None,
    });
    let (width, height, pixels) = copied.unwrap();
    assert_eq!(pixels.len(), width * height * 4);
    assert!(pixels.chunks(4).all(|pixel| pixel[3] == 255) && width > 200);
}
