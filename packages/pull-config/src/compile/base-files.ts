import type { NodeFile } from '../model.ts';

/**
 * Files that a node has before any rule, with their exact text (machine-config-operator `templates/*\/01-*-container-runtime`).
 * A rendered file of the same path replaces one of these.
 */
export function baseFiles(): NodeFile[] {
  return [
    { path: '/etc/containers/policy.json', mode: 0o644, contents: basePolicyJSON },
    { path: '/etc/containers/registries.conf', mode: 0o644, contents: baseRegistriesConf },
  ];
}

/** Where short names are looked up until someone says otherwise. */
export const baseSearchRegistries: readonly string[] = ['registry.access.redhat.com', 'docker.io'];

/** The registries.conf of a node without rules. */
export const baseRegistriesConf: string = `unqualified-search-registries = ['${baseSearchRegistries.join("', '")}']\n`;

/** The policy.json of a node without rules: every image is accepted. No final newline. */
export const basePolicyJSON: string = `{
    "default": [
        {
            "type": "insecureAcceptAnything"
        }
    ],
    "transports":
        {
            "docker-daemon":
                {
                    "": [{"type":"insecureAcceptAnything"}]
                }
        }
}`;

/** The values of the storage.conf that nodes have before any ContainerRuntimeConfig; its comments do not survive one. */
export const baseStorageConf: string = `[storage]
driver = "overlay"
runroot = "/run/containers/storage"
graphroot = "/var/lib/containers/storage"
[storage.options.pull_options]
enable_partial_images = "false"
use_hard_links = "false"
ostree_repos = ""
[storage.options.overlay]
skip_mount_home = "true"
`;
