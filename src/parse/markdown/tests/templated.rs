//! Destinations that other tools' templates would have filled in.

use super::check;

#[test]
fn destinations_of_other_tools_make_links() {
    let markdown = "![p]({{ site.baseurl }}/a.png) [q]({% post_url b %} \"t\") [r] `[]({% link c %})`\n\n[r]: {{ '/d' | relative_url }}#e\n";
    check(
        markdown,
        "<p><img src=\"{{{ site.baseurl }}/a.png}\" alt=\"p\"{size} decoding=\"async\"> <a href=\"{{% post_url b %}}\" title=\"t\">q</a> \
         <a href=\"{{{ '/d' | relative_url }}#e}\">r</a> <code>[]({% link c %})</code></p>\n",
    );
}
