import type { ErrorBody } from '../../model/error-body.ts';
import { errorText } from '../error-text.ts';
import { OcmError } from '../ocm-error.ts';
import { checkContentType } from './content-type.ts';
import type { HttpAnswer } from './exchange.ts';

/** The JSON of an answer; undefined for 204. Throws `ocm-status` for a refusal, `ocm-content` for what is no JSON. */
export function readAnswer({ status, contentType, text }: HttpAnswer): unknown {
  if (status === 204) return undefined;
  if (text === '' && status >= 400) throw new OcmError('ocm-status', errorText(status, {}), { status });
  checkContentType(contentType, text, status);
  const json = jsonOf(text, status);
  if (status < 400) return json;
  const body = typeof json === 'object' && json !== null ? (json as Partial<ErrorBody>) : {};
  throw new OcmError('ocm-status', errorText(status, body), { status, body });
}

function jsonOf(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OcmError('ocm-content', "can't read the answer: it is not the JSON that it says to be", {
      status,
      cause,
    });
  }
}
