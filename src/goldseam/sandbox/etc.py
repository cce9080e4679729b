"""What a box sees as `/etc`: a few things of the host that programs need, and accounts of its own.

Copied once by the launcher: each bind of bubblewrap costs every box a fraction of a millisecond.
"""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

HOME = "/tmp/home"  # noqa: S108 - the box's own
FROM_HOST = (
    "alternatives",
    "ca-certificates.conf",
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "nsswitch.conf",
    "php",
    "pki/tls/certs",
    "protocols",
    "services",
    "ssl/certs",
    "ssl/openssl.cnf",
    "terminfo",
    "timezone",
)


def write_etc(target: Path, uid: int, gid: int, host: Path = Path("/etc")) -> None:
    """Fill the new folder `target`; what not everybody may read is left out."""
    target.mkdir(0o755)
    for name in FROM_HOST:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            _copy(host / name, target / name)
    for name, text in accounts(uid, gid).items():
        (target / name).write_text(text, encoding="ascii")


def accounts(uid: int, gid: int) -> dict[str, str]:
    nobody = "nobody:x:65534:65534:nobody:/nonexistent:/bin/false\n"
    return {
        "passwd": f"root:x:0:0:root:/root:/bin/sh\nbox:x:{uid}:{gid}:box:{HOME}:/bin/sh\n{nobody}",
        "group": f"root:x:0:\nbox:x:{gid}:\nnogroup:x:65534:\n",
        "hosts": "127.0.0.1 localhost box\n::1 localhost\n",
    }


def _copy(source: Path, target: Path) -> None:
    state = source.lstat()
    if stat.S_ISLNK(state.st_mode):
        target.symlink_to(source.readlink())
    elif stat.S_ISREG(state.st_mode) and state.st_mode & stat.S_IROTH:
        shutil.copyfile(source, target)
    elif stat.S_ISDIR(state.st_mode) and state.st_mode & stat.S_IROTH:
        target.mkdir(0o755)
        for name in os.listdir(source):  # noqa: PTH208 - no needless Path for each
            _copy(source / name, target / name)
