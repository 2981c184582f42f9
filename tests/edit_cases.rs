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
    let quote = EvidenceRef::Quote { article: None, at: Spot::Nth("Kervel".to_owned(), 1) };
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
