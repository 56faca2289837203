import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installConfigKind, loadManifests, type Source } from '@pullpath/api';
import { CodedError, type Diagnostic, hasErrors } from '@pullpath/diagnostics';
import { type MigratedFile, migrateContentSources, migrateIcsp, migrateInstallConfig } from '@pullpath/pull-config';
import { parseAllDocuments } from 'yaml';
import type { MigrateFlags } from '../commands/migrate.ts';
import { exitCodes } from '../exit-codes.ts';
import { readSources } from '../input/load-objects.ts';
import { reportDiagnostics } from '../output/report.ts';
import { structured } from '../output/structured.ts';
import { writeWhole } from '../output/write-whole.ts';
import { proveSameFiles } from './migration-proof.ts';

/** `pullpath migrate icsp`: a file that cannot be migrated does not stop the others, but makes the exit code 1. */
export async function migrateIcspFiles(paths: readonly string[], flags: MigrateFlags): Promise<number> {
  const { sources, diagnostics } = readSources(paths);
  const migration = migrateIcsp(sources.map((source) => ({ ...source, optional: !paths.includes(source.file) })));
  const proof = proveSameFiles(migration);
  report([...diagnostics, ...migration.diagnostics, ...proof.diagnostics], sources);
  if (flags.destDir === undefined) process.stdout.write(objectsText(migration.files, flags));
  else writeFiles(flags.destDir, migration.files);
  process.stderr.write(proof.sentence);
  return hasErrors([...diagnostics, ...migration.diagnostics, ...proof.diagnostics])
    ? exitCodes.findings
    : exitCodes.done;
}

function objectsText(files: readonly MigratedFile[], { output = 'yaml' }: MigrateFlags): string {
  if (output === 'json')
    return structured(
      files.flatMap(({ objects }) => objects),
      'json',
    );
  return files.map(({ text }) => text).join('---\n');
}

function writeFiles(directory: string, files: readonly MigratedFile[]): void {
  ensureDirectory(directory);
  for (const { name, text } of files) {
    const path = join(directory, name);
    writeWhole(path, text, 0o644);
    process.stdout.write(`wrote ImageDigestMirrorSet to ${path}\n`);
  }
}

function ensureDirectory(directory: string): void {
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new CodedError('dest-dir-is-a-file', `${JSON.stringify(directory)} exists and is a file`, {
      hint: 'name a directory with --dest-dir',
    });
  }
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    throw new CodedError('file-unwritable', `cannot create ${directory}: ${(cause as Error).message}`, {
      hint: 'name a directory with --dest-dir that can be created',
      cause,
    });
  }
}

/** `pullpath migrate content-sources`: HostedClusters to the unified ConfigMap, install-config to imageDigestSources. */
export async function migrateContentSourceFiles(paths: readonly string[], flags: MigrateFlags): Promise<number> {
  const { sources, diagnostics } = readSources(paths);
  const loaded = loadManifests(sources);
  const installConfigs = sources.filter(({ file }) =>
    loaded.objects.some(({ object, source }) => source?.file === file && object.kind === installConfigKind),
  );
  const texts = installConfigs.map((source) => ({ file: source.file, ...migrateInstallConfig(source) }));
  const others = loaded.objects.filter(({ source }) => !installConfigs.some(({ file }) => file === source?.file));
  const hosted = installConfigs.length > 0 && others.length === 0 ? undefined : migrateContentSources(others);
  const all = [
    ...diagnostics,
    ...loaded.diagnostics,
    ...texts.flatMap((text) => text.diagnostics),
    ...(hosted?.diagnostics ?? []),
  ];
  report(all, sources);
  if (hasErrors(all)) return exitCodes.findings;
  emit(
    [
      ...texts.map(({ file, text = '' }) => ({ name: baseName(file), text })),
      ...(hosted?.text ? [{ name: 'image-mirrors.yaml', text: hosted.text }] : []),
    ],
    flags,
  );
  for (const name of hosted?.unused ?? [])
    process.stderr.write(`nothing names ConfigMap ${name} any more; delete it once the nodes have rolled\n`);
  return exitCodes.done;
}

function emit(files: readonly { name: string; text: string }[], { destDir, output }: MigrateFlags): void {
  if (destDir === undefined) {
    const text = files.map((file) => file.text).join('---\n');
    process.stdout.write(
      output === 'json'
        ? structured(
            parseAllDocuments(text).map((each) => each.toJS()),
            'json',
          )
        : text,
    );
  } else {
    ensureDirectory(destDir);
    for (const { name, text } of files) {
      writeWhole(join(destDir, name), text, 0o600);
      process.stdout.write(`wrote ${join(destDir, name)}\n`);
    }
  }
}

function baseName(file: string): string {
  return file === '-' ? 'install-config.yaml' : (file.split('/').at(-1) ?? file);
}

function report(diagnostics: readonly Diagnostic[], sources: readonly Source[]): void {
  reportDiagnostics(diagnostics, new Map(sources.map(({ file, text }) => [file, text])));
}
