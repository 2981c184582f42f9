//! The articles, with their mentions marked and notes in the margin.

use super::escape::{Html, escaped, lines, name, quoted};
use super::marks::Marker;
use super::page::section;
use super::places::{Places, Spot, What};
use crate::export::location::{one_line, web_address};
use crate::export::report::{Report, Voice as _, chain};
use crate::export::{Out, Stopped};
use crate::notebook::{Article, ArticleId};

/// A note in the margin names at most so many of the links that a mention supports.
const MOST_LINKS: usize = 6;

/// Writes them.
pub(super) fn write(
    report: &Report<'_>,
    places: &Places,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let mut any = false;
    for (number, (id, article)) in (1..).zip(report.content.articles()) {
        if !std::mem::replace(&mut any, true) {
            out.text(&section("articles", "Articles"))?;
            out.text(KEY)?;
        }
        head(report, number, id, article, out)?;
        text(report, places, id, article, out)?;
        out.text("</article>\n")?;
        out.step()?;
    }
    if any { out.text("</section>\n") } else { Ok(()) }
}

/// What the marks mean.
const KEY: &str = "<p class=\"key muted text\"><a class=\"actor\">actor</a> <a class=\"event\">event</a> \
    <a class=\"claim\">claim</a> <a class=\"evidence\">evidence</a> <span>Small figures lead to the notes.</span></p>\n";

fn head(
    report: &Report<'_>,
    number: usize,
    id: ArticleId,
    article: &Article,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let about = &article.about;
    out.line(&format!("<article class=\"source\" id=\"{id}\">\n<header>"))?;
    out.line(&format!("<h3><span class=\"no\">[{number}]</span> {}</h3>", name(&about.title)))?;
    let mut by = Vec::new();
    if let Some(publisher) = about.publisher {
        by.push(Html(report.content).name(publisher));
    }
    by.extend(
        [&about.author, &about.date]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| name(part)),
    );
    if !by.is_empty() {
        out.line(&format!("<p class=\"by\">{}</p>", by.join(" · ")))?;
    }
    // Only what is an address of the web is a link; it is followed when somebody asks for it, never by the page.
    match web_address(&about.url) {
        Some(address) => out.line(&format!(
            "<p class=\"address\"><a class=\"out\" href=\"{0}\" rel=\"noreferrer noopener\">{0}</a></p>",
            escaped(&address)
        ))?,
        None if !about.url.is_empty() => {
            out.line(&format!("<p class=\"address\">{}</p>", name(&about.url)))?;
        }
        None => {}
    }
    out.line("</header>")
}

fn text(
    report: &Report<'_>,
    places: &Places,
    id: ArticleId,
    article: &Article,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let spots = places.of(id);
    let noted = spots.iter().map(|spot| has_note(report, places, spot)).collect();
    let mut marker = Marker::new(&article.text, spots, noted);
    let language = language(&article.about.language);
    out.line(&format!("<div class=\"text\"{language}>"))?;
    for number in 0..article.text.paragraph_count() {
        let range = article.text.paragraph(number);
        let blank = article.text.get(range.clone()).is_none_or(|words| words.trim().is_empty());
        let marked = marker.paragraph(range);
        if blank && marked.html.trim().is_empty() {
            continue;
        }
        paragraph(report, places, spots, Some((id, number + 1)), &marked.html, &marked.notes, out)?;
        out.step()?;
    }
    let rest = marker.rest();
    if !rest.html.is_empty() {
        paragraph(report, places, spots, None, &rest.html, &rest.notes, out)?;
    }
    out.line("</div>")?;
    orphans(report, places, spots, out)
}

/// A language as an attribute, if it has the form of a tag (RFC 5646: letters, figures and hyphens).
fn language(tag: &str) -> String {
    let sound = !tag.is_empty()
        && tag.len() < 36
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if sound { format!(" lang=\"{tag}\"") } else { String::new() }
}

fn paragraph(
    report: &Report<'_>,
    places: &Places,
    spots: &[Spot],
    at: Option<(ArticleId, usize)>,
    html: &str,
    notes: &[(usize, usize)],
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let (id, label) = at.map_or_else(Default::default, |(id, number)| {
        (format!(" id=\"{id}-{number}\""), format!("<span class=\"pn\">{number}</span>"))
    });
    out.text(&format!("<div class=\"par\"{id}>{label}<p dir=\"auto\">{html}</p>"))?;
    if !notes.is_empty() {
        out.text("<ol class=\"margin\" lang=\"en\">")?;
        for (spot, number) in notes {
            let Some(spot) = spots.get(*spot) else { continue };
            out.text(&format!("<li value=\"{number}\">{}</li>", note(report, places, spot)))?;
        }
        out.text("</ol>")?;
    }
    out.text("</div>\n")
}

fn has_note(report: &Report<'_>, places: &Places, spot: &Spot) -> bool {
    match spot.what {
        What::Mention(id, ..) => {
            let mention = report.notebook().mention(id);
            !places.supported_by(id).is_empty()
                || mention
                    .is_some_and(|it| it.statement.is_some() || it.to_check || !it.note.is_empty())
        }
        What::Evidence(_) | What::Answer(_) => true,
    }
}

/// What is said of a place in the margin.
fn note(report: &Report<'_>, places: &Places, spot: &Spot) -> String {
    let voice = Html(report.content);
    let back = format!("<a class=\"to\" href=\"#{}\" title=\"to the words\">↑</a> ", spot.id);
    let text = match spot.what {
        What::Evidence(link) => {
            format!("<span class=\"muted\">evidence:</span> {}", places.link(report, link))
        }
        What::Answer(claim) => {
            format!("<span class=\"muted\">answers:</span> {}", voice.name(claim))
        }
        What::Mention(id, entity, _) => {
            let mut text = voice.name(entity);
            if let Some(mention) = report.notebook().mention(id) {
                if let Some(one) = &mention.statement {
                    text.push_str(&format!(" <span class=\"how\">{}</span>", chain(&voice, one)));
                }
                if mention.to_check {
                    text.push_str(" <span class=\"tag alert\">to check</span>");
                }
                if !mention.note.is_empty() {
                    text.push_str(&format!("<div class=\"note\">{}</div>", lines(&mention.note)));
                }
            }
            let links = places.supported_by(id);
            for link in links.iter().take(MOST_LINKS) {
                text.push_str(&format!(
                    "<br><span class=\"muted\">evidence:</span> {}",
                    places.link(report, *link)
                ));
            }
            if links.len() > MOST_LINKS {
                text.push_str(&format!(
                    "<br><span class=\"muted\">and of {} more links</span>",
                    links.len() - MOST_LINKS
                ));
            }
            text
        }
    };
    format!("{back}{text}")
}

/// The words that are no longer in the text.
fn orphans(
    report: &Report<'_>,
    places: &Places,
    spots: &[Spot],
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let first = spots.partition_point(|spot| spot.range.is_some());
    let orphans = spots.get(first..).unwrap_or(&[]);
    if orphans.is_empty() {
        return Ok(());
    }
    out.text("<h4 class=\"alert\">Words no longer in the text</h4>\n<ul class=\"findings\">\n")?;
    for spot in orphans {
        out.line(&format!(
            "<li id=\"{}\">{} <div class=\"muted\">{}</div></li>",
            spot.id,
            quoted(&one_line(&spot.words)),
            note(report, places, spot)
        ))?;
    }
    out.text("</ul>\n")
}
