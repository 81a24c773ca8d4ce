//! What is said when the program has a fault: where it is, and nothing that it was working on.

use std::panic::{self, Location};

use super::terminal::say;

/// Lets a panic be told without its message, which may hold a secret.
pub(super) fn tell_discreetly() {
    panic::set_hook(Box::new(|info| say(&told(info.location()))));
}

/// Returns what is told of a panic at a place of the source.
fn told(place: Option<&Location<'_>>) -> String {
    let place = place.map_or_else(
        || "an unknown place".to_owned(),
        |place| format!("{}:{}", place.file(), place.line()),
    );
    format!(
        "error: cis-fix {} has a fault at {place} and stops\n\
         hint: please report this place and the command; what was written is in the journal, and running the \
         command again completes it\n",
        env!("CARGO_PKG_VERSION")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_by_its_place_alone() {
        let told = told(Some(Location::caller()));
        assert!(told.contains("src/cli/panic.rs:"), "{told}");
        assert!(told.contains("please report"), "{told}");
    }

    #[test]
    fn the_message_of_a_panic_is_not_told() {
        // The message is not even given to what tells.
        let _: fn(Option<&Location<'_>>) -> String = super::told;
    }
}
