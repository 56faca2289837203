const summaryLength = 30;

/** The start of a body, as error messages show it. Source: apiserver `summarizeData`. */
export function summary(bytes: Buffer): string {
  if (bytes.length === 0) return '<empty>';
  const encoding = bytes[0] === 0x7b ? 'utf8' : 'hex';
  const start = bytes.subarray(0, summaryLength).toString(encoding);
  return bytes.length > summaryLength ? `${start} ...` : start;
}
