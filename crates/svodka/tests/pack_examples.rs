//! One test for each example and reject of the built-in pack, named by its frame and place.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let files = svodka::built_in_pack();
    let pack =
        Arc::new(svodka::Pack::load(&files).unwrap_or_else(|mistakes| panic!("{mistakes:#?}")));
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told where the model is"
    )]
    let named = env::var("SVODKA_MODEL").map(PathBuf::from);
    let model = named.unwrap_or_else(|_| {
        PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../models/en_core_web_sm-3.8.0"
        ))
    });
    let engine = svodka::Engine::load(&model, &files);
    let engine =
        Arc::new(engine.unwrap_or_else(|error| panic!("{error}; `make models` fetches the model")));
    let cases = svodka::cases(&pack).len();
    let trials = (0..cases).map(|number| {
        let (pack, engine) = (Arc::clone(&pack), Arc::clone(&engine));
        let case = &svodka::cases(&pack)[number];
        let name = format!("{} {}", case.place(), case.frame);
        Trial::test(name, move || {
            let case = &svodka::cases(&pack)[number];
            engine
                .check(case)
                .map_err(|found| Failed::from(format!("{}\n{found}", case.example.marked)))
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}
