A misspelt control.
--- run controls show root-account-usge
--- status 64
--- stderr
error: `root-account-usge` is not a control
hint: did you mean `root-account-usage`?
