//! The lists, the inspector and the review list on real widgets: what is shown of a notebook, and what is sent and
//! done when someone clicks and types.

use casebook::app::{
    Caret, Command, Intent, PrefsFile, Program, ReadingIntent, Selection, SessionIntent,
};
use casebook::edit::{Edit, parse_script};
use casebook::notebook::{
    ArticleId, Basis, Claim, ClaimStatus, Detail, EntityId, Fit, Kind, LinkId, MentionId, Notebook,
    Statement, Strength,
};
use casebook::ui::competing::Competing;
use casebook::ui::fonts;
use casebook::ui::inspector::Inspector;
use casebook::ui::lists::Lists;
use casebook::ui::results::Results;
use casebook::ui::review::Review;
use casebook::ui::suggestions::Suggestions;
use casebook::ui::table::Table;
use casebook::ui::theme::Style;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const TEXT: &str = "Le port ferme\n\
Selon le Guetteur, la maire Ysé Alban aurait renoncé au port vendredi.\n\
Des sources internes l’affirment. L’autorité portuaire dément.";

const SCRIPT: &str = r#"[
  AddEntity(kind: Actor, name: "Ysé Alban", handle: "$yse", with: (aliases: ["la maire"])),
  AddEntity(kind: Actor, name: "Le Guetteur", handle: "$guetteur", with: (actor_kind: Media)),
  AddEntity(kind: Actor, name: "sources internes", handle: "$sources", with: (actor_kind: Anonymous)),
  AddEntity(kind: Event, name: "Renoncement", handle: "$event", with: (date: "2023-11-17")),
  AddEntity(kind: Claim, name: "La maire a renoncé au port.", handle: "$claim"),
  Tag(at: Quote("Ysé Alban"), entity: "$yse"),
  Tag(at: Quote("la maire"), entity: "$yse"),
  Tag(at: Quote("le Guetteur"), entity: "$guetteur"),
  Tag(at: Quote("la maire Ysé Alban aurait renoncé au port"), entity: "$claim"),
  Link(from: "$guetteur", relation: "relays", to: "$claim"),
  Link(from: "$yse", relation: "agent", to: "$event", evidence: [Sentence(at: Quote("aurait renoncé"))]),
]"#;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Lists,
    Inspector,
    Review,
    Table,
    Results,
    Suggestions,
    Competing,
}

/// A program with a notebook, one of its panes, and what the pane sent.
struct Desk {
    program: Program,
    which: Which,
    lists: Lists,
    inspector: Inspector,
    review: Review,
    table: Table,
    results: Results,
    suggestions: Suggestions,
    competing: Competing,
    sent: Vec<Intent>,
}

impl Desk {
    fn new(which: Which) -> Self {
        let mut program = Program::new(PrefsFile::none());
        program.dispatch(Intent::Session(SessionIntent::AddText(TEXT.to_owned())));
        let edits = parse_script(SCRIPT).expect("the script is sound");
        program.edit(&Edit::Batch("Set up".to_owned(), edits)).expect("the edits fit");
        Self {
            program,
            which,
            lists: Lists::new(),
            inspector: Inspector::new(),
            review: Review::new(),
            table: Table::new(),
            results: Results::new(),
            suggestions: Suggestions::new(),
            competing: Competing::default(),
            sent: Vec::new(),
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let style = Style::light();
        let mut out = Vec::new();
        let Some(book) = self.program.open_notebook() else { return };
        match self.which {
            Which::Lists => self.lists.ui(ui, &self.program, book, &style, &mut out, |_| {}),
            Which::Inspector => self.inspector.ui(ui, &self.program, book, &style, &mut out),
            Which::Review => self.review.ui(ui, &self.program, book, &style, &mut out),
            Which::Table => self.table.ui(ui, &self.program, book, &style, &mut out, |_| {}),
            Which::Results => self.results.ui(ui, &self.program, book, &style, &mut out),
            Which::Suggestions => self.suggestions.ui(ui, &self.program, book, &style, &mut out),
            Which::Competing => {
                self.competing.ui(ui, &self.program, book, &style, &mut out, |_| {});
            }
        }
        self.sent.extend(out.iter().cloned());
        self.program.dispatch_all(out);
    }

    fn notebook(&self) -> &Notebook {
        self.program.open_notebook().expect("a notebook is open").notebook()
    }

    fn selection(&self) -> &Selection {
        self.program.open_notebook().expect("a notebook is open").selection()
    }

    fn article(&self) -> ArticleId {
        self.notebook().articles_in_order()[0]
    }

    fn entity(&self, name: &str) -> EntityId {
        let named = |(id, e): (&EntityId, &_)| {
            (AsRef::<casebook::notebook::Entity>::as_ref(e).name == name).then_some(*id)
        };
        self.notebook().entities().iter().find_map(named).expect("it is there")
    }

    fn mention(&self, words: &str) -> MentionId {
        let notebook = self.notebook();
        let here = |(id, m): (&MentionId, &std::sync::Arc<casebook::notebook::Mention>)| {
            (notebook.words(&m.anchor) == words).then_some(*id)
        };
        notebook.mentions().iter().find_map(here).expect("it is tagged")
    }

    fn link(&self, relation: &str) -> LinkId {
        let all = self.notebook().links();
        *all.iter().find(|(_, link)| link.relation.0 == relation).expect("it is there").0
    }

    fn statement(&self) -> Statement {
        let id = self.mention("la maire Ysé Alban aurait renoncé au port");
        self.notebook().mention(id).and_then(|m| m.statement.clone()).expect("it is a statement")
    }
}

fn harness(desk: Desk) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size([420.0, 900.0])
        .with_max_steps(20)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::built_in());
            Style::light().apply(ctx);
        })
        .build_ui_state(|ui, desk: &mut Desk| desk.ui(ui), desk);
    harness.run();
    harness
}

fn inspecting(selection: impl FnOnce(&Desk) -> Selection) -> Harness<'static, Desk> {
    let mut desk = Desk::new(Which::Inspector);
    let selection = selection(&desk);
    desk.program.dispatch(Intent::Select(selection));
    harness(desk)
}

fn type_into(harness: &mut Harness<'_, Desk>, label: &str, text: &str) {
    harness.get_by_label(label).focus();
    harness.run();
    for letter in text.chars() {
        harness.event(Event::Text(letter.to_string()));
        harness.run();
    }
}

#[test]
fn lists_name_what_they_hold_and_a_click_selects() {
    let mut harness = harness(Desk::new(Which::Lists));
    harness.get_by_label("Article: Le port ferme, 4 mentions");
    harness.get_by_label("Claim: La maire a renoncé au port., 1 mention");
    harness.get_by_label("Event: Renoncement, 0 mentions");
    harness.get_by_label("Actor: Ysé Alban, 2 mentions").click();
    harness.run();
    let desk = harness.state();
    assert_eq!(*desk.selection(), Selection::entity(desk.entity("Ysé Alban")));
    harness.get_by_label("Actor: Le Guetteur, 1 mention").click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert_eq!(harness.state().selection().entities.len(), 2);
}

#[test]
fn lists_filter_by_name_and_alias() {
    let mut harness = harness(Desk::new(Which::Lists));
    type_into(&mut harness, "Filter the lists", "maire");
    harness.get_by_label("Actor: Ysé Alban, 2 mentions");
    assert!(harness.query_by_label("Actor: Le Guetteur, 1 mention").is_none());
    harness.get_by_label("Actors: 1, expanded");
}

#[test]
fn lists_show_only_what_is_to_check() {
    let mut desk = Desk::new(Which::Lists);
    let id = desk.entity("Le Guetteur");
    desk.program
        .dispatch_all([Intent::Select(Selection::entity(id)), Intent::Run(Command::ToggleToCheck)]);
    let mut harness = harness(desk);
    harness.get_by_label("Show only items to check").click();
    harness.run();
    harness.get_by_label("Actor: Le Guetteur, 1 mention");
    assert!(harness.query_by_label("Actor: Ysé Alban, 2 mentions").is_none());
}

#[test]
fn lists_close_a_section_and_walk_with_the_arrows() {
    let mut harness = harness(Desk::new(Which::Lists));
    harness.get_by_label("Actor: Le Guetteur, 1 mention").focus();
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    let desk = harness.state();
    let next = desk.entity("sources internes");
    assert_eq!(*desk.selection(), Selection::entity(next));
    // The next row is of another kind: headings are stepped over.
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert_eq!(
        harness.state().selection().only_entity(),
        Some(harness.state().entity("Renoncement"))
    );
    assert!(harness.get_by_label("Event: Renoncement, 0 mentions").is_focused());
    harness.get_by_label("Actors: 3, expanded").click();
    harness.run();
    assert!(harness.query_by_label("Actor: Le Guetteur, 1 mention").is_none());
    harness.get_by_label("Actors: 3, collapsed");
}

#[test]
fn only_rows_in_view_are_drawn() {
    let mut desk = Desk::new(Which::Lists);
    let many = (0..3000).map(|i| Edit::AddEntity {
        kind: Kind::Actor,
        name: format!("Somebody {i:04}"),
        handle: String::new(),
        with: Box::default(),
        at: None,
    });
    desk.program.edit(&Edit::Batch("Many".to_owned(), many.collect())).expect("the edits fit");
    let mut harness = harness(desk);
    harness.get_by_label("Actors: 3003, expanded");
    let drawn = harness
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().label().is_some_and(|l| l.starts_with("Actor: ")))
        .count();
    assert!((20..60).contains(&drawn), "{drawn}");
    // A selection made elsewhere brings its row into view.
    let far = harness.state().entity("Somebody 2500");
    harness.state_mut().program.dispatch(Intent::Select(Selection::entity(far)));
    harness.run();
    harness.get_by_label("Actor: Somebody 2500, 0 mentions");
}

#[test]
fn typing_a_name_is_one_step() {
    let mut harness = inspecting(|desk| Selection::entity(desk.entity("Renoncement")));
    let before = harness.state().program.open_notebook().expect("open").history().len();
    harness.get_by_label("Title").focus();
    harness.run();
    harness.key_press(Key::End);
    harness.run();
    for letter in [" ", "t", "a", "r", "d"] {
        harness.event(Event::Text(letter.to_owned()));
        harness.run();
    }
    let book = harness.state().program.open_notebook().expect("open");
    assert_eq!(book.history().len(), before + 1);
    harness.state().entity("Renoncement tard");
    harness.state_mut().program.run(Command::Undo);
    harness.run();
    harness.state().entity("Renoncement");
    assert_eq!(harness.get_by_label("Title").value().as_deref(), Some("Renoncement"));
}

#[test]
fn a_blank_name_is_never_sent() {
    let mut harness = inspecting(|desk| Selection::entity(desk.entity("Renoncement")));
    harness.state_mut().inspector.focus_name();
    harness.run();
    harness.key_press(Key::Backspace);
    harness.run();
    assert_eq!(harness.get_by_label("Title").value().as_deref(), Some(""));
    harness.state().entity("Renoncement");
    harness.event(Event::Text("Autre".to_owned()));
    harness.run();
    harness.state().entity("Autre");
}

#[test]
fn a_date_that_is_none_is_told_and_not_kept() {
    let mut harness = inspecting(|desk| Selection::entity(desk.entity("Renoncement")));
    let date = |harness: &Harness<'_, Desk>| {
        let desk = harness.state();
        let entity = desk.notebook().entity(desk.entity("Renoncement")).expect("there");
        match &entity.detail {
            Detail::Event(event) => event.date.edtf.clone(),
            _ => String::new(),
        }
    };
    harness.get_by_role_and_label(egui::Role::TextInput, "Date").focus();
    harness.run();
    harness.key_press(Key::End);
    harness.event(Event::Text("/".to_owned()));
    harness.run();
    harness.event(Event::Text("x".to_owned()));
    harness.run();
    assert_eq!(date(&harness), "2023-11-17/", "the last thing that was a date");
    harness.get_by_label_contains("is not a date");
    harness.key_press(Key::Backspace);
    harness.event(Event::Text("..".to_owned()));
    harness.run();
    assert_eq!(date(&harness), "2023-11-17/..");
    assert!(harness.query_by_label_contains("is not a date").is_none());
}

#[test]
fn aliases_are_added_and_removed() {
    let mut harness = inspecting(|desk| Selection::entity(desk.entity("Ysé Alban")));
    type_into(&mut harness, "Add alias", "Alban");
    harness.key_press(Key::Enter);
    harness.run();
    let aliases = |harness: &Harness<'_, Desk>| {
        let desk = harness.state();
        desk.notebook().entity(desk.entity("Ysé Alban")).expect("there").aliases.clone()
    };
    assert_eq!(aliases(&harness), ["la maire", "Alban"]);
    harness.get_by_label("Remove alias la maire").click();
    harness.run();
    assert_eq!(aliases(&harness), ["Alban"]);
}

#[test]
fn a_mention_of_an_entity_is_gone_to() {
    let mut harness = inspecting(|desk| Selection::entity(desk.entity("Le Guetteur")));
    harness.get_by_label("Mention: le Guetteur, Le port ferme, ¶2").click();
    harness.run();
    let desk = harness.state();
    assert_eq!(desk.selection().mention, Some(desk.mention("le Guetteur")));
    assert!(desk.program.open_notebook().expect("open").last_goto().is_some());
}

fn statement_selected(desk: &Desk) -> Selection {
    let id = desk.mention("la maire Ysé Alban aurait renoncé au port");
    Selection::mention(id, desk.notebook())
}

#[test]
fn a_speaker_is_added_to_a_chain() {
    let mut harness = inspecting(statement_selected);
    harness.get_by_label("Add speaker").click();
    harness.run();
    harness.event(Event::Text("guett".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let chain = harness.state().statement().chain;
    assert_eq!(chain.len(), 1);
    assert_eq!(chain[0].actor, harness.state().entity("Le Guetteur"));
    harness.get_by_label("Le port ferme ← Le Guetteur");

    // A speaker nobody tagged yet is made and chained in one step.
    let steps = harness.state().program.open_notebook().expect("open").history().len();
    harness.get_by_label("Add speaker").click();
    harness.run();
    harness.event(Event::Text("Capitaine Rol".to_owned()));
    harness.run();
    harness.get_by_label("New actor: Capitaine Rol").click();
    harness.run();
    let desk = harness.state();
    assert_eq!(desk.program.open_notebook().expect("open").history().len(), steps + 1);
    assert_eq!(desk.statement().chain[1].actor, desk.entity("Capitaine Rol"));
    harness.get_by_label("Le port ferme ← Le Guetteur ← Capitaine Rol");

    harness.get_by_label("Move Capitaine Rol closer to the article").click();
    harness.run();
    let desk = harness.state();
    assert_eq!(desk.statement().chain[0].actor, desk.entity("Capitaine Rol"));
    harness.get_by_label("Remove speaker Capitaine Rol").click();
    harness.run();
    assert_eq!(harness.state().statement().chain.len(), 1);
}

#[test]
fn the_selected_words_become_a_cue() {
    let mut desk = Desk::new(Which::Inspector);
    let mention = statement_selected(&desk);
    desk.program.dispatch(Intent::Select(mention));
    let mut harness = harness(desk);
    harness.get_by_label("Add speaker").click();
    harness.run();
    harness.event(Event::Text("guett".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let (article, at) = (harness.state().article(), TEXT.find("Selon").expect("there"));
    let caret = Caret::over(at..at + "Selon".len());
    harness.state_mut().program.dispatch(Intent::Reading(ReadingIntent::SetCaret(article, caret)));
    harness.run();
    harness.get_by_label("Use the selected words as the cue for Le Guetteur").click();
    harness.run();
    assert_eq!(harness.state().statement().chain[0].cue, "Selon");
    let field = "Cue for Le Guetteur";
    assert_eq!(harness.get_by_label(field).value().as_deref(), Some("Selon"));
}

#[test]
fn modality_polarity_and_form_are_chosen() {
    use casebook::notebook::{Form, Modality, Polarity};
    let mut harness = inspecting(statement_selected);
    for label in ["Certainty: possible", "Polarity: denies", "Form: mixed"] {
        harness.get_by_label(label).click();
        harness.run();
    }
    let statement = harness.state().statement();
    assert_eq!(statement.modality, Modality::Possible);
    assert_eq!(statement.polarity, Polarity::Denies);
    assert_eq!(statement.form, Form::Mixed);
}

#[test]
fn a_link_says_what_it_lacks_and_takes_the_selected_words() {
    let mut harness = inspecting(|desk| Selection::link(desk.link("relays")));
    harness.get_by_label("No evidence");
    let at = TEXT.find("Selon le Guetteur").expect("there");
    let (article, caret) = (harness.state().article(), Caret::over(at..at + 18));
    harness.state_mut().program.dispatch(Intent::Reading(ReadingIntent::SetCaret(article, caret)));
    harness.run();
    harness.get_by_label("Add selection as evidence").click();
    harness.run();
    let link = harness.state().link("relays");
    assert_eq!(harness.state().notebook().link(link).expect("there").evidence.len(), 1);
    harness.get_by_label("Remove evidence 1").click();
    harness.run();
    harness.get_by_label("No evidence");
    harness.get_by_label("Basis: paraphrased").click();
    harness.run();
    harness.get_by_label("Strength: tentative").click();
    harness.run();
    let link = harness.state().notebook().link(link).expect("there");
    assert_eq!(link.basis, casebook::notebook::Basis::Paraphrased);
    assert_eq!(link.strength, casebook::notebook::Strength::Tentative);
}

#[test]
fn evidence_is_gone_to_and_the_link_stays_selected() {
    let mut harness = inspecting(|desk| Selection::link(desk.link("agent")));
    harness.get_by_label_contains("Evidence: Selon le Guetteur").click();
    harness.run();
    let desk = harness.state();
    assert_eq!(desk.selection().only_link(), Some(desk.link("agent")));
    let goto = desk.program.open_notebook().expect("open").last_goto().expect("somewhere").clone();
    assert!(TEXT[goto.range].starts_with("Selon"));
}

#[test]
fn two_entities_of_one_kind_are_merged() {
    let mut harness = inspecting(|desk| Selection {
        entities: [desk.entity("Le Guetteur"), desk.entity("sources internes")].into(),
        ..Selection::none()
    });
    harness.get_by_label("2 actors selected");
    harness.get_by_label("Merge “sources internes” into “Le Guetteur”").click();
    harness.run();
    let desk = harness.state();
    let stays = desk.entity("Le Guetteur");
    assert_eq!(desk.selection().only_entity(), Some(stays));
    assert_eq!(desk.notebook().entity(stays).expect("there").aliases, ["sources internes"]);
}

#[test]
fn with_nothing_selected_the_article_is_told() {
    let mut harness = inspecting(|_| Selection::none());
    harness.get_by_label("Le port ferme");
    harness.get_by_label_contains("4 mentions");
    harness.get_by_label("Article details…").click();
    harness.run();
    assert!(harness.state().program.question().is_some());
}

#[test]
fn review_lists_what_is_open_and_goes_there() {
    let mut desk = Desk::new(Which::Review);
    assert!(desk.program.settle(std::time::Duration::from_secs(60)));
    let book = desk.program.open_notebook().expect("open");
    let rules: Vec<&str> =
        book.review().expect("reviewed").open.iter().map(|it| it.rule.id).collect();
    assert_eq!(desk.review.count(book), rules.len());
    let mut harness = harness(desk);
    harness.get_by_label("Statements without a speaker: 1, note, expanded");
    harness.get_by_label_contains("Statements without a speaker: la maire Ysé Alban").click();
    harness.run();
    let desk = harness.state();
    let said = desk.mention("la maire Ysé Alban aurait renoncé au port");
    assert_eq!(desk.selection().mention, Some(said));
    let goto = desk.program.open_notebook().expect("open").last_goto().expect("somewhere").clone();
    assert_eq!(&TEXT[goto.range], "la maire Ysé Alban aurait renoncé au port");

    harness.get_by_label_contains("Links without evidence: Le Guetteur relays").click();
    harness.run();
    let desk = harness.state();
    assert_eq!(desk.selection().only_link(), Some(desk.link("relays")));
}

#[test]
fn review_says_when_nothing_is_open() {
    let mut desk = Desk::new(Which::Review);
    desk.program.run(Command::Undo);
    desk.program.run(Command::RemoveArticle);
    assert!(desk.program.settle(std::time::Duration::from_secs(60)));
    let harness = harness(desk);
    harness.get_by_label("Nothing to review");
}

fn table() -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size([1500.0, 400.0])
        .with_max_steps(20)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::built_in());
            Style::light().apply(ctx);
        })
        .build_ui_state(|ui, desk: &mut Desk| desk.ui(ui), Desk::new(Which::Table));
    harness.run();
    harness
}

/// The names of the rows in view, from the top.
fn rows(harness: &Harness<'_, Desk>) -> Vec<String> {
    of_role(harness, egui::accesskit::Role::Row)
}

fn of_role(harness: &Harness<'_, Desk>, role: egui::accesskit::Role) -> Vec<String> {
    let mut found: Vec<(f64, String)> = harness
        .query_all_by_role(role)
        .filter_map(|row| {
            let node = row.accesskit_node();
            Some((node.bounding_box()?.y0, node.label()?))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|row| row.1).collect()
}

#[test]
fn a_table_is_sorted_by_any_column_and_filtered_by_words() {
    let mut harness = table();
    let (relays, agent) = (
        "Link: Le Guetteur relays La maire a renoncé au port.",
        "Link: Ysé Alban did it Renoncement",
    );
    assert_eq!(rows(&harness), [relays, agent]);
    harness.get_by_label("Sort by From, sorted ascending").click();
    harness.run();
    assert_eq!(rows(&harness), [agent, relays]);
    harness.get_by_label("Sort by Evidence").click();
    harness.run();
    assert_eq!(rows(&harness), [relays, agent], "the one without a sentence first");
    type_into(&mut harness, "Filter the links", "yse alb");
    assert_eq!(rows(&harness), [agent]);
    harness.get_by_label("Clear filter").click();
    harness.get_by_label("Table: Entities").click();
    harness.run();
    assert_eq!(rows(&harness).len(), 5);
    type_into(&mut harness, "Filter the entities", "anonymous");
    assert_eq!(rows(&harness), ["Actor: sources internes"]);
}

#[test]
fn a_table_is_walked_and_changed_by_keys_alone() {
    let mut harness = table();
    harness.state_mut().table.focus();
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    let agent = harness.state().link("agent");
    assert_eq!(harness.state().selection(), &Selection::link(agent));
    // Strength: the list opens on what it is now.
    for _ in 0..3 {
        harness.key_press(Key::ArrowRight);
    }
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.key_press(Key::ArrowUp);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let strength = |desk: &Desk| desk.notebook().link(agent).map(|link| link.strength);
    assert_eq!(strength(harness.state()), Some(Strength::Confirmed));
    // The date: typed; what is no date stays in the field with the reason, and Escape leaves all as it was.
    for _ in 0..4 {
        harness.key_press(Key::ArrowRight);
    }
    harness.key_press(Key::Enter);
    harness.run();
    harness.event(Event::Text("vendredi".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let date = |desk: &Desk| desk.notebook().link(agent).map(|link| link.when.edtf.clone());
    assert_eq!(date(harness.state()).as_deref(), Some(""));
    harness.get_by_label("Edit Date");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Edit Date").is_none());
    assert_eq!(harness.state().selection(), &Selection::link(agent));
    harness.key_press(Key::Enter);
    harness.run();
    harness.event(Event::Text("2023-11-17".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(date(harness.state()).as_deref(), Some("2023-11-17"));
    // The keyboard is back in the rows.
    harness.key_press(Key::ArrowUp);
    harness.run();
    assert_eq!(harness.state().selection(), &Selection::link(harness.state().link("relays")));
}

#[test]
fn what_is_chosen_in_a_cell_is_set_in_all_selected_rows_as_one_step() {
    let mut harness = table();
    harness.state_mut().table.focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    assert_eq!(harness.state().selection().links.len(), 2);
    for _ in 0..4 {
        harness.key_press(Key::ArrowRight);
    }
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("Basis: analyst’s inference").click();
    harness.run();
    let inferred = |desk: &Desk| {
        desk.notebook().links().values().filter(|l| l.basis == Basis::AnalystInference).count()
    };
    assert_eq!(inferred(harness.state()), 2);
    harness.state_mut().program.run(Command::Undo);
    harness.run();
    assert_eq!(inferred(harness.state()), 0);
}

#[test]
fn an_end_of_a_link_is_chosen_anew_in_its_cell() {
    let mut harness = table();
    harness.state_mut().table.focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    type_into(&mut harness, "From: type a name", "sources");
    harness.key_press(Key::Enter);
    harness.run();
    let link = harness.state().link("relays");
    let from = harness.state().notebook().link(link).map(|link| link.from);
    assert_eq!(from, Some(harness.state().entity("sources internes")));
}

/// The lines of a concordance in view, from the top: the words asked for and what follows.
fn lines(harness: &Harness<'_, Desk>) -> Vec<String> {
    of_role(harness, egui::accesskit::Role::ListBoxOption)
}

fn words_selected(harness: &Harness<'_, Desk>) -> String {
    let book = harness.state().program.open_notebook().expect("a notebook is open");
    let (article, range) = book.selected_words().expect("words are selected");
    book.notebook().article(article).and_then(|a| a.text.get(range)).expect("words").to_owned()
}

/// The byte that was gone to last.
fn gone_to(harness: &Harness<'_, Desk>) -> usize {
    let book = harness.state().program.open_notebook().expect("a notebook is open");
    book.last_goto().expect("gone somewhere").range.start
}

#[test]
fn hits_are_listed_with_their_context_sorted_and_gone_to() {
    let mut desk = Desk::new(Which::Results);
    let query = casebook::app::FindQuery {
        pattern: r"port\w*".to_owned(),
        regex: true,
        ..casebook::app::FindQuery::default()
    };
    desk.program.dispatch(Intent::Reading(ReadingIntent::FindQuery(query)));
    assert!(desk.program.settle(std::time::Duration::from_secs(60)));
    let mut harness = harness(desk);
    let in_order = lines(&harness);
    assert_eq!(in_order.len(), 3);
    assert!(in_order[0].starts_with("port: Le port ferme") && in_order[2].contains("portuaire"));
    harness.get_by_label("Sort: After").click();
    harness.run();
    let sorted = lines(&harness);
    let after: Vec<bool> =
        ["dément", "ferme", "vendredi"].iter().zip(&sorted).map(|(w, l)| l.contains(w)).collect();
    assert_eq!(after, [true; 3], "{sorted:?}");

    harness.get_by_label(&sorted[2]).click();
    harness.run();
    assert_eq!(words_selected(&harness), "port");
    let at = gone_to(&harness);
    assert!(TEXT[at..].starts_with("port vendredi"));
    harness.key_press(Key::ArrowUp);
    harness.run();
    let at = gone_to(&harness);
    assert!(TEXT[at..].starts_with("port ferme"), "the keyboard is on the list");
}

#[test]
fn an_entitys_mentions_are_listed() {
    let mut desk = Desk::new(Which::Results);
    let yse = desk.entity("Ysé Alban");
    desk.program.dispatch(Intent::Reading(ReadingIntent::ListMentions(yse)));
    let mut harness = harness(desk);
    assert_eq!(lines(&harness).len(), 2);
    harness.get_by_label("Ysé Alban: 2 mentions");
    harness.key_press(Key::Tab);
    harness.get_by_label("Sort: Words").click();
    harness.run();
    let first = lines(&harness)[0].clone();
    harness.get_by_label(&first).click();
    harness.run();
    let mention = harness.state().mention("la maire");
    assert_eq!(harness.state().selection().mention, Some(mention));
}

#[test]
fn an_events_words_are_read_as_a_date() {
    let mut harness = inspecting(|desk| Selection::entity(desk.entity("Renoncement")));
    let id = harness.state().entity("Renoncement");
    let article = harness.state().article();
    let program = &mut harness.state_mut().program;
    let about = casebook::edit::AboutFields {
        language: Some("fr".to_owned()),
        date: Some("2023-11-20".to_owned()),
        ..Default::default()
    };
    let fields = |written: &str| {
        let with = casebook::edit::EntityFields {
            written: Some(written.to_owned()),
            date: Some(String::new()),
            ..Default::default()
        };
        Edit::SetEntity { entity: casebook::edit::Ref::Id(id), with: Box::new(with) }
    };
    let with = Edit::Describe { article: Some(casebook::edit::Ref::Id(article)), with: about };
    program.dispatch(Intent::Session(SessionIntent::Edit(with)));
    program.dispatch(Intent::Session(SessionIntent::Edit(fields("le lendemain"))));
    assert!(program.settle(std::time::Duration::from_secs(60)));
    harness.run();
    assert!(harness.query_by_label_contains("Read as").is_none());
    harness
        .state_mut()
        .program
        .dispatch(Intent::Session(SessionIntent::Edit(fields("vendredi soir"))));
    harness.run();
    harness.get_by_label("Read as 2023-11-17").click();
    harness.run();
    let entity = harness.state().notebook().entity(id).cloned().expect("it is there");
    let Detail::Event(event) = &entity.detail else { panic!("an event") };
    assert_eq!(event.date.edtf, "2023-11-17");
    assert!(harness.query_by_label_contains("Read as").is_none());
}

#[test]
fn suggestions_are_listed_and_go_when_they_are_dismissed() {
    let mut desk = Desk::new(Which::Suggestions);
    let article = desk.article();
    let about = casebook::edit::AboutFields {
        language: Some("fr".to_owned()),
        date: Some("2023-11-20".to_owned()),
        ..Default::default()
    };
    let with = Edit::Describe { article: Some(casebook::edit::Ref::Id(article)), with: about };
    desk.program.dispatch(Intent::Session(SessionIntent::Edit(with)));
    assert!(desk.program.settle(std::time::Duration::from_secs(60)));
    let mut harness = harness(desk);
    // The names, “selon” and “aurait” are tagged or stand in a claim's sentence.
    let open = lines(&harness);
    assert_eq!(open.len(), 4, "{open:?}");
    assert!(open[0].ends_with("2023-11-17") && open[1].ends_with("unnamed source"), "{open:?}");
    assert!(open[1].starts_with("sources internes: "), "{open:?}");
    assert!(open[2].starts_with("affirment: "), "{open:?}");
    harness.get_by_label("Show: Dates").click();
    harness.run();
    assert_eq!(lines(&harness).len(), 1);
    harness.get_by_label(&open[0]).click();
    harness.run();
    assert_eq!(words_selected(&harness), "vendredi");
    harness.get_by_label("Dismiss suggestion").click();
    harness.run();
    assert!(lines(&harness).is_empty());
    harness.state_mut().program.dispatch(Intent::Run(Command::Undo));
    harness.run();
    assert_eq!(lines(&harness).len(), 1);
}

#[test]
fn what_was_dismissed_is_listed_and_taken_back() {
    let mut desk = Desk::new(Which::Suggestions);
    let article = desk.article();
    let at = TEXT.find("vendredi").expect("it is there");
    let place = at..at + "vendredi".len();
    let dismiss = |range: std::ops::Range<usize>| Edit::Dismiss {
        article: Some(casebook::edit::Ref::Id(article)),
        at: casebook::edit::Spot::Bytes(range),
    };
    desk.program.dispatch(Intent::Session(SessionIntent::Edit(dismiss(place))));
    let mut harness = harness(desk);
    harness.get_by_label("Show: Dismissed (1)").click();
    harness.run();
    let listed = lines(&harness);
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert!(listed[0].starts_with("vendredi: "));
    harness.get_by_label(&listed[0]).click();
    harness.run();
    assert_eq!(words_selected(&harness), "vendredi");
    harness.get_by_label("Restore suggestion").click();
    harness.run();
    assert!(lines(&harness).is_empty());
    harness.get_by_label("Show: Dismissed (0)");
    harness.state_mut().program.dispatch(Intent::Run(Command::Undo));
    harness.run();
    assert_eq!(lines(&harness).len(), 1, "one step back");
    // Enter does it from the list.
    harness.get_by_label(&listed[0]).click();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(lines(&harness).is_empty());
    harness.get_by_label("Show: All").click();
    harness.run();
    harness.get_by_label("Dismiss suggestion");
}

#[test]
fn a_dismissed_suggestion_that_no_longer_fits_is_listed_and_forgotten() {
    let mut desk = Desk::new(Which::Suggestions);
    desk.program = Program::new(PrefsFile::none());
    desk.program.dispatch(Intent::Session(SessionIntent::AddText(TEXT.to_owned())));
    let article = desk.article();
    for words in ["vendredi", "Guetteur"] {
        let at = casebook::edit::Spot::Quote(words.to_owned());
        desk.program.edit(&Edit::Dismiss { article: None, at }).expect("it is there");
    }
    let origin = desk.notebook().article(article).expect("it is there").origin.clone();
    let text = casebook::text::Text::new(TEXT.replace("Guetteur", "Guétteur"));
    desk.program.edit(&Edit::ReplaceText { article, origin, text }).expect("nothing is tagged");
    let mut harness = harness(desk);
    harness.get_by_label("Show: Dismissed (2)").click();
    harness.run();
    let listed = lines(&harness);
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert!(listed[1].contains("Guetteur") && listed[1].contains("not in the text"), "{listed:?}");
    harness.get_by_label_contains("1 of them no longer fits");
    harness.get_by_label(&listed[1]).click();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(lines(&harness).len(), 1);
    assert!(harness.query_by_label_contains("no longer fits").is_none());
    harness.get_by_label("Show: Dismissed (1)");
}

fn claim(harness: &Harness<'_, Desk>) -> Claim {
    let desk = harness.state();
    let entity = desk.notebook().entity(desk.entity("La maire a renoncé au port."));
    match &entity.expect("it is there").detail {
        Detail::Claim(claim) => claim.clone(),
        _ => panic!("it is a claim"),
    }
}

fn choose(harness: &mut Harness<'_, Desk>, what: &str, value: &str) {
    harness.get_by_role_and_label(egui::Role::ComboBox, what).click();
    harness.run();
    harness.get_by_role_and_label(egui::Role::Button, value).click();
    harness.run();
}

#[test]
fn a_status_is_chosen_with_its_reason_and_what_was_held_before_is_listed() {
    let mut harness =
        inspecting(|desk| Selection::entity(desk.entity("La maire a renoncé au port.")));
    type_into(&mut harness, "Reason for the judgement", "On le nie");
    choose(&mut harness, "Status", "disputed");
    let now = claim(&harness);
    assert_eq!((now.status, now.assessments.len()), (ClaimStatus::Disputed, 1));
    assert_eq!(now.assessments[0].reason, "On le nie");
    harness.get_by_label_contains("Status: Disputed, was unverified");
    // A reason may come afterwards: another assessment, which changes nothing.
    type_into(&mut harness, "Reason for the judgement", "Encore");
    harness.key_press(Key::Enter);
    harness.run();
    let now = claim(&harness);
    assert_eq!((now.status, now.assessments.len()), (ClaimStatus::Disputed, 2));
    harness.get_by_label_contains("Status: Disputed, unchanged");
    // A grade that what is recorded does not bear out is warned of.
    choose(&mut harness, "Credibility", "1 · confirmed by other sources");
    assert_eq!(claim(&harness).credibility, Some(1));
    harness.state_mut().program.run(Command::Undo);
    harness.run();
    assert_eq!((claim(&harness).credibility, claim(&harness).assessments.len()), (None, 2));
}

#[test]
fn an_anonymous_source_graded_a_is_warned_of_and_the_letters_are_explained() {
    let mut harness = inspecting(|desk| Selection::entity(desk.entity("sources internes")));
    choose(&mut harness, "Reliability", "A · completely reliable");
    harness.get_by_label_contains("stands at an anonymous source");
    choose(&mut harness, "Reliability", "B · usually reliable");
    assert!(harness.query_by_label_contains("stands at an anonymous source").is_none());
    harness.get_by_label("What the letters mean").click();
    harness.run();
    harness.get_by_label("There is nothing to judge it by yet.");
}

#[test]
fn the_strength_of_a_link_has_a_reason_and_a_history() {
    let mut harness = inspecting(|desk| Selection::link(desk.link("agent")));
    type_into(&mut harness, "Reason for the judgement", "A video");
    harness.get_by_label("Strength: confirmed").click();
    harness.run();
    let desk = harness.state();
    let link = desk.notebook().link(desk.link("agent")).expect("it is there").clone();
    assert_eq!((link.strength, &*link.assessments[0].reason), (Strength::Confirmed, "A video"));
    harness.get_by_label_contains("Strength: Confirmed, was unconfirmed");
}

#[test]
fn whoever_is_accused_is_asked_and_the_answer_is_gone_to() {
    let mut desk = Desk::new(Which::Inspector);
    let list =
        r#"[SetEntity(entity: "La maire a renoncé au port.", with: (about: ["Ysé Alban"]))]"#;
    let edits = parse_script(list).expect("it reads");
    desk.program.edit(&Edit::Batch("About".to_owned(), edits)).expect("it fits");
    let id = desk.entity("La maire a renoncé au port.");
    desk.program.dispatch(Intent::Select(Selection::entity(id)));
    let mut harness = harness(desk);
    assert!(harness.query_by_label("Right of reply").is_none());
    harness.get_by_label("Accusation").click();
    harness.run();
    harness.get_by_label("Right of reply");
    harness.get_by_label("Ysé Alban was asked").click();
    harness.run();
    assert_eq!(claim(&harness).replies.len(), 1);
    assert_eq!(claim(&harness).replies[0].asked.edtf.len(), 10);
    type_into(&mut harness, "Asked by", "J. R.");
    assert_eq!(claim(&harness).replies[0].asked_by, "J. R.");
    harness.get_by_label("No answer yet");
    let article = harness.state().article();
    let start = TEXT.find("L’autorité portuaire dément").expect("it stands there");
    let caret = Caret::over(start..TEXT.len() - 1);
    harness.state_mut().program.dispatch(Intent::Reading(ReadingIntent::SetCaret(article, caret)));
    harness.run();
    harness.get_by_label("The selected words are the answer of Ysé Alban").click();
    harness.run();
    harness.get_by_label_contains("Answer: L’autorité portuaire dément").click();
    harness.run();
    assert_eq!(gone_to(&harness), start);
    harness.get_by_label("Remove the answer of Ysé Alban").click();
    harness.run();
    assert_eq!(claim(&harness).replies[0].answer, None);
    harness.get_by_label("Remove that Ysé Alban was asked").click();
    harness.run();
    assert!(claim(&harness).replies.is_empty());
}

#[test]
fn a_derived_link_is_no_row_of_a_matrix() {
    let mut desk = Desk::new(Which::Competing);
    let list = r#"[
        SetEntity(entity: "La maire a renoncé au port.", with: (about: ["Ysé Alban"])),
        AddMatrix(with: (title: "Part-elle ?", claims: ["La maire a renoncé au port."])),
    ]"#;
    let edits = parse_script(list).expect("it reads");
    desk.program.edit(&Edit::Batch("Matrix".to_owned(), edits)).expect("it fits");
    let claim = desk.entity("La maire a renoncé au port.");
    let derived = desk.notebook().derived_links_of(claim).next().expect("“about” is derived");
    desk.program.dispatch(Intent::Select(Selection::link(derived)));
    let mut harness = harness(desk);
    harness.get_by_label("Add rows to the matrix").click();
    harness.run();
    // Nothing that a matrix could hold is selected.
    harness.get_by_label("What is selected");
}

#[test]
fn competing_claims_are_judged_by_keys_alone() {
    let mut desk = Desk::new(Which::Competing);
    let list = r#"[
        AddEntity(kind: Claim, name: "Elle reste.", handle: "$reste"),
        AddMatrix(with: (title: "Part-elle ?", claims: ["La maire a renoncé au port.", "$reste"])),
    ]"#;
    let edits = parse_script(list).expect("it reads");
    desk.program.edit(&Edit::Batch("Matrix".to_owned(), edits)).expect("it fits");
    let mut harness = harness(desk);
    harness.get_by_label("Add rows to the matrix").click();
    harness.run();
    harness.get_by_label("All statements of these claims (1)").click();
    harness.run();
    harness.get_by_label("Add rows to the matrix").click();
    harness.run();
    harness.get_by_label("All links of these claims (1)").click();
    harness.run();
    let steps = |harness: &Harness<'_, Desk>| {
        harness.state().program.open_notebook().expect("open").history().len()
    };
    let before = steps(&harness);
    harness.get_by_label_contains("Matrix: Not judged: “la maire Ysé Alban aurait renoncé").focus();
    harness.run();
    harness.event(Event::Text("-".to_owned()));
    harness.run();
    let matrix = |harness: &Harness<'_, Desk>| {
        harness.state().notebook().matrices().values().next().expect("one").as_ref().clone()
    };
    let (first, second) = {
        let desk = harness.state();
        (desk.entity("La maire a renoncé au port."), desk.entity("Elle reste."))
    };
    let said = matrix(&harness).rows[0];
    assert_eq!(matrix(&harness).cell(first, said), Some(Fit::Inconsistent));
    // The claim with fewer inconsistencies comes first now, and the keyboard stays where it was.
    assert_eq!(matrix(&harness).claims_by_score(), [second, first]);
    harness.get_by_label("Elle reste.: 0 inconsistent, 0 consistent");
    harness.get_by_label_contains("Matrix: Inconsistent: “la maire");
    harness.key_press(Key::ArrowLeft);
    harness.run();
    harness.event(Event::Text("+".to_owned()));
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.event(Event::Text("0".to_owned()));
    harness.run();
    let link = matrix(&harness).rows[1];
    assert_eq!(matrix(&harness).cell(second, said), Some(Fit::Consistent));
    assert_eq!(matrix(&harness).cell(second, link), Some(Fit::Neutral));
    assert_eq!(steps(&harness), before + 3, "a step for each cell");
    harness.key_press(Key::Backspace);
    harness.run();
    assert_eq!(matrix(&harness).cell(second, link), None);
    for fit in [Some(Fit::Consistent), Some(Fit::Inconsistent), Some(Fit::Neutral), None] {
        harness.key_press(Key::Space);
        harness.run();
        assert_eq!(matrix(&harness).cell(second, link), fit);
    }
    harness.get_by_label("More on the matrix").click();
    harness.run();
    harness.get_by_label("Remove this row").click();
    harness.run();
    assert_eq!(matrix(&harness).rows, [said]);
}
