import type { ExplainedAttempt, Explanation } from './explanation.ts';

/** The explanation in one or two plain sentences. */
export function verdictOf(explained: Omit<Explanation, 'verdict'>): string {
  const { attempts, policy, error } = explained;
  const tried = attempts.filter(({ outcome }) => outcome === 'tried');
  if (error) return sentence(`This pull fails: ${error.message}`);
  if (policy.decision === 'reject') return rejected(policy.scope);
  if (tried.length === 0) return `${noRoute(explained)} This pull fails.`;
  return `${routes(tried)} ${signature(policy.decision)}`.trimEnd();
}

function rejected(scope: string | null): string {
  return `Refused by policy.json (${scopeName(scope)}), whichever registry has the image. This pull fails.`;
}

function scopeName(scope: string | null): string {
  if (scope === 'default' || scope === null) return 'its default';
  return scope === '' ? 'the default of transport docker' : `scope ${scope}`;
}

function noRoute({ attempts, kind }: Omit<Explanation, 'verdict'>): string {
  const wrongKind = attempts.some(({ mirror, outcome }) => mirror && outcome === 'skipped');
  const blocked = attempts.filter(({ outcome }) => outcome === 'blocked').map(hostOf);
  const mirrors = wrongKind ? `No mirror may be used for a pull by ${kind}` : 'No mirror is left';
  return blocked.length > 0 ? `${mirrors} and ${list(distinct(blocked))} is blocked.` : `${mirrors}.`;
}

function routes(tried: readonly ExplainedAttempt[]): string {
  const hosts = distinct(tried.map(hostOf));
  const [host] = hosts;
  const count = tried.length === 1 ? 'One route, no fallback.' : `${words(tried.length)} routes, in this order.`;
  if (hosts.length === 1) return `${count} If ${host} is down this pull fails.`;
  return `${count} This pull fails only if ${list(hosts)} ${hosts.length === 2 ? 'both' : 'all'} fail.`;
}

function signature(decision: Explanation['policy']['decision']): string {
  return decision === 'signature' ? 'A valid signature is required, too.' : '';
}

function hostOf({ reference }: ExplainedAttempt): string {
  return reference.split('/', 1)[0] ?? reference;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function list(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

function words(count: number): string {
  return ['No', 'One', 'Two', 'Three', 'Four', 'Five'][count] ?? String(count);
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
