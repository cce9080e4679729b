const fs = require('node:fs');

function read(name) {
  return fs.readFileSync(name, 'utf8');
}

read('/no/such/settings.json');
