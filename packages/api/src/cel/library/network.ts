import type { Environment } from '@marcbachmann/cel-js';
import { type Address, formatAddress, maskedBits, type Network, networkHas, parseAddress, parseNetwork } from './ip.ts';

class CelAddress {
  readonly value: Address;

  constructor(value: Address) {
    this.value = value;
  }
}

class CelNetwork {
  readonly value: Network;

  constructor(value: Network) {
    this.value = value;
  }
}

const ip = 'net.IP';
const cidr = 'net.CIDR';

/** `ip`, `cidr` and their predicates. */
export function registerNetwork(environment: Environment): void {
  environment.registerType(ip, { ctor: CelAddress, fields: {} }).registerType(cidr, { ctor: CelNetwork, fields: {} });
  registerAddresses(environment);
  registerNetworks(environment);
}

const sync = { async: false };

function registerAddresses(environment: Environment): void {
  environment
    .registerFunction('isIP(string): bool', (text: string) => parseAddress(text) !== undefined, sync)
    .registerFunction(`ip(string): ${ip}`, addressOf, sync)
    .registerFunction(`${ip}.family(): int`, ({ value }: CelAddress) => BigInt(value.family), sync)
    .registerFunction(`string(${ip}): string`, ({ value }: CelAddress) => formatAddress(value), sync)
    .registerOperator(`${ip} == ${ip}`, (left: CelAddress, right: CelAddress) =>
      equalAddresses(left.value, right.value),
    );
  for (const [name, networks] of ranges) {
    const holds = ({ value }: CelAddress) => networks.some((network) => networkHas(network, value));
    environment.registerFunction(`${ip}.${name}(): bool`, holds, sync);
  }
  environment.registerFunction(
    `${ip}.isGlobalUnicast(): bool`,
    ({ value }: CelAddress) => isGlobalUnicast(value),
    sync,
  );
}

function registerNetworks(environment: Environment): void {
  environment
    .registerFunction('isCIDR(string): bool', (text: string) => parseNetwork(text) !== undefined, sync)
    .registerFunction(`cidr(string): ${cidr}`, networkOf, sync)
    .registerFunction(`${cidr}.ip(): ${ip}`, ({ value }: CelNetwork) => new CelAddress(value.address), sync)
    .registerFunction(`${cidr}.prefixLength(): int`, ({ value }: CelNetwork) => BigInt(value.prefix), sync)
    .registerFunction(`${cidr}.masked(): ${cidr}`, ({ value }: CelNetwork) => new CelNetwork(masked(value)), sync)
    .registerFunction(
      `${cidr}.containsIP(string): bool`,
      ({ value }: CelNetwork, text: string) => networkHas(value, addressOf(text).value),
      sync,
    )
    .registerFunction(
      `${cidr}.containsIP(${ip}): bool`,
      ({ value }: CelNetwork, address: CelAddress) => networkHas(value, address.value),
      sync,
    )
    .registerFunction(
      `${cidr}.containsCIDR(string): bool`,
      ({ value }: CelNetwork, text: string) => covers(value, networkOf(text).value),
      sync,
    )
    .registerFunction(
      `${cidr}.containsCIDR(${cidr}): bool`,
      ({ value }: CelNetwork, other: CelNetwork) => covers(value, other.value),
      sync,
    )
    .registerFunction(
      `string(${cidr}): string`,
      ({ value }: CelNetwork) => `${formatAddress(value.address)}/${value.prefix}`,
      sync,
    );
}

function networks(...texts: readonly string[]): readonly Network[] {
  return texts.map((text) => networkOf(text).value);
}

const ranges: readonly (readonly [string, readonly Network[]])[] = [
  ['isUnspecified', networks('0.0.0.0/32', '::/128')],
  ['isLoopback', networks('127.0.0.0/8', '::1/128')],
  ['isLinkLocalMulticast', networks('224.0.0.0/24', 'ff02::/16')],
  ['isLinkLocalUnicast', networks('169.254.0.0/16', 'fe80::/10')],
];

const notGlobal = [...ranges.flatMap(([, list]) => list), ...networks('224.0.0.0/4', 'ff00::/8', '255.255.255.255/32')];

function isGlobalUnicast(address: Address): boolean {
  return !notGlobal.some((network) => networkHas(network, address));
}

function addressOf(text: string): CelAddress {
  const address = parseAddress(text);
  if (!address) throw new RangeError(`not an IP address: ${JSON.stringify(text)}`);
  return new CelAddress(address);
}

function networkOf(text: string): CelNetwork {
  const network = parseNetwork(text);
  if (!network) throw new RangeError(`not a CIDR: ${JSON.stringify(text)}`);
  return new CelNetwork(network);
}

function masked(network: Network): Network {
  return { ...network, address: { ...network.address, bits: maskedBits(network) } };
}

function covers(outer: Network, inner: Network): boolean {
  return outer.prefix <= inner.prefix && networkHas(outer, inner.address);
}

function equalAddresses(left: Address, right: Address): boolean {
  return left.family === right.family && left.bits === right.bits;
}
