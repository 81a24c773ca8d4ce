//! What can be said to `policy`.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::model::AccountId;
use crate::permissions::Purpose;

/// Print the IAM policy that a command needs
///
/// The policy allows what the command does in this account and nothing else: resources are narrowed to exact names, and what is
/// written is bound by conditions. The account is read for that; with `--log-group` nobody is asked. Names of topics and keys that
/// only a look at the account can tell are left open then.
///
/// `aws iam create-policy --policy-document` takes what is printed.
#[derive(Debug, Args)]
pub(in crate::cli) struct PolicyArgs {
    /// The command
    #[arg(value_name = "COMMAND", value_parser = purpose())]
    pub(in crate::cli) purpose: Purpose,

    /// Do not look at the account: the trail delivers to this log group, an ARN, or a name with `--account` and `--region`
    #[arg(long, value_name = "ARN|NAME")]
    pub(in crate::cli) log_group: Option<String>,

    /// The account of the log group
    #[arg(long, value_name = "ID", requires = "log_group", value_parser = account)]
    pub(in crate::cli) account: Option<AccountId>,
}

fn purpose() -> impl TypedValueParser<Value = Purpose> {
    PossibleValuesParser::new(Purpose::ALL.map(Purpose::as_str))
        .try_map(|name| Purpose::parse(&name).ok_or("there is no such command"))
}

fn account(text: &str) -> Result<AccountId, String> {
    AccountId::parse(text).map_err(|error| format!("expected {}", error.rule))
}
