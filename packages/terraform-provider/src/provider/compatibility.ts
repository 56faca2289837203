/**
 * Whether the provider keeps to the published provider's requests and results to the letter: `RHCS_COMPATIBILITY=published`.
 * Then it reads the first page of a list only, leaves times unknown that a server omits, does not repeat a write after a
 * conflict, looks nothing up after a refused one, takes unknown settings for empty ones and a refusal without a body for an empty object, and says nothing about what a plan
 * will do to nodes. For comparing the
 * two, and for recorded exchanges. See docs/decisions/where-the-terraform-provider-differs.md.
 */
export function keepsToPublished(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['RHCS_COMPATIBILITY'] === 'published';
}
