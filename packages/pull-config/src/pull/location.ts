import { fault, quoted, type Result, success } from '@pullpath/oci';

/**
 * A location or prefix without its trailing slashes; `http://` and `https://` are refused (containers/image
 * `sysregistriesv2` parseLocation). Nothing else is checked there, nor here.
 */
export function normalizeLocation(text: string): Result<string, 'location-has-scheme'> {
  let end = text.length;
  while (text[end - 1] === '/') end--;
  const trimmed = text.slice(0, end);
  if (trimmed.startsWith('http://') || trimmed.startsWith('https://'))
    return fault('location-has-scheme', `${quoted(text)} has a URL scheme; registries are named host[:port][/path]`);
  return success(trimmed);
}
