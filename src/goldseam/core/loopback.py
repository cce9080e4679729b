"""Addresses of this machine's loopback."""

import ipaddress

Address = tuple[str, int]


def parse_address(text: str) -> Address:
    """`127.0.0.1:5432`, `localhost:5432` or `[::1]:5432`; `ValueError` for anything else."""
    host, _, port = text.rpartition(":")
    host = {"localhost": "127.0.0.1"}.get(host, host.removeprefix("[").removesuffix("]"))
    try:
        if ipaddress.ip_address(host).is_loopback and 0 < int(port) < 65_536:
            return host, int(port)
    except ValueError:
        pass
    raise ValueError(f"{text!r} is not an address of this machine's loopback with a port, as 127.0.0.1:5432")
