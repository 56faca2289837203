// node serve.ts DIR: our API server alone, with no kind but the built-in ones; prints how to reach it as JSON.
import { readFileSync } from 'node:fs';
import { issueToken, openServer, rootCluster } from '@pullpath/apiserver';

const [dataDir = ''] = process.argv.slice(2);
const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: [], report: console.error });
const user = { name: 'admin', uid: 'admin', groups: ['system:masters'] };
const token = await issueToken(server.api.rest.store, rootCluster, user);
const { clusters } = JSON.parse(readFileSync(server.kubeconfig, 'utf8'));
const ca = Buffer.from(clusters[0].cluster['certificate-authority-data'], 'base64').toString();
console.log(JSON.stringify({ url: server.url, ca, token }));
