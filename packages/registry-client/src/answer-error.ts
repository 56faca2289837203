import { type Credentials, withoutSecrets } from './auth/credentials.ts';
import { credentialHint } from './auth/token-source.ts';
import { readExcerpt } from './http/body.ts';
import type { HttpResponse } from './http/transport.ts';
import { RegistryError, type RegistryErrorCode } from './registry-error.ts';

const excerptLimit = 64 * 1024;

/** The error for an answer that is none of the expected ones, with what the registry says about it, cleaned. */
export async function answerError(
  response: HttpResponse,
  what: string,
  credentials: Credentials | undefined,
): Promise<RegistryError> {
  const { status, url } = response;
  const said = withoutSecrets(describeErrors(await readExcerpt(response.body, excerptLimit)), credentials);
  const code = codeOf(status);
  const message = `${url.host} answers ${status} for ${what}${said === '' ? '' : ` (${said})`}`;
  return new RegistryError(code, message, { status, hint: hintOf(code, credentials) });
}

function codeOf(status: number): RegistryErrorCode {
  if (status >= 500) return 'registry-server-error';
  return codes[status] ?? 'registry-refused';
}

const codes: Readonly<Record<number, RegistryErrorCode>> = {
  401: 'registry-unauthorized',
  403: 'registry-denied',
  404: 'registry-not-found',
  429: 'registry-rate-limited',
};

function hintOf(code: RegistryErrorCode, credentials: Credentials | undefined): string | undefined {
  if (code === 'registry-unauthorized' && !credentials) return noCredentialsHint;
  return hints[code];
}

const noCredentialsHint = 'no credentials are known for this repository; add them to the pull secret';

const hints: Partial<Readonly<Record<RegistryErrorCode, string>>> = {
  'registry-unauthorized': credentialHint,
  'registry-denied': 'the account may not read this repository',
  'registry-not-found': 'the content is not there, or hidden from this account',
  'registry-rate-limited': 'wait, or use an account with a higher limit',
};

/** Codes and messages of an error body of the distribution specification; nothing for any other body. */
function describeErrors(body: Buffer): string {
  const errors = errorsOf(body.toString());
  const texts = errors
    .slice(0, 3)
    .map((error) => [text(error, 'code'), text(error, 'message')].filter(Boolean).join(': '));
  return texts.filter(Boolean).join('; ');
}

function errorsOf(body: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(body);
    const errors = parsed !== null && typeof parsed === 'object' && 'errors' in parsed ? parsed.errors : [];
    return Array.isArray(errors) ? errors : [];
  } catch {
    // HTML of a proxy and the like: the status has to do.
    return [];
  }
}

const longestText = 200;

function text(error: unknown, member: 'code' | 'message'): string {
  const value = error !== null && typeof error === 'object' ? (error as Record<string, unknown>)[member] : undefined;
  // Remote text reaches terminals: control characters would move the cursor there.
  return typeof value === 'string' ? value.replace(/\p{Cc}/gu, ' ').slice(0, longestText) : '';
}
