import type { JsonNode } from '../json-text.ts';
import { type KeyType, keyTypes, type PolicyRequirement, type PolicyRequirements } from './model.ts';
import { defaultReferenceMatch, readReferenceMatch } from './reference-match.ts';
import { readSigstoreSigned } from './sigstore.ts';
import { countSources, setMembers } from './sources.ts';
import {
  isNull,
  type PolicyFaults,
  type Reader,
  readBytes,
  readLater,
  readStrictObject,
  readString,
  readStrings,
} from './strict-object.ts';
import { readTypeName } from './type-name.ts';

/** Reads the list of one scope; an empty list is refused. Source: containers/image `signature` PolicyRequirements. */
export const readRequirements: Reader<PolicyRequirements> = (node, faults) => {
  if (node.kind !== 'array' && !isNull(node)) {
    faults.push({ code: 'json-type', message: 'an array of requirements is expected here', place: node });
    return undefined;
  }
  const items = node.kind === 'array' ? node.items : [];
  if (items.length === 0)
    faults.push({
      code: 'policy-requirements-empty',
      message: 'a list of requirements must not be empty',
      place: node,
    });
  return items.map((item) => readRequirement(item, faults)).filter((requirement) => requirement !== undefined);
};

/** Reads one requirement. Source: containers/image `signature` newPolicyRequirementFromJSON. */
export const readRequirement: Reader<PolicyRequirement> = (node, faults) => {
  const type = readTypeName(node, faults);
  if (type === undefined) return undefined;
  const read = Object.hasOwn(requirementReaders, type)
    ? requirementReaders[type as PolicyRequirement['type']]
    : undefined;
  if (read) return read(node, faults);
  const expected = Object.keys(requirementReaders).join(', ');
  faults.push({
    code: 'policy-unknown-requirement-type',
    message: `"${type}" is no requirement`,
    place: node,
    expected,
  });
  return undefined;
};

const requirementReaders: Readonly<Record<PolicyRequirement['type'], Reader<PolicyRequirement>>> = {
  insecureAcceptAnything: bare('insecureAcceptAnything'),
  reject: bare('reject'),
  signedBy: readSignedBy,
  signedBaseLayer: readSignedBaseLayer,
  sigstoreSigned: readSigstoreSigned,
};

function bare(type: 'insecureAcceptAnything' | 'reject'): Reader<PolicyRequirement> {
  return (node, faults) => readStrictObject(node, { type: readString }, ['type'], faults) && { type };
}

const signedByReaders = {
  type: readString,
  keyType: readKeyType,
  keyPath: readString,
  keyPaths: readStrings,
  keyData: readBytes,
  signedIdentity: readLater,
} as const;

function readSignedBy(node: JsonNode, faults: PolicyFaults): PolicyRequirement | undefined {
  const fields = readStrictObject(node, signedByReaders, [], faults);
  if (!fields) return undefined;
  const signedIdentity = fields.signedIdentity
    ? readReferenceMatch(fields.signedIdentity, faults)
    : defaultReferenceMatch;
  const { keyType, keyPath, keyPaths, keyData } = fields;
  const given = [keyPath, keyPaths, keyData].filter((value) => value !== undefined);
  const sources = countSources([keyPath], [keyPaths, keyData]);
  if (given.length === 1 && keyType === undefined) faults.push(keyTypeFault('', node));
  if (given.length !== 1 || sources !== 1) {
    const message = 'exactly one of keyPath, keyPaths and keyData is needed';
    faults.push({ code: 'policy-key-source-count', message, place: node });
  }
  if (!signedIdentity || keyType === undefined) return undefined;
  return {
    type: 'signedBy',
    keyType,
    ...setMembers({ keyPath: keyPath || undefined, keyPaths, keyData }),
    signedIdentity,
  };
}

function readKeyType(node: JsonNode, faults: PolicyFaults): KeyType | undefined {
  const text = readString(node, faults);
  const keyType = keyTypes.find((known) => known === text);
  if (text !== undefined && keyType === undefined) faults.push(keyTypeFault(text, node));
  return keyType;
}

function keyTypeFault(text: string, place: JsonNode): PolicyFaults[number] {
  const message = `"${text}" is no keyType`;
  return { code: 'policy-unknown-key-type', message, place, expected: keyTypes.join(', ') };
}

function readSignedBaseLayer(node: JsonNode, faults: PolicyFaults): PolicyRequirement | undefined {
  const readers = { type: readString, baseLayerIdentity: readLater };
  const fields = readStrictObject(node, readers, ['type', 'baseLayerIdentity'], faults);
  const baseLayerIdentity = fields?.baseLayerIdentity && readReferenceMatch(fields.baseLayerIdentity, faults);
  return baseLayerIdentity && { type: 'signedBaseLayer', baseLayerIdentity };
}
