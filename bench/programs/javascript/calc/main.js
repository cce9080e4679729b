import { Evaluator } from './evaluator.js';
const evaluator = new Evaluator();
const lines = ['rate = 4 * (2 + 3)', 'rate / 8', 'total = rate - 1.5', 'total * total + rate'];
for (const line of lines) {
  console.log(`${line} -> ${evaluator.run(line).toFixed(2)}`);
}
try {
  evaluator.run('missing + 1');
}
catch (error) {
  console.log(error.message);
}
