"""What happens to orders, as records of a log."""

import json
from dataclasses import asdict, dataclass, field


@dataclass
class Event:
    order: int
    kind: str
    data: dict = field(default_factory=dict)

    def to_json(self):
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line):
        return cls(json.loads(line))
