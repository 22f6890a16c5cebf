//! Finds the model and the pack.

use std::path::{Path, PathBuf};

use svodka::{
    Engine, KindWords, LoadError, ModelError, Pack, PackError, PackFile, PackSourceError,
};

use crate::args::Means;
use crate::problem::{Problem, Status};

/// The model that is looked for when none is named.
const MODEL: &str = "en_core_web_sm-3.8.0";

/// The engine that the arguments ask for.
pub fn engine(means: &Means) -> Result<Engine, Problem> {
    if let Some(threads) = means.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        pool.build_global().map_err(|error| {
            Problem::new(
                Status::Usage,
                format!("{threads} threads cannot be started: {error}"),
            )
        })?;
    }
    let files = pack(means.pack.as_deref())?;
    load(means.model.as_deref(), &files)
}

/// The files of the pack in `folder`, or of the built-in one.
pub fn pack(folder: Option<&Path>) -> Result<Vec<PackFile>, Problem> {
    let Some(folder) = folder else {
        return Ok(svodka::built_in_pack());
    };
    svodka::pack_from(folder).map_err(|error| match error {
        PackSourceError::Unreadable { .. } => {
            Problem::new(Status::NoInput, format!("the pack cannot be read: {error}"))
                .with_remedy("give a pack's folder; `svodka pack new DIR` makes one to begin with")
        }
        other => Problem::new(Status::Data, other.to_string())
            .with_remedy("see pack.toml, and docs/packs.md on the packs that a pack builds on"),
    })
}

/// The built-in pack: how it words each kind of claim, and by what it compares claims.
pub fn built_in() -> Result<Pack, Problem> {
    Pack::load(&svodka::built_in_pack()).map_err(|mistakes| pack_problem(&mistakes))
}

/// How the built-in pack words each kind of claim.
pub fn words() -> Result<KindWords, Problem> {
    Ok(built_in()?.kind_words)
}

/// The engine of this pack and the model at `model`, or of the model at one of the usual places.
pub fn load(model: Option<&Path>, pack: &[PackFile]) -> Result<Engine, Problem> {
    let model = match model {
        Some(model) => model.to_path_buf(),
        None => find_model()?,
    };
    Engine::load(&model, pack).map_err(|error| match error {
        LoadError::Pack(mistakes) => pack_problem(&mistakes),
        LoadError::Model(error @ ModelError::Missing { .. }) => missing(error.to_string()),
        LoadError::Model(error @ ModelError::Altered { .. }) => {
            Problem::new(Status::Data, error.to_string()).with_remedy(FETCH)
        }
        other => Problem::new(Status::Data, other.to_string()).with_remedy(FETCH),
    })
}

const FETCH: &str = "run `make models`, which fetches the model anew and checks it, or name another with --model DIR";

fn missing(what: String) -> Problem {
    Problem::new(Status::NoInput, what).with_remedy(
        "run `make models`, which fetches it, or name its folder with --model DIR or SVODKA_MODEL",
    )
}

/// The mistakes of a pack, one a line, each as a path that an editor can open.
pub fn pack_problem(mistakes: &[PackError]) -> Problem {
    let number = mistakes.len();
    let mut what = format!(
        "the pack has {number} mistake{}",
        if number == 1 { "" } else { "s" }
    );
    for mistake in mistakes {
        what += &format!("\n        {mistake}");
    }
    Problem::new(Status::Data, what)
}

/// Beside the program, then in the working folder, then where a build inside the repository finds it.
fn find_model() -> Result<PathBuf, Problem> {
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let mut places: Vec<PathBuf> = beside
        .map(|folder| folder.join("models"))
        .into_iter()
        .collect();
    places.push(PathBuf::from("models"));
    // target/release/svodka and, for the test runner, target/debug/deps/…
    places.extend(beside.into_iter().flat_map(|folder| {
        let up = [folder.join("../../models"), folder.join("../../../models")];
        up.into_iter()
    }));
    let found = places
        .iter()
        .map(|place| place.join(MODEL))
        .find(|model| model.is_dir());
    found.ok_or_else(|| {
        missing(format!(
            "there is no language model ({MODEL}) beside the program or in ./models"
        ))
    })
}
