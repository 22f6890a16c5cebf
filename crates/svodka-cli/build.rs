//! Copies the page, if `make web` has built it, to where the program takes it in; the program builds without it too.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let page = here.join("../../web/dist");
    #[expect(
        clippy::disallowed_methods,
        reason = "this is how cargo says where to write"
    )]
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out).join("page");
    println!(
        "cargo::rerun-if-changed={}",
        here.join("../../web/dist").display()
    );
    println!("cargo::rerun-if-changed=build.rs");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(&out)?;
    if page.is_dir() {
        copy(&page, &out)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}
