//! Judgements: signed, kept as a history, shown as of a day, and competing claims.

use casebook::app::{
    Answer, Command, Intent, Level, Prefs, Selection, SessionIntent, SettingsIntent,
};
use casebook::edit::{Edit, parse_script};
use casebook::notebook::{Claim, ClaimStatus, Detail, EntityId, Fit, Kind, Subject};

use crate::program::entity;
use crate::script::{OTHER, Script};

fn list(s: &mut Script, list: &str) {
    let edits = parse_script(list).unwrap();
    s.edit(Edit::Batch("List".to_owned(), edits));
}

fn claim(s: &Script, id: EntityId) -> Claim {
    match &s.open_notebook().notebook().entity(id).unwrap().detail {
        Detail::Claim(claim) => claim.clone(),
        _ => panic!("it is a claim"),
    }
}

#[test]
fn a_judgement_is_signed_with_the_name_in_the_settings_and_the_present_time() {
    let mut s = Script::open();
    let (id, _) = s.tag(Kind::Claim, "Rien n’a changé", 0);
    s.run(Command::YourName);
    assert!(s.program.question().is_some());
    s.go(Intent::Answer(Answer::Cancel));
    let prefs = Prefs { name: " M. Roz ".to_owned(), ..s.program.prefs().clone() };
    s.go(Intent::Settings(SettingsIntent::SetPrefs(prefs)));
    let name = s.open_notebook().notebook().name(id).to_owned();
    list(
        &mut s,
        &format!(r#"[SetEntity(entity: {name:?}, with: (status: Disputed, reason: "x"))]"#),
    );
    let one = claim(&s, id).assessments[0].clone();
    assert_eq!((&*one.by, &*one.reason), ("M. Roz", "x"));
    assert_eq!(one.at.len(), "2031-03-15T10:00:00Z".len(), "{}", one.at);
    assert!(casebook::notebook::is_moment(&one.at));
    s.run(Command::Undo);
    assert_eq!(claim(&s, id), Claim::default());
    s.run(Command::Redo);
    assert_eq!(claim(&s, id).status, ClaimStatus::Disputed);
}

#[test]
fn a_day_is_shown_as_it_was_held_and_left_without_a_trace() {
    let mut s = Script::open();
    let first = s.article();
    let (id, _) = s.tag(Kind::Claim, "Rien n’a changé", 0);
    let name = s.open_notebook().notebook().name(id).to_owned();
    let second = s.open_file("other.txt", OTHER.as_bytes());
    let claim_ref = format!("{name:?}");
    list(
        &mut s,
        &format!(
            r#"[
        Describe(article: "{first}", with: (date: "2031-03-12")),
        Describe(article: "{second}", with: (date: "9031-03-14")),
        SetEntity(entity: {claim_ref}, with: (status: Disputed, at: "9031-03-13")),
        SetEntity(entity: {claim_ref}, with: (status: Refuted, at: "9031-03-15")),
    ]"#
        ),
    );
    s.go(Intent::Select(Selection::entity(id)));
    let before = s.open_notebook().snapshot();
    let (label, desk) =
        (s.open_notebook().history().undo_label().map(str::to_owned), s.open_notebook().desk());
    assert!(s.open_notebook().as_of().is_none());

    s.run(Command::AsOf);
    let days = s.open_notebook().as_of().unwrap().1.to_vec();
    assert_eq!(days[days.len() - 3..], ["9031-03-13", "9031-03-14", "9031-03-15"]);
    assert_eq!(s.program.is_checked(Command::AsOf), Some(true));
    assert_eq!(claim(&s, id).status, ClaimStatus::Refuted);

    s.go(Intent::Session(SessionIntent::AsOf(Some("9031-03-13".to_owned()))));
    assert_eq!(claim(&s, id).status, ClaimStatus::Disputed);
    assert!(s.open_notebook().notebook().article(second).is_none(), "it was published later");
    assert_eq!(s.article(), first);
    // Nothing can be changed, nor undone.
    list(&mut s, r#"[Title("no")]"#);
    assert!(s.program.notices().iter().any(|notice| notice.text.contains("held on 9031-03-13")));
    assert!(!s.program.is_enabled(Command::Undo) && !s.program.is_enabled(Command::TagClaim));
    assert!(!s.program.is_enabled(Command::TakeOver), "no other Casebook has it open");
    s.go(Intent::Session(SessionIntent::AsOf(Some("some day".to_owned()))));
    assert!(
        s.program
            .notices()
            .iter()
            .any(|notice| notice.level == Level::Warning && notice.text.contains("some day"))
    );

    // Saved meanwhile is what is held now.
    s.go(Intent::Session(SessionIntent::SaveTo(s.path("case.ron"))));
    let saved = std::fs::read_to_string(s.path("case.ron")).unwrap();
    assert!(saved.contains("status: Refuted") && saved.contains("The harbour waits"));

    s.go(Intent::Session(SessionIntent::AsOf(None)));
    assert!(s.open_notebook().as_of().is_none());
    assert!(*s.open_notebook().snapshot() == *before);
    assert_eq!(s.article(), second);
    assert_eq!(s.open_notebook().desk(), desk);
    assert_eq!(*s.open_notebook().selection(), Selection::entity(id));
    assert_eq!(s.open_notebook().history().undo_label().map(str::to_owned), label);
    s.run(Command::Undo);
    assert_eq!(claim(&s, id).status, ClaimStatus::Unverified);
}

#[test]
fn a_notebook_without_a_date_has_no_days_to_go_to() {
    let mut s = Script::new();
    s.run(Command::NewNotebook);
    s.go(Intent::Session(SessionIntent::Edit(Edit::Title("Empty".to_owned()))));
    s.run(Command::AsOf);
    assert!(s.open_notebook().as_of().is_none());
    assert!(s.program.notices().iter().any(|notice| notice.text.contains("has a date")));
}

#[test]
fn each_cell_of_a_matrix_is_a_step_of_its_own() {
    let mut s = Script::open();
    let (id, said) = s.tag(Kind::Claim, "Rien n’a changé", 0);
    let name = s.open_notebook().notebook().name(id).to_owned();
    list(
        &mut s,
        &format!(
            r#"[
        AddEntity(kind: Claim, name: "Everything changed.", handle: "$other"),
        AddMatrix(with: (title: "Changed?", claims: [{name:?}, "$other"], rows: ["{said}"])),
    ]"#
        ),
    );
    let other = entity(s.open_notebook().notebook(), "Everything changed.");
    let cell = |s: &Script, claim| {
        let matrix = s.open_notebook().notebook().matrices().values().next().unwrap().clone();
        matrix.cell(claim, Subject::Mention(said))
    };
    for (claim, fit) in [(id, "Consistent"), (other, "Inconsistent")] {
        list(
            &mut s,
            &format!(
                r#"[SetCell(matrix: "Changed?", claim: "{claim}", row: "{said}", fit: {fit})]"#
            ),
        );
    }
    assert_eq!((cell(&s, id), cell(&s, other)), (Some(Fit::Consistent), Some(Fit::Inconsistent)));
    s.run(Command::Undo);
    assert_eq!((cell(&s, id), cell(&s, other)), (Some(Fit::Consistent), None));
    s.run(Command::Undo);
    assert_eq!((cell(&s, id), cell(&s, other)), (None, None));
}
