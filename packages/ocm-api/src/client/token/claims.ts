/** The claims of a JSON Web Token, read without verification: that is the server's part. Undefined for other texts. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [head = '', body = '', ...rest] = token.split('.');
  if (rest.length !== 1 || typeof partOf(head)?.['alg'] !== 'string') return undefined;
  return partOf(body);
}

function partOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds since 1970 at which the token ends; undefined where it never does. */
export function expiryOf(claims: Readonly<Record<string, unknown>> | undefined): number | undefined {
  const seconds = claims?.['exp'];
  return typeof seconds === 'number' && seconds !== 0 ? seconds * 1000 : undefined;
}
