//! The tables there are, and which columns each has.

use super::column::Column;

/// One of the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TableKind {
    /// The table of links, with a row for each.
    #[default]
    Links,
    /// The table of entities, with a row for each.
    Entities,
    /// Events and statements in the order of time.
    Chronology,
}

impl TableKind {
    /// All tables.
    pub const ALL: [Self; 3] = [Self::Links, Self::Entities, Self::Chronology];

    /// Its label on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Links => "Links",
            Self::Entities => "Entities",
            Self::Chronology => "Chronology",
        }
    }

    /// Its columns, from left to right.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Links => &[
                Column::From,
                Column::Relation,
                Column::To,
                Column::Strength,
                Column::Basis,
                Column::Direction,
                Column::Sentences,
                Column::Date,
                Column::Written,
                Column::Note,
                Column::ToCheck,
            ],
            Self::Entities => &[
                Column::Name,
                Column::Kind,
                Column::Aliases,
                Column::Sort,
                Column::Owner,
                Column::Grade,
                Column::Date,
                Column::Written,
                Column::Place,
                Column::Status,
                Column::Confirmed,
                Column::AtMost,
                Column::Others,
                Column::Mentions,
                Column::Links,
                Column::Note,
                Column::ToCheck,
            ],
            Self::Chronology => &[
                Column::Date,
                Column::What,
                Column::Who,
                Column::Place,
                Column::Told,
                Column::Sure,
                Column::ToldIn,
                Column::Written,
            ],
        }
    }
}
