import { idms, itms } from './fixtures.ts';

/** The unified ConfigMap that most scenarios start from, and the reference to it. */
export const unified: Readonly<Record<'idms.yaml' | 'itms.yaml', string>> = {
  'idms.yaml': idms(
    'cluster-digest-mirrors',
    { source: 'registry.redhat.io', mirrors: ['mirror.example.com/redhat'] },
    { source: 'quay.io', mirrors: ['mirror.example.com/quay'] },
  ),
  'itms.yaml': itms(
    'cluster-tag-mirrors',
    {
      source: 'quay.io/openshift-release-dev',
      mirrors: ['mirror.example.com/openshift-release-dev'],
      mirrorSourcePolicy: 'AllowContactingSource',
    },
    {
      source: 'registry.redhat.io/rhel9',
      mirrors: ['mirror.example.com/rhel9'],
      mirrorSourcePolicy: 'NeverContactSource',
    },
  ),
};

export const unifiedName = 'global-image-mirrors';

export const reference: { readonly imageMirrorConfigRef: { readonly name: string } } = {
  imageMirrorConfigRef: { name: unifiedName },
};
