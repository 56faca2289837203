/** How rosa talks: what it did on stdout, what went wrong on stderr. */
export interface Reporter {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface ReporterStreams {
  readonly out: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly err: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
}

const colours = { I: '0;36', W: '0;33', E: '0;31' } as const;
const words = { I: 'INFO', W: 'WARN', E: 'ERR' } as const;

/** Prefixes are `INFO: ` for programs, a coloured `I: ` on a terminal (rosa `pkg/reporter`). */
export function createReporter({ out, err, env }: ReporterStreams): Reporter {
  const put = (stream: ReporterStreams['out'], level: keyof typeof words, message: string): void => {
    stream.write(`${prefix(level, stream.isTTY === true, env)} ${message}\n`);
  };
  return {
    info: (message) => put(out, 'I', message),
    warn: (message) => put(err, 'W', message),
    error: (message) => put(err, 'E', message),
  };
}

function prefix(level: keyof typeof words, isTerminal: boolean, env: ReporterStreams['env']): string {
  if (!isTerminal) return `${words[level]}:`;
  return env['NO_COLOR'] ? `${level}:` : `\u001b[${colours[level]}m${level}:\u001b[m`;
}
