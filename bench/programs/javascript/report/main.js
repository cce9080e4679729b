'use strict';

const path = require('node:path');
const { EventEmitter } = require('node:events');

const ROWS = [
  'date;city;celsius;rain',
  '2024-03-01;Bern;7.5;0',
  '2024-03-01;Oslo;-2;4.5',
  '2024-03-02;Bern;9;1.5',
  '2024-03-02;Oslo;0.5;0',
];

class Table {
  constructor(columns, rows) {
    this.columns = columns;
    this.rows = rows;
  }

  static parse(lines) {
    const [head, ...rest] = lines;
    const columns = head.split(';');
    const rows = rest.map((line) => {
      const cells = line.split(';');
      return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
    });
    return new Table(columns, rows);
  }

  column(name) {
    const position = this.columns.indexOf(name);
    if (position < 0) {
      throw new RangeError(`no column ${name}`);
    }
    return this.rows.map((row) => row[name]);
  }

  groupBy(name) {
    const groups = new Map();
    for (const row of this.rows) {
      const group = groups.get(row[name]) ?? [];
      group.push(row);
      groups.set(row[name], group);
    }
    return groups;
  }
}

class Reporter extends EventEmitter {
  constructor(title) {
    super();
    this.title = title;
    this.lines = [];
  }

  write(text) {
    this.lines.push(text);
    this.emit('line', text);
  }

  finish() {
    const width = Math.max(...this.lines.map((line) => line.length));
    return ['-'.repeat(width), this.title.trim(), ...this.lines].join('\n');
  }
}

function numbers(table, name) {
  return table.column(name).map((cell) => Number.parseFloat(cell));
}

function describe(values) {
  const sorted = values.slice().sort((left, right) => left - right);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return { low: sorted[0], high: sorted[sorted.length - 1], mean: total / sorted.length };
}

const table = Table.parse(ROWS);
const reporter = new Reporter(` ${path.basename('/data/weather.csv')} `);
let count = 0;
reporter.on('line', () => {
  count += 1;
});
for (const name of ['celsius', 'rain']) {
  const { low, high, mean } = describe(numbers(table, name));
  reporter.write(`${name}: ${low.toFixed(1)} to ${high.toFixed(1)}, mean ${mean.toFixed(2)}`);
}
for (const [city, rows] of table.groupBy('city')) {
  reporter.write(`${city}: ${rows.length} days, ${rows.map((row) => row.date.slice(8)).join(' ')}`);
}
console.log(reporter.finish());
console.log(count);
