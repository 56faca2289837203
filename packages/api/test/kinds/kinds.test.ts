import { describe, expect, test } from 'vitest';
import { findKind, kinds } from '../../src/kinds/index.ts';
import { apiVersionOf } from '../../src/kinds/kind.ts';
import type { Schema } from '../../src/schema/schema.ts';

interface Place {
  readonly path: string;
  readonly schema: Schema;
}

function placesOf(schema: Schema, path: string): Place[] {
  const children = Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    placesOf(child, `${path}.${name}`),
  );
  const items = schema.items ? placesOf(schema.items, `${path}[]`) : [];
  const values = schema.additionalProperties ? placesOf(schema.additionalProperties, `${path}{}`) : [];
  return [{ path, schema }, ...children, ...items, ...values];
}

const places = kinds.flatMap((definition) => placesOf(definition.schema, definition.kind));

test('a kind is found by its API version and name alone', () => {
  expect(findKind('config.openshift.io/v1', 'ImageTagMirrorSet')?.plural).toBe('imagetagmirrorsets');
  expect(findKind('config.openshift.io/v1', 'imagetagmirrorset')).toBeUndefined();
  expect(findKind('v1', 'Secret')?.scope).toBe('Namespaced');
  expect(findKind('v1', 'constructor')).toBeUndefined();
});

test('no two kinds share API version and name', () => {
  const names = kinds.map((definition) => `${apiVersionOf(definition)} ${definition.kind}`);
  expect(new Set(names).size).toBe(names.length);
});

describe('every field of every kind', () => {
  test('has a description that ends its sentence', () => {
    expect(places.filter(({ schema }) => !/[.`]$/.test(schema.description ?? '')).map(({ path }) => path)).toEqual([]);
  });

  test('has a type, or says why not', () => {
    const untyped = places.filter(({ schema }) => schema.type === undefined && !schema.intOrString);
    expect(untyped.filter(({ schema }) => !schema.preserveUnknownFields).map(({ path }) => path)).toEqual([]);
  });

  test('that is required is declared', () => {
    const undeclared = places.flatMap(({ path, schema }) =>
      (schema.required ?? [])
        .filter((name) => !schema.properties || !(name in schema.properties))
        .map((name) => `${path}.${name}`),
    );
    expect(undeclared).toEqual([]);
  });

  test('names keys of list maps that its items have', () => {
    const wrong = places.filter(({ schema }) =>
      schema.listMapKeys?.some((key) => !(key in (schema.items?.properties ?? {}))),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
