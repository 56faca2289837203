const units = ['ns', 'us', 'µs', 'μs', 'ms', 's', 'm', 'h'];

/** True for what Go's `time.ParseDuration` reads: `30s`, `1m30s`, `-1.5h`, `0`. Linear in its length. */
export function isGoDuration(text: string): boolean {
  const body = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text;
  if (body === '0') return true;
  let at = 0;
  while (at < body.length) {
    const afterNumber = endOf(body, at, isNumberCharacter);
    const afterUnit = endOf(body, afterNumber, (character) => !isNumberCharacter(character));
    if (!isDecimal(body.slice(at, afterNumber)) || !units.includes(body.slice(afterNumber, afterUnit))) return false;
    at = afterUnit;
  }
  return body !== '';
}

function endOf(text: string, start: number, belongs: (character: string) => boolean): number {
  let at = start;
  while (at < text.length && belongs(text.charAt(at))) at++;
  return at;
}

function isNumberCharacter(character: string): boolean {
  return character === '.' || (character >= '0' && character <= '9');
}

function isDecimal(text: string): boolean {
  return text !== '' && text !== '.' && text.indexOf('.') === text.lastIndexOf('.');
}
