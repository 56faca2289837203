import { isUnknown, type ObjectValue } from '../wire/values.ts';
import { type Diagnostic, error, pathText } from './diagnostic.ts';
import type { Schema } from './schema.ts';
import { attributesOf, type Visited } from './walk.ts';

/**
 * Every fault of a configuration that core leaves to the provider: a read-only attribute that is set, a required one that
 * is null, and what the validators of the schema say about known values. Texts are those of published providers.
 */
export function validateConfig(schema: Schema, config: ObjectValue): readonly Diagnostic[] {
  return [...attributesOf(schema.attributes, config)].flatMap(faultsOf);
}

function faultsOf({ attribute, value, path }: Visited): readonly Diagnostic[] {
  if (attribute.mode === 'computed' && value !== null) return [error(readOnly.summary, readOnly.detail, path)];
  if (attribute.mode === 'required' && value === null)
    return [error(missing.summary, missing.detail(pathText(path)), path)];
  if (value === null || isUnknown(value)) return [];
  return (attribute.validators ?? []).flatMap((judge) => judge(value, path));
}

const readOnly = {
  summary: 'Invalid Configuration for Read-Only Attribute',
  detail:
    'Cannot set value for this attribute as the provider has marked it as read-only. Remove the configuration line setting the value.\n\nRefer to the provider documentation or contact the provider developers for additional information about configurable and read-only attributes that are supported.',
};

const missing = {
  summary: 'Missing Configuration for Required Attribute',
  detail: (name: string) =>
    `Must set a configuration value for the ${name} attribute as the provider has marked it as required.\n\nRefer to the provider documentation or contact the provider developers for additional information about configurable attributes that are required.`,
};
