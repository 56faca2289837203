import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ended } from '@pullpath/testkit';
import { expect } from 'vitest';
import {
  type Attempt,
  compileNodeConfig,
  prepareResolver,
  type RegistriesConf,
  resolvePull,
  writeRegistriesConf,
} from '../../src/index.ts';
import { generateImage, generateRules } from './generated-rules.ts';
import { type LoopbackRegistries, startLoopbackRegistries } from './loopback-registries.ts';
import { seeded } from './random.ts';

/** Asks for an image with a registries.conf; the program prints what it tries. */
export type PullProgram = (image: string, registriesConf: string, env: LoopbackRegistries['env']) => Promise<Ended>;

/** Runs `use` with running registries and a directory of its own, and removes both. */
export async function withRegistries(
  net: number,
  use: (registries: LoopbackRegistries, directory: string) => Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-pulls-'));
  try {
    const registries = await startLoopbackRegistries(directory, net);
    try {
      await use(registries, directory);
    } finally {
      await registries.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Compares what a program tries with our plan, on `count` generated rule sets that compile; gives how many pulls arrived. */
export async function compareProgram(
  program: PullProgram,
  registries: LoopbackRegistries,
  directory: string,
  count: number,
): Promise<number> {
  let arrived = 0;
  for (let seed = 0, compared = 0; compared < count; seed++) {
    const random = seeded(seed);
    const { config } = compileNodeConfig(generateRules(random, registries), { dialect: '4.19', pool: 'worker' });
    if (!config?.registriesConf) continue;
    const image = generateImage(random, registries);
    if (await compare(program, registries, directory, config.registriesConf, image, seed)) arrived++;
    compared++;
  }
  return arrived;
}

/** True when the image arrived. */
async function compare(
  program: PullProgram,
  registries: LoopbackRegistries,
  directory: string,
  conf: RegistriesConf,
  image: string,
  seed: number,
): Promise<boolean> {
  const text = writeRegistriesConf(conf, '4.19');
  const file = join(directory, 'registries.conf');
  writeFileSync(file, text);
  const { code, stderr } = await program(image, file, registries.env);
  const expected = expectedAttempts(resolvePull(prepareResolver(conf), image).attempts, registries);
  const note = `seed ${seed} ${image}\n${text}\n${stderr.slice(-3000)}`;
  expect(withoutRetries(triedIn(stderr)), note).toEqual(expected.references);
  expect(code === 0, note).toBe(expected.arrives);
  return expected.arrives;
}

/** Every place up to the first that serves the image; blocked ones are announced too before they are refused. */
function expectedAttempts(attempts: readonly Attempt[], { serves }: Pick<LoopbackRegistries, 'serves'>) {
  const used = attempts.filter(({ outcome }) => outcome !== 'skipped');
  const last = used.findIndex((attempt) => serves(attempt));
  const asked = last === -1 ? used : used.slice(0, last + 1);
  return { references: asked.map(({ reference }) => reference), arrives: last !== -1 };
}

/** The references of `Trying to access "REF"`, as the library logs them. */
export function triedIn(log: string): string[] {
  return [...log.matchAll(/Trying to access \\"([^"\\]+)\\"/g)].map(([, reference]) => reference ?? '');
}

// A program may go through the whole list again after a failure that looks temporary.
function withoutRetries(references: readonly string[]): readonly string[] {
  for (let length = 1; length <= references.length / 2; length++) {
    if (references.length % length === 0 && references.every((one, index) => one === references[index % length])) {
      return references.slice(0, length);
    }
  }
  return references;
}
