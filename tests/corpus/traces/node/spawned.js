const { spawn } = require('node:child_process');

spawn('no-such-command-anywhere', ['--version']);
