//! Commands that the typesetter lacks, or has otherwise.

use super::{errors, mathml};

#[test]
fn what_moves_a_stroke_is_left_out() {
    let check = |tex: &str, same: &str| {
        assert_eq!(mathml(&format!("$${tex}$$")), mathml(&format!("$${same}$$")), "{tex}");
        assert_eq!(errors(&format!("$${tex}$$")), "", "{tex}");
    };
    check(r"\not\!\partial", r"\not\partial ");
    check(r"\not\! \!{D}\not p", r"\not{D}\not{p}");
    check(r"a \not= b", r"a \neq b");
    assert!(!errors(r"$\not\!$").is_empty());
}

#[test]
fn an_unseen_delimiter_has_a_size() {
    assert_eq!(errors(r"$\Biggl\{x\Biggr. \bigl. y\bigr| \big . \left.z\right)$"), "");
    assert_eq!(mathml(r"$\Biggl\{x\Biggr.$"), mathml(r"$\Biggl\{x$"));
}

#[test]
fn commands_of_latex_are_known_where_the_typesetter_has_them_by_another_name() {
    let check =
        |tex: &str, same: &str| assert_eq!(mathml(&format!("$${tex}$$")), mathml(&format!("$${same}$$")), "{tex}");
    check(r"3\AA\text{\AA}", r"3Å\text{Å}");
    check(r"a\hspace7ex b\hspace -1em c", r"a\hskip 7ex b\hskip -1em c");
    check(r"\hspace*{1em} a\hspace{1em}", r"\hskip 1em a\hskip 1em");
    check(r"\begingroup\vcenter{a}\endgroup\sdot b", r"a\cdot b");
    check(r"\mleft(a\mright)", r"\left(a\right)");
}

#[test]
fn what_follows_eqno_is_the_tag() {
    assert_eq!(mathml(r"$$x \eqno(*)$$"), mathml(r"$$x \tag*{$(*)$}$$"));
    assert_eq!(mathml("$$\nx \\leqno (1)\n$$"), mathml(r"$$x \tag*{$(1)$}$$"));
    assert!(!errors(r"$$x \eqno$$ $${x \eqno(1)}$$").is_empty());
}
