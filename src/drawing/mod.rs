//! How what is on the canvas is drawn: outlines, lines, arrow heads, signs and words, and in which colours. The window and
//! pictures draw with the same functions, so that they agree; neither egui nor a file is known here.
//!
//! A [`Brush`] says *what* is drawn of a scene; a [`Pen`] takes shapes and [`Letters`] take words, and put them on a
//! screen or into a picture. Colours are named by what they are for ([`Role`]); a [`Palette`] says which they are.
//!
//! | file | contents |
//! |---|---|
//! | `colour`, `palette` | colours, and what each is for, in light and dark |
//! | `pen`, `letters` | what takes shapes, and what takes words |
//! | `brush` | the place, the zoom and what stands out |
//! | `detail` | how much is drawn at a zoom |
//! | `parts` | the parts of groups and cards |
//! | `nodes`, `links`, `board` | drawing these |
//! | `afar` | dots and slivers, where there are thousands |
//! | `beside` | names beside nodes that are too small to hold them |
//! | `timeline` | bars, marks, signs and arrows of the timeline |
//! | `legend`, `in_time` | what the shapes, colours, signs and lines mean, on the canvas and on the timeline |

mod afar;
mod beside;
mod board;
mod brush;
mod colour;
mod detail;
mod in_time;
mod legend;
mod letters;
mod links;
mod nodes;
mod palette;
mod parts;
mod pen;
mod timeline;

pub use afar::{DOT, Dot, SLIVER, dot};
pub use beside::places_beside;
pub use brush::{Brush, Chosen, Hovered, Sight};
pub use colour::{Colour, contrast};
pub use detail::{Detail, LABELS_FROM, LINK_LABELS_FROM, MOST_LINKS, SHAPES_FROM, reaches};
pub use in_time::{InTime, arrow_line, in_time};
pub use legend::{Entry, SIGN, SIGNS, entries};
pub use letters::{Anchor, Letters, Room, SMALLEST, Text, name_room};
pub use links::LinkLabel;
pub use nodes::{grown, holds_words, node_outline, sign_of};
pub use palette::{FADED, Inks, Paint, Palette, Role};
pub use parts::{OnBoard, corner_of, fold_mark, strip_of};
pub use pen::{Dash, Line, Outline, Pen, Side};
pub use timeline::Forms;
