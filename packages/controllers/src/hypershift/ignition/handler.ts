import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { systemClock } from '@pullpath/kube-client';
import {
  decodePayload,
  type IgnitionAnswer,
  ignitionAnswer,
  isTokenExpired,
  marks,
  type TokenPayload,
} from '@pullpath/pull-config';
import type { ControllerContext } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { type OwnedObjects, ownedObjects } from '../../manager/owned-objects.ts';
import { decoded } from '../node-pool/secret-data.ts';
import { operatorSecrets } from '../resources.ts';

/** What the Ignition endpoint needs of a context. */
export type IgnitionContext = Pick<ControllerContext, 'management' | 'report'> &
  Partial<Pick<ControllerContext, 'clock'>>;

/**
 * Answers machines of NodePools at `/ignition`, for an HTTPS listener. The payload is that of the token Secret which has the
 * token, or had it before it was replaced; the first answer is noted there.
 */
export function ignitionHandler(
  context: IgnitionContext,
): (request: IncomingMessage, response: ServerResponse) => void {
  const secrets = ownedObjects(context.management, operatorSecrets);
  return (request, response) => {
    const { answer, secret } = answerTo(request, secrets, (context.clock ?? systemClock).now());
    send(response, answer, request.method === 'HEAD');
    if (secret && answer.status === 200) void noteReached(context, secrets, secret);
  };
}

function answerTo(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  secrets: OwnedObjects,
  now: number,
): { readonly answer: IgnitionAnswer; readonly secret: LiveObject | undefined } {
  let secret: LiveObject | undefined;
  const path = url.split('?', 1)[0] ?? '/';
  const answer = ignitionAnswer({ method, path, headers: { authorization: headers.authorization } }, (token) => {
    [secret] = secrets.byIndex('token', Buffer.from(token).toString('base64'));
    return secret && payloadOf(secret, now);
  });
  return { answer, secret };
}

function payloadOf(secret: LiveObject, now: number): TokenPayload {
  const { annotations = {} } = secret.metadata;
  const packed = decoded(secret, 'payload');
  const read = packed === undefined ? undefined : decodePayload(packed, codec);
  return {
    nodePool: annotations[marks.nodePool] ?? '',
    isExpired: isTokenExpired(annotations, now),
    payload: read?.ok ? read.raw : undefined,
  };
}

const codec = { gzip: (bytes: Uint8Array) => bytes, gunzip: (bytes: Uint8Array) => gunzipSync(bytes) };

function send(response: ServerResponse, { status, headers, body }: IgnitionAnswer, headOnly: boolean): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
  response.end(headOnly ? '' : body);
}

/** `ReachedIgnitionEndpoint` of the NodePool comes from this. */
async function noteReached({ report }: IgnitionContext, secrets: OwnedObjects, secret: LiveObject): Promise<void> {
  try {
    await secrets.patchMetadata(secret, { annotations: { [marks.ignitionReached]: 'True' } });
  } catch (error) {
    report(error, `note that a machine fetched ${secret.metadata.namespace}/${secret.metadata.name}`);
  }
}
