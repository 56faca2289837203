import type { JsonNode } from '../json-text.ts';
import type { FulcioTrust, PkiTrust, PolicyRequirement } from './model.ts';
import { defaultReferenceMatch, readReferenceMatch } from './reference-match.ts';
import { countSources, setMembers } from './sources.ts';
import {
  type Fields,
  missingKey,
  type PolicyFaults,
  readBytes,
  readBytesList,
  readLater,
  readStrictObject,
  readString,
  readStrings,
} from './strict-object.ts';

const sigstoreReaders = {
  type: readString,
  keyPath: readString,
  keyPaths: readStrings,
  keyData: readBytes,
  keyDatas: readBytesList,
  fulcio: readFulcio,
  rekorPublicKeyPath: readString,
  rekorPublicKeyPaths: readStrings,
  rekorPublicKeyData: readBytes,
  rekorPublicKeyDatas: readBytesList,
  pki: readPki,
  signedIdentity: readLater,
} as const;

type SigstoreFields = Fields<typeof sigstoreReaders>;

/** Reads a `sigstoreSigned` requirement. Source: containers/image `signature` policy_config_sigstore. */
export function readSigstoreSigned(node: JsonNode, faults: PolicyFaults): PolicyRequirement | undefined {
  const fields = readStrictObject(node, sigstoreReaders, [], faults);
  if (!fields) return undefined;
  const { type: _type, signedIdentity: identityNode, keyPath, rekorPublicKeyPath, ...others } = fields;
  const signedIdentity = identityNode ? readReferenceMatch(identityNode, faults) : defaultReferenceMatch;
  checkLists(fields, node, faults);
  checkSources(fields, node, faults);
  if (!signedIdentity) return undefined;
  const paths = { keyPath: keyPath || undefined, rekorPublicKeyPath: rekorPublicKeyPath || undefined };
  return { type: 'sigstoreSigned', ...setMembers(paths), ...setMembers(others), signedIdentity };
}

function checkLists(fields: SigstoreFields, place: JsonNode, faults: PolicyFaults): void {
  for (const name of ['keyPaths', 'keyDatas', 'rekorPublicKeyPaths', 'rekorPublicKeyDatas'] as const) {
    const list = fields[name];
    if (list !== undefined && (list === null || list.length === 0))
      faults.push({ code: 'policy-list-empty', message: `"${name}" has no entry`, place });
  }
}

function checkSources(fields: SigstoreFields, place: JsonNode, faults: PolicyFaults): void {
  const { keyPath, keyPaths, keyData, keyDatas, fulcio, pki } = fields;
  if (countSources([keyPath], [keyPaths, keyData, keyDatas, fulcio, pki]) !== 1) {
    const message = 'exactly one of keyPath, keyPaths, keyData, keyDatas, fulcio and pki is needed';
    faults.push({ code: 'policy-key-source-count', message, place });
  }
  const rekor = countSources(
    [fields.rekorPublicKeyPath],
    [fields.rekorPublicKeyPaths, fields.rekorPublicKeyData, fields.rekorPublicKeyDatas],
  );
  const names = 'rekorPublicKeyPath, rekorPublicKeyPaths, rekorPublicKeyData and rekorPublicKeyDatas';
  if (rekor > 1) faults.push({ code: 'policy-exclusive-keys', message: `at most one of ${names} is allowed`, place });
  if (fulcio && rekor === 0)
    faults.push({ code: 'policy-missing-one-of', message: `fulcio needs one of ${names}`, place });
  if (pki && rekor > 0) faults.push({ code: 'policy-exclusive-keys', message: `pki allows none of ${names}`, place });
}

function readFulcio(node: JsonNode, faults: PolicyFaults): FulcioTrust | undefined {
  const readers = { caPath: readString, caData: readBytes, oidcIssuer: readString, subjectEmail: readString };
  const fields = readStrictObject(node, readers, [], faults);
  if (!fields) return undefined;
  const { caPath, caData, oidcIssuer, subjectEmail } = fields;
  checkOneOf('caPath', caPath, 'caData', caData, node, faults);
  if (!oidcIssuer) faults.push(missingKey('oidcIssuer', node));
  if (!subjectEmail) faults.push(missingKey('subjectEmail', node));
  const ca = setMembers({ caPath: caPath || undefined, caData });
  return { ...ca, oidcIssuer: oidcIssuer ?? '', subjectEmail: subjectEmail ?? '' };
}

function readPki(node: JsonNode, faults: PolicyFaults): PkiTrust | undefined {
  const readers = {
    caRootsPath: readString,
    caRootsData: readBytes,
    caIntermediatesPath: readString,
    caIntermediatesData: readBytes,
    subjectEmail: readString,
    subjectHostname: readString,
  };
  const fields = readStrictObject(node, readers, [], faults);
  if (!fields) return undefined;
  const { caRootsPath, caRootsData, caIntermediatesPath, caIntermediatesData, subjectEmail, subjectHostname } = fields;
  checkOneOf('caRootsPath', caRootsPath, 'caRootsData', caRootsData, node, faults);
  if (countSources([caIntermediatesPath], [caIntermediatesData]) > 1)
    faults.push(exclusive('caIntermediatesPath', 'caIntermediatesData', node));
  if (!subjectEmail && !subjectHostname)
    faults.push({ code: 'policy-missing-one-of', message: 'subjectEmail or subjectHostname is needed', place: node });
  const texts = { caRootsPath, caIntermediatesPath, subjectEmail, subjectHostname };
  const given = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text || undefined]));
  return { ...setMembers(given), ...setMembers({ caRootsData, caIntermediatesData }) };
}

function checkOneOf(
  pathName: string,
  path: string | undefined,
  dataName: string,
  data: string | null | undefined,
  place: JsonNode,
  faults: PolicyFaults,
): void {
  const count = countSources([path], [data]);
  if (count > 1) faults.push(exclusive(pathName, dataName, place));
  if (count === 0)
    faults.push({ code: 'policy-missing-one-of', message: `one of ${pathName} and ${dataName} is needed`, place });
}

function exclusive(first: string, second: string, place: JsonNode): PolicyFaults[number] {
  return { code: 'policy-exclusive-keys', message: `only one of ${first} and ${second} is allowed`, place };
}
