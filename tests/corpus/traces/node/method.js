const names = ['b', 'a'];

function sorted(list) {
  return list.sortBy((name) => name);
}

sorted(names);
