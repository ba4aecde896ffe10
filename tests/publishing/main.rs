//! Publishing against the real thing: git over a path and over its own protocol, a store that speaks S3, a web server,
//! and Essai itself killed at any moment.
//!
//! What is not installed is said to be NOT RUN: git, rsync, nginx, the right to mount a file system, and moto, which
//! `.ci/run` puts into `target/moto` from Python's registry. `ESSAI_KILLS` says how often Essai is killed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod disk;
mod folder;
mod git;
mod http;
mod killed;
mod places;
mod rsync;
mod site;
mod store;
mod web;
