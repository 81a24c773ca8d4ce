//! A control that is to be mended, and what all of its steps share.

use crate::desired::{Desired, DesiredControl, OWNER_TAG};
use crate::examine::{Examination, Repair};
use crate::model::Tags;

/// A control with its repair.
pub(super) type Case<'facts> = (&'facts DesiredControl, &'facts Examination, &'facts Repair);

/// Returns the tags of something that is made for `purpose`: a control's id, or `topic`.
pub(super) fn tags(desired: &Desired, purpose: &str) -> Tags {
    let mut tags = desired.tags.clone();
    tags.insert(OWNER_TAG.to_owned(), purpose.to_owned());
    tags
}
