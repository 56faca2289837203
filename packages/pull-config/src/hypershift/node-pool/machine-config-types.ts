import { canonicalQuantity } from '../canonical-quantity.ts';
import {
  type GoType,
  goBool,
  goInteger,
  goPointer,
  goRaw,
  goSlice,
  goString,
  goStringMap,
  goStruct,
  omitEmpty,
  omitNull,
  required,
} from './go-struct.ts';

/** A missing creation time is printed as null, as the OpenShift API did when the first hashes were taken. */
const objectMeta: GoType = goStruct({
  name: omitEmpty(goString),
  generateName: omitEmpty(goString),
  namespace: omitEmpty(goString),
  selfLink: omitEmpty(goString),
  uid: omitEmpty(goString),
  resourceVersion: omitEmpty(goString),
  generation: omitEmpty(goInteger),
  creationTimestamp: required(goPointer(goString)),
  deletionTimestamp: omitNull(goString),
  deletionGracePeriodSeconds: omitNull(goInteger),
  labels: omitEmpty(goStringMap),
  annotations: omitEmpty(goStringMap),
  ownerReferences: omitEmpty(goSlice(goRaw)),
  finalizers: omitEmpty(goSlice(goString)),
  managedFields: omitEmpty(goSlice(goRaw)),
});

function goObject(fields: Parameters<typeof goStruct>[0]): GoType {
  return goStruct({
    kind: omitEmpty(goString),
    apiVersion: omitEmpty(goString),
    metadata: required(objectMeta),
    ...fields,
  });
}

const goQuantity: GoType = (value, path, mismatches) => {
  const text = typeof value === 'number' ? String(value) : goString(value, path, mismatches);
  const canonical = canonicalQuantity(String(text));
  if (canonical === undefined)
    mismatches.push({ path: path.join('.'), message: `${path.join('.')} is not a quantity` });
  return canonical ?? '0';
};

/** A TLS profile of config.openshift.io/v1; also part of the rollout hash. */
export const tlsSecurityProfile: GoType = goStruct({
  type: required(goString),
  old: omitNull(goStruct({})),
  intermediate: omitNull(goStruct({})),
  modern: omitNull(goStruct({})),
  custom: omitNull(
    goStruct({
      ciphers: required(goSlice(goString)),
      groups: omitEmpty(goSlice(goString)),
      minTLSVersion: required(goString),
    }),
  ),
});

const statusWithConditions: GoType = goStruct({
  observedGeneration: omitEmpty(goInteger),
  conditions: required(
    goSlice(
      goStruct({
        type: required(goString),
        status: omitEmpty(goString),
        lastTransitionTime: required(goPointer(goString)),
        reason: omitEmpty(goString),
        message: omitEmpty(goString),
      }),
    ),
  ),
});

const store: GoType = goStruct({ path: omitEmpty(goString) });

/** MachineConfig of machineconfiguration.openshift.io/v1. */
export const machineConfig: GoType = goObject({
  spec: required(
    goStruct({
      osImageURL: required(goString),
      baseOSExtensionsContainerImage: required(goString),
      config: required(goRaw),
      kernelArguments: required(goSlice(goString)),
      extensions: required(goSlice(goString)),
      fips: required(goBool),
      kernelType: required(goString),
    }),
  ),
});

/** KubeletConfig of machineconfiguration.openshift.io/v1. */
export const kubeletConfig: GoType = goObject({
  spec: required(
    goStruct({
      autoSizingReserved: omitNull(goBool),
      logLevel: omitNull(goInteger),
      machineConfigPoolSelector: omitNull(goRaw),
      kubeletConfig: omitNull(goRaw),
      tlsSecurityProfile: omitNull(tlsSecurityProfile),
    }),
  ),
  status: required(statusWithConditions),
});

/** ContainerRuntimeConfig of machineconfiguration.openshift.io/v1. */
export const containerRuntimeConfig: GoType = goObject({
  spec: required(
    goStruct({
      machineConfigPoolSelector: omitNull(goRaw),
      containerRuntimeConfig: omitNull(
        goStruct({
          pidsLimit: omitNull(goInteger),
          logLevel: omitEmpty(goString),
          logSizeMax: omitNull(goQuantity),
          overlaySize: omitNull(goQuantity),
          defaultRuntime: omitEmpty(goString),
          additionalLayerStores: omitEmpty(goSlice(store)),
          additionalImageStores: omitEmpty(goSlice(store)),
          additionalArtifactStores: omitEmpty(goSlice(store)),
        }),
      ),
    }),
  ),
  status: required(statusWithConditions),
});
