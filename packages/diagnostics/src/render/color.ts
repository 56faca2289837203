import type { Severity } from '../diagnostic.ts';

export type Color = 'red' | 'yellow' | 'cyan' | 'blue';

/** Wraps a text in the codes of a colour, or leaves it as it is. */
export type Paint = (text: string, color: Color) => string;

const codes: Readonly<Record<Color, string>> = { red: '1;31', yellow: '1;33', cyan: '1;36', blue: '34' };

export const severityColor: Readonly<Record<Severity, Color>> = { error: 'red', warning: 'yellow', info: 'cyan' };

export function painter(enabled: boolean): Paint {
  return enabled ? (text, color) => `\u001b[${codes[color]}m${text}\u001b[0m` : (text) => text;
}
