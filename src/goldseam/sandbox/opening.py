"""One address of the host's loopback, opened into a box that has no other network.

The box's network is made by its keeper; a *porter*, forked before and so still in the host's network, carries
bytes between the two.
"""

import fcntl
import os
import signal
import socket
import struct
import threading
from collections.abc import Sequence
from contextlib import suppress

from goldseam.core.loopback import Address
from goldseam.sandbox import kernel

_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x41
_CONNECTIONS = 64
_PIECE = 1 << 16


def open_network(addresses: Sequence[Address], uid: int, gid: int) -> None:
    """Give this process, and all it starts from now on, a network where only `addresses` answer."""
    ours, theirs = socket.socketpair()
    keeper = os.getpid()
    if os.fork() == 0:
        try:
            ours.close()
            _carry(theirs, addresses, keeper, uid, gid)
        finally:
            os._exit(0)
    theirs.close()
    with ours:
        kernel.unshare(kernel.CLONE_NEWNET)
        _bring_loopback_up()
        listening = [_listen(address) for address in addresses]
        socket.send_fds(ours, [b"all"], [each.fileno() for each in listening])
        for each in listening:
            each.close()


def _bring_loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH22x", b"lo", _UP_AND_RUNNING))


def _listen(address: Address) -> socket.socket:
    listening = socket.socket(_family(address))
    listening.bind(address)
    listening.listen(_CONNECTIONS)
    return listening


def _family(address: Address) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address[0] else socket.AF_INET


def _carry(line: socket.socket, addresses: Sequence[Address], keeper: int, uid: int, gid: int) -> None:
    """The porter, until its keeper ends it."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != keeper:
        return
    _, descriptors, _, _ = socket.recv_fds(line, 16, len(addresses))
    free = threading.BoundedSemaphore(_CONNECTIONS)
    doors = [
        threading.Thread(target=_attend, args=(socket.socket(fileno=descriptor), address, free))
        for descriptor, address in zip(descriptors, addresses, strict=True)
    ]
    for door in doors:
        door.start()
    for door in doors:
        door.join()


def _attend(listening: socket.socket, address: Address, free: threading.BoundedSemaphore) -> None:
    while True:
        free.acquire()
        inside, _ = listening.accept()
        threading.Thread(target=_join, args=(inside, address, free), daemon=True).start()


def _join(inside: socket.socket, address: Address, free: threading.BoundedSemaphore) -> None:
    try:
        with inside, suppress(OSError), socket.socket(_family(address)) as outside:
            outside.connect(address)
            back = threading.Thread(target=_copy, args=(outside, inside), daemon=True)
            back.start()
            _copy(inside, outside)
            back.join()
    finally:
        free.release()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(_PIECE):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
