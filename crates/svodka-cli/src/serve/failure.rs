//! What is said when a request cannot be answered: one form for all.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use svodka::store::StoreError;
use utoipa::ToSchema;

use super::shape::Decision;
use crate::problem::Problem;
use crate::project;

/// Why a request was not answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct Wrong {
    /// For programs: stays the same from version to version.
    #[schema(example = "unknown")]
    pub code: &'static str,
    /// What went wrong, in words.
    pub what: String,
    /// What to do about it; may be empty.
    pub remedy: String,
    /// With the code `meanwhile`: what others decided on the claim; nothing was kept of what was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
}

/// A request that could not be answered.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    wrong: Wrong,
}

impl Failure {
    /// With its status, its code and its words.
    pub fn new(status: StatusCode, code: &'static str, what: impl Into<String>) -> Failure {
        let wrong = Wrong {
            code,
            what: what.into(),
            remedy: String::new(),
            decisions: Vec::new(),
        };
        Failure { status, wrong }
    }

    /// Says what to do about it.
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Failure {
        self.wrong.remedy = remedy.into();
        self
    }

    /// Its status, and in words what went wrong and what to do about it.
    pub fn told(&self) -> (StatusCode, String) {
        let Wrong { what, remedy, .. } = &self.wrong;
        let told = match remedy.is_empty() {
            true => what.clone(),
            false => format!("{what}: {remedy}"),
        };
        (self.status, told)
    }

    /// A request that asks for what cannot be.
    pub fn wrong(what: impl Into<String>) -> Failure {
        Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong", what)
    }

    /// A path that leads nowhere.
    pub fn nowhere() -> Failure {
        Failure::new(StatusCode::NOT_FOUND, "unknown", "there is no such path")
            .with_remedy("/api/openapi.json lists the paths")
    }

    /// Somebody who may not do this.
    pub fn forbidden(what: impl Into<String>) -> Failure {
        Failure::new(StatusCode::FORBIDDEN, "forbidden", what)
    }

    /// The program failed.
    pub fn broken() -> Failure {
        let what = "the program broke off; nothing of this was kept";
        Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", what)
            .with_remedy("ask again; then run `svodka check`")
    }

    /// Somebody has judged the claim meanwhile.
    pub fn meanwhile(decisions: Vec<Decision>) -> Failure {
        let what = "somebody has judged this claim meanwhile; nothing was kept";
        let mut failure = Failure::new(StatusCode::CONFLICT, "meanwhile", what).with_remedy(
            "look at what they decided; send yours again with the newest `seen` if it still holds",
        );
        failure.wrong.decisions = decisions;
        failure
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let status = match &error {
            StoreError::Unknown { .. } | StoreError::Missing(_) => StatusCode::NOT_FOUND,
            StoreError::Contradiction { .. }
            | StoreError::Ambiguous { .. }
            | StoreError::NotUndoable { .. }
            | StoreError::Exists(_) => StatusCode::CONFLICT,
            StoreError::Held(_) => StatusCode::SERVICE_UNAVAILABLE,
            StoreError::Full | StoreError::ReadOnly | StoreError::Disk(_) => {
                StatusCode::INSUFFICIENT_STORAGE
            }
            StoreError::NoCorrection(_) | StoreError::Itself(_) | StoreError::EmptySearch => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let problem = project::problem(&error);
        Failure::new(status, error.code(), problem.what())
            .with_remedy(problem.remedy().unwrap_or_default())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Failure::new(status, "set-up", problem.what())
            .with_remedy(problem.remedy().unwrap_or_default())
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Failure {
        Failure::new(rejection.status(), "wrong", rejection.body_text())
    }
}

impl From<QueryRejection> for Failure {
    fn from(rejection: QueryRejection) -> Failure {
        Failure::new(rejection.status(), "wrong", rejection.body_text())
    }
}

impl From<PathRejection> for Failure {
    fn from(rejection: PathRejection) -> Failure {
        Failure::new(rejection.status(), "wrong", rejection.body_text())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, Json(self.wrong)).into_response()
    }
}
