import { exitCodes } from '../exit-codes.ts';
import { versionText } from '../version-text.ts';

export function version({ output }: { output?: string }): number {
  const facts = { pullpath: versionText, node: process.versions.node };
  process.stdout.write(
    output === 'json' ? `${JSON.stringify(facts)}\n` : `pullpath ${facts.pullpath}\nnode     ${facts.node}\n`,
  );
  return exitCodes.done;
}
