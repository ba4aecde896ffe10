//! Sessions at a prompt: which lines are prompt and command, which are answers.

use super::language::Session;

/// A stretch of a session, in order. All text ends with its line break but perhaps the last.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A command in the language with this id: each line's prompt, and the lines without their prompts.
    Command(&'static str, Vec<&'a str>, String),
    /// A remark between commands.
    Remark(&'a str),
    /// A line of an answer.
    Answer(&'a str),
}

/// Parts a session's text.
pub(super) fn parts(kind: Session, text: &str) -> Vec<Part<'_>> {
    let mark = primary_mark(kind, text);
    let mut parts = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some((length, language)) = prompt(kind, mark, line) {
            let (prompt, command) = line.split_at(length);
            parts.push(Part::Command(language, vec![prompt], command.to_owned()));
        } else if let Some(Part::Command(_, prompts, command)) = parts.last_mut()
            && let Some(length) = continuation(kind, mark, line, command)
        {
            let (prompt, rest) = line.split_at(length);
            prompts.push(prompt);
            command.push_str(rest);
        } else if kind == Session::Shell && mark != '#' && line.starts_with("# ") {
            parts.push(Part::Remark(line));
        } else {
            parts.push(Part::Answer(line));
        }
    }
    parts
}

/// Whether a block that claims to be a script or a module is a session, as its first line tells.
pub(super) fn disguised(language: &str, text: &str) -> Option<Session> {
    let first = text.trim_start_matches('\n');
    match language {
        "shellscript" if first.starts_with("$ ") => Some(Session::Shell),
        "python" if first.starts_with(">>> ") => Some(Session::Python),
        "julia" if first.starts_with("julia> ") => Some(Session::Julia),
        _ => None,
    }
}

/// Of the signs that end a shell's prompt the one that this session uses: `#` begins a remark where `$` is a prompt,
/// and `>` continues a command.
fn primary_mark(kind: Session, text: &str) -> char {
    let ends_with = |mark: char| text.lines().any(|line| shell_prompt(line, mark).is_some());
    if kind != Session::Shell {
        return ' ';
    }
    ['$', '❯', '➜', '%', '#', '>'].into_iter().find(|mark| ends_with(*mark)).unwrap_or('$')
}

/// The length of the prompt that begins `line`, blank included, and the language of what follows.
fn prompt(kind: Session, mark: char, line: &str) -> Option<(usize, &'static str)> {
    let one_of = |prompts: &[&str]| prompts.iter().find_map(|prompt| starts_with_prompt(line, prompt));
    match kind {
        Session::Shell => shell_prompt(line, mark)
            .or_else(|| root_prompt(line))
            .map(|length| (length, "shellscript"))
            .or_else(|| windows_prompt(line)),
        Session::Python => one_of(&[">>>"]).or_else(|| notebook_prompt(line)).map(|length| (length, "python")),
        Session::Julia => one_of(&["julia>", "shell>", "help?>"])
            .or_else(|| line.starts_with("(@").then(|| line.find("pkg> ").map(|at| at + 5)).flatten())
            .map(|length| (length, "julia")),
        Session::R => one_of(&[">"]).map(|length| (length, "r")),
    }
}

/// The length of the prompt of a line that continues `command`, which may be none at all; `None` if it does not.
fn continuation(kind: Session, mark: char, line: &str, command: &str) -> Option<usize> {
    match kind {
        Session::Shell if mark != '>' && line.starts_with("> ") => Some(2),
        Session::Shell => command.trim_end_matches('\n').ends_with('\\').then_some(0),
        Session::Python => starts_with_prompt(line, "...").or_else(|| {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            (blanks > 0 && line[blanks..].starts_with("...: ")).then_some(blanks + 5)
        }),
        Session::Julia => (line.starts_with("       ") && !line.trim().is_empty()).then_some(0),
        Session::R => starts_with_prompt(line, "+"),
    }
}

/// The length of `prompt` and the blank after it, if `line` begins with both or is nothing but `prompt`.
fn starts_with_prompt(line: &str, prompt: &str) -> Option<usize> {
    let rest = line.strip_prefix(prompt)?;
    match rest.chars().next() {
        Some(' ') => Some(prompt.len() + 1),
        None | Some('\n') => Some(prompt.len()),
        _ => None,
    }
}

/// The length of a shell's prompt that ends with `mark`: the mark alone, or after `user@host:~/a`, `[a@b c]`, `(env)`,
/// `~/a`.
fn shell_prompt(line: &str, mark: char) -> Option<usize> {
    let line = line.trim_end_matches('\n');
    let mut at = 0;
    while let Some(close) = line[at..].strip_prefix('(').and_then(|rest| rest.find(") ")) {
        at += close + 3;
    }
    let rest = &line[at..];
    let end = rest.find(mark)?;
    let place = rest[..end].trim_end();
    let bracketed = place.starts_with('[') && place.ends_with(']');
    let named = !place.contains(' ') && (place.contains('@') || place.starts_with(['~', '/']));
    let fits = place.is_empty() || bracketed || (named && mark != '>');
    let length = starts_with_prompt(&rest[end..], mark.encode_utf8(&mut [0; 4]))?;
    fits.then_some(at + end + length)
}

/// The prompt of a root shell within an ordinary user's session: only with a name before it.
fn root_prompt(line: &str) -> Option<usize> {
    shell_prompt(line, '#').filter(|length| *length > 2 && !line.starts_with('#'))
}

/// `PS C:\a> ` and `C:\a> `.
fn windows_prompt(line: &str) -> Option<(usize, &'static str)> {
    let letters = line.as_bytes();
    let language = match letters {
        [b'P', b'S', b' ' | b'>', ..] => "powershell",
        [drive, b':', b'\\', ..] if drive.is_ascii_alphabetic() => "bat",
        _ => return None,
    };
    let end = line.find('>')? + 1;
    Some((end + usize::from(letters.get(end) == Some(&b' ')), language))
}

/// `In [1]: `.
fn notebook_prompt(line: &str) -> Option<usize> {
    let number = line.strip_prefix("In [")?.find("]: ")?;
    line[4..4 + number].bytes().all(|byte| byte.is_ascii_digit() || byte == b' ').then_some(number + 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prompts are shown in brackets, answers after a bar, remarks after a hash.
    #[track_caller]
    fn check(kind: Session, text: &str, expected: &str) {
        let mut shown = String::new();
        for part in parts(kind, text) {
            match part {
                Part::Command(language, prompts, command) => {
                    shown += language;
                    for (prompt, line) in prompts.iter().zip(command.split_inclusive('\n').chain(std::iter::repeat("")))
                    {
                        shown += &format!(" [{prompt}]{}", line.trim_end());
                    }
                    shown += "\n";
                }
                Part::Remark(line) => shown += &format!("#{line}"),
                Part::Answer(line) => shown += &format!("|{line}"),
            }
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn parts_a_shell_session() {
        check(
            Session::Shell,
            "# first\n$ ls \\\n  -l\na > b\n$ cat <<E\n> x\n> E\nx\n",
            "## first\nshellscript [$ ]ls \\ []  -l\n|a > b\nshellscript [$ ]cat <<E [> ]x [> ]E\n|x\n",
        );
        check(Session::Shell, "# apt install x\nok\n", "shellscript [# ]apt install x\n|ok\n");
        check(
            Session::Shell,
            "me@host:~/a$ sudo -i\nroot@host:~# id\n(venv) $ x\n[me@b c]$ y\ncosts 5 $ each\n",
            "shellscript [me@host:~/a$ ]sudo -i\nshellscript [root@host:~# ]id\nshellscript [(venv) $ ]x\n\
             shellscript [[me@b c]$ ]y\n|costs 5 $ each\n",
        );
        check(Session::Shell, "> npm i\n", "shellscript [> ]npm i\n");
        check(Session::Shell, "PS C:\\> dir\nC:\\a>dir\n", "powershell [PS C:\\> ]dir\nbat [C:\\a>]dir\n");
        check(Session::Shell, "$", "shellscript [$]\n");
    }

    #[test]
    fn parts_other_sessions() {
        check(
            Session::Python,
            ">>> for a in b:\n...     a\n...\n1\nIn [2]: x\n   ...: y\n",
            "python [>>> ]for a in b: [... ]    a [...]\n|1\npython [In [2]: ]x [   ...: ]y\n",
        );
        check(Session::Julia, "julia> 1 +\n       2\n3\n", "julia [julia> ]1 + []       2\n|3\n");
        check(Session::R, "> c(1,\n+ 2)\n[1] 1 2\n", "r [> ]c(1, [+ ]2)\n|[1] 1 2\n");
    }

    #[test]
    fn sees_through_a_disguise() {
        assert_eq!(disguised("shellscript", "$ ls\n"), Some(Session::Shell));
        assert_eq!(disguised("shellscript", "ls $ x\n"), None);
        assert_eq!(disguised("python", ">>> 1\n"), Some(Session::Python));
    }
}
