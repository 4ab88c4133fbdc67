import type { QuestionStreams } from './terminal-secret.ts';

/**
 * Asks for a line, which is shown as it is typed. Null when there is no screen to ask on, or when the person gives up with
 * Ctrl+C (`signal`) or Ctrl+D.
 */
export async function askAnswer(
  { stdin, stderr }: QuestionStreams,
  question: string,
  signal: AbortSignal,
): Promise<string | null> {
  if (!stdin.isTTY || !stderr.isTTY || signal.aborted) return null;
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let typed = '';
  const read = (chunk: string | Buffer): void => {
    typed += String(chunk);
    const end = typed.search(/[\r\n]/);
    if (end >= 0) resolve(typed.slice(0, end).trim());
  };
  const giveUp = (): void => resolve(null);
  stdin.setEncoding('utf8');
  stdin.on('data', read);
  stdin.on('end', giveUp);
  signal.addEventListener('abort', giveUp, { once: true });
  stdin.resume();
  stderr.write(`${question} `);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', giveUp);
    stdin.off('data', read);
    stdin.off('end', giveUp);
    stdin.pause();
  }
}
