import { hasCause, isExpired, isStatus, KubeError } from '../client/kube-error.ts';
import { BrokenHistory } from './event-order.ts';

const faultsBeforeList = 3;

/** Tells failures after which a watch goes on where it was from those after which only a new list helps. */
export class RelistRule {
  #fault: { readonly version: string; readonly times: number } | undefined;

  /**
   * Whether a watch that failed after `version` needs a list. A version that the server says is in its future belongs to a
   * history that it has lost; a fault that comes back at the same place is not one of the transport.
   */
  applies(error: unknown, version: string): boolean {
    if (!(error instanceof KubeError) || error instanceof BrokenHistory) return true;
    if (isExpired(error) || isStatus(error, 400) || hasCause(error, 'ResourceVersionTooLarge')) return true;
    if (!isAboutContent(error)) return false;
    const times = this.#fault?.version === version ? this.#fault.times + 1 : 1;
    this.#fault = { version, times };
    if (times < faultsBeforeList) return false;
    this.#fault = undefined;
    return true;
  }
}

// A malformed version is a 500 of some servers.
function isAboutContent(error: KubeError): boolean {
  return error.code === 'kube-protocol' || error.code === 'kube-too-large' || isStatus(error, 500);
}
