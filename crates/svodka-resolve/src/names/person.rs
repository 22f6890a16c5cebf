//! A person's name in its parts.

use super::words::{Name, Word};

/// A person's name in its parts, each in lower case as written, initials as their letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonName {
    /// With the particles before it.
    pub surname: Option<String>,
    /// The first given name or its initial.
    pub given: Option<String>,
    /// The patronymic, or a second initial.
    pub patronymic: Option<String>,
    /// "jr", "the elder".
    pub generation: Option<String>,
    /// Given names after the first that are no patronymic.
    pub middle: Vec<String>,
}

impl Name {
    /// The parts of a person's name. Initials and patronymics show in what order they stand; else the surname is the last
    /// word, with the particles before it. Of two words the second is taken for a surname even if it ends as patronymics do.
    pub fn person(&self) -> PersonName {
        let words = &self.words;
        let mut person = PersonName {
            generation: self.generation.clone(),
            ..PersonName::default()
        };
        let text = |words: &[Word]| {
            let texts: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
            (!texts.is_empty()).then(|| texts.join(" "))
        };
        let last = words.len().saturating_sub(1);
        if words.len() < 2 {
            person.surname = text(words);
            return person;
        }
        let full = |it: &Word| !it.initial;
        let patronymic = (1..last).find(|&it| words[it].patronymic);
        if full(&words[0]) && words[last].initial {
            // Surname, then initials.
            let first = words.iter().position(|it| it.initial).unwrap_or(last);
            person.surname = text(&words[..first]);
            person.given = text(&words[first..=first]);
            person.patronymic = words.get(first + 1).map(|it| it.text.clone());
            return person;
        }
        if patronymic.is_none() && last >= 2 && words[last].patronymic && words.iter().all(full) {
            // Surname, given name, patronymic.
            person.surname = text(&words[..last - 1]);
            person.given = text(&words[last - 1..last]);
            person.patronymic = text(&words[last..]);
            return person;
        }
        person.given = text(&words[..1]);
        let second = (last >= 2 && words[1].initial).then_some(1);
        let from = match patronymic.or(second) {
            Some(at) => {
                person.patronymic = text(&words[at..=at]);
                person.middle = words[1..at].iter().map(|it| it.text.clone()).collect();
                at + 1
            }
            None => {
                let particle = (1..last).find(|&it| words[it..last].iter().all(|it| it.small));
                let from = particle.unwrap_or(last);
                person.middle = words[1..from].iter().map(|it| it.text.clone()).collect();
                from
            }
        };
        person.surname = text(&words[from..]);
        person
    }
}
