/** Client id and secret of a header `Authorization: Basic`; undefined where there is none. */
export function basicCredentials(
  header: string | undefined,
): { readonly id: string; readonly secret: string } | undefined {
  const [scheme = '', encoded = ''] = (header ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}
