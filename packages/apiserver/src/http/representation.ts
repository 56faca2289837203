import { notAcceptable } from '../status/status.ts';
import { accepts, type MediaRange, parseAccept } from './negotiate.ts';

/** What a client wants to read: objects, a table, or metadata only. */
export type Shape = { readonly as: 'objects' } | { readonly as: 'table' | 'metadata'; readonly version: string };

export interface Representation {
  readonly format: 'json' | 'yaml';
  readonly shape: Shape;
}

const served = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** The first thing of an Accept header that this server can give. Throws `ApiError` 406. */
export function chooseRepresentation(accept: string | undefined): Representation {
  for (const range of parseAccept(accept)) {
    const representation = representationOf(range);
    if (representation) return representation;
  }
  throw notAcceptable(served);
}

function representationOf(range: MediaRange): Representation | undefined {
  const format = accepts(range, 'application/json') ? 'json' : accepts(range, 'application/yaml') ? 'yaml' : undefined;
  const shape = shapeOf(range);
  return format && shape ? { format, shape } : undefined;
}

const transforms: Readonly<Record<string, 'table' | 'metadata'>> = {
  Table: 'table',
  PartialObjectMetadata: 'metadata',
  PartialObjectMetadataList: 'metadata',
};

function shapeOf({ parameters }: MediaRange): Shape | undefined {
  const { as, g, v } = parameters;
  if (as === undefined) return { as: 'objects' };
  const transform = Object.hasOwn(transforms, as) ? transforms[as] : undefined;
  return transform && g === 'meta.k8s.io' && (v === 'v1' || v === 'v1beta1')
    ? { as: transform, version: v }
    : undefined;
}
