//! Texts that would take minutes, or all of the stack, if each of their signs were looked at with all the others.

use super::rendered;

#[test]
fn what_is_there_often_is_read_in_one_pass() {
    let often = |written: &str, times: usize| written.repeat(times);
    for markdown in [
        often("<div markdown=\"1\">\n", 10_000),
        often("> <div markdown>\n", 3_000),
        often("==a==", 50_000),
        often("x^a^ ~b~ ==c ", 20_000),
        format!("|a|\n|-|\n|a|{}x|\n", often(" |", 100_000)),
        often("*a*{.b} ", 20_000),
        often("^[a] ", 10_000),
        often("{% raw %}\n", 20_000),
        often("www.a,", 20_000),
        often("[a]{.b} ", 20_000),
        often(":a", 50_000),
        often("{ref}`a` ", 20_000),
        format!(" % {}", often("```{", 20_000)),
        format!("{}`a`", often("{ref}{a", 50_000)),
        format!("$ {}", often("<a", 50_000)),
        often("[a](b.md) ", 5_000),
        often("](/a b", 50_000),
        often("<p>](/a", 20_000),
    ] {
        rendered(&markdown);
    }
}

#[test]
fn each_mistake_is_placed_without_counting_from_the_top() {
    let numbered = |before: &str, after: &str| {
        let lines = (0..20_000).map(|number| format!("A line that is an ordinary one.\n\n{before}{number}{after}\n\n"));
        lines.collect::<String>()
    };
    for (markdown, mistakes) in [
        (numbered("see [a][b", "]"), 20_000),
        (numbered("[^n", "]: a note"), 20_000),
        (numbered("## h", " {#a}"), 19_999),
    ] {
        let (_, rendered) = rendered(&markdown);
        assert_eq!(rendered.diagnostics.len(), mistakes);
        let last =
            rendered.diagnostics.iter().filter_map(|mistake| mistake.place.as_ref()).map(|place| place.line).max();
        assert_eq!(last, Some(20_000 * 4 - 1));
    }
}

#[test]
fn what_takes_the_end_of_a_link_leaves_it_its_place() {
    for markdown in ["\n[^[[]{#i}](]{.c}", "[^[[]{#i}](b.md)]{.c} ^[[a](]{.c}"] {
        rendered(markdown);
    }
}
