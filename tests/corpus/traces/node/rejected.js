function load() {
  return Promise.reject(new Error('no rows'));
}

load().then((rows) => console.log(rows.length));
