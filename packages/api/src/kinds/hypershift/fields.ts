import { mirrorPattern, sourcePattern } from '../../schema/patterns.ts';
import type { CelRule, Schema } from '../../schema/schema.ts';
import { listOf, object, text } from '../fields.ts';
import { imageSpecFields } from '../image.ts';
import { mirrorSourcePolicies } from '../mirrors.ts';

/** `corev1.LocalObjectReference`. */
export function localReference(description: string): Schema {
  return object({ name: text('Name of the object.', { default: '' }) }, description, { mapType: 'atomic' });
}

/** `spec.imageContentSources` of HostedCluster and HostedControlPlane: no patterns, no policy (hypershift v1beta1). */
export const imageContentSources: Schema = listOf(
  object(
    {
      source: text('Repository or registry that image references name.', { maxLength: 255 }),
      mirrors: listOf(
        text('Where the same content lies.', { maxLength: 255 }),
        'Tried in this order before the source.',
        {
          listType: 'set',
          maxItems: 255,
        },
      ),
    },
    'One source and its mirrors.',
    { required: ['source'] },
  ),
  'Mirrors for pulls by digest. May be changed at any time.',
  { maxItems: 255 },
);

/** `spec.imageMirrorConfigRef`: the ConfigMap whose keys `idms.yaml` and `itms.yaml` hold mirror sets. */
export const imageMirrorConfigRef: Schema = object(
  {
    name: text('Name of the ConfigMap, in the namespace of the object.', {
      minLength: 1,
      maxLength: 253,
      validations: [
        {
          rule: "self.matches(r'^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
          message: 'name must be a valid DNS subdomain',
        },
      ],
    }),
  },
  'ConfigMap with the keys idms.yaml and itms.yaml: ImageDigestMirrorSets and ImageTagMirrorSets for the whole cluster.',
  { required: ['name'] },
);

/** `spec.imageTagMirrorSet`. The texts name a fault as the field's validation does. */
export const imageTagMirrorSet: Schema = listOf(
  object(
    {
      source: text('Repository or registry that image references name, or *.domain.', {
        minLength: 1,
        maxLength: 255,
        pattern: sourcePattern,
        texts: { minLength: 'source cannot be empty', required: 'source cannot be empty' },
      }),
      mirrors: listOf(
        text('Where the same content lies.', {
          minLength: 1,
          maxLength: 255,
          pattern: mirrorPattern,
          texts: { minLength: 'mirror URL cannot be empty' },
        }),
        'Tried in this order for pulls by tag.',
        {
          listType: 'set',
          minItems: 1,
          maxItems: 255,
          texts: {
            minItems: 'at least one mirror must be specified',
            required: 'at least one mirror must be specified',
            duplicate: 'duplicate mirror URL %s',
          },
        },
      ),
      mirrorSourcePolicy: text('What happens once every mirror failed; `AllowContactingSource` where absent.', {
        enum: mirrorSourcePolicies,
        texts: { enum: `invalid mirrorSourcePolicy, must be ${mirrorSourcePolicies.join(' or ')}` },
      }),
    },
    'One source and its mirrors.',
    {
      required: ['source', 'mirrors'],
      validations: [
        {
          rule: '!self.mirrors.exists(m, m == self.source)',
          message: 'mirror must differ from source: a mirror URL cannot be the same as source',
        },
      ],
    },
  ),
  'Mirrors for pulls by tag. Needs release 4.21.',
  { listType: 'map', listMapKeys: ['source'], maxItems: 255, texts: { duplicate: 'duplicate source %s' } },
);

/** The name that an early draft used. Declared, with a type since rules see no others, so that it is refused instead of kept unread. */
export const imageMirrorConfig: Schema = {
  type: 'object',
  description: 'Not a field: the ConfigMap is named by imageMirrorConfigRef.',
  preserveUnknownFields: true,
};

/** Refuses `imageMirrorConfig`. */
export const noImageMirrorConfig: CelRule = {
  rule: '!has(self.imageMirrorConfig)',
  message: 'imageMirrorConfig is not a field, use imageMirrorConfigRef',
  reason: 'FieldValueForbidden',
  fieldPath: '.imageMirrorConfig',
};

/** `spec.configuration`: the `image.config.openshift.io` part is declared. */
export const configuration: Schema = object(
  { image: object(imageSpecFields, 'What the spec of image.config.openshift.io holds in a standalone cluster.') },
  'Settings of the hosted cluster that config.openshift.io holds in a standalone one.',
  { preserveUnknownFields: true },
);

/** `release`: which payload to run. */
export function release(description: string): Schema {
  const image = text('Pull spec of the release image.', {
    minLength: 1,
    maxLength: 253,
    validations: [
      {
        rule: "self.matches(r'^\\w+\\S+$')",
        message: 'must start with a letter, digit or underscore and hold no blanks',
      },
    ],
  });
  return object({ image }, description, { required: ['image'] });
}

/** `pausedUntil` of HostedCluster and NodePool. */
export function pausedUntil(minLength: number): Schema {
  return text('Reconciliation, mirrors included, stops until this time (RFC 3339) or, with true, for good.', {
    minLength,
    maxLength: 35,
    validations: [
      {
        rule: "self.matches(r'^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}.*$') || self in ['true', 'false', 'True', 'False']",
        message: 'must be a time of RFC 3339, true or false',
      },
    ],
  });
}

/** `olmCatalogPlacement`. */
export function olmCatalogPlacement(validations: readonly CelRule[]): Schema {
  return text('Where the operator catalogs run.', {
    enum: ['management', 'guest'],
    default: 'management',
    validations,
  });
}
