A build without AWS knows no real account.
--- only sandbox
--- run check
--- status 1
--- stderr
error: this build knows no account but the sandbox
hint: pass `--sandbox`, or build with the feature `aws`
