"""Answers of a bounded size: a server that does not stop talking must not fill the memory."""

from collections.abc import AsyncIterator

import httpx2

MAX_ANSWER_BYTES = 16_000_000


async def bounded(response: httpx2.Response) -> None:
    """Hook on a response whose body was not read yet; what was asked for unpacked must come unpacked."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise httpx2.DecodingError("the answer is packed, so its size cannot be bounded")
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = _Bounded(response.stream)


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MAX_ANSWER_BYTES
        async for chunk in self._stream:
            left -= len(chunk)
            if left < 0:
                raise httpx2.DecodingError(f"the answer is longer than {MAX_ANSWER_BYTES // 1_000_000} MB")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
