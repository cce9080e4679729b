'use strict';
const settings = Object.freeze({ mode: 'fast' });

function slow() {
  settings.mode = 'slow';
}

slow();
