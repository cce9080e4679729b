/** A table whose rows are objects. */
export class Table {
  #rows;

  constructor(rows) {
    this.#rows = [...rows];
  }

  get rows() {
    return [...this.#rows];
  }

  /**
   * A new table, sorted by columns: `"city -age"` is by city, and from the largest age to the smallest where the
   * city is the same. Rows that are equal in all columns stay in their order.
   */
  sorted(by) {
    return new Table(this.#rows.sort(comparer(by)));
  }

  where(test) {
    return new Table(this.#rows.filter(test));
  }

  column(name) {
    return this.#rows.map((row) => row[name]);
  }
}

function comparer(by) {
  const columns = by.split(/\s+/).map((word) => ({ name: word.replace(/^-/, ""), sign: word.startsWith("-") ? -1 : 1 }));
  return (one, other) => {
    for (const { name, sign } of columns) {
      return one[name] > other[name] ? sign : false;
    }
    return 0;
  };
}
