//! Dates that cannot all be right.

use casebook::edit::{Edit, apply, parse_script};
use casebook::notebook::Notebook;
use casebook::timeline::{Clash, clashes};
use proptest::prelude::*;

fn notebook(list: &str) -> Notebook {
    let mut notebook = Notebook::new("");
    let edits = parse_script(list).unwrap();
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    notebook
}

/// What clashes, by names: `first > then` for an order, the names for a circle.
fn found(list: &str) -> Vec<String> {
    let notebook = notebook(list);
    let name = |id| notebook.name(id).to_owned();
    let mut found: Vec<String> = clashes(&notebook, &|| false)
        .iter()
        .map(|clash| match clash {
            Clash::Order { first, then, links } => {
                format!("{} > {} by {}", name(*first), name(*then), links.len())
            }
            Clash::Circle { events, .. } => {
                let mut names: Vec<String> = events.iter().map(|id| name(*id)).collect();
                names.sort();
                format!("circle {}", names.join(" "))
            }
            Clash::AfterArticles { event, last } => format!("{} after {last}", name(*event)),
        })
        .collect();
    found.sort();
    found
}

/// An edit list of events, each a letter and its date, and of what is said of their order.
fn list(events: &[(&str, &str)], links: &[(&str, &str, &str)]) -> String {
    let events = events.iter().map(|(name, date)| {
        format!(
            r#"AddEntity(kind: Event, name: "{name}", handle: "{name}", with: (date: "{date}")),"#
        )
    });
    let links = links.iter().map(|(from, relation, to)| {
        format!(r#"Link(from: "{from}", relation: "{relation}", to: "{to}"),"#)
    });
    format!("[{}]", events.chain(links).collect::<String>())
}

#[test]
fn what_comes_first_and_is_dated_later_clashes() {
    let dates = [("a", "2031-03-14"), ("b", "2031-03-10")];
    for (from, relation, to) in [("a", "before", "b"), ("b", "after", "a"), ("a", "causes", "b")] {
        assert_eq!(found(&list(&dates, &[(from, relation, to)])), ["a > b by 1"], "{relation}");
    }
    assert!(found(&list(&dates, &[("b", "before", "a")])).is_empty());
    // On one day, either may have come first; a month may hold the day.
    for (a, b) in [
        ("2031-03-14", "2031-03-14"),
        ("2031-03-14", "2031-03"),
        ("2031-03-15~", "2031-03-14"),
        ("2031-03-14/..", "2031-03-01/.."),
        ("../2031", "2030"),
        ("2031", ""),
    ] {
        let clash = found(&list(&[("a", a), ("b", b)], &[("a", "before", "b")]));
        assert!(clash.is_empty(), "{a} {b}: {clash:?}");
    }
}

#[test]
fn dates_are_compared_along_all_links_between_them() {
    let dates = [("a", "2031-03-14"), ("x", ""), ("y", "2031/2032"), ("b", "2031-03-10")];
    let links = [("a", "before", "x"), ("x", "causes", "y"), ("b", "after", "y")];
    assert_eq!(found(&list(&dates, &links)), ["a > b by 3"]);
    // What is wrong is said once, not of all that comes after it.
    let dates = [("a", "2031-03-14"), ("b", "2031-03-10"), ("c", "2031-03-12")];
    let links = [("a", "before", "b"), ("b", "before", "c")];
    assert_eq!(found(&list(&dates, &links)), ["a > b by 1"]);
}

#[test]
fn what_comes_before_itself_is_a_circle() {
    let dates = [("a", "2031"), ("b", ""), ("c", "2031"), ("d", "2031")];
    let links =
        [("a", "before", "b"), ("b", "before", "c"), ("a", "after", "c"), ("c", "before", "d")];
    assert_eq!(found(&list(&dates, &links)), ["circle a b c"]);
    let two =
        [("a", "before", "b"), ("b", "before", "a"), ("c", "causes", "d"), ("d", "causes", "c")];
    assert_eq!(found(&list(&dates, &two)), ["circle a b", "circle c d"]);
}

proptest! {
    #[test]
    fn what_is_in_the_order_of_its_dates_never_clashes(
        days in prop::collection::vec(0_u32..2_000, 2..20),
        pairs in prop::collection::vec((0_usize..20, 0_usize..20), 0..40),
        turned in any::<bool>(),
    ) {
        let names: Vec<String> = (0..days.len()).map(|i| format!("e{i}")).collect();
        let date = |day: u32| format!("{:04}-{:02}-{:02}", 2000 + day / 300, day % 300 / 25 + 1, day % 25 + 1);
        let dates: Vec<String> = days.iter().map(|day| date(*day)).collect();
        let events: Vec<(&str, &str)> =
            names.iter().zip(&dates).map(|(name, date)| (&**name, &**date)).collect();
        let mut links = Vec::new();
        for (a, b) in pairs {
            let (a, b) = (a % days.len(), b % days.len());
            if dates[a] < dates[b] {
                let (from, to) = if turned { (b, a) } else { (a, b) };
                links.push((&*names[from], "before", &*names[to]));
            }
        }
        let clash = found(&list(&events, &links));
        if turned {
            prop_assert_eq!(clash.is_empty(), links.is_empty());
        } else {
            prop_assert!(clash.is_empty(), "{:?}", clash);
        }
    }
}
