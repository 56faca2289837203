import { type OcmClient, OcmError } from '@pullpath/ocm-api/client';

/**
 * The client as the published SDK behaves: a refusal without a body is no refusal, but an object without members, whatever
 * its status (the generated clients look at the first byte before the status). For `RHCS_COMPATIBILITY=published` only.
 */
export function publishedClient(client: OcmClient): OcmClient {
  return {
    ...client,
    send: async (request) => {
      try {
        return await client.send(request);
      } catch (error) {
        if (isEmptyRefusal(error)) return {};
        throw error;
      }
    },
  };
}

function isEmptyRefusal(error: unknown): boolean {
  return error instanceof OcmError && error.code === 'ocm-status' && error.body === undefined;
}
