//! Fills the roles of a claim, by a frame's own paths and by what its kind falls back on.

use svodka_model::Filler;
use svodka_model::SmolStr;
use svodka_pack::{Accepts, Frame, Kind, Origin, Path};

use super::scene::Scene;
use super::walk::Start;
use super::{Filled, Refusal, Trigger};

impl Scene<'_> {
    /// The roles with their fillers, in the kind's order: by the frame's own paths, and where these find nothing by the
    /// kind's defaults, which take nothing that has a role already. Nothing if a required role stays empty.
    pub fn roles(
        &self,
        kind: &Kind,
        frame: &Frame,
        start: Start,
        trigger: &Trigger,
    ) -> Result<Vec<Filled>, Refusal> {
        let mut found: Vec<Vec<Filler>> = Vec::new();
        let accepts = |role: &SmolStr| frame.accepts.get(role).or_else(|| kind.roles.get(role));
        let own = kind.roles.keys().map(|role| {
            let path = frame.roles.get(role).zip(accepts(role));
            path.map_or_else(Vec::new, |(path, accepts)| {
                self.follow(path, start, trigger, accepts)
            })
        });
        found.extend(own);
        for (number, role) in kind.roles.keys().enumerate() {
            let path = kind
                .defaults
                .get(role)
                .filter(|_| !frame.without.contains(role));
            let Some((path, accepts)) =
                path.zip(accepts(role)).filter(|_| found[number].is_empty())
            else {
                continue;
            };
            let taken = |filler: &Filler| {
                found.iter().flatten().any(|other| {
                    let named = other.entity.is_some() && other.entity == filler.entity;
                    named || (other.span.is_some() && other.span == filler.span)
                })
            };
            let mut fillers = self.follow(path, start, trigger, accepts);
            fillers.retain(|filler| !taken(filler));
            found[number] = fillers;
        }
        let mut roles = Vec::new();
        for (role, fillers) in kind.roles.keys().zip(found) {
            if !fillers.is_empty() {
                roles.push((role.clone(), fillers));
            } else if kind.required.contains(role) || frame.required.contains(role) {
                return Err(Refusal::Role(role.clone()));
            }
        }
        Ok(roles)
    }

    /// The first alternative of a path that fills the role.
    pub fn follow(
        &self,
        path: &Path,
        start: Start,
        trigger: &Trigger,
        accepts: &Accepts,
    ) -> Vec<Filler> {
        for alternative in &path.0 {
            let mut fillers: Vec<Filler> = Vec::new();
            for origin in alternative {
                let found = match origin {
                    Origin::Steps(steps) => {
                        self.fillers(&self.walk(start, steps, accepts), accepts)
                    }
                    Origin::Literal(words) => vec![Filler {
                        text: words.clone(),
                        span: None,
                        entity: None,
                    }],
                    Origin::Value(list) => {
                        let value = self.valued(trigger, list);
                        value
                            .map(|text| Filler {
                                text,
                                span: None,
                                entity: None,
                            })
                            .into_iter()
                            .collect()
                    }
                };
                fillers.extend(found.into_iter().filter(|filler| !filler.text.is_empty()));
            }
            if accepts.single {
                fillers.truncate(1);
            }
            if !fillers.is_empty() {
                return fillers;
            }
        }
        Vec::new()
    }
}
