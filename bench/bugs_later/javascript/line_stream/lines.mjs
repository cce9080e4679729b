// reads text that comes in chunks, as sockets and files send them

export async function* lines(chunks) {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of chunks) {
      const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
      const lines = text.split("\n");
      rest = lines.pop();
      for (const line of lines) {
        yield line.replace(/\r$/, "");
      }
    }
}

export async function* records(chunks) {
  let number = 0;
  for await (const line of lines(chunks)) {
    number += 1;
    if (line.trim() === "") continue;
    try {
      yield JSON.parse(line);
    } catch (error) {
      throw new Error(`line ${number}: ${error.message}`, { cause: error });
    }
  }
}

export async function collect(iterable) {
  const found = [];
  for await (const item of iterable) found.push(item);
  return found;
}

export async function countBy(chunks, key) {
  const counts = new Map();
  for await (const record of records(chunks)) {
    counts.set(record[key], (counts.get(record[key]) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
