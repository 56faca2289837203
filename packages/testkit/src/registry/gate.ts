import { type Answer, answer, errorAnswer } from './answer.ts';
import type { BasicAuth, BearerAuth, RegistryOptions, SeenRequest } from './options.ts';

/** Decides who may read: nobody is asked, a password is, or a token of the token endpoint. */
export class Gate {
  readonly #auth: RegistryOptions['auth'];
  readonly #url: () => string;
  readonly #tokens = new Map<string, readonly string[]>();

  constructor(auth: RegistryOptions['auth'], url: () => string) {
    this.#auth = auth;
    this.#url = url;
  }

  /** The refusal of a request for a repository (none for `/v2/`), or undefined when it may pass. */
  refusal(request: SeenRequest, repository: string | undefined): Answer | undefined {
    if (this.#auth === undefined) return undefined;
    if (this.#auth.scheme === 'basic') return basicRefusal(this.#auth, request);
    return this.#bearerRefusal(this.#auth, request, repository && `repository:${repository}:pull`);
  }

  /** The answer of the token endpoint (distribution `token` and `oauth2` specifications). */
  token(request: SeenRequest): Answer {
    if (this.#auth?.scheme !== 'bearer') return errorAnswer(404, 'UNSUPPORTED');
    const query = new URL(request.path, 'http://registry').searchParams;
    const form = request.method === 'POST' ? new URLSearchParams(request.body) : query;
    const scopes = form.getAll('scope').flatMap((scope) => scope.split(' '));
    if (!mayHaveToken(this.#auth, request, form)) return errorAnswer(401, 'UNAUTHORIZED');
    const token = `token-${this.#tokens.size + 1}`;
    this.#tokens.set(token, scopes);
    const member = request.method === 'POST' ? 'access_token' : 'token';
    const lifetime = this.#auth.expiresIn === undefined ? {} : { expires_in: this.#auth.expiresIn };
    return answer(200, JSON.stringify({ [member]: token, ...lifetime }), { 'content-type': 'application/json' });
  }

  #bearerRefusal(auth: BearerAuth, { authorization }: SeenRequest, scope: string | undefined): Answer | undefined {
    const scopes = this.#tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    if (scopes && (scope === undefined || scopes.includes(scope))) return undefined;
    const realm = auth.realm ?? `${this.#url()}/token`;
    const details = [`realm="${realm}"`, 'service="test-registry"', ...(scope ? [`scope="${scope}"`] : [])];
    const error = scopes ? [...details, 'error="insufficient_scope"'] : details;
    return errorAnswer(401, 'UNAUTHORIZED', { 'www-authenticate': `Bearer ${error.join(',')}` });
  }
}

function basicRefusal(auth: BasicAuth, { authorization }: SeenRequest): Answer | undefined {
  if (authorization === basicOf(auth)) return undefined;
  return errorAnswer(401, 'UNAUTHORIZED', { 'www-authenticate': 'Basic realm="test registry"' });
}

function mayHaveToken(auth: BearerAuth, { method, authorization }: SeenRequest, form: URLSearchParams): boolean {
  if (method === 'POST') return auth.identityToken !== undefined && form.get('refresh_token') === auth.identityToken;
  return authorization === undefined ? auth.anonymous === true : authorization === basicOf(auth);
}

function basicOf({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
