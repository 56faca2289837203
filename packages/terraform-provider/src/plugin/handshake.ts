/** What core tells a plug-in through the environment (go-plugin 1.6). */
export interface Handshake {
  /** The highest version that both sides speak. */
  readonly protocol: 5 | 6;
  /** The certificate of the client, PEM; undefined where TLS is off. */
  readonly clientCertificate: string | undefined;
}

/** Why the process cannot be a plug-in. */
export interface Refusal {
  readonly refusal: string;
}

const magicCookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';

/** Reads the environment of a plug-in process. */
export function readHandshake(env: Readonly<Record<string, string | undefined>>): Handshake | Refusal {
  if (env['TF_PLUGIN_MAGIC_COOKIE'] !== magicCookie) return { refusal: notByHand };
  const offered = (env['PLUGIN_PROTOCOL_VERSIONS'] ?? '5').split(',').map((version) => version.trim());
  const protocol = offered.includes('6') ? 6 : offered.includes('5') ? 5 : undefined;
  if (protocol === undefined) {
    return {
      refusal: `this provider speaks plug-in protocols 5 and 6, Terraform offers ${offered.join(', ')}; use Terraform 1.5 or newer`,
    };
  }
  return { protocol, clientCertificate: env['PLUGIN_CLIENT_CERT'] || undefined };
}

const notByHand =
  'This is a Terraform provider: Terraform starts it. See "pullpath terraform setup", or start it with -debug to attach Terraform to it.';

/** The one line on stdout by which core finds the plug-in. A certificate goes without base64 padding. */
export function handshakeLine(protocol: number, address: PluginAddress, certificate: Uint8Array | undefined): string {
  const encoded = certificate === undefined ? '' : Buffer.from(certificate).toString('base64').replace(/=+$/, '');
  return `1|${protocol}|${address.network}|${address.address}|grpc|${encoded}\n`;
}

export interface PluginAddress {
  readonly network: 'unix' | 'tcp';
  /** A path, or host:port. */
  readonly address: string;
}
