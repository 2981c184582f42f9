//! Pictures: the questions before them, the job that draws and writes, and the copy on the clipboard.

use std::path::PathBuf;

use super::picture_choice::PictureChoice;
use super::questions::EnterPath;
use crate::app::notice::sentence;
use crate::app::{Answer, DialogKind, Effect, Level, Program, Question, TimelineSettings};
use crate::export::{Content, Scope};
use crate::job::{Handle, Job};
use crate::notebook::Notebook;
use crate::picture::{Faces, Format, Look, Picture, PictureError, What};
use crate::storage::{OutputError, write_file};

/// How much larger than at 100 % a picture on the clipboard is: sharp in a message and on a slide.
const COPIED: f32 = 2.0;

/// The page that asks what is to be drawn, and how.
#[derive(Debug)]
pub struct ExportPicture;

impl Question for ExportPicture {}

/// The question if the file of a picture exists: replace it, choose another name, cancel.
#[derive(Debug)]
pub struct ReplacePicture {
    /// The file.
    pub path: PathBuf,
    /// What is to be drawn.
    pub choice: PictureChoice,
}

impl Question for ReplacePicture {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::SaveAs => program.ask_where_to_draw(self.choice),
            Answer::Overwrite => program.start_picture(self.path, self.choice, true),
            _ => program.give_up_waiting(),
        }
    }
}

/// Width, height, and four bytes of each pixel, row by row.
type Pixels = (usize, usize, Vec<u8>);

/// Why no picture was written.
enum Failed {
    Picture(PictureError),
    Output(OutputError),
}

/// How the drawing of a file ended.
struct Drawn {
    path: PathBuf,
    choice: PictureChoice,
    /// Whether the system confirms that it is on the disk, and what is to be said of the picture.
    ended: Result<(bool, String), Failed>,
}

impl Program {
    /// Asks for the file of a picture with a file dialog.
    pub(in crate::app) fn ask_where_to_draw(&mut self, choice: PictureChoice) {
        self.close_question();
        let Some(book) = &self.book else { return };
        let stem = match book.path().and_then(|path| path.file_stem()) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => super::saving::file_name(&book.proposed_name()),
        };
        let name = format!("{stem}.{}", choice.format.ending());
        let folder = self.start_folder();
        self.emit(Effect::Dialog(DialogKind::Picture { folder, name, choice }));
    }

    /// Draws into a file that was chosen. Its ending says the format, where it is one of a picture.
    pub(in crate::app) fn draw_to(&mut self, path: PathBuf, mut choice: PictureChoice) {
        let mut path = std::path::absolute(&path).unwrap_or(path);
        // A file dialog asks before it returns an existing file; for a path typed by hand, or one that gets its ending
        // only here, nobody has asked.
        let mut agreed = true;
        if self.asked::<EnterPath>().is_some() {
            self.close_question();
            agreed = false;
        }
        match Format::of_path(&path) {
            Some(format) => choice.format = format,
            None => {
                path.as_mut_os_string().push(format!(".{}", choice.format.ending()));
                agreed = false;
            }
        }
        self.start_picture(path, choice, agreed);
    }

    fn start_picture(&mut self, path: PathBuf, choice: PictureChoice, replace: bool) {
        let Some(book) = &self.book else { return };
        if self.is_open(&path) {
            let why = format!(
                "Nothing was drawn: {} is the notebook itself. Choose another name.",
                path.display()
            );
            self.notify(Level::Error, why);
            return;
        }
        let notebook = book.snapshot();
        let work = move |handle: &Handle| {
            let stop = || handle.is_cancelled();
            let drawn = drawn(&notebook, &choice, &stop).and_then(|picture| {
                handle.set_progress(0.4);
                Ok((picture.write(choice.format, &stop)?, said(&picture)))
            });
            let ended = drawn.map_err(Failed::Picture).and_then(|(bytes, said)| {
                handle.set_progress(0.9);
                let mut fill = |file: &mut std::fs::File| {
                    std::io::Write::write_all(file, &bytes).map_err(Some)
                };
                let durable = write_file(&path, replace, &stop, &mut fill);
                durable.map(|durable| (durable, said)).map_err(Failed::Output)
            });
            Drawn { path, choice, ended }
        };
        self.jobs.start(Job::store("Drawing the picture"), work, Self::picture_done);
    }

    fn picture_done(&mut self, done: Drawn) {
        let Drawn { path, choice, ended } = done;
        match ended {
            Ok((true, said)) => {
                let level = if said.is_empty() { Level::Info } else { Level::Warning };
                self.notify(level, format!("Drawn to {}.{said}", path.display()));
            }
            Ok((false, said)) => {
                let why = format!(
                    "Drawn to {}, but the disk did not confirm the write. Draw it again to be sure.{said}",
                    path.display()
                );
                self.notify(Level::Warning, why);
            }
            Err(Failed::Output(OutputError::Exists(_))) if self.question().is_none() => {
                self.ask(ReplacePicture { path, choice });
            }
            Err(
                Failed::Picture(PictureError::Cancelled) | Failed::Output(OutputError::Cancelled),
            ) => {
                self.notify(Level::Info, "The picture was cancelled. Nothing was written.");
            }
            Err(Failed::Picture(error)) => self.notify(Level::Error, sentence(&error.to_string())),
            Err(Failed::Output(error)) => self.notify(Level::Error, sentence(&error.to_string())),
        }
    }

    /// Puts a picture of the selection on the clipboard, or of the whole canvas where nothing is selected.
    pub(in crate::app) fn copy_as_picture(&mut self) {
        let Some(book) = &self.book else { return };
        let scope = Scope::of_selection(book).unwrap_or_default();
        let look = Look { dark: self.is_dark(), scale: COPIED, ..Look::default() };
        let choice = PictureChoice { timeline: None, scope, format: Format::Png, look };
        let notebook = book.snapshot();
        let work = move |handle: &Handle| {
            let stop = || handle.is_cancelled();
            let mut choice = choice;
            loop {
                let picture = drawn(&notebook, &choice, &stop)?;
                match picture.pixels(&stop) {
                    // A large canvas is copied as large as a picture can be.
                    Err(PictureError::TooLarge { at_most, .. }) if at_most < choice.look.scale => {
                        choice.look.scale = at_most;
                    }
                    ended => return ended.map(|pixels| (pixels, said(&picture))),
                }
            }
        };
        let copied = |program: &mut Self, ended: Result<(Pixels, String), PictureError>| match ended
        {
            Ok(((width, height, pixels), said)) => {
                program.emit(Effect::CopyPicture { width, height, pixels: pixels.into() });
                let level = if said.is_empty() { Level::Info } else { Level::Warning };
                program.notify(level, format!("Copied as a picture, {width} × {height}.{said}"));
            }
            Err(PictureError::Cancelled) => {}
            Err(error) => program.notify(Level::Error, sentence(&error.to_string())),
        };
        self.jobs.start(Job::compute("Drawing the picture"), work, copied);
    }
}

/// Draws what was chosen.
fn drawn(
    notebook: &Notebook,
    choice: &PictureChoice,
    stop: &dyn Fn() -> bool,
) -> Result<Picture, PictureError> {
    if let Some(TimelineSettings { lanes, statements }) = choice.timeline {
        let what = What::Timeline { lanes, statements };
        return Picture::of(notebook, &what, &choice.look, Faces::of_system(), stop);
    }
    let content =
        Content::of(notebook, &choice.scope, stop).map_err(|_| PictureError::Cancelled)?;
    let what = content.on_canvas().map_or(What::Canvas, What::Part);
    Picture::of(notebook, &what, &choice.look, Faces::of_system(), stop)
}

/// What is to be said of a picture beside where it is: what was left out, and names that could not be written.
fn said(picture: &Picture) -> String {
    let mut said = String::new();
    for left_out in picture.left_out() {
        said.push(' ');
        said.push_str(left_out);
    }
    if let Some(names) = picture.about_names_without_glyph() {
        said.push(' ');
        said.push_str(&names);
    }
    said
}
