import type { Diagnostic } from '../diagnostic.ts';
import { redactDiagnostic } from '../redact.ts';
import type { RenderOptions } from './options.ts';

/** JUnit XML: a failed test case per error or warning, a passed one per clean file; an info is a passed case with output. */
export function renderJunit(diagnostics: readonly Diagnostic[], options: RenderOptions = {}): string {
  const cases = [
    ...diagnostics.map((diagnostic) => findingCase(redactDiagnostic(diagnostic))),
    ...cleanCases(diagnostics, options),
  ];
  const failures = diagnostics.filter(({ severity }) => severity !== 'info').length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="pullpath" ${counts}>`,
    `  <testsuite name="pullpath lint" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function findingCase(diagnostic: Diagnostic): string {
  const { severity, code, message, at, object, hint, expected } = diagnostic;
  const place = at === undefined ? (object ?? 'input') : at.file;
  const name = at === undefined ? code : `${code} at ${at.start.line}:${at.start.column}`;
  const detail = [
    at === undefined ? place : `${place}:${at.start.line}:${at.start.column}`,
    expected && `expected ${expected}`,
    hint && `hint: ${hint}`,
  ].filter((line) => line !== undefined);
  const body =
    severity === 'info'
      ? `<system-out>${escapeXml([message, ...detail].join('\n'))}</system-out>`
      : `<failure type="${severity}" message="${escapeXml(message)}">${escapeXml(detail.join('\n'))}</failure>`;
  return `    <testcase classname="${escapeXml(place)}" name="${escapeXml(name)}">${body}</testcase>`;
}

function cleanCases(diagnostics: readonly Diagnostic[], { sources }: RenderOptions): string[] {
  const dirty = new Set(diagnostics.map(({ at }) => at?.file));
  const clean = [...(sources?.keys() ?? [])].filter((file) => !dirty.has(file));
  return clean.map((file) => `    <testcase classname="${escapeXml(file)}" name="no problems"/>`);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Characters that XML 1.0 cannot hold become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"\n]/g, (character) => entities[character] ?? character);
}
