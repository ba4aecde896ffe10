use super::*;

#[test]
fn emphasis_needs_no_space_around_it_in_chinese_japanese_and_korean() {
    check("**注意：**后面的文字", "<p><strong>注意：</strong>后面的文字</p>\n");
    check("这是**“引号”**文字。", "<p>这是<strong>“引号”</strong>文字。</p>\n");
    check(
        "**加粗：**后面，以及**“引号”**文字，**注意！**请看*斜体。*吗",
        "<p><strong>加粗：</strong>后面，以及<strong>“引号”</strong>文字，<strong>注意！</strong>请看<em>斜体。</em>吗</p>\n",
    );
    check(
        "これは**「太字」**の例、**甲**、**乙**です。",
        "<p>これは<strong>「太字」</strong>の例、<strong>甲</strong>、<strong>乙</strong>です。</p>\n",
    );
    check("**Rust(러스트)**는 ~~말.~~이다", "<p><strong>Rust(러스트)</strong>는 <del>말.</del>이다</p>\n");
    check(
        "请**[看](a.md)**这里，**`x`**吧",
        "<p>请<strong><a href=\"{a.md}\">看</a></strong>这里，<strong><code>x</code></strong>吧</p>\n",
    );
    check("**甲：**abc，*乙。***丙**", "<p><strong>甲：</strong>abc，<em>乙。</em><strong>丙</strong></p>\n");
}

#[test]
fn signs_that_are_no_emphasis_stay() {
    check("甲 ** 乙，3*（4+5）*2 和 `**“x”**后`", "<p>甲 ** 乙，3<em>（4+5）</em>2 和 <code>**“x”**后</code></p>\n");
    check("\\**注意：**后、;、ꀕ", "<p>**注意：**后、;、ꀕ</p>\n");
    check("(x)**甲**后", "<p>(x)<strong>甲</strong>后</p>\n");
    check("**x:**y", "<p>**x:**y</p>\n");
    check("    **注意：**后\n", "<pre tabindex=\"0\"><code>**注意：**后\n</code></pre>\n");
}
