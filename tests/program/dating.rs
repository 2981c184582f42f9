//! Dating an event: what is asked, and what is proposed.

use casebook::app::questions::DateEvent;
use casebook::app::{Command, Intent, Level, Selection, SessionIntent, TaggingIntent};
use casebook::edit::{Edit, EntityFields, Ref};
use casebook::notebook::{Kind, When};

use crate::script::Script;

fn asked(s: &Script) -> When {
    s.program.asked::<DateEvent>().expect("the date is asked for").date.clone()
}

#[test]
fn the_words_beside_the_first_mention_are_proposed_with_what_they_mean() {
    let mut s = Script::open();
    let article = s.article();
    let date = casebook::edit::AboutFields {
        date: Some("2031-03-12".to_owned()),
        language: Some("fr".to_owned()),
        ..Default::default()
    };
    s.edit(Edit::Describe { article: Some(Ref::Id(article)), with: date });
    let (event, _) = s.tag(Kind::Event, "a rencontré Paul Ormelot", 0);
    // The picker proposes the date already: here nobody has taken it.
    let with = EntityFields {
        date: Some(String::new()),
        written: Some(String::new()),
        ..EntityFields::default()
    };
    s.edit(Edit::SetEntity { entity: Ref::Id(event), with: Box::new(with) });
    s.go(Intent::Select(Selection::entity(event)));
    s.run(Command::DateEvent);
    assert_eq!(asked(&s), When { written: "vendredi".into(), edtf: "2031-03-07~".into() });
    assert_eq!(s.program.read_typed(event, "3 mars 2031").as_deref(), Some("2031-03-03"));
    assert_eq!(s.program.read_typed(event, "2031-02~").as_deref(), Some("2031-02~"));
    assert_eq!(s.program.read_typed(event, "un jour"), None);
    // What was pointed at stands before what the words mean; the words stay.
    s.go(TaggingIntent::AskDate(event, "2031-02".to_owned()).into());
    assert_eq!(asked(&s), When { written: "vendredi".into(), edtf: "2031-02".into() });
}

#[test]
fn only_an_event_is_dated_and_only_where_something_can_be_changed() {
    let mut s = Script::open();
    let (actor, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    s.go(Intent::Select(Selection::entity(actor)));
    assert!(!s.program.is_enabled(Command::DateEvent));
    s.go(TaggingIntent::AskDate(actor, "2031".to_owned()).into());
    assert!(s.program.asked::<DateEvent>().is_none());
    let (event, _) = s.tag(Kind::Event, "a rencontré", 0);
    s.go(Intent::Select(Selection::entity(event)));
    assert!(s.program.is_enabled(Command::DateEvent));
    s.go(Intent::Session(SessionIntent::AsOf(Some("9999-01-01".to_owned()))));
    assert!(!s.program.is_enabled(Command::DateEvent));
    s.go(TaggingIntent::AskDate(event, "2031".to_owned()).into());
    assert!(s.program.asked::<DateEvent>().is_none());
    assert!(s.program.notices().iter().any(|notice| notice.level == Level::Info));
}
