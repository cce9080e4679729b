"""A script that is run in a started interpreter does what it does when an interpreter starts with it."""

import subprocess
import sys
from pathlib import Path

import pytest

WORKERS = Path(__file__).parents[2] / "src" / "goldseam" / "languages" / "workers"
DIRECT = (
    "import sys; sys.path.insert(0, {!r}); import python_screen_main as m;"
    " m.run([sys.executable, {!r}, 'a b'])"
)
SCRIPTS = {
    "ends well": "print('done')\n",
    "an exit code": "import sys\nprint('before')\nsys.exit(3)\n",
    "a large exit code": "import sys\nsys.exit(258)\n",
    "a text as exit code": "import sys\nsys.exit('no such customer')\n",
    "no exit code": "import sys\nsys.exit()\n",
    "an error": "def f(x):\n    return 1 / x\n\n\nprint('start')\nf(0)\n",
    "chained errors": "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('bad') from e\n",
    "does not parse": "print('never')\nx = (1,\n",
    "words": "import sys\nprint(sys.argv[1:], sys.argv[0].endswith('script.py'))\n",
    "its name and place": "import os\nprint(__name__, os.path.basename(__file__), __spec__, __doc__)\n",
    "a module beside it": "import beside\nprint(beside.VALUE)\n",
    "a guard": "def main():\n    print('main')\n\n\nif __name__ == '__main__':\n    main()\n",
    "its own class": "import pickle\n\nclass A:\n    x = 1\n\nprint(pickle.loads(pickle.dumps(A())).x)\n",
    "annotations": "from dataclasses import dataclass\n\nlimit: int = 3\n\n"
    "@dataclass\nclass A:\n    x: int\n\nprint(A(limit), __annotations__)\n",
    "threads and handlers at exit": "import atexit, threading, time\n\natexit.register(print, 'last')\n\n\n"
    "def work():\n    time.sleep(0.1)\n    print('worked')\n\n\n"
    "threading.Thread(target=work).start()\nprint('main')\n",
    "what is not flushed": "import sys\nsys.stdout.write('no line end')\n",
    "another encoding": "# -*- coding: latin-1 -*-\nprint(len('\u00e9'))\n",
    "a warning": "import warnings\nwarnings.warn('old', stacklevel=1)\n",
}


@pytest.mark.parametrize("source", SCRIPTS.values(), ids=SCRIPTS)
def test_it_ends_and_prints_as_it_does_alone(tmp_path: Path, source: str) -> None:
    (tmp_path / "beside.py").write_text("VALUE = 7\n")
    encoding = "latin-1" if "latin-1" in source else "utf-8"
    (tmp_path / "script.py").write_text(source, encoding)
    ways = (["script.py", "a b"], ["-c", DIRECT.format(str(WORKERS), "script.py")])
    alone, direct = (
        subprocess.run([sys.executable, *words], cwd=tmp_path, capture_output=True, check=False)
        for words in ways
    )
    assert (direct.returncode, direct.stdout) == (alone.returncode, alone.stdout)
    assert direct.stderr == alone.stderr
