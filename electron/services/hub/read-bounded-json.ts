import { AppError } from '../../shared/app-error.ts';

/** The largest answer that is read: a repository of 10,000 files takes some 3 MB. */
const answerLimitBytes = 8 * 1024 * 1024;

/** Reads an answer as JSON. Throws `hub/unexpected` for what is too long or none. */
export async function readBoundedJson(response: Response, host: string): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > answerLimitBytes) throw new AppError('hub/unexpected', 'The answer is too long.', { host });
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new AppError('hub/unexpected', 'The answer is no JSON.', { host }, { cause: error });
  }
}
