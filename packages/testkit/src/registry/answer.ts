export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function answer(status: number, body: string | Buffer, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body: Buffer.from(body) };
}

/** An error body of the distribution specification. */
export function errorAnswer(status: number, code: string, headers: Answer['headers'] = {}): Answer {
  const body = JSON.stringify({ errors: [{ code, message: code.toLowerCase().replaceAll('_', ' ') }] });
  return answer(status, body, { 'content-type': 'application/json', ...headers });
}
