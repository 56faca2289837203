/** The prose of a page: what stands before and after its schema. */
export interface Prose {
  /** Folder of examples/terraform whose main.tf is shown. */
  readonly example: string;
  readonly before: string;
  readonly after: string;
}

const digestOnly =
  'Only images that are referenced by digest come through a mirror (ImageDigestMirrorSet); an image with a tag is pulled from its source. Each change is a change of the configuration of nodes: a plan against a pullpath server says which node pools it rolls.';

const importMirror = `## Import

The id is that of the cluster and that of the mirror, with a colon between them. \`pullpath rosa list image-mirrors -c CLUSTER\` shows the ids; \`pullpath rosa export --terraform\` writes the blocks.

\`\`\`terraform
import {
  to = rhcs_image_mirror.nginx_mirror
  id = "your-cluster-id:5d1b8b0c-31f1-4bfb-9a5f-1c0b3a8d2c55"
}
\`\`\`

\`\`\`shell
terraform import rhcs_image_mirror.nginx_mirror your-cluster-id:5d1b8b0c-31f1-4bfb-9a5f-1c0b3a8d2c55
\`\`\``;

/** By the name of a resource, without \`rhcs_\`. */
export const resources: Readonly<Record<string, Prose>> = {
  image_mirror: {
    example: 'simple',
    before: `${digestOnly}

A source has one mirror entry in a cluster. Another \`source\` or \`cluster_id\` makes the entry anew; \`mirrors\` is changed in place, and their order is the order in which nodes try them.`,
    after: `${importMirror}

## Notes

* With \`create_before_destroy\` the old entry is still there when the new one is made, so it works only where \`cluster_id\` changes.
* A mirror that was made elsewhere is no concern of this resource. To have all mirrors of a cluster under control, use \`rhcs_image_mirror_set\`, or compare with the data source \`rhcs_image_mirrors\`.`,
  },
  image_mirror_set: {
    example: 'set',
    before: `${digestOnly}

The set is authoritative: what the cluster has beyond it is removed, and shows up in a plan as drift. A plan that takes over a cluster warns of every mirror that it will remove. Do not use it together with \`rhcs_image_mirror\` on one cluster. It is an addition of this provider; the published one does not have it.`,
    after: `## Import

\`\`\`terraform
import {
  to = rhcs_image_mirror_set.all
  id = "your-cluster-id"
}
\`\`\`

\`\`\`shell
terraform import rhcs_image_mirror_set.all your-cluster-id
\`\`\``,
  },
  cluster_rosa_hcp: {
    example: 'complete',
    before: `On a pullpath server a cluster is a HostedCluster with a NodePool. The arguments of AWS are needed by the schema, kept in state, and have no effect there. What a cluster is created with cannot be changed by this resource, except for \`properties\`, \`registry_config\` and the waits; nodes are scaled and releases changed in its HostedCluster and NodePool.`,
    after: `## Import

\`\`\`terraform
import {
  to = rhcs_cluster_rosa_hcp.example_cluster
  id = "your-cluster-id"
}
\`\`\`

\`\`\`shell
terraform import rhcs_cluster_rosa_hcp.example_cluster your-cluster-id
\`\`\`

Arguments that nobody can read back (those of AWS) are taken from the configuration by the first apply after an import.`,
  },
};

/** By the name of a data source, without \`rhcs_\`. */
export const dataSources: Readonly<Record<string, Prose>> = {
  image_mirrors: {
    example: 'verify',
    before: 'All mirrors of a cluster, whoever made them, in whatever state the cluster is. All pages are read.',
    after: '',
  },
  cluster_rosa_hcp: {
    example: 'cluster',
    before: 'A hosted cluster that exists: its state, addresses, version and registry configuration.',
    after: '',
  },
};

/** The page of the provider itself. */
export const provider: Prose = {
  example: 'connection',
  before: `Manages the image mirrors of hosted clusters through the OCM API: that of a pullpath server (\`pullpath serve --ocm-listen\`), or any other that speaks this part of it.

Give a \`token\`, or \`client_id\` and \`client_secret\` of a service account. Tokens of accounts last 15 minutes; a service account gets new ones by itself, also in the middle of a long apply.`,
  after: `## Behaviour

* Configuring the provider sends nothing. The first request is that of the first operation.
* 429 and 503 are tried again twice, other failures of reads as well. Writes to one cluster go one after the other, and a write that another one came between (409) is repeated for about a minute.
* \`RHCS_COMPATIBILITY=published\` keeps to the requests and results of the published provider to the letter.
* With \`-debug\` the provider serves many commands without being started for each: it prints \`TF_REATTACH_PROVIDERS\`.`,
};
