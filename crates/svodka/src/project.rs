//! What stands between a reading engine and a project file: which report is known by what, how a file becomes a report to be kept,
//! and how one that is kept is read again.

use std::path::{Component, Path};

use svodka_ingest::Document;
use svodka_model::{CodePoints, Contract, Edtf, OriginOut};
use svodka_pack::{LifeWord, Pack};
use svodka_store::{LifeRule, NewReport, Rule};

use crate::engine::date_given;
use crate::{Engine, ReadOptions, Reading};

/// What a report is known by in a project: its path from the project's folder, or the whole path if it lies elsewhere, with `/`
/// between folders. Both paths are to be absolute.
pub fn label(project: &Path, report: &Path) -> String {
    let folder = project.parent().unwrap_or(project);
    let path = report.strip_prefix(folder).unwrap_or(report);
    let parts = path.components().map(|part| match part {
        Component::RootDir => String::new(),
        other => other.as_os_str().to_string_lossy().into_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The SHA-256 by which a project knows the bytes of a file.
pub fn sha256(bytes: &[u8]) -> String {
    svodka_ingest::sha256(bytes)
}

/// The rule for people who may be alive that a project of a pack begins with: the program's own, with births and deaths as the pack tells
/// them.
pub fn rule(pack: &Pack) -> Rule {
    let told = |words: &[LifeWord]| {
        let any = |name: &Option<String>| name.clone().unwrap_or_else(|| "*".to_owned());
        let rules = words.iter().map(|word| LifeRule {
            kind: any(&word.kind),
            role: any(&word.role),
            with: None,
            behind: word.behind.clone(),
            before: word.before.clone(),
            not_behind: word.not_behind.clone(),
            between: word.between.clone(),
            unless: word.unless.clone(),
        });
        rules.collect()
    };
    Rule {
        births: told(&pack.life.birth),
        deaths: told(&pack.life.death),
        ..Rule::default()
    }
}

impl Engine {
    /// Reads what a file brought into a report to be kept; `date` is the reader's own word. `extend` may add claims to what was read.
    pub fn report(
        &self,
        label: &str,
        document: Document,
        date: Option<Edtf>,
        extend: &mut dyn FnMut(&Reading, &mut Contract),
    ) -> NewReport {
        // Kept with the report, since the file is not: it is read once more without it.
        let date = date.or_else(|| date_given(&document));
        let origins = origins(&document);
        let reading = self.reading(document, label, date.clone());
        let mut contract = reading.contract();
        contract.report.origins = origins;
        extend(&reading, &mut contract);
        NewReport {
            label: label.to_owned(),
            contract,
            date,
            by: self.provenance().clone(),
        }
    }

    /// Reads a report that is kept once more; `date` is what was given when it was added.
    pub fn reread(&self, kept: &Contract, date: Option<Edtf>) -> Contract {
        let text = Document::kept(kept.text.clone(), kept.report.sha256.clone());
        let mut contract = self.reading(text, &kept.report.source, date).contract();
        // What was told beside the text is not in it to be found again.
        let (old, new) = (&kept.report, &mut contract.report);
        new.compiler.clone_from(&old.compiler);
        new.addressee.clone_from(&old.addressee);
        new.repository.clone_from(&old.repository);
        new.reference.clone_from(&old.reference);
        new.origins.clone_from(&old.origins);
        let words = kept.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if old
            .title
            .as_ref()
            .is_some_and(|title| !words.contains(title.as_str()))
        {
            new.title.clone_from(&old.title);
        }
        svodka_store::carry(kept, &mut contract);
        contract
    }

    fn reading(&self, text: Document, source: &str, date: Option<Edtf>) -> Reading {
        let options = ReadOptions {
            date,
            source: source.to_owned(),
        };
        self.read(text, &options)
    }
}

/// Where a document's words stand in its original; nothing if the lines of the text are those of the original.
fn origins(document: &Document) -> Vec<OriginOut> {
    let (text, map) = (document.text.as_str(), &document.map);
    let points = CodePoints::new(text);
    let mut origins: Vec<OriginOut> = Vec::new();
    let (mut line, mut at) = (1, 0);
    let mut as_text = true;
    for start in map.starts() {
        line += text
            .get(at..start)
            .unwrap_or_default()
            .matches('\n')
            .count();
        at = start;
        let found = map.origin(start);
        as_text &= found.page.is_none()
            && found.paragraph.is_none()
            && found.part.is_none()
            && found.line.is_none_or(|it| it as usize == line);
        let origin = OriginOut {
            start: points.of_byte(start),
            part: found.part,
            page: found.page_label.or(found.page.map(|page| page.to_string())),
            line: found.line,
            paragraph: found.paragraph,
        };
        // Elements divide what stands at one place.
        let same = |last: &OriginOut| {
            let start = last.start;
            *last
                == OriginOut {
                    start,
                    ..origin.clone()
                }
        };
        if !origins.last().is_some_and(same) {
            origins.push(origin);
        }
    }
    if as_text { Vec::new() } else { origins }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_known_by_its_path_from_the_project() {
        let label = |report: &str| label(Path::new("/home/me/work.svodka"), Path::new(report));
        assert_eq!(label("/home/me/1923/a.txt"), "1923/a.txt");
        assert_eq!(label("/mnt/archive/a.txt"), "/mnt/archive/a.txt");
    }
}
