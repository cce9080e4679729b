import { Catalog } from './catalog';

export const FINE_CENTS = 25;
export const LOAN_DAYS = 14;

export interface Loan {
  member: string;
  isbn: string;
  day: number;
}

export class Desk {
  private loans: Loan[] = [];

  constructor(private catalog: Catalog, private limit: number) {}

  lend(member: string, isbn: string, day: number): Loan {
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

  giveBack(member: string, isbn: string, day: number): number {
    const index = this.loans.findIndex((loan) => loan.member === member && loan.isbn === isbn);
    const [loan] = this.loans.splice(index, 1);
    this.catalog.find(isbn).copies += 1;
    return fine(loan, day);
  }

  held(member: string): Loan[] {
    return this.loans.filter((loan) => loan.member === member);
  }

  overdue(day: number): string[] {
    const late = this.loans.filter((loan) => fine(loan, day) > 0);
    return late.map((loan) => `${loan.member}: ${this.catalog.find(loan.isbn).title}`);
  }
}

export function fine(loan: Loan, day: number): number {
  const late = day - loan.day - LOAN_DAYS;
  return late > 0 ? late * FINE_CENTS : 0;
}
