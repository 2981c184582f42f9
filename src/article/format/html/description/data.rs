//! Data for search engines: JSON-LD in the vocabulary of schema.org, as newspapers write it, also where it is malformed.

use serde_json::Value;

use super::tidy;

/// What the data says about an article.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub headline: String,
    /// The authors, parted by commas.
    pub author: String,
    /// When it was published, as written.
    pub published: String,
    pub publisher: String,
    pub language: String,
    pub url: String,
}

/// How many objects of one page are looked at.
const MOST_OBJECTS: usize = 2000;

impl Article {
    /// The article that the data describes; of several the one that says most.
    pub(super) fn of(data: &[String]) -> Self {
        let values: Vec<Value> = data.iter().filter_map(|text| parse(text)).collect();
        let mut objects = Vec::new();
        for value in &values {
            collect(value, &mut objects);
        }
        let rank = |object: &&Value| {
            let kinds = kinds(object);
            let article = kinds.iter().any(|kind| is_article(kind));
            let page = kinds.iter().any(|kind| *kind == "WebPage" || *kind == "ItemPage");
            (article, page, object.get("headline").is_some(), object.get("datePublished").is_some())
        };
        // `max_by_key` would take the last of equals; the first is the page's own.
        let best = objects.iter().rev().copied().max_by_key(rank);
        let Some(best) = best.filter(|best| rank(best).0 || rank(best).1) else {
            return Self::default();
        };
        let article = rank(&best).0;
        let names =
            |key: &str| best.get(key).map_or_else(String::new, |value| names_of(value, &objects));
        let text = |key: &str| best.get(key).and_then(Value::as_str).map(tidy).unwrap_or_default();
        let address = |value: &Value| match value {
            Value::String(url) => tidy(url),
            other => other.get("@id").and_then(Value::as_str).map(tidy).unwrap_or_default(),
        };
        let headline = unescaped(&text("headline"));
        Self {
            headline: if headline.is_empty() && article {
                unescaped(&text("name"))
            } else {
                headline
            },
            author: unescaped(&names("author")),
            published: text("datePublished"),
            publisher: unescaped(&names("publisher")),
            language: text("inLanguage"),
            url: [text("url"), best.get("mainEntityOfPage").map(address).unwrap_or_default()]
                .into_iter()
                .find(|url| !url.is_empty())
                .unwrap_or_default(),
        }
    }
}

/// Entities of HTML that some writers leave in the data.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [
        ("&quot;", "\""),
        ("&#039;", "’"),
        ("&#39;", "’"),
        ("&apos;", "’"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

/// Parses data, also with the faults that are common: comments and CDATA around it, line ends in strings, commas too
/// many, something after its end.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches('\u{feff}');
    let first = |text: &str| {
        serde_json::Deserializer::from_str(text).into_iter::<Value>().next().and_then(Result::ok)
    };
    // The bracket of `<![CDATA[` begins no data.
    let mut beginnings = [text.find('{')?, text.find('[').unwrap_or(usize::MAX)];
    beginnings.sort_unstable();
    beginnings
        .iter()
        .filter_map(|begin| text.get(*begin..))
        .find_map(|text| first(text).or_else(|| first(&mended(text))))
}

fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' if quoted => {
                // `\'` and the like are no escapes of JSON.
                match characters.next() {
                    Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                        mended.push('\\');
                        mended.push(next);
                    }
                    Some(next) => mended.push(next),
                    None => {}
                }
            }
            '"' => {
                quoted = !quoted;
                mended.push('"');
            }
            c if c.is_control() => mended.push(' '),
            ',' if !quoted => {
                while characters.peek().is_some_and(|c| c.is_whitespace() || *c == ',') {
                    characters.next();
                }
                if !matches!(characters.peek(), Some('}' | ']')) {
                    mended.push(',');
                }
            }
            c => mended.push(c),
        }
    }
    mended
}

/// The objects of a value: of arrays, of `@graph`, and the main entity of a page.
fn collect<'a>(value: &'a Value, objects: &mut Vec<&'a Value>) {
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        if objects.len() >= MOST_OBJECTS {
            return;
        }
        match value {
            Value::Array(values) => left.extend(values.iter().rev().take(MOST_OBJECTS)),
            Value::Object(object) => {
                objects.push(value);
                for key in ["mainEntity", "@graph"] {
                    left.extend(object.get(key));
                }
            }
            _ => {}
        }
    }
}

fn kinds(object: &Value) -> Vec<&str> {
    // `http://schema.org/Article` and `schema:Article` are the same.
    let kinds = match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().take(20).collect(),
        Some(kind) => vec![kind],
        None => Vec::new(),
    };
    kinds
        .into_iter()
        .filter_map(Value::as_str)
        .filter_map(|kind| kind.rsplit(['/', '#', ':']).next())
        .collect()
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article")
        || matches!(
            kind,
            "Report"
                | "BlogPosting"
                | "LiveBlogPosting"
                | "SocialMediaPosting"
                | "Review"
                | "DiscussionForumPosting"
        )
}

/// The names of people or organisations: text, objects, lists of them, or references to objects elsewhere.
fn names_of(value: &Value, objects: &[&Value]) -> String {
    let list = match value {
        Value::Array(values) => values.iter().take(20).collect(),
        value => vec![value],
    };
    let name = |value: &Value| -> Option<String> {
        if let Value::String(name) = value {
            let address = name.starts_with("http:") || name.starts_with("https:");
            return (!address).then(|| tidy(name));
        }
        if let Some(name) = value.get("name") {
            return match name {
                Value::Array(names) => {
                    let names = names.iter().take(20).filter_map(Value::as_str).map(tidy);
                    Some(names.collect::<Vec<_>>().join(", "))
                }
                name => name.as_str().map(tidy),
            };
        }
        let id = value.get("@id")?;
        let named = objects.iter().find(|object| object.get("@id") == Some(id))?;
        named.get("name")?.as_str().map(tidy)
    };
    let mut names: Vec<String> = Vec::new();
    for value in list {
        if let Some(name) = name(value).filter(|name| !name.is_empty())
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(data: &str) -> Article {
        Article::of(&[data.to_owned()])
    }

    #[test]
    fn an_article_is_found_wherever_it_stands() {
        let graph = of(r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"The Ledger","publisher":{"@id":"#org"}},
            {"@type":"Organization","@id":"#org","name":"Ledger House"},
            {"@type":["Thing","http://schema.org/NewsArticle"],"headline":"A denial",
             "author":[{"@type":"Person","name":"Mira Okonjo"},"Jan Vos","https://ledger.example/jan"],
             "publisher":{"@id":"#org"},"datePublished":"2031-03-04T08:00:00+01:00","inLanguage":"en"}]}"##);
        assert_eq!(graph.headline, "A denial");
        assert_eq!(graph.author, "Mira Okonjo, Jan Vos");
        assert_eq!(graph.publisher, "Ledger House");
        assert_eq!(graph.published, "2031-03-04T08:00:00+01:00");
        let list = of(
            r#"[{"@type":"BreadcrumbList"},{"@type":"Article","headline":"B","author":{"name":["C"]}}]"#,
        );
        assert_eq!((&*list.headline, &*list.author), ("B", "C"));
        let several =
            of(r#"{"@type":"Article","author":{"@type":"Person","name":["J. Vos","A. Rot"]}}"#);
        assert_eq!(several.author, "J. Vos, A. Rot");
        assert_eq!(
            of(r#"{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","headline":"D"}}"#)
                .headline,
            "D"
        );
        assert_eq!(of(r#"{"@type":"Product","name":"A pump"}"#).headline, "");
    }

    #[test]
    fn malformed_data_is_mended_or_left() {
        for data in [
            "/* <![CDATA[ */ {\"@type\":\"Article\",\"headline\":\"A\",} /* ]]> */",
            "{\"@type\":\"Article\",\n\"headline\":\"A\n\",,}",
            "<!-- {\"@type\":\"Article\",\"headline\":\"A\"} -->",
            "{\"@type\":\"Article\",\"headline\":\"A\"};",
            r#"{"@type":"Article","description":"it\'s","headline":"A"}"#,
        ] {
            assert_eq!(of(data).headline, "A", "{data}");
        }
        for data in ["", "{", "null", "[[[[", "\"Article\"", "{\"@type\":7}"] {
            assert_eq!(of(data).headline, "", "{data}");
        }
        assert_eq!(of(&"[".repeat(200_000)).headline, "");
    }
}
