/** Exports to other runtimes, and reading what they read. */
export const runtimeCodes = {
  'runtime-rule-dropped': 'the runtime has no place for a rule, it has no effect there',
  'runtime-block-widened': 'the runtime can forbid a source only together with others',
  'runtime-source-contacted': 'the runtime contacts a source that the rules forbid',
  'hosts-toml-syntax': 'containerd cannot read a hosts.toml and ignores it, pulls go to the source',
  'hosts-toml-unknown-key': 'containerd does not know a key of hosts.toml and ignores it',
  'hosts-toml-certificate': 'hosts.toml names a certificate that is not there, every pull of the registry fails',
  'registries-yaml-syntax': 'k3s cannot read registries.yaml',
  'registries-yaml-unknown-key': 'k3s does not know a key of registries.yaml and ignores it',
  'registries-yaml-endpoint': 'k3s cannot read an endpoint and ignores it',
  'registries-yaml-rewrite': 'k3s cannot apply a rewrite of registries.yaml',
} as const;
