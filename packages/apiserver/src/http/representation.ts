import { notAcceptable, routeNotAcceptable } from '../status/status.ts';
import { accepts, type MediaRange, parseAccept } from './negotiate.ts';

/** What a client wants to read: objects, a table, or metadata only (of one object, or of a list). */
export type Shape =
  | { readonly as: 'objects' }
  | { readonly as: 'table'; readonly version: string }
  | { readonly as: 'metadata'; readonly version: string; readonly ofList: boolean };

export interface Representation {
  readonly format: 'json' | 'yaml' | 'protobuf';
  readonly shape: Shape;
  /** Indented, where the media type asks for it (`application/json;pretty=1`). */
  readonly indented?: boolean;
}

/** How a path is routed: built-in kinds are routed by media type before anything reads the Accept header closely. */
export type Route = 'custom' | 'typed' | 'typed watch';

/** Objects of built-in kinds in their binary form. */
export const protobufType = 'application/vnd.kubernetes.protobuf';

const served = ['application/json', 'application/yaml', protobufType];
const streamed = ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'];

/** The first thing of an Accept header that this server can give. Throws `ApiError` 406. */
export function chooseRepresentation(accept: string | undefined, route: Route, hasProtobuf: boolean): Representation {
  const ranges = parseAccept(accept);
  if (route !== 'custom' && !ranges.some(({ type }) => type === '*/*' || served.includes(type)))
    throw routeNotAcceptable(route === 'typed' ? served : [...served, ...streamed]);
  const representation = firstOf(ranges);
  if (representation) return representation;
  // JSON is at hand; protobuf is for those that read nothing else.
  const onlyProtobuf = route !== 'custom' && hasProtobuf && ranges.some(({ type }) => type === protobufType);
  if (onlyProtobuf) return { format: 'protobuf', shape: { as: 'objects' } };
  throw notAcceptable(served);
}

/** True where an Accept header names something that this server can give. */
export function isRepresentable(accept: string | undefined): boolean {
  return firstOf(parseAccept(accept)) !== undefined;
}

function firstOf(ranges: readonly MediaRange[]): Representation | undefined {
  for (const range of ranges) {
    const representation = representationOf(range);
    if (representation) return representation;
  }
  return undefined;
}

function representationOf(range: MediaRange): Representation | undefined {
  const format = accepts(range, 'application/json') ? 'json' : accepts(range, 'application/yaml') ? 'yaml' : undefined;
  const shape = shapeOf(range);
  return format && shape ? { format, shape, indented: range.parameters['pretty'] === '1' } : undefined;
}

function shapeOf({ parameters }: MediaRange): Shape | undefined {
  const { as, g, v: version } = parameters;
  if (as === undefined) return { as: 'objects' };
  if (g !== 'meta.k8s.io' || (version !== 'v1' && version !== 'v1beta1')) return undefined;
  if (as === 'Table') return { as: 'table', version };
  if (as !== 'PartialObjectMetadata' && as !== 'PartialObjectMetadataList') return undefined;
  return { as: 'metadata', version, ofList: as === 'PartialObjectMetadataList' };
}
