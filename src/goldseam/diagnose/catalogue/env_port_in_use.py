"""ENV.PORT_IN_USE: the port is taken."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.ENV_PORT_IN_USE,
    title="The port is taken",
    cause="Another process, often an earlier run of the same program, listens on the port.",
    hint="end the process that holds the port, or choose another one",
    found_by={
        "python": '"Address already in use" of a run',
        "javascript": "EADDRINUSE of a run",
        "php": '"Address already in use" of a run',
    },
    examples=(
        Example(
            language="python",
            broken="""\
import socket

first, second = socket.socket(), socket.socket()
first.bind(("127.0.0.1", 8471))
first.listen()
second.bind(("127.0.0.1", 8471))
""",
            mended="""\
import socket

first, second = socket.socket(), socket.socket()
first.bind(("127.0.0.1", 8471))
first.listen()
second.bind(("127.0.0.1", 0))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const net = require("node:net");
const [first, second] = [net.createServer(), net.createServer()];
const stop = () => [first, second].forEach((server) => server.close());
first.listen(8472, "127.0.0.1", () => second.listen(8472, "127.0.0.1", stop));
""",
            mended="""\
const net = require("node:net");
const [first, second] = [net.createServer(), net.createServer()];
const stop = () => [first, second].forEach((server) => server.close());
first.listen(8472, "127.0.0.1", () => second.listen(0, "127.0.0.1", stop));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$first = stream_socket_server("tcp://127.0.0.1:8473");
$second = @stream_socket_server("tcp://127.0.0.1:8473", $code, $message) or exit(1);
""",
            mended="""\
<?php
$first = stream_socket_server("tcp://127.0.0.1:8473");
$second = stream_socket_server("tcp://127.0.0.1:0", $code, $message);
""",
        ),
    ),
    rungs=(),
    unserved="nothing in the code is wrong; which process may be ended is the owner's decision",
)
