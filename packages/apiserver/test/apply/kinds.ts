import type { Schema } from '@pullpath/api';
import type { TrackedKind } from '../../src/apply/tracked-kind.ts';

const text: Schema = { type: 'string' };

/** A custom resource with every list and map type. */
export const widgets: TrackedKind = {
  group: 'x.io',
  version: 'v1',
  resource: 'widgets',
  kind: 'Widget',
  statusSubresource: true,
  strategicMerge: false,
  schema: {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: {
          color: text,
          size: { type: 'integer' },
          tags: { type: 'array', items: text, listType: 'set' },
          ports: {
            type: 'array',
            listType: 'map',
            listMapKeys: ['port', 'protocol'],
            items: {
              type: 'object',
              properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' }, name: text },
            },
          },
          args: { type: 'array', items: text },
          options: { type: 'object', additionalProperties: text },
          limits: { type: 'object', mapType: 'atomic', additionalProperties: text },
        },
      },
      status: { type: 'object', properties: { phase: text } },
    },
  },
};

/** A built-in without subresources. */
export const configMaps: TrackedKind = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  statusSubresource: false,
  strategicMerge: true,
  schema: { type: 'object', properties: { data: { type: 'object', additionalProperties: text } } },
};

/** A built-in with struct members. */
export const nodes: TrackedKind = {
  group: '',
  version: 'v1',
  resource: 'nodes',
  kind: 'Node',
  statusSubresource: true,
  strategicMerge: true,
  schema: {
    type: 'object',
    properties: {
      spec: { type: 'object', properties: { unschedulable: { type: 'boolean' } } },
      status: {
        type: 'object',
        properties: {
          phase: text,
          daemonEndpoints: {
            type: 'object',
            properties: { kubeletEndpoint: { type: 'object', properties: { Port: { type: 'integer' } } } },
          },
          nodeInfo: { type: 'object', additionalProperties: text },
        },
      },
    },
  },
};

/** A widget as a client sends it. */
export function widget(spec: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { apiVersion: 'x.io/v1', kind: 'Widget', metadata: { name: 'w' }, spec, ...more };
}

export function configMap(data: Record<string, unknown>): Record<string, unknown> {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data };
}
