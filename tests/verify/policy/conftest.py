"""The corpus beside these tests is read by the benchmark too, under the same name."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
