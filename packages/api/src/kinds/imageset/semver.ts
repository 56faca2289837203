/** True for what Masterminds `semver.NewVersion` reads: `v` in front, and minor and patch may be missing. */
export function isVersion(text: string): boolean {
  const [core = '', ...build] = splitOnce(text.startsWith('v') ? text.slice(1) : text, '+');
  const [numbers = '', ...prerelease] = splitOnce(core, '-');
  const parts = numbers.split('.');
  return (
    text.length <= 256 &&
    parts.length <= 3 &&
    parts.every(isNumber) &&
    prerelease.every((part) => identifiers(part, (identifier) => !/^0\d+$/.test(identifier))) &&
    build.every((part) => identifiers(part, () => true))
  );
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function isNumber(text: string): boolean {
  return /^(?:0|[1-9]\d{0,19})$/.test(text);
}

function identifiers(text: string, accepts: (identifier: string) => boolean): boolean {
  return text.split('.').every((identifier) => /^[0-9A-Za-z-]+$/.test(identifier) && accepts(identifier));
}
