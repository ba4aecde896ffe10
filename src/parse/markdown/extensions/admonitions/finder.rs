//! The admonitions of a text, found part by part.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::Options;

use super::containers::Position;
use super::opening::{self, Element, Opening, Takes, Title};
use super::structure::{Place, Structure};
use super::tagged::{self, Tagged};
use super::{Admonition, Admonitions, DEEPEST, block, directive, lines, may_hold, pictured, statement, tabs};
use crate::parse::layout::{Layout, Stretch};

/// Columns that a text is indented by against the first line of its admonition.
const INDENTATION: usize = 4;

/// Finds admonitions.
pub struct Finder<'t> {
    text: &'t str,
    options: Options,
    refused: &'t BTreeSet<usize>,
    found: Vec<Admonition>,
    parts: Vec<Vec<Stretch>>,
    cuts: Vec<usize>,
    fences: Vec<usize>,
}

/// An admonition among the lines of a part.
struct Region {
    opening: Opening,
    place: Place,
    /// All of its lines.
    lines: Range<usize>,
    /// The lines of its text.
    inner: Range<usize>,
    /// Columns that its text is indented by in what it stands in.
    indentation: usize,
    is_closed: bool,
}

impl Region {
    /// That of `lines`, of which all but the first are its text and indented.
    fn indented(opening: Opening, place: Place, lines: Range<usize>) -> Self {
        let indentation = place.position.indentation() + INDENTATION;
        Self { opening, place, inner: lines.start + 1..lines.end, lines, indentation, is_closed: true }
    }
}

/// What colons or slashes opened and nothing has closed yet.
struct Open {
    mark: u8,
    count: usize,
    line: usize,
    place: Place,
}

impl<'t> Finder<'t> {
    /// The admonitions of `text`, which is otherwise read with `options`, but for those that begin at `refused`.
    pub fn find(text: &'t str, options: Options, refused: &'t BTreeSet<usize>) -> Admonitions {
        let (found, parts, cuts, fences) = Default::default();
        let mut finder = Self { text, options, refused, found, parts, cuts, fences };
        let lines: Vec<_> = lines(text).collect();
        finder.part(&lines, 0);
        if finder.found.is_empty() {
            return Admonitions::default();
        }
        Admonitions { found: finder.found, layout: Layout::new(finder.parts, finder.cuts).between(finder.fences) }
    }

    /// Makes a part of `lines` and of the admonitions among them; returns its number.
    fn part(&mut self, lines: &[Range<usize>], depth: usize) -> usize {
        let number = self.parts.len();
        self.parts.push(Vec::new());
        let mut stretches = Vec::with_capacity(lines.len());
        let joined: String = lines.iter().map(|line| &self.text[line.clone()]).collect();
        let mut at = 0;
        if depth < DEEPEST && may_hold(&joined) {
            let structure = Structure::of(&joined, self.options);
            for region in self.regions(&structure, lines) {
                let first = lines[region.lines.start].start;
                stretches.extend(lines[at..region.lines.start].iter().cloned().map(Stretch::Line));
                stretches.push(Stretch::Mark(self.found.len(), first..first + region.place.position.byte));
                at = region.lines.end;
                self.admonition(region, &structure, lines, depth);
            }
        }
        stretches.extend(lines[at..].iter().cloned().map(Stretch::Line));
        self.parts[number] = stretches;
        number
    }

    /// Takes the admonition in `region` of `lines`.
    fn admonition(&mut self, region: Region, structure: &Structure<'_>, lines: &[Range<usize>], depth: usize) {
        let mut inside = inside(&region, structure, lines);
        let Region { mut opening, place, lines: all, inner, is_closed, .. } = region;
        let first = lines[all.start].clone();
        let line = first.start + place.position.byte..first.start + self.text[first.clone()].trim_end().len();
        let whole = line.start..lines[all.end - 1].end;
        self.cuts.extend([whole.start, first.end, whole.end]);
        // A closing line is no part of the text.
        let closing = lines.get(inner.end).map(|closing| closing.start).filter(|_| inner.end < all.end);
        self.cuts.extend(closing);
        if self.text[line.start..].starts_with(['`', '~']) {
            self.fences.push(line.start);
            self.fences.extend(closing);
        }
        self.take(&mut opening, &mut inside);
        let number = self.found.len();
        let title = match &opening.title {
            Title::Written(title) => Some(title.clone()),
            Title::None | Title::Kind(_) => None,
        };
        self.found.push(Admonition { opening, line, whole, is_closed, title: None, inner: 0 });
        let title = title.map(|title| {
            self.cuts.extend([title.start, title.end]);
            self.parts.push(vec![Stretch::Line(title)]);
            self.parts.len() - 1
        });
        let inner = self.part(&inside, depth + 1);
        (self.found[number].title, self.found[number].inner) = (title, inner);
    }

    /// Takes what at the beginning of the lines `inside` belongs to `opening`.
    fn take(&mut self, opening: &mut Opening, inside: &mut Vec<Range<usize>>) {
        let is_blank = |line: &Range<usize>| self.text[line.clone()].trim().is_empty();
        let taken = match &opening.takes {
            Takes::Nothing => 0,
            Takes::Heading => {
                let first = inside.iter().position(|line| !is_blank(line)).unwrap_or_default();
                let title = inside.get(first).and_then(|line| heading(self.text, line));
                if inside.get(first).is_some_and(|line| statement::is_said(opening, &self.text[line.clone()])) {
                    opening.title = Title::None;
                }
                title.map_or(0, |title| {
                    opening.title = Title::Written(title);
                    first + 1
                })
            }
            Takes::Options(_) => directive::take_options(self.text, inside, opening),
            Takes::IndentedOptions => block::take_options(self.text, inside, opening),
        };
        self.cuts.extend(inside.drain(..taken).flat_map(|line| [line.start, line.end]));
        if let Takes::Options(other @ Title::Kind(_)) = &opening.takes
            && let Title::Written(text) = &opening.title
            && inside.iter().all(is_blank)
        {
            *inside = vec![text.clone()];
            opening.title = other.clone();
        }
    }

    /// The outermost admonitions among `lines`, in order.
    fn regions(&self, structure: &Structure<'_>, lines: &[Range<usize>]) -> Vec<Region> {
        let mut regions = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        let mut tags: Vec<(Tagged<'_>, usize, Place)> = Vec::new();
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| may_hold(&self.text[(*line).clone()])) {
            let place = structure.place(index);
            let byte = place.position.byte;
            let start = line.start + byte;
            // In the text itself nothing stands before a first line but for tags; in an item or a quotation, what means nothing there.
            let is_tag = self.text[start..].starts_with('{');
            let is_far = place.position.indentation() > if place.containers.is_empty() && !is_tag { 0 } else { 3 };
            if is_far || self.refused.contains(&start) {
                continue;
            }
            let written = self.text[start..line.end].trim_end();
            let mark = written.bytes().next().filter(|mark| matches!(mark, b':' | b'/')).unwrap_or_default();
            let count = written.bytes().take_while(|byte| *byte == mark).count();
            if count >= 3 && count == written.len() {
                if !structure.is_code(index, byte) {
                    let closing = Open { mark, count, line: index, place };
                    regions.extend(self.closed(&closing, &mut open, lines));
                }
            } else if count >= 3 && structure.is_text(index, byte) {
                open.push(Open { mark, count, line: index, place });
            } else if written.starts_with(['`', '~']) {
                regions.extend(fenced(structure, place, index, written, start));
            } else if pictured::begins(&self.text[start..]) {
                if structure.is_text(index, byte) {
                    regions.extend(self.pictured(place, index, start, lines));
                }
            } else if let Some(tag) = tagged::tag(written) {
                if !tag.is_end && structure.is_text(index, byte) {
                    tags.push((tag, index, place));
                } else if tag.is_end && !structure.is_code(index, byte) {
                    regions.extend(self.tagged(tag, index, &place, &mut tags, lines));
                }
            } else if written.starts_with('=') && structure.is_text(index, byte) {
                regions.extend(tab(structure, place, index, written, start));
            } else if written.starts_with(['!', '?']) && structure.is_text(index, byte) {
                let end = indented_end(structure, &place, index);
                let opening = opening::indented(written, start, end > index + 1);
                regions.extend(opening.map(|opening| Region::indented(opening, place, index..end)));
            }
        }
        let mut end = 0;
        for open in open {
            if let Some(region) = (open.line >= end).then(|| self.unclosed(open, structure, lines)).flatten() {
                end = region.lines.end;
                regions.push(region);
            }
        }
        regions.sort_by_key(|region| region.lines.start);
        let mut end = 0;
        regions.retain(|region| {
            let is_outermost = region.lines.start >= end;
            end = end.max(region.lines.end);
            is_outermost
        });
        self.group_tabs(&mut regions, structure, lines);
        regions
    }

    /// Makes groups of the tabs among `regions`: of those that stand in the same with nothing in between.
    fn group_tabs(&self, regions: &mut [Region], structure: &Structure<'_>, lines: &[Range<usize>]) {
        for index in 1..regions.len() {
            let (before, rest) = regions.split_at_mut(index);
            let (Some(before), [tab, ..]) = (before.last_mut(), rest) else { continue };
            let (Element::Tab(place), Element::Tab(_)) = (before.opening.element, tab.opening.element) else {
                continue;
            };
            let written = &self.text[lines[tab.lines.start].clone()][tab.place.position.byte..];
            let is_next =
                (before.lines.end..tab.lines.start).all(|line| structure.is_blank(line, &tab.place.containers));
            if before.place.containers == tab.place.containers
                && is_next
                && [tabs::goes_on, block::goes_on, tagged::goes_on, directive::goes_on]
                    .iter()
                    .any(|goes_on| goes_on(written))
            {
                let (first, second) = tabs::joined(place);
                (before.opening.element, tab.opening.element) = (Element::Tab(first), Element::Tab(second));
            }
        }
    }

    /// The picture of the tag that begins with the line at `index`, at byte `start`. In the text itself it may go on in further lines.
    fn pictured(&self, place: Place, index: usize, start: usize, lines: &[Range<usize>]) -> Option<Region> {
        let most = if place.containers.is_empty() { pictured::LONGEST } else { 1 };
        let ends = lines.iter().enumerate().skip(index).take(most);
        let (end, opening) = ends
            .map(|(number, line)| (number + 1, self.text[start..line.end].trim_end()))
            .find_map(|(end, tag)| Some((end, pictured::opening(tag, start)?)))?;
        let indentation = place.position.indentation();
        Some(Region { opening, place, lines: index..end, inner: end..end, indentation, is_closed: true })
    }

    /// What `tag`, the line at `index`, ends: the last of `tags` with its name in what it stands in.
    fn tagged(
        &self,
        tag: Tagged<'_>,
        index: usize,
        place: &Place,
        tags: &mut Vec<(Tagged<'_>, usize, Place)>,
        lines: &[Range<usize>],
    ) -> Option<Region> {
        let is_begun =
            |(begun, _, at): &(Tagged<'_>, usize, Place)| tag.closes(begun) && at.containers == place.containers;
        let (begun, first, place) = tags.drain(tags.iter().rposition(is_begun)?..).next()?;
        let start = lines.get(first)?.start + place.position.byte;
        let opening = begun.opening(&self.text[start..lines[first].end], start);
        let indentation = place.position.indentation();
        Some(Region { opening, place, lines: first..index + 1, inner: first + 1..index, indentation, is_closed: true })
    }

    /// What the line of `closing`, which holds nothing but colons or slashes, closes: what was opened by as many of them in what
    /// it stands in, or else the last that was opened by fewer.
    fn closed(&self, closing: &Open, open: &mut Vec<Open>, lines: &[Range<usize>]) -> Option<Region> {
        let Open { mark, count, line, place } = closing;
        let is_here = |opened: &Open| opened.mark == *mark && opened.place.containers == place.containers;
        let equal = open.iter().rposition(|opened| opened.count == *count && is_here(opened));
        let position = equal.or_else(|| open.iter().rposition(|opened| opened.count < *count && is_here(opened)))?;
        let opened = open.drain(position..).next()?;
        self.delimited(opened, *line..line + 1, lines)
    }

    /// What nothing has closed: it goes on to the end of what it stands in. A block with a name that means nothing is text.
    fn unclosed(&self, open: Open, structure: &Structure<'_>, lines: &[Range<usize>]) -> Option<Region> {
        let (start, containers) = (open.line, open.place.containers.clone());
        let written = structure.line(start)[open.place.position.byte..].trim_start_matches(':').trim_start();
        let has_braces = written.starts_with('{');
        let mut region = self.delimited(open, start + 1..start + 1, lines)?;
        if !has_braces && region.opening.element == Element::Division {
            return None;
        }
        let inside = (start + 1..lines.len()).take_while(|line| structure.within(*line, &containers).is_some());
        let end = inside.filter(|line| !structure.is_blank(*line, &containers)).last().unwrap_or(start) + 1;
        (region.lines.end, region.inner.end) = (end, end);
        Some(region)
    }

    /// What colons or slashes opened and the line at `closing` closes, if there is one.
    fn delimited(&self, open: Open, closing: Range<usize>, lines: &[Range<usize>]) -> Option<Region> {
        let first = lines.get(open.line)?;
        let start = first.start + open.place.position.byte;
        let written = self.text[start..first.end].trim_end();
        let opening = match open.mark {
            b'/' => block::opening(written, start)?,
            _ => opening::fenced(written, start)?,
        };
        let (inner, indentation) = (open.line + 1..closing.start, open.place.position.indentation());
        let is_closed = !closing.is_empty();
        Some(Region { opening, place: open.place, lines: open.line..closing.end, inner, indentation, is_closed })
    }
}

/// The directive that begins with the line at `index`, which stands at `place` and is `written` at byte `start`.
fn fenced(structure: &Structure<'_>, place: Place, index: usize, written: &str, start: usize) -> Option<Region> {
    let info = written.trim_start_matches(written.chars().next()?);
    let fence = &written[..written.len() - info.len()];
    let opening = directive::opening(info, start + fence.len())?;
    let lines = structure.fenced(index, place.position.byte)?;
    let last = lines.end.saturating_sub(1);
    let closes = |position: Position| {
        let rest = structure.line(last)[position.byte..].trim_end().strip_prefix(fence);
        rest.is_some_and(|rest| rest.bytes().all(|byte| fence.as_bytes().first() == Some(&byte)))
    };
    let is_closed = last > index && structure.within(last, &place.containers).is_some_and(closes);
    let inner = index + 1..if is_closed { last } else { lines.end };
    let indentation = place.position.indentation();
    Some(Region { opening, place, lines, inner, indentation, is_closed })
}

/// The tab that begins with the line at `index`, which stands at `place` and is `written` at byte `start`.
fn tab(structure: &Structure<'_>, place: Place, index: usize, written: &str, start: usize) -> Option<Region> {
    let opening = tabs::opening(written, start)?;
    let end = indented_end(structure, &place, index);
    (end > index + 1).then(|| Region::indented(opening, place, index..end))
}

/// The line after the indented ones that follow the line at `index`, which stands at `place`; blank lines between them are of
/// them.
fn indented_end(structure: &Structure<'_>, place: &Place, index: usize) -> usize {
    let mut end = index + 1;
    for number in index + 1..structure.count() {
        let Some(position) = structure.within(number, &place.containers) else { break };
        let is_blank = structure.line(number)[position.byte..].trim().is_empty();
        if !is_blank && position.indentation() < place.position.indentation() + INDENTATION {
            break;
        }
        end = if is_blank { end } else { number + 1 };
    }
    end
}

/// The lines of the text of `region` without their indentation and what they stand in.
fn inside(region: &Region, structure: &Structure<'_>, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let cut = |number: usize, line: &Range<usize>| {
        let position = structure.within(number, &region.place.containers);
        let cut = position.map_or(0, |position| position.cut(structure.line(number), region.indentation));
        line.start + cut..line.end
    };
    lines[region.inner.clone()].iter().zip(region.inner.clone()).map(|(line, number)| cut(number, line)).collect()
}

/// The text of the heading that `line` is, if it is one: bytes of `text`.
fn heading(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let written = text[line.clone()].trim_end();
    let inside = written.trim_start_matches('#');
    let level = written.len() - inside.len();
    let title = inside.trim();
    let is_heading = (1..=6).contains(&level) && inside.starts_with([' ', '\t']) && !title.is_empty();
    let start = line.start + level + (inside.len() - inside.trim_start().len());
    is_heading.then(|| start..start + title.len())
}
