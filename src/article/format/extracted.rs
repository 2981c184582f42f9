//! A document as an article: the text that its reader took out of it, and its origin.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Format;
use crate::article::document::{Document, Options};
use crate::article::worker::WorkerError;
use crate::article::{
    ArticleError, EncodingGuess, LIMIT, Lines, Read, ReadOptions, error, hex, language, mebibytes,
    now, stem, title,
};
use crate::notebook::Origin;
use crate::text::Text;

/// Reads a document: `extract` takes the text out of its bytes.
///
/// # Errors
/// As [`crate::article::decode`].
pub(in crate::article) fn read(
    format: &Format,
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    extract: impl FnOnce(&Options, Vec<u8>) -> Result<Document, WorkerError>,
) -> Result<Read, ArticleError> {
    let shown = error::shown(name);
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > LIMIT {
        return Err(ArticleError::TooLarge { name: shown, size: mebibytes(size) });
    }
    let sha256 = hex(&Sha256::digest(&bytes));
    let document = match extract(&options.of_document(name), bytes) {
        Ok(document) => document,
        Err(WorkerError::Document(error)) => {
            return Err(ArticleError::Document { name: shown, error });
        }
        Err(WorkerError::NotStarted(why)) => {
            return Err(ArticleError::NoReader { name: shown, why });
        }
        Err(WorkerError::Cancelled) => return Err(ArticleError::Cancelled { name: shown }),
    };
    let Document { text, structure, mut description, remarks } = document;
    let text = Text::new(text);
    let joined = match options.lines {
        Lines::Kept => None,
        Lines::JoinedIfWrapped => {
            text.is_hard_wrapped_as(&structure).then(|| text.unwrapped_as(&structure))
        }
        Lines::Joined => Some(text.unwrapped_as(&structure)),
    };
    let was_joined = joined.is_some();
    let (text, structure) = joined.unwrap_or((text, structure));
    let hard_wrapped = !was_joined && text.is_hard_wrapped_as(&structure);
    text.prepare();
    let own_title = std::mem::take(&mut description.title);
    let title = Some(own_title)
        .filter(|title| crate::text::is_visible(title))
        .or_else(|| title::of_plain_text(text.as_str()))
        .unwrap_or_else(|| stem(&shown));
    let said = Some(description.language.trim()).filter(|tag| !tag.is_empty()).map(str::to_owned);
    let language = said.or_else(|| language::language_of(text.as_str()).map(str::to_owned));
    Ok(Read {
        origin: Origin {
            file_name: Origin::file_name_of(name),
            sha256,
            bytes: size,
            // Its reader knows; nothing is left to choose.
            encoding: options.encoding.clone().unwrap_or_default(),
            reader: options.reader(format.name, was_joined),
            read_at: now(),
            captured_at: description.captured_at.clone(),
            structure: Arc::new(structure),
            ..Origin::default()
        },
        title,
        language,
        description,
        remarks,
        hard_wrapped,
        lossy: false,
        encoding_guess: EncodingGuess::sure(),
        text,
    })
}
