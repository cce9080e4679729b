function* rows(lines) {
  for (const line of lines) {
    yield line.split(',')[1].trim();
  }
}

console.log([...rows(['a, 1', 'b'])]);
