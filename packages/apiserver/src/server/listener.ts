import type { ServerResponse } from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { CodedError } from '@pullpath/diagnostics';
import { answerError } from '../http/answer.ts';
import { type ApiResponse, text } from '../http/exchange.ts';
import { ApiError, badRequest } from '../status/status.ts';
import type { ApiServer } from './api-server.ts';
import type { KeyPair } from './certificates.ts';
import { apiRequest, type NodeRequest } from './node-request.ts';
import { answerProtocolFaults } from './protocol-faults.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly authority: KeyPair;
  readonly certificate: KeyPair;
  /** Names besides `localhost` and addresses that a `Host` header may have. */
  readonly hostNames?: readonly string[];
  readonly report: (error: unknown) => void;
}

export interface Listening {
  readonly port: number;
  /** Stops accepting, ends watches, lets requests finish for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Responses of HTTP/2 have the calls that are used of those of HTTP/1. */
type NodeResponse = ServerResponse;

/** Serves an API over TLS, HTTP/1.1 and HTTP/2. Rejects with `CodedError` `listen-failed`. */
export async function listen(server: ApiServer, options: ListenOptions): Promise<Listening> {
  const { certificate, authority } = options;
  const stop = new AbortController();
  const secure = createSecureServer(settings(certificate, authority));
  limitArrival(secure);
  answerProtocolFaults(secure);
  const handler = new Handler(server, options, stop.signal);
  secure.on('request', (request: NodeRequest, response: NodeResponse) => handler.handle(request, response));
  const sockets = trackSockets(secure, options.report);
  const port = await bound(secure, options);
  return { port, close: (graceMs) => closed(secure, sockets, stop, graceMs) };
}

function settings(certificate: KeyPair, authority: KeyPair) {
  return {
    allowHTTP1: true,
    key: certificate.key,
    cert: certificate.certificate,
    ca: authority.certificate,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    maxHeaderListPairs: 200,
    handshakeTimeout: 10_000,
    // Answered by us, with a Status.
    requireHostHeader: false,
    settings: { maxConcurrentStreams: 250, maxHeaderListSize: 64 * 1024 },
  } as const;
}

/** Milliseconds for the headers of an HTTP/1 request, for all of it, and until an unread answer is given up. */
const headersMs = 10_000;
const arrivalMs = 60_000;
const unreadMs = 60_000;

// Connections that send nothing, or a byte now and then, must not hold their place. Node reads these when it listens.
function limitArrival(secure: Http2SecureServer): void {
  Object.assign(secure, { headersTimeout: headersMs, requestTimeout: arrivalMs, connectionsCheckingInterval: 2_000 });
}

function trackSockets(secure: Http2SecureServer, report: (error: unknown) => void): Set<Socket> {
  const sockets = new Set<Socket>();
  secure.on('secureConnection', (socket: Socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.once('close', () => sockets.delete(socket));
  });
  secure.on('sessionError', (error: NodeJS.ErrnoException) => {
    // A client that hangs up is no failure of the server.
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') report(error);
  });
  // A client that speaks no TLS, or stops in the middle of it, is no failure of the server.
  secure.on('tlsClientError', (_error, socket) => socket.destroy());
  return sockets;
}

function bound(secure: Http2SecureServer, { host, port }: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    secure.once('error', (error) =>
      reject(
        new CodedError('listen-failed', `cannot listen on ${host}:${port}: ${error.message}`, {
          hint: 'choose another port, or 0 for any free one',
          cause: error,
        }),
      ),
    );
    secure.listen(port, host, () => resolve((secure.address() as AddressInfo).port));
  });
}

function closed(
  secure: Http2SecureServer,
  sockets: Set<Socket>,
  stop: AbortController,
  graceMs: number,
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, graceMs);
    secure.close(() => {
      clearTimeout(timer);
      resolve();
    });
    stop.abort();
    // Idle connections would hold the server open.
    setImmediate(() => {
      for (const socket of sockets) socket.end();
    });
  });
}

class Handler {
  readonly #server: ApiServer;
  readonly #options: ListenOptions;
  readonly #stop: AbortSignal;

  constructor(server: ApiServer, options: ListenOptions, stop: AbortSignal) {
    this.#server = server;
    this.#options = options;
    this.#stop = stop;
  }

  handle(request: NodeRequest, response: NodeResponse): void {
    this.#answer(request, response).catch((error: unknown) => {
      this.#options.report(error);
      response.destroy();
    });
  }

  async #answer(request: NodeRequest, response: NodeResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await this.#answerOf(request, AbortSignal.any([gone.signal, this.#stop]));
    if (gone.signal.aborted) return discard(answer);
    send(response, answer, request.method === 'HEAD');
  }

  async #answerOf(request: NodeRequest, signal: AbortSignal): Promise<ApiResponse> {
    try {
      const api = apiRequest(request, signal);
      if (request.httpVersion === '1.1' && api.headers['host'] === undefined)
        throw badRequest('missing required Host header');
      if (!isAllowedHost(api.headers['host'], this.#options))
        return text(403, 'the Host header names no address of this server\n');
      return await this.#server.handle(api);
    } catch (error) {
      if (error instanceof ApiError) return answerError(error, { format: 'json', pretty: false });
      throw error;
    }
  }
}

/** A web page that resolved its own name to this address must not be taken for the server's own (DNS rebinding). */
function isAllowedHost(header: string | undefined, { host, hostNames = [] }: ListenOptions): boolean {
  if (header === undefined) return true;
  const name = header.startsWith('[') ? header.slice(1, header.indexOf(']')) : (header.split(':')[0] ?? '');
  const known = ['localhost', host, ...hostNames];
  return known.includes(name.toLowerCase()) || name.includes(':') || header.startsWith('[') || /^[\d.]+$/.test(name);
}

function discard({ body }: ApiResponse): void {
  if (!Buffer.isBuffer(body)) body.destroy();
}

function send(response: NodeResponse, { status, headers, body }: ApiResponse, headOnly: boolean): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value as string | string[]);
  if (Buffer.isBuffer(body)) {
    if (status !== 304) response.setHeader('content-length', body.length);
    response.statusCode = status;
    // What nobody reads would be held for as long as the client likes.
    response.setTimeout(unreadMs, () => response.destroy());
    sendBytes(response, headOnly ? noBytes : body);
    return;
  }
  // A watch that has nothing to say yet has begun all the same.
  response.writeHead(status);
  if ('flushHeaders' in response) response.flushHeaders();
  // Either side may end first; both are closed then, and neither is a failure.
  pipeline(body, response, () => undefined);
}

const noBytes = Buffer.alloc(0);
const pieceBytes = 32 * 1024;

// A connection of HTTP/1 whose socket still counts as full when the next request arrives is paused by Node, which then
// takes the rest of that request for a fault (HPE_PAUSED, seen on Node 24). Pieces below its high-water mark never fill it.
function sendBytes(response: NodeResponse, body: Buffer): void {
  if (body.length <= pieceBytes || 'stream' in response) response.end(body);
  else pipeline(Readable.from(piecesOf(body)), response, () => undefined);
}

function* piecesOf(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += pieceBytes) yield body.subarray(at, at + pieceBytes);
}
