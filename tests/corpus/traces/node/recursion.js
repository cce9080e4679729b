function depth(tree) {
  return 1 + depth(tree);
}

depth({});
