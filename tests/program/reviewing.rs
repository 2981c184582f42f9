//! Review: what is open, and words that left their article.

use casebook::app::questions::WaiveFinding;
use casebook::app::{
    Answer, Command, Finding, FindingsIntent, Intent, Level, LinkDraft, ReadingIntent, Selection,
    SessionIntent, Tool, waive,
};
use casebook::edit::{Edit, Ref, StatementFields};
use casebook::inquiry::review::{Open, Severity, review};
use casebook::inquiry::sources::{AllSources, WhatIf};
use casebook::notebook::{Kind, Subject};

use crate::script::Script;

/// What the review finds in the notebook as it is.
fn open(s: &Script) -> Vec<Open> {
    let notebook = s.open_notebook().notebook();
    let what_if = WhatIf::recorded_in(notebook);
    let sources = AllSources::new(notebook, &what_if, &|| false).unwrap();
    review(notebook, &sources, &|| false).unwrap().open
}

/// Whether a rule finds this.
fn has(s: &Script, rule: &str, what: impl Into<Subject>) -> bool {
    let what = what.into();
    open(s).iter().any(|open| open.rule.id == rule && open.what == what)
}

#[test]
fn review_lists_what_is_open_and_forgets_what_is_mended() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (claim, said) = s.tag(Kind::Claim, "Rien n’a changé", 0);
    assert!(has(&s, "no-speaker", said));
    assert!(has(&s, "unused-entity", kervel) && has(&s, "unused-entity", claim));
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::ToggleToCheck);
    assert!(has(&s, "needs-review", kervel));
    let link = s.link(LinkDraft::between(claim, kervel, None));
    assert!(has(&s, "link-without-evidence", link) && !has(&s, "unused-entity", kervel));
    s.go(Intent::Select(Selection {
        entities: [kervel].into(),
        links: [link].into(),
        ..Selection::none()
    }));
    s.run(Command::ToggleToCheck);
    assert!(has(&s, "needs-review", kervel) && has(&s, "needs-review", link));
    s.run(Command::ToggleToCheck);
    assert!(!has(&s, "needs-review", kervel) && !has(&s, "needs-review", link));

    s.go(Intent::Select(Selection::mention(said, s.open_notebook().notebook())));
    s.run(Command::ToggleToCheck);
    assert!(has(&s, "needs-review", said));
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
    assert!(!has(&s, "no-speaker", said));
    s.edit(Edit::Untag { mention: Ref::Id(said) });
    assert!(has(&s, "claim-without-statement", claim));
    let headings: Vec<_> = open(&s).iter().map(|open| open.rule.title).collect();
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
    assert!(has(&s, "orphaned-anchor", lost));
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

#[test]
fn a_finding_is_looked_at_settled_and_waived() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::ToggleToCheck);
    let list = s.open_notebook().review().expect("reviewed").clone();
    let marked = list.open.iter().find(|open| open.rule.id == "needs-review").unwrap();
    assert_eq!(marked.rule.severity, Severity::Warning);
    assert!(marked.fix(s.open_notebook().notebook()).is_some());

    // Looking at it selects it; one command settles it.
    s.go(FindingsIntent::LookAt(Finding::of(marked)).into());
    assert_eq!(s.open_notebook().selection().only_entity(), Some(kervel));
    s.run(Command::FixFinding);
    assert!(!s.open_notebook().notebook().entity(kervel).unwrap().to_check);
    s.run(Command::Undo);

    // Waived, it is kept with its reason and no longer open; the waiver can be taken back.
    s.go(FindingsIntent::LookAt(Finding::of(marked)).into());
    s.run(Command::WaiveFinding);
    let asked = s.program.asked::<WaiveFinding>().expect("asked for a reason").clone();
    s.go(Intent::Session(SessionIntent::Edit(waive(&asked.finding, " checked by phone "))));
    s.go(Intent::Answer(Answer::Cancel));
    let list = s.open_notebook().review().unwrap();
    assert!(!list.open.iter().any(|open| open.rule.id == "needs-review"));
    let waived = list.waived.iter().find(|open| open.rule.id == "needs-review").unwrap();
    let waiver = &s.open_notebook().notebook().waivers()[&waived.waived.unwrap()];
    assert_eq!(
        (waiver.reason.as_str(), waiver.rule.as_str()),
        ("checked by phone", "needs-review")
    );
    s.run(Command::WaiveFinding);
    assert!(s.open_notebook().review().unwrap().waived.is_empty());
}

#[test]
fn the_review_is_walked_through_from_one_finding_to_the_next() {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.tag(Kind::Claim, "Rien n’a changé", 0);
    let all: Vec<Finding> =
        s.open_notebook().review().unwrap().open.iter().map(Finding::of).collect();
    assert!(all.len() > 2);
    for finding in &all {
        s.run(Command::NextFinding);
        assert_eq!(s.open_notebook().finding_looked_at(), Some(finding));
    }
    s.run(Command::NextFinding);
    assert_eq!(s.open_notebook().finding_looked_at(), all.first(), "from the last to the first");
    s.run(Command::PreviousFinding);
    assert_eq!(s.open_notebook().finding_looked_at(), all.last());
}

#[test]
fn what_is_supposed_is_compared_and_can_be_recorded_as_one_step() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (claim, said) = s.tag(Kind::Claim, "Rien n’a changé", 0);
    s.edit(Edit::SetStatement {
        mention: Ref::Id(said),
        with: StatementFields {
            chain: Some(vec![casebook::edit::HopFields {
                actor: Ref::Id(kervel),
                cue: String::new(),
                source: casebook::notebook::Source::Read,
            }]),
            ..StatementFields::default()
        },
    });
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::WhatIfSetAside);
    let supposed = s.open_notebook().supposed().expect("supposed");
    let changes = supposed.changes.expect("compared");
    assert_eq!(changes.claims.len(), 1);
    assert_eq!(changes.claims[0].before.claim, claim);
    assert!(
        !s.open_notebook().notebook().set_aside().values().any(|_| true),
        "nothing is recorded"
    );
    s.run(Command::ApplyWhatIf);
    s.go(Intent::Answer(Answer::Cancel));
    s.go(FindingsIntent::ApplyWhatIf("retracted".to_owned()).into());
    assert!(s.open_notebook().supposed().is_none());
    let aside =
        s.open_notebook().notebook().set_aside().values().next().expect("set aside").clone();
    assert_eq!(aside.reason, "retracted");
    let figures = s.open_notebook().sources_of(claim).unwrap().affirmed.clone().unwrap();
    assert_eq!((figures.confirmed, figures.at_most), (0, 0));
    s.run(Command::Undo);
    assert!(s.open_notebook().notebook().set_aside().is_empty());
}

#[test]
fn a_derived_link_follows_its_statement_and_is_not_edited() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (claim, said) = s.tag(Kind::Claim, "Rien n’a changé", 0);
    let with_speaker = |chain| Edit::SetStatement {
        mention: Ref::Id(said),
        with: StatementFields { chain: Some(chain), ..StatementFields::default() },
    };
    s.edit(with_speaker(vec![casebook::edit::HopFields {
        actor: Ref::Id(kervel),
        cue: String::new(),
        source: Default::default(),
    }]));
    let derived: Vec<_> = s.open_notebook().notebook().derived_links_of(claim).collect();
    assert_eq!(derived.len(), 1);
    s.go(Intent::Select(Selection::link(derived[0])));
    assert_eq!(s.open_notebook().selection().only_link(), Some(derived[0]));
    let before = s.open_notebook().notebook().revision();
    s.run(Command::Delete);
    assert_eq!(s.open_notebook().notebook().revision(), before);
    assert!(s.told().1.contains("derived link"), "{:?}", s.told());
    for command in [Command::ReverseLink, Command::AddEvidence, Command::Note] {
        assert!(!s.program.is_enabled(command), "{command:?}");
    }
    // The layer: hidden and shown again; clearing the conditions leaves it.
    s.run(Command::ToggleDerived);
    assert!(s.open_notebook().exploration().filter().hide_derived);
    let shown = s.open_notebook().exploration().emphasis().unwrap().shown.clone().unwrap();
    assert!(!shown.has_link(derived[0]));
    s.run(Command::ToggleDerived);
    s.edit(with_speaker(Vec::new()));
    assert!(s.open_notebook().selection().is_empty(), "it went with the speaker");
}
