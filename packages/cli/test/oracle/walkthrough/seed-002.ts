import type { Chapter, Step } from './step.ts';

const conf = 'cat $NODES/*/etc/containers/registries.conf';

/** `oc edit image.config.openshift.io/cluster`, with the spec of an example pasted in. */
function editImage(title: string, edit: string, more: Partial<Step> = {}): Step {
  return {
    title,
    run: 'oc edit image.config.openshift.io/cluster',
    edit: `openshift/${edit}`,
    out: ['image.config.openshift.io/cluster edited'],
    ...more,
  };
}

/** All nodes of the pool have taken what was applied. */
const settled: Step = {
  title: 'the pool is up to date',
  run: "oc wait mcp/worker --for=condition=Updated --timeout=5s && oc get nodes -o jsonpath='{.items[*].spec.unschedulable}'",
  not: ['true'],
  comes: true,
};

/** Registry lists of the Image configuration, and mirrors of the cluster itself. */
export const seed002: readonly Chapter[] = [
  {
    seed: '002',
    title: 'Adding specific registries to an allowlist',
    steps: [
      {
        title: 'nodes without mirrors hold the base files',
        run: conf,
        out: ["unqualified-search-registries = ['registry.access.redhat.com', 'docker.io']"],
        not: ['[[registry]]'],
        comes: true,
      },
      editImage('edit the Image configuration', 'allowed.yaml'),
      { title: 'get a list of your nodes', run: 'oc get nodes', out: [/Ready +worker/] },
      {
        title: 'the policy file',
        run: 'for node in $(oc get nodes -l node-role.kubernetes.io/worker -o name); do oc debug $node -- chroot /host cat /etc/containers/policy.json; done',
        out: ['"type": "reject"', '"example.com"', '"image-registry.openshift-image-registry.svc:5000"'],
        comes: true,
      },
      settled,
    ],
  },
  {
    seed: '002',
    title: 'Blocking specific registries',
    steps: [
      editImage('a tag in a list is refused', 'tagged.yaml', {
        exit: 1,
        out: ['"cluster" is invalid', 'no valid changes were saved'],
      }),
      editImage('edit the Image configuration', 'blocked.yaml'),
      {
        title: 'registries.conf',
        run: conf,
        out: ['location = "untrusted.com"\n  blocked = true'],
        comes: true,
      },
      settled,
    ],
  },
  {
    seed: '002',
    title: 'Blocking a payload registry',
    steps: [
      {
        title: '1. the ICSP that mirrors the payload',
        cwd: 'openshift',
        run: 'oc create -f payload-icsp.yaml',
        out: ['my-icsp created'],
      },
      {
        title: '2. the mirror on the nodes',
        run: conf,
        out: ['location = "internal-mirror.io/openshift-payload"'],
        comes: true,
      },
      editImage('3. and 4. block the payload registry', 'blocked-payload.yaml'),
      {
        title: 'the payload registry is blocked',
        run: conf,
        out: ['location = "quay.io/openshift-payload"\n  blocked = true'],
        comes: true,
      },
      { title: 'clean up', run: 'oc delete icsp my-icsp', out: ['deleted'] },
    ],
  },
  {
    seed: '002',
    title: 'Allowing insecure registries',
    steps: [
      editImage('edit the Image configuration', 'insecure.yaml'),
      {
        title: 'registries.conf',
        run: conf,
        out: ['location = "insecure.com"\n  insecure = true'],
        comes: true,
      },
      settled,
    ],
  },
  {
    seed: '002',
    title: 'Adding registries that allow image short names',
    steps: [
      editImage('edit the Image configuration', 'short-names.yaml'),
      {
        title: 'the search drop-in',
        run: 'cat $NODES/*/etc/containers/registries.conf.d/01-image-searchRegistries.conf',
        out: ['unqualified-search-registries = ["reg1.io", "reg2.io", "reg3.io"]'],
        comes: true,
      },
      settled,
    ],
  },
  {
    seed: '002',
    title: 'Configuring additional trust stores for image registry access',
    steps: [
      {
        title: 'create the ConfigMap',
        run: 'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -out $TMP/ca.crt -days 30 -subj /CN=registry 2>/dev/null && oc create configmap registry-config --from-file=registry.example.com..5000=$TMP/ca.crt -n openshift-config',
        out: ['configmap/registry-config created'],
      },
      editImage('edit the Image configuration', 'trusted-ca.yaml'),
      {
        title: 'the authority on the nodes',
        run: 'cat "$NODES"/*/etc/docker/certs.d/registry.example.com:5000/ca.crt',
        out: ['BEGIN CERTIFICATE'],
        comes: true,
      },
      settled,
    ],
  },
  {
    seed: '002',
    title: 'Configuring image registry repository mirroring',
    steps: [
      {
        title: '3. create the new object',
        cwd: 'openshift',
        run: 'oc create -f registryrepomirror.yaml',
        out: ['ubi9repo created'],
      },
      {
        title: '4. the mirrors on one of the nodes: sources that stand twice are one table',
        run: 'oc debug node/worker-0 -- chroot /host cat /etc/containers/registries.conf',
        out: [
          'location = "registry.access.redhat.com/ubi9/ubi-minimal"',
          'location = "example.io/example/ubi-minimal"',
          /location = "mirror\.example\.com"[^[]*\[\[registry\.mirror\]\]\s+location = "mirror\.example\.net\/registry-example-com"/,
        ],
        comes: true,
      },
      {
        title: 'or an ICSP',
        cwd: 'openshift',
        run: 'oc create -f mirror-ocp-icsp.yaml',
        out: ['mirror-ocp created'],
      },
      {
        title: 'its mirrors',
        run: 'oc debug node/worker-0 -- chroot /host cat /etc/containers/registries.conf',
        out: ['location = "mirror.registry.com:443/ocp/release"'],
        comes: true,
      },
      {
        title: 'new digest mirrors drain no node',
        run: 'oc get events -A',
        not: [/mirror-ocp.*Drain/],
      },
      settled,
    ],
  },
  {
    seed: '002',
    title: 'Converting ImageContentSourcePolicy (ICSP) files',
    steps: [
      {
        title: '1. convert the files',
        cwd: 'openshift',
        run: 'oc adm migrate icsp mirror-ocp-icsp.yaml payload-icsp.yaml --dest-dir $TMP/idms-files',
        out: ['wrote ImageDigestMirrorSet to'],
      },
      {
        title: '2. create the objects',
        run: 'oc create -f $TMP/idms-files',
        out: ['imagedigestmirrorset.config.openshift.io/mirror-ocp created'],
      },
      {
        title: '3. remove the ICSP objects after the IDMS objects are rolled out',
        run: 'oc delete icsp --all',
        out: ['"mirror-ocp" deleted'],
      },
      {
        title: 'the mirrors stay',
        run: 'oc debug node/worker-0 -- chroot /host cat /etc/containers/registries.conf',
        out: ['location = "mirror.registry.com:443/ocp/release"'],
      },
      settled,
    ],
  },
];
