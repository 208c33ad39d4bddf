//! The command `demarche`: reads the arguments, calls the library, prints.
//!
//! Data goes to standard output, words to standard error. Exit codes: 0 done, 1 failed (or done with something left out), 2 wrong usage.
mod args;
mod commands;
mod printer;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use printer::Printer;

fn main() -> ExitCode {
    let args = Args::parse();
    let printer = Printer::new(&args.output);
    let result = match &args.command {
        Command::Build(it) => commands::build::run(it, &args, &printer),
        Command::Extract(it) => commands::extract::run(it, &args, &printer),
        Command::Add(it) => commands::store::add(it, &args, &printer),
        Command::Remove(it) => commands::store::remove(it, &printer),
        Command::Ask(it) => commands::ask::run(it, &printer),
        Command::Query(it) => commands::query::run(it, &printer),
        Command::Export(it) => commands::export::run(it, &printer),
        Command::Report(it) => commands::report::run(it, &printer),
        Command::Verify(it) => commands::verify::run(it, &printer),
        Command::Review(it) => commands::review::run(it, &printer),
        Command::Diff(it) => commands::diff::run(it, &printer),
        Command::Explain(it) => commands::explain::run(it, &args, &printer),
        Command::Serve(it) => commands::serve::run(it, &printer),
        Command::Eval(it) => commands::eval::run(it, &args, &printer),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) if printer::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            Printer::error(&error);
            ExitCode::FAILURE
        }
    }
}
