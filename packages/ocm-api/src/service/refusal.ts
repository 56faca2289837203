/** What the caller did not get, and why. Handlers throw it; `handleOcmRequest` makes an error body of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The HTTP status. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, reason: string, headers: Readonly<Record<string, string>> = {}) {
    super(reason);
    this.status = status;
    this.headers = headers;
  }
}

export function badRequest(reason: string): Refusal {
  return new Refusal(400, reason);
}

export function notFound(reason: string): Refusal {
  return new Refusal(404, reason);
}

export function conflict(reason: string): Refusal {
  return new Refusal(409, reason);
}
