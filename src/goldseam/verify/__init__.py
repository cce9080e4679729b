"""From candidates to verdicts. In: a `Snapshot`. Out: a `Verdict` by the one oracle."""
