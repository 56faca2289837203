import type { OcmClient } from '@pullpath/ocm-api/client';
import type { Reporter } from './reporter.ts';

/** What a command runs with. */
export interface Session {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly reporter: Reporter;
  /** A result, on stdout. */
  readonly print: (text: string) => void;
  /** Connects with the tokens of the login, once. */
  readonly client: () => Promise<OcmClient>;
  /** Asks yes or no, no being the default; what cannot be read is no. */
  readonly confirm: (question: string) => Promise<boolean>;
}
