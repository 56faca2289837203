import { error } from '../../framework/diagnostic.ts';
import type { Attribute, Validator } from '../../framework/schema.ts';
import { isList, isObject } from '../../wire/values.ts';

/** `registry_config`: which registries the nodes of a cluster may use, and how. */
export const registryConfigAttribute: Attribute = {
  description: 'Registry configuration of the cluster. Absent or empty parts change nothing.',
  mode: 'optional',
  type: {
    nesting: 'single',
    attributes: {
      registry_sources: {
        description: 'How container runtimes treat registries.',
        mode: 'optional',
        validators: [notBoth()],
        type: {
          nesting: 'single',
          attributes: {
            allowed_registries: registries('Registries that may be pulled from; all others are blocked'),
            blocked_registries: registries('Registries that may not be pulled from; all others are allowed'),
            insecure_registries: registries('Registries without a valid certificate'),
          },
        },
      },
      allowed_registries_for_import: {
        description: 'Registries that users may import images from.',
        mode: 'optional',
        type: {
          nesting: 'list',
          attributes: {
            domain_name: { description: 'Domain of the registry.', mode: 'optional', type: 'string' },
            insecure: { description: 'Whether it is without a valid certificate.', mode: 'optional', type: 'bool' },
          },
        },
      },
      additional_trusted_ca: {
        description: 'PEM certificates by host of the registry, written host..port where there is a port.',
        mode: 'optional',
        type: ['map', 'string'],
      },
      platform_allowlist_id: {
        description: 'Identifier of the list of registries that the platform needs.',
        mode: 'optional',
        type: 'string',
      },
    },
  },
};

function registries(description: string): Attribute {
  return { description: `${description}.`, mode: 'optional', type: ['list', 'string'] };
}

function notBoth(): Validator {
  return (value, path) => {
    const [allowed, blocked] = isObject(value) ? [value['allowed_registries'], value['blocked_registries']] : [];
    if (!isList(allowed) || !isList(blocked) || allowed.length === 0 || blocked.length === 0) return [];
    const detail =
      'Attribute "registry_config.registry_sources.blocked_registries" cannot be specified when "registry_config.registry_sources.allowed_registries" is specified';
    return [error('Invalid Attribute Combination', detail, [...path, 'blocked_registries'])];
  };
}
