import {
  type AttachedProvider,
  attachProvider,
  openTerraform,
  type TerraformWorkspace,
  terraformOrSkip,
} from '@pullpath/testkit';
import { onTestFinished, type TestContext } from 'vitest';
import { installBundle } from './bundle.ts';
import { type FakeCluster, type FakeOcm, fakeToken, startFakeOcm } from './fake-ocm.ts';

/** The real Terraform in an empty folder, our provider, and a fake API. */
export interface World {
  readonly terraform: TerraformWorkspace;
  readonly ocm: FakeOcm;
  readonly token: string;
}

/** Terraform finds one provider process that serves all commands. */
export async function attachedWorld(
  test: TestContext,
  ...clusters: FakeCluster[]
): Promise<World & { readonly provider: AttachedProvider }> {
  const program = terraformOrSkip(test);
  const { ocm, token } = await api(clusters);
  const provider = await attachProvider({ RHCS_URL: ocm.url, RHCS_TOKEN: token });
  onTestFinished(() => provider.close());
  return { terraform: workspace(program, provider.env), ocm, token, provider };
}

/** Terraform installs and starts the provider itself; `init` comes first. */
export async function installedWorld(
  test: TestContext,
  ...clusters: FakeCluster[]
): Promise<World & { readonly plugins: string }> {
  const program = terraformOrSkip(test);
  const { ocm, token } = await api(clusters);
  const installation = await installBundle();
  onTestFinished(() => installation.remove());
  const { plugins } = installation;
  return {
    terraform: workspace(program, {
      TF_CLI_CONFIG_FILE: installation.terraformrc,
      RHCS_URL: ocm.url,
      RHCS_TOKEN: token,
    }),
    ocm,
    plugins,
    token,
  };
}

async function api(clusters: readonly FakeCluster[]): Promise<{ ocm: FakeOcm; token: string }> {
  const ocm = await startFakeOcm(...clusters);
  onTestFinished(() => ocm.close());
  return { ocm, token: fakeToken() };
}

function workspace(program: string, env: Readonly<Record<string, string>>): TerraformWorkspace {
  const opened = openTerraform(program, env);
  onTestFinished(() => opened.remove());
  opened.write(
    'provider.tf',
    'terraform {\n  required_providers {\n    rhcs = { source = "terraform-redhat/rhcs" }\n  }\n}\n',
  );
  return opened;
}
