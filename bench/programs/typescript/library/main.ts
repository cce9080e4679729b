import { Catalog } from './catalog';
import { Desk, fine } from './loans';

const catalog = new Catalog();
catalog.add('1', 'Emma', ['Austen'], 2).add('2', 'Persuasion', ['Austen'], 1);
catalog.add('3', 'Middlemarch', ['Eliot'], 1).add('1', 'Emma', ['Austen'], 1);

const desk = new Desk(catalog, 2);
desk.lend('ann', '1', 1);
desk.lend('ann', '2', 3);
const last = desk.lend('bob', '3', 5);

console.log(catalog.size, catalog.find('1').copies);
console.log(catalog.byAuthor('Austen').map((book) => book.title).join(', '));
console.log(desk.held('ann').length, desk.overdue(18).join('; '));
console.log(desk.giveBack('ann', '2', 20), fine(last, 18));
try {
  desk.lend('cy', '3', 6);
} catch (error) {
  console.log((error as Error).message);
}
