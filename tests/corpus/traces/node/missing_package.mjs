import pad from 'no-such-package-anywhere';

console.log(pad('a'));
