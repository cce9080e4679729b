"""From observations to faults, before any model is asked. In: a `Case`. Out: ranked `Fault`s."""
