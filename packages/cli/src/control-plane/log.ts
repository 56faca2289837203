import { CodedError, redact } from '@pullpath/diagnostics';

/** How a program that runs for long talks, on stderr. */
export interface Log {
  readonly info: (message: string) => void;
  /** A failure that the program survives; the same one is told once in a while. */
  readonly report: (error: unknown, doing?: string) => void;
}

export interface LogOptions {
  readonly format: 'text' | 'json';
  readonly write?: ((line: string) => void) | undefined;
  readonly now?: (() => number) | undefined;
}

const quietMs = 60_000;
const mostRemembered = 1_000;

/** Makes a log: one line for each message, as JSON objects where programs read them. No line holds a secret. */
export function createLog({ format, write = toStderr, now = Date.now }: LogOptions): Log {
  const told = new Map<string, number>();
  const put = (level: 'info' | 'error', message: string, fields: Readonly<Record<string, string>> = {}): void => {
    const text = redact(message);
    write(
      format === 'json'
        ? JSON.stringify({ time: new Date(now()).toISOString(), level, message: text, ...fields })
        : text,
    );
  };
  return {
    info: (message) => put('info', message),
    report(error, doing) {
      const { text, code, message } = failureText(error, doing);
      // A server that cannot be reached fails everything that is asked of it: one line says so.
      const same = code === 'kube-unreachable' ? message : text;
      const last = told.get(same);
      if (last !== undefined && now() - last < quietMs) return;
      remember(told, same, now());
      put('error', format === 'json' ? text : `error[${code}]: ${text}`, { code });
    },
  };
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

// A defect of ours keeps its stack: whoever reports it needs it.
function failureText(error: unknown, doing: string | undefined): Readonly<Record<'text' | 'code' | 'message', string>> {
  const [code, message] =
    error instanceof CodedError
      ? [error.code, error.hint ? `${error.message} (${error.hint})` : error.message]
      : ['defect', error instanceof Error ? (error.stack ?? error.message) : String(error)];
  return { code, message, text: doing === undefined ? message : `${doing}: ${message}` };
}

function remember(told: Map<string, number>, text: string, time: number): void {
  told.delete(text);
  told.set(text, time);
  const [oldest] = told.keys();
  if (told.size > mostRemembered && oldest !== undefined) told.delete(oldest);
}
