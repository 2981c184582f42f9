//! The edits of a matrix, and the choices of what to add to it.

use egui::Ui;

use super::shown::Shown;
use crate::app::{Intent, OpenNotebook, SessionIntent};
use crate::edit::{Edit, MatrixFields, Ref};
use crate::notebook::{EntityId, Fit, Kind, MatrixId, Subject};

/// The mark after this one, as a click or Space goes through them.
pub(super) const fn next(fit: Option<Fit>) -> Option<Fit> {
    match fit {
        None => Some(Fit::Consistent),
        Some(Fit::Consistent) => Some(Fit::Inconsistent),
        Some(Fit::Inconsistent) => Some(Fit::Neutral),
        Some(Fit::Neutral) => None,
    }
}

pub(super) fn edit(edit: Edit) -> Intent {
    Intent::Session(SessionIntent::Edit(edit))
}

pub(super) const fn cell(
    id: MatrixId,
    (row, claim): (Subject, EntityId),
    fit: Option<Fit>,
) -> Edit {
    Edit::SetCell { matrix: Ref::Id(id), claim: Ref::Id(claim), row: Ref::Id(row), fit }
}

pub(super) const fn set(id: MatrixId, with: MatrixFields) -> Edit {
    Edit::SetMatrix { matrix: Ref::Id(id), with }
}

/// Adds a claim.
pub(super) fn with_claims(shown: &Shown<'_>, more: Ref<EntityId>) -> Edit {
    let claims = shown.matrix.claims.iter().map(|claim| Ref::Id(*claim)).chain([more]).collect();
    set(shown.id, MatrixFields { claims: Some(claims), ..MatrixFields::default() })
}

/// A new matrix of the claims that are selected.
pub(super) fn new_matrix(book: &OpenNotebook) -> Edit {
    let notebook = book.notebook();
    let is_claim =
        |id: &&EntityId| notebook.entity(**id).is_some_and(|it| it.kind() == Kind::Claim);
    let claims: Vec<EntityId> =
        book.selection().entities.iter().filter(is_claim).copied().collect();
    let titles = notebook.matrices().values().map(|matrix| &matrix.title);
    let taken = titles.filter(|title| title.starts_with("Competing claims")).count();
    let title = match taken {
        0 => "Competing claims".to_owned(),
        n => format!("Competing claims {}", n + 1),
    };
    let with = MatrixFields {
        title: Some(title),
        claims: Some(claims.into_iter().map(Ref::Id).collect()),
        rows: None,
    };
    Edit::AddMatrix { handle: String::new(), with }
}

/// The choices of what to add as rows.
pub(super) fn add_rows(ui: &mut Ui, book: &OpenNotebook, shown: &Shown<'_>, out: &mut Vec<Intent>) {
    let notebook = book.notebook();
    let selection = book.selection();
    let selected: Vec<Subject> = selection
        .mention
        .into_iter()
        .map(Subject::Mention)
        .chain(selection.made_links().map(Subject::Link))
        .collect();
    let statements: Vec<Subject> = shown
        .matrix
        .claims
        .iter()
        .flat_map(|claim| notebook.mentions_of(*claim))
        .map(Subject::Mention)
        .collect();
    let links: Vec<Subject> = shown
        .matrix
        .claims
        .iter()
        .flat_map(|claim| notebook.links_of(*claim))
        .map(Subject::Link)
        .collect();
    for (words, subjects) in [
        ("What is selected", selected),
        ("All statements of these claims", statements),
        ("All links of these claims", links),
    ] {
        let mut rows = shown.matrix.rows.clone();
        for subject in subjects {
            if !rows.contains(&subject) {
                rows.push(subject);
            }
        }
        let new = rows.len() - shown.matrix.rows.len();
        let label = if new == 0 { words.to_owned() } else { format!("{words} ({new})") };
        if ui.add_enabled(new > 0, egui::Button::new(label)).clicked() {
            let rows = Some(rows.into_iter().map(Ref::Id).collect());
            out.push(edit(set(shown.id, MatrixFields { rows, ..MatrixFields::default() })));
        }
    }
}
