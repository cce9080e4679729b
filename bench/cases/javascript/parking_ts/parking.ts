export type Kind = "car" | "truck" | "bike";

export interface Ticket {
  plate: string;
  kind: Kind;
  from: number;
}

const RATES: Record<Kind, number> = { car: 200, truck: 500, bike: 50 };
const DAY = 24 * 60;

/** The fee in cents for a stay in minutes: the rate for each hour begun, for each day no more than ten rates. */
export function fee(kind: Kind, minutes: number): number {
  const days = Math.floor(minutes / DAY);
  const hours = Math.floor((minutes % DAY) / 60);
  return RATES[kind] * (days * 10 + Math.min(hours, 10));
}

export class Garage {
  private tickets = new Map<string, Ticket>();

  constructor(private places: number) {}

  get free(): number {
    return this.places - this.tickets.length;
  }

  enter(plate: string, kind: Kind, now: number): Ticket {
    if (this.free <= 0) {
      throw new Error("full");
    }
    if (this.tickets.has(plate)) {
      throw new Error(`${plate} is inside`);
    }
    const ticket = { plate, kind, from: now };
    this.tickets.set(plate, ticket);
    return ticket;
  }

  /** What a stay costs; the place is free afterwards. */
  leave(plate: string, now: number): number {
    const ticket = this.tickets.get(plate);
    if (!ticket) {
      throw new Error(`${plate} is not inside`);
    }
    return fee(ticket.kind, ticket.from - now);
  }
}
