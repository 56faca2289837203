/** One page of a collection. */
export interface Page<T> {
  readonly kind: string;
  /** From 1. */
  readonly page: number;
  /** Items on this page. */
  readonly size: number;
  /** Items of all pages. */
  readonly total: number;
  readonly items: readonly T[];
}
