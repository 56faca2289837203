import type { OriginPlace } from '@pullpath/api';
import type { AttemptProbe, ExplainedAttempt, Explanation } from './explanation.ts';

/**
 * The explanation for people, without colour: the rule, a numbered ladder of attempts, the verdict. Ends with a newline.
 */
export function formatExplanation(explanation: Explanation): string {
  const { image, kind, runtime, verdict } = explanation;
  const sections = [
    [`${image}  · pulled by ${kind}${runtime === 'crio' ? '' : ` · ${runtime}`}`],
    ruleLines(explanation),
    attemptLines(explanation.attempts),
    policyLines(explanation),
    [`  ${verdict}`],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function ruleLines({ image, normalized, matched, error }: Explanation): string[] {
  const means = normalized !== null && normalized !== image ? [`  means  ${normalized}`] : [];
  if (!matched && error) return means;
  if (!matched) return [...means, '  rule   none: the image is pulled from where its name says'];
  return [...means, `  rule   [[registry]] ${matched.scope}`, ...table(matched.origins.map(originCells))];
}

function originCells(origin: OriginPlace, index: number): string[] {
  return [index === 0 ? '         from' : '         and', origin.object, origin.path, placeOf(origin)];
}

function placeOf({ file, line, column }: OriginPlace): string {
  return file === null ? '' : [file, line, column].filter((part) => part !== null).join(':');
}

function attemptLines(attempts: readonly ExplainedAttempt[]): string[] {
  let number = 0;
  const rows = attempts.map((attempt) => [
    `  ${attempt.outcome === 'skipped' ? '–' : ++number} ${marks[attempt.outcome]}  `,
    attempt.reference,
    attempt.outcome,
    notesOf(attempt).join(', '),
  ]);
  return table(rows).flatMap((line, index) => [line, ...probeLines(attempts[index]?.probe)]);
}

const marks: Readonly<Record<ExplainedAttempt['outcome'], string>> = { tried: '✓', skipped: '·', blocked: '✗' };

function notesOf({ outcome, mirror, reason, insecure, credentials, credentialHelper, ca }: ExplainedAttempt): string[] {
  if (outcome !== 'tried') return reason ? [reason] : [];
  const notes = [mirror ? 'mirror' : 'source', ...(insecure ? ['insecure'] : [])];
  if (credentialHelper) notes.push(`credentials from docker-credential-${credentialHelper}`);
  else if (credentials) notes.push(`credentials ${credentials}`);
  if (ca) notes.push(`CA ${ca}`);
  return reason ? [...notes, reason] : notes;
}

function probeLines(probe: AttemptProbe | undefined): string[] {
  if (!probe) return [];
  const time = probe.ms === undefined ? '' : ` in ${probe.ms} ms`;
  const answer = probe.status === undefined ? 'no answer' : String(probe.status);
  const details = [probe.error?.message, probe.digest, probe.mediaType].filter((part) => part !== undefined);
  return [`         ${[answer + time, ...details].join(', ')}`];
}

function policyLines({ policy, error }: Explanation): string[] {
  if (policy.decision === 'accept' || error) return [];
  const scope = policy.scope === null ? '' : `  ${policy.scope || 'default of transport docker'}`;
  const meaning = policy.decision === 'reject' ? 'reject' : 'signature required';
  return [`  policy ${meaning}${scope}`];
}

/** Cells in columns, two spaces apart, no trailing space. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
