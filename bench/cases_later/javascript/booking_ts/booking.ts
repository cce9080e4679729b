export interface Room {
  name: string;
  seats: number;
  price: number;
}

/** Minutes of a day; `to` is the first minute that is free again. */
export interface Span {
  from: number;
  to: number;
}

interface Booking extends Span {
  number: number;
  room: string;
  cancelled: boolean;
}

export function span(text: string): Span {
  const [from, to] = text.split("-").map((time) => {
    const [hours, minutes] = time.split(":").map(Number);
    return hours * 60 + minutes;
  });
  if (!(from < to)) {
    throw new RangeError(`no time: ${text}`);
  }
  return { from, to };
}

function overlap(one: Span, other: Span): boolean {
  return one.from <= other.to && other.from <= one.to;
}

/** Rooms of a house for one day. */
export class House {
  private bookings: Booking[] = [];

  constructor(private readonly rooms: Room[]) {}

  isFree(room: Room, span: Span): boolean {
    return !this.bookings.some((booking) => booking.room === room.name && overlap(booking, span));
  }

  /** Book the cheapest free room with enough seats, of equal ones the first; null if there is none. */
  book(seats: number, when: string): { number: number; room: string } | null {
    const wanted = span(when);
    const fitting = this.rooms.filter((room) => room.seats >= seats && this.isFree(room, wanted));
    const [best] = fitting.sort((one, other) => other.price - one.price);
    if (!best) {
      return null;
    }
    const number = this.bookings.length + 1;
    this.bookings.push({ number, room: best.name, cancelled: false, ...wanted });
    return { number, room: best.name };
  }

  cancel(number: number): boolean {
    const booking = this.bookings.find((one) => one.number === number && !one.cancelled);
    if (booking) {
      booking.cancelled = true;
    }
    return booking !== undefined;
  }

  /** Minutes that each room is taken. */
  usage(): Record<string, number> {
    const minutes: Record<string, number> = {};
    for (const { room, from, to, cancelled } of this.bookings) {
      minutes[room] = (minutes[room] ?? 0) + (cancelled ? 0 : to - from);
    }
    return minutes;
  }
}
