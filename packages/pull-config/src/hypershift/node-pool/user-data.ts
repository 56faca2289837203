import { dataUrl } from '../../formats/ignition.ts';
import { encodeBase64 } from '../../pull/base64.ts';

/** Where a machine of a NodePool gets its configuration. */
export interface UserDataInput {
  /** `https://<host>/ignition`. */
  readonly url: string;
  readonly token: string;
  /** `namespace/name`. */
  readonly nodePool: string;
  readonly hash: string;
  /** The authority of that address, PEM; that of the system where absent. */
  readonly ca?: string | undefined;
}

/** The stub that a machine boots with: Ignition 3.2.0 that merges what the endpoint serves for the token. */
export function userDataStub({ url, token, nodePool, hash, ca }: UserDataInput): string {
  const bearer = encodeBase64(new TextEncoder().encode(token));
  const httpHeaders = [
    { name: 'Authorization', value: `Bearer ${bearer}` },
    { name: 'NodePool', value: nodePool },
    { name: 'TargetConfigVersionHash', value: hash },
  ];
  const security = ca === undefined ? {} : { tls: { certificateAuthorities: [{ source: dataUrl(ca) }] } };
  return JSON.stringify({
    ignition: { config: { merge: [{ httpHeaders, source: url }] }, security, version: '3.2.0' },
  });
}
