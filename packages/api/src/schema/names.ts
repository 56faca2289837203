/** RFC 1123 subdomain as Kubernetes checks object names: lower case, labels joined by dots, 253 characters at most. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every(isLowerLabel);
}

/** RFC 1123 label: as above without dots, 63 characters at most. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && isLowerLabel(text);
}

function isLowerLabel(text: string): boolean {
  return /^[a-z0-9-]+$/.test(text) && !text.startsWith('-') && !text.endsWith('-');
}
