import { compareGoYamlKeys } from './go-yaml-key-order.ts';
import { goYamlScalar, hasLineBreak } from './go-yaml-scalar.ts';

/**
 * The YAML text that `sigs.k8s.io/yaml` (kubectl, HyperShift, machine-config-operator) writes for JSON data, byte for byte:
 * keys in go-yaml's order, two spaces of indentation, list items at the column of their key, lines folded after column 80,
 * one newline at the end. Rollout hashes are taken over this text. Members that are `undefined` are left out.
 */
export function goYaml(value: unknown): string {
  return `${blockNode(value, { indent: 0, column: 0, inMapping: false }).replace(/^\n/, '')}\n`;
}

/** Where a node is written: `indent` of its siblings, `column` of the cursor, and whether it is the value of a key. */
interface Place {
  readonly indent: number;
  readonly column: number;
  readonly inMapping: boolean;
}

function blockNode(value: unknown, place: Place): string {
  if (Array.isArray(value)) return value.length === 0 ? spaced('[]', place) : sequence(value, place);
  if (typeof value === 'object' && value !== null) return mappingNode(value as Record<string, unknown>, place);
  const lead = place.inMapping ? 1 : 0;
  return `${' '.repeat(lead)}${goYamlScalar(value, { indent: place.indent + 2, column: place.column + lead, key: false })}`;
}

function mappingNode(value: Record<string, unknown>, place: Place): string {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  if (keys.length === 0) return spaced('{}', place);
  const indent = place.inMapping ? place.indent + 2 : place.column;
  const entries = keys.sort(compareGoYamlKeys).map((key) => entry(key, value[key], indent));
  return lines(entries, { ...place, indent });
}

function entry(key: string, value: unknown, indent: number): string {
  if (isSimpleKey(key)) {
    const text = goYamlScalar(key, { indent: indent + 2, column: indent, key: true });
    return `${text}:${blockNode(value, { indent, column: indent + Array.from(text).length + 1, inMapping: true })}`;
  }
  const explicit = goYamlScalar(key, { indent: indent + 2, column: indent + 2, key: false });
  const after = explicitValue(value, indent);
  return `? ${explicit}\n${' '.repeat(indent)}:${after}`;
}

/** Other keys are written as `? key` and `: value` (libyaml `check_simple_key`). */
function isSimpleKey(key: string): boolean {
  return !hasLineBreak(key) && new TextEncoder().encode(key).length <= 128;
}

function explicitValue(value: unknown, indent: number): string {
  const isCollection = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isCollection) return blockNode(value, { indent, column: indent + 1, inMapping: true });
  return ` ${blockNode(value, { indent: indent + 2, column: indent + 2, inMapping: false })}`;
}

function sequence(items: readonly unknown[], place: Place): string {
  const indent = place.inMapping ? place.indent : place.column;
  const texts = items.map((item) => `- ${blockNode(item ?? null, { indent, column: indent + 2, inMapping: false })}`);
  return lines(texts, { ...place, indent });
}

/** Puts entries below each other; the value of a key starts on a new line, an item of a list on the line of its dash. */
function lines(texts: readonly string[], { indent, inMapping }: Place): string {
  const pad = `\n${' '.repeat(indent)}`;
  return `${inMapping ? pad : ''}${texts.join(pad)}`;
}

function spaced(text: string, { inMapping }: Place): string {
  return inMapping ? ` ${text}` : text;
}
