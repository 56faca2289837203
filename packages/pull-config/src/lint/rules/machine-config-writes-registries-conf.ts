import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { searchDropInPath } from '../../formats/search-drop-in.ts';
import { loadConfFile } from '../../pull/load-registries-conf.ts';
import { type MachineConfigFile, machineConfigFiles } from '../machine-config-files.ts';
import type { LintRule } from '../rule.ts';

const code = 'machine-config-writes-registries-conf';

/** A MachineConfig of a person that writes what the operator writes, or tables of registries beside it. */
export const machineConfigWritesRegistriesConf: LintRule = {
  code,
  severity: 'error',
  why: 'Two writers of one file do not merge, a drop-in replaces whole tables of registries.conf, and no change of either is seen by what explains or checks mirrors.',
  check: ({ objects }) => objects.flatMap(machineConfigFiles).flatMap(findWritten),
};

const mainPath = '/etc/containers/registries.conf';
const dropInDirectory = `${mainPath}.d/`;

function findWritten(file: MachineConfigFile): Diagnostic[] {
  const { path, origin } = file;
  if (path !== mainPath && !path.startsWith(dropInDirectory)) return [];
  const owned = path === mainPath || path === searchDropInPath;
  const found = unusable(file) ?? (owned ? overwritten(path) : replacedTables(file));
  if (!found) return [];
  const hint = origin.of.embedded
    ? 'imageTagMirrorSet and imageMirrorConfigRef of the HostedCluster hold mirrors by tag too'
    : 'write mirrors as ImageDigestMirrorSet and ImageTagMirrorSet, the rest in image.config.openshift.io';
  return [diagnose(found.severity, code, found.message, origin, { hint })];
}

interface Found {
  readonly severity: 'warning' | 'error';
  readonly message: string;
}

function unusable({ path, contents }: MachineConfigFile): Found | undefined {
  if (contents === undefined || !path.endsWith('.conf')) return undefined;
  const { value, diagnostics } = loadConfFile({ file: path, text: contents }, { allowV1: path === mainPath });
  if (value) return undefined;
  const why = diagnostics.find(({ severity }) => severity === 'error')?.message ?? 'it is not valid';
  return { severity: 'error', message: `${path} does not load, and with it a node pulls no image at all: ${why}` };
}

function overwritten(path: string): Found {
  const message = `${path} is written by the machine-config-operator too; of two MachineConfigs the one whose name sorts last gives the whole file`;
  return { severity: 'warning', message };
}

/** A drop-in about other matters, such as short names, stands in nobody's way. */
function replacedTables({ path, contents }: MachineConfigFile): Found | undefined {
  if (contents === undefined || !path.endsWith('.conf')) return undefined;
  const { value } = loadConfFile({ file: path, text: contents }, { allowV1: false });
  const [first] = value?.registries ?? [];
  if (!first) return undefined;
  const message = `${path} replaces whatever mirror objects say of "${first.prefix}", and every change of it reboots the nodes`;
  return { severity: 'warning', message };
}
