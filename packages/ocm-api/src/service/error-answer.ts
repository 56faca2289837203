import type { ErrorBody } from '../model/error-body.ts';
import type { ServiceAnswer, ServiceRequest } from './http.ts';
import type { OcmService } from './ocm-service.ts';
import type { Refusal } from './refusal.ts';
import { timestamp } from './timestamp.ts';

/** An error as the SDK reads it (terraform-ocm 2.2). */
export function errorAnswer(
  { newId, now }: OcmService,
  { segments }: ServiceRequest,
  { status, message, headers }: Refusal,
): ServiceAnswer {
  const service = serviceOf(segments);
  const id = String(status);
  const body: ErrorBody = {
    kind: 'Error',
    id,
    href: `/api/${service}/v1/errors/${id}`,
    code: `${service.toUpperCase().replaceAll('_', '-')}-${id}`,
    reason: message,
    operation_id: newId(),
    timestamp: timestamp(now()),
  };
  return { status, headers, body };
}

/** The service that a path belongs to. */
export function serviceOf([api, service]: readonly string[]): 'clusters_mgmt' | 'accounts_mgmt' {
  return api === 'api' && service === 'accounts_mgmt' ? service : 'clusters_mgmt';
}
