//! What goes out of the theme: its styles, scripts and fonts, with what the configuration and the essays make of them.

pub mod book;
pub mod built_in;
#[cfg(feature = "fonts")]
pub mod fonts;
pub mod mathematics;
pub mod style;
