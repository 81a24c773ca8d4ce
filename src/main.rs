//! The `cis-fix` command.

use cis_fix::cli::{self, Exit};

fn main() -> Exit {
    cli::run(std::env::args_os())
}
