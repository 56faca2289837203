import { createServer } from 'node:net';

/**
 * Free TCP ports of 127.0.0.1, all different, for programs that cannot pick one themselves. They lie below those that
 * systems give to connections and to servers on port 0 (Linux: from 32768), so none is taken before its program starts;
 * processes that run at once search in different places.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = nextCandidate();
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

const [first, last, perProcess] = [20_000, 32_000, 50];
let candidate = first + ((process.pid * perProcess) % (last - first));

function nextCandidate(): number {
  candidate = candidate + 1 < last ? candidate + 1 : first;
  return candidate;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
