//! The words that the names stage of reading needs.

use std::collections::BTreeMap;

use hashbrown::{DefaultHashBuilder, HashSet};
use indexmap::IndexSet;
use serde::Deserialize;
use svodka_model::NameType;

use crate::{PackError, PackFile, Weights, file};

/// A set of words or phrases in lower case, without a final full stop.
pub type Words = IndexSet<String, DefaultHashBuilder>;

/// The contents of a pack's `names.toml` and of its word tables in `gazetteer/`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameWords {
    /// Words before a person's name that are no part of it.
    pub titles: Words,
    /// Titles that are ordinary words too: they count only right before a name.
    pub roles_only: Words,
    /// Nouns that stand right before a person's name or in apposition to it.
    pub occupations: Words,
    /// What belongs to a person ("X's wife").
    pub belongings: Words,
    /// Lemmas of what persons do.
    pub human_verbs: Words,
    /// Lemmas of what is done to persons.
    pub done_to_persons: Words,
    /// Words right before a name that may introduce a person.
    pub naming: Words,
    /// Words right before a name that introduce a person or an assumed name.
    pub strong_naming: Words,
    /// Words before a quoted signature or nickname.
    pub signing: Words,
    /// Words that make a following quoted name a ship's.
    pub vessels: Words,
    /// Small words inside names ("de la").
    pub particles: Words,
    /// Small words that join the parts of a name in a foreign language ("i" in "Serp i Molot").
    pub joints: Words,
    /// Closed-class words: capitalised only at the start of a sentence.
    pub function_words: Words,
    /// Words written with a capital that are no names.
    pub no_names: Words,
    /// Months, eras and the like: beside a number they are the number's. They are among `no_names` too.
    pub calendar: Words,
    /// Of those, the words that a name of several words may begin with.
    pub may_begin: Words,
    /// Endings of labels of persons ("Bundist").
    pub label_endings: Words,
    /// Parties and bodies with a name of one or two words that no pattern shows.
    pub parties: Words,
    /// Abbreviations of bodies.
    pub abbreviations: Words,
    /// Words of belonging after the name of a body.
    pub body_after: Words,
    /// Words of belonging before "of" and the name of a body.
    pub body_before: Words,
    /// Words before the name of a thing that is issued, numbered, sent.
    pub work_before: Words,
    /// Words after such a name.
    pub work_after: Words,
    /// Lemmas of what is done with a publication.
    pub work_verbs: Words,
    /// Writings that everybody knows by their names.
    pub writings: Words,
    /// Prepositions before a surname that belong to it ("von").
    pub nobiliary: Words,
    /// Words after which a month's name is the month's.
    pub temporal: Words,
    /// Labels of persons by party or people, before a surname.
    pub adherents: Words,
    /// Titles of a firm that is named after its owners ("Messrs.").
    pub firm_titles: Words,
    /// Words before such a title that mean the firm and not its owners.
    pub firm_before: Words,
    /// Phrases between a workplace and the person whose name it bears.
    pub named_after: Words,
    /// Words before a preposition and the place that somebody comes from.
    pub from_places: Words,
    /// Nouns that a place's name stands before ("the Skipton coach").
    pub of_places: Words,
    /// Nouns after a newspaper's name that mean its house.
    pub reporters: Words,
    /// Phrases before a quoted name that a body gives itself.
    pub self_styled: Words,
    /// Verbs of speech beside words in quotation marks, in their plain forms and irregular past tenses.
    pub speaking: Words,
    /// Short names of regions that stand only after a place and a comma.
    pub regions: Words,
    /// Nouns with a number or "of" before a publication ("issue of").
    pub issues: Words,
    /// Nouns before "of" and a person's name ("a man of the name of X").
    pub naming_nouns: Words,
    /// Who is said to be of a place ("peasant of").
    pub dwellers: Words,
    /// Prepositions after which a workplace is as likely as a place.
    pub at_place: Words,
    /// Words before "at" that speak of work and strife.
    pub labour: Words,
    /// Words of the language's grammar.
    pub grammar: Grammar,
    /// Words that lead from a person's name to an assumed one.
    pub aliasing: Words,
    /// Articles of other languages, which begin the titles of newspapers.
    pub foreign_articles: Words,
    /// Words that lead to a thing's earlier name.
    pub bygone: Words,
    /// Beginnings and endings of words made of the beginnings of words ("Gubprodkom", "Kremmash").
    pub contractions: BTreeMap<NameType, Contractions>,
    /// Prepositions that say a place follows.
    pub in_place: Words,
    /// Prepositions after which a place is likely.
    pub to_place: Words,
    /// Words between the noun of a list's kind and the list.
    pub including: Words,
    /// Usual endings of surnames.
    pub surname_endings: Words,
    /// Usual beginnings of surnames.
    pub surname_beginnings: Words,
    /// Endings of patronymics.
    pub patronymics: Words,
    /// Abbreviations whose full stop does not end a sentence.
    pub dotted: Words,
    /// Of those, abbreviated given names.
    pub dotted_given: Words,
    /// Words of kinship.
    pub kinship: Words,
    /// Phrases that say two namesakes are two persons.
    pub unrelated: Words,
    /// Words that lead from one name of a thing to another ("formerly").
    pub formerly: Words,
    /// Ordinals written as words, from the first on.
    pub ordinals: Vec<String>,
    /// Usual endings of towns' names.
    pub place_endings: Words,
    /// Phrases between two names of the same person or thing ("no other than").
    pub identity: Words,
    /// Nouns that say what kind of thing is named.
    pub heads: Heads,
    /// The word tables.
    #[serde(skip)]
    pub tables: Tables,
    /// `statistics/names.tsv`: what was learned of where names begin and end and what they name; may be empty.
    #[serde(skip)]
    pub learned: Weights,
}

/// Words of the language's grammar that hold names together or part them.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// The definite article.
    pub definite: Words,
    /// The indefinite article.
    pub indefinite: Words,
    /// Everything that stands in an article's place before a name.
    pub articles: Words,
    /// "of"
    pub of: Words,
    /// "and"
    pub and: Words,
    /// What joins the names of a list.
    pub list: Words,
    /// Words between the names of a list that do not part them.
    pub unheeded: Words,
    /// What joins a body's head noun to the rest of its name.
    pub links: Words,
    /// What does so before an article, in the full names of offices.
    pub long_links: Words,
    /// Relative pronouns of persons.
    pub relatives: Words,
    /// Words right after a person's name that stress it.
    pub emphatics: Words,
    /// Words that begin a description after a name.
    pub description: Words,
    /// Abbreviations of "number".
    pub number_signs: Words,
    /// "Saint" and its abbreviation.
    pub saints: Words,
    /// Endings of ordinals written with digits.
    pub ordinal_endings: Words,
    /// Plural heads that do not make what follows "of" a name of its own ("Central Committee of Railway Workers").
    pub plain_heads: Words,
    /// Words that look like plurals and are none ("works").
    pub no_plurals: Words,
    /// Heads after which a party's wing may stand in brackets.
    pub winged: Words,
    /// Prepositions before persons rather than places.
    pub personal: Words,
    /// Words before a nickname in quotation marks ("as").
    pub as_words: Words,
}

/// How contracted names of one kind begin and end.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contractions {
    /// Beginnings.
    pub first: Words,
    /// Endings.
    pub last: Words,
}

/// Nouns that say what kind of thing is named.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// At the end of a name or right after it.
    pub last: BTreeMap<NameType, Words>,
    /// At the beginning of a name or right before it.
    pub first: BTreeMap<NameType, Words>,
    /// Heads that stay outside a bare name ("Michelson Factory").
    pub outside: Words,
    /// Heads that belong to the name although written small ("Kineshma district").
    pub inside: Words,
    /// Words that may stand between a place and such a head.
    pub between: Words,
    /// Heads of names that are ordinals ("18th section").
    pub numbered: Words,
    /// Heads with a number after them ("mine No. 17").
    pub carry_number: Words,
    /// Head → words before it that make it a workplace.
    pub workplace_before: BTreeMap<String, Words>,
    /// Capitalised words that are common although the table of words lacks them.
    pub modifiers: Words,
}

impl Heads {
    /// The type that a last noun gives to a name.
    pub fn last_type(&self, word: &str) -> Option<NameType> {
        kind_of(&self.last, word)
    }

    /// The type that a first noun gives to a name.
    pub fn first_type(&self, word: &str) -> Option<NameType> {
        kind_of(&self.first, word)
    }
}

fn kind_of(heads: &BTreeMap<NameType, Words>, word: &str) -> Option<NameType> {
    heads
        .iter()
        .find(|(_, words)| words.contains(word))
        .map(|(kind, _)| *kind)
}

/// Word tables; entries are folded to lower-case ASCII.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tables {
    /// Countries, regions, large cities.
    pub places: Table,
    /// Smaller towns.
    pub towns: Table,
    /// Common words of the language.
    pub words: Table,
    /// Given names.
    pub given: Table,
}

/// A table of words, one a line. It is asked for every word of a report, often several times.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table(HashSet<Box<str>>);

impl Table {
    /// Whether the folded word or phrase is in the table.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    fn read<'a>(texts: impl Iterator<Item = &'a str>) -> Table {
        let lines = texts
            .flat_map(str::lines)
            .map(str::trim)
            .filter(|line| !line.is_empty());
        Table(lines.map(Into::into).collect())
    }
}

impl NameWords {
    /// Reads the names stage's part of a pack alone. All mistakes found are returned.
    pub fn load(files: &[PackFile]) -> Result<NameWords, Vec<PackError>> {
        let mut errors = Vec::new();
        let words = load(files, &mut errors);
        if errors.is_empty() {
            Ok(words)
        } else {
            Err(errors)
        }
    }
}

/// Reads `names.toml` and the tables; a table that the pack lacks is empty.
pub(crate) fn load(files: &[PackFile], errors: &mut Vec<PackError>) -> NameWords {
    let mut words: NameWords = file::table(files, "names.toml", errors);
    let table = |name: &str| {
        let path = format!("gazetteer/{name}.txt");
        let layers = files.iter().filter(|file| file.path == path);
        Table::read(layers.map(|file| file.text.as_str()))
    };
    words.no_names.extend(words.calendar.iter().cloned());
    words.tables = Tables {
        places: table("places"),
        towns: table("towns"),
        words: table("words"),
        given: table("given"),
    };
    let learned = files
        .iter()
        .rfind(|file| file.path == "statistics/names.tsv");
    match learned.map_or(Ok(Weights::default()), Weights::read) {
        Ok(weights) => words.learned = weights,
        Err(error) => errors.push(error),
    }
    words
}
