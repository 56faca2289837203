import { parse } from 'smol-toml';
import type { ContainerRuntimeSettings } from '../compile/container-runtime-config.ts';
import { compareBytes } from './go-order.ts';
import { quantityText, quantityValue } from './quantity.ts';
import { tomlKey, tomlString, tomlStrings } from './toml-text.ts';

/** The part of a storage.conf that machine-config-operator knows: `[storage]` as parsed TOML. */
type Table = Readonly<Record<string, unknown>>;

/**
 * storage.conf for a ContainerRuntimeConfig: `template` with the size limit of images and, where their feature gate is on,
 * the additional stores (machine-config-operator `updateStorageConfig` on containers/storage `OptionsConfig`). Comments and
 * unknown keys of the template are lost, numbers that were not set become 0. Throws on a template that is not TOML.
 */
export function writeStorageConf(
  template: string,
  settings: ContainerRuntimeSettings,
  additionalStores: boolean,
): string {
  const storage = tableAt(parse(template), 'storage');
  const options = { ...tableAt(storage, 'options'), ...changes(settings, additionalStores) };
  return [
    '[storage]',
    ...['driver', 'runroot', 'graphroot'].map((key) => `  ${key} = ${tomlString(textAt(storage, key))}`),
    ...optionLines(options),
    '',
  ].join('\n');
}

/** True when a ContainerRuntimeConfig asks for a storage.conf of its own. */
export function asksForStorageConf(settings: ContainerRuntimeSettings, additionalStores: boolean): boolean {
  const { overlaySize, additionalLayerStores, additionalImageStores } = settings;
  const stores = additionalStores && additionalLayerStores.length + additionalImageStores.length > 0;
  return stores || (overlaySize !== undefined && overlaySize.digits !== 0n);
}

function changes(settings: ContainerRuntimeSettings, additionalStores: boolean): Table {
  const { overlaySize, additionalLayerStores: layers, additionalImageStores: images } = settings;
  const hasSize = overlaySize !== undefined && quantityValue(overlaySize) !== 0n;
  return {
    ...(hasSize && { size: quantityText(overlaySize) }),
    ...(additionalStores && images.length > 0 && { additionalimagestores: images }),
    // `:ref` tells containers/storage to keep references to layers of the store instead of copies.
    ...(additionalStores && layers.length > 0 && { additionallayerstores: layers.map((path) => `${path}:ref`) }),
  };
}

type FieldType = 'text' | 'texts' | 'number' | 'flag';

/** Scalar fields of `[storage.options]` in the order of the encoder, which puts them before the sub-tables. */
const optionFields: Readonly<Record<string, FieldType>> = {
  additionalimagestores: 'texts',
  imagestore: 'text',
  additionallayerstores: 'texts',
  size: 'text',
  'remap-uids': 'text',
  'remap-gids': 'text',
  ignore_chown_errors: 'text',
  use_composefs: 'text',
  force_mask: 'number',
  'remap-user': 'text',
  'remap-group': 'text',
  'root-auto-userns-user': 'text',
  'auto-userns-min-size': 'number',
  'auto-userns-max-size': 'number',
  skip_mount_home: 'text',
  mount_program: 'text',
  mountopt: 'text',
  'disable-volatile': 'flag',
};

const driverFields: Readonly<Record<string, readonly string[]>> = {
  aufs: ['mountopt'],
  btrfs: ['min_space', 'size'],
  overlay: [
    'ignore_chown_errors',
    'mountopt',
    'mount_program',
    'size',
    'inodes',
    'skip_mount_home',
    'use_composefs',
    'force_mask',
  ],
  vfs: ['ignore_chown_errors'],
  zfs: ['mountopt', 'fsname', 'size'],
};

function optionLines(options: Table): string[] {
  const scalars = Object.entries(optionFields).map(([key, type]) => scalarLine(key, type, options[key]));
  const drivers = Object.entries(driverFields).flatMap(([name, keys]) => driverLines(name, keys, options));
  return ['  [storage.options]', ...scalars.filter((line) => line !== ''), ...drivers, ...pullOptionLines(options)];
}

// The encoder leaves out empty strings and lists, but not a zero.
function scalarLine(key: string, type: FieldType, value: unknown): string {
  const line = (text: string): string => `    ${key} = ${text}`;
  if (type === 'number') return line(typeof value === 'number' || typeof value === 'bigint' ? String(value) : '0');
  if (type === 'flag') return value === true ? line('true') : '';
  if (type === 'texts') return Array.isArray(value) && value.length > 0 ? line(tomlStrings(value.map(String))) : '';
  return typeof value === 'string' && value !== '' ? line(tomlString(value)) : '';
}

function driverLines(name: string, keys: readonly string[], options: Table): string[] {
  const table = tableAt(options, name);
  const lines = keys.map((key) => scalarLine(key, 'text', table[key])).filter((line) => line !== '');
  return lines.length === 0 ? [] : [`    [storage.options.${name}]`, ...lines.map((line) => `  ${line}`)];
}

// A map, unlike the other tables: its keys are free, sorted, and kept when empty.
function pullOptionLines(options: Table): string[] {
  const table = tableAt(options, 'pull_options');
  const keys = Object.keys(table).sort(compareBytes);
  if (keys.length === 0) return [];
  const lines = keys.map((key) => `      ${tomlKey(key)} = ${tomlString(textAt(table, key))}`);
  return ['    [storage.options.pull_options]', ...lines];
}

function textAt(table: Table, key: string): string {
  const value = table[key];
  return typeof value === 'string' ? value : '';
}

function tableAt(table: Table, key: string): Table {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}
