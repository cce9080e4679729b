"""From faults to candidate patches. In: a `Case` and a `Budget`. Out: `Batch`es; verdicts are sent back."""
