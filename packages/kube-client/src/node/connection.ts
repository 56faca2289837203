/** How to reach one API server, and as whom. */
export interface KubeConnection {
  /** With the path below which the API lies, if any. */
  readonly server: URL;
  /** That of the context, or of the pod. */
  readonly namespace?: string | undefined;
  /** `http`, `https` or `socks5`; those of the environment unless set. */
  readonly proxyUrl?: string | undefined;
  /** Asked before each request, because tokens and certificates are replaced in time. Rejects with `kube-credentials`. */
  credentials(): Promise<Credentials>;
  /** Gets new ones for the next request: the server refused the last. */
  renew(): void;
}

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsSettings;
}

/** Texts are PEM. */
export interface TlsSettings {
  /** The only authorities that are trusted; those of the system unless set. */
  readonly ca?: string | undefined;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  /** Name in the certificate of the server, where it is not that of the address. */
  readonly serverName?: string | undefined;
  /** The certificate of the server is not verified. */
  readonly insecure?: boolean | undefined;
}

/** A connection with credentials that stay. Throws for an address that is no URL. */
export function staticConnection(options: {
  readonly server: string;
  readonly token?: string | undefined;
  readonly namespace?: string | undefined;
  readonly proxyUrl?: string | undefined;
  readonly tls?: TlsSettings | undefined;
}): KubeConnection {
  const { server, token, namespace, proxyUrl, tls = {} } = options;
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const credentials = Promise.resolve({ headers, tls });
  return { server: new URL(server), namespace, proxyUrl, credentials: () => credentials, renew: () => undefined };
}
