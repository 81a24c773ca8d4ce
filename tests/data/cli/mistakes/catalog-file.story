A file instead of a folder.
--- file more
--- run controls lint --catalog more
--- status 1
--- stderr
error: could not read the folder `more`: not a directory
