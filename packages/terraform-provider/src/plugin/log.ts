/** The levels of Terraform's log. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** Facts beside the message. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/**
 * Writes the lines that core turns into its own log (hclog as JSON on stderr), each passed through `redact` whole.
 * Core filters by TF_LOG, which it does not pass on.
 */
export function openLog(write: (line: string) => void, redact: (text: string) => string): Log {
  return (level, message, fields = {}) => {
    const line = {
      '@level': level,
      '@message': message,
      '@module': 'rhcs',
      '@timestamp': microseconds(new Date()),
      ...fields,
    };
    write(`${redact(JSON.stringify(line))}\n`);
  };
}

function microseconds(time: Date): string {
  return time.toISOString().replace('Z', '000Z');
}
