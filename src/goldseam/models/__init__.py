"""Language models by configuration. In: a `Prompt`. Out: a `Completion`, or a `ModelError`."""
