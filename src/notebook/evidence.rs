//! Evidence: where in the articles something stands that supports a link or answers a claim.

use serde::{Deserialize, Serialize};

use super::{Anchor, MentionId};

/// Something in an article that supports a link, or in which someone answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Evidence {
    /// A mention, wherever it moves.
    Mention(MentionId),
    /// A stretch of an article.
    Quote(Anchor),
}
