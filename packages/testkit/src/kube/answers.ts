/** An answer of a test API server: a whole one, or a stream that runs until its client has gone. */
export interface KubeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body: string;
  /** Called once the body is sent: writes more, and gives what ends that. */
  readonly stream?: ((write: (text: string) => void, end: () => void) => () => void) | undefined;
}

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): KubeAnswer {
  return { status, headers, body: `${JSON.stringify(value)}\n` };
}

/** A refusal as API servers word it. */
export function statusAnswer(
  code: number,
  reason: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): KubeAnswer {
  const seconds = details['retryAfterSeconds'];
  const headers: Record<string, string> = typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {};
  return jsonAnswer(code, statusObject(code, reason, message, details), headers);
}

export function statusObject(
  code: number,
  reason: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code };
}
