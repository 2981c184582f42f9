//! `casebook edit`: a list of edits, all or nothing, as one step.

use std::process::ExitCode;

use anyhow::{Context, anyhow};
use serde::Serialize;

use super::args::Edit as Arguments;
use super::{input, is_stream, lock, may_write, output, rendered, same_file, secure_unsaved_work};
use crate::article::now;
use crate::edit::{Created, Edit, SCRIPT_LIMIT as LIMIT, apply_signed, parse_script};
use crate::notebook::Signature;
use crate::storage::{Expected, VERSION, keep_original, load, save};

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

    let to_stdout = args.output.as_deref().is_some_and(is_stream);
    let elsewhere = args.output.as_deref().filter(|out| !same_file(out, &args.notebook));
    let target = elsewhere.unwrap_or(&args.notebook);
    if elsewhere.is_some() && !to_stdout {
        may_write(target, args.force)?;
    }
    let _lock = if to_stdout { None } else { lock(target)? };
    let mut loaded = load(&args.notebook, &|| false, &|_| {})?;
    output::complain_of_orphans(&loaded.orphans);
    let step = Edit::Batch("Edit list".to_owned(), edits);
    let signature = Signature { at: now(), by: args.by.clone().unwrap_or_default() };
    let applied = apply_signed(&mut loaded.notebook, &step, &signature)
        .map_err(|refusal| anyhow!("“{name}”: {refusal}; nothing was changed"))?;
    let mut done = Done {
        notebook: target.display().to_string(),
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
    if to_stdout {
        let source = rendered(&loaded.notebook, &loaded.desk)?;
        return output::notebook(&source, args.json.then_some(&done));
    }
    let expected = match elsewhere {
        Some(_) => Expected::New,
        None => Expected::Same(loaded.stamp),
    };
    if elsewhere.is_none() && loaded.version < VERSION {
        let kept = keep_original(target, loaded.version).with_context(|| {
            format!(
                "“{}” is in an older format and no copy of it could be kept beside it; name another file with --output",
                target.display()
            )
        })?;
        output::complain(&format!("the original file is kept as {}", kept.display()));
    }
    secure_unsaved_work(target)?;
    let saved = save(target, &loaded.notebook, &loaded.desk, &expected, &|| false)?;
    output::complain_of_saved(&saved);
    let said = format!(
        "{}: {} applied; made {}, {}, {}",
        done.notebook,
        output::count(done.edits, "edit", "edits"),
        output::count(done.entities.len(), "entity", "entities"),
        output::count(done.mentions.len(), "mention", "mentions"),
        output::count(done.links.len(), "link", "links"),
    );
    output::after_saving(target, &done, (!args.json).then_some(&*said))
}
