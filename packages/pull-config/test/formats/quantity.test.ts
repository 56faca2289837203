import { expect, test } from 'vitest';
import { parseQuantity, quantityText, quantityValue } from '../../src/formats/quantity.ts';

test.each([
  ['3G', '3G', 3_000_000_000n],
  ['9k', '9k', 9000n],
  ['3000M', '3G', 3_000_000_000n],
  ['1024Mi', '1Gi', 1_073_741_824n],
  ['1.5Gi', '1536Mi', 1_610_612_736n],
  ['1.5G', '1500M', 1_500_000_000n],
  ['0', '0', 0n],
  ['0Gi', '0', 0n],
  ['-2Ki', '-2Ki', -2048n],
  ['1500m', '1500m', 2n],
  ['-1500m', '-1500m', -2n],
  ['12e3', '12e3', 12000n],
  ['12E3', '12E3', 12000n],
  ['100e-2', '1', 1n],
  ['+5', '+5', 5n],
  ['.5', '500m', 1n],
  ['5.', '5.', 5n],
  ['12345', '12345', 12345n],
  ['0.0000000001', '1n', 1n],
  ['007Ki', '007Ki', 7168n],
])('%s is %s, %d as a whole number', (text, canonical, value) => {
  const quantity = parseQuantity(text);
  expect(quantity && [quantityText(quantity), quantityValue(quantity)]).toEqual([canonical, value]);
});

test.each([
  '',
  'G',
  '1X',
  '1 G',
  '1GiB',
  '0x10',
  '1e',
  '1e9999',
  '--1',
  '1'.repeat(61),
  '1.2.3',
  '10E',
  '9223372036854775808',
])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});
