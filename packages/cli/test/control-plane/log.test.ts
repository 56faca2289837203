import { CodedError } from '@pullpath/diagnostics';
import { expect, test } from 'vitest';
import { createLog } from '../../src/control-plane/log.ts';

function log(format: 'text' | 'json') {
  const lines: string[] = [];
  const clock = { now: Date.parse('2026-01-02T03:04:05Z') };
  const it = createLog({ format, write: (line) => lines.push(line), now: () => clock.now });
  return { lines, clock, ...it };
}

const refused = new CodedError('kube-status', 'pods is forbidden', { hint: 'grant the verb list' });

test('a failure is one line with its code, what was tried and the hint', () => {
  const { lines, report } = log('text');
  report(refused, 'list pods');
  expect(lines).toEqual(['error[kube-status]: list pods: pods is forbidden (grant the verb list)']);
});

test('the same failure is told again after a minute only', () => {
  const { lines, report, clock } = log('text');
  report(refused, 'list pods');
  report(refused, 'list pods');
  report(refused, 'list nodes');
  clock.now += 60_000;
  report(refused, 'list pods');
  expect(lines).toHaveLength(3);
});

test('JSON lines have time, level, message and code', () => {
  const { lines, report, info } = log('json');
  info('ready');
  report(refused, 'list pods');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { time: '2026-01-02T03:04:05.000Z', level: 'info', message: 'ready' },
    {
      time: '2026-01-02T03:04:05.000Z',
      level: 'error',
      message: 'list pods: pods is forbidden (grant the verb list)',
      code: 'kube-status',
    },
  ]);
});

test('a token in a message is masked', () => {
  const { lines, info } = log('text');
  info('sent Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789');
  expect(lines[0]).not.toContain('abcdefghijklmnop');
});
