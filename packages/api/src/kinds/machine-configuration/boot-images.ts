import type { CelRule, Schema } from '../../schema/schema.ts';
import { listOf, object, oneOf, text } from '../fields.ts';
import { labelSelector } from '../selectors.ts';
import { memberOfUnion } from '../unions.ts';

const ocpVersion = text('Release, as x.y.z.', {
  minLength: 5,
  maxLength: 10,
  validations: [{ rule: "self.matches(r'^[0-9]+\\.[0-9]+\\.[0-9]+$')", message: 'must be a version x.y.z' }],
});

const rhcosVersion = text('Build of the operating system.', {
  minLength: 14,
  maxLength: 21,
  validations: [
    {
      rule: "self.matches(r'^[0-9]+\\.[0-9]+\\.([0-9]{8}|[0-9]{12})-[0-9]+$')",
      message: 'must be major.minor.YYYYMMDD-build or major.minor.YYYYMMDDHHmm-build',
    },
  ],
});

const manual = object(
  { mode: oneOf(['OCPVersion', 'RHCOSVersion'], 'Which of the versions is given.'), ocpVersion, rhcosVersion },
  'Version of the boot image, stated by the administrator.',
  {
    required: ['mode'],
    validations: [
      memberOfUnion('mode', 'OCPVersion', 'ocpVersion'),
      memberOfUnion('mode', 'RHCOSVersion', 'rhcosVersion'),
    ],
  },
);

const automatic = object({ ocpVersion, rhcosVersion }, 'Version of the boot image, as found.', {
  minProperties: 1,
  validations: [{ rule: 'has(self.ocpVersion) || has(self.rhcosVersion)', message: 'one of the versions is required' }],
});

/** `spec.bootImageSkewEnforcement`. */
export const bootImageSkewEnforcement: Schema = object(
  { mode: oneOf(['Manual', 'None'], 'Whether old boot images stop an update.'), manual },
  'Guards against boot images that are too old for the release.',
  { required: ['mode'], validations: [memberOfUnion('mode', 'Manual', 'manual')] },
);

/** `status.bootImageSkewEnforcementStatus`. */
export const bootImageSkewEnforcementStatus: Schema = object(
  { mode: oneOf(['Automatic', 'Manual', 'None'], 'The mode in effect.'), automatic, manual },
  'The guard in effect.',
  {
    required: ['mode'],
    validations: [memberOfUnion('mode', 'Automatic', 'automatic'), memberOfUnion('mode', 'Manual', 'manual')],
  },
);

const selection = object(
  {
    mode: oneOf(['All', 'Partial', 'None'], 'Which machine sets are kept up to date.'),
    partial: object({ machineResourceSelector: labelSelector('The machine sets.') }, 'For `Partial`.', {
      required: ['machineResourceSelector'],
    }),
  },
  'Which machine sets.',
  { required: ['mode'], validations: [memberOfUnion('mode', 'Partial', 'partial')] },
);

const machineManager = object(
  {
    resource: oneOf(['machinesets', 'controlplanemachinesets'], 'Kind of machine set.'),
    apiGroup: oneOf(['machine.openshift.io'], 'API group of the machine set.'),
    selection,
  },
  'One kind of machine set.',
  {
    required: ['apiGroup', 'resource', 'selection'],
    validations: [
      {
        rule: "self.resource != 'controlplanemachinesets' || self.selection.mode in ['All', 'None']",
        message: 'controlplanemachinesets take mode All or None only',
      },
    ],
  },
);

/** `spec.managedBootImages` and its counterpart in the status. */
export const managedBootImages: Schema = object(
  {
    machineManagers: listOf(machineManager, 'Kinds of machine sets whose boot images are managed.', {
      listType: 'map',
      listMapKeys: ['resource', 'apiGroup'],
      maxItems: 5,
    }),
  },
  'Whose boot images are kept up to date.',
);

const automaticMode = "self.?status.bootImageSkewEnforcementStatus.mode.orValue('') == 'Automatic'";
const machineSets = "m.resource == 'machinesets' && m.apiGroup == 'machine.openshift.io'";

/** Rules of the whole object that tie the guard to the management of boot images. */
export const bootImageRules: readonly CelRule[] = [
  {
    rule: `!(${automaticMode}) || self.?spec.managedBootImages.hasValue() || self.?status.managedBootImagesStatus.hasValue()`,
    message: 'automatic skew enforcement needs managed boot images',
  },
  {
    rule: `!(${automaticMode}) || !self.?spec.managedBootImages.machineManagers.hasValue() || size(self.spec.managedBootImages.machineManagers) > 0`,
    message: 'automatic skew enforcement needs at least one entry in managedBootImages.machineManagers',
  },
  {
    rule: `!(${automaticMode}) || !self.?spec.managedBootImages.machineManagers.hasValue() || !self.spec.managedBootImages.machineManagers.exists(m, ${machineSets}) || self.spec.managedBootImages.machineManagers.exists(m, ${machineSets} && m.selection.mode == 'All')`,
    message: 'automatic skew enforcement needs mode All for machinesets',
  },
  {
    rule: `!(${automaticMode}) || !self.?status.managedBootImagesStatus.machineManagers.hasValue() || self.status.managedBootImagesStatus.machineManagers.exists(m, ${machineSets} && m.selection.mode == 'All')`,
    message: 'automatic skew enforcement needs all machinesets in managedBootImagesStatus',
  },
];
