"""One file an analyzer: a pure function from a `Case` to `Fault`s."""
