//! Admonitions between tags: `{% hint style="info" %}` … `{% endhint %}` (GitBook), `{% note info %}` (Hexo), and
//! `{{< notice tip >}}` … `{{< /notice >}}` (Hugo), each tag on a line of its own. GitBook's tabs and groups are read too, and
//! the quotations of Hexo and Octopress, and shortcodes of Zola, `{% quote(author="Spinoza") %}` … `{% end %}`.

use super::attribute_list::AttributeList;
use super::opening::{self, Element, Opening, Tab, Takes, Title};
use super::pictured;

/// Signs around a tag, and what begins the name of one that closes.
const TAGS: [(&str, &str, &str); 3] = [("{%", "%}", "end"), ("{{<", ">}}", "/"), ("{{%", "%}}", "/")];

/// Tags whose first argument, or `style`, `type` or `color`, is a kind.
const ANY_KIND: [&str; 5] = ["hint", "notice", "alert", "callout", "admonition"];

/// Tags around what is one block, and nothing more.
const GROUPS: [&str; 6] = ["tabs", "code", "content-ref", "stepper", "step", "columns"];

/// Tags around a quotation.
const QUOTATIONS: [&str; 4] = ["blockquote", "pullquote", "centerquote", "cq"];

/// Arguments that are a title.
const TITLES: [&str; 7] = ["title", "name", "tabName", "header", "label", "summary", "lang"];

/// Shortcodes of Hugo's themes for what readers open.
const FOLDED: [&str; 2] = ["expand", "collapse"];

/// Tags of Hexo's themes for the same, and that of Yandex.
const FOLDED_TAGS: [&str; 6] = ["cut", "fold", "folding", "hideBlock", "hideToggle", "spoiler"];

/// Arguments that say how something looks.
const LOOKS: [&str; 7] = ["default", "primary", "secondary", "simple", "modern", "flat", "no-icon"];

/// A tag that begins or ends an admonition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tagged<'t> {
    /// The signs that it begins with.
    sign: &'static str,
    name: &'t str,
    arguments: &'t str,
    /// Whether it ends one.
    pub is_end: bool,
    /// Whether it is Zola's, which `{% end %}` ends.
    is_of_zola: bool,
}

/// Whether tags that are known stand in `text`.
pub fn may_hold(text: &str) -> bool {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'{', &text.as_bytes()[from..]).map(|at| from + at) {
        // A tag has its line to itself: only the first brace of it matters.
        let line = text[at..].lines().next().unwrap_or_default();
        let is_tag = matches!(text.as_bytes().get(at + 1), Some(b'%' | b'{'));
        if is_tag && (tag(line).is_some() || pictured::begins(&text[at..])) {
            return true;
        }
        from = at + line.len().max(1);
    }
    false
}

/// The tag that `line` is, if it is one that is known.
pub fn tag(line: &str) -> Option<Tagged<'_>> {
    let line = line.trim_end();
    let (sign, close, end) = TAGS.into_iter().find(|(sign, ..)| line.starts_with(sign))?;
    let inside = line[sign.len()..].strip_suffix(close)?.trim_matches(['-', ' ', '\t']);
    if sign == "{%"
        && let Some(tag) = of_zola(inside)
    {
        return Some(tag);
    }
    let (is_end, inside) = inside.strip_prefix(end).map_or((false, inside), |rest| (true, rest.trim_start()));
    let (name, arguments) = inside.split_once([' ', '\t']).unwrap_or((inside, ""));
    let is_of_gitbook = sign == "{%" && GROUPS.contains(&name) || ["tab", "tabs", "tabpane"].contains(&name);
    let is_of_hexo = sign == "{%" && QUOTATIONS.contains(&name);
    let is_known =
        is_of_hexo || ANY_KIND.contains(&name) || is_of_gitbook || name == "details" || opening::alert(name).is_some();
    let is_known = is_known || if sign == "{%" { FOLDED_TAGS.contains(&name) } else { FOLDED.contains(&name) };
    let is_whole = !inside.contains("%}") && !inside.contains("}}") && !arguments.ends_with('/');
    let arguments = arguments.trim();
    (is_known && is_whole).then_some(Tagged { sign, name, arguments, is_end, is_of_zola: false })
}

/// The tag of Zola between whose signs `inside` stands, if it is one that is known.
fn of_zola(inside: &str) -> Option<Tagged<'_>> {
    let tag = |name, arguments, is_end| Some(Tagged { sign: "{%", name, arguments, is_end, is_of_zola: true });
    if inside == "end" {
        return tag("", "", true);
    }
    let (name, arguments) = inside.strip_suffix(')')?.split_once('(')?;
    let (name, arguments) = (name.trim(), arguments.trim());
    let is_known = name == "quote" || name == "details" || ANY_KIND.contains(&name) || opening::alert(name).is_some();
    (is_known && !arguments.contains(['{', '}'])).then_some(())?;
    tag(name, arguments, false)
}

impl Tagged<'_> {
    /// Whether this, which ends something, ends what `opening` began.
    pub fn closes(&self, opening: &Tagged<'_>) -> bool {
        let is_named = self.name == opening.name || self.is_of_zola;
        self.sign == opening.sign && self.is_of_zola == opening.is_of_zola && is_named
    }

    /// What the tag opens, which is `line`, at byte `start` of the text.
    pub fn opening(&self, line: &str, start: usize) -> Opening {
        let place = |part: &str| {
            let at = start + (part.as_ptr() as usize - line.as_ptr() as usize);
            at..at + part.len()
        };
        let title = TITLES.into_iter().find_map(|key| value(self.arguments, key));
        let title = title.filter(|title| !title.is_empty());
        let first = self.arguments.split_whitespace().next().unwrap_or_default();
        let kind = ["style", "type", "color"].into_iter().find_map(|key| value(self.arguments, key));
        let kind = kind.or(Some(first)).map(unquoted).filter(|kind| opening::alert(kind).is_some());
        let list = AttributeList::default();
        if self.name == "tab"
            && let Some(title) = title.or_else(|| self.words(0))
        {
            let title = Title::Written(place(title));
            return Opening {
                element: Element::Tab(Tab::Only),
                list,
                title,
                statement: None,
                link: None,
                takes: Takes::Nothing,
            };
        }
        if self.is_of_zola && self.name == "quote" {
            let source = ["author", "cite", "source", "by", "header", "title"];
            let source = source.into_iter().find_map(|key| value(self.arguments, key)).map(place);
            return Opening { element: Element::Quotation, ..opening::named("", source, list) };
        }
        if QUOTATIONS.contains(&self.name) {
            let source = self.words(0).filter(|_| self.name == "blockquote").map(place);
            return Opening { element: Element::Quotation, ..opening::named("", source, list) };
        }
        if self.name == "tab" || self.name == "tabpane" || GROUPS.contains(&self.name) {
            return opening::named("", title.map(place), list);
        }
        if FOLDED.contains(&self.name) || FOLDED_TAGS.contains(&self.name) {
            return opening::named("details", title.or_else(|| self.words(0)).map(place), list);
        }
        let is_of_kind =
            self.name == "details" || opening::alert(self.name).is_some() && !ANY_KIND.contains(&self.name);
        let skipped = if kind.is_some() || LOOKS.contains(&first) { first.len() } else { 0 };
        let title = title.or_else(|| self.words(skipped)).map(place);
        let name = if is_of_kind && kind.is_none() { self.name } else { kind.unwrap_or("note") };
        opening::named(name, title, list)
    }

    /// What the arguments say from byte `from` on, if they are words.
    fn words(&self, from: usize) -> Option<&str> {
        Some(unquoted(self.arguments[from..].trim())).filter(|words| !words.is_empty() && !words.contains('='))
    }
}

/// Whether `line` begins a tab, which goes on with the group before it.
pub fn goes_on(line: &str) -> bool {
    tag(line).is_some_and(|tag| tag.name == "tab" && !tag.is_end)
}

/// The value of `key` in `arguments`.
fn value<'t>(arguments: &'t str, key: &str) -> Option<&'t str> {
    let at = arguments.match_indices(key).map(|(at, _)| at).find(|at| {
        let before = arguments[..*at].chars().next_back();
        let is_first = before.is_none_or(|before| before.is_whitespace() || before == ',');
        is_first && arguments[at + key.len()..].trim_start().starts_with('=')
    })?;
    let written = arguments[at + key.len()..].trim_start().strip_prefix('=')?.trim_start();
    match written.chars().next()? {
        quote @ ('"' | '\'') => written[1..].split(quote).next(),
        _ => written.split_whitespace().next(),
    }
}

fn unquoted(words: &str) -> &str {
    words.trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the classes and the title, or nothing.
    fn check(line: &str, expected: Option<(&str, &str)>) {
        let text = format!("> {line}");
        let opening = tag(&text[2..]).filter(|tag| !tag.is_end).map(|tag| tag.opening(&text[2..], 2));
        let shown = opening.map(|opening| {
            let title = match opening.title {
                Title::Written(range) => text[range].to_owned(),
                Title::Kind(kind) => format!("({kind})"),
                Title::None => String::new(),
            };
            (opening.list.classes.join(" "), title)
        });
        assert_eq!(shown.as_ref().map(|(classes, title)| (&**classes, &**title)), expected, "{line}");
    }

    #[test]
    fn tags_say_what_they_open() {
        check("{% hint style=\"danger\" %}", Some(("alert alert-caution danger", "(Danger)")));
        check("{%- note info Mind *this* -%}", Some(("alert alert-note info", "Mind *this*")));
        check("{% note primary %}", Some(("alert alert-note", "(Note)")));
        check("{{< notice tip \"A title\" >}}", Some(("alert alert-tip", "A title")));
        check("{{% alert title=\"Mind\" color=\"warning\" %}}", Some(("alert alert-warning", "Mind")));
        check("{{<warning>}}", Some(("alert alert-warning", "(Warning)")));
        check("{{< details Why >}}", Some(("", "Why")));
        check("{% tab title='One' %}", Some(("", "One")));
        check("{% tabs %}", Some(("", "")));
        check("{% blockquote David Levithan, Wide Awake %}", Some(("", "David Levithan, Wide Awake")));
        check("{% pullquote left %}", Some(("", "")));
        check("{% cq %}", Some(("", "")));
        check("{{% tab tabName=\"One\" %}}", Some(("", "One")));
        check("{{< tab header=\"One\" lang=\"x\" >}}", Some(("", "One")));
        check("{{% expand \"**Show**\" %}}", Some(("", "**Show**")));
        check("{{< collapse summary=\"A b\" >}}", Some(("", "A b")));
        check("{{% expand %}}", Some(("", "(Details)")));
        check("{% quote(by = \"Stefan *Banach*\") %}", Some(("", "Stefan *Banach*")));
        check("{% admonition(type=\"tip\",title=\"A\") %}", Some(("alert alert-tip", "A")));
        check("{% note() %}", Some(("alert alert-note", "(Note)")));
    }

    #[test]
    fn other_tags_are_none() {
        for line in [
            "{% endhint %}",
            "{{< /notice >}}",
            "{% include note.html %}",
            "{% if note %}",
            "{{ note }}",
            "{{< note />}}",
            "{{< code >}}",
            "{% hint %} and words",
            "{% cq %} words {% endcq %}",
            "{% end %}",
            "{% mermaid() %}",
            "{% expand %}",
            "{{< expand-wrapper >}}",
            "{% note %}{% endnote %}",
            "{% note",
        ] {
            check(line, None);
        }
    }
}
