import type { Chapter, Step } from './step.ts';

/** A page of docs/walkthrough: every command of a document as it works here, with what must come of it. */
export function page(title: string, chapters: readonly Chapter[]): string {
  return [`# ${title}`, '', ...intro, ...chapters.flatMap(chapterLines)].join('\n');
}

const intro = [
  'Every command below runs in the test suite, on `pullpath serve` and on a real Kubernetes API server with `pullpath operator`',
  'and `pullpath agent`. `oc` may be kubectl; `oc extract`, `oc debug node` and `oc adm migrate` are what',
  '[bin/oc](../../packages/cli/test/oracle/walkthrough/bin/oc) makes of them. `$NODES` is the folder of the management',
  "cluster's nodes (`.pullpath/nodes/management`), `$GUEST_NODES` the one of all clusters (`.pullpath/nodes`), `$TMP` any folder.",
  '',
];

function chapterLines({ title, steps }: Chapter): string[] {
  return [`## ${title}`, '', ...steps.flatMap(stepLines)];
}

function stepLines({ title, run, cwd, edit, exit, out = [], not = [] }: Step): string[] {
  const place = cwd === undefined ? '' : ` (in \`examples/${cwd}\`)`;
  const paste = edit === undefined ? [] : [`Give it the spec of \`examples/${edit}\`.`, ''];
  const texts = out.filter((part) => typeof part === 'string').map((text) => `\`${text.split('\n')[0]}\``);
  const absent = not.filter((part) => typeof part === 'string').map((text) => `\`${text}\``);
  const outcome = [
    ...(exit ? ['it is refused'] : []),
    ...(texts.length > 0 ? [`shows ${texts.join(', ')}`] : []),
    ...(absent.length > 0 ? [`does not show ${absent.join(', ')}`] : []),
  ];
  return [
    `${title[0]?.toUpperCase()}${title.slice(1)}${place}:`,
    '',
    '```sh',
    run,
    '```',
    '',
    ...paste,
    ...(outcome.length > 0 ? [`${outcome.join('; ')}.`, ''] : []),
  ];
}
