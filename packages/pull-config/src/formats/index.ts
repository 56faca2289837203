export { goYaml } from './go-yaml.ts';
export type { GoJson } from './go-json.ts';
export { goJsonIndented, goJsonString } from './go-json.ts';
export { compareBytes } from './go-order.ts';
export { writeRegistriesConf } from './registries-conf-write.ts';
export { writeSigstoreRegistriesD } from './sigstore-registries-d.ts';
export { searchDropInPath, writeSearchDropIn } from './search-drop-in.ts';
export type { ConfFile, Loaded, RegistryToml, V1Toml } from './registries-conf-read.ts';
export { readRegistriesConf } from './registries-conf-read.ts';
