/** How a test registry answers. Everything is optional: without options it is open, plain HTTP and never fails. */
export interface RegistryOptions {
  readonly auth?: BasicAuth | BearerAuth | undefined;
  /** PEM texts; with them the registry speaks TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string; readonly clientAuthority?: string } | undefined;
}

export interface BasicAuth {
  readonly scheme: 'basic';
  readonly username: string;
  readonly password: string;
}

export interface BearerAuth {
  readonly scheme: 'bearer';
  readonly username: string;
  readonly password: string;
  /** Accepted at the token endpoint by POST. */
  readonly identityToken?: string | undefined;
  /** True when tokens for pulling are given without credentials. */
  readonly anonymous?: boolean | undefined;
  /** Where tokens are; the registry's own `/token` unless set. */
  readonly realm?: string | undefined;
  /** Lifetime that the token answer states, in seconds. */
  readonly expiresIn?: number | undefined;
}

/** What goes wrong with the requests that match, the first that matches counts. */
export interface Fault {
  readonly method?: string | undefined;
  /** Part of the path and query. */
  readonly path?: string | undefined;
  /** How often it happens; always unless set. */
  readonly times?: number | undefined;
  readonly effect: FaultEffect;
}

export type FaultEffect =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body?: string | undefined;
    }
  /** Answers as usual, that much later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Cuts the connection before an answer. */
  | { readonly kind: 'reset' }
  /** Announces the whole body, sends half of it and cuts the connection. */
  | { readonly kind: 'truncate' }
  /** Sends the headers and then nothing. */
  | { readonly kind: 'stall' }
  /** Sends another body under the same digest. */
  | { readonly kind: 'corrupt' };

/** A request as it arrived. Values of `authorization` are kept: tests look for secrets that went astray. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly accept: string | undefined;
  readonly body: string;
}
