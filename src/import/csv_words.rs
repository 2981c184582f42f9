//! Cells of our tables that hold several things, each with something said of it in parentheses.

use crate::edit::{HopFields, Ref};
use crate::notebook::{EntityId, Role, Source as Read};

/// Who took part: the ids, with the roles that stand behind the names, in parentheses.
pub(super) fn participants(
    ids: &[Ref<EntityId>],
    text: &str,
) -> Option<Vec<(Ref<EntityId>, Role)>> {
    if ids.is_empty() {
        return None;
    }
    let mut roles = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('(') {
        rest = rest.get(at + 1..).unwrap_or("");
        let role = Role::ALL.into_iter().find(|role| {
            rest.strip_prefix(role.label())
                .is_some_and(|after| after == ")" || after.starts_with("), "))
        });
        roles.extend(role);
    }
    let role = |at: usize| match roles.len() == ids.len() {
        true => roles.get(at).copied().unwrap_or_default(),
        // A name that looks like a role makes all of them uncertain.
        false => Role::default(),
    };
    Some(ids.iter().cloned().enumerate().map(|(at, id)| (id, role(at))).collect())
}

/// The chain of speakers: the ids, with what stands behind the names: how far they are known, and the cue.
pub(super) fn chain(ids: Vec<Ref<EntityId>>, text: &str) -> Vec<HopFields> {
    let mut told: Vec<(Read, String)> = Vec::new();
    for part in text.split("; ") {
        for source in Read::ALL {
            let sign = format!(" ({}", source.label());
            if let Some((_, after)) = part.rsplit_once(&sign)
                && let Some(cue) = after.strip_suffix(')')
            {
                told.push((source, cue.strip_prefix(": ").unwrap_or(cue).to_owned()));
                break;
            }
        }
    }
    let sure = told.len() == ids.len();
    ids.into_iter()
        .enumerate()
        .map(|(at, actor)| {
            let (source, cue) =
                told.get(at).filter(|_| sure).cloned().unwrap_or((Read::default(), String::new()));
            HopFields { actor, cue, source }
        })
        .collect()
}
