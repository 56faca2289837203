import type { GrpcMethods, UnaryHandler } from './grpc.ts';

/**
 * The services of go-plugin beside the provider's own: Shutdown (without it each instance costs core two seconds),
 * health, and the two streams that stay open.
 */
export function pluginMethods(provider: ReadonlyMap<string, UnaryHandler>, shutdown: () => void): GrpcMethods {
  const unary = new Map<string, UnaryHandler>([...provider, ['/grpc.health.v1.Health/Check', () => serving]]);
  return {
    unary,
    silent: new Set(['/plugin.GRPCStdio/StreamStdio', '/plugin.GRPCBroker/StartStream']),
    last: { path: '/plugin.GRPCController/Shutdown', done: () => void setTimeout(shutdown, flushed) },
  };
}

// HealthCheckResponse with status SERVING.
const serving = Uint8Array.of(8, 1);

// Milliseconds in which the last bytes leave the process.
const flushed = 10;
