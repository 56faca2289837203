import { findCertificates } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const file = (path: string) => ({ path, contents: '' });

test('every .crt of the directory of host and port is an authority, in the order of names', () => {
  const files = [
    file('/etc/docker/certs.d/m.corp:5000/b.crt'),
    file('/etc/docker/certs.d/m.corp:5000/a.crt'),
    file('/etc/docker/certs.d/m.corp:5000/deeper/c.crt'),
    file('/etc/docker/certs.d/m.corp/d.crt'),
  ];
  expect(findCertificates(files, 'm.corp:5000').authorities.map(({ path }) => path)).toEqual([
    '/etc/docker/certs.d/m.corp:5000/a.crt',
    '/etc/docker/certs.d/m.corp:5000/b.crt',
  ]);
});

test('the first directory that serves the host hides the others', () => {
  const files = [file('/etc/docker/certs.d/m/ca.crt'), file('/etc/containers/certs.d/m/README')];
  expect(findCertificates(files, 'm')).toMatchObject({ directory: '/etc/containers/certs.d/m', authorities: [] });
});

test('a client certificate and its key need each other', () => {
  const files = ['a.cert', 'a.key', 'b.cert', 'c.key'].map((name) => file(`/etc/docker/certs.d/m/${name}`));
  const { clients, faults } = findCertificates(files, 'm');
  expect(clients.map(({ certificate }) => certificate.path)).toEqual(['/etc/docker/certs.d/m/a.cert']);
  expect(faults.map(({ code }) => code)).toEqual(['certs-key-missing', 'certs-cert-missing']);
});
