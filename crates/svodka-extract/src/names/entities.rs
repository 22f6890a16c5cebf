//! Which names name the same thing?

use svodka_model::{Entity, EntityId, Mention};
use svodka_pack::NameWords;

use super::Names;
use super::decide::Named;
use super::page::Page;

pub(super) fn resolve(page: &Page<'_>, _pack: &NameWords, named: Vec<Named>) -> Names {
    let mut names = Names::default();
    for name in named {
        let span = page.span(name.candidate.words.clone());
        let text = span.of(page.text).to_owned();
        let id = names
            .entities
            .iter()
            .position(|e: &Entity| e.kind == name.kind && e.name == text)
            .unwrap_or_else(|| {
                let n = names.entities.len();
                names.entities.push(Entity {
                    kind: name.kind,
                    name: text.clone(),
                    slug: format!("e{n}"),
                    names: vec![text.clone()],
                });
                n
            });
        names.mentions.push(Mention {
            span,
            kind: name.kind,
            entity: EntityId(id),
        });
    }
    names
}
