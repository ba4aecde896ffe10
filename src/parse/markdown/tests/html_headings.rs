use super::*;

#[test]
fn a_note_in_html_need_not_stand_as_it_is_shown() {
    let ids = |markdown: &str| rendered(markdown).1.anchors;
    assert_eq!(ids("<h2>[^n]é\nT\n    </h2>\n\n[^n]: A\n"), ["nét", "fnref:n", "fn:n"].map(Arc::from));
    check_diagnostics("<h2>&amp;&amp;é[^n]</h2>\n\n[^n]: A\n", &[]);
}
