/** One fault of a field, as `details.causes` carries it. */
export interface StatusCause {
  readonly reason?: string;
  readonly message: string;
  readonly field?: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** The `Status` object that every failure of the Kubernetes API answers with. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code: number;
}

/** What a request is refused with. The wording is the real server's: clients match on it. */
export class ApiError extends Error {
  readonly status: Status;

  constructor(code: number, reason: string | undefined, message: string, details?: StatusDetails) {
    super(message);
    this.status = failure(code, reason, message, details);
  }
}

function failure(
  code: number,
  reason: string | undefined,
  message: string,
  details: StatusDetails | undefined,
): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  };
}

/** Names a resource in messages: `configmaps`, `imagetagmirrorsets.config.openshift.io`. */
export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

export function qualified({ group, resource }: GroupResource): string {
  return group === '' ? resource : `${resource}.${group}`;
}

function about({ group, resource }: GroupResource, name: string): StatusDetails {
  return { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: resource };
}

export function notFound(of: GroupResource, name: string): ApiError {
  return new ApiError(404, 'NotFound', `${qualified(of)} "${name}" not found`, about(of, name));
}

/** The path names no resource of a known version. */
export function resourceUnknown(): ApiError {
  return new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** `deleted` where the object that has the name is on its way out. */
export function alreadyExists(of: GroupResource, name: string, deleted?: string): ApiError {
  const prefix = deleted ? 'object is being deleted: ' : '';
  return new ApiError(409, 'AlreadyExists', `${prefix}${qualified(of)} "${name}" already exists`, about(of, name));
}

export function conflict(of: GroupResource, name: string, why: string): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(of)} "${name}": ${why}`,
    about(of, name),
  );
}

export const objectModified =
  'the object has been modified; please apply your changes to the latest version and try again';

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function forbidden(of: GroupResource, name: string, why: string, causes?: readonly StatusCause[]): ApiError {
  const subject = name === '' ? qualified(of) : `${qualified(of)} "${name}"`;
  return new ApiError(403, 'Forbidden', `${subject} is forbidden: ${why}`, {
    ...about(of, name),
    ...(causes ? { causes } : {}),
  });
}

export function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized');
}

export function methodNotAllowed(): ApiError {
  return new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
}

/** Too old a revision, or a continue token whose past is forgotten. */
export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

export function unsupportedMediaType(accepted: readonly string[]): ApiError {
  const list = accepted.join(', ');
  return new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${list}`,
  );
}

export function notAcceptable(accepted: readonly string[]): ApiError {
  const list = accepted.join(', ');
  return new ApiError(406, 'NotAcceptable', `only the following media types are accepted: ${list}`);
}

/** No route to a built-in kind speaks a media type that the client reads: the router answers before the handler. */
export function routeNotAcceptable(available: readonly string[]): ApiError {
  const list = available.join(', ');
  return new ApiError(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${list}`, {});
}

export function tooLarge(limit: number): ApiError {
  return new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`);
}

export function tooManyRequests(message: string, retryAfterSeconds: number, causes?: readonly StatusCause[]): ApiError {
  return new ApiError(429, 'TooManyRequests', message, { ...(causes ? { causes } : {}), retryAfterSeconds });
}

export function internalError(message: string): ApiError {
  return new ApiError(500, 'InternalError', `Internal error occurred: ${message}`, {
    causes: [{ message }],
  });
}

/** Faults of an object's fields; `kind` is the Kind. Brackets only where there are several. */
export function invalid(of: { group: string; kind: string }, name: string, faults: readonly FieldFault[]): ApiError {
  // The message says each text once, the causes list them all.
  const texts = [...new Set(faults.map((fault) => `${fault.field}: ${fault.message}`))];
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const kind = of.group === '' ? of.kind : `${of.kind}.${of.group}`;
  return new ApiError(422, 'Invalid', `${kind} "${name}" is invalid${texts.length === 0 ? '' : `: ${list}`}`, {
    ...(name === '' ? {} : { name }),
    ...(of.group === '' ? {} : { group: of.group }),
    ...(of.kind === '' ? {} : { kind: of.kind }),
    causes: faults.map(({ reason, message, field }) => ({ reason, message, field })),
  });
}

/** One fault of `invalid`: reason such as `FieldValueInvalid`, the message without the field, the field's path. */
export interface FieldFault {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}
