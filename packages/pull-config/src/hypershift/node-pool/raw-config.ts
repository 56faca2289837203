import { compareBytes } from '../../formats/go-order.ts';
import { defaultConfigManifest } from './config-manifest.ts';
import { splitDocuments } from './split-documents.ts';

/** A ConfigMap of manifests: its name and the text below its key `config`, absent when it has no such key. */
export interface ConfigText {
  readonly name: string;
  readonly config?: string | undefined;
}

/** A document that cannot be used. `document` counts from 0, blank documents left out; absent for a bad separator. */
export interface ConfigFault {
  readonly configMap: string;
  readonly document?: number | undefined;
  readonly message: string;
}

export interface RawConfig {
  /** The text that the machine-config-operator of the release is fed with; undefined when anything is wrong. */
  readonly raw?: string | undefined;
  readonly faults: readonly ConfigFault[];
}

/**
 * All configuration of a NodePool as one text: every document of every ConfigMap, defaulted, in byte order, joined by
 * `---`. The order of ConfigMaps and documents does not matter, the blanks and comments of mirror objects do. `haproxy` is
 * a document that HyperShift adds by itself.
 */
export function rawConfig(configs: readonly ConfigText[], haproxy?: string): RawConfig {
  const faults: ConfigFault[] = [];
  const texts = configs.flatMap((config) => documentsOf(config, faults));
  if (faults.length > 0) return { faults };
  const all = haproxy === undefined || haproxy === '' ? texts : [haproxy, ...texts];
  return { raw: all.sort(compareBytes).join('\n---\n'), faults };
}

function documentsOf({ name, config = '' }: ConfigText, faults: ConfigFault[]): readonly string[] {
  const split = splitDocuments(config);
  faults.push(...split.faults.map((message) => ({ configMap: name, message: invalidYaml(name, message) })));
  return split.documents.filter(isNotBlank).flatMap((document, index) => {
    const manifest = defaultConfigManifest(document);
    if (manifest.ok) return [manifest.text];
    faults.push({ configMap: name, document: index, message: invalidDocument(name, manifest.message) });
    return [];
  });
}

function isNotBlank(document: string): boolean {
  return document.trim() !== '';
}

function invalidYaml(name: string, message: string): string {
  return `configmap "${name}" contains invalid yaml: ${message}`;
}

function invalidDocument(name: string, message: string): string {
  return `configmap "${name}" yaml document failed validation: ${message}`;
}
