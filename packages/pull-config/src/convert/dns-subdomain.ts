/** True for a DNS-1123 subdomain: labels of `a-z0-9-` joined by dots, 253 characters at most; names of objects are such. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every(isLabel);
}

function isLabel(label: string): boolean {
  return label !== '' && !label.startsWith('-') && !label.endsWith('-') && Array.from(label).every(isLabelCharacter);
}

function isLabelCharacter(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= '0' && char <= '9') || char === '-';
}
