//! What is not wrong in a pack but can hardly be meant.

use std::collections::BTreeSet;

use toml::{Spanned, Value};

use crate::{Kind, Pack, PackError, PackFile};

/// Looks a sound pack through. `files` are those it was loaded from.
///
/// Remarked on are lists that nothing uses, kinds without wording, rules of one name, rules that can never find
/// anything because nothing fills a role they need, and examples that stand twice.
pub fn lint(pack: &Pack, files: &[PackFile]) -> Vec<PackError> {
    let mut remarks = Vec::new();
    unused_lists(files, &mut remarks);
    for kind in &pack.kinds {
        kind_remarks(pack, kind, files, &mut remarks);
    }
    remarks.sort_by(|a, b| (&a.file, a.position).cmp(&(&b.file, b.position)));
    remarks
}

fn unused_lists(files: &[PackFile], remarks: &mut Vec<PackError>) {
    let frames = || files.iter().filter(|file| file.path.starts_with("frames/"));
    let used = |name: &str| {
        frames().any(|file| {
            file.text.split(&format!("@{name}")).skip(1).any(|rest| {
                !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
            })
        })
    };
    for file in files.iter().filter(|file| file.path.starts_with("lists/")) {
        // A list's name is the key of an array of words or of a table of such arrays.
        let lists = file.parse::<indexmap::IndexMap<Spanned<String>, Value>>();
        for name in lists.into_iter().flat_map(|lists| lists.into_keys()) {
            if !used(name.get_ref()) {
                let message = format!("no frame uses the list '{}'", name.get_ref());
                remarks.push(file.error(name.span().start, message));
            }
        }
    }
}

fn kind_remarks(pack: &Pack, kind: &Kind, files: &[PackFile], remarks: &mut Vec<PackError>) {
    if !pack.kind_words.contains_key(&kind.name) {
        let message = format!(
            "kinds.toml does not say how claims of the kind '{}' are told to people",
            kind.name
        );
        remarks
            .extend(place_of(files, "kind", &kind.name).map(|(file, at)| file.error(at, message)));
    }
    let mut names = BTreeSet::new();
    let mut sentences = BTreeSet::new();
    for frame in &kind.frames {
        let mut remark = |message: String| {
            let place = place_of(files, "name", &frame.name);
            remarks.extend(place.map(|(file, at)| file.error(at, message)));
        };
        if !names.insert(&frame.name) {
            remark(format!(
                "the kind '{}' has two frames '{}'",
                kind.name, frame.name
            ));
        }
        for role in kind.required.iter().chain(&frame.required) {
            if !frame.roles.contains_key(role) && !kind.defaults.contains_key(role) {
                remark(format!(
                    "the frame '{}' finds nothing: nothing fills the role '{role}', which it needs",
                    frame.name
                ));
            }
        }
        for example in frame.examples.iter().chain(&frame.rejects) {
            if !sentences.insert((&frame.name, &example.marked)) {
                remarks.push(PackError {
                    file: example.file.clone(),
                    position: Some(example.position),
                    message: "this example stands twice".to_owned(),
                });
            }
        }
    }
}

/// The last place in a frames file where `key = "value"` stands.
fn place_of<'a>(files: &'a [PackFile], key: &str, value: &str) -> Option<(&'a PackFile, usize)> {
    let line = format!("{key} = \"{value}\"");
    let frames = files.iter().filter(|file| file.path.starts_with("frames/"));
    let mut places = frames.filter_map(|file| Some((file, file.text.rfind(&line)?)));
    places.next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> PackFile {
        PackFile {
            pack: "p".to_owned(),
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    fn remarks(kinds: &str) -> Vec<String> {
        let frames = r#"kind = "gift"
required = ["giver"]
[roles]
giver = "PERSON"
thing = "phrase"
[[frame]]
name = "gives"
trigger = "give"
roles.giver = "subj"
examples = ["He gave. => giver: He", "He gave. => giver: He"]
rejects = ["He took."]
[[frame]]
name = "gives"
trigger = "@giving"
roles.thing = "obj"
examples = ["It gave. => giver: It"]
rejects = ["It took."]
"#;
        let files = [
            file("frames/gift.toml", frames),
            file(
                "lists/words.toml",
                "giving = [\"give\"]\n[giving-back]\nback = [\"return\"]\n",
            ),
            file("kinds.toml", kinds),
        ];
        let lists = crate::Lists::load(&files, &mut Vec::new());
        let kinds = crate::frame::load(&files, &lists, &mut Vec::new());
        let kind_words = crate::kinds::load(&files, &kinds, &mut Vec::new());
        let pack = Pack {
            lists,
            kinds,
            kind_words,
            ..Pack::default()
        };
        lint(&pack, &files)
            .iter()
            .map(PackError::to_string)
            .collect()
    }

    #[test]
    fn what_can_hardly_be_meant_is_remarked_with_its_place() {
        insta::assert_snapshot!(remarks("").join("\n"), @"
        p/frames/gift.toml:1:1: kinds.toml does not say how claims of the kind 'gift' are told to people
        p/frames/gift.toml:10:38: this example stands twice
        p/frames/gift.toml:13:1: the kind 'gift' has two frames 'gives'
        p/frames/gift.toml:13:1: the frame 'gives' finds nothing: nothing fills the role 'giver', which it needs
        p/lists/words.toml:2:2: no frame uses the list 'giving-back'
        ");
        let worded = "[gift]\nheading = \"Gifts\"\nunder = []\nphrase = \"{giver} gave\"\n";
        assert_eq!(remarks(worded).len(), remarks("").len() - 1);
    }
}
