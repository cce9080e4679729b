const mirrors = ['a', 'b'];

async function fetchFrom(mirror) {
  throw new Error(`${mirror} is down`);
}

Promise.any(mirrors.map(fetchFrom));
