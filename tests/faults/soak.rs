//! The soak: random commands on the program without a window, as many as an hour's work and more.
//!
//! The same seed throws the same dice; the ids the program gives are random, so two runs are alike but not the same.
//! What was done last is told when something breaks.

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Instant;

use casebook::app::questions::Unsaved;
use casebook::app::{
    Answer, Caret, ChartingIntent, Command, FindQuery, Intent, LinkDraft, Program, ReadingIntent,
    Selection, SessionIntent, TaggingIntent,
};
use casebook::notebook::{ArticleId, EntityId, Kind, LinkId, MentionId, ReadingPlace, View, check};
use casebook::storage;

use crate::common::{self, Dice, SORTS};
use crate::kill::open;
use crate::tools::{Case, LONG, say, times};

/// Commands that leave the notebook behind; what they do first, the script tests try.
const LEAVING: [Command; 4] =
    [Command::NewNotebook, Command::OpenSample, Command::CloseNotebook, Command::Quit];

struct Soak {
    program: Program,
    dice: Dice,
    lately: VecDeque<String>,
}

fn throw<T: Copy>(dice: &mut Dice, mut from: impl ExactSizeIterator<Item = T>) -> Option<T> {
    let at = dice.below(from.len());
    from.nth(at)
}

impl Soak {
    fn go(&mut self, intent: Intent) {
        let mut words = format!("{intent:?}");
        words.truncate(words.floor_char_boundary(300));
        self.lately.push_back(words);
        if self.lately.len() > 12 {
            self.lately.pop_front();
        }
        self.program.dispatch(intent);
        if !self.program.jobs().is_empty() {
            assert!(self.program.settle(LONG), "a job does not end: {:#?}", self.lately);
        }
    }

    fn article(&mut self) -> Option<ArticleId> {
        throw(&mut self.dice, self.program.open_notebook()?.notebook().articles().keys().copied())
    }

    fn entity(&mut self) -> Option<EntityId> {
        throw(&mut self.dice, self.program.open_notebook()?.notebook().entities().keys().copied())
    }

    fn mention(&mut self) -> Option<MentionId> {
        throw(&mut self.dice, self.program.open_notebook()?.notebook().mentions().keys().copied())
    }

    fn link(&mut self) -> Option<LinkId> {
        throw(&mut self.dice, self.program.open_notebook()?.notebook().links().keys().copied())
    }

    /// A few words somewhere; now and then bytes that are no words at all.
    fn place(&mut self) -> Option<(ArticleId, Range<usize>)> {
        let id = self.article()?;
        let text = &self.program.open_notebook()?.notebook().article(id)?.text;
        let from = self.dice.below(text.len() + 1);
        let to = from + self.dice.below(30);
        let wild = self.dice.one_in(30);
        Some((id, if wild { from..to } else { text.snap(from..to.min(text.len())) }))
    }

    fn words(&mut self) -> String {
        ["", "le", "Altman", "sama", "(", "\u{202e}", "été", " a "][self.dice.below(8)].to_owned()
    }

    fn selection(&mut self) -> Selection {
        let mut selection = Selection::none();
        match self.dice.below(4) {
            0 => selection.links.extend(self.link()),
            1 => selection.entities.extend((0..3).filter_map(|_| self.entity())),
            2 => {
                if let Some(id) = self.mention() {
                    let book = self.program.open_notebook();
                    selection.mention = Some(id);
                    selection.entities.extend(
                        book.and_then(|book| book.notebook().mention(id)).map(|m| m.entity),
                    );
                }
            }
            _ => selection.entities.extend(self.entity()),
        }
        selection
    }

    /// The notebook stays about as large as it was: what grows is taken away more often than it is added.
    fn edit(&mut self) -> Option<casebook::edit::Edit> {
        let notebook = self.program.open_notebook()?.notebook();
        let large = notebook.entities().len() > 60
            || notebook.mentions().len() > 150
            || notebook.articles().len() > 6
            || notebook.links().len() > 60;
        let sort = if large && self.dice.one_in(2) {
            [3, 7, 8, 8, 10, 19][self.dice.below(6)]
        } else {
            self.dice.below(SORTS)
        };
        Some(common::edit(&mut self.dice, notebook, sort, true))
    }

    /// What a person does next: mostly what makes sense, often what does not.
    fn next(&mut self) -> Option<Intent> {
        // Nothing can be changed while a day of the past is shown.
        let past = self.program.open_notebook().is_some_and(|book| book.as_of().is_some());
        if past && self.dice.one_in(2) {
            return Some(Intent::Session(SessionIntent::AsOf(None)));
        }
        let picker = self.program.open_notebook()?.picker().is_some();
        if self.program.question().is_some() && !self.dice.one_in(3) {
            // Leaving is not answered with yes: the soak stays in one notebook.
            let answers = if self.program.asked::<Unsaved>().is_some() {
                &[Answer::Cancel][..]
            } else {
                &[Answer::Cancel, Answer::Save, Answer::SaveAs][..]
            };
            return Some(Intent::Answer(answers[self.dice.below(answers.len())]));
        }
        if picker && !self.dice.one_in(4) {
            return Some(match self.dice.below(6) {
                0 => Intent::Tagging(TaggingIntent::PickerText(self.words())),
                1 => Intent::Tagging(TaggingIntent::PickerMove(self.dice.below(7) as isize - 3)),
                2 => Intent::Tagging(TaggingIntent::PickerRemember(self.dice.one_in(2))),
                3 => Intent::Tagging(TaggingIntent::PickerKind(Kind::ALL[self.dice.below(3)])),
                4 => Intent::Tagging(TaggingIntent::PickerHighlight(self.dice.below(9))),
                _ => Intent::Tagging(TaggingIntent::PickerAccept),
            });
        }
        Some(match self.dice.below(100) {
            0..22 => Intent::Session(SessionIntent::Edit(self.edit()?)),
            22..26 => Intent::Session(SessionIntent::EditOn {
                edit: self.edit()?,
                field: self.dice.below(2) as u64,
            }),
            26..34 => Intent::Run(Command::Undo),
            34..39 => Intent::Run(Command::Redo),
            39..47 => Intent::Select(self.selection()),
            47..49 => Intent::ToggleEntity(self.entity()?),
            49..50 => Intent::ToggleLink(self.link()?),
            50..52 => Intent::Reading(ReadingIntent::GoToMention(self.mention()?)),
            52..53 => Intent::Reading(ReadingIntent::ShowMentions(self.entity()?)),
            53..54 => Intent::Charting(ChartingIntent::ShowOnCanvas(self.entity()?)),
            54..55 => Intent::Reading(ReadingIntent::ShowArticle(self.article()?)),
            55..62 => {
                let (article, range) = self.place()?;
                self.go(Intent::Reading(ReadingIntent::ShowArticle(article)));
                Intent::Reading(ReadingIntent::SetCaret(
                    article,
                    Caret { anchor: range.start, head: range.end },
                ))
            }
            62..63 => {
                let (article, range) = self.place()?;
                Intent::Reading(ReadingIntent::GoToPlace(article, range))
            }
            63..68 => Intent::Tagging(TaggingIntent::Tag(Kind::ALL[self.dice.below(3)])),
            68..69 => Intent::Tagging(TaggingIntent::TagRecent(self.dice.below(11))),
            69..71 => {
                let mut draft = LinkDraft::from(self.entity()?);
                draft.to = self.entity();
                draft.text = self.words();
                draft.evidence = self.place();
                if self.dice.one_in(2) {
                    Intent::Charting(ChartingIntent::StartLink(draft))
                } else {
                    Intent::Charting(ChartingIntent::LinkDraft(draft))
                }
            }
            71..73 => Intent::Charting(ChartingIntent::MakeLink),
            73..75 => Intent::Reading(ReadingIntent::FindQuery(FindQuery {
                pattern: self.words(),
                regex: self.dice.one_in(3),
                ..FindQuery::default()
            })),
            75..76 => Intent::Reading(ReadingIntent::FindStep(self.dice.below(5) as isize - 2)),
            76..78 => Intent::Run(Command::TagTheRest),
            78..79 => Intent::Tagging(TaggingIntent::RestToggle(self.dice.below(5))),
            79..80 => Intent::Tagging(TaggingIntent::RestAll(self.dice.one_in(2))),
            80..82 => Intent::Tagging(TaggingIntent::RestApply),
            82..83 => Intent::Run(Command::Boundaries),
            83..84 => Intent::Tagging(TaggingIntent::Boundary(self.place()?.1)),
            84..85 => Intent::Tagging(TaggingIntent::BoundaryAccept),
            85..87 => Intent::Cancel,
            87..88 => {
                let place = ReadingPlace { paragraph: self.dice.below(9), offset: 3.0 };
                Intent::Reading(ReadingIntent::SetReading(self.article()?, place))
            }
            88..89 => Intent::Charting(ChartingIntent::SetView(View {
                x: self.dice.below(99) as f32,
                y: 0.0,
                zoom: 1.5,
            })),
            89..90 => Intent::DismissNotice(self.program.notices().first()?.serial),
            _ => {
                let command = Command::TABLE[self.dice.below(Command::TABLE.len())];
                // Saving and arranging take longer than all the rest together.
                let seldom = command == Command::Save || command.text().starts_with("Arrange");
                if LEAVING.contains(&command) || (seldom && !self.dice.one_in(8)) {
                    return None;
                }
                Intent::Run(command)
            }
        })
    }

    /// Every invariant, and the file: what would be saved now reads back as what is on screen.
    fn look(&self) {
        let book = self.program.open_notebook().unwrap();
        let wrong: Vec<_> = check(book.notebook())
            .into_iter()
            .filter(|problem| !problem.what.starts_with("orphan"))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?} after {:#?}", self.lately);
        let source = storage::render(book.notebook(), &book.desk());
        match storage::parse(&source) {
            Ok((again, ..)) => assert!(again == *book.notebook(), "after {:#?}", self.lately),
            Err(error) => panic!("{error} after {:#?}", self.lately),
        }
    }
}

#[test]
fn a_long_session_of_random_commands_keeps_every_invariant() {
    let began = Instant::now();
    let case = Case::new();
    let commands = times(200_000, 2_000_000);
    let mut soak =
        Soak { program: open(&case.notebook), dice: Dice(2031), lately: VecDeque::new() };
    let desk = soak.program.open_notebook().unwrap().desk().clone();
    let first = storage::render(soak.program.open_notebook().unwrap().notebook(), &desk);
    assert!(first == case.before);
    let (mut done, mut looks, mut most, mut changes) = (0, 0, 0, 0);
    while done < commands {
        let Some(intent) = soak.next() else { continue };
        let before = soak.program.open_notebook().unwrap().history().now();
        soak.go(intent);
        done += 1;
        changes += usize::from(soak.program.open_notebook().unwrap().history().now() != before);
        soak.program.take_effects();
        if done % 1000 == 0 {
            soak.look();
            looks += 1;
        }
        most = most.max(soak.program.open_notebook().unwrap().history().len());
    }
    soak.look();
    let render =
        |soak: &Soak| storage::render(soak.program.open_notebook().unwrap().notebook(), &desk);
    while soak.program.question().is_some() {
        soak.go(Intent::Answer(Answer::Cancel));
    }
    // An arrangement that is only shown is no step.
    soak.go(Intent::Run(Command::DiscardArrangement));
    soak.go(Intent::Session(SessionIntent::AsOf(None)));
    let last = render(&soak);
    let steps = soak.program.open_notebook().unwrap().history().len();
    for _ in 0..steps {
        soak.go(Intent::Run(Command::Undo));
    }
    assert!(soak.program.open_notebook().unwrap().history().is_empty());
    assert!(changes > commands / 5 && steps > commands / 100, "{changes} changes, {steps} steps");
    assert!(render(&soak) == first, "undo does not lead back to the first file");
    for _ in 0..steps {
        soak.go(Intent::Run(Command::Redo));
    }
    assert!(render(&soak) == last, "redo does not lead to the last state");
    say(&format!(
        "soak: {commands} commands, {changes} of them changed the notebook, {looks} looks at every invariant and at the file, at most {most} steps to undo, \
         {steps} undone to the first file's bytes and redone; {:.0} s",
        began.elapsed().as_secs_f64()
    ));
}
