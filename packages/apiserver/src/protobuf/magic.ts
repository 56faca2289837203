/** What a body of `application/vnd.kubernetes.protobuf` begins with. */
export const magic: Buffer = Buffer.from([0x6b, 0x38, 0x73, 0x00]);
