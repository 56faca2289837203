export const digest = 'sha256:44d75007b39e0e1bbf1bcfd0721245add54c54c3f83903f8926fb4bef6827aa2';

/** Two mirrors for digest pulls of quay.io/ns. */
export const idms = `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata:
  name: apps
spec:
  imageDigestMirrors:
  - source: quay.io/ns
    mirrors:
    - m1.corp/ns
    - m2.corp/ns
`;

/** One mirror for tag pulls of quay.io/ns; they never go to their source, which contradicts `idms` of the same source. */
export const itms = `apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata:
  name: tags
spec:
  imageTagMirrors:
  - source: quay.io/ns
    mirrors: [m3.corp/ns]
    mirrorSourcePolicy: NeverContactSource
`;

/** One source, two policies: refused. */
export const conflict = `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata:
  name: apps
spec:
  imageDigestMirrors:
  - source: quay.io/ns
    mirrors: [m1.corp/ns]
    mirrorSourcePolicy: NeverContactSource
  - source: quay.io/ns
    mirrors: [m2.corp/ns]
    mirrorSourcePolicy: AllowContactingSource
`;
