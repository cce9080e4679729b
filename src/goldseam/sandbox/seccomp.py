"""The system calls that no box needs: a deny list in classic BPF, as bubblewrap's `--seccomp` takes it.

A second wall behind the namespaces: what is denied was the road of past kernel escapes, or holds memory that
belongs to no process and so escapes the watchdog. Refused calls answer "not implemented" where programs
know another way (memfd, io_uring, clone3), else "not permitted".
"""

import errno
import os
import struct

CALLS = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "delete_module": (176, 106),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setns": (308, 268),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
"""Not permitted; the numbers of x86_64 and aarch64."""

ABSENT = {
    "clone3": (435, 435),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
}
"""Not implemented."""

CLONE, IOCTL = (56, 220), (16, 29)
NAMESPACE_FLAGS = 0x7E02_0000
"""CLONE_NEW… of user, pid, net, ipc, uts, mount and cgroup."""

TERMINAL_INJECTION = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX."""

MACHINES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16


def program(machine: str | None = None) -> bytes:
    """The filter for a machine; empty where its calls are not known."""
    column, architecture = MACHINES.get(machine or os.uname().machine, (None, 0))
    if column is None:
        return b""
    denied, absent = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, absent),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, 0x4000_0000),
        (_RETURN, 0, 0, absent),
    ]
    for calls, answer in ((CALLS, denied), (ABSENT, absent)):
        for numbers in calls.values():
            lines += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, answer)]
    lines += [
        (_EQUAL, 0, 4, CLONE[column]),
        (_LOAD, 0, 0, _ARGUMENTS),
        (_ANY_BIT, 0, 1, NAMESPACE_FLAGS),
        (_RETURN, 0, 0, denied),
        (_RETURN, 0, 0, _ALLOW),
        (_EQUAL, 0, 4, IOCTL[column]),
        (_LOAD, 0, 0, _ARGUMENTS + 8),
        (_EQUAL, 1, 0, TERMINAL_INJECTION[0]),
        (_EQUAL, 0, 1, TERMINAL_INJECTION[1]),
        (_RETURN, 0, 0, denied),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
