export const FINE_CENTS = 25;
export const LOAN_DAYS = 14;
export class Desk {
  catalog;
  limit;
  loans = [];
  constructor(catalog, limit) {
    this.catalog = catalog;
    this.limit = limit;
  }
  lend(member, isbn, day) {
    const book = this.catalog.find(isbn);
    if (book.copies === 0) {
      throw new Error(`${book.title} is lent out`);
    }
    if (this.held(member).length >= this.limit) {
      throw new Error(`${member} holds too many`);
    }
    book.copies -= 1;
    const loan = { member, isbn, day };
    this.loans.push(loan);
    return loan;
  }
  giveBack(member, isbn, day) {
    const index = this.loans.findIndex((loan) => loan.member === member && loan.isbn === isbn);
    const [loan] = this.loans.splice(index, 1);
    this.catalog.find(isbn).copies += 1;
    return fine(loan, day);
  }
  held(member) {
    return this.loans.filter((loan) => loan.member === member);
  }
  overdue(day) {
    const late = this.loans.filter((loan) => fine(loan, day) > 0);
    return late.map((loan) => `${loan.member}: ${this.catalog.find(loan.isbn).title}`);
  }
}
export function fine(loan, day) {
  const late = day - loan.day - LOAN_DAYS;
  return late > 0 ? late * FINE_CENTS : 0;
}
