"""The system calls that no box needs: a deny list in classic BPF, as `prctl` and bubblewrap take it.

A second wall behind the namespaces: what is denied was the road of past kernel escapes, or holds memory that
belongs to no process and so escapes the watchdog. Refused calls answer "not implemented" where programs
know another way (memfd, io_uring, clone3), else "not permitted".
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterator, Mapping

from goldseam.sandbox import kernel

NONE = -1

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

ALONE = {
    "io_setup": (206, 0),
    "ioprio_set": (251, 30),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "semget": (64, 190),
    "setpriority": (141, 140),
    "shmat": (30, 196),
    "socket": (41, 198),
}
"""Not permitted where no namespaces keep a box's network and shared memory apart. Pairs of sockets work."""

CHANGES_OF_OWNER_AND_TIME = {
    "chmod": (90, NONE),
    "chown": (92, NONE),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "fremovexattr": (199, 16),
    "fsetxattr": (190, 7),
    "futimesat": (261, NONE),
    "lchown": (94, NONE),
    "lremovexattr": (198, 15),
    "lsetxattr": (189, 6),
    "removexattr": (197, 14),
    "setxattr": (188, 5),
    "utime": (132, NONE),
    "utimensat": (280, 88),
    "utimes": (235, NONE),
}
"""Answered with success and not done, where files outside belong to the box's own user: Landlock watches none
of them, and programs that copy files stop at a refusal."""

OF_PROCESSES = {
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "prlimit64": (302, 261),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
}
"""Permitted for the caller alone: a number of a process could be goldseam's."""

CLONE, IOCTL = (56, 220), (16, 29)
NAMESPACE_FLAGS = 0x7E02_0000
"""CLONE_NEW… of user, pid, net, ipc, uts, mount and cgroup."""

TERMINAL_INJECTION = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX."""

MACHINES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16


Line = tuple[int, int, int, int]


def program(machine: str | None = None, *, alone: bool = False, own_uid: bool = True) -> bytes:
    """The filter for a machine; empty where its calls are not known.

    `alone`: no namespaces stand before it. `own_uid`: the box's user owns nothing outside.
    """
    column, architecture = MACHINES.get(machine or os.uname().machine, (None, 0))
    if column is None:
        return b""
    lines = [
        *_known(architecture),
        *_answers(column, CALLS, errno.EPERM),
        *_answers(column, ABSENT, errno.ENOSYS),
    ]
    if alone:
        lines += [*_answers(column, ALONE, errno.EPERM), *_for_itself(column)]
    if alone and not own_uid:
        lines += _answers(column, CHANGES_OF_OWNER_AND_TIME, 0)
    return b"".join(struct.pack("HBBI", *line) for line in (*lines, *_by_argument(column)))


def install(rules: bytes) -> None:
    """Put the filter on this process and all its children; needs `no_new_privs`."""
    if not rules:
        raise OSError(errno.ENOSYS, f"the system calls of {os.uname().machine} are not known", "seccomp")
    buffer = ctypes.create_string_buffer(rules, len(rules))
    packed = struct.pack("HxxxxxxP", len(rules) // 8, ctypes.addressof(buffer))
    kernel.prctl(kernel.PR_SET_SECCOMP, kernel.SECCOMP_MODE_FILTER, packed)


def _known(architecture: int) -> Iterator[Line]:
    """Nothing but this machine's own calls, none of them by x86's second numbering."""
    absent = _REFUSE | errno.ENOSYS
    yield (_LOAD, 0, 0, _ARCHITECTURE)
    yield (_EQUAL, 1, 0, architecture)
    yield (_RETURN, 0, 0, absent)
    yield (_LOAD, 0, 0, _NUMBER)
    yield (_AT_LEAST, 0, 1, 0x4000_0000)
    yield (_RETURN, 0, 0, absent)


def _answers(column: int, calls: Mapping[str, tuple[int, int]], answer: int) -> Iterator[Line]:
    for numbers in calls.values():
        if numbers[column] != NONE:
            yield (_EQUAL, 0, 1, numbers[column])
            yield (_RETURN, 0, 0, _REFUSE | answer)


def _for_itself(column: int) -> Iterator[Line]:
    for numbers in OF_PROCESSES.values():
        yield (_EQUAL, 0, 4, numbers[column])
        yield (_LOAD, 0, 0, _ARGUMENTS)
        yield (_EQUAL, 1, 0, 0)
        yield (_RETURN, 0, 0, _REFUSE | errno.EPERM)
        yield (_RETURN, 0, 0, _ALLOW)


def _by_argument(column: int) -> Iterator[Line]:
    denied = _REFUSE | errno.EPERM
    yield (_EQUAL, 0, 4, CLONE[column])
    yield (_LOAD, 0, 0, _ARGUMENTS)
    yield (_ANY_BIT, 0, 1, NAMESPACE_FLAGS)
    yield (_RETURN, 0, 0, denied)
    yield (_RETURN, 0, 0, _ALLOW)
    yield (_EQUAL, 0, 4, IOCTL[column])
    yield (_LOAD, 0, 0, _ARGUMENTS + 8)
    yield (_EQUAL, 1, 0, TERMINAL_INJECTION[0])
    yield (_EQUAL, 0, 1, TERMINAL_INJECTION[1])
    yield (_RETURN, 0, 0, denied)
    yield (_RETURN, 0, 0, _ALLOW)
