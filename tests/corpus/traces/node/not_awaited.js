async function fetchRows() {
  return [1, 2];
}

function count() {
  return fetchRows().map((row) => row * 2);
}

count();
