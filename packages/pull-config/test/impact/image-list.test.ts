import { parseImageList } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

test('every line is an image, comments and blank lines are none, equal ones count', () => {
  const text = '# running\nquay.io/a/b:1\n\n  registry:5000/x@sha256:ab  # pinned\nquay.io/a/b:1\r\nnot#a-comment\n';
  expect(parseImageList({ file: '-', text })).toEqual({
    images: [
      { image: 'quay.io/a/b:1', count: 2 },
      { image: 'registry:5000/x@sha256:ab', count: 1 },
      { image: 'not#a-comment', count: 1 },
    ],
    diagnostics: [],
  });
});

test('a PodList gives the images of all kinds of containers and of image volumes, per namespace', () => {
  const pod = {
    metadata: { name: 'p', namespace: 'team' },
    spec: {
      initContainers: [{ image: 'init:1' }],
      containers: [{ image: 'app:1' }, { image: 'app:1' }],
      ephemeralContainers: [{ image: 'debug:1' }],
      volumes: [
        { name: 'v', image: { reference: 'data:1' } },
        { name: 'w', emptyDir: {} },
      ],
    },
  };
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: [pod] });
  expect(parseImageList({ file: 'pods.json', text }).images).toEqual([
    { image: 'init:1', namespace: 'team', count: 1 },
    { image: 'app:1', namespace: 'team', count: 2 },
    { image: 'debug:1', namespace: 'team', count: 1 },
    { image: 'data:1', namespace: 'team', count: 1 },
  ]);
});

test('Pods as YAML documents are read, other kinds are reported at their line', () => {
  const text = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: c, image: "quay.io/a:1"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
`;
  const { images, diagnostics } = parseImageList({ file: 'pods.yaml', text });
  expect(images).toEqual([{ image: 'quay.io/a:1', namespace: 'default', count: 1 }]);
  expect(diagnostics.map(({ code, at }) => [code, at?.start.line])).toEqual([['image-list-kind', 7]]);
});
