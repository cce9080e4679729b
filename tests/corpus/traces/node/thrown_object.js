function fail() {
  throw { status: 404, path: '/tea' };
}

fail();
