import type { Random } from './random.ts';

/** A JSON text by chance: mostly what it says, sometimes with repeated members, odd types or broken syntax. */
export type JsonText = string;

/** An object of the given members, in random order, some left out, some twice. */
export function objectText(random: Random, members: readonly (readonly [string, () => JsonText])[]): JsonText {
  const chosen = members.filter(() => !random.oneIn(12)).sort(() => random.below(3) - 1);
  const repeated = random.oneIn(30) && chosen[0] ? [...chosen, chosen[0]] : chosen;
  return `{${repeated.map(([name, value]) => `${stringText(nameText(random, name))}:${orOddity(random, value)}`).join(',')}}`;
}

export function arrayText(random: Random, limit: number, item: () => JsonText): JsonText {
  return `[${random.times(limit, item).join(',')}]`;
}

export function stringText(text: string): JsonText {
  return JSON.stringify(text);
}

/** The text with a character removed, doubled or replaced, once in a while. */
export function withTypo(random: Random, text: JsonText): JsonText {
  if (!random.oneIn(25)) return text;
  const at = random.below(text.length);
  return (
    text.slice(0, at) + random.pick(['', '"', '{', ',', '\\', ' ', '\\u12', '1']) + text.slice(at + random.below(2))
  );
}

function nameText(random: Random, name: string): string {
  if (!random.oneIn(60)) return name;
  return random.pick([
    name.toUpperCase(),
    `${name}x`,
    name.replace('s', '\u017f'),
    name.replace('k', '\u212a'),
    '__proto__',
    '',
  ]);
}

function orOddity(random: Random, value: () => JsonText): JsonText {
  return random.oneIn(40)
    ? random.pick(['null', '1', '""', '[]', '{}', 'true', '[1,2]', '["a"]', '"\\ud800"'])
    : value();
}
