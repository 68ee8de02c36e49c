//! The nearest known name to a mistyped one.

use crate::gather::Gather;

/// `help: did you mean …` material: the candidate closest to `wrong`, when one is close
/// enough to be a plausible typing mistake.
pub fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let (wrong, length) = (wrong.to_lowercase(), wrong.chars().count());
    let limit = length.div_ceil(3).min(length.saturating_sub(1));
    let away = |name: &&str| distance(&wrong, &name.to_lowercase());
    known.iter().copied().filter(|name| away(name) <= limit).min_by_key(away)
}

/// Edits (insert, delete, replace, swap of neighbours) between two words.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().listed();
    let b: Vec<char> = b.chars().listed();
    let mut rows = vec![(0..=b.len()).listed()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_typing_mistakes_only() {
        let states = ["Active", "Idle", "Closed"];
        assert_eq!(nearest("Actve", &states), Some("Active"));
        assert_eq!(nearest("idel", &states), Some("Idle"));
        assert_eq!(nearest("Reconnecting", &states), None);
    }
}
