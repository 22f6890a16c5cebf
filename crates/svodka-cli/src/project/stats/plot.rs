//! Counts as a table with bars, in plain characters: whatever the bars say stands beside them as a number.

use std::collections::BTreeMap;

use textwrap::core::display_width;

use super::axis::Axis;
use super::tally::{GAP, SILENT, SPREAD, Tally};

/// Eighths of a bar's character.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// The widest that a label gets.
const WIDEST: usize = 32;

/// A table of at most `width` columns and `limit` rows (0 for all).
pub fn plot(axes: &[Axis], tally: &Tally, width: usize, limit: usize) -> String {
    if tally.cells.is_empty() {
        return String::new();
    }
    match axes.len() {
        1 => bars(axes, tally, width, limit),
        _ => cross(axes, tally, width, limit),
    }
}

/// One axis: a bar for each value.
fn bars(axes: &[Axis], tally: &Tally, width: usize, limit: usize) -> String {
    let values = tally.values(axes, 0);
    let rows: Vec<(String, usize)> = values
        .iter()
        .map(|value| {
            let count = tally.cells.get(std::slice::from_ref(value));
            (label(&axes[0], value), count.copied().unwrap_or(0))
        })
        .collect();
    let mut table = String::new();
    let shown = shown(rows.len(), limit, axes[0].is_ordered());
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let wide = widest(
        rows.iter()
            .take(shown)
            .map(|(label, _)| label.as_str())
            .chain([axes[0].name()]),
    );
    let digits = most.to_string().len().max("claims".len());
    let room = width.saturating_sub(wide + digits + 4);
    table += &format!("{}  {:>digits$}\n", padded(axes[0].name(), wide), "claims");
    for (label, count) in rows.iter().take(shown) {
        if label == GAP {
            table += &format!("{GAP}\n");
            continue;
        }
        let line = format!(
            "{}  {count:>digits$}  {}",
            padded(label, wide),
            bar(*count, most, room)
        );
        table += &format!("{}\n", line.trim_end());
    }
    table + &rest(&rows[shown..])
}

/// A row of a cross table: its values, and the counts under the values of the last axis.
type Row<'a> = (Vec<String>, BTreeMap<&'a str, usize>);

/// Several: a row for each combination of all but the last, a column for each value of the last, and a bar for the row.
fn cross(axes: &[Axis], tally: &Tally, width: usize, limit: usize) -> String {
    let last = axes.len() - 1;
    let columns = tally.values(axes, last);
    let mut rows: BTreeMap<Vec<usize>, Row<'_>> = BTreeMap::new();
    let orders: Vec<Vec<String>> = (0..last).map(|at| tally.values(axes, at)).collect();
    for (cell, count) in &tally.cells {
        let rank = |(at, value): (usize, &String)| {
            orders[at].iter().position(|it| it == value).unwrap_or(0)
        };
        let key: Vec<usize> = cell[..last].iter().enumerate().map(rank).collect();
        let row = rows
            .entry(key)
            .or_insert_with(|| (cell[..last].to_vec(), BTreeMap::new()));
        *row.1.entry(&cell[last]).or_default() += count;
    }
    let rows: Vec<Row<'_>> = rows.into_values().collect();
    let shown = shown(rows.len(), limit, false);
    let heads: Vec<&str> = axes[..last].iter().map(Axis::name).collect();
    let wides: Vec<usize> = (0..last)
        .map(|at| {
            widest(
                rows.iter()
                    .take(shown)
                    .map(|row| row.0[at].as_str())
                    .chain([heads[at]]),
            )
        })
        .collect();
    let lead: usize = wides.iter().map(|wide| wide + 2).sum();
    // As many columns as there is room for; the rest together.
    let cut = |name: &str| -> String { name.chars().take(14).collect() };
    let mut left = width.saturating_sub(lead + "others".len() + 2 + "claims".len() + 2 + 8);
    let mut fitting = 0;
    for column in &columns {
        let wide = display_width(&cut(&label(&axes[last], column))) + 2;
        if wide > left {
            break;
        }
        left -= wide;
        fitting += 1;
    }
    let others = fitting < columns.len();
    let mut table = String::new();
    for (head, wide) in heads.iter().zip(&wides) {
        table += &format!("{}  ", padded(head, *wide));
    }
    for column in &columns[..fitting] {
        table += &format!("{}  ", cut(&label(&axes[last], column)));
    }
    if others {
        table += "others  ";
    }
    table += "claims\n";
    let total = |row: &Row<'_>| row.1.values().sum::<usize>();
    let most = rows.iter().map(total).max().unwrap_or(0);
    let mut above: &[String] = &[];
    for row in rows.iter().take(shown) {
        let mut line = String::new();
        for (at, (value, wide)) in row.0.iter().zip(&wides).enumerate() {
            // What the row above says already is not said again.
            let same = above.get(..=at) == row.0.get(..=at) && at + 1 < last;
            let value = if same {
                String::new()
            } else {
                label(&axes[at], value)
            };
            line += &format!("{}  ", padded(&value, *wide));
        }
        above = &row.0;
        let mut told = 0;
        for column in &columns[..fitting] {
            let wide = display_width(&cut(&label(&axes[last], column)));
            let count = row.1.get(column.as_str()).copied().unwrap_or(0);
            told += count;
            line += &format!(
                "{:>wide$}  ",
                if count == 0 {
                    "·".to_owned()
                } else {
                    count.to_string()
                }
            );
        }
        let sum = total(row);
        if others {
            line += &format!(
                "{:>6}  ",
                if sum == told {
                    "·".to_owned()
                } else {
                    (sum - told).to_string()
                }
            );
        }
        line += &format!("{sum:>6}  {}", bar(sum, most, (left + 6).min(30)));
        table += &format!("{}\n", line.trim_end());
    }
    let hidden: Vec<(String, usize)> = rows[shown..]
        .iter()
        .map(|row| (String::new(), total(row)))
        .collect();
    table + &rest(&hidden)
}

/// How many rows are shown. Time is never cut off.
fn shown(rows: usize, limit: usize, ordered: bool) -> usize {
    if limit == 0 || ordered {
        rows
    } else {
        rows.min(limit)
    }
}

fn rest(rows: &[(String, usize)]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let claims: usize = rows.iter().map(|(_, count)| count).sum();
    format!(
        "… and {} rows more, with {claims} in all; --limit 0 shows them\n",
        rows.len()
    )
}

/// What a value is called.
fn label(axis: &Axis, value: &str) -> String {
    match axis {
        Axis::Time(unit) if value == SPREAD => format!("over a {}", unit.word()),
        _ if value == SILENT => "—".to_owned(),
        _ => value.to_owned(),
    }
}

fn widest<'a>(labels: impl Iterator<Item = &'a str>) -> usize {
    let widths = labels.map(display_width);
    widths.max().unwrap_or(0).clamp(1, WIDEST)
}

/// A label in so many columns, cut with … if it is longer.
fn padded(label: &str, wide: usize) -> String {
    let mut padded = String::new();
    if display_width(label) > wide {
        for c in label.chars() {
            if display_width(&padded) + 1 >= wide {
                break;
            }
            padded.push(c);
        }
        padded.push('…');
    } else {
        padded.push_str(label);
    }
    padded + &" ".repeat(wide.saturating_sub(display_width(label).min(wide)))
}

/// A bar of at most `room` characters, to the eighth of one.
fn bar(count: usize, most: usize, room: usize) -> String {
    if most == 0 {
        return String::new();
    }
    let eighths = count * room * 8 / most;
    let mut bar = "█".repeat(eighths / 8);
    match eighths % 8 {
        0 if eighths == 0 && count > 0 => bar.push(EIGHTHS[0]),
        0 => {}
        part => bar.push(EIGHTHS[part - 1]),
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(cells: &[(&[&str], usize)]) -> Tally {
        let cells = cells.iter().map(|(cell, count)| {
            let cell: Vec<String> = cell.iter().map(|value| (*value).to_owned()).collect();
            (cell, *count)
        });
        Tally {
            cells: cells.collect(),
            ..Tally::default()
        }
    }

    #[test]
    fn a_bar_is_as_long_as_its_count_and_never_nothing_for_something() {
        assert_eq!(bar(4, 8, 4), "██");
        assert_eq!(bar(1, 1000, 4), "▏");
        assert_eq!(bar(0, 8, 4), "");
        assert_eq!(bar(3, 16, 4), "▊");
    }

    #[test]
    fn one_axis_is_drawn_with_bars() {
        let tally = tally(&[
            (&["1911-11"], 2),
            (&["1923-08"], 4),
            (&["1923-10"], 1),
            (&[SPREAD], 2),
        ]);
        let drawn = plot(&[Axis::read("month")], &tally, 40, 30);
        insta::assert_snapshot!(drawn, @r"
        month         claims
        1911-11            2  █████████
        …
        1923-08            4  ██████████████████
        1923-09            0
        1923-10            1  ████▌
        over a month       2  █████████
        ");
    }

    #[test]
    fn two_axes_make_a_cross_table_that_keeps_to_its_width() {
        let tally = tally(&[
            (&["1923-08", "Guzhon"], 3),
            (&["1923-08", "Bromley"], 1),
            (&["1923-09", "Guzhon"], 1),
            (&["1923-09", "Serp i Molot Works"], 1),
        ]);
        let axes = [Axis::read("month"), Axis::read("place")];
        let drawn = plot(&axes, &tally, 64, 30);
        insta::assert_snapshot!(drawn, @r"
        month    Guzhon  Bromley  others  claims
        1923-08       3        1       ·       4  ████████████████████
        1923-09       1        ·       1       2  ██████████
        ");
        assert!(
            plot(&axes, &tally, 50, 30)
                .lines()
                .all(|line| display_width(line) <= 50),
            "{drawn}"
        );
    }
}
