"""SYN.PASTED_TEXT: text that is no code."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_PASTED_TEXT,
    title="Text that is no code",
    cause="A fence of Markdown, a prompt (`>>>`), line numbers or a sentence was copied along with the code.",
    hint="remove the lines that are no code",
    found_by={
        "python": "lines that are a fence, a prompt or prose; without them the file parses",
        "javascript": "lines that are a fence, a prompt or prose; without them the file parses",
        "php": "lines that are a fence, a prompt or prose; without them the file parses",
    },
    examples=(
        Example(
            language="python",
            broken="""\
Here is the corrected version:
```python
print("ready")
```
""",
            mended="""\
print("ready")
""",
        ),
        Example(
            language="javascript",
            broken="""\
Here is the corrected version:
```js
console.log("ready");
```
""",
            mended="""\
console.log("ready");
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
Here is the corrected version:
echo "ready";
""",
            mended="""\
<?php
echo "ready";
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
