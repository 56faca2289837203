import type { Chapter } from './step.ts';

const nodes = '$GUEST_NODES/clusters-my-cluster/*';

/** Tag mirrors in the HostedCluster itself. */
export const seed001: readonly Chapter[] = [
  {
    seed: '001',
    title: 'Example: Complete HostedCluster Configuration',
    steps: [
      {
        title: 'the cluster of before goes',
        run: 'oc delete nodepool my-cluster-workers && oc delete hostedcluster my-cluster && oc delete namespace clusters-my-cluster --ignore-not-found',
      },
      {
        title: 'its nodes went with it',
        run: `test -z "$(ls -d ${nodes} 2>/dev/null)"`,
        comes: true,
      },
      {
        title: 'apply the example',
        cwd: 'tag-mirrors',
        run: 'oc apply -f hostedcluster.yaml -f nodepool.yaml',
        out: ['hostedcluster.hypershift.openshift.io/my-cluster created'],
      },
      {
        title: 'Node Configuration: registries.conf of the worker nodes',
        run: `test $(ls -d ${nodes} | wc -l) = 3 && cat ${nodes}/etc/containers/registries.conf`,
        out: ['mirror.example.com/openshift', 'backup.mirror.com/redhat', 'tag-only'],
        not: ['blocked'],
        comes: true,
      },
    ],
  },
  {
    seed: '001',
    title: 'Validation and Error Handling',
    steps: [
      ...[
        ['Empty source', '{"source":"","mirrors":["m.example.com/a"]}', /source/],
        [
          'Invalid mirror source policy',
          '{"source":"quay.io/a","mirrors":["m.example.com/a"],"mirrorSourcePolicy":"Sometimes"}',
          /Sometimes/,
        ],
        ['Mirror requirements', '{"source":"quay.io/a","mirrors":[]}', /mirror/],
        [
          'Duplicate sources',
          '{"source":"quay.io/a","mirrors":["m.example.com/a"]},{"source":"quay.io/a","mirrors":["m.example.com/b"]}',
          /[Dd]uplicate/,
        ],
      ].map(([title, item, words]) => ({
        title: String(title),
        run: `oc patch hostedcluster my-cluster --type=merge -p '{"spec":{"imageTagMirrorSet":[${item}]}}'`,
        exit: 1,
        out: [words as RegExp],
      })),
      {
        title: 'nothing of that was stored',
        run: "oc get hostedcluster my-cluster -o jsonpath='{.spec.imageTagMirrorSet[*].source}'",
        out: ['quay.io/openshift registry.redhat.io'],
      },
    ],
  },
  {
    seed: '001',
    title: 'Debugging Steps',
    steps: [
      {
        title: '1. the ImageTagMirrorSet in the management cluster',
        run: 'oc get imagetagmirrorset && oc describe imagetagmirrorset my-cluster-image-tag-mirrors',
        out: ['my-cluster-image-tag-mirrors', 'backup.mirror.com/redhat'],
        comes: true,
      },
      {
        title: '2. node configuration',
        run: `cat ${nodes}/etc/containers/registries.conf`,
        out: ['backup.mirror.com/redhat'],
      },
      {
        title: 'it is a record: nodes of the management cluster are not changed by it',
        run: 'cat $NODES/*/etc/containers/registries.conf',
        not: ['backup.mirror.com/redhat'],
      },
    ],
  },
];
