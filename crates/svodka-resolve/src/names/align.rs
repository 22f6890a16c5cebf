//! Which word of one name answers to which of the other.

use rapidfuzz::distance::osa;

use super::words::{Name, NameWords, Word};

/// How a word agrees with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kin {
    /// The same letters.
    Same,
    /// One name in two romanisations or alphabets.
    Sound,
    /// A familiar form of it.
    Familiar,
    /// A few letters differ.
    Near,
    /// An initial and a word that begins with it.
    Initial,
}

/// Words that answer to each other; several where one name runs words together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairing {
    /// Words of the first name.
    pub a: Vec<usize>,
    /// Words of the second.
    pub b: Vec<usize>,
    /// How they agree.
    pub kin: Kin,
    /// From 0 to 1.
    pub likeness: f64,
}

/// Two names side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// What answers to what.
    pub pairs: Vec<Pairing>,
    /// Words of the first name to which nothing answers.
    pub alone_a: Vec<usize>,
    /// Words of the second.
    pub alone_b: Vec<usize>,
}

/// How alike two words are letter for letter, from 0 to 1.
fn likeness(a: &str, b: &str) -> f64 {
    osa::normalized_similarity(a.chars(), b.chars())
}

fn is_latin(text: &str) -> bool {
    text.chars().all(|it| (it as u32) < 0x250)
}

impl NameWords {
    /// How two words agree, if they do.
    pub fn kin(&self, a: &Word, b: &Word) -> Option<(Kin, f64)> {
        if a.text == b.text || (a.number.is_some() && a.number == b.number) {
            return Some((Kin::Same, 1.0));
        }
        if a.number.is_some() && b.number.is_some() {
            return None;
        }
        if a.plain == b.plain && !a.initial {
            return Some((Kin::Same, 1.0));
        }
        if a.initial || b.initial {
            let first = |it: &str| it.chars().next();
            let mixed = is_latin(&a.text) != is_latin(&b.text);
            let reads_alike = |a: &String| b.readings.normal.iter().any(|b| first(a) == first(b));
            let begins = first(&a.plain) == first(&b.plain)
                || (mixed && a.readings.normal.iter().any(reads_alike));
            return begins.then_some((Kin::Initial, 0.9));
        }
        if a.readings.share(&b.readings) {
            return Some((Kin::Sound, 1.0));
        }
        if self.familiar(&a.readings, &b.readings) {
            return Some((Kin::Familiar, 0.95));
        }
        if a.readings.may_share(&b.readings) {
            return Some((Kin::Sound, 0.95));
        }
        let native = !is_latin(&a.text) && !is_latin(&b.text);
        let mut best = if native {
            likeness(&a.text, &b.text)
        } else {
            likeness(&a.plain, &b.plain)
        };
        if !native && best < 0.9 {
            for a in &a.readings.normal {
                for b in &b.readings.normal {
                    best = best.max(likeness(a, b) - 0.05);
                }
            }
        }
        if a.patronymic && b.patronymic {
            // Their ends are alike whoever the father is.
            best = best.min(self.fathers_alike(a, b));
        }
        let letters = a.plain.chars().count().max(b.plain.chars().count());
        let one_slip =
            !native && letters >= 3 && osa::distance(a.plain.chars(), b.plain.chars()) == 1;
        (best >= 0.7 || (one_slip && !a.patronymic)).then_some((Kin::Near, best))
    }

    /// How alike two patronymics are without their ends.
    fn fathers_alike(&self, a: &Word, b: &Word) -> f64 {
        let mut best: f64 = 0.0;
        for a in a.readings.normal.iter().filter_map(|it| self.father(it)) {
            for b in b.readings.normal.iter().filter_map(|it| self.father(it)) {
                best = best.max(likeness(a, b));
            }
        }
        best
    }

    /// Two names side by side: the best pairs first.
    pub fn align(&self, a: &Name, b: &Name) -> Alignment {
        let mut found = Vec::new();
        for (i, left) in a.words.iter().enumerate() {
            for (j, right) in b.words.iter().enumerate() {
                if let Some((kin, likeness)) = self.kin(left, right) {
                    // Words in like places of their names first.
                    let shift = i
                        .abs_diff(j)
                        .min((a.words.len() - i).abs_diff(b.words.len() - j));
                    found.push((kin == Kin::Initial, likeness, shift, i, j, kin));
                }
            }
        }
        found.sort_by(|x, y| {
            (x.0.cmp(&y.0))
                .then_with(|| y.1.total_cmp(&x.1))
                .then_with(|| {
                    (x.2, x.3 + x.4, x.3.abs_diff(x.4)).cmp(&(y.2, y.3 + y.4, y.3.abs_diff(y.4)))
                })
                .then_with(|| (x.3.min(x.4), x.3).cmp(&(y.3.min(y.4), y.3)))
        });
        let mut free_a = vec![true; a.words.len()];
        let mut free_b = vec![true; b.words.len()];
        let mut pairs = Vec::new();
        for (_, likeness, _, i, j, kin) in found {
            if free_a[i] && free_b[j] {
                free_a[i] = false;
                free_b[j] = false;
                pairs.push(Pairing {
                    a: vec![i],
                    b: vec![j],
                    kin,
                    likeness,
                });
            }
        }
        joined(&a.words, &b.words, &mut free_a, &mut free_b, |a, b| {
            pairs.push(Pairing {
                a,
                b,
                kin: Kin::Same,
                likeness: 1.0,
            });
        });
        joined(&b.words, &a.words, &mut free_b, &mut free_a, |b, a| {
            pairs.push(Pairing {
                a,
                b,
                kin: Kin::Same,
                likeness: 1.0,
            });
        });
        pairs.sort_by(|x, y| x.a.cmp(&y.a));
        let alone = |free: &[bool]| (0..free.len()).filter(|&it| free[it]).collect();
        Alignment {
            pairs,
            alone_a: alone(&free_a),
            alone_b: alone(&free_b),
        }
    }
}

/// Words of `many` that, run together, are one of `one`: "Plat Ono Vich", "vander bilt". Initials run together too: "J C".
fn joined(
    many: &[Word],
    one: &[Word],
    free_many: &mut [bool],
    free_one: &mut [bool],
    mut found: impl FnMut(Vec<usize>, Vec<usize>),
) {
    for (j, whole) in one.iter().enumerate() {
        if !free_one[j] || whole.number.is_some() {
            continue;
        }
        'start: for from in 0..many.len() {
            let mut run = String::new();
            let mut initials = String::new();
            let mut telling = String::new();
            for to in from..many.len() {
                if !free_many[to] {
                    continue 'start;
                }
                run.push_str(&many[to].plain);
                let first = many[to].plain.chars().next();
                initials.extend(first);
                // "RSDLP" has no letter for "of the".
                telling.extend(first.filter(|_| !many[to].particle));
                let alike = run.len() >= 4 && likeness(&run, &whole.plain) >= 0.88;
                let acronym = |it: &str| it.len() >= 2 && it == whole.plain;
                if to > from && (alike || acronym(&initials) || acronym(&telling)) {
                    free_one[j] = false;
                    free_many[from..=to].fill(false);
                    found((from..=to).collect(), vec![j]);
                    break 'start;
                }
            }
        }
    }
}
