"""Sources, a queue and workers that share results."""

import asyncio
import time
from collections import Counter


class Source:
    def __init__(self, name, entries):
        self.name = name
        self.entries = entries
        self.position = 0

    async def next_entry(self):
        await asyncio.sleep(0)
        if self.position >= len(self.entries):
            return None
        entry = self.entries[self.position]
        self.position += 1
        return entry


class Store:
    def __init__(self):
        self.rows = []
        self.seen = set()

    async def save(self, row):
        await asyncio.sleep(0)
        if row["id"] in self.seen:
            return False
        self.seen.add(row["id"])
        self.rows.append(row)
        return True

    async def count(self):
        await asyncio.sleep(0)
        return len(self.rows)


async def clean(entry):
    await asyncio.sleep(0)
    words = entry["text"].lower().split()
    return {"id": entry["id"], "words": words, "size": len(words)}


async def read_all(source, queue):
    sent = 0
    while True:
        entry = await source.next_entry()
        if entry is None:
            break
        await queue.put(entry)
        sent += 1
    return sent


async def work(queue, store, counter):
    done = 0
    while not queue.empty():
        entry = await queue.get()
        row = await clean(entry)
        stored = await store.save(row)
        if stored:
            counter.update(row["words"])
            done = done + 1
    return done


async def run(sources):
    queue, store, counter = asyncio.Queue(), Store(), Counter()
    started = time.monotonic()
    sent = [await read_all(source, queue) for source in sources]
    done = await asyncio.gather(work(queue, store, counter), work(queue, store, counter))
    total = await store.count()
    elapsed = time.monotonic() - started
    return {"sent": sum(sent), "done": sum(done), "total": total, "fast": elapsed < 30, "counter": counter}
