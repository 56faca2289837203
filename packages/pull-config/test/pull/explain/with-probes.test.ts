import { type Explanation, explainPull, formatExplanation, withProbes } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const explained: Explanation = explainPull(
  {
    runtime: 'containerd',
    route: (image) => ({
      image,
      normalized: image,
      attempts: ['m.corp/x:1', 'quay.io/x:1'].map((reference, index) => ({
        reference,
        mirror: index === 0,
        insecure: false,
        outcome: 'tried' as const,
      })),
    }),
    authFiles: [],
    certs: [],
  },
  'quay.io/x:1',
);

const down = { ms: 3, error: { code: 'registry-unreachable', message: 'm.corp cannot be reached' } };

test('the first attempt that has the manifest serves the pull', () => {
  const probed = withProbes(explained, [down, { status: 200, ms: 38, digest: 'sha256:6f1c' }]);
  expect(probed).toMatchObject({ ok: true, attempts: [{ probe: down }, { probe: { status: 200 } }] });
  expect(probed.verdict).toContain('Right now quay.io/x:1 serves it.');
});

test('when no attempt has it the pull fails', () => {
  expect(
    withProbes(explained, [down, { status: 404, ms: 1, error: { code: 'registry-not-found', message: '' } }]),
  ).toMatchObject({
    ok: false,
    verdict: expect.stringContaining('no registry serves it'),
  });
});

test('the text form shows each answer below its attempt', () => {
  expect(
    formatExplanation(withProbes(explained, [down, { status: 200, ms: 38, digest: 'sha256:6f1c' }])),
  ).toBe(`quay.io/x:1  · pulled by tag · containerd

  rule   none: the image is pulled from where its name says

  1 ✓    m.corp/x:1   tried  mirror
         no answer in 3 ms, m.corp cannot be reached
  2 ✓    quay.io/x:1  tried  source
         200 in 38 ms, sha256:6f1c

  Two routes, in this order. This pull fails only if m.corp and quay.io both fail. Right now quay.io/x:1 serves it.
`);
});
