//! The names that authors give to languages.

use syntaxmate::Catalog;

/// What a name in a fence stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language<'a> {
    /// Code without colours, on purpose.
    Plain,
    /// Code in the language with this id.
    Grammar(&'a str),
    /// What was typed at a prompt and what came back.
    Session(Session),
    /// Nothing that we know.
    Unknown,
}

/// A kind of session, by what its prompts look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Session {
    /// `$ `, `user@host:~# `, `PS C:\> `.
    Shell,
    /// `>>> ` and `... `, `In [1]: `.
    Python,
    /// `julia> `.
    Julia,
    /// `> ` and `+ `.
    R,
}

/// Languages without a grammar whose names are no mistakes, and names for no language at all.
const PLAIN: &str = " text txt plain plaintext plain-text none nohighlight no-highlight raw output out stdout stderr \
    ascii art tree tex-math math asciimath abnf agda bnf d2 ditaa dot ebnf forth graphviz idris jq nohl nomnoml org \
    plantuml reason rescript sed sml stan stl text-session vega-dot antlr bnf bugs go-text-template jags peg pest puml pytb \
    reasonml srt textile traceback ";

/// Names that the grammars' own list lacks or has otherwise than authors mean it, each with the grammar's id.
const ALIASES: &[(&str, &str)] = &[
    ("angular", "angular-html"),
    ("arduino", "cpp"),
    ("armasm", "asm"),
    ("conf", "ini"),
    ("config", "ini"),
    ("cr", "crystal"),
    ("eex", "html"),
    ("f", "fortran-fixed-form"),
    ("fortran", "fortran-free-form"),
    ("fs", "fsharp"),
    ("geojson", "json"),
    ("gnuplot-script", "gnuplot"),
    ("golang", "go"),
    ("h", "c"),
    ("h++", "cpp"),
    ("htaccess", "apache"),
    ("ino", "cpp"),
    ("ipython", "python"),
    ("ipython3", "python"),
    ("ksh", "shellscript"),
    ("m", "matlab"),
    ("mathematica", "wolfram"),
    ("mm", "objective-cpp"),
    ("nasm", "asm"),
    ("node", "javascript"),
    ("numpy", "python"),
    ("objc++", "objective-cpp"),
    ("octave", "matlab"),
    ("patch", "diff"),
    ("pl", "perl"),
    ("plist", "xml"),
    ("pseudocode", "python"),
    ("py3", "python"),
    ("pycon3", "python"),
    ("rss", "xml"),
    ("rmd", "markdown"),
    ("qmd", "markdown"),
    ("sagemath", "python"),
    ("sage", "python"),
    ("starlark", "starlark"),
    ("sv", "system-verilog"),
    ("svg", "xml"),
    ("systemverilog", "system-verilog"),
    ("tikz", "latex"),
    ("topojson", "json"),
    ("udiff", "diff"),
    ("vbnet", "vb"),
    ("vega", "json"),
    ("vega-lite", "json"),
    ("webmanifest", "json"),
    ("x86asm", "asm"),
    ("xhtml", "html"),
    ("atom", "xml"),
    // As Pygments, Rouge and Chroma have them.
    ("ansible", "yaml"),
    ("apacheconf", "apache"),
    ("asp", "html"),
    ("aspx", "html"),
    ("cfg", "ini"),
    ("csh", "shellscript"),
    ("cucumber", "gherkin"),
    ("curl", "shellscript"),
    ("delphi", "pascal"),
    ("django", "jinja"),
    ("dosbatch", "bat"),
    ("dtd", "xml"),
    ("editorconfig", "ini"),
    ("gas", "asm"),
    ("gettext", "po"),
    ("go-html-template", "html"),
    ("gohtml", "html"),
    ("gotmpl", "html"),
    ("htm", "html"),
    ("html+django", "jinja"),
    ("html+erb", "erb"),
    ("html+jinja", "jinja"),
    ("https", "http"),
    ("irb", "ruby"),
    ("jinja2", "jinja"),
    ("jsp", "html"),
    ("lhs", "haskell"),
    ("logs", "log"),
    ("mir", "rust"),
    ("mustache", "handlebars"),
    ("mysql", "sql"),
    ("objectivec", "objective-c"),
    ("php7", "php"),
    ("phtml", "php"),
    ("plpgsql", "sql"),
    ("psql", "sql"),
    ("python2", "python"),
    ("restructuredtext", "rst"),
    ("rscript", "r"),
    ("rust2018", "rust"),
    ("rust2021", "rust"),
    ("rust2024", "rust"),
    ("splus", "r"),
    ("sqlite3", "sql"),
    ("syslog", "log"),
    ("tcsh", "shellscript"),
    ("tsql", "sql"),
    ("vb.net", "vb"),
    ("vba", "vb"),
    ("vbscript", "vb"),
    ("wsdl", "xml"),
];

const SESSIONS: &[(&str, Session)] = &[
    ("console", Session::Shell),
    ("terminal", Session::Shell),
    ("shellsession", Session::Shell),
    ("shell-session", Session::Shell),
    ("sh-session", Session::Shell),
    ("bash-session", Session::Shell),
    ("zsh-session", Session::Shell),
    ("doscon", Session::Shell),
    ("ps1con", Session::Shell),
    ("pwsh-session", Session::Shell),
    ("powershell-session", Session::Shell),
    ("pycon", Session::Python),
    ("python-console", Session::Python),
    ("python-repl", Session::Python),
    ("pyrepl", Session::Python),
    ("jlcon", Session::Julia),
    ("julia-repl", Session::Julia),
    ("rconsole", Session::R),
    ("rout", Session::R),
];

fn in_table<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// What `name` stands for: our own tables first, then the grammars' names, then file names and extensions.
/// Upper and lower case are one; a leading dot and pulldown's backslashes are passed over.
pub(super) fn resolve<'a>(catalog: &'a Catalog, name: &str) -> Language<'a> {
    let name = name.trim_start_matches('.').replace('\\', "").to_lowercase();
    if name.is_empty() || PLAIN.split_whitespace().any(|plain| plain == name) {
        return Language::Plain;
    }
    if let Some(session) = in_table(SESSIONS, &name) {
        return Language::Session(session);
    }
    let name = in_table(ALIASES, &name).unwrap_or(&name);
    let by_file = || catalog.detect_path(name).or_else(|| catalog.detect_path(format!("x.{name}")));
    catalog.canonical_language(name).or_else(by_file).map_or(Language::Unknown, Language::Grammar)
}

/// Every name that [`resolve`] knows but for file names, to find the nearest to a wrong one.
pub(super) fn names(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let grammars = catalog.languages().into_iter().filter_map(|id| catalog.language(id));
    let grammars = grammars
        .flat_map(|language| std::iter::once(language.id()).chain(language.aliases().iter().map(String::as_str)));
    let ours = ALIASES.iter().map(|(name, _)| *name).chain(SESSIONS.iter().map(|(name, _)| *name));
    grammars.chain(ours).chain(PLAIN.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &str, expected: &str) {
        let catalog = Catalog::bundled();
        for name in names.split_whitespace() {
            assert_eq!(resolve(&catalog, name), Language::Grammar(expected), "{name}");
        }
    }

    #[test]
    fn knows_the_usual_names() {
        check("c++ cpp C++ cxx cc hpp arduino", "cpp");
        check("js javascript node mjs", "javascript");
        check("ts typescript", "typescript");
        check("sh bash zsh shell", "shellscript");
        check("diff patch", "diff");
        check("yml yaml YAML", "yaml");
        check("rs rust", "rust");
        check("py python python3 py3 ipython", "python");
        check("rb ruby", "ruby");
        check("hs haskell", "haskell");
        check("ml ocaml", "ocaml");
        check("make makefile Makefile", "make");
        check("docker dockerfile", "docker");
        check("objc objective-c", "objective-c");
        check("c# cs csharp", "csharp");
        check("f# fs fsharp", "fsharp");
        check("ps1 powershell", "powershell");
        check("cu cuda", "cuda");
        check("pl perl", "perl");
        check("xml svg", "xml");
        for name in ["vb", "viml", "tex", "latex", "proto", "graphql", "svelte", "vue", "toml", "ini", "nix", "zig"] {
            check(name, name);
        }
        for name in ["julia", "r", "matlab", "wgsl", "glsl", "sql", "json", "json5", "jsonc", "html", "css", "scss"] {
            check(name, name);
        }
    }

    #[test]
    fn every_alias_leads_to_a_grammar() {
        let catalog = Catalog::bundled();
        for (name, id) in ALIASES {
            assert_eq!(catalog.canonical_language(id), Some(*id), "{name}");
        }
    }

    #[test]
    fn tells_plain_from_unknown() {
        let catalog = Catalog::bundled();
        assert_eq!(resolve(&catalog, "text"), Language::Plain);
        assert_eq!(resolve(&catalog, "math"), Language::Plain);
        assert_eq!(resolve(&catalog, "console"), Language::Session(Session::Shell));
        assert_eq!(resolve(&catalog, "pythn"), Language::Unknown);
        assert_eq!(crate::diagnostic::suggest::nearest("pythn", names(&catalog)), Some("python"));
        assert_eq!(crate::diagnostic::suggest::nearest("javascirpt", names(&catalog)), Some("javascript"));
    }
}
