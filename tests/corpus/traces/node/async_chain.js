const tick = () => new Promise((resolve) => setImmediate(resolve));

async function load(id) {
  await tick();
  return { 1: { name: 'tea' } }[id].name;
}

async function report(ids) {
  for (const id of ids) {
    console.log(await load(id));
  }
}

report([1, 2]);
