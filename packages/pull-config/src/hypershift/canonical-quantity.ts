import { parseQuantity, quantityText } from '../formats/quantity.ts';

/** A Kubernetes quantity as Go prints it after reading it: `1024Ki` is `1Mi`. Undefined for text that is no quantity. */
export function canonicalQuantity(text: string): string | undefined {
  const quantity = parseQuantity(text);
  return quantity && quantityText(quantity);
}
