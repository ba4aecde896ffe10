//! Theorems, proofs and exercises.

use super::{check, check_diagnostics};

fn aside(kind: &str, attributes: &str, title: &str, text: &str) -> String {
    let title = format!("<p class=\"alert-title\">{title}</p>\n");
    format!("<aside{attributes} class=\"alert alert-note {kind}\" role=\"note\">\n{title}{text}</aside>\n")
}

#[test]
fn what_a_directive_states_stands_before_its_title() {
    check(
        "````{prf:theorem} Of *lenses*\n:label: thm:l\n\nA.\n````\n",
        &aside("theorem", " id=\"thm:l\"", "Theorem (Of <em>lenses</em>)", "<p>A.</p>\n"),
    );
    check(":::{prf:proof}\nA\n:::\n", &aside("proof", "", "Proof", "<p>A</p>\n"));
    check("```{exercise} Grind\nA\n```\n", &aside("exercise", "", "Exercise (Grind)", "<p>A</p>\n"));
    check(
        "```{solution} grind\n:class: dropdown\nA\n```\n",
        "<details class=\"alert alert-note solution\">\n<summary class=\"alert-title\">Solution</summary>\n<p>A</p>\n</details>\n",
    );
    check(
        "```{exercise-start}\n:label: e1\n```\nA\n\n```{exercise-end}\n```\n",
        &(aside("exercise", " id=\"e1\"", "Exercise", "") + "<p>A</p>\n<div>\n</div>\n"),
    );
}

#[test]
fn what_a_block_with_attributes_states_stands_before_its_title() {
    check(
        "::: {#thm-l}\n\n## Of *lenses*\n\nA\n:::\n",
        &aside("theorem", " id=\"thm-l\"", "Theorem (Of <em>lenses</em>)", "<p>A</p>\n"),
    );
    check("::: {.lemma #l name=\"B\"}\nA\n:::\n", &aside("lemma", " id=\"l\"", "Lemma (B)", "<p>A</p>\n"));
    check("::: {.proof .k}\nA\n:::\n", &aside("proof k", "", "Proof", "<p>A</p>\n"));
    check(
        "::: {.theorem}\n**Theorem 1.** A\n:::\n",
        "<aside class=\"alert alert-note theorem\" role=\"note\">\n<p><strong>Theorem 1.</strong> A</p>\n</aside>\n",
    );
    check("::: {#thm- .k}\nA\n:::\n", "<div id=\"thm-\" class=\"k\">\n<p>A</p>\n</div>\n");
    check_diagnostics("::: {#def-l}\nA\n:::\n\n[](#def-l)\n", &[]);
}

#[test]
fn a_reference_to_a_theorem_is_a_link() {
    check(
        "[]{#thm:l}\n\n{prf:ref}`thm:l`\n",
        "<p><span id=\"thm:l\"></span></p>\n<p><a href=\"{#thm:l}\">thm:l</a></p>\n",
    );
    check("{prf:ref}`A b <b>`\n", "<p><a href=\"{#b}\">A b</a></p>\n");
}
