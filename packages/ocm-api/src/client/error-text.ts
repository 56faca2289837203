import type { ErrorBody } from '../model/error-body.ts';

/** The words of the published SDK for a refusal, made of the parts that are there (ocm-sdk-go `errors.Error`). */
export function errorText(status: number, { id, code, timestamp, operation_id, reason }: Partial<ErrorBody>): string {
  const clauses = [
    `status is ${status}`,
    ...(id ? [`identifier is '${id}'`] : []),
    ...(code ? [`code is '${code}'`] : []),
    ...(timestamp ? [`at '${timestamp}'`] : []),
    ...(operation_id ? [`operation identifier is '${operation_id}'`] : []),
  ];
  const last = clauses.pop() ?? '';
  const text = clauses.length === 0 ? last : `${clauses.join(', ')} and ${last}`;
  return reason ? `${text}: ${reason}` : text;
}
