import { OcmError } from '../ocm-error.ts';

const limit = 250;

/** Throws `ocm-content` for an answer that is not JSON, as a proxy gives it; in the words of the published SDK. */
export function checkContentType(contentType: string | undefined, content: string, status: number): void {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json') return;
  throw new OcmError(
    'ocm-content',
    `expected response content type 'application/json' but received '${type}' and content '${summary(type, content)}'`,
    { status, hint: 'something between here and the API answered, or the URL is not that of an OCM API' },
  );
}

function summary(type: string, content: string): string {
  const runes = Array.from(content);
  if (runes.length <= limit) return content;
  const short = type === 'text/html' ? Array.from(wordsOf(content)) : runes;
  return short.length > limit ? `${short.slice(0, limit).join('')}...` : short.join('');
}

/** The text of a page without its tags; each character is looked at once. */
function wordsOf(html: string): string {
  const parts: string[] = [];
  let from = 0;
  while (from < html.length) {
    const open = html.indexOf('<', from);
    parts.push(html.slice(from, open < 0 ? html.length : open));
    const close = open < 0 ? -1 : html.indexOf('>', open);
    from = close < 0 ? html.length : close + 1;
  }
  return parts.join(' ').split(/\s+/).filter(Boolean).join(' ');
}
