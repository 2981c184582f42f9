//! The frame of the page: its head with a strict policy, the navigation, the end.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use super::canvas;
use super::escape::{escaped, name};
use crate::export::location::one_line;
use crate::export::report::Report;
use crate::notebook::Kind;
use crate::picture::base64;
use crate::text::shown_line;

/// The page's style, with the colours of the drawing in both themes.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    include_str!("style.css")
        .replace("/* the drawing, light */", &canvas::colours(false))
        .replace("/* the drawing, dark */", &canvas::colours(true))
});
const SCRIPT: &str = include_str!("script.js");

/// The end of the page.
pub(super) const FOOT: &str = "</main>\n</body>\n</html>\n";

/// Nothing is loaded, sent or framed; the only style and the only script are the two of this page, told by their hashes
/// (Content Security Policy Level 3, section 2.3.1).
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(STYLE.as_bytes())),
        base64(&Sha256::digest(SCRIPT))
    )
});

/// A section of the page.
pub(super) struct Section {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// How many things are in it; 0 where it is not counted.
    pub count: usize,
}

/// The sections there are.
pub(super) fn sections(report: &Report<'_>, canvas: bool, passages: usize) -> Vec<Section> {
    let content = report.content;
    let of_kind = |kind| content.entities().filter(|(_, entity)| entity.kind() == kind).count();
    let mut all = vec![Section { id: "summary", title: "Summary", count: 0 }];
    for (id, title, count) in [
        ("claims", "Claims", of_kind(Kind::Claim)),
        ("links", "Links", content.links().count()),
        ("chronology", "Chronology", passages),
        ("events", "Events", of_kind(Kind::Event)),
        ("actors", "Actors", of_kind(Kind::Actor)),
        ("matrices", "Competing claims", content.matrices().count()),
    ] {
        if count > 0 {
            all.push(Section { id, title, count });
        }
    }
    if canvas {
        all.push(Section { id: "canvas", title: "Canvas", count: 0 });
    }
    all.push(Section { id: "review", title: "Review", count: report.review.open.len() });
    let articles = content.articles().count();
    if articles > 0 {
        all.push(Section { id: "articles", title: "Articles", count: articles });
    }
    all
}

/// Everything before the navigation.
pub(super) fn head(title: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"Casebook\">\n<title>{}</title>\n<style>{}</style>\n\
         </head>\n<body>\n<a class=\"skip\" href=\"#summary\">Skip to the summary</a>\n",
        *POLICY,
        escaped(&shown_line(&one_line(title))),
        *STYLE
    )
}

/// The table of contents, and the controls of the script, which shows them.
pub(super) fn navigation(sections: &[Section]) -> String {
    let mut text =
        "<nav aria-label=\"Contents\">\n<p class=\"brand\">Casebook</p>\n<ul>\n".to_owned();
    for section in sections {
        let count = if section.count > 0 {
            format!(" <span>{}</span>", section.count)
        } else {
            String::new()
        };
        text.push_str(&format!(
            "<li><a href=\"#{}\">{}{count}</a></li>\n",
            section.id, section.title
        ));
    }
    text.push_str(
        "</ul>\n<div class=\"tools\" hidden>\n<label for=\"filter\">Filter</label>\n\
         <input id=\"filter\" type=\"search\" autocomplete=\"off\" placeholder=\"a name, a word\">\n\
         <p id=\"found\" role=\"status\"></p>\n</div>\n</nav>\n",
    );
    // At the end, where everything that it filters is there.
    text.push_str(&format!("<script>{SCRIPT}</script>\n"));
    text
}

/// The beginning of a section, with its heading.
pub(super) fn section(id: &str, title: &str) -> String {
    format!("<section id=\"{id}\">\n<h2>{title}</h2>\n")
}

/// A row of a list of fields, unless it is empty.
pub(super) fn field(label: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("<dt>{label}</dt><dd>{value}</dd>\n") }
}

/// A word in a frame.
pub(super) fn tag(class: &str, words: &str) -> String {
    format!("<span class=\"tag {class}\">{words}</span> ")
}

/// Other names, one after the other.
pub(super) fn names(all: &[String]) -> String {
    all.iter().map(|one| name(one)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_style_nor_script_ends_its_element_or_loads_anything() {
        for text in [STYLE.as_str(), SCRIPT] {
            assert!(!text.contains("</") && !text.contains("url(") && !text.contains("@import"));
            assert!(!text.contains("http") && !text.contains('\r'));
        }
    }

    /// The relative luminance of a colour, and the contrast of two (WCAG 2.2).
    fn contrast(one: u32, other: u32) -> f64 {
        let luminance = |colour: u32| {
            let channel = |shift: u32| {
                let value = f64::from(colour >> shift & 0xff) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
        };
        let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn what_is_read_stands_out_from_its_ground_on_screen_and_on_paper() {
        let themes: Vec<&str> = STYLE.split(":root {").skip(1).collect();
        assert_eq!(themes.len(), 3, "light, dark, paper");
        for theme in themes {
            let theme = theme.split_once('}').unwrap().0;
            let colour = |name: &str| {
                let (_, rest) = theme.split_once(&format!("--{name}: #")).unwrap();
                u32::from_str_radix(&rest[..6], 16).unwrap()
            };
            let read = |inks: &[&str], grounds: &[&str]| {
                for (ink, ground) in
                    inks.iter().flat_map(|ink| grounds.iter().map(move |it| (ink, it)))
                {
                    let ratio = contrast(colour(ink), colour(ground));
                    assert!(ratio >= 4.5, "{ink} on {ground}: {ratio:.2}");
                }
            };
            read(&["ink", "muted", "accent", "event"], &["paper", "surface", "side"]);
            read(&["good", "actor", "claim"], &["paper", "surface"]);
            // In the drawing.
            let numbered = |word: &str| (0..6).map(|n| format!("{word}-{n}")).collect::<Vec<_>>();
            let (families, hues) = (numbered("family"), numbered("hue"));
            let families: Vec<&str> = families.iter().map(String::as_str).collect();
            read(&families, &["canvas", "node"]);
            let hues: Vec<&str> = hues.iter().map(String::as_str).collect();
            read(&hues, &["node"]);
            read(&["words", "lesser-words", "mark"], &["canvas", "node"]);
            let tints = ["actor-tint", "event-tint", "claim-tint"];
            read(&["ink", "accent"], &tints);
        }
    }
}
