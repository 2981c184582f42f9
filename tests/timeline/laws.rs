//! What holds of every date, and of every pile of events.

use casebook::edit::{Edit, EntityFields, LinkFields, Ref, apply};
use casebook::notebook::{Kind, Notebook, edtf_span};
use casebook::timeline::calendar::{DAY, day_number, start_of};
use casebook::timeline::{
    Extent, Item, Items, LaneBy, LaneKey, Level, Room, Rows, Scene, Timeline, View, What, lanes,
};
use proptest::prelude::*;

/// A date of EDTF of level 0 or 1, now and then one that is none.
fn any_date() -> impl Strategy<Value = String> {
    let year = prop_oneof![
        (1900_i64..2100).prop_map(|year| year.to_string()),
        (0_i64..9999).prop_map(|year| format!("{year:04}")),
        (1_i64..5000).prop_map(|year| format!("-{year:04}")),
        (10_000_i64..10_000_000_000).prop_map(|year| format!("Y{year}")),
        (10_000_i64..10_000_000_000).prop_map(|year| format!("Y-{year}")),
        Just("203X".to_owned()),
        Just("20XX".to_owned()),
    ];
    let rest = prop_oneof![
        4 => Just(String::new()),
        3 => (1_u8..=12).prop_map(|month| format!("-{month:02}")),
        1 => (21_u8..=24).prop_map(|season| format!("-{season}")),
        1 => Just("-XX".to_owned()),
        1 => (1_u8..=12).prop_map(|month| format!("-{month:02}-XX")),
        6 => (1_u8..=12, 1_u8..=31).prop_map(|(month, day)| format!("-{month:02}-{day:02}")),
        2 => (1_u8..=12, 1_u8..=28, 0_u8..24, 0_u8..60).prop_map(|(month, day, hour, minute)| {
            format!("-{month:02}-{day:02}T{hour:02}:{minute:02}:00")
        }),
    ];
    let sign = prop::sample::select(vec!["", "", "", "?", "~", "%"]);
    let one = (year, rest, sign).prop_map(|(year, rest, sign)| format!("{year}{rest}{sign}"));
    let end = prop_oneof![4 => one.clone(), 1 => Just("..".to_owned()), 1 => Just(String::new())];
    prop_oneof![4 => one, 2 => (end.clone(), end).prop_map(|(from, to)| format!("{from}/{to}"))]
}

/// A date as most events have: within some years.
fn usual_date() -> impl Strategy<Value = String> {
    let day = || {
        (2030_u16..2032, 1_u8..=12, 1_u8..=28)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
    };
    prop_oneof![
        6 => day(),
        3 => Just("2031-03-14".to_owned()),
        1 => day().prop_map(|day| format!("{day}~")),
        1 => (2030_u16..2032, 1_u8..=12).prop_map(|(year, month)| format!("{year}-{month:02}?")),
        1 => day().prop_map(|day| format!("{day}/..")),
        1 => day().prop_map(|day| format!("/{day}")),
        1 => (day(), 2032_u16..2034).prop_map(|(day, year)| format!("{day}/{year}")),
        1 => day().prop_map(|day| format!("{day}T20:30:00")),
    ]
}

/// A notebook of events with these dates, each by one of three actors, and links that put them in order.
fn notebook(events: &[(String, String)], order: &[(usize, usize)]) -> Notebook {
    let mut notebook = Notebook::new("");
    let mut edits: Vec<Edit> = (0..3)
        .map(|i| Edit::AddEntity {
            kind: Kind::Actor,
            name: format!("Actor {i}"),
            handle: format!("a{i}"),
            with: Box::default(),
            at: None,
        })
        .collect();
    for (i, (name, date)) in events.iter().enumerate() {
        let part =
            |i: usize| (Ref::handle(&format!("a{}", i % 3)), casebook::notebook::Role::Agent);
        let with = EntityFields {
            date: Some(date.clone()),
            // Some belong into two lanes, some into none.
            participants: Some((0..i % 3).map(|n| part(i + n)).collect()),
            place: Some(["", "Quay", "quay", "Town hall"][i % 4].to_owned()),
            ..EntityFields::default()
        };
        edits.push(Edit::AddEntity {
            kind: Kind::Event,
            name: format!("{name} {i}"),
            handle: format!("e{i}"),
            with: Box::new(with),
            at: None,
        });
    }
    for (from, to) in order.iter().filter(|(from, to)| from != to) {
        let (from, to) = (from % events.len().max(1), to % events.len().max(1));
        if from != to {
            edits.push(Edit::Link {
                from: Ref::handle(&format!("e{from}")),
                relation: "before".into(),
                to: Ref::handle(&format!("e{to}")),
                evidence: Vec::new(),
                with: LinkFields::default(),
                handle: String::new(),
            });
        }
    }
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    notebook
}

fn piles() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec(("[A-Za-zé ]{1,30}", usual_date()), 1..60)
}

/// A scale within a step of zoom: the step's own, or a little closer.
fn within(level: Level, share: f64) -> f64 {
    level.scale() * (1.0 - 0.29 * share)
}

proptest! {
    #[test]
    fn an_extent_contains_every_day_its_date_can_mean(text in any_date(), share in 0.0_f64..=1.0) {
        let Some((first, last)) = edtf_span(&text) else {
            prop_assert_eq!(Extent::of(&text), None);
            return Ok(());
        };
        let extent = Extent::of(&text).unwrap();
        prop_assert!(extent.earliest < extent.latest, "{}", text);
        prop_assert_eq!(extent.earliest == i64::MIN, first.0 == i64::MIN);
        prop_assert_eq!(extent.latest == i64::MAX, last.0 == i64::MAX);
        // A day among them: the first, the last, or one between. Open ends go on for a while.
        let low = if first.0 == i64::MIN { day_number(last) - 100_000 } else { day_number(first) };
        let high = if last.0 == i64::MAX { day_number(first) + 100_000 } else { day_number(last) };
        let day = low + ((high - low) as f64 * share) as i64;
        let start = day * DAY;
        if text.contains('T') {
            prop_assert!(extent.earliest < start + DAY && extent.latest > start, "{}", text);
        } else {
            prop_assert!(extent.earliest <= start && start + DAY <= extent.latest, "{}", text);
        }
        if let Some((from, to)) = extent.core {
            prop_assert!(extent.earliest <= from && from < to && to <= extent.latest, "{}", text);
        }
        let (from, to) = extent.known();
        prop_assert!(from < to && from > i64::MIN && to < i64::MAX, "{}", text);
        prop_assert!(!extent.words().is_empty());
    }

    #[test]
    fn nothing_is_surely_after_what_is_surely_after_it(a in any_date(), b in any_date()) {
        let (Some(a), Some(b)) = (Extent::of(&a), Extent::of(&b)) else { return Ok(()) };
        prop_assert!(!a.is_surely_after(&a));
        prop_assert!(!(a.is_surely_after(&b) && b.is_surely_after(&a)));
        if a.is_surely_after(&b) && a.zone == b.zone {
            prop_assert!(a.earliest >= b.latest);
        }
    }

    #[test]
    fn things_are_in_the_order_of_time_and_none_is_lost(events in piles()) {
        let notebook = notebook(&events, &[]);
        let items = Items::of(&notebook, true, &|| false);
        prop_assert_eq!(items.dated.len() + items.undated.len(), events.len());
        let order = |item: &Item| (item.extent.earliest, std::cmp::Reverse(item.extent.latest));
        let ordered = items.dated.windows(2).all(|two| order(&two[0]) <= order(&two[1]));
        prop_assert!(ordered);
        for by in LaneBy::ALL {
            let lanes = lanes(&notebook, &items, by);
            let mut there: Vec<u32> = lanes.iter().flat_map(|lane| lane.items.clone()).collect();
            there.sort_unstable();
            there.dedup();
            prop_assert_eq!(there.len(), items.dated.len(), "{:?}", by);
            for lane in &lanes {
                prop_assert!(lane.items.is_sorted());
                prop_assert!(!lane.title.is_empty() || lane.key == LaneKey::All);
            }
        }
    }

    #[test]
    fn what_is_stacked_never_overlaps(events in piles(), level in -2.0_f64..46.0, share in 0.0_f64..1.0) {
        let notebook = notebook(&events, &[]);
        let timeline = Timeline::of(&notebook, LaneBy::Actor, true, &|| false);
        let level = View { centre: 0.0, scale: level.exp2() }.level();
        let stacked = timeline.stack(level, &|_| true);
        let scale = within(level, share);
        for row in 0..stacked.rows.len() as u32 {
            let rooms: Vec<Room> = stacked.rows.in_row(row).iter().map(|entry| {
                let item = stacked.rows.entries[*entry as usize].item;
                Room::of(&timeline.items.dated[item as usize], scale)
            }).collect();
            prop_assert!(!rooms.is_empty());
            for two in rooms.windows(2) {
                // Sums of seconds since 1970 over a scale: exact to a thousandth of a point.
                prop_assert!(two[0].to <= two[1].from + 0.01, "{:?}", two);
            }
        }
        // Each lane has rows of its own, below those of the one before.
        for two in stacked.rows.lanes.windows(2) {
            prop_assert_eq!(two[0].first + two[0].rows, two[1].first);
        }
        for entry in &stacked.rows.entries {
            let lane = &stacked.rows.lanes[entry.lane as usize];
            prop_assert!((lane.first..lane.first + lane.rows).contains(&entry.row));
        }
    }

    #[test]
    fn panning_never_moves_anything_to_another_row(
        events in piles(), order in prop::collection::vec((0_usize..60, 0_usize..60), 0..20),
        days in 1.0_f64..400.0, by in -600.0_f32..600.0,
    ) {
        let notebook = notebook(&events, &order);
        let timeline = Timeline::of(&notebook, LaneBy::Place, true, &|| false);
        let size = (900.0, 400.0);
        let mut view = View {
            centre: start_of((2031, 3, 1)) as f64,
            scale: days * 86_400.0 / 900.0,
        };
        let stacked = timeline.stack(view.level(), &|_| true);
        let before = Scene::of(&timeline, &stacked, view, size, 0.0);
        view.pan(by);
        let after = Scene::of(&timeline, &timeline.stack(view.level(), &|_| true), view, size, 0.0);
        for shape in &before.shapes {
            let again = after.shapes.iter().find(|other| other.entry == shape.entry);
            if let Some(again) = again {
                prop_assert_eq!(shape.item, again.item);
                prop_assert_eq!(shape.rect.min.y, again.rect.min.y);
                let cut = |x: f32| x <= -399.0 || x >= size.0 + 399.0;
                let (a, b) = (shape.rect.min.x, again.rect.min.x);
                prop_assert!(cut(a) || cut(b) || (a + by - b).abs() < 0.1, "{} {} {}", a, by, b);
            }
        }
    }

    #[test]
    fn a_scene_leaves_out_nothing_that_is_in_view(
        events in piles(), days in 1.0_f64..900.0, scroll in 0.0_f32..500.0,
    ) {
        let notebook = notebook(&events, &[]);
        let timeline = Timeline::of(&notebook, LaneBy::None, true, &|| false);
        let (width, height) = (700.0, 260.0);
        let view = View {
            centre: start_of((2031, 2, 1)) as f64,
            scale: days * 86_400.0 / f64::from(width),
        };
        let stacked = timeline.stack(view.level(), &|_| true);
        let scene = Scene::of(&timeline, &stacked, view, (width, height), scroll);
        let origin = view.centre / view.scale - f64::from(width) * 0.5;
        for (entry, number) in stacked.rows.entries.iter().zip(0_u32..) {
            let room = Room::of(&timeline.items.dated[entry.item as usize], view.scale);
            let top = stacked.rows.top(*entry) - scroll;
            let seen = room.to - origin > 1.0 && room.from - origin < f64::from(width) - 1.0
                && top + 24.0 > 1.0 && top < height - 1.0;
            let there = scene.shapes.iter().any(|shape| shape.entry == number);
            prop_assert!(!seen || there, "{:?}", timeline.items.dated[entry.item as usize].label);
        }
        for shape in &scene.shapes {
            let item = &timeline.items.dated[shape.item as usize];
            prop_assert!(matches!(item.what, What::Event(_)));
            prop_assert!(shape.rect.min.x < shape.rect.max.x);
            // Words in a bar stand in it, others after it.
            if shape.label.inside {
                let right = shape.label.at.x + shape.label.width;
                prop_assert!(shape.label.at.x >= shape.rect.min.x && right <= shape.rect.max.x);
            } else {
                prop_assert!(shape.label.at.x >= shape.rect.max.x);
            }
        }
    }

    #[test]
    fn the_same_notebook_has_the_same_rows(events in piles()) {
        let notebook = notebook(&events, &[]);
        let rows = || {
            let timeline = Timeline::of(&notebook, LaneBy::Actor, true, &|| false);
            let level = View { centre: 0.0, scale: 9_000.0 }.level();
            let stacked = timeline.stack(level, &|_| true);
            (stacked.rows.lanes.clone(), stacked.rows.entries.clone())
        };
        prop_assert_eq!(rows(), rows());
    }
}

#[test]
fn many_on_one_day_stand_below_each_other() {
    let events: Vec<(String, String)> =
        (0..200).map(|i| (format!("Event {i}"), "2031-03-14".to_owned())).collect();
    let notebook = notebook(&events, &[]);
    let timeline = Timeline::of(&notebook, LaneBy::None, true, &|| false);
    let level = View { centre: 0.0, scale: 3_600.0 }.level();
    let rows = Rows::of(&timeline.items, &timeline.lanes, level, &|_| true);
    assert_eq!(rows.len(), 200);
    assert!((0..200).all(|row| rows.in_row(row).len() == 1));
}
