//! The walk over the events: quotations, and the alerts, admonitions and tabs that are read as such.

use std::fmt::Write as _;

use pulldown_cmark::BlockQuoteKind;

use super::Writer;
use super::block_text::Excerpt;
use super::callouts::{self, Callout};
use crate::parse::markdown::extensions::admonitions::{Element, Opening, Tab, Title};
use crate::parse::markdown::inline::escaped;

impl Writer<'_, '_> {
    /// Begins a quotation, an alert or an admonition; returns the event to go on with.
    pub(super) fn quote(&mut self, at: usize, kind: Option<BlockQuoteKind>) -> usize {
        self.open(at);
        if let (None, Some(admonition)) = (kind, self.document.admonition(self.document.events[at].1.start)) {
            return match admonition.opening.element {
                Element::Figure => self.directed_figure(at, admonition),
                _ => self.admonition(at, &admonition.opening),
            };
        }
        let Some(kind) = kind else {
            if let Some(callout) = callouts::at(self.document, at) {
                return self.callout(at, &callout);
            }
            self.quotes.push("</blockquote>\n");
            self.tag(at, "<blockquote>\n");
            return at + 1;
        };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", &self.phrases.note),
            BlockQuoteKind::Tip => ("tip", &self.phrases.tip),
            BlockQuoteKind::Important => ("important", &self.phrases.important),
            BlockQuoteKind::Warning => ("warning", &self.phrases.warning),
            BlockQuoteKind::Caution => ("caution", &self.phrases.caution),
        };
        let title = escaped(title);
        self.quotes.push("</aside>\n");
        self.block("");
        let _ = write!(
            self.out.html,
            "<aside class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
        );
        at + 1
    }

    /// Begins the callout at `at` and writes its title; returns the event to go on with.
    fn callout(&mut self, at: usize, callout: &Callout<'_>) -> usize {
        let Callout { opening, first, title, goes_on } = callout;
        let (open, close) = self.begin(at, opening);
        self.out.html.push_str(open);
        match &opening.title {
            Title::Kind(kind) if first.is_empty() && title.len() == 1 => self.kind(kind),
            _ => {
                self.words(title.start, first);
                self.events(title.start + 1..title.end);
            }
        }
        self.close(Excerpt::No, close);
        if !goes_on {
            return self.document.after(at + 1);
        }
        self.tag(at + 1, "<p>");
        title.end + 1
    }

    /// Begins the admonition at `at` and writes its title; returns the event to go on with.
    fn admonition(&mut self, at: usize, opening: &Opening) -> usize {
        if let Element::Tab(tab) = opening.element {
            return self.tab(at, tab, opening);
        }
        let (open, close) = self.begin(at, opening);
        let is_written = match &opening.title {
            Title::None if opening.link.is_none() => return at + 1,
            Title::None | Title::Kind(_) => false,
            Title::Written(_) => true,
        };
        self.out.html.push_str(open);
        let after = if is_written { self.document.after(at + 1) } else { at + 1 };
        let link = opening.link.clone().filter(|_| !self.document.has_link(at + 1..after));
        let link = link.map(|link| self.document.offset + link.start..self.document.offset + link.end);
        link.iter().for_each(|link| self.open_link_to(link.clone()));
        match (&opening.title, &link) {
            (Title::None, link) => link.iter().for_each(|link| self.title_of((*link).clone())),
            (Title::Kind(kind), _) => self.kind(kind),
            (Title::Written(_), _) => match &opening.statement {
                Some(statement) => {
                    self.kind(statement);
                    self.out.html.push_str(" (");
                    self.events(at + 2..after - 1);
                    self.out.html.push(')');
                }
                None => self.events(at + 2..after - 1),
            },
        }
        self.out.html.push_str(link.map_or("", |_| "</a>"));
        self.close(Excerpt::No, close);
        after
    }

    /// Writes the title of what has none but its `kind`.
    fn kind(&mut self, kind: &str) {
        let title = self.phrases.kind(&kind.to_lowercase()).map(escaped);
        self.out.html.push_str(title.as_deref().unwrap_or(kind));
    }

    /// Begins the element that `opening` at `at` becomes; returns what stands around its title.
    fn begin(&mut self, at: usize, opening: &Opening) -> (&'static str, &'static str) {
        let (open, more, close) = match opening.element {
            Element::Aside => ("<aside", " role=\"note\">\n", "</aside>\n"),
            Element::Details => ("<details", ">\n", "</details>\n"),
            Element::OpenDetails => ("<details", " open>\n", "</details>\n"),
            Element::Quotation => ("<blockquote", ">\n", "</blockquote>\n"),
            Element::Division | Element::Figure | Element::Tab(_) => ("<div", ">\n", "</div>\n"),
        };
        self.quotes.push(close);
        self.block(open);
        let mut list = opening.list.clone();
        list.extend(self.document.attributes.get(&at).cloned().unwrap_or_default());
        self.attributes(at, &list, &[]);
        self.out.html.push_str(more);
        match opening.element {
            Element::Details | Element::OpenDetails => ("<summary class=\"alert-title\">", "</summary>\n"),
            Element::Quotation => ("<p><strong>", "</strong></p>\n"),
            Element::Aside | Element::Division | Element::Figure | Element::Tab(_) => {
                ("<p class=\"alert-title\">", "</p>\n")
            }
        }
    }

    /// Begins the tab at `at` and writes its title; returns the event to go on with. Without scripts no tab can stand behind
    /// another, and everything of them should be found and printed: they are a list of names and what belongs to each.
    fn tab(&mut self, at: usize, tab: Tab, opening: &Opening) -> usize {
        let (open, close) = match tab {
            Tab::Only => ("<dl class=\"tabs\">\n<dt>", "</dd>\n</dl>\n"),
            Tab::First => ("<dl class=\"tabs\">\n<dt>", "</dd>\n"),
            Tab::Middle => ("<dt>", "</dd>\n"),
            Tab::Last => ("<dt>", "</dd>\n</dl>\n"),
        };
        self.quotes.push(close);
        self.block(open);
        let after = if matches!(opening.title, Title::Written(_)) { self.document.after(at + 1) } else { at + 1 };
        self.events(at + 2..after.saturating_sub(1));
        self.close(Excerpt::No, "</dt>\n");
        self.tag(at, "<dd>\n");
        after
    }
}
