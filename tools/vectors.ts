// npm run vectors -- DIR... [--skip a,b|@FILE] [-v]: recorded cases of the field's programs through our functions (DESIGN 5.2).
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { areaName, type GroupResult, parseVectorFile, runVectors, type VectorCase } from '@pullpath/testkit';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    skip: { type: 'string', multiple: true, default: [] },
    verbose: { type: 'boolean', short: 'v', default: false },
  },
});
if (positionals.length === 0) fail('usage: npm run vectors -- DIR... [--skip AREA,AREA/FUNCTION|@FILE]');
const groups = await runVectors(positionals.flatMap(readCases), new Set(values.skip.flatMap(readSkips).map(areaName)));
for (const group of groups) printGroup(group);
const passed = groups.reduce((sum, group) => sum + group.passed, 0);
const failed = groups.reduce((sum, group) => sum + group.failures.length, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function readCases(path: string): VectorCase[] {
  if (!existsSync(path)) fail(`${path}: no such file or directory`);
  return jsonFiles(path).flatMap((file) => [...(parseVectorFile(readFileSync(file, 'utf8')) ?? [])]);
}

function jsonFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => join(path, name));
}

// A skip file has one area, or area/function, per line; the rest of the line is the reason.
function readSkips(option: string): string[] {
  if (!option.startsWith('@')) return option.split(',').filter(Boolean);
  const lines = readFileSync(option.slice(1), 'utf8').split('\n');
  return lines.map((line) => line.trim().split(/\s+/)[0] ?? '').filter((name) => name !== '' && !name.startsWith('#'));
}

function printGroup({ area, fn, passed, failures, skipped, missing }: GroupResult): void {
  const name = `${area} ${fn}`.trimEnd();
  const why = missing === undefined ? '' : ` (NOT RUN: ${missing})`;
  console.log(skipped > 0 ? `${name}: skipped ${skipped}${why}` : `${name}: ${passed} of ${passed + failures.length}`);
  for (const { id, why } of values.verbose ? failures : failures.slice(0, 3)) console.log(`  ${id}: ${why}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
