//! What files of other programs are made of: zip archives and XML of unknown origin, read within limits. Article formats and
//! imports are built on it; it knows neither, nor any notebook.

pub mod archive;
pub mod xml;
