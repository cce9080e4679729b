"""The tests here share corpora: `hostile.py` and `planted.py`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
