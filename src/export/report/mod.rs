//! What the reports say, whatever they are written as: HTML, Word, Markdown, a quotation on the clipboard.
//!
//! `citation` tells where words stand, `wording` puts statements and links into words, `summary` says what is held and how
//! well it is confirmed, `gathered` is what a report is made from.

mod citation;
mod gathered;
mod summary;
mod wording;

pub(super) use citation::Citation;
pub(super) use gathered::{Claimed, Report};
pub(super) use summary::Summary;
pub(super) use wording::{
    Plain, Voice, chain, cut_words, link_facts, link_head, rung_facts, said, statement,
};
