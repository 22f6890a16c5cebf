//! The pack is part of the program: when a file of it comes, goes or changes, the program is built anew.

fn main() {
    println!("cargo::rerun-if-changed=../../packs");
}
