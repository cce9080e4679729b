"""Language models by configuration. In: a `Prompt`. Out: a `Completion`, or an error of the `ModelError` family."""
