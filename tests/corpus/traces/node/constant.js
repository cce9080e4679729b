const limit = 3;

function raise() {
  limit += 1;
}

raise();
