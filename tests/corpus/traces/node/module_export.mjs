import { median } from './module_part.mjs';

console.log(median([1]));
