import type { NodeFile } from '../model.ts';
import { encodeBase64 } from '../pull/base64.ts';

/** An Ignition 3.5.0 document, with the empty objects that the types of Ignition emit in Go. */
export interface IgnitionConfig {
  readonly ignition: Readonly<Record<string, unknown>>;
  readonly storage: { readonly files: readonly IgnitionFile[] } | Readonly<Record<string, never>>;
  readonly [key: string]: unknown;
}

export interface IgnitionFile {
  readonly path: string;
  /** Permission bits as a decimal number in JSON, e.g. 420 for 0644. */
  readonly mode: number;
  readonly overwrite: true;
  readonly contents: { readonly compression: ''; readonly source: string; readonly verification: object };
  readonly group: object;
  readonly user: object;
}

/** The document that writes `files`, in their order, as machine-config-operator makes it. */
export function ignitionConfig(files: readonly NodeFile[]): IgnitionConfig {
  return {
    ignition: {
      config: { replace: { verification: {} } },
      proxy: {},
      security: { tls: {} },
      timeouts: {},
      version: '3.5.0',
    },
    kernelArguments: {},
    passwd: {},
    storage: files.length > 0 ? { files: files.map(ignitionFile) } : {},
    systemd: {},
  };
}

function ignitionFile({ path, mode, contents }: NodeFile): IgnitionFile {
  return {
    group: {},
    overwrite: true,
    path,
    user: {},
    contents: { compression: '', source: dataUrl(contents), verification: {} },
    mode,
  };
}

/** `data:text/plain;charset=utf-8;base64,...`: how file contents stand in Ignition documents. */
export function dataUrl(text: string): string {
  return `data:text/plain;charset=utf-8;base64,${encodeBase64(new TextEncoder().encode(text))}`;
}
