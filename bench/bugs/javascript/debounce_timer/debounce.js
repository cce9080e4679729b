"use strict";

function debounce(action, wait, clock = { setTimeout, clearTimeout }) {
  let timer = null;
  let lastArguments = [];

  function debounced(...given) {
    lastArguments = given;
    timer = clock.setTimeout(() => {
      timer = null;
      action(...lastArguments);
    }, wait);
  }

  debounced.cancel = () => {
    clock.clearTimeout(timer);
    timer = null;
  };

  debounced.pending = () => timer !== null;
  return debounced;
}

module.exports = { debounce };
