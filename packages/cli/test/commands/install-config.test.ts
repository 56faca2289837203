import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { json, pullpath } from '../run-cli.ts';

const installConfig = (auths: string): string =>
  `apiVersion: v1\nbaseDomain: example.com\nmetadata: {name: lab}\npullSecret: '{"auths":{${auths}}}'\nimageDigestSources:\n- source: quay.io/openshift-release-dev/ocp-release\n  mirrors: [m1.corp/ocp/release]\n- source: quay.io/openshift-release-dev/ocp-v4.0-art-dev\n  mirrors: [m1.corp/ocp/release]\n`;

const release = 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64';

test('a pull secret that covers every mirror is no problem', () => {
  const { status, stderr } = pullpath(['install-config', 'check', '-'], {
    input: installConfig('"m1.corp":{"auth":"dTpw"},"quay.io":{"auth":"dTpw"}'),
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('a mirror without credentials exits 1 and is named with its line', () => {
  const { status, stderr } = pullpath(['install-config', 'check', '-'], {
    input: installConfig('"quay.io":{"auth":"dTpw"}'),
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/m1\.corp/);
  expect(stderr).toMatch(/--> -:7:/);
});

test('as JSON the places are listed where the release image is looked for', () => {
  const input = installConfig('"m1.corp":{"auth":"dTpw"},"quay.io":{"auth":"dTpw"}');
  const digest = `${release.split(':')[0]}@sha256:${'a'.repeat(64)}`;
  expect(json(['install-config', 'check', '-', '--release-image', digest, '-o', 'json'], { input })).toMatchObject({
    mirrors: ['m1.corp/ocp/release'],
    releaseAttempts: [`m1.corp/ocp/release@sha256:${'a'.repeat(64)}`, digest],
  });
});

test('a file that is no install-config exits 3', () => {
  const input = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
  const { status, stderr } = pullpath(['install-config', 'check', '-'], { input });
  expect({ status, told: stderr.startsWith('error[install-config-missing]') }).toEqual({ status: 3, told: true });
});

test('with --probe every mirror is asked, also without a release image', async () => {
  const unused = createServer().listen(0, '127.0.0.1');
  await once(unused, 'listening');
  const host = `127.0.0.1:${(unused.address() as AddressInfo).port}`;
  await new Promise((resolve) => unused.close(resolve));
  const input = installConfig(`"${host}":{"auth":"dTpw"}`).replaceAll('m1.corp', host);
  const { status, stdout, stderr } = pullpath(['install-config', 'check', '-', '--probe', '-o', 'json'], { input });
  expect(status).toBe(1);
  expect(JSON.parse(stdout).registries).toMatchObject([{ host, probe: { error: { code: 'registry-unreachable' } } }]);
  expect(stderr).toMatch(/^warning\[install-config-mirror-unreachable\]: .*\n +--> -:7:/);
});
