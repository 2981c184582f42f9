//! `casebook picture`: the canvas or the timeline as a picture, without a display.

use std::process::ExitCode;

use anyhow::{anyhow, bail};
use serde::Serialize;

use super::args::Picture as Args;
use super::named::view_of;
use super::{output, same_file};
use crate::export::{Content, Scope};
use crate::picture::{Faces, Format, Look, Picture, What};
use crate::storage::{OutputError, load, write_file};

#[derive(Serialize)]
struct Done {
    notebook: String,
    output: String,
    format: &'static str,
    bytes: usize,
    /// In units of the format: points of the screen in SVG, pixels in PNG; a point of PDF is 4/3 of them.
    width: f32,
    height: f32,
    /// What was left out because it could not be read, in words.
    left_out: Vec<String>,
    /// The names for which no installed font has all glyphs.
    names_without_glyph: Vec<String>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let out = args.output.display();
    let Some(format) = Format::of_path(&args.output) else {
        bail!("“{out}” does not say a format: end its name in .svg, .png or .pdf");
    };
    if same_file(&args.output, &args.notebook) {
        bail!("“{out}” is the notebook itself; choose another name");
    }
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    output::complain_of_orphans(&loaded.orphans);
    let notebook = &loaded.notebook;
    let what = match &args.view {
        _ if args.timeline => {
            What::Timeline { lanes: args.lanes, statements: !args.without_statements }
        }
        None => What::Canvas,
        Some(name) => {
            let scope = Scope::View(view_of(notebook, name)?);
            let content = Content::of(notebook, &scope, &|| false)?;
            content.on_canvas().map_or(What::Canvas, What::Part)
        }
    };
    let look = Look {
        dark: args.dark,
        title: args.title.clone(),
        day: args.date.clone(),
        legend: args.legend,
        scale: args.scale,
    };
    let picture = Picture::of(notebook, &what, &look, Faces::of_system(), &|| false)?;
    let bytes = picture.write(format, &|| false)?;
    let written = write_file(&args.output, args.force, &|| false, &mut |file| {
        std::io::Write::write_all(file, &bytes).map_err(Some)
    });
    let durable = written.map_err(|error| match error {
        OutputError::Exists(path) => anyhow!(
            "“{}” already exists; choose another name, or replace it with --force",
            path.display()
        ),
        error => error.into(),
    })?;
    if !durable {
        output::complain("written, but the system does not confirm that it is on the disk");
    }
    let size = picture.drawing().size * args.scale;
    let done = Done {
        notebook: args.notebook.display().to_string(),
        output: out.to_string(),
        format: format.ending(),
        bytes: bytes.len(),
        width: size.x,
        height: size.y,
        left_out: picture.left_out().to_vec(),
        names_without_glyph: picture.names_without_glyph(),
    };
    for left_out in &done.left_out {
        output::complain(left_out);
    }
    if let Some(names) = picture.about_names_without_glyph() {
        output::complain(&names);
    }
    if args.json {
        output::json(&done)?;
    } else {
        output::text(&format!("{}: {} × {}", done.output, done.width, done.height))?;
    }
    Ok(ExitCode::SUCCESS)
}
