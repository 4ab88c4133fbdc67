import { readFile, realpath } from 'node:fs/promises';
import { join, normalize, relative } from 'node:path';
import { pageHeaders } from '../guards/page-headers.ts';
import { contentTypeOf, staticFileFor } from '../guards/static-path.ts';

/** A response for a file of the built page, the same from the window's protocol and from the loopback host. */
export type PageFile = {
  readonly httpStatus: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
};

/** Reads what a request's path names inside `pageFolder` (absolute). Anything but a readable file of the page is a 404. */
export async function readPageFile(pageFolder: string, requestPath: string): Promise<PageFile> {
  const file = staticFileFor(requestPath);
  const contentType = file === null ? null : contentTypeOf(file);
  if (file === null || contentType === null) return notFound();
  try {
    const path = await realpath(join(pageFolder, file));
    // A link, or another spelling where case does not count, leads to a file that nobody named here.
    if (relative(await realpath(pageFolder), path) !== normalize(file)) return notFound();
    const body = new Uint8Array(await readFile(path));
    return { httpStatus: 200, headers: pageHeaders(file, contentType), body };
  } catch {
    return notFound();
  }
}

function notFound(): PageFile {
  const headers = { ...pageHeaders('', 'text/plain; charset=utf-8') };
  return { httpStatus: 404, headers, body: new TextEncoder().encode('Not found') };
}
