//! Lags asked for in a query: `0`, `>7`, `<=2`, `3..10`, `<0`.

use crate::model::lag::LagBounds;

/// What to write instead of a filter value that cannot be read.
const FORMS: &str = "write days from the day spoken of to publication: a number (0), a comparison (>7, >=7, <3, <=2), a range \
                     (3..10, 3.., ..10), below 0 for what was published before that day (<0, -3..-1), or unknown";

/// What compares, the longer signs first.
const SIGNS: [&str; 6] = [">=", "<=", "≥", "≤", ">", "<"];

/// The lags that a filter value asks for.
///
/// # Errors
/// A reason, worded for the user, where the value has none of these forms or ends before it begins.
pub fn lag_from_filter(value: &str) -> Result<LagBounds, String> {
    let value = value.trim();
    let number = |text: &str| days(text).ok_or_else(|| format!("`{value}` is no lag; {FORMS}"));
    if let Some((sign, rest)) = SIGNS.iter().find_map(|sign| Some((*sign, value.strip_prefix(sign)?))) {
        let n = number(rest)?;
        // No lag is as large as the largest number, so that one more may be that number.
        return Ok(match sign {
            ">=" | "≥" => LagBounds { from: Some(n), to: None },
            "<=" | "≤" => LagBounds { from: None, to: Some(n) },
            ">" => LagBounds { from: Some((n + 1).min(LagBounds::FARTHEST)), to: None },
            _ => LagBounds { from: None, to: Some((n - 1).max(-LagBounds::FARTHEST)) },
        });
    }
    let Some((left, right)) = value.split_once("..") else {
        return number(value).map(|n| LagBounds { from: Some(n), to: Some(n) });
    };
    let (left, right) = (left.trim(), right.trim());
    if left.is_empty() && right.is_empty() {
        return Err(format!("a range needs a number on one side at least; {FORMS}"));
    }
    let end = |text: &str| if text.is_empty() { Ok(None) } else { number(text).map(Some) };
    let bounds = LagBounds { from: end(left)?, to: end(right)? };
    match (bounds.from, bounds.to) {
        (Some(from), Some(to)) if from > to => Err(format!("the range ends before it begins; try {to}..{from}")),
        _ => Ok(bounds),
    }
}

/// A number of days, at most [`LagBounds::FARTHEST`] in either direction.
fn days(text: &str) -> Option<i32> {
    let text = text.trim();
    let (is_negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i32>().ok()).flatten()?;
    (number <= LagBounds::FARTHEST).then_some(if is_negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_asks_for_its_days() {
        let read = |value: &str| {
            let bounds = lag_from_filter(value).unwrap();
            (bounds.from, bounds.to)
        };
        assert_eq!(read("0"), (Some(0), Some(0)));
        assert_eq!(read("-3"), (Some(-3), Some(-3)));
        assert_eq!(read(">7"), (Some(8), None));
        assert_eq!(read(">=7"), (Some(7), None));
        assert_eq!(read("≥ 7"), (Some(7), None));
        assert_eq!(read("<0"), (None, Some(-1)));
        assert_eq!(read(" <=2 "), (None, Some(2)));
        assert_eq!(read("3..10"), (Some(3), Some(10)));
        assert_eq!(read("-3..-1"), (Some(-3), Some(-1)));
        assert_eq!(read("..10"), (None, Some(10)));
        assert_eq!(read("−3.."), (Some(-3), None));
    }

    #[test]
    fn what_is_printed_is_read_as_the_same() {
        for value in ["0", "-3", ">7", "<=2", "<-2", ">-1", "3..10", "-3..-1", "4..4", ">14610000", "<-14610000"] {
            let bounds = lag_from_filter(value).unwrap();
            assert_eq!(lag_from_filter(&bounds.to_string()), Ok(bounds), "{value}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_forms_that_can() {
        for bad in ["", "..", "soon", "7d", "=7", ">", "<>7", "1.5", "10..3", "+1", "--1", "99999999999", ">14610001"] {
            let reason = lag_from_filter(bad).unwrap_err();
            assert!(reason.contains(">7") || reason.ends_with("try 3..10"), "{bad}: {reason}");
        }
    }
}
