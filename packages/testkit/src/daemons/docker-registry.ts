import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { KeyedCertificate } from '../certificates/certificate.ts';
import { startBackground } from './background.ts';

export interface DockerRegistryOptions {
  /** An empty directory for its content and configuration. */
  readonly directory: string;
  /** A loopback address with a free port, e.g. `127.0.0.5:5101`. */
  readonly address: string;
  /** Serves TLS with this certificate; plain HTTP without it. */
  readonly tls?: KeyedCertificate;
  /** Asks everybody for a user and a password; lines `user:bcrypt`. */
  readonly htpasswd?: string;
}

/** A running `docker-registry` (distribution 2.8). */
export interface DockerRegistry {
  readonly address: string;
  /** The requests so far that were answered with success: `GET /v2/ns/app/manifests/v1`. */
  served(): readonly string[];
  stop(): Promise<void>;
}

/** Starts the `docker-registry` program on a loopback address. */
export async function startDockerRegistry(options: DockerRegistryOptions): Promise<DockerRegistry> {
  const { directory, address } = options;
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'config.json');
  writeFileSync(file, JSON.stringify(configuration(options)));
  const daemon = await startBackground(['docker-registry', 'serve', file], () => isOpen(address));
  return { address, served: () => successes(daemon.output()), stop: () => daemon.stop() };
}

function configuration({ directory, address, tls, htpasswd }: DockerRegistryOptions): unknown {
  const place = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  return {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(directory, 'content') } },
    http: {
      addr: address,
      ...(tls ? { tls: { certificate: place('tls.crt', tls.certificate), key: place('tls.key', tls.key) } } : {}),
    },
    ...(htpasswd === undefined ? {} : { auth: { htpasswd: { realm: 'test', path: place('htpasswd', htpasswd) } } }),
  };
}

function isOpen(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** Lines of the access log: `... "GET /v2/ HTTP/1.1" 200 2 ...`. */
function successes(log: string): string[] {
  return log.split('\n').flatMap((line) => {
    const [, request = '', status = ''] = line.split('"');
    return status.trim().startsWith('2') ? [request.replace(/ HTTP\/[0-9.]+$/, '')] : [];
  });
}
