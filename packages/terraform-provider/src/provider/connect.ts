import { connectOcm, type OcmClient } from '@pullpath/ocm-api/client';
import type { Log } from '../plugin/log.ts';
import { providerVersion } from './address.ts';
import type { ConnectionSettings } from './settings.ts';

/** A client for the settings of a provider block; each request is a line of Terraform's log. Sends nothing yet. */
export function connect(settings: ConnectionSettings, log: Log): OcmClient {
  return connectOcm({
    ...settings,
    userAgent: `OCM-TF/${providerVersion}-pullpath`,
    observe: ({ method, url, status, ms }) =>
      log('debug', 'request', { method, url, status: status ?? 'no answer', ms: Math.round(ms) }),
  });
}
