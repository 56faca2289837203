/** What proves who asks; an identity token goes before the password. Every value is a secret but the user name. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly identityToken?: string | undefined;
}

/** The value of an `Authorization` header of the scheme Basic. */
export function basicAuthorization({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Replaces every secret of `credentials` in a text that came from elsewhere. */
export function withoutSecrets(text: string, credentials: Credentials | undefined): string {
  if (!credentials) return text;
  const { password, identityToken = '' } = credentials;
  const secrets = [password, identityToken, basicAuthorization(credentials).slice('Basic '.length)];
  return secrets.filter((secret) => secret !== '').reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
