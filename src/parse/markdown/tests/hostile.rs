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
        format!("$ {}", often("<a", 50_000)),
    ] {
        rendered(&markdown);
    }
}
