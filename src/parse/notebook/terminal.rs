//! What a program printed, as a terminal shows it: colours become classes, and what was printed over is gone.

use std::iter::Peekable;
use std::str::Chars;

use pulldown_cmark_escape::escape_html_body_text;

/// How a character looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Look {
    foreground: Option<Colour>,
    background: Option<Colour>,
    is_bold: bool,
    is_italic: bool,
    is_underlined: bool,
    is_inverse: bool,
}

/// A colour of the sixteen that every terminal has: 0 to 7 and, intense, 8 to 15.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colour(u8);

/// Names of the eight colours, in ANSI's order.
const NAMES: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/// Columns of a line to which a program may move without printing.
const FARTHEST: usize = 200;

/// The HTML of what was `printed`: text and `<span class="ansi-…">`, the classes being Jupyter's (`ansi-red-fg`,
/// `ansi-red-intense-fg`, `ansi-red-bg`, `ansi-bold`, `ansi-italic`, `ansi-underline`, `ansi-inverse`).
///
/// Of a carriage return, a backspace and the commonest movements of the cursor only what remains is shown. Colours beyond
/// the sixteen become the most similar of them, so that a style sheet can make them legible on any ground.
pub fn html(printed: &str) -> String {
    let mut html = String::with_capacity(printed.len() * 9 / 8);
    if !printed.bytes().any(|byte| byte < 0x20 && byte != b'\n' && byte != b'\t') {
        // Writing to a string does not fail, here and below.
        let _ = escape_html_body_text(&mut html, printed);
        return html;
    }
    let mut screen = Screen { rows: vec![Vec::new()], ..Screen::default() };
    screen.print(printed);
    for (number, row) in screen.rows.iter().enumerate() {
        if number > 0 {
            html.push('\n');
        }
        push_row(&mut html, row);
    }
    html
}

fn push_row(html: &mut String, row: &[(char, Look)]) {
    for run in row.chunk_by(|(_, a), (_, b)| a == b) {
        let classes = run.first().map(|(_, look)| look.classes()).unwrap_or_default();
        if !classes.is_empty() {
            html.push_str("<span class=\"");
            html.push_str(&classes.join(" "));
            html.push_str("\">");
        }
        let text: String = run.iter().map(|(character, _)| *character).collect();
        let _ = escape_html_body_text(&mut *html, &text);
        if !classes.is_empty() {
            html.push_str("</span>");
        }
    }
}

/// Everything that is printed, and where the next character goes.
#[derive(Debug, Default)]
struct Screen {
    rows: Vec<Vec<(char, Look)>>,
    row: usize,
    column: usize,
    look: Look,
}

impl Screen {
    fn print(&mut self, printed: &str) {
        let mut characters = printed.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\n' => {
                    self.row += 1;
                    self.column = 0;
                    if self.row == self.rows.len() {
                        self.rows.push(Vec::new());
                    }
                }
                '\r' => self.column = 0,
                '\u{8}' => self.column = self.column.saturating_sub(1),
                '\u{1b}' => self.escape(&mut characters),
                '\t' => self.put('\t'),
                character if character.is_control() => {}
                character => self.put(character),
            }
        }
    }

    fn put(&mut self, character: char) {
        let (column, look) = (self.column, self.look);
        let row = &mut self.rows[self.row];
        while row.len() <= column {
            row.push((' ', Look::default()));
        }
        row[column] = (character, look);
        self.column += 1;
    }

    /// Obeys what follows the escape character.
    fn escape(&mut self, characters: &mut Peekable<Chars<'_>>) {
        match characters.next() {
            Some('[') => {
                let mut parameters = String::new();
                while let Some(letter) = characters.next_if(|letter| ('\u{20}'..='\u{3f}').contains(letter)) {
                    parameters.push(letter);
                }
                if let Some(command) = characters.next_if(|letter| ('\u{40}'..='\u{7e}').contains(letter)) {
                    self.command(command, &parameters);
                }
            }
            // The title of a window, or a link: up to a bell or an escape with a backslash.
            Some(']') => {
                while let Some(letter) = characters.next() {
                    let is_end = letter == '\u{7}' || (letter == '\u{1b}' && characters.next_if_eq(&'\\').is_some());
                    if is_end {
                        break;
                    }
                }
            }
            _ => {}
        }
    }

    fn command(&mut self, command: char, parameters: &str) {
        let numbers: Vec<usize> = parameters.split(';').flat_map(numbers).collect();
        let first = numbers.first().copied().unwrap_or(0);
        let distance = first.clamp(1, FARTHEST);
        match command {
            'm' => self.look.apply(&numbers),
            'A' => self.row = self.row.saturating_sub(distance),
            'B' => {
                self.row = (self.row + distance).min(self.rows.len() - 1);
            }
            'C' => self.column = (self.column + distance).min(self.column.max(FARTHEST)),
            'D' => self.column = self.column.saturating_sub(distance),
            'G' => self.column = distance - 1,
            'K' => {
                let column = self.column;
                let row = &mut self.rows[self.row];
                match first {
                    0 => row.truncate(column),
                    1 => row.iter_mut().take(column + 1).for_each(|place| *place = (' ', Look::default())),
                    _ => row.clear(),
                }
            }
            _ => {}
        }
    }
}

/// The numbers of one parameter. Colons divide what belongs together (ISO 8613-6): how a line under the text is drawn, which counts
/// only where there is none, and the parts of a colour, of whose space nothing is known.
fn numbers(parameter: &str) -> Vec<usize> {
    let parts: Vec<usize> = parameter.split(':').map(|part| part.parse().unwrap_or(0)).collect();
    match parts[..] {
        [4, 0, ..] => vec![24],
        [style @ (38 | 48), 2, _, red, green, blue, ..] => vec![style, 2, red, green, blue],
        [38 | 48, ..] => parts,
        [style, ..] => vec![style],
        [] => Vec::new(),
    }
}

impl Look {
    /// Applies the parameters of "select graphic rendition" (ECMA-48, section 8.3.117).
    fn apply(&mut self, numbers: &[usize]) {
        let mut rest = numbers;
        while let Some((number, after)) = rest.split_first() {
            rest = after;
            match number {
                0 => *self = Self::default(),
                1 => self.is_bold = true,
                3 => self.is_italic = true,
                4 => self.is_underlined = true,
                7 => self.is_inverse = true,
                22 => self.is_bold = false,
                23 => self.is_italic = false,
                24 => self.is_underlined = false,
                27 => self.is_inverse = false,
                30..=37 => self.foreground = Some(Colour((number - 30) as u8)),
                38 => self.foreground = Colour::extended(&mut rest),
                39 => self.foreground = None,
                40..=47 => self.background = Some(Colour((number - 40) as u8)),
                48 => self.background = Colour::extended(&mut rest),
                49 => self.background = None,
                90..=97 => self.foreground = Some(Colour((number - 82) as u8)),
                100..=107 => self.background = Some(Colour((number - 92) as u8)),
                _ => {}
            }
        }
    }

    fn classes(self) -> Vec<String> {
        let colour = |colour: Option<Colour>, ground: &str| {
            let Colour(number) = colour?;
            let intense = if number > 7 { "-intense" } else { "" };
            Some(format!("ansi-{}{intense}-{ground}", NAMES[usize::from(number % 8)]))
        };
        let flag = |is_set: bool, class: &str| is_set.then(|| class.to_owned());
        [
            colour(self.foreground, "fg"),
            colour(self.background, "bg"),
            flag(self.is_bold, "ansi-bold"),
            flag(self.is_italic, "ansi-italic"),
            flag(self.is_underlined, "ansi-underline"),
            flag(self.is_inverse, "ansi-inverse"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Colour {
    /// The colour that follows 38 or 48: `5;n` of a table, or `2;r;g;b`. What belongs to it is taken off `rest`.
    fn extended(rest: &mut &[usize]) -> Option<Self> {
        let (colour, after) = match rest {
            [5, number, after @ ..] => (Self::of_table(*number), after),
            [2, red, green, blue, after @ ..] => (Self::nearest([*red, *green, *blue]), after),
            _ => (None, &rest[rest.len()..]),
        };
        *rest = after;
        colour
    }

    /// A colour of xterm's table: sixteen, a cube of six steps a side, and 24 greys.
    fn of_table(number: usize) -> Option<Self> {
        match number {
            0..=15 => Some(Self(number as u8)),
            16..=231 => {
                let step = |step: usize| if step == 0 { 0 } else { 55 + step * 40 };
                let number = number - 16;
                Self::nearest([step(number / 36), step(number / 6 % 6), step(number % 6)])
            }
            232..=255 => {
                let grey = 8 + (number - 232) * 10;
                Self::nearest([grey, grey, grey])
            }
            _ => None,
        }
    }

    /// The one of the sixteen colours whose hue is nearest. A grey that is nearly black or white is no colour: it is the
    /// text's own, whatever the ground.
    fn nearest([red, green, blue]: [usize; 3]) -> Option<Self> {
        let [red, green, blue] = [red.min(255), green.min(255), blue.min(255)];
        let (least, most) = (red.min(green).min(blue), red.max(green).max(blue));
        if most - least < 40 {
            return (64..200).contains(&most).then_some(Self(8));
        }
        let middle = usize::midpoint(least, most);
        let bit = |part: usize, bit: u8| if part > middle { bit } else { 0 };
        Some(Self(bit(red, 1) | bit(green, 2) | bit(blue, 4)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(printed: &str, expected: &str) {
        assert_eq!(html(printed), expected, "{printed:?}");
    }

    #[test]
    fn colours_become_classes() {
        check("a < b\n\tc", "a &lt; b\n\tc");
        check("\u{1b}[0;31mError\u{1b}[0m: x", "<span class=\"ansi-red-fg\">Error</span>: x");
        check(
            "\u{1b}[1;94mx\u{1b}[22my\u{1b}[m",
            "<span class=\"ansi-blue-intense-fg ansi-bold\">x</span><span class=\"ansi-blue-intense-fg\">y</span>",
        );
        check("\u{1b}[38;5;28;01mdef\u{1b}[39;00m", "<span class=\"ansi-green-fg ansi-bold\">def</span>");
        check(
            "\u{1b}[38;2;200;30;30mr\u{1b}[38;5;241mg\u{1b}[0m",
            "<span class=\"ansi-red-fg\">r</span><span class=\"ansi-black-intense-fg\">g</span>",
        );
        check(
            "\u{1b}[43mx\u{1b}[49;7my\u{1b}[27m",
            "<span class=\"ansi-yellow-bg\">x</span><span class=\"ansi-inverse\">y</span>",
        );
    }

    #[test]
    fn parts_of_a_parameter_are_no_parameters() {
        check("\u{1b}[4:3mx\u{1b}[4:0my", "<span class=\"ansi-underline\">x</span>y");
        check(
            "\u{1b}[38:2::200:30:30mr\u{1b}[38:5:28mg",
            "<span class=\"ansi-red-fg\">r</span><span class=\"ansi-green-fg\">g</span>",
        );
        check("\u{1b}[38:2:200:30:30;1mr", "<span class=\"ansi-red-fg ansi-bold\">r</span>");
    }

    #[test]
    fn what_is_printed_over_is_gone() {
        check("10 %\r20 %\n", "20 %\n");
        check("long line\rshort", "shortline");
        check("long line\r\u{1b}[Kshort", "short");
        check("ab\u{8}c", "ac");
        check("a\r\nb", "a\nb");
        check("one\ntwo\u{1b}[A\rONE\n", "ONE\ntwo");
    }

    #[test]
    fn other_escapes_are_dropped() {
        check("\u{1b}]8;;https://example.org\u{7}link\u{1b}]8;;\u{1b}\\!", "link!");
        check("\u{1b}[?25lx\u{1b}[2J\u{7}\u{1b}", "x");
        check("\u{1b}[99999999Cx", &format!("{}x", " ".repeat(200)));
        check("\u{1b}[38;5mx\u{1b}[38;9;1my", "xy");
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(printed in "[ab<\r\n\u{8}\u{1b}\\[\\];:0-9mABCDGKé]{0,40}") {
            html(&printed);
        }
    }
}
