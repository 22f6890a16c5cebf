//! What a publication says of itself: to people who cite it, and to archives that take it in.

use serde_json::{Value, json};

use super::Publish;

/// A publication's own particulars.
pub struct About {
    pub title: String,
    /// ISO 8601.
    pub date: String,
    /// An SPDX name, or an address.
    pub licence: Option<String>,
    pub creators: Vec<Creator>,
    pub program: String,
    pub reports: u64,
    pub claims: u64,
    /// Whether people who may be alive are withheld; only a policy that shields nobody names them.
    pub shielded: bool,
}

/// Who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creator {
    pub name: String,
    /// An address of ORCID.
    pub orcid: Option<String>,
}

impl Creator {
    /// A name, with the person's ORCID behind it if it is known.
    pub fn read(text: &str) -> Creator {
        let (name, last) = text.trim().rsplit_once(' ').unwrap_or((text.trim(), ""));
        let id = last.rsplit('/').next().unwrap_or(last);
        let is_orcid = id.len() == 19
            && id.split('-').count() == 4
            && id
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'-' || b == b'X');
        match is_orcid {
            true => Creator {
                name: name.trim().to_owned(),
                orcid: Some(format!("https://orcid.org/{id}")),
            },
            false => Creator {
                name: text.trim().to_owned(),
                orcid: None,
            },
        }
    }
}

impl About {
    /// What was asked for, and what the project says otherwise.
    pub fn of(asked: &Publish, project: &Value, newest: &str) -> About {
        let name = project["name"].as_str().unwrap_or_default();
        About {
            title: asked.title.clone().unwrap_or_else(|| name.to_owned()),
            date: match asked.date {
                Some(date) => date.to_string(),
                None => newest.get(..10).unwrap_or(newest).to_owned(),
            },
            licence: asked.licence.clone(),
            creators: asked.creator.iter().map(|it| Creator::read(it)).collect(),
            program: format!("svodka {}", env!("CARGO_PKG_VERSION")),
            reports: project["reports"].as_u64().unwrap_or_default(),
            claims: project["claims"].as_u64().unwrap_or_default(),
            shielded: project["shielded"].as_bool().unwrap_or(true),
        }
    }

    fn description(&self) -> String {
        let living = match self.shielded {
            true => "The names of people who may be alive are replaced by numbers.",
            false => "People who may be alive are named: the project's rule shields nobody.",
        };
        format!(
            "{} claims that {} reports make, each with the words it was read from, the chain of people on whose word it is, and how sure \
             the text is. Every claim is what a report says, not what is known to be true. {living}",
            self.claims, self.reports
        )
    }

    fn is_address(text: &str) -> bool {
        text.starts_with("https://") || text.starts_with("http://")
    }

    /// [RO-Crate](https://www.researchobject.org/ro-crate/) 1.1: what lies where. `files` have their paths, what they are and their media types.
    pub fn crate_metadata(&self, files: &[(String, String, &str)]) -> Value {
        let licence = match &self.licence {
            Some(address) if About::is_address(address) => address.clone(),
            Some(name) => format!("https://spdx.org/licenses/{name}"),
            None => "#rights".to_owned(),
        };
        let rights = json!({"@id": licence, "@type": "CreativeWork",
            "name": self.licence.as_deref().unwrap_or("No licence is given"),
            "description": "The terms under which this may be used. Rights in the reports' texts may be others'."});
        let creators = self.creators.iter().enumerate().map(|(at, creator)| {
            let id = creator
                .orcid
                .clone()
                .unwrap_or_else(|| format!("#creator-{}", at + 1));
            json!({"@id": id, "@type": "Person", "name": creator.name})
        });
        let creators: Vec<Value> = creators.collect();
        let pointer = |it: &Value| json!({"@id": it["@id"]});
        let parts: Vec<Value> = files
            .iter()
            .map(|(path, ..)| json!({"@id": path}))
            .collect();
        let mut root = json!({
            "@id": "./", "@type": "Dataset", "name": self.title, "description": self.description(), "datePublished": self.date,
            "license": {"@id": licence}, "hasPart": parts, "mainEntity": {"@id": "index.html"},
        });
        if !creators.is_empty() {
            root["creator"] = creators.iter().map(pointer).collect();
        }
        let program = json!({"@id": "#svodka", "@type": "SoftwareApplication", "name": "Svodka", "version": env!("CARGO_PKG_VERSION")});
        let made = json!({"@id": "#made", "@type": "CreateAction", "name": "Published with Svodka", "endTime": self.date,
            "instrument": {"@id": "#svodka"}, "result": {"@id": "./"}});
        let mut graph = vec![
            json!({"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}}),
            root,
            rights,
            program,
            made,
        ];
        graph.extend(creators);
        graph.extend(files.iter().map(|(path, what, media)| {
            let sort = if path.ends_with('/') {
                "Dataset"
            } else {
                "File"
            };
            let mut file = json!({"@id": path, "@type": sort, "name": what, "description": what});
            if sort == "File" {
                file["encodingFormat"] = json!(media);
            }
            file
        }));
        json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})
    }

    /// [Citation File Format](https://citation-file-format.github.io) 1.2.0. JSON's strings are strings of YAML too.
    pub fn citation(&self) -> String {
        let mut lines = vec![
            "cff-version: 1.2.0".to_owned(),
            format!(
                "message: {}",
                json!("Cite this collection so; of what a report says, cite the report.")
            ),
            "type: dataset".to_owned(),
            format!("title: {}", json!(self.title)),
            format!("abstract: {}", json!(self.description())),
            format!("date-released: {}", json!(self.date)),
            "authors:".to_owned(),
        ];
        if self.creators.is_empty() {
            lines.push(format!(
                "  - name: {}",
                json!(format!("The editors of {}", self.title))
            ));
        }
        for creator in &self.creators {
            lines.push(format!("  - name: {}", json!(creator.name)));
            lines.extend(
                creator
                    .orcid
                    .iter()
                    .map(|it| format!("    orcid: {}", json!(it))),
            );
        }
        lines.extend(self.licence.iter().map(|it| match About::is_address(it) {
            true => format!("license-url: {}", json!(it)),
            false => format!("license: {}", json!(it)),
        }));
        lines.join("\n") + "\n"
    }

    /// What somebody reads who opens the folder.
    pub fn readme(&self) -> String {
        format!(
            "{}\n\n{}\n\nPut this folder on any web server and open index.html there. To look at it on your own machine, run\n\n    \
             python3 -m http.server\n\nin this folder and open http://localhost:8000/. Browsers do not run such pages straight from a disk.\n\n\
             ro-crate-metadata.json says what lies where, CITATION.cff how to cite it.\n\n{}, {}\n",
            self.title,
            self.description(),
            self.program,
            self.date
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_creator_may_have_an_orcid() {
        let with = |name: &str, id: Option<&str>| Creator {
            name: name.to_owned(),
            orcid: id.map(str::to_owned),
        };
        let orcid = "https://orcid.org/0000-0002-1825-0097";
        assert_eq!(
            Creator::read("Olga Petrova 0000-0002-1825-0097"),
            with("Olga Petrova", Some(orcid))
        );
        assert_eq!(
            Creator::read(&format!("Olga Petrova {orcid}")),
            with("Olga Petrova", Some(orcid))
        );
        assert_eq!(
            Creator::read(" State Archive "),
            with("State Archive", None)
        );
    }
}
