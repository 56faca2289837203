// npm test [-- FILTER...]: the behaviour of every room, then the recorded cases that travel with the repository.
// Ends with one line, "N passed, M failed", over both.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const filters = process.argv.slice(2);
const counts = [behaviour(filters), ...(filters.length === 0 ? [recordedCases()] : [])];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function behaviour(only: readonly string[]): Counts {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-test-'));
  const report = join(directory, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = node('node_modules/vitest/vitest.mjs', ['run', ...reporters, ...only], 'inherit');
  const result = readReport(report);
  rmSync(directory, { recursive: true });
  // A file that does not even load, or an unhandled error, counts as a failure of its own.
  return {
    passed: result.numPassedTests,
    failed: status === 0 ? result.numFailedTests : Math.max(1, result.numFailedTests),
  };
}

function readReport(path: string): { numPassedTests: number; numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1 };
  }
}

function recordedCases(): Counts {
  const { status, stdout } = node('tools/vectors.ts', ['conformance', '--skip', '@conformance/later.txt'], 'pipe');
  const lines = stdout.toString().trimEnd().split('\n');
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1) ?? '') ?? [];
  console.log(lines.slice(0, -1).join('\n'));
  if (passed === undefined || status === null || status > 1) return { passed: 0, failed: 1 };
  return { passed: Number(passed), failed: Number(failed) };
}

function node(script: string, args: readonly string[], stdout: 'inherit' | 'pipe') {
  return spawnSync(process.execPath, ['--conditions=pullpath-source', join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', stdout, 'inherit'],
    maxBuffer: 64 * 2 ** 20,
  });
}
