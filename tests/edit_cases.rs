//! Cases that edits once got wrong, each with the law it broke.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::sync::Arc;

use casebook::edit::{
    AboutFields, Edit, EntityFields, EvidenceRef, LinkFields, Ref, Refusal, Spot, StatementFields,
    apply,
};
use casebook::fields::{Value, field};
use casebook::notebook::{
    About, Article, ArticleId, Detail, EntityId, Kind, Mention, Notebook, Origin, RelationId,
    ViewState, check,
};
use casebook::storage::{parse, render};
use casebook::text::Text;

const ARTICLE: ArticleId = ArticleId::from_bits(7);

fn notebook() -> Notebook {
    let mut notebook = Notebook::new("");
    let article = Article {
        about: About { title: "Rain".to_owned(), ..About::default() },
        origin: Origin::default(),
        text: Text::new("Anne Kervel and Paul Ormelot met. Kervel denied it."),
        earlier: Vec::new(),
    };
    done(&mut notebook, &Edit::AddArticle(ARTICLE, Arc::new(article)));
    for name in ["Kervel", "Ormelot", "Houlonde"] {
        done(&mut notebook, &actor(name, EntityFields::default()));
    }
    notebook
}

fn actor(name: &str, with: EntityFields) -> Edit {
    Edit::AddEntity {
        kind: Kind::Actor,
        name: name.to_owned(),
        handle: String::new(),
        with: Box::new(with),
        at: None,
    }
}

fn set(entity: &str, with: EntityFields) -> Edit {
    Edit::SetEntity { entity: name(entity), with: Box::new(with) }
}

fn tag(words: &str, entity: &str) -> Edit {
    Edit::Tag {
        article: None,
        at: Spot::Nth(words.to_owned(), 1),
        entity: name(entity),
        remember_alias: false,
        statement: StatementFields::default(),
        note: String::new(),
        handle: String::new(),
    }
}

fn name<I>(name: &str) -> Ref<I> {
    Ref::Name(name.to_owned())
}

fn done(notebook: &mut Notebook, edit: &Edit) {
    apply(notebook, edit).unwrap_or_else(|refusal| panic!("{edit:?}: {refusal}"));
    assert_eq!(check(notebook), Vec::new());
}

fn refused(notebook: &mut Notebook, edit: &Edit) -> Refusal {
    let before = notebook.clone();
    let refusal = apply(notebook, edit).unwrap_err();
    assert!(*notebook == before);
    refusal
}

fn entity(notebook: &Notebook, name: &str) -> EntityId {
    *notebook.entities().iter().find(|(_, e)| e.name == name).unwrap().0
}

#[test]
fn a_handle_of_what_the_list_took_away_names_nothing() {
    let mut notebook = notebook();
    let made = || Edit::AddEntity {
        kind: Kind::Actor,
        name: "Gone".to_owned(),
        handle: "gone".to_owned(),
        with: Box::default(),
        at: None,
    };
    let away = [
        Edit::DeleteEntity { entity: Ref::handle("gone") },
        Edit::Merge { from: Ref::handle("gone"), into: name("Kervel"), keep_names: false },
    ];
    let then = [
        Edit::Place(vec![(Ref::handle("gone"), 1.0, 2.0)]),
        Edit::Link {
            from: Ref::handle("gone"),
            relation: RelationId::from("owns"),
            to: name("Ormelot"),
            evidence: Vec::new(),
            with: LinkFields::default(),
            handle: String::new(),
        },
    ];
    for away in &away {
        for then in &then {
            let list = vec![made(), away.clone(), then.clone()];
            let refusal = refused(&mut notebook, &Edit::Batch("list".to_owned(), list));
            assert!(refusal.to_string().contains("edit 3"), "{refusal}");
        }
    }
}

#[test]
fn an_edit_that_changes_nothing_is_no_step() {
    let mut notebook = notebook();
    done(&mut notebook, &tag("Kervel", "Kervel"));
    let mention = *notebook.mentions().keys().next().unwrap();
    for edit in [
        Edit::Title(String::new()),
        Edit::Describe {
            article: None,
            with: AboutFields { title: Some("Rain".to_owned()), ..AboutFields::default() },
        },
        field::<Mention>("note").unwrap().set(mention, &Value::Text(String::new())).unwrap(),
        Edit::Rebound { mention: Ref::Id(mention), at: Spot::Bytes(5..11) },
        set("Kervel", EntityFields { to_check: Some(false), ..EntityFields::default() }),
    ] {
        assert!(apply(&mut notebook, &edit).unwrap().step.is_empty(), "{edit:?}");
    }
}

#[test]
fn merging_an_owner_with_what_it_owns_leaves_no_entity_owning_itself() {
    let kervel_owned_by_ormelot = EntityFields {
        owner: Some(name("Ormelot")),
        members: Some(vec![name("Ormelot"), name("Houlonde")]),
        ..EntityFields::default()
    };
    for (from, into) in [("Kervel", "Ormelot"), ("Ormelot", "Kervel")] {
        let mut notebook = notebook();
        let owner = EntityFields { owner: Some(name("Houlonde")), ..EntityFields::default() };
        done(&mut notebook, &set("Ormelot", owner));
        done(&mut notebook, &set("Kervel", kervel_owned_by_ormelot.clone()));
        let houlonde = entity(&notebook, "Houlonde");
        let merge = Edit::Merge { from: name(from), into: name(into), keep_names: false };
        done(&mut notebook, &merge);
        let one = entity(&notebook, into);
        let Detail::Actor(actor) = &notebook.entity(one).unwrap().detail else { panic!() };
        assert_eq!(actor.owner, Some(houlonde), "what the other one said is kept");
        assert_eq!(actor.members, [houlonde]);
    }
    let mut notebook = notebook();
    let own = EntityFields { owner: Some(name("Kervel")), ..EntityFields::default() };
    refused(&mut notebook, &set("Kervel", own));
}

#[test]
fn no_words_are_tagged_twice_as_one_entity_by_retagging_or_moving_ends() {
    let mut notebook = notebook();
    done(&mut notebook, &tag("Kervel", "Kervel"));
    done(&mut notebook, &tag("Kervel", "Ormelot"));
    let second = notebook.mentions_of(entity(&notebook, "Ormelot")).next().unwrap();
    let retag = Edit::Retag { mention: Ref::Id(second), entity: name("Kervel") };
    assert!(matches!(refused(&mut notebook, &retag), Refusal::AlreadyTagged { .. }));
    done(&mut notebook, &tag("Paul", "Kervel"));
    let kervel = entity(&notebook, "Kervel");
    let last = notebook.mentions_of(kervel).last().unwrap();
    let rebound = Edit::Rebound { mention: Ref::Id(last), at: Spot::Nth("Kervel".to_owned(), 1) };
    assert!(matches!(refused(&mut notebook, &rebound), Refusal::AlreadyTagged { .. }));
}

#[test]
fn a_name_is_not_its_own_alias_and_lists_say_each_once() {
    let mut notebook = notebook();
    let aliases = EntityFields {
        aliases: Some(vec!["Anne Kervel".to_owned(), "A. K.".to_owned()]),
        members: Some(vec![name("Ormelot"), name("Ormelot")]),
        ..EntityFields::default()
    };
    done(&mut notebook, &set("Kervel", aliases));
    let rename = EntityFields { name: Some("Anne Kervel".to_owned()), ..EntityFields::default() };
    done(&mut notebook, &set("Kervel", rename));
    let entity = notebook.entity(entity(&notebook, "Anne Kervel")).unwrap();
    assert_eq!(entity.aliases, ["A. K."]);
    assert_eq!(entity.refers_to().len(), 1);
}

#[test]
fn evidence_that_becomes_a_quote_is_not_there_twice() {
    let mut notebook = notebook();
    done(&mut notebook, &tag("Kervel", "Kervel"));
    let mention = *notebook.mentions().keys().next().unwrap();
    let quote =
        EvidenceRef::Quote { article: None, at: Spot::Nth("Kervel".to_owned(), 1), version: None };
    let link = Edit::Link {
        from: name("Kervel"),
        relation: RelationId::from("owns"),
        to: name("Ormelot"),
        evidence: vec![EvidenceRef::Mention(Ref::Id(mention)), quote],
        with: LinkFields::default(),
        handle: String::new(),
    };
    done(&mut notebook, &link);
    done(&mut notebook, &Edit::Untag { mention: Ref::Id(mention) });
    assert_eq!(notebook.links().values().next().unwrap().evidence.len(), 1);
}

#[test]
fn a_date_typed_with_a_space_is_a_date() {
    let mut notebook = notebook();
    let with = AboutFields { date: Some(" 2031-03 ".to_owned()), ..AboutFields::default() };
    done(&mut notebook, &Edit::Describe { article: None, with });
    assert_eq!(notebook.articles()[&ARTICLE].about.date, "2031-03");
}

#[test]
fn nobody_owns_itself_nor_through_others() {
    let mut notebook = notebook();
    let owned = |by: &str| EntityFields { owner: Some(name(by)), ..EntityFields::default() };
    done(&mut notebook, &set("Kervel", owned("Ormelot")));
    done(&mut notebook, &set("Ormelot", owned("Houlonde")));
    let before = notebook.clone();
    let why = refused(&mut notebook, &set("Kervel", owned("Kervel"))).to_string();
    assert!(why.contains("its own owner"), "{why}");
    let why = refused(&mut notebook, &set("Houlonde", owned("Kervel"))).to_string();
    assert!(why.contains("“Houlonde” would own itself, through “Kervel”, “Ormelot”"), "{why}");
    let merge = Edit::Merge { from: name("Houlonde"), into: name("Kervel"), keep_names: true };
    let why = refused(&mut notebook, &merge).to_string();
    assert!(why.contains("through “Ormelot”"), "{why}");
    assert!(notebook == before && check(&notebook).is_empty());

    // A file made elsewhere may hold what no edit makes.
    for (who, owner, what) in [
        ("Kervel", "Kervel", "it is its own owner"),
        ("Houlonde", "Kervel", "it owns itself, through “Kervel”, “Ormelot”"),
    ] {
        // Somebody else owns it, until the file says otherwise.
        let mut notebook = notebook.clone();
        done(&mut notebook, &actor("Somebody", EntityFields::default()));
        done(&mut notebook, &set(who, owned("Somebody")));
        let somebody = entity(&notebook, "Somebody").to_string();
        let source = render(&notebook, &ViewState::default());
        let owned_by = format!("owner: Some(\"{somebody}\"");
        assert_eq!(source.matches(&owned_by).count(), 1, "{source}");
        let by = format!("owner: Some(\"{}\"", entity(&notebook, owner));
        let (mut notebook, ..) = parse(&source.replace(&owned_by, &by)).unwrap();
        assert!(check(&notebook).iter().any(|problem| problem.what == what), "{what}");
        // What does not touch the owner can still be changed.
        let note = EntityFields { note: Some("seen".to_owned()), ..EntityFields::default() };
        apply(&mut notebook, &set(who, note)).unwrap();
    }
}

#[test]
fn a_name_holds_something_visible() {
    let mut notebook = notebook();
    for blank in ["", " \u{a0}", "\u{200b}\u{2060}", "\u{ad}\u{202e}", "\u{3164}"] {
        let why = refused(&mut notebook, &actor(blank, EntityFields::default())).to_string();
        assert!(why.contains("an actor needs a name that can be seen"), "{why}");
        let rename = EntityFields { name: Some(blank.to_owned()), ..EntityFields::default() };
        refused(&mut notebook, &set("Kervel", rename));
        let title = AboutFields { title: Some(blank.to_owned()), ..AboutFields::default() };
        refused(&mut notebook, &Edit::Describe { article: None, with: title });
    }
    let aliases = Some(vec!["\u{200b}".to_owned(), "A. Kervel".to_owned()]);
    done(&mut notebook, &set("Kervel", EntityFields { aliases, ..EntityFields::default() }));
    assert_eq!(notebook.entity(entity(&notebook, "Kervel")).unwrap().aliases, ["A. Kervel"]);
    done(&mut notebook, &actor("Or\u{ad}r", EntityFields::default()));
}

#[test]
fn a_name_composed_and_decomposed_is_one_name() {
    let mut notebook = notebook();
    done(&mut notebook, &actor("H\u{e9}l\u{e8}ne", EntityFields::default()));
    let aliases = Some(vec!["He\u{301}le\u{300}ne".to_owned(), "Milou".to_owned()]);
    done(
        &mut notebook,
        &set("He\u{301}le\u{300}ne", EntityFields { aliases, ..EntityFields::default() }),
    );
    assert_eq!(notebook.entity(entity(&notebook, "H\u{e9}l\u{e8}ne")).unwrap().aliases, ["Milou"]);
    done(&mut notebook, &actor("He\u{301}le\u{300}ne", EntityFields::default()));
    let both = set("H\u{e9}l\u{e8}ne", EntityFields::default());
    assert!(matches!(refused(&mut notebook, &both), Refusal::Ambiguous { .. }));
}

#[test]
fn what_was_dismissed_stays_when_an_article_is_read_anew() {
    let mut notebook = notebook();
    let dismiss = |words: &str| Edit::Dismiss { article: None, at: Spot::Quote(words.to_owned()) };
    for words in ["Anne Kervel", "Ormelot"] {
        done(&mut notebook, &dismiss(words));
    }
    let before = notebook.clone();
    let text = Text::new("Anne Kervel and Paul Orm\u{e9}lot met. Kervel denied it.");
    let anew = Edit::ReplaceText { article: ARTICLE, origin: Origin::default(), text };
    let applied = apply(&mut notebook, &anew).unwrap();
    let dismissed = &notebook.dismissed()[&ARTICLE];
    assert_eq!((dismissed.places.len(), dismissed.lost.len()), (1, 1));
    assert_eq!(dismissed.lost.values().next().unwrap(), "Ormelot");
    assert!(check(&notebook).iter().all(|problem| problem.is_orphan()));
    // It goes through a file, and what is dismissed at the same place takes its place there.
    let source = render(&notebook, &ViewState::default());
    let (again, _, orphans) = parse(&source).unwrap();
    assert!(again == notebook);
    assert_eq!((orphans.len(), orphans.dismissed.len()), (1, 1));
    let mut over = notebook.clone();
    done(&mut over, &dismiss("Orm\u{e9}lot"));
    assert!(over.dismissed()[&ARTICLE].lost.is_empty() && check(&over).is_empty());
    assert!(parse(&render(&over, &ViewState::default())).unwrap().2.is_empty());

    drop(applied.step.take_back(&mut notebook));
    assert!(notebook == before);
}

/// A notebook with a claim about Kervel, said and denied, and a link to it.
fn judged() -> Notebook {
    let mut notebook = notebook();
    let list = r#"[
        AddEntity(kind: Claim, name: "They met.", handle: "$met", with: (about: ["Kervel"])),
        AddEntity(kind: Claim, name: "They never met.", handle: "$never"),
        Tag(at: Quote("Anne Kervel and Paul Ormelot met"), entity: "$met", handle: "$said"),
        Tag(at: Quote("Kervel denied it"), entity: "$met", handle: "$denial", statement: (polarity: Denies)),
        Link(from: "Kervel", relation: "denies", to: "$met", handle: "$link"),
        SetEntity(entity: "$met", with: (
            status: Disputed, reason: "she denies it", by: "A", at: "2031-03-15", accusation: true,
            replies: [(actor: "Kervel", date: "2031-03-14", answer: Mention("$denial"))],
        )),
        Waive(rule: "one-origin", of: ["$met"], reason: "known", at: "2031-03-16"),
        Waive(rule: "look-alike", of: ["Kervel", "Ormelot"]),
        SetAside(what: "Kervel", from: "2031-03-01", reason: "lied before"),
        SetAside(what: "$said"),
        AddMatrix(handle: "$matrix", with: (title: "Met?", claims: ["$met", "$never"], rows: ["$said", "$denial", "$link"])),
        SetCell(matrix: "$matrix", claim: "$met", row: "$said", fit: Consistent),
        SetCell(matrix: "$matrix", claim: "$never", row: "$said", fit: Inconsistent),
        SetCell(matrix: "Met?", claim: "$never", row: "$link", fit: Neutral),
    ]"#;
    let edits = casebook::edit::parse_script(list).unwrap();
    done(&mut notebook, &Edit::Batch(String::new(), edits));
    notebook
}

fn list(notebook: &mut Notebook, list: &str) {
    let edits = casebook::edit::parse_script(list).unwrap();
    done(notebook, &Edit::Batch(String::new(), edits));
}

fn claim(notebook: &Notebook, called: &str) -> casebook::notebook::Claim {
    match &notebook.entity(entity(notebook, called)).unwrap().detail {
        Detail::Claim(claim) => claim.clone(),
        _ => panic!("{called} is no claim"),
    }
}

#[test]
fn every_change_of_a_grade_is_written_down_and_taken_back_with_it() {
    use casebook::edit::apply_signed;
    use casebook::notebook::{ClaimStatus, Grade, Signature};
    let mut notebook = judged();
    let before = notebook.clone();
    let signature = Signature { at: "2031-03-20T08:00:00Z".to_owned(), by: "B. C.".to_owned() };
    let with = EntityFields {
        status: Some(ClaimStatus::Supported),
        credibility: Some(2),
        reason: Some(" a photograph ".to_owned()),
        ..EntityFields::default()
    };
    let edit = set("They met.", with.clone());
    let step = apply_signed(&mut notebook, &edit, &signature).unwrap().step;
    assert_eq!(check(&notebook), Vec::new());
    let [.., status, credibility] = &claim(&notebook, "They met.").assessments[..] else {
        panic!("two more")
    };
    assert_eq!((&*status.at, &*status.by), ("2031-03-20T08:00:00Z", "B. C."));
    assert_eq!(
        (status.old, status.new),
        (Grade::Status(ClaimStatus::Disputed), Grade::Status(ClaimStatus::Supported),)
    );
    assert_eq!((&*status.reason, &*credibility.reason), ("a photograph", "a photograph"));
    // The same again with a reason is a judgement too; without one it changes nothing.
    let now = notebook.clone();
    let again = EntityFields { reason: None, ..with.clone() };
    assert!(apply(&mut notebook, &set("They met.", again)).unwrap().step.is_empty());
    assert!(notebook == now);
    done(&mut notebook, &set("They met.", with));
    assert_eq!(claim(&notebook, "They met.").assessments.len(), 5);
    notebook = now;
    let _ = step.take_back(&mut notebook);
    assert!(notebook == before, "undo takes the grade and what was written down of it");
    // A reason is given for something.
    let reason = EntityFields { reason: Some("why".to_owned()), ..EntityFields::default() };
    assert!(refused(&mut notebook, &set("They met.", reason)).to_string().contains("judgement"));
    let noon = EntityFields {
        at: Some("noon".to_owned()),
        credibility: Some(1),
        ..EntityFields::default()
    };
    assert!(refused(&mut notebook, &set("They met.", noon)).to_string().contains("noon"));
}

#[test]
fn what_is_judged_of_a_claim_goes_with_it_or_moves() {
    use casebook::notebook::{ClaimStatus, Evidence, Fit, Subject};
    let mut notebook = judged();
    let before = notebook.clone();
    let (met, never) = (entity(&notebook, "They met."), entity(&notebook, "They never met."));
    done(&mut notebook, &Edit::DeleteEntity { entity: Ref::Id(met) });
    assert!(notebook.waivers().values().all(|waiver| waiver.rule == "look-alike"));
    assert_eq!(notebook.set_aside().len(), 1, "its statement went");
    let matrix = notebook.matrices().values().next().unwrap();
    assert_eq!((matrix.claims.len(), matrix.rows.len(), matrix.cells.len()), (1, 0, 0));

    notebook = before.clone();
    let merge = Edit::Merge { from: Ref::Id(met), into: Ref::Id(never), keep_names: false };
    done(&mut notebook, &merge);
    let one = claim(&notebook, "They never met.");
    assert_eq!((one.status, one.accusation), (ClaimStatus::Disputed, true));
    assert_eq!((one.assessments.len(), one.replies.len()), (1, 1));
    let matrix = notebook.matrices().values().next().unwrap();
    assert_eq!(matrix.claims, [never]);
    let said = matrix.rows[0];
    assert_eq!(matrix.cell(never, said), Some(Fit::Inconsistent), "that of the one that stays");
    let moved = notebook.waivers().values().find(|waiver| waiver.rule == "one-origin").unwrap();
    assert_eq!(moved.of, [Subject::Entity(never)].into());

    // Who is judged differently keeps what is held of the one that stays, and that is written down.
    notebook = before.clone();
    list(
        &mut notebook,
        r#"[SetEntity(entity: "They never met.", with: (status: Refuted, at: "2031-03-01"))]"#,
    );
    done(&mut notebook, &merge);
    let one = claim(&notebook, "They never met.");
    assert_eq!((one.status, one.assessments.len()), (ClaimStatus::Refuted, 3));
    assert!(one.assessments[2].reason.contains("They met."));

    // A finding about two that become one is none any more; who was asked is the one that stays.
    notebook = before.clone();
    let (kervel, ormelot) = (entity(&notebook, "Kervel"), entity(&notebook, "Ormelot"));
    done(
        &mut notebook,
        &Edit::Merge { from: Ref::Id(kervel), into: Ref::Id(ormelot), keep_names: false },
    );
    assert!(notebook.waivers().values().all(|waiver| waiver.rule == "one-origin"));
    assert_eq!(claim(&notebook, "They met.").replies[0].actor, ormelot);
    assert!(notebook.set_aside().values().any(|aside| aside.what == Subject::Entity(ormelot)));

    // An answer keeps its words when its mention goes, and goes with its article.
    notebook = before.clone();
    let Some(Evidence::Mention(denial)) = claim(&notebook, "They met.").replies[0].answer.clone()
    else {
        panic!("a mention")
    };
    done(&mut notebook, &Edit::Untag { mention: Ref::Id(denial) });
    let answer = claim(&notebook, "They met.").replies[0].answer.clone().unwrap();
    assert_eq!(notebook.words(notebook.evidence_anchor(&answer).unwrap()), "Kervel denied it");
    assert_eq!(notebook.matrices().values().next().unwrap().rows.len(), 2);
    done(&mut notebook, &Edit::RemoveArticle { article: Ref::Id(ARTICLE) });
    assert_eq!(claim(&notebook, "They met.").replies[0].answer, None);

    // A mention that is no statement any more is not set aside.
    notebook = before;
    let aside = |notebook: &Notebook| -> Vec<Subject> {
        notebook.set_aside().values().map(|aside| aside.what).collect()
    };
    let said = *aside(&notebook).iter().find(|what| matches!(what, Subject::Mention(_))).unwrap();
    let Subject::Mention(said) = said else { panic!("a mention") };
    done(&mut notebook, &Edit::Retag { mention: Ref::Id(said), entity: name("Houlonde") });
    assert_eq!(aside(&notebook).len(), 1);
}

#[test]
fn what_is_waived_set_aside_and_compared_is_taken_back_by_name() {
    let mut notebook = judged();
    list(
        &mut notebook,
        r#"[CountAgain(aside: "Kervel"), SetMatrix(matrix: "Met?", with: (title: "Did they meet?"))]"#,
    );
    assert_eq!(notebook.set_aside().len(), 1);
    let waiver = *notebook.waivers().keys().next().unwrap();
    done(&mut notebook, &Edit::Unwaive { waiver: Ref::Id(waiver) });
    assert_eq!(notebook.waivers().len(), 1);
    for bad in [
        r#"[Waive(rule: " ", of: ["Kervel"])]"#,
        r#"[Waive(rule: "x", of: [])]"#,
        r#"[SetAside(what: "They met.")]"#,
        r#"[SetAside(what: "Kervel", from: "soon")]"#,
        r#"[AddMatrix(with: (claims: []))]"#,
        r#"[AddMatrix(with: (title: "x", claims: ["Kervel"]))]"#,
        r#"[AddMatrix(with: (title: "x", rows: ["Kervel"]))]"#,
        r#"[SetCell(matrix: "Met?", claim: "They met.", row: "Kervel")]"#,
        r#"[DeleteMatrix(matrix: "Met?")]"#,
    ] {
        let edits = casebook::edit::parse_script(bad).unwrap();
        refused(&mut notebook, &Edit::Batch(String::new(), edits));
    }
    list(&mut notebook, r#"[DeleteMatrix(matrix: "Did they meet?")]"#);
    assert!(notebook.matrices().is_empty());
}
