import { expect, test } from 'vitest';
import { impersonating, staticConnection } from '../../src/node/index.ts';

test('an impersonating connection keeps its own credentials and names whom it acts as', async () => {
  const own = staticConnection({ server: 'https://api.example.com', token: 'abc', namespace: 'team' });
  const connection = impersonating(own, { user: 'system:hosted-cluster-config', group: 'system:masters' });
  expect(connection).toMatchObject({ server: own.server, namespace: 'team' });
  expect((await connection.credentials()).headers).toEqual({
    authorization: 'Bearer abc',
    'impersonate-user': 'system:hosted-cluster-config',
    'impersonate-group': 'system:masters',
  });
});
