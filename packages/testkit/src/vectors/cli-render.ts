import { type KubeObject, valueAt } from '@pullpath/api';
import {
  type CreateClusterFlags,
  type CreateClusterPlatform,
  type CreateClusterResult,
  createClusterFlags,
  createClusterPlatforms,
  renderHostedCluster,
} from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

interface Input {
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

type Expectation = Readonly<Record<string, unknown>>;

export const cliRender: Area = {
  '': ({ args, files }: Input, expected: Expectation) => {
    const [, , platform = '', ...rest] = args;
    const result = renderHostedCluster(platformOf(platform), parseFlags(rest), {
      files: new Map(Object.entries(files)),
      etcdEncryptionKey: new Uint8Array(32),
    });
    return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, selected(result, key, value)]));
  },
};

function platformOf(name: string): CreateClusterPlatform {
  const platform = createClusterPlatforms.find((known) => known === name);
  if (platform === undefined) throw new Error(`no platform "${name}"`);
  return platform;
}

/** Words after the platform: `--flag value`, `--flag=value`, and switches without a value. */
function parseFlags(words: readonly string[]): CreateClusterFlags {
  const flags: Record<string, string | boolean | string[]> = {};
  for (let at = 0; at < words.length; at++) {
    const [name = '', inline] = (words[at] ?? '').slice(2).split(/=(.*)/s);
    const kind = createClusterFlags.find((flag) => flag.name === name)?.kind;
    if (kind === 'switch') flags[name] = inline ?? true;
    else {
      const value = inline ?? words[++at] ?? '';
      const earlier = flags[name];
      const isRepeatable = kind === 'list' || kind === 'files' || kind === 'comma';
      flags[name] = isRepeatable && Array.isArray(earlier) ? [...earlier, value] : isRepeatable ? [value] : value;
    }
  }
  return flags;
}

/** A field of `expected`: the exit code, an object or a field of one (`hostedCluster.spec.x`), kinds in order, or a text. */
function selected(result: CreateClusterResult, key: string, wanted: unknown): unknown {
  if (key === 'exit') return result.exit;
  if (key === 'stdout') return result.text;
  if (/kinds|order|objects/i.test(key)) return result.objects.map(({ kind }) => kind);
  if (/contains|message|error|stderr/i.test(key)) return containing(result, wanted);
  const [name = '', ...path] = key.split('.');
  const object = result.objects.find(({ kind }) => kind.toLowerCase() === name.toLowerCase());
  return path.length > 0 ? (valueAt(object, path) ?? null) : object && likeWanted(object, wanted);
}

function containing(result: CreateClusterResult, wanted: unknown): unknown {
  const messages = result.diagnostics.map(({ message }) => message);
  const texts = [...messages, result.text];
  return texts.some((text) => text.includes(String(wanted))) ? wanted : messages;
}

/** A whole object is told by name, namespace and the members that the case has. */
function likeWanted(object: KubeObject, wanted: unknown): unknown {
  const flat: Record<string, unknown> = { ...object, ...object.metadata };
  const members = typeof wanted === 'object' && wanted !== null ? Object.keys(wanted) : [];
  return Object.fromEntries(members.map((member) => [member, flat[member]]));
}
