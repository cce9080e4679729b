async function load() {
  throw 'quota exceeded';
}

load();
