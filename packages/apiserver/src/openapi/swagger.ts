import { createHash } from 'node:crypto';
import { kubernetesMinor } from '../discovery/version.ts';

interface Document {
  readonly bytes: Buffer;
  readonly hash: string;
}

const title = 'Kubernetes';
const version = `v1.${kubernetesMinor}.3`;

/** The smallest OpenAPI 2.0 document: old kubectl wants one to be there, and reads nothing more than its head. */
export const swaggerJson: Document = document(
  Buffer.from(JSON.stringify({ swagger: '2.0', info: { title, version }, paths: {} })),
);

/** The same as `openapi.v2.Document` of protobuf: field 1 is the version of the format, field 2 the info. */
export const swaggerProtobuf: Document = document(
  Buffer.concat([
    field(1, Buffer.from('2.0')),
    field(2, Buffer.concat([field(1, Buffer.from(title)), field(2, Buffer.from(version))])),
  ]),
);

// Lengths here are below 128, so each is one byte.
function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

function document(bytes: Buffer): Document {
  return { bytes, hash: createHash('sha512').update(bytes).digest('hex').toUpperCase() };
}
