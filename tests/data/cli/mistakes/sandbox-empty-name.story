A sandbox file without a name.
--- run check --sandbox=
--- status 64
--- stderr
error: a value is required for '--sandbox[=<FILE>]' but none was supplied

For more information, try '--help'.
