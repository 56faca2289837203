import type { YAMLParseError } from 'yaml';

/** What is wrong, in words that name no part of the input, and what to do. */
export interface Wording {
  readonly message: string;
  readonly hint?: string;
}

/** The words for an error of the parser. `character` is the one that it stopped at. */
export function wording({ code, message }: YAMLParseError, character: string | undefined): Wording {
  const known = wordings[code];
  if (known !== undefined) return known;
  if (message.startsWith('Implicit map keys need to be followed')) return noColon;
  if (message.startsWith('Nested mappings are not')) return twoColons;
  if (code === 'UNEXPECTED_TOKEN' && character !== undefined && /[\]})]/.test(character))
    return strayBracket(character);
  if (message.endsWith(' at node end'))
    return { message: 'something follows the end of a value', hint: 'quote the value' };
  if (message.includes(' in YAML stream')) return { message: 'something stands outside of every mapping and list' };
  return { message: plainWords(message) };
}

/** Lines that do not line up. */
export const indentation: Wording = {
  message: 'the indentation fits no mapping or list above',
  hint: 'items of one mapping or list start at the same column',
};
const noColon: Wording = {
  message: 'this line is neither "key: value" nor a list item',
  hint: 'check the indentation, and that a colon and a space follow the key',
};
const twoColons: Wording = {
  message: 'a second ": " on one line',
  hint: 'quote the value, or put the inner mapping on lines of its own',
};

const wordings: Partial<Record<YAMLParseError['code'], Wording>> = {
  BAD_INDENT: indentation,
  MULTILINE_IMPLICIT_KEY: noColon,
  BLOCK_AS_IMPLICIT_KEY: twoColons,
  BAD_SCALAR_START: { message: 'an unquoted value cannot start with this character', hint: 'quote the value' },
  BAD_DQ_ESCAPE: {
    message: 'an unknown escape in a double-quoted string',
    hint: 'write \\\\ for a backslash, or use single quotes',
  },
};

function strayBracket(character: string): Wording {
  return { message: `a "${character}" that closes nothing` };
}

/** The parser's own sentence, without what it quotes from the input. */
function plainWords(message: string): string {
  const sentence = (message.split(/[:\n]/, 1)[0] ?? '').slice(0, 200);
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
