//! The reader.
pub mod breaking; pub mod direction; pub mod display; pub mod heights; pub mod units;
