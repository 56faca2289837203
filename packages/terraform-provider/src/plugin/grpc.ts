import { constants, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';

/** Answers one message with one message. An exception becomes status 13 with its message. */
export type UnaryHandler = (request: Uint8Array, signal: AbortSignal) => Promise<Uint8Array> | Uint8Array;

/** What a gRPC server offers, by `/package.Service/Method`. Anything else is status 12. */
export interface GrpcMethods {
  readonly unary: ReadonlyMap<string, UnaryHandler>;
  /** Server streams that stay open and say nothing. */
  readonly silent: ReadonlySet<string>;
  /** A method without an answer of its own; `done` runs once the client has the empty one. */
  readonly last: { readonly path: string; readonly done: () => void };
}

/** The most bytes that one message may have; core itself accepts 64 MiB. */
export const messageLimit: number = 64 * 2 ** 20;

/** The port of a gRPC server: serves each stream of an HTTP/2 session (PROTOCOL-HTTP2 of gRPC). */
export function serveSession(session: ServerHttp2Session, methods: GrpcMethods): void {
  session.on('stream', (stream, headers) => {
    stream.on('error', ignoreResets);
    void serveStream(stream, String(headers[constants.HTTP2_HEADER_PATH]), methods);
  });
}

async function serveStream(stream: ServerHttp2Stream, path: string, methods: GrpcMethods): Promise<void> {
  if (methods.silent.has(path)) return openSilently(stream);
  if (path === methods.last.path) return answerLast(stream, methods.last.done);
  const handler = methods.unary.get(path);
  if (handler === undefined) return refuse(stream, statusUnimplemented, `unknown method ${path}`);
  try {
    const request = unframed(await readAll(stream));
    answer(stream, framed(await handler(request, abortedWith(stream))));
  } catch (error) {
    refuse(stream, statusInternal, error instanceof Error ? error.message : String(error));
  }
}

const statusUnimplemented = 12;
const statusInternal = 13;
const contentType = { 'content-type': 'application/grpc' };

function openSilently(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 200, ...contentType }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.resume().on('end', () => stream.end());
}

function answerLast(stream: ServerHttp2Stream, done: () => void): void {
  stream.once('close', done);
  stream.resume();
  answer(stream, framed(new Uint8Array()));
}

function answer(stream: ServerHttp2Stream, frame: Uint8Array): void {
  if (stream.destroyed || stream.closed) return;
  stream.respond({ ':status': 200, ...contentType }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(frame);
}

function refuse(stream: ServerHttp2Stream, status: number, why: string): void {
  if (stream.destroyed || stream.closed) return;
  const verdict = { 'grpc-status': String(status), 'grpc-message': encodeURIComponent(why) };
  stream.resume();
  stream.respond({ ':status': 200, ...contentType, ...verdict }, { endStream: true });
}

function abortedWith(stream: ServerHttp2Stream): AbortSignal {
  const controller = new AbortController();
  stream.on('aborted', () => controller.abort());
  return controller.signal;
}

async function readAll(stream: ServerHttp2Stream): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > messageLimit + frameHead) throw new Error(`a message is larger than ${messageLimit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const frameHead = 5;

function unframed(body: Buffer): Uint8Array {
  if (body.length < frameHead || body.readUInt32BE(1) !== body.length - frameHead) {
    throw new Error('the request is not one whole gRPC message');
  }
  if (body[0] !== 0) throw new Error('compressed messages are not supported');
  return body.subarray(frameHead);
}

function framed(message: Uint8Array): Uint8Array {
  const head = Buffer.alloc(frameHead);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

// A client that goes away resets its streams; there is nobody left to tell.
function ignoreResets(): void {}
