import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { CodedError } from '@pullpath/diagnostics';
import type { IgnitionSource } from './user-data.ts';

const mostBytes = 64 * 2 ** 20;
const longestMs = 30_000;

/** Gets the document that a machine boots from, as Ignition does. Rejects with `ignition-unavailable`, which may pass. */
export async function fetchIgnition(
  { url, headers, authorities }: IgnitionSource,
  signal: AbortSignal,
): Promise<unknown> {
  const wanted = { accept: accepted, 'accept-encoding': 'gzip', ...headers };
  const response = await answer(url, wanted, authorities, AbortSignal.any([signal, AbortSignal.timeout(longestMs)]));
  const body = await wholeBody(response, url);
  if (response.statusCode !== 200) throw unavailable(url, `it answers ${response.statusCode}`);
  try {
    return JSON.parse(isPacked(body) ? gunzipSync(body, { maxOutputLength: mostBytes }).toString() : body.toString());
  } catch (cause) {
    throw unavailable(url, 'its answer is no JSON', cause);
  }
}

// Ignition asks for the newest version that it knows; a server picks by this.
const accepted = 'application/vnd.coreos.ignition+json;version=3.5.0, */*;q=0.1';

function answer(
  url: string,
  headers: Readonly<Record<string, string>>,
  authorities: readonly string[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  // Handed on to `tls.connect`, as all options of the connection are.
  const options = { headers, signal, secureContext: trusting(authorities), agent: false };
  return new Promise((resolve, reject) => {
    const asked = request(url, options, resolve);
    asked.on('error', (cause) => reject(unavailable(url, cause.message, cause)));
    asked.end();
  });
}

const contexts = new Map<string, SecureContext>();

// To read all authorities takes longer than the request, and the machines of a cluster have the same.
function trusting(authorities: readonly string[]): SecureContext {
  const key = authorities.join('\n');
  const context = contexts.get(key) ?? createSecureContext({ ca: [...rootCertificates, ...authorities] });
  if (contexts.size >= mostContexts) contexts.clear();
  contexts.set(key, context);
  return context;
}

const mostContexts = 64;

async function wholeBody(response: IncomingMessage, url: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > mostBytes) throw new Error(`more than ${mostBytes} bytes`);
    }
  } catch (cause) {
    response.destroy();
    throw unavailable(url, cause instanceof Error ? cause.message : String(cause), cause);
  }
  return Buffer.concat(chunks);
}

function isPacked(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

function unavailable(url: string, why: string, cause?: unknown): CodedError {
  return new CodedError('ignition-unavailable', `${url} gives no configuration: ${why}`, {
    hint: 'the machine asks again',
    cause,
  });
}
