//! Which place of today may a name mean?

use hashbrown::HashMap;

use crate::spelling::{TableError, rows};

/// A place as a gazetteer has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its number in GeoNames.
    pub id: u32,
    /// Its name today.
    pub name: String,
    /// The country in which it lies today, ISO 3166.
    pub country: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// How many live there today.
    pub inhabitants: u32,
    /// Other names of it, of today and before.
    pub others: Vec<String>,
}

/// A table of places, found by any of their names whatever its accents, case or script.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    names: HashMap<String, Vec<u32>>,
}

/// One place is meant, for all that numbers can tell, if so many times more live there than in any other of the name.
const FAR_LARGER: u32 = 20;

/// What a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Meant<'g> {
    /// The places so called, the largest first.
    pub candidates: Vec<&'g Place>,
}

impl<'g> Meant<'g> {
    /// The only place so called, or one that is far larger than all others; else the name stays ambiguous.
    pub fn one(&self) -> Option<&'g Place> {
        match self.candidates.as_slice() {
            [one] => Some(one),
            [first, second, ..]
                if first.inhabitants >= second.inhabitants.max(1).saturating_mul(FAR_LARGER) =>
            {
                Some(first)
            }
            _ => None,
        }
    }
}

impl Gazetteer {
    /// From a table with a line for each place: number, name, country, latitude, longitude, inhabitants, and other names between
    /// semicolons.
    ///
    /// # Errors
    ///
    /// If a line is not so.
    pub fn parse(text: &str) -> Result<Gazetteer, TableError> {
        let mut gazetteer = Gazetteer::default();
        for (line, cells) in rows(text) {
            let place = place(&cells).ok_or_else(|| TableError {
                table: "geonames".to_owned(),
                line,
                what: "no number, name, country, latitude, longitude and inhabitants",
            })?;
            let at = u32::try_from(gazetteer.places.len()).unwrap_or(u32::MAX);
            for name in place.others.iter().chain([&place.name]) {
                let known = gazetteer.names.entry(folded(name)).or_default();
                if known.last() != Some(&at) {
                    known.push(at);
                }
            }
            gazetteer.places.push(place);
        }
        Ok(gazetteer)
    }

    /// What the forms of one name may mean. A place that all known forms may mean stands before one that only some do.
    pub fn find<'f>(&self, forms: impl IntoIterator<Item = &'f str>) -> Meant<'_> {
        let mut found: Vec<(u32, u32)> = Vec::new();
        for form in forms {
            for &at in self.names.get(&folded(form)).into_iter().flatten() {
                match found.iter_mut().find(|it| it.0 == at) {
                    Some(it) => it.1 += 1,
                    None => found.push((at, 1)),
                }
            }
        }
        let most = found.iter().map(|it| it.1).max();
        found.retain(|it| Some(it.1) == most);
        let mut candidates: Vec<&Place> =
            found.iter().map(|it| &self.places[it.0 as usize]).collect();
        candidates.sort_by_key(|it| (std::cmp::Reverse(it.inhabitants), it.id));
        Meant { candidates }
    }
}

fn place(cells: &[&str]) -> Option<Place> {
    let others = cells.get(6).map_or("", |it| it);
    Some(Place {
        id: cells.first()?.parse().ok()?,
        name: (*cells.get(1)?).to_owned(),
        country: (*cells.get(2)?).to_owned(),
        latitude: cells.get(3)?.parse().ok()?,
        longitude: cells.get(4)?.parse().ok()?,
        inhabitants: cells.get(5)?.parse().ok()?,
        others: others
            .split(';')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}

/// Plain lower-case letters and single spaces: "Łódź" is "lodz", "Donets'k" is "donetsk".
fn folded(name: &str) -> String {
    let mut plain = String::new();
    for letter in any_ascii::any_ascii(name).chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter.to_ascii_lowercase());
        } else if letter != '\'' && !plain.ends_with(' ') && !plain.is_empty() {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# a table\n1\tDnipro\tUA\t48.5\t35.0\t968502\tEkaterinoslav;Катеринослав\n\
        2\tMoscow\tRU\t55.7\t37.6\t10000000\tМосква\n3\tMoscow\tUS\t46.7\t-117.0\t25000\t\n\
        4\tAlexandrovsk\tRU\t59.1\t57.5\t15000\t\n5\tAlexandrovsk\tUA\t47.8\t35.1\t14000\t\n";

    #[test]
    fn a_former_name_in_any_script_finds_the_place_of_today() {
        let gazetteer = Gazetteer::parse(TABLE).expect("a table");
        for name in ["Ekaterinoslav", "катеринослав", "DNIPRÓ"] {
            assert_eq!(
                gazetteer.find([name]).one().map(|it| it.id),
                Some(1),
                "{name}"
            );
        }
        assert_eq!(gazetteer.find(["Elsewhere"]).candidates.len(), 0);
    }

    #[test]
    fn an_ambiguous_name_stays_so_unless_one_place_is_far_larger() {
        let gazetteer = Gazetteer::parse(TABLE).expect("a table");
        let moscow = gazetteer.find(["Moscow"]);
        assert_eq!(
            (moscow.candidates.len(), moscow.one().map(|it| it.id)),
            (2, Some(2))
        );
        let two = gazetteer.find(["Alexandrovsk"]);
        assert_eq!((two.candidates.len(), two.one()), (2, None));
        // Another form of the name settles it.
        assert_eq!(gazetteer.find(["Moscow", "Москва"]).candidates.len(), 1);
    }

    #[test]
    fn a_line_that_is_no_place_is_told_with_its_number() {
        let error = Gazetteer::parse("1\tA\tRU\tnorth\t1\t1\t\n").expect_err("no latitude");
        assert_eq!(error.line, 1);
    }
}
