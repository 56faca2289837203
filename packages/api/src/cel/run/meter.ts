import { CostExceeded } from './values.ts';

/** Counts what an evaluation costs. */
export class Meter {
  readonly limit: number;
  spent = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Throws `CostExceeded`. */
  add(cost: number): void {
    this.spent += cost;
    if (this.spent > this.limit) throw new CostExceeded();
  }
}
