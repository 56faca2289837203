import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority } from '@pullpath/testkit';
import { onTestFinished } from 'vitest';

/** An Ignition endpoint, and the user data that leads machines to it. */
export interface IgnitionEndpoint {
  readonly userData: string;
  /** Headers of the requests so far. */
  readonly requests: IncomingHttpHeaders[];
  /** What it answers from now on. */
  answer: { status: number; body: string | Buffer };
}

const headers = { Authorization: 'Bearer dG9rZW4=', NodePool: 'clusters/pool-a', TargetConfigVersionHash: 'abcd1234' };

export async function startIgnitionEndpoint(body: object): Promise<IgnitionEndpoint> {
  const authority = createAuthority();
  const { certificate, key } = authority.issue(['127.0.0.1']);
  const requests: IncomingHttpHeaders[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    requests.push(request.headers);
    response.writeHead(endpoint.answer.status, { 'content-type': 'application/json' }).end(endpoint.answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const source = `https://127.0.0.1:${(server.address() as AddressInfo).port}/ignition`;
  const ca = { source: `data:text/plain;base64,${Buffer.from(authority.certificate).toString('base64')}` };
  const httpHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const ignition = {
    version: '3.2.0',
    security: { tls: { certificateAuthorities: [ca] } },
    config: { merge: [{ source, httpHeaders }] },
  };
  const endpoint: IgnitionEndpoint = {
    userData: JSON.stringify({ ignition }),
    requests,
    answer: { status: 200, body: JSON.stringify(body) },
  };
  return endpoint;
}
