import { stringify } from 'yaml';

/** A result as JSON or YAML for other programs; ends with a newline. */
export function structured(value: unknown, format: string): string {
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  return stringify(JSON.parse(JSON.stringify(value)), { lineWidth: 0 });
}
