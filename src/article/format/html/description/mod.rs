//! What a page says about itself: in its head, in data for search engines, and in what the program that saved it wrote.

mod data;
mod head;
mod saved;

use dom_query::Document;

use super::{date, dom};
use crate::article::document::Description;

pub(in crate::article::format) use saved::{Saved, address};

/// The longest value that is taken, in bytes.
const MOST_VALUE: usize = 2000;

/// What a page says about itself. `data` is the content of its `<script type="application/ld+json">`, `saved` what was
/// written where it was saved.
pub(super) fn of(page: &Document, data: &[String], saved: &Saved) -> Description {
    let head = head::Head::of(page);
    let data = data::Article::of(data);
    let site = first(&[&head.first(&["og:site_name"]), &data.publisher, &head.publisher]);
    let titles = [
        head.first(&["og:title"]),
        data.headline.clone(),
        head.first(&[
            "twitter:title",
            "citation_title",
            "dc.title",
            "dcterms.title",
            "parsely-title",
        ]),
        head.title.clone(),
    ];
    let title =
        titles.iter().map(|title| without_site(title, &site)).find(|title| !is_no_title(title));
    let author = first(&[
        &data.author,
        &head.all(&[
            "author",
            "citation_author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "byl",
        ]),
        &head.all(&["article:author", "og:article:author"]),
        &head.signed,
    ]);
    let dates = [
        data.published.clone(),
        head.first(&["article:published_time", "og:article:published_time", "datepublished"]),
        head.first(&[
            "date",
            "pubdate",
            "publish-date",
            "publication_date",
            "dc.date",
            "dcterms.date",
        ]),
        head.first(&[
            "dc.date.issued",
            "dcterms.created",
            "citation_publication_date",
            "citation_date",
        ]),
        head.first(&["parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime"]),
        head.time.clone(),
    ];
    let publisher = first(&[
        &data.publisher,
        &head.first(&["og:site_name", "article:publisher", "dc.publisher", "dcterms.publisher"]),
        &head.first(&["citation_journal_title", "application-name"]),
        &head.publisher,
    ]);
    Description {
        title: title.unwrap_or_default(),
        author: without_by(&author).to_owned(),
        date: dates.iter().find_map(|written| date::edtf(written)).unwrap_or_default(),
        publisher: if is_address(&publisher) { String::new() } else { publisher },
        language: first(&[
            &head.language,
            &language(&data.language),
            &language(&head.first(&["og:locale"])),
        ]),
        url: url(&[&head.canonical, &head.first(&["og:url"]), &data.url], &saved.url),
        captured_at: saved.at.clone(),
    }
}

/// The first that is not empty.
fn first(values: &[&str]) -> String {
    values
        .iter()
        .find(|value| !value.is_empty())
        .map(|value| (*value).to_owned())
        .unwrap_or_default()
}

/// A value without white space around it and with single spaces in it; empty where it is too long.
fn tidy(value: &str) -> String {
    if value.len() > MOST_VALUE {
        return String::new();
    }
    let visible = value.chars().filter(|c| !c.is_control() || c.is_whitespace());
    let visible: String = visible.collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the name of its site at the end or the beginning: “A denial | The Ledger”.
fn without_site(title: &str, site: &str) -> String {
    const BARS: [&str; 8] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » "];
    if site.is_empty() || title.eq_ignore_ascii_case(site) {
        return title.to_owned();
    }
    let same = |part: &str| part.trim().to_lowercase() == site.to_lowercase();
    for bar in BARS {
        if let Some((before, after)) = title.rsplit_once(bar)
            && same(after)
        {
            return before.trim().to_owned();
        }
        if let Some((before, after)) = title.split_once(bar)
            && same(before)
        {
            return after.trim().to_owned();
        }
    }
    title.to_owned()
}

/// Whether a title is plainly none.
pub(in crate::article::format) fn is_no_title(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    matches!(
        title.as_str(),
        "" | "untitled"
            | "untitled document"
            | "untitled page"
            | "new page"
            | "new document"
            | "no title"
            | "sans titre"
            | "document sans titre"
            | "unbenannt"
            | "unbenanntes dokument"
            | "sin título"
            | "senza titolo"
            | "document"
            | "index"
            | "home"
            | "unknown"
            | "title"
    ) || title.starts_with("microsoft word - ")
}

/// “By Mira Okonjo” is signed by Mira Okonjo.
fn without_by(author: &str) -> &str {
    for by in ["By ", "by ", "BY ", "Par ", "par "] {
        if let Some(rest) = author.strip_prefix(by) {
            return rest.trim();
        }
    }
    author
}

/// Who signed, as a page’s first lines say it.
pub(super) fn signed(byline: &str) -> String {
    without_by(&tidy(byline)).to_owned()
}

fn is_address(value: &str) -> bool {
    value.starts_with("http:") || value.starts_with("https:") || value.starts_with("//")
}

/// A BCP 47 tag: `fr_FR` is `fr-FR`. Empty where it is none.
pub(in crate::article::format) fn language(written: &str) -> String {
    let tag = written.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let named = !matches!(&*tag.to_ascii_lowercase(), "und" | "zxx" | "mul");
    if first && rest && named && tag.len() <= 35 { tag } else { String::new() }
}

/// Where a page was found: the address it gives itself, if that is of the same site as the one it was saved from and not just
/// the site's front page.
fn url(own: &[&str], saved: &str) -> String {
    let web = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
    let parts = |url: &str| -> Option<(String, bool)> {
        let rest = url.split_once("://")?.1;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = rest.get(..end)?.to_lowercase();
        let front = rest.get(end..)?.trim_matches('/').is_empty();
        Some((host.strip_prefix("www.").unwrap_or(&host).to_owned(), front))
    };
    let fits = |url: &&str| match (parts(url), parts(saved)) {
        (Some((host, front)), Some((saved, saved_front))) => {
            host == saved && (!front || saved_front)
        }
        (own, None) => own.is_some(),
        _ => false,
    };
    let url = own.iter().copied().filter(web).find(fits).unwrap_or(saved);
    if url.len() > MOST_VALUE || url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return String::new();
    }
    url.to_owned()
}
