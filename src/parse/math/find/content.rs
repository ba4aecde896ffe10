//! What the content of a formula, or of what looks like one, is made of.

/// Whether `content` is nothing but words, two at least, or one of a script that has no spaces, or holds no letter or digit at all.
pub(super) fn is_prose(content: &str) -> bool {
    if content.chars().all(is_ideograph) || !content.contains(char::is_alphanumeric) {
        return true;
    }
    let is_word = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    content.split_whitespace().count() > 1 && content.split_whitespace().all(is_word)
}

/// Whether `letter` is Chinese, Japanese or Korean.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Whether `content` has a command of TeX.
pub(super) fn holds_command(content: &str) -> bool {
    let bytes = content.as_bytes();
    memchr::memchr_iter(b'\\', bytes).any(|at| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic))
}

/// Whether `content`, which stands between dollars with `before` and `rest` around them, is no formula by what it says: the dollars
/// are those of code, of variables or of a price.
pub(super) fn is_between_other_dollars(content: &str, before: Option<char>, rest: &str) -> bool {
    let after = rest.chars().next();
    is_code(content, after) || is_of_prose(content, before, rest) || is_after_price(content, after)
}

/// Whether a digit, which is `after` the dollar behind `content`, makes an amount of money of that: not where a command stands
/// alone, `2$\times$3`.
pub(super) fn is_before_number(content: &str, after: Option<char>) -> bool {
    let name = content.strip_prefix('\\').unwrap_or_default();
    let is_command = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    after.is_some_and(|next| next.is_ascii_digit()) && !is_command
}

/// Whether `content`, which stands between dollars with `after` behind them, is code: it begins with the end of a string, binds a
/// pattern as Perl does, or ends with a script that is the name of another variable.
fn is_code(content: &str, after: Option<char>) -> bool {
    let ends_string = content.starts_with(['\'', '"']) && !content.trim_start_matches('\'').is_empty();
    let is_pattern = |at: usize| {
        let pattern = content[at + 2..].trim_start();
        let named = ["s", "m", "y", "tr"].into_iter().find_map(|name| pattern.strip_prefix(name));
        let is_named = named.is_some_and(|rest| rest.starts_with(['/', '<', '{', '!']));
        !content[..at].ends_with('~') && (is_named || pattern.starts_with('/'))
    };
    let binds = memchr::memmem::find_iter(content.as_bytes(), "=~").any(is_pattern);
    let goes_on = content.ends_with(['_', '^']) && after.is_some_and(|next| next.is_alphanumeric() || next == '{');
    ends_string || binds || goes_on
}

/// Whether `content`, which stands between dollars with `before` and `rest` around them, is words and variables of a shell: prose in
/// a script without spaces, the braces or the capitals of a variable before another, words between the dollars of two names.
fn is_of_prose(content: &str, before: Option<char>, rest: &str) -> bool {
    if holds_command(content) {
        return false;
    }
    if begins_with_variable(content) && begins_with_variable(rest) {
        return true;
    }
    let after = rest.chars().next();
    let goes_on = after.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '{' | '_'));
    if !content.is_ascii() && content.contains(is_ideograph) {
        return goes_on || content.contains(['，', '。', '、', '；', '？', '！']);
    }
    let named = content.strip_prefix('{').map_or(content, |rest| rest.split('}').next().unwrap_or(rest));
    let name = named.trim_end_matches(['/', ':', '.', '-', ',']);
    let is_variable = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let in_words = before.is_some_and(char::is_alphanumeric) && content.contains(' ');
    goes_on && (is_variable || in_words && !content.contains(['=', '^', '_', '+', '<', '>', '{']))
}

/// Whether `content`, which stands between dollars with `after` behind them, begins with a price and ends where a formula begins that the second
/// dollar opens: at a bracket, a quotation mark, a mark of emphasis or a tag of HTML.
fn is_after_price(content: &str, after: Option<char>) -> bool {
    let opens = after.is_some_and(|next| next.is_alphanumeric() || matches!(next, '\\' | '(' | '[' | '{' | '|' | '-'));
    let before = |end: char| content.strip_suffix(end).unwrap_or_default();
    let is_open = match content.chars().next_back() {
        Some('(' | '[' | '"' | '\'' | '“' | '‘' | '«' | '„') => true,
        Some(mark @ ('*' | '_')) => before(mark).ends_with([mark, ' ', '\n', '(']),
        Some('>') => before('>').rsplit_once('<').is_some_and(|(_, tag)| is_tag(tag)),
        _ => false,
    };
    opens && is_open && content.starts_with(|first: char| first.is_ascii_digit()) && !holds_command(content)
}

/// Whether `tag` is what stands between `<` and `>` in HTML, as far as its name says.
fn is_tag(tag: &str) -> bool {
    tag.strip_prefix('/').unwrap_or(tag).starts_with(|first: char| first.is_ascii_alphabetic())
}

/// Whether `text` begins with the name of a variable of a shell in capitals, two at least.
fn begins_with_variable(text: &str) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_uppercase() || *byte == b'_';
    let length = text.bytes().take_while(is_part).count();
    length > 1 && !text[length..].starts_with(|next: char| next.is_alphanumeric() || next == '^')
}

/// Whether `content` is text with code between backticks in it, and without a command of TeX.
pub(super) fn is_around_code(content: &str) -> bool {
    memchr::memchr_iter(b'`', content.as_bytes()).nth(1).is_some() && !holds_command(content)
}

/// Whether `content` has the beginning of a link's destination, as Markdown has it behind a text and TeX not behind a bracket.
pub(super) fn holds_link(content: &str) -> bool {
    ["](http", "](mailto:", "](/", "](.", "](#"].iter().any(|link| content.contains(link))
}

/// Whether each brace in `content` has its other.
pub(super) fn braces_match(content: &str) -> bool {
    let mut is_escaped = false;
    let depth = content.bytes().try_fold(0usize, |depth, byte| {
        let was_escaped = is_escaped;
        is_escaped = byte == b'\\' && !was_escaped;
        match byte {
            b'{' if !was_escaped => Some(depth + 1),
            b'}' if !was_escaped => depth.checked_sub(1),
            _ => Some(depth),
        }
    });
    depth == Some(0)
}

/// Whether the rest of a line after `$$` or `\[` was meant as TeX: it is empty, or holds a command.
pub(super) fn is_tex(rest: &str) -> bool {
    rest.trim().is_empty() || rest.contains(['\\', '^', '_'])
}
