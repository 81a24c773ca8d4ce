`controls show` must be told what.
--- run controls show
--- status 64
--- stderr
error: the following required arguments were not provided:
  <ID|NUMBER>

Usage: cis-fix controls show <ID|NUMBER>

For more information, try '--help'.
