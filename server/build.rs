//! Tells cargo of the folders that macros build into the program.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
    // A debug build reads the web interface from its folder while it runs; a release build carries it.
    if std::env::var("PROFILE").is_ok_and(|p| p == "release") {
        let _ = std::fs::create_dir_all("../web/dist");
        println!("cargo:rerun-if-changed=../web/dist");
    }
}
