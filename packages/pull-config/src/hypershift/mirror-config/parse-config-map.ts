import { type LocatedObject, loadEmbedded, loadManifests, type Origin, objectName, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { mirrorRulesOf } from '../../collect/mirror-rules.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { checkMirrorDocument } from './check-document.ts';

/** Why a mirror ConfigMap is not accepted: the reasons of the condition `ValidImageMirrorConfig`. */
export type MirrorConfigReason =
  | 'ConfigMapNotFound'
  | 'ConfigMapKeyMissing'
  | 'InvalidManifest'
  | 'UnsupportedKind'
  | 'ValidationFailed';

/** `spec.imageMirrorConfigRef`: the name, and where it stands. */
export interface MirrorConfigRef {
  readonly name: string;
  readonly origin: Origin;
}

/** What a mirror ConfigMap says. A list is undefined when its key is absent or blank, or when the ConfigMap is refused. */
export interface MirrorConfig {
  readonly idms?: readonly MirrorRule[] | undefined;
  readonly itms?: readonly MirrorRule[] | undefined;
  /** Set when the ConfigMap is refused, as a whole; `key` is where the first such fault is. */
  readonly reason?: MirrorConfigReason | undefined;
  readonly key?: MirrorConfigKey | undefined;
  /** Every fault with the document that it is in, as the condition tells them. */
  readonly faults?: readonly MirrorConfigFault[] | undefined;
  /** Every fault of the ConfigMap, and warnings about keys that nobody reads. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface MirrorConfigFault {
  readonly key: MirrorConfigKey;
  /** Counted from 1. */
  readonly document?: number | undefined;
  /** The document itself, where it could be read. */
  readonly of?: LocatedObject | undefined;
  readonly reason: MirrorConfigReason;
  readonly diagnostic: Diagnostic;
}

export type MirrorConfigKey = 'idms.yaml' | 'itms.yaml';

const kinds: Readonly<Record<MirrorConfigKey, string>> = {
  'idms.yaml': 'ImageDigestMirrorSet',
  'itms.yaml': 'ImageTagMirrorSet',
};
const keys = ['idms.yaml', 'itms.yaml'] as const;
/** Most rules of both keys together. */
const maxRules = 2000;

/**
 * Reads the ConfigMap that a HostedCluster names in `imageMirrorConfigRef`: `idms.yaml` and `itms.yaml`, each one or more
 * mirror objects of the kind that belongs to the key. Strict, and refused as a whole when anything is wrong.
 */
export function parseMirrorConfigMap(configMap: LocatedObject | undefined, ref: MirrorConfigRef): MirrorConfig {
  if (ref.name === '') return { diagnostics: [] };
  if (!configMap) return notFound(ref);
  const parts = keys.map((key) => readKey(configMap, key));
  const [idms, itms] = parts;
  const warnings = unreadKeys(configMap);
  const faults = [...parts.flatMap((part) => part.faults), ...limitFaults(configMap, parts)];
  if (parts.every((part) => part.isAbsent)) return keyMissing(configMap, warnings);
  const first = firstByReason(faults);
  const diagnostics = [...faults.map(({ diagnostic }) => diagnostic), ...warnings];
  if (first) return { reason: first.reason, key: first.key, faults, diagnostics };
  return { idms: idms?.rules, itms: itms?.rules, diagnostics };
}

interface Part {
  readonly key: MirrorConfigKey;
  readonly isAbsent: boolean;
  readonly rules?: readonly MirrorRule[] | undefined;
  readonly faults: readonly MirrorConfigFault[];
}

function readKey(configMap: LocatedObject, key: MirrorConfigKey): Part {
  const loaded = loadEmbedded(configMap, ['data', key]);
  const unreadable = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  const isAbsent = loaded.objects.length === 0 && unreadable.length === 0;
  if (isAbsent) return { key, isAbsent, faults: [] };
  const taken = new Set<string>();
  const faults = [
    ...unreadable.map(
      (diagnostic, index): MirrorConfigFault => ({
        key,
        document: documentOf(configMap, key, index),
        reason: 'InvalidManifest',
        diagnostic: named(diagnostic, configMap),
      }),
    ),
    ...loaded.objects.flatMap((document) =>
      checkMirrorDocument(document, kinds[key], taken).map(
        (fault): MirrorConfigFault => ({
          key,
          document: (document.embedded?.document ?? 0) + 1,
          of: document,
          ...fault,
        }),
      ),
    ),
  ];
  return { key, isAbsent, rules: faults.length > 0 ? [] : loaded.objects.flatMap(mirrorRulesOf), faults };
}

/** The document that a syntax fault is in, by the lines that separate documents; places in objects of a live API are not kept. */
function documentOf(configMap: LocatedObject, key: MirrorConfigKey, index: number): number | undefined {
  const text = valueAt(configMap.object, ['data', key]);
  if (typeof text !== 'string') return undefined;
  const faults = loadManifests([{ file: key, text }]).diagnostics.filter(({ severity }) => severity === 'error');
  const line = faults[index]?.at?.start.line;
  if (line === undefined) return undefined;
  const before = text.split('\n').slice(0, line);
  const separators = before.filter((each, at) => each.startsWith('---') && before.slice(0, at).some(isContent));
  return separators.length + 1;
}

function isContent(line: string): boolean {
  return line.trim() !== '' && !line.startsWith('#') && !line.startsWith('---');
}

/** A syntax fault has no object of its own: it is named after the ConfigMap that holds the text. */
function named(diagnostic: Diagnostic, configMap: LocatedObject): Diagnostic {
  return { ...diagnostic, object: diagnostic.object ?? objectName(configMap.object) };
}

function limitFaults(configMap: LocatedObject, parts: readonly Part[]): readonly MirrorConfigFault[] {
  const count = parts.reduce((sum, part) => sum + (part.rules?.length ?? 0), 0);
  if (count <= maxRules) return [];
  const message = `the ConfigMap has ${count} mirror rules, at most ${maxRules} are read`;
  const diagnostic = diagnose('error', 'mirror-rule-invalid', message, { of: configMap, path: ['data'] });
  return [{ key: 'idms.yaml', reason: 'ValidationFailed', diagnostic }];
}

const reasonOrder: readonly MirrorConfigReason[] = ['InvalidManifest', 'UnsupportedKind', 'ValidationFailed'];

function firstByReason(faults: readonly MirrorConfigFault[]): MirrorConfigFault | undefined {
  return reasonOrder.flatMap((reason) => faults.find((fault) => fault.reason === reason) ?? [])[0];
}

function notFound({ name, origin }: MirrorConfigRef): MirrorConfig {
  const message = `there is no ConfigMap "${name}" in the namespace of the HostedCluster`;
  const hint = 'nodes keep the last configuration that was accepted; add the ConfigMap to the input';
  return {
    reason: 'ConfigMapNotFound',
    diagnostics: [diagnose('error', 'config-map-not-found', message, origin, { hint })],
  };
}

function keyMissing(configMap: LocatedObject, warnings: readonly Diagnostic[]): MirrorConfig {
  const message = 'the ConfigMap has neither "idms.yaml" nor "itms.yaml", or both are blank';
  const diagnostic = diagnose('error', 'config-map-key-missing', message, { of: configMap, path: ['data'] });
  return { reason: 'ConfigMapKeyMissing', diagnostics: [diagnostic, ...warnings] };
}

function unreadKeys(configMap: LocatedObject): readonly Diagnostic[] {
  const data = valueAt(configMap.object, ['data']);
  const present = typeof data === 'object' && data !== null ? Object.keys(data) : [];
  return present
    .filter((key) => !keys.some((known) => known === key))
    .map((key) => {
      const message = `the key "${key}" is not read, only ${keys.join(' and ')} are`;
      const hint = key === 'config' ? 'the key "config" belongs to ConfigMaps of NodePool.spec.config' : undefined;
      const origin: Origin = { of: configMap, path: ['data', key] };
      return diagnose('warning', 'config-map-key-unread', message, origin, hint === undefined ? {} : { hint });
    });
}
