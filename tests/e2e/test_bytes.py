"""Bytes outside the repaired lines stay what they were, through the real command line."""

import os
import stat

import pytest

from goldseam.core.source import UTF8_BOM, with_newlines

pytestmark = pytest.mark.sandbox

FILES = {
    "crlf": b"import sys\r\ndef f()\r\n    return sys\r\n",
    "mark": b"\xef\xbb\xbfimport sys\ndef f()\n    return sys\n",
    "mark and crlf": b"\xef\xbb\xbfimport sys\r\ndef f()\r\n    return sys",
    "latin-1": b"# -*- coding: latin-1 -*-\nNAME = 'caf\xe9 \xa4'\ndef f()\n    return NAME\n",
    "no final newline": b"import sys\ndef f()\n    return sys",
    "mixed": b"import sys\r\ndef f()\n    return sys\r\n",
    "tabs and trailing blanks": b"import sys  \n\t\ndef f()\n\treturn sys \t\n\n\n",
    "form feed": b"import sys\n\x0c\ndef f()\n    return sys\n",
    "old mac": b"import sys\rdef f()\r    return sys\r",
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_only_the_colon_is_added(work, data):
    work.write("job.py", data)
    plain = with_newlines(data.removeprefix(UTF8_BOM), b"\n").replace(b"f()", b"f():")
    text = plain.decode("latin-1" if b"latin-1" in data else "utf-8")
    work.answer("\n".join(line.rstrip() for line in text.split("\n")))
    code, result = work.result("heal", "job.py", "--rungs", "rewrite_file")
    assert (code, result["outcome"]) == (0, "healed")
    assert work.read("job.py") == data.replace(b"f()", b"f():")


@pytest.mark.parametrize("mode", [0o755, 0o600, 0o664, 0o4755])
def test_mode_and_owner_stay(work, mode):
    file = work.write("job.py", FILES["crlf"])
    if os.geteuid() == 0:
        os.chown(file, 1234, 2345)
    file.chmod(mode)
    before = file.stat()
    work.answer("import sys\ndef f():\n    return sys\n")
    code, _ = work.result("heal", "job.py", "--rungs", "rewrite_file")
    after = file.stat()
    assert code == 0
    assert stat.S_IMODE(after.st_mode) == mode
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_a_link_stays_a_link_and_its_target_is_healed(work):
    target = work.write("real/job.py", FILES["crlf"])
    (work.root / "job.py").symlink_to("real/job.py")
    work.answer("import sys\ndef f():\n    return sys\n")
    code, _ = work.result("heal", "job.py", "--rungs", "rewrite_file")
    assert code == 0
    assert (work.root / "job.py").readlink().as_posix() == "real/job.py"
    assert target.read_bytes() == FILES["crlf"].replace(b"f()", b"f():")
    assert work.names() == {"goldseam.toml", "job.py", "real/job.py"}


def test_a_link_in_a_chain_of_folders(work):
    target = work.write("v2/src/job.py", FILES["mark"])
    (work.root / "current").symlink_to("v2")
    work.answer("import sys\ndef f():\n    return sys\n")
    code, _ = work.result("heal", "current/src/job.py", "--rungs", "rewrite_file")
    assert code == 0
    assert target.read_bytes() == FILES["mark"].replace(b"f()", b"f():")
