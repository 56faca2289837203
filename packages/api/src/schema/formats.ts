import { isDnsSubdomain } from './names.ts';

/** Whether a string has the format. Formats that are not here are not checked, as the API server does with unknown ones. */
export const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['byte', isBase64],
  ['date', isDate],
  ['date-time', isDateTime],
  ['datetime', isDateTime],
  ['hostname', (text: string) => isDnsSubdomain(text.toLowerCase())],
  ['ipv4', isIpv4],
  ['uuid', isUuid],
]);

/** Standard alphabet with padding, at least one group (govalidator `IsBase64`). */
export function isBase64(text: string): boolean {
  return text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** What Go's `encoding/json` decodes into bytes, as in core kinds: line ends are skipped, and nothing at all is no bytes. */
export function isEncodedBytes(text: string): boolean {
  const body = text.replaceAll('\r', '').replaceAll('\n', '');
  return body === '' || isBase64(body);
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

function isDateTime(text: string): boolean {
  return (
    text.length <= 64 &&
    /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

/** Four decimal numbers up to 255 without leading zeros. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text);
}
