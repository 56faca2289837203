/** The documents of a text, or where one is separated in a way that Kubernetes does not read. */
export interface SplitDocuments {
  readonly documents: readonly string[];
  readonly faults: readonly string[];
}

/**
 * Splits a text at the lines that start with `---`, as apimachinery's `YAMLReader` does: such a line may hold nothing else
 * but a comment. Line ends become `\n`, every document ends with one, and documents without a line are left out.
 */
export function splitDocuments(text: string): SplitDocuments {
  const [documents, faults]: [string[], string[]] = [[], []];
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) documents.push(`${lines.join('\n')}\n`);
    lines = [];
  };
  for (const line of linesOf(text)) {
    if (!line.startsWith('---')) {
      lines.push(line);
      continue;
    }
    const rest = line.slice(3).trim();
    if (rest === '' || rest.startsWith('#')) flush();
    else {
      faults.push(`invalid document separator "${line.trim()}"`);
      lines = [];
    }
  }
  flush();
  return { documents, faults };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
