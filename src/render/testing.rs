//! A small site for the tests of this stage.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use super::{Content, Templates, render, search};
use crate::diagnostic::{Diagnostic, Found};
use crate::link::{Site, Surroundings, link};
use crate::parse::{Body, Essay, Fill, Header, Hole, Inline};
use crate::read::{Config, Publication, SitePath, Source, Template, Theme, ThemeBytes, ThemeFile};
use crate::render::templates;
use rayon::prelude::*;

pub fn path(path: &str) -> SitePath {
    SitePath::new(path).unwrap()
}

/// An essay at `path` with `html` as its text, in which `{n}` is the n-th reference and `{essays}` the list.
pub fn essay(at: &str, title: &str, html: &str) -> Essay {
    let mut body = Body::default();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, after) = after.split_once('}').unwrap();
        body.html.push_str(before);
        let fill = inside.parse().map_or(Fill::Essays, Fill::Reference);
        body.holes.push(Hole { at: body.html.len(), fill });
        rest = after;
    }
    body.html.push_str(rest);
    let inline = Inline::new(title.replace('&', "&amp;"), title.to_owned());
    Essay {
        source: Arc::new(Source::new(path(at), String::new())),
        header: Header::default(),
        title: inline,
        heading: None,
        body,
        headings: Vec::new(),
        has_widths: false,
        sidenotes: Vec::new(),
        labels: Vec::new(),
        equations: Vec::new(),
        has_mathematics: false,
        code_classes: Default::default(),
        code_starts: Default::default(),
        anchors: Vec::new(),
        references: Vec::new(),
        excerpt: String::new(),
        words: 231,
        made_files: Vec::new(),
    }
}

/// A site of `essays`, which come by path, linked, and with the built-in style.
pub fn site(essays: Vec<Essay>, config: Config) -> Site {
    let file = |name: &str| ThemeFile { path: path(name), bytes: ThemeBytes::BuiltIn(b"") };
    let surroundings = Surroundings {
        config,
        assets: Arc::default(),
        pictures: Default::default(),
        cards: Default::default(),
        theme_files: vec![file("essai.css"), file("essai.js"), file("icon.svg")],
        publication: Publication { today: "2026-01-01".parse().unwrap(), drafts: false, future: false },
        ledger: Arc::default(),
    };
    let found = |essay| Found::from(Arc::new(essay));
    link(&essays.into_iter().map(found).collect::<Vec<_>>(), surroundings, None).value
}

/// The default theme, with `users` templates laid over it.
pub fn theme(users: &[(&str, &str)]) -> Theme {
    static BUILT_IN: include_dir::Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/templates");
    let mut templates: Vec<Template> = users
        .iter()
        .map(|(name, text)| Template {
            name: (*name).to_owned(),
            shown: format!("templates/{name}"),
            text: (*text).to_owned().into(),
        })
        .collect();
    for file in BUILT_IN.files() {
        let name = file.path().to_str().unwrap().to_owned();
        if !templates.iter().any(|template| template.name == name) {
            let shown = format!("{name} (built in)");
            templates.push(Template { name, shown, text: file.contents_utf8().unwrap().into() });
        }
    }
    Theme { templates, files: Vec::new() }
}

/// The templates of [`theme`], which must have no mistakes.
pub fn parsed(site: &Site, users: &[(&str, &str)]) -> Templates {
    let Found { value, diagnostics } = templates(&theme(users), site, None);
    assert_eq!(diagnostics, []);
    value
}

/// The text of the file at `address`, and the mistakes of all files.
pub fn file(site: &Site, users: &[(&str, &str)], address: &str) -> (String, Vec<Diagnostic>) {
    let templates = parsed(site, users);
    let outputs: Vec<_> = render(site, &templates, search(site)).collect();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut text = None;
    for Found { value: output, diagnostics: found } in outputs {
        for mistake in found {
            if !diagnostics.contains(&mistake) {
                diagnostics.push(mistake);
            }
        }
        if output.address.as_str() == address {
            let Content::Bytes(bytes) = output.content else { panic!("{address} is copied") };
            text = Some(String::from_utf8(bytes).unwrap());
        }
    }
    (text.unwrap_or_else(|| panic!("no {address}")), diagnostics)
}
