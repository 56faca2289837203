import { listAt, mapAt, textAt, valueAt } from '../read.ts';

type Json = Readonly<Record<string, unknown>>;

/** A container with what its author left out. Source: Kubernetes `pkg/apis/core/v1/defaults.go`. */
export function containerDefaults(container: unknown): Json {
  const given = container as Json;
  const present = (name: string): boolean => valueAt(given, name) !== undefined;
  return {
    ...given,
    imagePullPolicy: textAt(given, 'imagePullPolicy') || pullPolicyOf(textAt(given, 'image')),
    terminationMessagePath: textAt(given, 'terminationMessagePath') || '/dev/termination-log',
    terminationMessagePolicy: textAt(given, 'terminationMessagePolicy') || 'File',
    ...(present('ports') && { ports: listAt(given, 'ports').map(portDefaults) }),
    ...(present('env') && { env: listAt(given, 'env').map(envDefaults) }),
    ...defaultedProbes(given),
    ...(present('lifecycle') && { lifecycle: lifecycleDefaults(mapAt(given, 'lifecycle')) }),
  };
}

/** `Always` for `latest`, said or implied. */
export function pullPolicyOf(image: string): string {
  return impliedTag(image) === 'latest' ? 'Always' : 'IfNotPresent';
}

function impliedTag(image: string): string {
  const digest = image.indexOf('@');
  const name = digest < 0 ? image : image.slice(0, digest);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  if (colon >= 0) return name.slice(colon + 1);
  return digest < 0 ? 'latest' : '';
}

function portDefaults(port: unknown): Json {
  return { ...(port as Json), protocol: textAt(port, 'protocol') || 'TCP' };
}

function envDefaults(variable: unknown): Json {
  const field = valueAt(variable, 'valueFrom', 'fieldRef');
  if (field === undefined) return variable as Json;
  const fieldRef = fieldSelectorDefaults(field);
  return { ...(variable as Json), valueFrom: { ...mapAt(variable, 'valueFrom'), fieldRef } };
}

/** `fieldRef` of an environment variable or a downward volume. */
export function fieldSelectorDefaults(selector: unknown): Json {
  return { ...(selector as Json), apiVersion: textAt(selector, 'apiVersion') || 'v1' };
}

function defaultedProbes(container: Json): Json {
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];
  const present = probes.filter((name) => valueAt(container, name) !== undefined);
  return Object.fromEntries(present.map((name) => [name, probeDefaults(mapAt(container, name))] as const));
}

function probeDefaults(probe: Json): Json {
  const numbers = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
  const missing = Object.entries(numbers).filter(([name]) => !valueAt(probe, name));
  return { ...handlerDefaults(probe), ...Object.fromEntries(missing) };
}

function handlerDefaults(handler: Json): Json {
  const httpGet = valueAt(handler, 'httpGet');
  const grpc = valueAt(handler, 'grpc');
  return {
    ...handler,
    ...(httpGet !== undefined && {
      httpGet: {
        ...(httpGet as Json),
        path: textAt(httpGet, 'path') || '/',
        scheme: textAt(httpGet, 'scheme') || 'HTTP',
      },
    }),
    ...(grpc !== undefined && { grpc: { service: '', ...(grpc as Json) } }),
  };
}

function lifecycleDefaults(lifecycle: Json): Json {
  const handlers = ['postStart', 'preStop'].filter((name) => valueAt(lifecycle, name) !== undefined);
  return {
    ...lifecycle,
    ...Object.fromEntries(handlers.map((name) => [name, handlerDefaults(mapAt(lifecycle, name))] as const)),
  };
}
