import type { FuzzTarget } from '../target.ts';
import { auth } from './auth.ts';
import { hostsToml } from './hosts-toml.ts';
import { manifests } from './manifests.ts';
import { ocmSearch } from './ocm-search.ts';
import { policy } from './policy.ts';
import { reference } from './reference.ts';
import { regex } from './regex.ts';
import { registriesConf } from './registries-conf.ts';
import { registriesYaml } from './registries-yaml.ts';
import { rules } from './rules.ts';
import { scope } from './scope.ts';

/** Every parser of untrusted text. */
export const fuzzTargets: readonly FuzzTarget[] = [
  reference,
  scope,
  registriesConf,
  policy,
  auth,
  hostsToml,
  registriesYaml,
  regex,
  manifests,
  rules,
  ocmSearch,
];
