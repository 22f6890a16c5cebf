//! The paths that lead from a frame's trigger to what fills a role.
//!
//! ```text
//! roles.person = "subj | <appos"            the subject; if there is none, what the trigger is in apposition to
//! roles.group  = "prep(of,in) pobj + poss"  both: what hangs on "of" or "in", and the possessor
//! roles.at     = "label | ~"                the list item's label; else the nearest fitting name before
//! roles.action = "@walkouts"                the value that the list gives the trigger
//! roles.title  = "'worker'"                 always these words
//! ```
//!
//! A step is a dependency label (`dobj`, several with `/`, any with `_`), upwards with `<`, narrowed to some
//! words by `(of,in)` or `(@list)`; or one of the named steps of [`Step`].

use crate::WordList;
use crate::lists::Lists;

/// One step from a token to other tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the children with one of these relations (any if empty) and one of these words (any if empty).
    Down(Vec<String>, Words),
    /// To the head, if the relation to it is one of these (any if empty) and it is one of these words.
    Up(Vec<String>, Words),
    /// `self`: the token itself.
    Here,
    /// `subj`: who does it, in the active or passive, also where a verb shares or inherits its subject.
    Subject(Words),
    /// `obj`: to whom or what it is done, in the active or passive.
    Object(Words),
    /// `inside`: every fitting name in the token's subtree.
    Inside,
    /// `near`: the nearest fitting thing of the trigger's clause; `near(at,in)`: of what stands behind these prepositions.
    Near(Words),
    /// `lead`: the nearest fitting thing before the trigger in its line or part of a sentence, over no verb but those given.
    Lead(Words),
    /// `trail`: the fitting thing right behind the trigger, or behind the first sum of money after it.
    Trail,
    /// `before`: the nearest fitting name before the trigger in its sentence.
    Before,
    /// `after`: the nearest fitting name after the trigger in its sentence.
    After,
    /// `beside`: the fitting name right before the trigger's noun phrase, with nothing but marks between, or else
    /// right after it, with nothing but marks and a form of address between.
    Beside,
    /// `bracketed`: the fitting name that fills the brackets which the trigger opens.
    Bracketed,
    /// `label`: the fitting names in the label of the list item.
    Label,
    /// `intro`: the fitting names in the block that introduces the list.
    Intro,
    /// `~`: the nearest fitting name before the sentence: in the block, its label, its introduction, earlier blocks.
    Nearest,
}

/// Which words a step may go to, as lower-case lemmas or forms.
pub type Words = Vec<String>;

/// Where a role's fillers come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Steps from the trigger, one after the other.
    Steps(Vec<Step>),
    /// These words, always.
    Literal(String),
    /// The value that a list gives the trigger or one of its modifiers.
    Value(WordList),
}

/// Alternatives, each a union: the first alternative that gives a filler counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(pub Vec<Vec<Origin>>);

/// What is wrong in a path, at a byte offset in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// Where, in bytes from the start of the path.
    pub offset: usize,
    /// What.
    pub message: String,
}

impl Path {
    /// Reads a path; `lists` are those of the pack.
    pub fn parse(text: &str, lists: &Lists) -> Result<Path, PathError> {
        let mut alternatives = Vec::new();
        for (offset, alternative) in split(text, '|') {
            let mut union = Vec::new();
            for (inner, origin) in split(alternative, '+') {
                union.push(Origin::parse(origin, lists).map_err(|error| PathError {
                    offset: offset + inner + error.offset,
                    message: error.message,
                })?);
            }
            alternatives.push(union);
        }
        Ok(Path(alternatives))
    }
}

impl Origin {
    fn parse(text: &str, lists: &Lists) -> Result<Origin, PathError> {
        let lead = text.len() - text.trim_start().len();
        let fail = |offset: usize, message: String| PathError {
            offset: lead + offset,
            message,
        };
        let words = text.trim();
        if let Some(literal) = words
            .strip_prefix('\'')
            .and_then(|rest| rest.strip_suffix('\''))
        {
            return Ok(Origin::Literal(literal.to_owned()));
        }
        if let Some(name) = words.strip_prefix('@') {
            let list = lists
                .get(name)
                .ok_or_else(|| fail(0, format!("there is no list '{name}' in this pack")))?;
            return Ok(Origin::Value(list.clone()));
        }
        let mut steps = Vec::new();
        for (offset, step) in split(words, ' ').filter(|(_, step)| !step.trim().is_empty()) {
            steps.push(Step::parse(step, lists).map_err(|message| fail(offset, message))?);
        }
        if steps.is_empty() {
            return Err(fail(
                0,
                "an empty path; write for example 'subj | prep(of) pobj'".to_owned(),
            ));
        }
        Ok(Origin::Steps(steps))
    }
}

impl Step {
    fn parse(text: &str, lists: &Lists) -> Result<Step, String> {
        let named = match text {
            "self" => Some(Step::Here),
            "inside" => Some(Step::Inside),
            "trail" => Some(Step::Trail),
            "before" => Some(Step::Before),
            "after" => Some(Step::After),
            "beside" => Some(Step::Beside),
            "bracketed" => Some(Step::Bracketed),
            "label" => Some(Step::Label),
            "intro" => Some(Step::Intro),
            "~" => Some(Step::Nearest),
            _ => None,
        };
        if let Some(step) = named {
            return Ok(step);
        }
        let (up, rest) = text
            .strip_prefix('<')
            .map_or((false, text), |rest| (true, rest));
        let (labels, words) = match rest.split_once('(') {
            Some((labels, words)) => (
                labels,
                words
                    .strip_suffix(')')
                    .ok_or_else(|| format!("'{text}' lacks its closing bracket"))?,
            ),
            None => (rest, ""),
        };
        if labels.is_empty()
            || !labels
                .chars()
                .all(|c| c.is_ascii_lowercase() || "/_".contains(c))
        {
            return Err(format!(
                "'{text}' is no step; write a dependency label such as 'dobj', or 'subj', 'label' …"
            ));
        }
        let words = word_set(words, lists)?;
        match labels {
            "subj" if !up => return Ok(Step::Subject(words)),
            "obj" if !up => return Ok(Step::Object(words)),
            "near" if !up => return Ok(Step::Near(words)),
            "lead" if !up => return Ok(Step::Lead(words)),
            _ => {}
        }
        let labels = if labels == "_" {
            Vec::new()
        } else {
            labels.split('/').map(str::to_owned).collect()
        };
        Ok(if up {
            Step::Up(labels, words)
        } else {
            Step::Down(labels, words)
        })
    }
}

/// Words given as `of,in` or `@list`; every word of a list counts.
pub(crate) fn word_set(text: &str, lists: &Lists) -> Result<Words, String> {
    let mut words = Vec::new();
    for word in text
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        match word.strip_prefix('@') {
            Some(name) => {
                let list = lists
                    .get(name)
                    .ok_or_else(|| format!("there is no list '{name}' in this pack"))?;
                words.extend(list.iter().map(|(word, _)| word.to_owned()));
            }
            None => words.push(word.to_lowercase()),
        }
    }
    words.sort_unstable();
    words.dedup();
    Ok(words)
}

/// Splits outside brackets and quotes; gives each part with its offset.
fn split(text: &str, separator: char) -> impl Iterator<Item = (usize, &str)> {
    let mut parts = Vec::new();
    let (mut from, mut depth, mut quoted) = (0, 0usize, false);
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ if c == separator && depth == 0 && !quoted => {
                parts.push((from, &text[from..at]));
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push((from, &text[from..]));
    parts.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_into_alternatives_unions_and_steps() {
        let path = Path::parse(
            "subj | prep(of,in) pobj + <appos | 'worker'",
            &Lists::default(),
        )
        .expect("a good path");
        let of_in = vec!["in".to_owned(), "of".to_owned()];
        let pobj = Step::Down(vec!["pobj".to_owned()], Vec::new());
        assert_eq!(
            path,
            Path(vec![
                vec![Origin::Steps(vec![Step::Subject(Vec::new())])],
                vec![
                    Origin::Steps(vec![Step::Down(vec!["prep".to_owned()], of_in), pobj]),
                    Origin::Steps(vec![Step::Up(vec!["appos".to_owned()], Vec::new())]),
                ],
                vec![Origin::Literal("worker".to_owned())],
            ])
        );
    }

    #[test]
    fn near_takes_the_prepositions_it_looks_behind() {
        let path = Path::parse("near(at,in) | near", &Lists::default()).expect("a good path");
        let at_in = vec!["at".to_owned(), "in".to_owned()];
        assert_eq!(
            path,
            Path(vec![
                vec![Origin::Steps(vec![Step::Near(at_in)])],
                vec![Origin::Steps(vec![Step::Near(Vec::new())])],
            ])
        );
    }

    #[test]
    fn a_mistake_in_a_path_is_found_where_it_stands() {
        let error =
            Path::parse("subj | prep(of pobj", &Lists::default()).expect_err("an open bracket");
        assert_eq!(
            (error.offset, error.message.as_str()),
            (7, "'prep(of pobj' lacks its closing bracket")
        );
        let error = Path::parse("subj | @nosuch", &Lists::default()).expect_err("an unknown list");
        assert_eq!(error.offset, 7);
    }
}
