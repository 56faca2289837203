import type { Chapter } from './step.ts';

const guest = '--kubeconfig=$TMP/my-cluster-kubeconfig';
const nodes = '$GUEST_NODES/clusters-my-cluster/*';

/** Configure image registry mirrors: unified, legacy, and fully disconnected. */
export const seed000: readonly Chapter[] = [
  {
    seed: '000',
    title: 'Prerequisites',
    steps: [
      {
        title: 'a management cluster with a namespace for hosted clusters',
        run: 'oc create namespace clusters && oc config set-context --current --namespace=clusters',
        out: ['namespace/clusters created'],
      },
    ],
  },
  {
    seed: '000',
    title: 'Unified Configuration via imageMirrorConfigRef',
    steps: [
      {
        title: 'Step 1: Create the Image Mirror ConfigMap',
        cwd: 'unified',
        run: 'oc apply -f image-mirror-config.yaml',
        out: ['configmap/global-image-mirrors created'],
      },
      {
        title: 'Step 2: Reference in HostedCluster',
        cwd: 'unified',
        run: 'oc apply -f hostedcluster.yaml && oc apply -f nodepool.yaml',
        out: ['hostedcluster.hypershift.openshift.io/my-cluster created'],
      },
      {
        title: 'all NodePools in the cluster have it',
        run: `oc wait hostedcluster/my-cluster --for=condition=ValidImageMirrorConfig --timeout=60s && test $(ls -d ${nodes} | wc -l) = 3 && for node in ${nodes}; do grep -q mirror.example.com/rhel9 $node/etc/containers/registries.conf && grep -q mirror.example.com/redhat $node/etc/containers/registries.conf; done`,
        comes: true,
      },
    ],
  },
  {
    seed: '000',
    title: 'Verify Configuration',
    steps: [
      {
        title: 'Check IDMS in Guest Cluster: get hosted cluster kubeconfig',
        run: 'oc extract secret/my-cluster-admin-kubeconfig --to=- > $TMP/my-cluster-kubeconfig && test -s $TMP/my-cluster-kubeconfig',
        comes: true,
      },
      { title: 'Check IDMS', run: `oc ${guest} get imagedigestmirrorsets`, out: [/^cluster /m], comes: true },
      {
        title: 'Check IDMS: as YAML',
        run: `oc ${guest} get imagedigestmirrorsets cluster -o yaml`,
        out: ['source: registry.redhat.io', 'mirror.example.com/redhat', 'mirror.example.com/quay'],
        comes: true,
      },
      {
        title: 'Check ITMS in Guest Cluster',
        run: `oc ${guest} get imagetagmirrorsets`,
        out: [/^cluster /m],
        comes: true,
      },
      {
        title: 'Verify on Worker Nodes',
        run: `for node in ${nodes}; do cat $node/etc/containers/registries.conf; done`,
        out: [
          /location = "registry\.redhat\.io\/rhel9"\n {2}blocked = true/,
          'pull-from-mirror = "digest-only"',
          'pull-from-mirror = "tag-only"',
        ],
        comes: true,
      },
    ],
  },
  {
    seed: '000',
    title: 'Legacy Configuration Approaches',
    steps: [
      {
        title: 'Configure Digest-based Mirrors (IDMS) via imageContentSources',
        cwd: 'legacy',
        run: 'oc apply -f hostedcluster.yaml',
        out: ['hostedcluster.hypershift.openshift.io/my-cluster configured'],
      },
      {
        title: 'the tag mirrors of the reference are gone from nodes',
        run: `for node in ${nodes}; do cat $node/etc/containers/registries.conf; done`,
        out: ['mirror.example.com/quay'],
        not: ['tag-only'],
        comes: true,
      },
      {
        title: 'Configure Tag-based Mirrors, Step 1: Create the ITMS ConfigMap',
        cwd: 'legacy',
        run: 'oc apply -f itms-config.yaml',
        out: ['configmap/tag-mirrors created'],
      },
      {
        title: 'Configure Tag-based Mirrors, Step 2: Reference in NodePool',
        cwd: 'legacy',
        run: 'oc apply -f nodepool.yaml',
        out: ['nodepool.hypershift.openshift.io/my-cluster-workers configured'],
      },
      {
        title: 'Check ITMS in Guest Cluster',
        run: `oc ${guest} get imagetagmirrorsets worker-tag-mirrors -o yaml`,
        out: ['mirror.example.com/openshift-release-dev', 'mirrorSourcePolicy: NeverContactSource'],
        comes: true,
      },
      {
        title: 'Verify on Worker Nodes: both digest and tag mirrors',
        run: `for node in ${nodes}; do grep -c tag-only $node/etc/containers/registries.conf && grep -c digest-only $node/etc/containers/registries.conf; done`,
        out: [/^2$/m],
        comes: true,
      },
    ],
  },
  {
    seed: '000',
    title: 'Troubleshooting',
    steps: [
      {
        title: 'ITMS Not Applied: 1. the ConfigMap exists',
        run: 'oc get configmap tag-mirrors -n clusters -o yaml',
        out: ['kind: ImageTagMirrorSet'],
      },
      {
        title: 'ITMS Not Applied: 2. NodePool references the ConfigMap',
        run: 'oc get nodepool my-cluster-workers -n clusters -o yaml | grep -A5 config',
        out: ['- name: tag-mirrors'],
      },
      {
        title: 'ITMS Not Applied: 3. NodePool conditions',
        run: "oc get nodepool my-cluster-workers -n clusters -o jsonpath='{.status.conditions}'",
        out: ['ValidMachineConfig', 'UpdatingConfig'],
      },
      {
        title: 'IDMS Not Created: 1. HostedCluster configuration',
        run: 'oc get hostedcluster my-cluster -n clusters -o yaml | grep -A10 imageContentSources',
        out: ['mirror.example.com/redhat'],
      },
      {
        title: 'IDMS Not Created: 2. HostedControlPlane',
        run: 'oc get hostedcontrolplane my-cluster -n clusters-my-cluster -o yaml | grep -A10 imageContentSources',
        out: ['mirror.example.com/redhat'],
      },
    ],
  },
  {
    seed: '000',
    title: 'Example: Complete Disconnected Setup',
    steps: [
      {
        title: 'all three documents at once',
        cwd: 'disconnected',
        run: 'oc apply -f disconnected.yaml',
        out: ['disconnected-cluster created', 'disconnected-cluster-workers created'],
      },
      {
        title: 'its nodes',
        run: 'test $(ls -d $GUEST_NODES/clusters-disconnected-cluster/* | wc -l) = 3 && cat $GUEST_NODES/clusters-disconnected-cluster/*/etc/containers/registries.conf',
        out: [
          'internal-registry.corp.com/openshift-release-dev',
          'blocked = true',
          'internal-registry.corp.com/redhat',
        ],
        comes: true,
      },
    ],
  },
];
