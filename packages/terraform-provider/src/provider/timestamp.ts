/**
 * A server's RFC 3339 time as the published provider writes it into state: `2006-01-02T15:04:05Z`, the fraction dropped and
 * a zone not converted. Undefined where it is none.
 */
export function stateTimestamp(rfc3339: string | undefined): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})/.exec(rfc3339 ?? '');
  return match === null ? undefined : `${match[1]}T${match[2]}Z`;
}
