import { expect, test } from 'vitest';
import { turns } from '../../src/provider/turns.ts';

test('tasks of one key run one after the other, in order, those of others at once', async () => {
  const take = turns();
  const log: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = take('a', async () => {
    log.push('a1 begins');
    await gate.promise;
    log.push('a1 ends');
  });
  const second = take('a', async () => void log.push('a2'));
  await take('b', async () => void log.push('b1'));
  gate.resolve();
  await Promise.all([first, second]);
  expect(log).toEqual(['a1 begins', 'b1', 'a1 ends', 'a2']);
});

test('a task that fails fails alone', async () => {
  const take = turns();
  const failing = take('a', () => Promise.reject(new Error('no')));
  const next = take('a', async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
