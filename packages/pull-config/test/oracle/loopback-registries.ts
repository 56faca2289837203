import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createAuthority,
  type DockerRegistry,
  type ImageDirectory,
  pushImage,
  startDockerRegistry,
  writeImage,
} from '@pullpath/testkit';
import type { Attempt } from '../../src/index.ts';

/** Six places on loopback addresses: two plain registries, one with TLS, one with a login, one nobody may use, one down. */
export interface LoopbackRegistries {
  readonly hosts: Record<'plain' | 'other' | 'secured' | 'login' | 'refusing' | 'down', string>;
  readonly image: ImageDirectory;
  readonly running: readonly DockerRegistry[];
  /** For the programs: a home with the private authority and an auth file with the login. */
  readonly env: Readonly<Record<string, string>>;
  /** True when the attempt ends with an image. */
  serves(attempt: Attempt): boolean;
  stop(): Promise<void>;
}

/** Repositories that every running registry has, with the tag `v1`. */
const repositories = ['app', 'ns/app', 'x/ns/app'];
const login = 'puller:let-me-pull';
/** `let-me-pull` by bcrypt. */
const htpasswd = 'puller:$2a$05$MvIQae0tOJwVvojdI..7eefXAt5/1yi4P2oAJC1ZReYssyWxV4OPm';

/** Starts the registries on `127.0.<net>.1` to `.6`, port 5000, and fills those that run. */
export async function startLoopbackRegistries(directory: string, net: number): Promise<LoopbackRegistries> {
  const address = (host: number): string => `127.0.${net}.${host}:5000`;
  const authority = createAuthority();
  const start = (name: string, host: number, more: object = {}) =>
    startDockerRegistry({ directory: join(directory, name), address: address(host), ...more });
  const running = [
    await start('plain', 1),
    await start('other', 2),
    await start('secured', 3, { tls: authority.issue([`127.0.${net}.3`]) }),
    await start('login', 4, { htpasswd }),
    await start('refusing', 5, { htpasswd }),
  ];
  const hosts = {
    plain: address(1),
    other: address(2),
    secured: address(3),
    login: address(4),
    refusing: address(5),
    down: address(6),
  };
  const image = writeImage(join(directory, 'image'), 'loopback');
  for (const host of [hosts.plain, hosts.other, hosts.secured, hosts.login]) {
    for (const repository of repositories) await pushImage(image, `${host}/${repository}:v1`, login);
  }
  return {
    hosts,
    image,
    running,
    env: writeHome(join(directory, 'home'), hosts, authority.certificate),
    serves: (attempt) => servesFrom(hosts, attempt),
    stop: async () => void (await Promise.all(running.map((registry) => registry.stop()))),
  };
}

function servesFrom(hosts: LoopbackRegistries['hosts'], { reference, insecure, outcome }: Attempt): boolean {
  if (outcome !== 'tried') return false;
  const slash = reference.indexOf('/');
  const [host, rest] = [reference.slice(0, slash), reference.slice(slash + 1)];
  const usable = host === hosts.secured || (insecure && [hosts.plain, hosts.other, hosts.login].includes(host));
  return usable && repositories.some((repository) => rest === `${repository}:v1` || rest.startsWith(`${repository}@`));
}

function writeHome(
  home: string,
  { secured, login: host }: LoopbackRegistries['hosts'],
  pem: string,
): Record<string, string> {
  const certificates = join(home, '.config/containers/certs.d', secured);
  mkdirSync(certificates, { recursive: true });
  writeFileSync(join(certificates, 'ca.crt'), pem);
  const authFile = join(home, 'auth.json');
  writeFileSync(authFile, JSON.stringify({ auths: { [host]: { auth: Buffer.from(login).toString('base64') } } }));
  return { HOME: home, REGISTRY_AUTH_FILE: authFile };
}
