import type { Implementation, Implementations } from '../run/functions/implementation.ts';
import { CelFailure, type LibraryValue } from '../run/values.ts';
import { type Address, formatAddress, maskedBits, type Network, networkHas, parseAddress, parseNetwork } from './ip.ts';

/** `net.IP`. */
class CelAddress implements LibraryValue {
  readonly celType = 'net.IP';
  readonly value: Address;

  constructor(value: Address) {
    this.value = value;
  }

  get key(): string {
    return `${this.value.family} ${this.value.bits}`;
  }
}

/** `net.CIDR`. */
class CelNetwork implements LibraryValue {
  readonly celType = 'net.CIDR';
  readonly value: Network;

  constructor(value: Network) {
    this.value = value;
  }

  get key(): string {
    const { address, prefix } = this.value;
    return `${address.family} ${address.bits}/${prefix}`;
  }
}

const ranges: readonly (readonly [string, readonly Network[]])[] = [
  ['ip_is_unspecified', networks('0.0.0.0/32', '::/128')],
  ['ip_is_loopback', networks('127.0.0.0/8', '::1/128')],
  ['ip_is_link_local_multicast', networks('224.0.0.0/24', 'ff02::/16')],
  ['ip_is_link_local_unicast', networks('169.254.0.0/16', 'fe80::/10')],
];

function networks(...texts: readonly string[]): readonly Network[] {
  return texts.map((text) => networkOf(text).value);
}

/** `ip`, `cidr` and their predicates. */
export const network: Implementations = {
  is_ip: (text: string) => parseAddress(text) !== undefined,
  string_to_ip: addressOf,
  ip_to_string: ({ value }: CelAddress) => formatAddress(value),
  ip_is_canonical: (text: string) => formatAddress(addressOf(text).value) === text,
  ip_family: ({ value }: CelAddress) => BigInt(value.family),
  ip_is_global_unicast: ({ value }: CelAddress) => isGlobalUnicast(value),
  ...Object.fromEntries(ranges.map(([id, list]) => [id, isWithin(list)] as const)),
  is_cidr: (text: string) => parseNetwork(text) !== undefined,
  string_to_cidr: networkOf,
  cidr_to_string: ({ value }: CelNetwork) => `${formatAddress(value.address)}/${value.prefix}`,
  cidr_ip: ({ value }: CelNetwork) => new CelAddress(value.address),
  cidr_prefix_length: ({ value }: CelNetwork) => BigInt(value.prefix),
  cidr_masked: ({ value }: CelNetwork) => new CelNetwork(masked(value)),
  cidr_contains_ip_string: ({ value }: CelNetwork, text: string) => networkHas(value, readAddress(text)),
  cidr_contains_ip_ip: ({ value }: CelNetwork, address: CelAddress) => networkHas(value, address.value),
  cidr_contains_cidr_string: ({ value }: CelNetwork, text: string) => covers(value, readNetwork(text)),
  cidr_contains_cidr: ({ value }: CelNetwork, other: CelNetwork) => covers(value, other.value),
};

function isWithin(list: readonly Network[]): Implementation {
  return ({ value }: CelAddress) => list.some((each) => networkHas(each, value));
}

/** The words of Go's `netip.ParseAddr`, where they are simple. */
function addressFault(text: string): string {
  if (text === '') return 'ParseAddr(""): unable to parse IP';
  return `ParseAddr(${JSON.stringify(text)}): unable to parse IP`;
}

function networkFault(text: string): string {
  return `netip.ParsePrefix(${JSON.stringify(text)}): no '/'`;
}

const notGlobal = [...ranges.flatMap(([, list]) => list), ...networks('224.0.0.0/4', 'ff00::/8', '255.255.255.255/32')];

function isGlobalUnicast(address: Address): boolean {
  return !notGlobal.some((network) => networkHas(network, address));
}

/** The address that a network may contain; what is none has no overload. */
function readAddress(text: string): Address {
  const address = parseAddress(text);
  if (!address) throw new CelFailure('no such overload');
  return address;
}

function readNetwork(text: string): Network {
  const read = parseNetwork(text);
  if (!read) throw new CelFailure('no such overload');
  return read;
}

function addressOf(text: string): CelAddress {
  const address = parseAddress(text);
  if (!address)
    throw new CelFailure(
      `IP Address ${JSON.stringify(text)} parse error during conversion from string: ${addressFault(text)}`,
    );
  return new CelAddress(address);
}

function networkOf(text: string): CelNetwork {
  const network = parseNetwork(text);
  if (!network)
    throw new CelFailure(`network address parse error during conversion from string: ${networkFault(text)}`);
  return new CelNetwork(network);
}

function masked(network: Network): Network {
  return { ...network, address: { ...network.address, bits: maskedBits(network) } };
}

function covers(outer: Network, inner: Network): boolean {
  return outer.prefix <= inner.prefix && networkHas(outer, inner.address);
}
