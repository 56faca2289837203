import type { Connect } from './context.ts';
import { OcmFault } from './ocm.ts';

export const connect: Connect = async (settings) => ({
  send: async ({ method, path, query, body, signal }) => {
    const url = new URL(`/api/clusters_mgmt/v1${path}`, settings.url);
    for (const [k, v] of Object.entries(query ?? {})) url.searchParams.set(k, v);
    const r = await fetch(url, {
      method,
      signal,
      headers: { authorization: `Bearer ${settings.tokens[0]}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await r.text();
    if (!r.ok) throw new OcmFault(`status is ${r.status}: ${text}`, { status: r.status });
    return text ? JSON.parse(text) : undefined;
  },
});
