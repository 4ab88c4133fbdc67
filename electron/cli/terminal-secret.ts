/** What a question on the screen needs. */
export type QuestionStreams = {
  readonly stdin: Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'resume' | 'pause' | 'on' | 'off' | 'setEncoding'>;
  readonly stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;
};

/** What a terminal in raw mode sends for its keys. */
const keys = { enter: '\r\n', giveUp: '\u0003\u0004\u001b', takeBack: '\b\u007f' } as const;

/**
 * Asks for a line that nobody shall see: nothing of it is echoed. Null when there is no screen to ask on, or when the
 * person gives up with Ctrl+C, Ctrl+D or Escape.
 */
export async function askSecret({ stdin, stderr }: QuestionStreams, question: string): Promise<string | null> {
  if (!stdin.isTTY || !stderr.isTTY) return null;
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let typed: readonly string[] = [];
  const read = (chunk: string | Buffer): void => {
    for (const character of String(chunk)) {
      if (keys.enter.includes(character)) return resolve(typed.join(''));
      if (keys.giveUp.includes(character)) return resolve(null);
      typed = keys.takeBack.includes(character) ? typed.slice(0, -1) : [...typed, character];
    }
  };
  const end = (): void => resolve(null);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', read);
  stdin.on('end', end);
  stdin.resume();
  // Last: whoever is asked may type at once, and by now nothing is echoed.
  stderr.write(`${question} `);
  try {
    return await promise;
  } finally {
    stdin.off('data', read);
    stdin.off('end', end);
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

const pipedLimit = 64 * 1024;

/** What comes through a pipe until its end; null for nothing, or for more than a key can be. */
export async function readPiped(stdin: QuestionStreams['stdin']): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let text = '';
  const read = (chunk: string | Buffer): void => {
    text += String(chunk);
    if (text.length > pipedLimit) resolve(text);
  };
  const end = (): void => resolve(text);
  stdin.setEncoding('utf8');
  stdin.on('data', read);
  stdin.on('end', end);
  stdin.resume();
  const all = await promise;
  stdin.off('data', read);
  stdin.off('end', end);
  stdin.pause();
  return all === '' || all.length > pipedLimit ? null : all;
}
