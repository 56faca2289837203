import { KubeError } from '../client/kube-error.ts';

/**
 * Cuts a stream into its lines. A last line without its end is dropped: the sender did not finish it. Throws
 * `kube-too-large` for a line of more than `limit` bytes. `touch` is called for every chunk that arrives.
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  touch: () => void,
): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    touch();
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const line = decode(pending, chunk.subarray(start, end));
      pending = [];
      size = 0;
      start = end + 1;
      if (line !== '') yield line;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > limit) throw new KubeError('kube-too-large', `a line of a watch has more than ${limit} bytes`);
  }
}

function decode(pending: readonly Uint8Array[], last: Uint8Array): string {
  const decoder = new TextDecoder();
  let text = '';
  for (const part of pending) text += decoder.decode(part, { stream: true });
  return text + decoder.decode(last);
}

/** A whole body as text. Throws `kube-too-large` beyond `limit` bytes. `touch` is called for every chunk that arrives. */
export async function readText(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  touch: () => void = () => undefined,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body) {
    touch();
    size += chunk.length;
    if (size > limit) throw new KubeError('kube-too-large', `an answer has more than ${limit} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
