import { attachProvider } from '../../terraform/attached-provider.ts';
import { type Exchange, startExchangeServer, subsetDifference } from '../../terraform/exchange-server.ts';
import {
  findTerraform,
  flatText,
  openTerraform,
  type StateObject,
  type TerraformWorkspace,
  terraformNote,
} from '../../terraform/workspace.ts';
import { MissingProgram } from '../missing-program.ts';
import type { Area } from '../run-vectors.ts';
import type { VectorCase } from '../vector-file.ts';

interface Scenario {
  readonly provider?: {
    readonly attrs?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
  };
  readonly steps: readonly Step[];
}

interface Step {
  readonly config: string;
  readonly command: readonly string[];
  readonly exchanges: readonly Exchange[];
  readonly ordered?: boolean;
  readonly expect: Expectation;
}

interface Expectation {
  readonly exitCode?: number | 'nonzero';
  readonly stdoutContains?: readonly string[];
  readonly stderrContains?: readonly string[];
  readonly stdoutNotContains?: readonly string[];
  readonly stderrNotContains?: readonly string[];
  readonly state?: readonly StateObject[];
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** The real Terraform with our provider against a server that plays the recorded exchanges. */
export const terraformScenarios: Area = {
  '': async (_: unknown, __: unknown, { record, file }: VectorCase) => {
    const isOff = process.env['PULLPATH_ORACLES'] === 'off';
    const terraform = isOff ? undefined : findTerraform();
    if (terraform === undefined) throw new MissingProgram(isOff ? 'PULLPATH_ORACLES=off' : terraformNote);
    const server = await startExchangeServer();
    const scenario = filled<Scenario>(record, { url: server.url, ...(file['tokens'] as Record<string, string>) });
    // The recordings are of the published provider: where ours is better on purpose, this asks for its ways.
    const provider = await attachProvider({ RHCS_COMPATIBILITY: 'published', ...scenario.provider?.env });
    const workspace = openTerraform(terraform, provider.env);
    try {
      workspace.write(
        'provider.tf',
        providerBlock(scenario.provider?.attrs ?? { url: server.url, token: tokenOf(file) }),
      );
      for (const [at, step] of scenario.steps.entries()) {
        server.expect(step.exchanges, step.ordered ?? false);
        const faults = [...(await faultsOf(step, workspace)), ...server.faults()];
        if (faults.length > 0) throw new Error(`step ${at + 1}: ${faults.join('; ')}`);
      }
    } finally {
      provider.close();
      workspace.remove();
      await server.close();
    }
  },
};

function tokenOf(file: VectorCase['file']): unknown {
  return (file['tokens'] as Record<string, unknown>)['bearer'];
}

/** The scenario with its placeholders (`@url`, `@bearer`, ...) filled in; the longest name wins. */
function filled<T>(record: unknown, values: Readonly<Record<string, string>>): T {
  const names = Object.keys(values).sort((left, right) => right.length - left.length);
  const placeholders = new RegExp(`@(${names.join('|')})`, 'g');
  return JSON.parse(JSON.stringify(record).replace(placeholders, (_, name: string) => values[name] ?? '')) as T;
}

function providerBlock(attributes: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(attributes).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
  const required = 'terraform {\n  required_providers {\n    rhcs = { source = "terraform-redhat/rhcs" }\n  }\n}\n';
  return `${required}provider "rhcs" {\n${lines.join('\n')}\n}\n`;
}

async function faultsOf({ config, command, expect }: Step, workspace: TerraformWorkspace): Promise<string[]> {
  workspace.write('main.tf', config);
  const { code, stdout, stderr } = await workspace.run(command);
  const codeIsRight = expect.exitCode === 'nonzero' ? code !== 0 : code === (expect.exitCode ?? code);
  return [
    ...(codeIsRight ? [] : [`exit code ${code}: ${flatText(stderr)}`]),
    ...textFaults('stdout', flatText(stdout), expect.stdoutContains, expect.stdoutNotContains),
    ...textFaults('stderr', flatText(stderr), expect.stderrContains, expect.stderrNotContains),
    ...(expect.state === undefined ? [] : stateFaults(expect.state, workspace.objects())),
    ...([expect.outputs && subsetDifference(expect.outputs, workspace.outputs(), 'outputs')].filter(
      Boolean,
    ) as string[]),
  ];
}

function textFaults(
  name: string,
  text: string,
  wanted: readonly string[] = [],
  unwanted: readonly string[] = [],
): string[] {
  const missing = wanted.filter((part) => !text.includes(flatText(part)));
  const extra = unwanted.filter((part) => text.includes(flatText(part)));
  return [
    ...missing.map((part) => `${name} lacks "${part}": ${text}`),
    ...extra.map((part) => `${name} has "${part}"`),
  ];
}

function stateFaults(expected: readonly StateObject[], actual: readonly StateObject[]): string[] {
  const ours = actual.filter(({ type }) => type.startsWith('rhcs_'));
  const missing = expected.filter((wanted) => !ours.some((object) => isLike(wanted, object)));
  const count =
    ours.length === expected.length ? [] : [`state has ${ours.length} objects, expected ${expected.length}`];
  return [...count, ...missing.map((wanted) => `state lacks ${JSON.stringify(wanted)}: ${JSON.stringify(ours)}`)];
}

function isLike(wanted: StateObject, object: StateObject): boolean {
  return subsetDifference(wanted, object, 'state') === undefined;
}
