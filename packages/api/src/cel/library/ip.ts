import { isIpv4 } from '../../schema/formats.ts';

/** An address as a number of 32 or 128 bits. */
export interface Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

/** A network: the address as written and the length of its prefix. */
export interface Network {
  readonly address: Address;
  readonly prefix: number;
}

/** Reads an IPv4 or IPv6 address. Zones and IPv4-mapped IPv6 addresses are refused, as Kubernetes does. */
export function parseAddress(text: string): Address | undefined {
  if (isIpv4(text)) return { family: 4, bits: ipv4Bits(text) };
  const bits = text.length <= 45 ? ipv6Bits(text) : undefined;
  return bits === undefined || bits >> 32n === 0xffffn ? undefined : { family: 6, bits };
}

function ipv4Bits(text: string): bigint {
  return text.split('.').reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

function ipv6Bits(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map(groupsOf);
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...tail];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
}

function groupsOf(text: string): bigint[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const embedded = isIpv4(last) ? ipv4Bits(last) : undefined;
  const plain = embedded === undefined ? parts : parts.slice(0, -1);
  if (!plain.every((part) => /^[0-9A-Fa-f]{1,4}$/.test(part))) return undefined;
  const groups = plain.map((part) => BigInt(`0x${part}`));
  return embedded === undefined ? groups : [...groups, embedded >> 16n, embedded & 0xffffn];
}

/** The shortest spelling, as RFC 5952 has it. */
export function formatAddress({ family, bits }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  const { start, length } = longestZeros(groups);
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

function longestZeros(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === '0') length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** Reads `address/prefix`. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const address = slash === -1 ? undefined : parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (!address || !/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > widthOf(address)) return undefined;
  return { address, prefix: Number(length) };
}

/** Bits of an address of the family. */
function widthOf({ family }: Address): number {
  return family === 4 ? 32 : 128;
}

/** The address with the bits behind the prefix cleared. */
export function maskedBits({ address, prefix }: Network): bigint {
  const host = BigInt(widthOf(address) - prefix);
  return (address.bits >> host) << host;
}

/** True when the address lies in the network. */
export function networkHas(network: Network, address: Address): boolean {
  return (
    network.address.family === address.family && maskedBits({ address, prefix: network.prefix }) === maskedBits(network)
  );
}
