import { KubeError } from '@pullpath/kube-client';
import type { Grantee } from '../auth/issue-token.ts';
import { judgeToken } from '../auth/judge-token.ts';
import { handleTokenRequest, isTokenPath } from '../token-endpoint/handle-token-request.ts';
import { errorAnswer, serviceOf } from './error-answer.ts';
import type { ServiceAnswer, ServiceRequest } from './http.ts';
import type { OcmService } from './ocm-service.ts';
import { badRequest, Refusal } from './refusal.ts';
import { findRoute } from './routes.ts';

/** Answers one request of the OCM API or of its token endpoint; never rejects. */
export async function handleOcmRequest(service: OcmService, request: ServiceRequest): Promise<ServiceAnswer> {
  try {
    return isTokenPath(request.segments) ? await handleTokenRequest(service, request) : await answer(service, request);
  } catch (error) {
    return errorAnswer(service, request, refusalOf(service, error));
  }
}

async function answer(service: OcmService, request: ServiceRequest): Promise<ServiceAnswer> {
  const grantee = authenticated(service, request);
  const found = findRoute(request.segments);
  if (!found) throw new Refusal(404, `Can't find resource for path '/${request.segments.join('/')}'`);
  const handler = Object.hasOwn(found.route.methods, request.method) ? found.route.methods[request.method] : undefined;
  if (!handler)
    throw new Refusal(405, `Method '${request.method}' isn't supported for path '/${request.segments.join('/')}'`);
  return handler({ service, request, grantee, parameters: found.parameters });
}

/** Whose request this is. The texts are those of the published SDK's handler, but never hold what was sent. */
function authenticated({ key, now }: OcmService, { headers, segments }: ServiceRequest): Grantee {
  const header = headers['authorization'];
  const refused = (reason: string): Refusal =>
    new Refusal(401, reason, { 'www-authenticate': `Bearer realm="${serviceOf(segments)}/v1"` });
  if (header === undefined) throw refused("Request doesn't contain the 'Authorization' header");
  const [scheme = '', token = '', ...rest] = header.trim().split(/ +/);
  if (token === '' || rest.length > 0) throw refused("The 'Authorization' header is malformed");
  if (scheme.toLowerCase() !== 'bearer')
    throw refused("The type of the 'Authorization' header isn't supported, use Bearer");
  const judged = judgeToken(key, token, { use: 'Bearer', now: now() / 1000 });
  if ('fault' in judged) throw refused(judged.fault);
  return judged;
}

function refusalOf(service: OcmService, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof KubeError && (error.status?.code === 422 || error.status?.code === 400))
    return badRequest(error.message);
  if (error instanceof KubeError && error.status?.code === 409) return new Refusal(409, error.message);
  service.report(error);
  if (!(error instanceof KubeError)) return new Refusal(500, 'An unexpected failure; the log of the server says more');
  return new Refusal(503, 'The API of the management cluster cannot be used now', { 'retry-after': '1' });
}
