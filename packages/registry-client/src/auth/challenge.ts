/** One way to authenticate that a server offers. Scheme and names of parameters are lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const tokenCharacters = "!#$%&'*+-.^_`|~";
const space = ' \t';

/**
 * Reads the value of a `WWW-Authenticate` header, several challenges in one value included (RFC 9110 11.6.1). One pass;
 * stops at the first character that fits nowhere and gives what it has read.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { readonly scheme: string; readonly parameters: Map<string, string> }[] = [];
  const reader = new HeaderReader(header);
  for (;;) {
    reader.skip(`${space},`);
    const name = reader.token().toLowerCase();
    if (name === '') return challenges;
    reader.skip(space);
    const value = reader.parameterValue();
    if (value === undefined) challenges.push({ scheme: name, parameters: new Map() });
    else challenges.at(-1)?.parameters.set(name, value);
  }
}

class HeaderReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  skip(characters: string): void {
    while (this.#at < this.#text.length && characters.includes(this.#text.charAt(this.#at))) this.#at++;
  }

  token(): string {
    const start = this.#at;
    while (isTokenCharacter(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** What follows `=`, undefined when no `=` stands here. */
  parameterValue(): string | undefined {
    if (this.#text.charAt(this.#at) !== '=') return undefined;
    this.#at++;
    this.skip(space);
    return this.#text.charAt(this.#at) === '"' ? this.#quoted() : this.token();
  }

  #quoted(): string {
    let value = '';
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') break;
      if (character === '\\') this.#at++;
      value += this.#text.charAt(this.#at);
    }
    this.#at++;
    return value;
  }
}

function isTokenCharacter(character: string): boolean {
  if (character === '') return false;
  return /[0-9A-Za-z]/.test(character) || tokenCharacters.includes(character);
}
