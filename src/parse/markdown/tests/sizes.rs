use super::*;

#[test]
fn a_picture_has_the_size_behind_its_address() {
    let check = |size: &str, expected: &str| {
        let markdown = format!("a ![e](e.png{size}) b");
        let found = shown(&rendered(&markdown).1);
        assert!(found.starts_with("<p>a <img src=\"{e.png}\" alt=\"e\"") && found.contains(expected), "{found}");
    };
    check(" =300x200", " width=\"300\" height=\"200\"");
    check(" =300x", " width=\"300\"");
    check(" =x200", " height=\"200\"");
    check(" =50%x", " class=\"width-50\"");
    check(" \"T\" =300x", " title=\"T\"");
}

#[test]
fn what_is_no_size_stays() {
    check("`![e](e.png =300x)`", "<p><code>![e](e.png =300x)</code></p>\n");
    check("    ![e](e.png =300x)\n", "<pre tabindex=\"0\"><code>![e](e.png =300x)\n</code></pre>\n");
    check("![e](e.png =x)", "<p>![e](e.png =x)</p>\n");
    check("[e](e.md =3x) f(a =3x2)", "<p>[e](e.md =3x) f(a =3x2)</p>\n");
}
