import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { LoadLimits } from '../limits.ts';
import type { Problem } from '../problem.ts';
import { isMergeKey, keyText } from './keys.ts';
import { resolveScalar, type ScalarMeaning, shortTag } from './scalar.ts';
import {
  aliasBomb,
  anchorInItself,
  duplicateKey,
  faultyScalar,
  inexactNumber,
  keyReadAs,
  keyWithoutName,
  mergeOfNoMap,
  unknownAnchor,
  unknownTag,
} from './value-problems.ts';

/** A document as plain JSON data. `aliases` tells which node every alias stands for. */
export interface Conversion {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly aliases: ReadonlyMap<Node, Node>;
}

/**
 * The data of a document as Kubernetes reads it. Aliased values are shared, never copied, but their expanded size counts:
 * whoever walks the result walks all of it. Keys such as `__proto__` are plain data. Only own properties, no cycles.
 */
export function convertDocument(document: Document.Parsed, limits: LoadLimits): Conversion {
  const converter = new Converter(limits);
  const { value } = document.contents === null ? nothing : converter.convert(document.contents);
  return { value, problems: converter.problems, aliases: converter.aliases };
}

/** A value and the number of nodes that a walk over it meets. */
interface Converted {
  readonly value: unknown;
  readonly size: number;
}

type JsonMap = Record<string, unknown>;

const nothing: Converted = { value: null, size: 1 };

class Converter {
  readonly problems: Problem[] = [];
  readonly aliases: Map<Node, Node> = new Map();
  readonly #anchors = new Map<string, { node: Node; converted?: Converted }>();
  readonly #limits: LoadLimits;
  #aliasNodes = 0;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
  }

  /** A key may be `.nan`, which is then its name; a value may not. */
  convert(node: Node, isKey = false): Converted {
    if (isAlias(node)) return this.#alias(node);
    const anchor: { node: Node; converted?: Converted } = { node };
    const name = anchorOf(node);
    if (name !== undefined) this.#anchors.set(name, anchor);
    anchor.converted = this.#content(node, isKey);
    return anchor.converted;
  }

  #content(node: Node, isKey: boolean): Converted {
    if (isMap(node)) return this.#map(node as YAMLMap<Node, Node | null>);
    if (isSeq(node)) return this.#seq(node as YAMLSeq<Node>);
    return this.#scalar(node as Scalar, isKey);
  }

  #scalar(node: Scalar, isKey: boolean): Converted {
    const text = String(node.value);
    const tag = shortTag(node.tag);
    if (tag !== undefined && !knownTags.has(tag)) this.#report(unknownTag(node, tag));
    const meaning = resolveScalar(text, node.tag, node.type === 'PLAIN');
    const fault = faultOf(meaning, isKey);
    if (fault !== undefined) this.#report(faultyScalar(node, fault));
    if (fault !== undefined || 'fault' in meaning) return nothing;
    if (meaning.exact !== undefined) this.#report(inexactNumber(node));
    return { value: meaning.value, size: 1 };
  }

  #seq(node: YAMLSeq<Node>): Converted {
    let size = 1;
    const value = node.items.map((item) => {
      const converted = this.convert(item);
      size += converted.size;
      return converted.value;
    });
    return { value, size };
  }

  #map(node: YAMLMap<Node, Node | null>): Converted {
    const value: JsonMap = {};
    const seen = new Map<string, Node>();
    let size = 1;
    for (const pair of node.items) {
      if (isMergeKey(pair.key)) size += this.#merge(pair, value);
      else size += this.#entry(pair, value, seen);
    }
    return { value, size };
  }

  #entry({ key, value }: Pair<Node, Node | null>, into: JsonMap, seen: Map<string, Node>): number {
    const name = this.#key(key);
    const converted = value === null ? nothing : this.convert(value);
    if (name === undefined) return converted.size;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, key);
    else this.#report(duplicateKey(name, key, first));
    setOwn(into, name, converted.value);
    return converted.size;
  }

  #key(key: Node): string | undefined {
    const target = isAlias(key) ? this.#target(key)?.node : key;
    if (target === undefined) return undefined;
    const name = keyText(target);
    if (!isAlias(key)) this.convert(key, name !== undefined);
    if (name === undefined) this.#report(keyWithoutName(key, target));
    else if (isScalar(target) && name !== String(target.value))
      this.#report(keyReadAs(key, String(target.value), name));
    return name;
  }

  /** A merge overwrites what stands before it, as go-yaml v2 does; of several merged maps the first one wins. */
  #merge({ key, value }: Pair<Node, Node | null>, into: JsonMap): number {
    const sources = isSeq(value) ? (value.items as Node[]) : value === null ? [] : [value];
    const converted = sources.map((source) => ({ source, ...this.convert(source) })).reverse();
    const broken = value === null ? key : converted.find((source) => !isPlainMap(source.value))?.source;
    if (broken !== undefined && this.#aliasNodes <= this.#limits.maxAliasNodes) this.#report(mergeOfNoMap(broken));
    for (const source of converted) {
      if (isPlainMap(source.value))
        for (const name of Object.keys(source.value)) setOwn(into, name, source.value[name]);
    }
    return converted.reduce((sum, source) => sum + source.size, 0);
  }

  #alias(node: Alias): Converted {
    const anchor = this.#target(node);
    if (anchor === undefined) return nothing;
    if (anchor.converted === undefined) {
      this.#report(anchorInItself(node));
      return nothing;
    }
    const before = this.#aliasNodes;
    this.#aliasNodes += anchor.converted.size;
    if (this.#aliasNodes <= this.#limits.maxAliasNodes) return anchor.converted;
    if (before <= this.#limits.maxAliasNodes) this.#report(aliasBomb(node, this.#limits));
    return nothing;
  }

  #target(node: Alias): { node: Node; converted?: Converted } | undefined {
    const anchor = this.#anchors.get(node.source);
    if (anchor !== undefined) this.aliases.set(node, anchor.node);
    else this.#report(unknownAnchor(node));
    return anchor;
  }

  #report(problem: Problem): void {
    this.problems.push(problem);
  }
}

function faultOf(meaning: ScalarMeaning, isKey: boolean): string | undefined {
  if ('fault' in meaning) return meaning.fault;
  const isNumber = typeof meaning.value === 'number' && !isKey;
  return isNumber && !Number.isFinite(meaning.value) ? 'this number cannot be written as JSON' : undefined;
}

const knownTags: ReadonlySet<string> = new Set(
  ['str', 'bool', 'int', 'float', 'null', 'timestamp', 'binary', 'merge'].map((name) => `!!${name}`).concat('!'),
);

function anchorOf(node: Node): string | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
}

function isPlainMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Assignment would run the setter of `Object.prototype.__proto__`. */
function setOwn(into: JsonMap, name: string, value: unknown): void {
  if (name !== '__proto__') into[name] = value;
  else Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
}
