A Region that cannot be one.
--- run check --sandbox --region moon
--- status 64
--- stderr
error: invalid value 'moon' for '--region <REGION>': expected lower-case letters, digits and hyphens, such as `eu-central-1`

For more information, try '--help'.
