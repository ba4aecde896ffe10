//! `www.example.org` and `me@example.org` (GFM 0.29, section 6.9), told from names of files and other words with the same signs.

use std::ops::Range;

use linkify::LinkFinder;

use crate::parse::math;

/// The last labels of what looks like a host and is a file, a unit of a system or a name of a network at home. None is a
/// domain of the Internet.
const NO_DOMAINS: &[&str] = &[
    "avif",
    "bz2",
    "cfg",
    "conf",
    "css",
    "csv",
    "dll",
    "exe",
    "gif",
    "gz",
    "htm",
    "html",
    "internal",
    "ipynb",
    "jpeg",
    "jpg",
    "js",
    "json",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "lock",
    "log",
    "mjs",
    "mount",
    "path",
    "pdf",
    "png",
    "service",
    "slice",
    "socket",
    "svg",
    "tar",
    "target",
    "tgz",
    "timer",
    "toml",
    "ts",
    "tsx",
    "txt",
    "vue",
    "webp",
    "whl",
    "xml",
    "xz",
    "yaml",
    "yml",
];

/// The longest address that begins with `www.` and is a link, in bytes.
const LONGEST: usize = 2 * 1024;

/// The addresses in `written` that begin with `www.`: the bytes of each, in order.
pub fn hosts(written: &str) -> Vec<Range<usize>> {
    let starts = memchr::memmem::find_iter(written.as_bytes(), "www.");
    starts.filter(|start| !is_inside(&written[..*start], "_")).filter_map(|start| host(written, start)).collect()
}

fn host(written: &str, start: usize) -> Option<Range<usize>> {
    const SCHEME: &str = "http://";
    let window = &written[start..written.floor_char_boundary(start.saturating_add(LONGEST))];
    let rest = window.split_whitespace().next()?;
    if rest.len() == window.len() && start + rest.len() < written.len() {
        return None;
    }
    let address = format!("{SCHEME}{rest}");
    let link = LinkFinder::new().links(&address).next().filter(|link| link.start() == 0)?;
    let name = link.as_str()[SCHEME.len()..].split(['/', '?', '#', ':']).next()?;
    // `www.conf` is a file.
    let is_name = is_domain(name) && name.split('.').count() > 2;
    (is_name && !link.as_str().contains(math::HIDDEN)).then(|| start..start + link.end() - SCHEME.len())
}

/// The addresses of mail in `written`: the bytes of each, in order.
pub fn mails(written: &str) -> Vec<Range<usize>> {
    memchr::memchr_iter(b'@', written.as_bytes()).filter_map(|at| mail(written, at)).collect()
}

/// Whether all of `written` is an address of mail.
pub fn is_mail(written: &str) -> bool {
    mails(written).first() == Some(&(0..written.len()))
}

fn mail(written: &str, at: usize) -> Option<Range<usize>> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".+-_".contains(byte);
    let bytes = written.as_bytes();
    let before = bytes[..at].iter().rev().take_while(|byte| is_local(byte)).count();
    let local = &written[at - before..at];
    let after = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
    let domain = written[at + 1..at + 1 + after].trim_end_matches('.');
    let (start, end) = (at - local.len(), at + 1 + domain.len());
    let is_whole = local.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && !is_inside(&written[..start], "")
        && !goes_on(&written[end..]);
    (is_whole && is_domain(domain)).then_some(start..end)
}

/// Whether `name` can be a host of the Internet: labels and points, the last label of letters.
fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && !label.contains(|letter| !is_of_label(letter))
    };
    let Some((others, last)) = name.rsplit_once('.') else { return false };
    let is_top = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic);
    is_top && others.split('.').all(is_label) && !NO_DOMAINS.iter().any(|word| last.eq_ignore_ascii_case(word))
}

fn is_of_label(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-'
}

/// Whether what follows `before` is not the beginning of a word, but a part of a path, another address or a formula; so do
/// `more` letters say.
fn is_inside(before: &str, more: &str) -> bool {
    let is_sign = |letter: char| "/\\:@=&#%?$+-.".contains(letter) || letter == math::HIDDEN || more.contains(letter);
    before.ends_with(|letter: char| letter.is_alphanumeric() || is_sign(letter))
}

/// Whether a word goes on with `rest`, as in `git@example.org:essai`.
fn goes_on(rest: &str) -> bool {
    let mut letters = rest.chars();
    match letters.next() {
        Some(':') => letters.next().is_some_and(|letter| !letter.is_whitespace()),
        Some(letter) => letter.is_alphanumeric() || "/\\@_-".contains(letter),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &[&str]) {
        let mut found = hosts(written);
        found.extend(mails(written));
        let found: Vec<_> = found.into_iter().map(|range| &written[range]).collect();
        assert_eq!(found, expected, "in {written}");
    }

    #[test]
    fn addresses_without_a_scheme_are_found() {
        check("See www.example.org/a_(b)?c=d#e, (www.x.co.uk).", &["www.example.org/a_(b)?c=d#e", "www.x.co.uk"]);
        check(
            "me.you+tag@mail.example.org. <b@c.de>, \"d-e_f@g.io\": (h@i.museum)!",
            &["me.you+tag@mail.example.org", "b@c.de", "d-e_f@g.io", "h@i.museum"],
        );
        check("E-mail: a@b.org... and c@D.ORG", &["a@b.org", "c@D.ORG"]);
    }

    #[test]
    fn what_only_looks_like_one_is_not() {
        for written in [
            "www. www.conf www.x /www.a.org awww.a.org x.www.a.org www.-a.org www.a.html https://www.a.org",
            "icon@2x.png getty@tty1.service pkg@1.2.3 @media x @user.name a@b a@.org a@b..org root@host.local",
            "git@github.com:essai/essai.git ssh://git@a.org/b https://x.org/a@b.org mailto:a@b.org x/y@a.org",
            "a@b.org@c.org a@b_c.org a@b.org/c a@b-.org é@b.org a@é.org \u{E000}x@b.org",
        ] {
            check(written, &[]);
        }
    }
}
