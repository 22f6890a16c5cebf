//! What can be said at the desk: one command a line, or a key that stands for it.

use super::super::args::Sieve;

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The text says so.
    Accept(String),
    /// The text does not say so.
    Reject(String),
    /// What should be otherwise, as typed.
    Correct(String),
    /// Admiralty grade and reason.
    Grade(String, String),
    /// A remark.
    Note(String),
    /// Two names of one thing: the first may be left out.
    Merge(Option<String>, String, String),
    /// Two names of two things.
    Split(Option<String>, String, String),
    /// Take the last own act back.
    Undo,
    /// The next claim.
    Skip,
    /// The claim before.
    Back,
    /// Other claims.
    Filter(Sieve),
    /// What can be said.
    Help,
    /// The end.
    Quit,
}

/// What is told to who asks for help.
pub const HELP: &str = "\
accept [WHY]         a      the text says so
reject [WHY]         r      the text does not say so
correct WHAT         c      it says something else:
                            person = Ivan Orlov; when = 1923-08
                            several names: at = Guzhon + Bromley; none: at =
                            a new name: person = PERSON:Anna Weiss
                            also certainty = probable, polarity = negative
grade GRADE [WHY]    g      how reliable, by the Admiralty code: the source from
                            A (reliable) to F (not to be judged), news 1 to 6
note WORDS           n      a remark; the claim stays in the queue
merge NAME = NAME    m      both names mean one thing; 'because' begins
                            the reason; the first name may be left out if the
                            claim has only one
split NAME = NAME    s      they mean two
undo                 u      take back your last act here
skip                 space  leave it for another time
back                 b      the claim before
filter WHAT          f      --kind strike --about Orlov --report FILE
help                 ?      this
quit                 q      the end; what was judged is kept and not asked again";

/// The keys in one line.
pub const KEYS: &str =
    "a accept  r reject  c correct  g grade  n note  u undo  space skip  ? help  q";

impl Command {
    /// Reads a line.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn read(line: &str) -> Result<Command, String> {
        let line = line.trim();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let said = || rest.to_owned();
        let command = match word {
            "a" | "accept" => Command::Accept(said()),
            "r" | "reject" => Command::Reject(said()),
            "c" | "correct" => {
                if rest.is_empty() {
                    return Err("say what should be otherwise, such as person = Ivan Orlov".into());
                }
                Command::Correct(said())
            }
            "g" | "grade" => {
                let (grade, why) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                Command::Grade(admiralty(grade)?, why.trim().to_owned())
            }
            "n" | "note" if rest.is_empty() => return Err("say what to note".into()),
            "n" | "note" => Command::Note(said()),
            "m" | "merge" | "same" => {
                let (a, b, why) = pair(rest)?;
                Command::Merge(a, b, why)
            }
            "s" | "split" | "distinct" => {
                let (a, b, why) = pair(rest)?;
                Command::Split(a, b, why)
            }
            "u" | "undo" => Command::Undo,
            "" | "skip" | "next" => Command::Skip,
            "b" | "back" => Command::Back,
            "f" | "filter" => Command::Filter(sieve(rest)?),
            "?" | "h" | "help" => Command::Help,
            "q" | "quit" | "exit" => Command::Quit,
            other => return Err(format!("'{other}' is no command; help lists them")),
        };
        Ok(command)
    }
}

/// A grade of the Admiralty code, in capitals.
///
/// # Errors
///
/// What is wrong with it, in words.
pub fn admiralty(text: &str) -> Result<String, String> {
    let grade = text.to_uppercase();
    match grade.as_bytes() {
        [b'A'..=b'F', b'1'..=b'6'] => Ok(grade),
        _ => Err(format!(
            "'{text}' is no grade: write A to F for the source and 1 to 6 for the news, such as B2"
        )),
    }
}

/// `NAME = NAME because WHY`, of which only one name must be there.
fn pair(text: &str) -> Result<(Option<String>, String, String), String> {
    let (names, why) = text.split_once(" because ").unwrap_or((text, ""));
    let (a, b) = match names.split_once('=') {
        Some((a, b)) => (Some(a.trim()), b.trim()),
        None => (None, names.trim()),
    };
    if b.is_empty() || a.is_some_and(str::is_empty) {
        return Err("name both, such as Miasnikov = G. I. Myasnikov".into());
    }
    Ok((a.map(str::to_owned), b.to_owned(), why.trim().to_owned()))
}

fn sieve(text: &str) -> Result<Sieve, String> {
    let mut sieve = Sieve::default();
    let mut words = words(text).into_iter();
    while let Some(option) = words.next() {
        let place = match option.trim_start_matches('-') {
            "kind" => &mut sieve.kind,
            "about" => &mut sieve.about,
            "report" => &mut sieve.report,
            _ => return Err(format!("'{option}' is none of --kind, --about, --report")),
        };
        let value = words
            .next()
            .ok_or_else(|| format!("say which after {option}"))?;
        *place = Some(value);
    }
    Ok(sieve)
}

/// Words as a shell divides them: what stands in quotes is one.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in text.chars() {
        match (c, quote) {
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, Some(open)) if c == open => quote = None,
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_command_with_what_belongs_to_it() {
        let read = |line| Command::read(line).expect("a command");
        assert_eq!(
            read("reject he was away"),
            Command::Reject("he was away".into())
        );
        assert_eq!(
            read("g b2 in the room"),
            Command::Grade("B2".into(), "in the room".into())
        );
        assert_eq!(
            read("merge Orlov = I. Orlov because same post"),
            Command::Merge(Some("Orlov".into()), "I. Orlov".into(), "same post".into())
        );
        assert_eq!(
            read("split I. Orlov"),
            Command::Split(None, "I. Orlov".into(), String::new())
        );
        assert_eq!(
            read("filter --about 'Anna Weiss' --kind strike"),
            Command::Filter(Sieve {
                kind: Some("strike".into()),
                about: Some("Anna Weiss".into()),
                report: None,
            })
        );
        assert_eq!(read(""), Command::Skip);
    }

    #[test]
    fn what_helps_fits_on_a_small_screen() {
        assert!(HELP.lines().chain([KEYS]).all(|line| line.len() <= 80));
        assert!(HELP.lines().count() <= 22);
    }

    #[test]
    fn what_is_no_command_is_told() {
        for line in [
            "perhaps",
            "correct",
            "note",
            "grade G2",
            "grade",
            "merge = x",
            "filter --place x",
            "filter --kind",
        ] {
            assert!(Command::read(line).is_err(), "{line}");
        }
    }
}
