/** One token of a label selector. Words are keys, values, and the operators `in` and `notin`. */
export interface LabelToken {
  readonly kind: 'word' | '=' | '==' | '!=' | '!' | '>' | '<' | '(' | ')' | ',' | 'end' | 'error';
  readonly text: string;
}

const symbols: readonly LabelToken['kind'][] = ['==', '!=', '=', '!', '>', '<', '(', ')', ','];
const special = '=!()<>,';
const blanks = ' \t\r\n';

/** Splits a label selector as apimachinery `labels.Lexer` does; the end is a token of its own. */
export function labelTokens(text: string): LabelToken[] {
  const tokens: LabelToken[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] as string;
    if (blanks.includes(character)) at++;
    else {
      const token = special.includes(character) ? symbolAt(text, at) : wordAt(text, at);
      tokens.push(token);
      at += token.text.length;
    }
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function symbolAt(text: string, at: number): LabelToken {
  const symbol = symbols.find((each) => text.startsWith(each, at));
  return symbol ? { kind: symbol, text: symbol } : { kind: 'error', text: text[at] as string };
}

function wordAt(text: string, at: number): LabelToken {
  let end = at;
  while (end < text.length && !special.includes(text[end] as string) && !blanks.includes(text[end] as string)) end++;
  return { kind: 'word', text: text.slice(at, end) };
}
