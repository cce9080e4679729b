/** Articles by name: net price in whole cents, tax in percent. */
export const CATALOG = {
  pen: { cents: 149, percent: 19 },
  book: { cents: 1990, percent: 7 },
  ink: { cents: 12.49, percent: 19 },
};

export function article(name) {
  const found = CATALOG[name];
  if (!found) {
    throw new Error(`no article ${name}`);
  }
  return found;
}
