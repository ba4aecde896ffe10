//! How many things there are, in words.

/// `amount` things: `1 essay`, `2 essays`, `3 new addresses`. Of more than one, "series" stays as it is, and the others get an
/// -s or, after an s, -es. Without a thing it is the number alone.
pub fn count(amount: usize, thing: &str) -> String {
    let ending = match thing {
        _ if amount == 1 || thing.is_empty() || thing.ends_with("series") => "",
        _ if thing.ends_with('s') => "es",
        _ => "s",
    };
    let space = if thing.is_empty() { "" } else { " " };
    format!("{}{space}{thing}{ending}", grouped(amount))
}

/// `number` with a comma between thousands: `10,000`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `label`, which `others` more things of the essay have earned too: `…, as are 2 more blocks of this essay`.
pub(super) fn as_others(label: &str, others: usize, thing: &str) -> String {
    let verb = match others {
        0 => return label.to_owned(),
        1 => "is",
        _ => "are",
    };
    format!("{label}, as {verb} {} of this essay", count(others, &format!("more {thing}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_counted_in_english() {
        let check = |amount, thing, expected: &str| assert_eq!(count(amount, thing), expected);
        check(0, "essay", "0 essays");
        check(1, "essay", "1 essay");
        check(10_000, "essay", "10,000 essays");
        check(1_234_567, "keyword", "1,234,567 keywords");
        check(1, "series", "1 series");
        check(2, "series", "2 series");
        check(1, "new address", "1 new address");
        check(2, "new address", "2 new addresses");
        check(1000, "", "1,000");
    }

    #[test]
    fn what_is_found_often_is_said_once() {
        let check = |others, expected: &str| assert_eq!(as_others("is plain", others, "block"), expected);
        check(0, "is plain");
        check(1, "is plain, as is 1 more block of this essay");
        check(2, "is plain, as are 2 more blocks of this essay");
    }
}
