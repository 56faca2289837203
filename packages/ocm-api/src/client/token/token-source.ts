import { OcmError } from '../ocm-error.ts';
import { claimsOf, expiryOf } from './claims.ts';
import { clientCredentialsGrant, type Grant, refreshGrant, type TokenAnswer } from './request-token.ts';
import { type HeldToken, type SortedTokens, sortTokens } from './sort-tokens.ts';

export interface TokenSettings {
  /** Access and refresh tokens, in the order in which they were given. */
  readonly tokens?: readonly string[] | undefined;
  /** `cloud-services` unless set. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

export interface TokenSourceOptions extends TokenSettings {
  readonly now: () => number;
  /** Asks the token endpoint. */
  readonly request: (grant: Grant, signal: AbortSignal | undefined) => Promise<TokenAnswer>;
}

const enoughMs = 60_000;

/** Holds the tokens of a connection and renews them; many callers at a time lead to one request. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  #tokens: SortedTokens;
  #renewing: Promise<void> | undefined;

  /** Throws `ocm-token` for a token of a kind that is not known. */
  constructor(options: TokenSourceOptions) {
    this.#options = options;
    this.#tokens = sortTokens(options.tokens ?? []);
  }

  /** The value of an Authorization header, of a token that lasts for another minute where one can be had. */
  async authorization(signal?: AbortSignal, leftMs: number = enoughMs): Promise<string> {
    if (this.#tokens.pullSecret !== undefined) return `AccessToken ${this.#tokens.pullSecret}`;
    return `Bearer ${await this.access(signal, leftMs)}`;
  }

  /** An access token. Rejects with `ocm-token` where none can be had. */
  async access(signal?: AbortSignal, leftMs: number = enoughMs): Promise<string> {
    const held = this.#tokens.access;
    if (held && this.#lasts(held, leftMs)) return held.text;
    const grant = this.#grant(leftMs);
    if (grant === undefined && held && this.#lasts(held, 0)) return held.text;
    await this.#renew(grant ?? this.#lastGrant(), signal);
    return this.#tokens.access?.text ?? '';
  }

  /** Forgets an access token that the server does not take, where another can be had. Tells whether. */
  drop(authorization: string): boolean {
    const held = this.#tokens.access;
    if (this.#grant(0) === undefined) return false;
    if (held && authorization === `Bearer ${held.text}`)
      this.#tokens = { ...this.#tokens, access: { ...held, expires: 0 } };
    return true;
  }

  /** What a config file keeps. */
  get current(): { readonly access: string | undefined; readonly refresh: string | undefined } {
    return { access: this.#tokens.access?.text, refresh: this.#tokens.refresh?.text };
  }

  #lasts({ expires }: HeldToken, leftMs: number): boolean {
    return expires === undefined || expires - this.#options.now() > leftMs;
  }

  #grant(leftMs: number): Grant | undefined {
    const { clientId = 'cloud-services', clientSecret = '' } = this.#options;
    if (clientId !== '' && clientSecret !== '') return clientCredentialsGrant(clientId, clientSecret);
    const { refresh } = this.#tokens;
    return refresh && this.#lasts(refresh, leftMs) ? refreshGrant(clientId, refresh.text) : undefined;
  }

  #lastGrant(): Grant {
    const grant = this.#grant(0);
    if (grant) return grant;
    throw new OcmError('ocm-token', nothingLeft, {
      hint: 'log in again, or use a client id and secret: those renew by themselves',
    });
  }

  async #renew(grant: Grant, signal: AbortSignal | undefined): Promise<void> {
    this.#renewing ??= this.#exchange(grant, signal).finally(() => {
      this.#renewing = undefined;
    });
    await this.#renewing;
  }

  async #exchange(grant: Grant, signal: AbortSignal | undefined): Promise<void> {
    const { access, refresh } = await this.#options.request(grant, signal);
    const held = { text: access, expires: this.#localExpiry(access) };
    const next = refresh === undefined ? {} : { refresh: { text: refresh, expires: expiryOf(claimsOf(refresh)) } };
    this.#tokens = { ...this.#tokens, access: held, ...next };
  }

  /** A token that was issued just now lasts as long as it says by whichever clock: the server's may be another one. */
  #localExpiry(access: string): number | undefined {
    const claims = claimsOf(access);
    const expires = expiryOf(claims);
    const issued = claims?.['iat'];
    if (expires === undefined || typeof issued !== 'number') return expires;
    return this.#options.now() + (expires - issued * 1000);
  }
}

const nothingLeft =
  'access and refresh tokens are unavailable or expired, and there are no password or client secret to request new ones';
