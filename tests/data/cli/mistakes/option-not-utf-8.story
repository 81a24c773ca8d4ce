An option need not be text.
--- run check \xff
--- status 64
--- stderr
error: unexpected argument '�' found

Usage: cis-fix check [OPTIONS]

For more information, try '--help'.
