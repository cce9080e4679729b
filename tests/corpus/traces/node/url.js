function host(text) {
  return new URL(text).host;
}

host('not a url');
