"""From faults to candidate patches. In: a `Case` and a `Budget`. Out: `Batch`es; verdicts are sent back.

A module each rung of the ladder: `template`, `syntax_search`, `mutation`, `infill`, `rewrite`.

Folders hold what they are made of: `templates` and `mutations` a module each kind of repair, `templating`,
`mutating` and `asking` what these share, `trees` the sources as mutation sees them.
"""
