import type { Chapter } from './step.ts';

/** Mirror sets on the second day, and what goes wrong with them. */
export const seed004: readonly Chapter[] = [
  {
    seed: '004',
    title: 'Part 2, Step 1: View Existing Mirror Configuration',
    steps: [
      { title: 'list IDMS', run: 'oc get imagedigestmirrorset', out: ['ubi9repo'] },
      { title: 'view details', run: 'oc get imagedigestmirrorset -o yaml', out: ['imageDigestMirrors:'] },
      {
        title: 'check for legacy ICSP',
        run: 'oc get imagecontentsourcepolicy',
        out: ['No resources found'],
      },
    ],
  },
  {
    seed: '004',
    title: 'Part 2, Step 2 and 3: IDMS for catalogs and applications',
    steps: [
      {
        title: 'operator catalogs',
        cwd: 'openshift',
        run: 'oc apply -f operator-catalog-mirrors.yaml',
        out: ['operator-catalog-mirrors created'],
      },
      {
        title: 'AllowFallback is refused, with the policies that there are',
        cwd: 'openshift',
        run: 'oc apply -f application-mirrors-fallback.yaml',
        exit: 1,
        out: ['Unsupported value: "AllowFallback"', 'AllowContactingSource', 'NeverContactSource'],
      },
      {
        title: 'application images',
        cwd: 'openshift',
        run: 'oc apply -f application-mirrors.yaml',
        out: ['application-mirrors created'],
      },
    ],
  },
  {
    seed: '004',
    title: 'Verification',
    steps: [
      { title: 'IDMS is applied', run: 'oc get imagedigestmirrorset -o yaml', out: ['application-mirrors'] },
      {
        title: 'CRI-O has the mirror configuration',
        run: 'oc debug node/worker-0 -- chroot /host cat /etc/containers/registries.conf',
        out: ['mirror.internal.example.com:5000/docker-io', 'mirror.internal.example.com:5000/custom/nginx'],
        comes: true,
      },
    ],
  },
  {
    seed: '004',
    title: 'Common Issues: Nodes stuck after IDMS change',
    steps: [
      { title: 'pools', run: 'oc get mcp', out: [/worker +rendered-worker-[0-9a-f]{32}/], comes: true },
      { title: 'nodes', run: 'oc get nodes', out: ['worker-0'] },
      {
        title: 'force drain',
        run: 'oc adm drain worker-2 --ignore-daemonsets --delete-emptydir-data --force',
        out: ['worker-2 drained'],
      },
      { title: 'and back', run: 'oc adm uncordon worker-2', out: ['worker-2 uncordoned'] },
    ],
  },
  {
    seed: '004',
    title: 'Common Issues: Migrating from ICSP to IDMS',
    steps: [
      { title: 'an old object', cwd: 'openshift', run: 'oc create -f payload-icsp.yaml', out: ['created'] },
      { title: 'check for deprecated ICSPs', run: 'oc get imagecontentsourcepolicy', out: ['my-icsp'] },
      {
        title: 'export and convert, as the loop does',
        run: `for icsp in $(oc get icsp -o name); do oc get $icsp -o yaml | sed 's/ImageContentSourcePolicy/ImageDigestMirrorSet/g' | sed 's/repositoryDigestMirrors/imageDigestMirrors/g' | sed '/resourceVersion/d; /uid/d; /creationTimestamp/d; /generation/d' > "$TMP/idms-$(basename $icsp).yaml"; done; ls $TMP`,
        out: ['idms-my-icsp.yaml'],
      },
      {
        title: 'the loop forgets the group: such a file is refused',
        run: 'oc apply -f $TMP/idms-my-icsp.yaml',
        exit: 1,
        out: ['no matches for kind "ImageDigestMirrorSet" in version "operator.openshift.io/v1alpha1"'],
      },
      {
        title: 'with the right group it is applied',
        run: "sed -i 's#operator.openshift.io/v1alpha1#config.openshift.io/v1#' $TMP/idms-my-icsp.yaml && oc apply -f $TMP/idms-my-icsp.yaml",
        out: ['imagedigestmirrorset.config.openshift.io/my-icsp'],
      },
      { title: 'remove old ICSPs after verification', run: 'oc delete icsp --all', out: ['deleted'] },
    ],
  },
];
