//! Cases worked out by hand.

use casebook::edit::{Edit, Ref, Side, apply, parse_script, settle_all};
use casebook::notebook::{
    About, Article, ArticleId, ClaimStatus, Detail, EntityId, Notebook, Origin, RecordId,
};
use casebook::text::Text;

use crate::{merged, problems};

const TEXT: &str = "Anne Kervel met Bruno Salaün in Port-Léonie. Kervel denied it on Monday. \
                    The town hall said nothing. Salaün left the next day.";

pub fn base() -> Notebook {
    let mut notebook = Notebook::new("Harbour");
    let article = Article {
        about: About { title: "The harbour".to_owned(), ..About::default() },
        origin: Origin {
            file_name: "a.txt".to_owned(),
            sha256: "00".repeat(32),
            ..Origin::default()
        },
        text: Text::new(TEXT),
        earlier: Vec::new(),
    };
    apply(&mut notebook, &Edit::AddArticle(ArticleId::from_bits(1), std::sync::Arc::new(article)))
        .unwrap();
    edited(
        &notebook,
        r#"[
            AddEntity(kind: Actor, name: "Anne Kervel", handle: "$anne"),
            Tag(at: Quote("Anne Kervel"), entity: "$anne"),
            AddEntity(kind: Actor, name: "Bruno Salaün", handle: "$bruno"),
            Tag(at: Quote("Bruno Salaün"), entity: "$bruno"),
            AddEntity(kind: Claim, name: "They met", handle: "$met"),
            Tag(at: Quote("met Bruno"), entity: "$met", statement: (chain: [(actor: "$anne")])),
            Link(from: "$anne", relation: "works for", to: "$bruno"),
        ]"#,
    )
}

pub fn edited(notebook: &Notebook, list: &str) -> Notebook {
    let mut notebook = notebook.clone();
    let edits = parse_script(list).unwrap();
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    notebook
}

fn named(notebook: &Notebook, name: &str) -> EntityId {
    *notebook.entities().iter().find(|(_, entity)| entity.name == name).unwrap().0
}

#[test]
fn fields_of_one_record_are_merged_one_by_one() {
    let base = base();
    let ours = edited(
        &base,
        r#"[SetEntity(entity: "Anne Kervel", with: (note: "mayor", aliases: ["Kervel"]))]"#,
    );
    let theirs = edited(
        &base,
        r#"[SetEntity(entity: "Anne Kervel", with: (actor_kind: Person, aliases: ["A. Kervel"], to_check: true))]"#,
    );
    let merged = merged(&base, &ours, &theirs);
    assert_eq!(merged.conflicts(), []);
    let anne = merged.notebook().entity(named(&base, "Anne Kervel")).unwrap();
    assert_eq!(anne.note, "mayor");
    assert!(anne.to_check);
    assert_eq!(anne.aliases, ["A. Kervel", "Kervel"]);
}

#[test]
fn two_texts_for_one_field_are_a_conflict_that_keeps_both() {
    let base = base();
    let anne = named(&base, "Anne Kervel");
    let set = |note: &str| {
        edited(&base, &format!(r#"[SetEntity(entity: "Anne Kervel", with: (note: "{note}"))]"#))
    };
    let merged = merged(&base, &set("mayor since 2020"), &set("mayor since 2026"));
    let [conflict] = merged.conflicts() else { panic!("{:?}", merged.conflicts()) };
    assert_eq!((&conflict.of, &*conflict.field), (&RecordId::Entity(anne), "note"));
    assert_eq!(
        [&*conflict.base, &*conflict.ours, &*conflict.theirs],
        ["\"\"", "\"mayor since 2020\"", "\"mayor since 2026\""]
    );
    let mut notebook = merged.into_notebook();
    assert_eq!(notebook.entity(anne).unwrap().note, "mayor since 2020");
    let id = *notebook.conflicts().keys().next().unwrap();
    apply(&mut notebook, &settle_all([id], Some(Side::Theirs))).unwrap();
    assert_eq!(notebook.entity(anne).unwrap().note, "mayor since 2026");
    assert!(notebook.conflicts().is_empty());
}

/// A field that files leave out where it is empty, as the folder of an article, is a field like any other.
#[test]
fn an_article_taken_out_of_its_folder_is_merged_by_field() {
    let folder = |notebook: &Notebook, folder: &str| {
        edited(
            notebook,
            &format!(r#"[Describe(article: "The harbour", with: (folder: "{folder}"))]"#),
        )
    };
    let base = folder(&base(), "Leads");
    let author = r#"[Describe(article: "The harbour", with: (author: "Joséphine"))]"#;
    for (ours, theirs) in
        [(folder(&base, ""), edited(&base, author)), (edited(&base, author), folder(&base, ""))]
    {
        let merged = merged(&base, &ours, &theirs);
        assert_eq!(merged.conflicts(), []);
        let about = &merged.notebook().articles().values().next().unwrap().about;
        assert_eq!((about.folder.as_str(), about.author.as_str()), ("", "Joséphine"));
    }
    for (ours, theirs, there) in [("", "Closed", "Closed"), ("Closed", "", "")] {
        let merged = merged(&base, &folder(&base, ours), &folder(&base, theirs));
        let [conflict] = merged.conflicts() else { panic!("{:?}", merged.conflicts()) };
        assert_eq!(conflict.field, "folder");
        let mut notebook = merged.notebook().clone();
        let all: Vec<_> = notebook.conflicts().keys().copied().collect();
        apply(&mut notebook, &settle_all(all, Some(Side::Theirs))).unwrap();
        assert_eq!(notebook.articles().values().next().unwrap().about.folder, there);
        assert_eq!(problems(&notebook), Vec::<String>::new());
    }
}

#[test]
fn what_is_deleted_here_and_used_there_stays_with_all_it_had() {
    let base = base();
    let bruno = named(&base, "Bruno Salaün");
    let ours = edited(&base, r#"[DeleteEntity(entity: "Bruno Salaün")]"#);
    assert!(ours.links().is_empty());
    let theirs = edited(&base, r#"[Tag(at: Nth("Salaün", 2), entity: "Bruno Salaün")]"#);
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let merged = merged(&base, ours, theirs);
        let [conflict] = merged.conflicts() else { panic!("{:?}", merged.conflicts()) };
        assert_eq!((&conflict.of, &*conflict.field), (&RecordId::Entity(bruno), "record"));
        assert_eq!(merged.notebook().mention_count_of(bruno), 2);
        assert_eq!(merged.notebook().links().len(), 1, "the link goes with its end");
        assert!(merged.notebook().nodes().contains_key(&bruno));
        // The deletion can still be taken.
        let mut notebook = merged.into_notebook();
        let side = if conflict_deletes(&notebook, Side::Ours) { Side::Ours } else { Side::Theirs };
        let id = *notebook.conflicts().keys().next().unwrap();
        apply(&mut notebook, &settle_all([id], Some(side))).unwrap();
        assert!(notebook.entity(bruno).is_none() && notebook.links().is_empty());
    }
}

fn conflict_deletes(notebook: &Notebook, side: Side) -> bool {
    notebook.conflicts().values().next().is_some_and(|conflict| side.value(conflict) == "null")
}

#[test]
fn deleted_here_and_untouched_there_is_deleted() {
    let base = base();
    let ours = edited(&base, r#"[DeleteEntity(entity: "Bruno Salaün")]"#);
    let theirs = edited(&base, r#"[SetEntity(entity: "Anne Kervel", with: (note: "?"))]"#);
    let merged = merged(&base, &ours, &theirs);
    assert_eq!(merged.conflicts(), []);
    assert_eq!(merged.notebook().entities().len(), 2);
}

#[test]
fn a_speaker_that_stays_speaks_again() {
    let base = base();
    let anne = named(&base, "Anne Kervel");
    let ours = edited(&base, r#"[DeleteEntity(entity: "Anne Kervel")]"#);
    let theirs = edited(&base, r#"[SetEntity(entity: "Anne Kervel", with: (note: "mayor"))]"#);
    let merged = merged(&base, &ours, &theirs);
    let speaks = |notebook: &Notebook| {
        notebook.mentions().values().any(|mention| mention.speakers().any(|one| one == anne))
    };
    assert!(!speaks(&ours) && speaks(merged.notebook()));
}

#[test]
fn an_article_updated_here_takes_along_what_was_tagged_there() {
    let base = base();
    let id = ArticleId::from_bits(1);
    let mut ours = base.clone();
    let text = Text::new(TEXT.replace("Anne Kervel met", "On Sunday Anne Kervel had met"));
    let origin = Origin { sha256: "11".repeat(32), ..base.article(id).unwrap().origin.clone() };
    let update = casebook::edit::Update::of(&ours, id, origin.clone(), text).unwrap();
    apply(&mut ours, &Edit::UpdateArticle(std::sync::Arc::new(update))).unwrap();
    let theirs = edited(&base, r#"[Tag(at: Nth("Kervel", 2), entity: "Anne Kervel")]"#);
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let merged = merged(&base, ours, theirs);
        assert_eq!(merged.conflicts(), []);
        let notebook = merged.notebook();
        let article = notebook.article(id).unwrap();
        assert_eq!((article.origin.sha256.as_str(), article.earlier.len()), (&*origin.sha256, 1));
        let words: Vec<&str> = notebook
            .mentions_of(named(&base, "Anne Kervel"))
            .map(|id| notebook.words(&notebook.mention(id).unwrap().anchor))
            .collect();
        assert_eq!(words, ["Anne Kervel", "Kervel"]);
        assert_eq!(problems(notebook), Vec::<String>::new());
    }
}

#[test]
fn a_status_and_its_assessment_go_together() {
    let base = base();
    let met = named(&base, "They met");
    let judged = |status: &str, at: &str| {
        edited(
            &base,
            &format!(
                r#"[SetEntity(entity: "They met", with: (status: {status}, reason: "seen", at: "{at}"))]"#
            ),
        )
    };
    let merged =
        merged(&base, &judged("Supported", "2031-03-16"), &judged("Disputed", "2031-03-17"));
    let fields: Vec<&str> = merged.conflicts().iter().map(|it| &*it.field).collect();
    assert_eq!(fields, ["status"]);
    let mut notebook = merged.into_notebook();
    let claim = |notebook: &Notebook| {
        let Detail::Claim(claim) = notebook.entity(met).unwrap().detail.clone() else { panic!() };
        claim
    };
    // Both judgements are kept, and the last of them is what stands: not that of the later day.
    let first = claim(&notebook);
    assert_eq!((first.status, first.assessments.len()), (ClaimStatus::Supported, 2));
    assert_eq!(first.assessments[1].at, "2031-03-16");
    let id = *notebook.conflicts().keys().next().unwrap();
    apply(&mut notebook, &settle_all([id], Some(Side::Theirs))).unwrap();
    let second = claim(&notebook);
    assert_eq!((second.status, second.assessments.len()), (ClaimStatus::Disputed, 3));
    assert_eq!(problems(&notebook), Vec::<String>::new());
}

#[test]
fn owners_in_a_circle_and_two_groups_for_one_are_conflicts() {
    let base = edited(
        &base(),
        r#"[AddEntity(kind: Actor, name: "Holding"), AddEntity(kind: Actor, name: "Paper")]"#,
    );
    let ours = edited(
        &base,
        r#"[
            SetEntity(entity: "Holding", with: (owner: "Paper")),
            AddGroup(with: (title: "A", members: ["Holding", "Paper"])),
        ]"#,
    );
    let theirs = edited(
        &base,
        r#"[
            SetEntity(entity: "Paper", with: (owner: "Holding")),
            AddGroup(with: (title: "B", members: ["Holding", "Anne Kervel"])),
        ]"#,
    );
    let merged = merged(&base, &ours, &theirs);
    let fields: Vec<&str> = merged.conflicts().iter().map(|it| &*it.field).collect();
    assert_eq!(fields, ["owner", "owner", "members", "members"]);
    assert_eq!(problems(merged.notebook()), Vec::<String>::new());
    let groups: Vec<usize> =
        merged.notebook().groups().values().map(|it| it.members.len()).collect();
    assert_eq!(groups.iter().sum::<usize>(), 3);
}

#[test]
fn nodes_of_both_that_would_cover_each_other_are_parted() {
    let base = base();
    let place = |name: &str| {
        let mut notebook = base.clone();
        let made = edited(
            &notebook,
            &format!(r#"[AddEntity(kind: Actor, name: "{name}", at: Some((900, 900)))]"#),
        );
        notebook.clone_from(&made);
        notebook
    };
    let (ours, theirs) = (place("Here"), place("There"));
    let merged = merged(&base, &ours, &theirs);
    assert_eq!(merged.conflicts(), []);
    let notebook = merged.notebook();
    let (a, b) =
        (notebook.nodes()[&named(notebook, "Here")], notebook.nodes()[&named(notebook, "There")]);
    assert!((a.x - b.x).abs() > 40.0 || (a.y - b.y).abs() > 20.0, "{a:?} {b:?}");
    for (id, node) in base.nodes() {
        assert_eq!(notebook.nodes()[id], *node, "nobody else moves");
    }
}

#[test]
fn a_conflict_that_is_settled_by_name_is_told() {
    let mut notebook = base();
    let refused =
        apply(&mut notebook, &Edit::Settle { conflict: Ref::Name("note".to_owned()), take: None });
    assert!(refused.unwrap_err().to_string().contains("no conflict"));
}
