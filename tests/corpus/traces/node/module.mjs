import { mean } from './module_part.mjs';

const loaded = await mean([]);
console.log(loaded);
