"""One file a fault code: what it is, examples broken and mended, its cause, how it is found, what mends it."""
