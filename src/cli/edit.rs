//! `casebook edit`: a list of edits, all or nothing, as one step.

use std::process::ExitCode;

use anyhow::anyhow;
use serde::Serialize;

use super::args::Edit as Arguments;
use super::working::Working;
use super::{input, output};
use crate::article::now;
use crate::edit::{Created, Edit, SCRIPT_LIMIT as LIMIT, apply_signed, parse_script};
use crate::notebook::Signature;

#[derive(Serialize)]
struct Done {
    notebook: String,
    edits: usize,
    articles: Vec<String>,
    entities: Vec<String>,
    mentions: Vec<String>,
    links: Vec<String>,
    groups: Vec<String>,
    cards: Vec<String>,
    views: Vec<String>,
    waivers: Vec<String>,
    set_aside: Vec<String>,
    matrices: Vec<String>,
}

pub(super) fn run(args: &Arguments) -> anyhow::Result<ExitCode> {
    let name = args.edits.display();
    let script = input(&args.edits, LIMIT, "a list of edits; split it")?;
    let edits =
        parse_script(&script).map_err(|error| anyhow!("“{name}”, {error}; nothing was changed"))?;
    let number = edits.len();

    let mut working = Working::open(&args.notebook, args.output.as_deref(), args.force)?;
    let step = Edit::Batch("Edit list".to_owned(), edits);
    let signature = Signature { at: now(), by: args.by.clone().unwrap_or_default() };
    let applied = apply_signed(working.notebook(), &step, &signature)
        .map_err(|refusal| anyhow!("“{name}”: {refusal}; nothing was changed"))?;
    let mut done = Done {
        notebook: working.target().display().to_string(),
        edits: number,
        articles: Vec::new(),
        entities: Vec::new(),
        mentions: Vec::new(),
        links: Vec::new(),
        groups: Vec::new(),
        cards: Vec::new(),
        views: Vec::new(),
        waivers: Vec::new(),
        set_aside: Vec::new(),
        matrices: Vec::new(),
    };
    for made in applied.created {
        match made {
            Created::Article(id) => done.articles.push(id.to_string()),
            Created::Entity(id) => done.entities.push(id.to_string()),
            Created::Mention(id) => done.mentions.push(id.to_string()),
            Created::Link(id) => done.links.push(id.to_string()),
            Created::Group(id) => done.groups.push(id.to_string()),
            Created::Card(id) => done.cards.push(id.to_string()),
            Created::View(id) => done.views.push(id.to_string()),
            Created::Waiver(id) => done.waivers.push(id.to_string()),
            Created::SetAside(id) => done.set_aside.push(id.to_string()),
            Created::Matrix(id) => done.matrices.push(id.to_string()),
        }
    }
    let said = format!(
        "{}: {} applied; made {}, {}, {}",
        done.notebook,
        output::count(done.edits, "edit", "edits"),
        output::count(done.entities.len(), "entity", "entities"),
        output::count(done.mentions.len(), "mention", "mentions"),
        output::count(done.links.len(), "link", "links"),
    );
    working.save(&done, args.json, &said)
}
