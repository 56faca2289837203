// node serve.child.ts DIR: a server as `pullpath serve` runs it, without controllers of the product; prints its address.
import { kinds } from '@pullpath/api';
import { openServer } from '../../src/index.ts';

const [dataDir = ''] = process.argv.slice(2);
const server = await openServer({
  dataDir,
  host: '127.0.0.1',
  port: 0,
  kinds: kinds.filter(({ group }) => group.includes('.') && group !== 'mirror.openshift.io'),
  report: (error) => console.error(error),
});
console.log(`ready ${server.url}`);
