import type { NodeFile } from '@pullpath/pull-config';

/** Several files as one text: a comment line with path and mode before each, an empty line between them. */
export function filesText(files: readonly NodeFile[]): string {
  return files.map(fileText).join('\n');
}

function fileText({ path, mode, contents }: NodeFile): string {
  const end = contents === '' || contents.endsWith('\n') ? '' : '\n';
  return `# ${path} (${mode.toString(8).padStart(4, '0')})\n${contents}${end}`;
}
