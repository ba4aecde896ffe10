//! The theme is embedded in the binary: a file that is added to it makes a new binary.

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=static");
}
