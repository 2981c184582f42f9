//! A notebook as it was held on a day: judged as it was judged then, without what was published or added later.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::{Edit, Ref, apply};
use crate::notebook::{
    Article, Assessment, Change, Day, Detail, Entity, Grade, Link, LinkId, Notebook, Target,
    edtf_span,
};

/// The notebook as it was held at the end of a day (`2031-03-15`).
///
/// What a claim, actor or link was judged to be is what its assessments up to that day say; one without a date counts
/// as made before all others. Articles that were published or added later are taken out, with their mentions and the
/// links that only they bear out; so is what was waived, set aside or asked later. Names and all else stay as they are at
/// present: when they came about is not recorded.
#[must_use]
pub fn as_of(notebook: &Notebook, day: &str) -> Notebook {
    let mut then = notebook.clone();
    let later = notebook
        .articles()
        .iter()
        .filter(|(_, article)| first_days(article).any(|known| &*known > day))
        .map(|(id, _)| Edit::RemoveArticle { article: Ref::Id(*id) });
    // They are there, and nothing refuses to take them out.
    let _ = apply(&mut then, &Edit::Batch(String::new(), later.collect()));
    let unborne: HashSet<LinkId> = notebook
        .links()
        .iter()
        .filter(|(id, link)| {
            !link.evidence.is_empty() && then.link(**id).is_some_and(|it| it.evidence.is_empty())
        })
        .map(|(id, _)| *id)
        .collect();
    // A link goes with the one it targets.
    let goes_with_another = |id: &LinkId| {
        let next = |id: LinkId| match notebook.link(id)?.to {
            Target::Link(to) => Some(to),
            Target::Entity(_) => None,
        };
        std::iter::successors(next(*id), |id| next(*id)).any(|id| unborne.contains(&id))
    };
    let mut first: Vec<LinkId> =
        unborne.iter().filter(|id| !goes_with_another(id)).copied().collect();
    first.sort_unstable();
    let gone = first.into_iter().map(|id| Edit::DeleteLink { link: Ref::Id(id) });
    let _ = apply(&mut then, &Edit::Batch(String::new(), gone.collect()));
    for (id, entity) in notebook.entities() {
        let Some(now) = then.entity(*id).filter(|_| changes_after(entity, day)) else { continue };
        let mut entity = Entity::clone(now);
        regrade_entity(&mut entity, day);
        then.replace(Change::Entity(*id, Some(Arc::new(entity))));
    }
    for (id, link) in notebook.links() {
        let after = |one: &Assessment| one.day() > day;
        let Some(now) = then.link(*id).filter(|_| link.assessments.iter().any(after)) else {
            continue;
        };
        let mut link = Link::clone(now);
        if let [Grade::Strength(strength)] =
            grades_on(&mut link.assessments, &link_grades(now), day)[..]
        {
            link.strength = strength;
        }
        then.replace(Change::Link(*id, Some(Arc::new(link))));
    }
    for (id, waiver) in notebook.waivers() {
        if day_of(&waiver.at) > day {
            then.replace(Change::Waiver(*id, None));
        }
    }
    for (id, aside) in notebook.set_aside() {
        if day_of(&aside.at) > day {
            then.replace(Change::SetAside(*id, None));
        }
    }
    then
}

/// The days on which something was judged, waived, set aside, published or added, the earliest first: `2031-03-15`.
#[must_use]
pub fn days(notebook: &Notebook) -> Vec<String> {
    let mut days = BTreeSet::new();
    for article in notebook.articles().values() {
        days.extend(first_days(article));
    }
    let of_entities = notebook.entities().values().flat_map(|entity| entity.assessments());
    let of_links = notebook.links().values().flat_map(|link| &link.assessments);
    let signed = notebook.waivers().values().map(|waiver| day_of(&waiver.at));
    let signed = signed.chain(notebook.set_aside().values().map(|aside| day_of(&aside.at)));
    let judged = of_entities.chain(of_links).map(Assessment::day);
    days.extend(judged.chain(signed).filter(|day| !day.is_empty()).map(str::to_owned));
    days.into_iter().collect()
}

/// Whether something is not what it was on that day.
fn changes_after(entity: &Entity, day: &str) -> bool {
    let asked = match &entity.detail {
        Detail::Claim(claim) => &claim.replies[..],
        Detail::Actor(_) | Detail::Event(_) => &[],
    };
    entity.assessments().iter().any(|one| one.day() > day)
        || asked.iter().any(|reply| first_day(&reply.asked.edtf).is_some_and(|asked| &*asked > day))
}

fn regrade_entity(entity: &mut Entity, day: &str) {
    let now = entity.grades();
    let mut assessments = entity.assessments().to_vec();
    let grades = grades_on(&mut assessments, &now, day);
    match &mut entity.detail {
        Detail::Actor(actor) => actor.assessments = assessments,
        Detail::Event(_) => {}
        Detail::Claim(claim) => {
            claim.assessments = assessments;
            claim
                .replies
                .retain(|reply| first_day(&reply.asked.edtf).is_none_or(|asked| &*asked <= day));
        }
    }
    for grade in grades {
        match (&mut entity.detail, grade) {
            (Detail::Actor(actor), Grade::Reliability(grade)) => actor.reliability = grade,
            (Detail::Claim(claim), Grade::Status(status)) => claim.status = status,
            (Detail::Claim(claim), Grade::Credibility(grade)) => claim.credibility = grade,
            _ => {}
        }
    }
}

fn link_grades(link: &Link) -> [Grade; 1] {
    link.grades()
}

/// The grades of that day, where these are those of today. Only the assessments up to that day are left.
fn grades_on(assessments: &mut Vec<Assessment>, now: &[Grade], day: &str) -> Vec<Grade> {
    let (kept, later): (Vec<_>, Vec<_>) =
        std::mem::take(assessments).into_iter().partition(|one| one.day() <= day);
    let grade = |now: &Grade| {
        let of = |one: &&Assessment| one.aspect() == now.aspect();
        let last = kept.iter().rev().find(of).map(|one| one.new);
        last.or(later.iter().find(of).map(|one| one.old)).unwrap_or(*now)
    };
    let grades = now.iter().map(grade).collect();
    *assessments = kept;
    grades
}

/// The day an article was published, and the day it was added, as far as they are known.
fn first_days(article: &Article) -> impl Iterator<Item = String> {
    let read = Some(day_of(&article.origin.read_at).to_owned()).filter(|day| !day.is_empty());
    first_day(&article.about.date).into_iter().chain(read)
}

/// The first day that a date can mean.
fn first_day(edtf: &str) -> Option<String> {
    let ((year, month, day), _): (Day, Day) = edtf_span(edtf)?;
    (0..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn day_of(at: &str) -> &str {
    at.get(..10).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::parse_script;
    use crate::notebook::generate::{Size, generate};
    use crate::notebook::{ClaimStatus, Strength, Subject, check};

    #[test]
    fn what_was_held_on_a_day_is_what_the_assessments_say() {
        let mut notebook = Notebook::new("");
        let list = r#"[
            AddEntity(kind: Actor, name: "Port Authority", handle: "$port"),
            AddEntity(kind: Claim, name: "It closes.", handle: "$closes"),
            Link(from: "$port", relation: "denies", to: "$closes", handle: "$denies"),
            SetEntity(entity: "$closes", with: (status: Disputed, at: "2031-03-10")),
            SetEntity(entity: "$closes", with: (status: Refuted, credibility: 5, at: "2031-03-20T10:00:00Z")),
            SetEntity(entity: "$port", with: (reliability: "B", at: "2031-03-12")),
            SetLink(link: "$denies", with: (strength: Confirmed, at: "2031-03-15")),
            SetAside(what: "$port", at: "2031-03-16"),
        ]"#;
        let edits = parse_script(list).expect("it reads");
        apply(&mut notebook, &Edit::Batch(String::new(), edits)).expect("it is taken");
        assert_eq!(
            days(&notebook),
            ["2031-03-10", "2031-03-12", "2031-03-15", "2031-03-16", "2031-03-20"]
        );
        let held = |day: &str| {
            let then = as_of(&notebook, day);
            assert_eq!(check(&then), []);
            let claim = then.entities().values().find_map(|entity| match &entity.detail {
                Detail::Claim(claim) => {
                    Some((claim.status, claim.credibility, claim.assessments.len()))
                }
                _ => None,
            });
            let (status, credibility, known) = claim.expect("a claim");
            let strength = then.links().values().next().expect("a link").strength;
            (status, credibility, known, strength, then.set_aside().len())
        };
        use ClaimStatus::{Disputed, Refuted, Unverified};
        assert_eq!(held("2031-03-09"), (Unverified, None, 0, Strength::Unconfirmed, 0));
        assert_eq!(held("2031-03-10"), (Disputed, None, 1, Strength::Unconfirmed, 0));
        assert_eq!(held("2031-03-15"), (Disputed, None, 1, Strength::Confirmed, 0));
        assert_eq!(held("2031-03-20"), (Refuted, Some(5), 3, Strength::Confirmed, 1));
        assert!(as_of(&notebook, "2031-03-20") == notebook);
    }

    #[test]
    fn what_came_later_is_taken_out_and_the_rest_stays_sound() {
        let size = Size { articles: 3, text: 900, entities: 30, mentions: 60, links: 20 };
        for seed in 0..20 {
            let (notebook, _) = generate(seed, size);
            let before = notebook.clone();
            for day in ["2031-03-01", "2031-03-12", "2031-03-14", "2031-04-01"] {
                let then = as_of(&notebook, day);
                let sound = check(&then).into_iter().filter(|problem| !problem.is_orphan());
                assert_eq!(sound.count(), 0, "{day}");
                assert!(
                    days(&then).iter().all(|known| &**known <= day),
                    "{day}: {:?}",
                    days(&then)
                );
                assert_eq!(then.entities().len(), notebook.entities().len());
                for (id, link) in then.links() {
                    let was = &notebook.link(*id).expect("it is there").evidence;
                    assert!(was.is_empty() || !link.evidence.is_empty(), "{day}");
                }
                let held = |id| then.holds(Subject::Entity(id));
                assert!(notebook.entities().keys().all(|id| held(*id)));
            }
            assert!(as_of(&notebook, "9999-12-31") == notebook && notebook == before);
        }
    }
}
