import { parseAll } from './entries.js';
import { Printer, balances, byTag, largest } from './report.js';
const TEXT = `cash; 12.50; coffee; food
bank; -40; rent; home fixed
cash; -3.25; bus
bank; 100; pay; income fixed
`;
const entries = parseAll(TEXT);
const printer = new Printer('$');
for (const [account, cents] of Object.entries(balances(entries))) {
  printer.row(account, cents);
}
const groups = byTag(entries);
for (const tag of [...groups.keys()].sort()) {
  const total = groups.get(tag).reduce((sum, entry) => sum + entry.cents, 0);
  printer.row(`#${tag}`, total);
}
console.log(printer.text());
console.log(largest(entries).note, entries.length);
