/** Expressions over image names, for rules. Each stands for a part and is not anchored. */

const domain: string =
  '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))+';
/** A host with a domain, or localhost, and a port. */
export const hostPort: string = `(?:${domain}(?::[0-9]+)?|localhost(?::[0-9]+)?)`;
/** Path components, each with its slash. */
export const repositoryPath: string = '(?:/[a-z0-9]+(?:(?:[._]|__|[-]*)[a-z0-9]+)*)*';
/** A tag, without its colon. */
export const tag: string = '[\\w][\\w.-]{0,127}';
/** A digest, without its at sign. */
export const digest: string = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[[:xdigit:]]{32,}';
