A control without a name.
--- run check --sandbox --control ''
--- status 64
--- stderr
error: a value is required for '--control <ID|NUMBER>' but none was supplied

For more information, try '--help'.
