"""One file a fault code: what it is, its cause, examples broken and mended, how it is found and mended."""
