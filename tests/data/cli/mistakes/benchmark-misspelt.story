A benchmark without its dots.
--- run check --sandbox --benchmark cis-3.0
--- status 64
--- stderr
error: invalid value 'cis-3.0' for '--benchmark <NAME>'
  [possible values: recommended, cis-1.0.0, cis-1.1.0, cis-1.2.0, cis-1.3.0, cis-1.4.0, cis-1.5.0, cis-2.0.0, cis-3.0.0, cis-4.0.0, cis-4.0.1, cis-5.0.0, cis-6.0.0, cis-7.0.0, security-hub]

  tip: a similar value exists: 'cis-3.0.0'

For more information, try '--help'.
