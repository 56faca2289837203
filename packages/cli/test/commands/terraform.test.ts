import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, pullpath } from '../run-cli.ts';

test('terraform setup installs the provider and prints the line that makes a shell use it', () => {
  const directory = folderWith({});
  expect(pullpath(['terraform', 'setup', directory])).toMatchObject({
    status: 0,
    stdout: `export TF_CLI_CONFIG_FILE='${directory}/terraformrc'\n`,
  });
  expect(readFileSync(join(directory, 'terraformrc'), 'utf8')).toContain(`path    = "${directory}/plugins"`);
});

test('a folder that cannot be made is a failure with a hint', () => {
  const directory = folderWith({ file: '' });
  const { status, stderr } = pullpath(['terraform', 'setup', join(directory, 'file')]);
  expect([status, stderr]).toEqual([3, expect.stringContaining('name a folder that can be written to')]);
});
