import type { Dialect, NodeFile } from '../model.ts';
import { writeRegistriesConf } from './registries-conf-write.ts';

/**
 * The drop-in for `containerRuntimeSearchRegistries`. It replaces the search list of the main file, and is a whole
 * registries.conf to the encoder, so the other scalars stand in it too.
 */
export function writeSearchDropIn(searchRegistries: readonly string[], dialect: Dialect): NodeFile {
  const nothingElse = { credentialHelpers: [], registries: [], aliases: {} };
  const conf = { searchRegistries, shortNameMode: '', additionalLayerStoreAuthHelper: '', ...nothingElse };
  return { path: searchDropInPath, mode: 0o644, contents: writeRegistriesConf(conf, dialect) };
}

/** Where the drop-in lies. */
export const searchDropInPath: string = '/etc/containers/registries.conf.d/01-image-searchRegistries.conf';
