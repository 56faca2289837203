import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { launcher } from '../run-cli.ts';

test.runIf(existsSync('/dev/full'))('a result that does not fit on the disk is told, with exit 3', () => {
  const { status, stderr } = spawnSync('sh', ['-c', '"$0" crds > /dev/full', launcher], { encoding: 'utf8' });
  expect(status).toBe(3);
  expect(stderr).toMatch(/^error\[file-unwritable\]: cannot write the result: .*\n {2}= hint: /);
});

test('a reader that closes the pipe early is no failure', () => {
  const { stdout, stderr } = spawnSync('sh', ['-c', '{ "$0" crds; echo $? >&2; } | head -n 1', launcher], {
    encoding: 'utf8',
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'apiVersion: apiextensions.k8s.io/v1\n', stderr: '0\n' });
});
