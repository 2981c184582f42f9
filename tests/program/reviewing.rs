//! Review: what is open, and words that left their article.

use casebook::app::{
    Command, Intent, Level, LinkDraft, ReadingIntent, Selection, SessionIntent, Tool,
};
use casebook::edit::{Edit, Ref, StatementFields};
use casebook::inquiry::{Why, review};
use casebook::notebook::Kind;

use crate::script::Script;

#[test]
fn review_lists_what_is_open_and_forgets_what_is_mended() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (claim, said) = s.tag(Kind::Claim, "Rien n’a changé", 0);
    let open = |s: &Script| review(s.open_notebook().notebook());
    let has = |s: &Script, why: Why| open(s).iter().any(|open| open.why == why);
    assert!(has(&s, Why::NoSpeaker(said)));
    assert!(has(&s, Why::NotLinked(kervel)) && has(&s, Why::NotLinked(claim)));
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::ToggleToCheck);
    assert!(has(&s, Why::EntityToCheck(kervel)));
    let link = s.link(LinkDraft::between(claim, kervel, None));
    assert!(has(&s, Why::NoSentence(link)) && !has(&s, Why::NotLinked(kervel)));
    s.go(Intent::Select(Selection {
        entities: [kervel].into(),
        links: [link].into(),
        ..Selection::none()
    }));
    s.run(Command::ToggleToCheck);
    assert!(has(&s, Why::EntityToCheck(kervel)) && has(&s, Why::LinkToCheck(link)));
    s.run(Command::ToggleToCheck);
    assert!(!has(&s, Why::EntityToCheck(kervel)) && !has(&s, Why::LinkToCheck(link)));

    s.go(Intent::Select(Selection::mention(said, s.open_notebook().notebook())));
    s.run(Command::ToggleToCheck);
    assert!(has(&s, Why::MentionToCheck(said)));
    s.edit(Edit::SetStatement {
        mention: Ref::Id(said),
        with: StatementFields {
            chain: Some(vec![casebook::edit::HopFields {
                actor: Ref::Id(kervel),
                cue: "dit".to_owned(),
                source: Default::default(),
            }]),
            ..StatementFields::default()
        },
    });
    assert!(!has(&s, Why::NoSpeaker(said)));
    s.edit(Edit::Untag { mention: Ref::Id(said) });
    assert!(has(&s, Why::NoStatement(claim)));
    let headings: Vec<_> = open(&s).iter().map(|open| open.why.heading()).collect();
    let mut once = headings.clone();
    once.dedup();
    assert_eq!(
        once.len(),
        once.iter().collect::<std::collections::BTreeSet<_>>().len(),
        "each heading stands once: {headings:?}"
    );
}

#[test]
fn words_that_left_their_article_are_listed_and_kept() {
    let mut s = Script::open();
    let (_, kept) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let (_, lost) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let path = s.save_as("one.ron");
    s.run(Command::CloseNotebook);
    let source = std::fs::read_to_string(&path).unwrap();
    // Somebody's editor changed the article inside the notebook.
    let (before, after) = source.split_once("Anne Kervel a rencontré").unwrap();
    std::fs::write(&path, format!("{before}Anna Kerval a rencontré{after}")).unwrap();
    s.go(Intent::Session(SessionIntent::OpenPath(path)));
    let (level, why) = s.told();
    assert_eq!(level, Level::Warning);
    assert!(why.contains("Anne Kervel") && why.starts_with('1'), "{why}");
    assert!(review(s.open_notebook().notebook()).iter().any(|open| open.why == Why::Orphan(lost)));
    assert_eq!((s.words(lost), s.words(kept)), ("Anne Kervel", "Paul Ormelot"));
    assert!(!s.open_notebook().is_modified());
    s.go(Intent::Reading(ReadingIntent::GoToMention(lost)));
    assert!(s.told().1.contains("no longer"), "{:?}", s.told());
    s.run(Command::Boundaries);
    assert!(
        matches!(s.open_notebook().tool(), Tool::None),
        "what has no place has no ends to move"
    );
}
