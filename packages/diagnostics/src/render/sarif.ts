import { type DiagnosticCode, diagnosticCodes } from '../codes/index.ts';
import type { Diagnostic, Fix, RelatedPlace, Severity } from '../diagnostic.ts';
import { redactDiagnostic } from '../redact.ts';
import type { SourceSpan, TextEdit } from '../span.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0 (OASIS): one run, the codes that occur as rules, columns in UTF-16 units. */
export function renderSarif(diagnostics: readonly Diagnostic[]): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const rules = codes.map((code) => ({ id: code, shortDescription: { text: sentence(diagnosticCodes[code]) } }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'pullpath', informationUri: 'https://pullpath.dev', rules } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => result(redactDiagnostic(diagnostic), codes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(diagnostic: Diagnostic, codes: readonly DiagnosticCode[]): object {
  const { code, severity, message, expected, hint, at, object, path, related = [], fix } = diagnostic;
  const words = [message, expected && `expected ${expected}`, hint].filter((part) => part !== undefined);
  const name = [object, path].filter((part) => part !== undefined).join(' ');
  const location = {
    ...(at === undefined ? {} : physical(at)),
    ...(name === '' ? {} : { logicalLocations: [{ fullyQualifiedName: name }] }),
  };
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: words.map(sentence).join(' ') },
    ...(Object.keys(location).length === 0 ? {} : { locations: [location] }),
    ...(related.length === 0 ? {} : { relatedLocations: related.map(relatedLocation) }),
    ...(fix === undefined ? {} : { fixes: [fixOf(fix)] }),
  };
}

function relatedLocation({ at, message }: RelatedPlace, id: number): object {
  return { id, ...(at === undefined ? {} : physical(at)), message: { text: sentence(message) } };
}

function physical(at: SourceSpan): object {
  return { physicalLocation: { artifactLocation: artifact(at.file), region: region(at) } };
}

function region({ start, end }: SourceSpan): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function fixOf({ title, edits }: Fix): object {
  const files = [...new Set(edits.map(({ at }) => at.file))];
  return {
    description: { text: sentence(title) },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: edits.filter(({ at }) => at.file === file).map(replacement),
    })),
  };
}

function replacement({ at, text }: TextEdit): object {
  return { deletedRegion: region(at), insertedContent: { text } };
}

/** A relative reference for a relative path, a `file:` URI for an absolute one. */
function artifact(file: string): object {
  const path = file
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return { uri: file.startsWith('/') ? `file://${path}` : path };
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
