//! Essai is a compiler for essays: a folder of Markdown becomes a checked, linked site.
//!
//! Five stages, in this order, each a function from values to values:
//!
//! ```text
//! read ──▶ parse ──▶ link ──▶ render ──▶ write
//! (IO)    (a file)  (the site) (a page)  (IO)
//!
//! Sources → [Essay] → Site → [Output] → Written
//! ```
//!
//! - [`read()`](read::read) walks the folder and yields [`read::Sources`].
//! - [`parse()`](parse::parse) makes an [`parse::Essay`] of each source, on its own.
//! - [`pictures()`](picture::pictures) makes narrower variants of the pictures that essays show, if they are asked for.
//! - [`link()`](link::link) sees all essays at once and makes the [`link::Site`]: every reference resolved.
//! - [`render()`](render::render) makes one [`render::Output`] per file of the site.
//! - [`write()`](write::write) puts the outputs on disk, all or none.
//!
//! Beside them stands [`publish`]: what is online is compared with what a build makes, and brought up to date. What it and `write` do
//! with folders alike is in [`disk`].
//!
//! The three in the middle, [`parse`], [`link`] and [`render`], are pure: no files, no clock, no environment.
//! Mistakes of an author are values too: each stage returns them as [`diagnostic::Diagnostic`]s beside its result. A
//! [`command`] puts stages in a row and nothing else.

pub mod cli;
pub mod command;
pub mod diagnostic;
pub mod disk;
pub mod link;
pub mod parse;
pub mod picture;
pub mod publish;
pub mod read;
pub mod render;
pub mod write;
