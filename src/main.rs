//! The program: the command line goes in, an exit code comes out.

use std::process::ExitCode;

use clap::Parser;
use essai::cli::Arguments;
use essai::command::{self, Exit};

fn main() -> ExitCode {
    let exit = command::run(Arguments::parse()).unwrap_or_else(|wrong_call| {
        // The reader of our words may have gone away, which is no reason to panic.
        let _ = wrong_call.print();
        Exit::WrongCall
    });
    ExitCode::from(exit.code())
}
