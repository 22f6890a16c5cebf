//! Takes three faces of Libertinus Serif out of a crate that carries many fonts, so that the program carries no others.

use std::path::Path;
use std::{env, fs, io};

const FACES: [&str; 3] = [
    "LibertinusSerif-Regular",
    "LibertinusSerif-Italic",
    "LibertinusSerif-Bold",
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    #[expect(
        clippy::disallowed_methods,
        reason = "this is how cargo says where to write"
    )]
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    for face in FACES {
        // The name of an OpenType font with PostScript outlines stands in it in ASCII, ended by what is no letter of it.
        let named = |font: &&[u8]| {
            let mut windows = font.windows(face.len() + 1);
            windows
                .any(|it| it.starts_with(face.as_bytes()) && !it[face.len()].is_ascii_alphabetic())
        };
        let font = typst_assets::fonts().find(named);
        let font = font.ok_or_else(|| io::Error::other(format!("there is no {face}")))?;
        fs::write(Path::new(&out).join(format!("{face}.otf")), font)?;
    }
    Ok(())
}
