import { diffLines, diffNodeFiles, unifiedDiff } from '@pullpath/pull-config';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '', '[[registry]]'), { maxLength: 30 });

test('the runs of a diff give back both texts', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const runs = diffLines(before, after);
      const side = (leftOut: string): string[] =>
        runs.filter(({ kind }) => kind !== leftOut).flatMap((run) => run.lines);
      expect(side('added')).toEqual(before);
      expect(side('removed')).toEqual(after);
    }),
  );
});

test('equal texts have nothing removed or added', () => {
  fc.assert(fc.property(lines, (text) => diffLines(text, text).every(({ kind }) => kind === 'same')));
});

test('a table that is added comes out in one piece', () => {
  const before = `${table('a.io')}\n${table('c.io')}`;
  const after = `${table('a.io')}\n${table('b.io')}\n${table('c.io')}`;
  expect(diffOf('/etc/containers/registries.conf', before, after)).toBe(`--- a/etc/containers/registries.conf
+++ b/etc/containers/registries.conf
@@ -1,6 +1,10 @@
 [[registry]]
   prefix = ""
   location = "a.io"
+
+[[registry]]
+  prefix = ""
+  location = "b.io"
 
 [[registry]]
   prefix = ""
`);
});

test('a file that is added starts at nothing, and a missing newline at the end is said', () => {
  expect(unifiedDiff(diffNodeFiles([], [{ path: '/etc/x', mode: 0o644, contents: 'a' }]))).toBe(
    '--- /dev/null\n+++ b/etc/x\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n',
  );
});

test('of a private file no line is shown', () => {
  const file = (contents: string) => [{ path: '/var/lib/kubelet/config.json', mode: 0o600, contents }];
  expect(unifiedDiff(diffNodeFiles(file('{"auths":{"a":{"auth":"c2VjcmV0"}}}'), file('{}')))).toBe(
    'Private files a/var/lib/kubelet/config.json and b/var/lib/kubelet/config.json differ\n',
  );
});

function table(location: string): string {
  return `[[registry]]\n  prefix = ""\n  location = "${location}"\n`;
}

function diffOf(path: string, before: string, after: string): string {
  return unifiedDiff(
    diffNodeFiles([{ path, mode: 0o644, contents: before }], [{ path, mode: 0o644, contents: after }]),
  );
}
