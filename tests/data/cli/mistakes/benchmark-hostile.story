The value of an option is shown escaped.
--- run check --sandbox --benchmark \u{9b}31m\u{61c}
--- status 64
--- stderr
error: invalid value '\u{9b}31m\u{61c}' for '--benchmark <NAME>'
  [possible values: recommended, cis-1.0.0, cis-1.1.0, cis-1.2.0, cis-1.3.0, cis-1.4.0, cis-1.5.0, cis-2.0.0, cis-3.0.0, cis-4.0.0, cis-4.0.1, cis-5.0.0, cis-6.0.0, cis-7.0.0, security-hub]

For more information, try '--help'.
