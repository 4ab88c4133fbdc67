import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileSource } from '../../parsing/protocol/file-source.ts';
import { createId, fileTicketSchema } from '../../shared/ids.ts';
import { createFilesService } from './create-files-service.ts';
import type { FilesService, TicketedFile } from './files-service.ts';
import { writeUpload } from './write-upload.ts';

let folder: string;
let temporaryFolder: string;
let files: FilesService;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-files-'));
  temporaryFolder = join(folder, 'temporary');
  files = await createFilesService({ temporaryFolder });
});
afterEach(async () => {
  await files.close();
  await rm(folder, { recursive: true });
});

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function contentOf(file: TicketedFile): Promise<Buffer> {
  const source = await openFileSource(file);
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks()) chunks.push(Buffer.from(chunk));
  await source.close();
  return Buffer.concat(chunks);
}

const uploads = () => readdir(temporaryFolder).catch(() => []);

describe('ticketForPath', () => {
  it('gives a ticket that shows the name and not the path', async () => {
    const path = join(folder, 'notes.txt');
    await writeFile(path, 'hello');
    const summary = await files.ticketForPath(path);
    expect(summary).toEqual({ ticket: summary.ticket, name: 'notes.txt', sizeBytes: 5 });
    expect(files.resolve(summary.ticket)).toEqual({ ...summary, path });
  });

  it('throws what is wrong with the path', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(files.ticketForPath(folder)).rejects.toMatchObject({ code: 'file/is-folder' });
    for (const name of ['missing.txt', join('file', 'below')]) {
      const ticketing = files.ticketForPath(join(folder, name));
      await expect(ticketing).rejects.toMatchObject({ code: 'file/not-found' });
    }
    await expect(files.ticketForPath('notes.txt')).rejects.toMatchObject({ code: 'app/invalid-input' });
  });

  // Reading a pipe or a socket would wait for ever.
  it('refuses what is not a regular file', async () => {
    const path = process.platform === 'win32' ? '\\\\.\\pipe\\sotto-files-test' : join(folder, 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    await expect(files.ticketForPath(path)).rejects.toMatchObject({ code: 'file/unreadable' });
    await new Promise((resolve) => server.close(resolve));
  });

  it('throws file/unknown-ticket for a ticket of nobody', () => {
    const unknown = expect.objectContaining({ code: 'file/unknown-ticket' });
    expect(() => files.resolve(createId(fileTicketSchema))).toThrow(unknown);
  });
});

describe('ticketForText', () => {
  // A long paste in the desktop window has no path, and must become a document all the same.
  it('takes a text as a file of its own, sealed like any upload', async () => {
    const summary = await files.ticketForText('Pasted text, 2 words.txt', 'Grüße 😀');
    expect(summary).toMatchObject({ name: 'Pasted text, 2 words.txt', sizeBytes: 12 });
    const file = files.resolve(summary.ticket);
    expect((await contentOf(file)).toString()).toBe('Grüße 😀');
    expect((await readFile(file.path)).includes('Grüße')).toBe(false);
  });
});

describe('ticketForUpload', () => {
  // Catches an upload that a killed app leaves to be read, and a key that the page gets to know.
  it('keeps the bytes sealed, where only their owner has access, under a name that nobody chose', async () => {
    const summary = await files.ticketForUpload('../../evil\u202E.txt', pieces('one ', 'two'), 7);
    expect(summary).toEqual({ ticket: summary.ticket, name: 'evil.txt', sizeBytes: 7 });
    const { path } = files.resolve(summary.ticket);
    expect(await contentOf(files.resolve(summary.ticket))).toEqual(Buffer.from('one two'));
    expect((await readFile(path)).includes('two')).toBe(false);
    expect(await uploads()).toEqual([summary.ticket]);
    // Windows has no such bits: there the folder of the user's profile keeps others out.
    const others = process.platform === 'win32' ? 0 : (await stat(path)).mode & 0o077;
    expect(others).toBe(0);
  });

  // Catches a key that serves twice, with which two sealed files give away where they differ.
  it('seals the same bytes differently each time', async () => {
    const [one, two] = await Promise.all(
      ['a', 'b'].map(async (name) => files.resolve((await files.ticketForUpload(name, pieces('same'), 10)).ticket)),
    );
    expect(await readFile(one?.path ?? '')).not.toEqual(await readFile(two?.path ?? ''));
    expect(one?.sealKey).not.toEqual(two?.sealKey);
  });

  // Chunks are cut anew while they are written: an offset that is wrong by one shows at the seams.
  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_003])('gives back %i bytes as they came', async (sizeBytes) => {
    const bytes = randomBytes(sizeBytes);
    async function* uneven(): AsyncGenerator<Uint8Array> {
      for (let start = 0, length = 1; start < sizeBytes; start += length, length = (length * 7) % 70_001)
        yield bytes.subarray(start, start + length);
    }
    const { ticket } = await files.ticketForUpload('a.bin', uneven(), sizeBytes);
    expect(files.resolve(ticket).sizeBytes).toBe(sizeBytes);
    expect((await contentOf(files.resolve(ticket))).equals(bytes)).toBe(true);
  });

  // The engine and the model folder read what was uploaded as it is; a text that only calls itself a model is sealed.
  it('leaves a model as it came, and nothing else', async () => {
    const model = Buffer.concat([Buffer.from('GGUF\u0003\0\0\0'), randomBytes(100_000)]);
    async function* whole(): AsyncGenerator<Uint8Array> {
      yield model.subarray(0, 3);
      yield model.subarray(3);
    }
    const { ticket } = await files.ticketForUpload('m.gguf', whole(), 1_000_000);
    expect(await readFile(files.resolve(ticket).path)).toEqual(model);
    expect(files.resolve(ticket)).not.toHaveProperty('sealKey');
    const text = await files.ticketForUpload('m.gguf', pieces('GGUF is a format.'), 100);
    expect((await readFile(files.resolve(text.ticket).path)).includes('format')).toBe(false);
  });

  it('stops reading at the limit and leaves nothing', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        sent += 1;
        yield Buffer.alloc(1_000);
      }
    }
    await expect(files.ticketForUpload('big.txt', endless(), 10_000)).rejects.toMatchObject({
      code: 'file/too-large',
      details: { limitBytes: 10_000 },
    });
    expect(sent).toBe(11);
    expect(await uploads()).toEqual([]);
  });

  it('leaves nothing when the sender breaks off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('gone');
    }
    await expect(files.ticketForUpload('half.txt', broken(), 100)).rejects.toThrow('gone');
    expect(await uploads()).toEqual([]);
  });

  // Catches pasted text that lies in a file, as it came, until the app closes.
  it('removes an upload that is stored elsewhere now, and never a file of the user', async () => {
    const upload = await files.ticketForUpload('a.txt', pieces('a'), 10);
    await files.release(upload.ticket);
    expect(await uploads()).toEqual([]);
    const path = join(folder, 'own.txt');
    await writeFile(path, 'mine');
    const own = await files.ticketForPath(path);
    await files.release(own.ticket);
    expect(() => files.resolve(own.ticket)).toThrow(expect.objectContaining({ code: 'file/unknown-ticket' }));
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  // Catches an upload that goes on writing while the app locks, into a folder that nobody clears any more.
  it('breaks off an upload whose sender is silent when it is closed', async () => {
    const isSent = Promise.withResolvers<void>();
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(200_000);
      isSent.resolve();
      await new Promise(() => undefined);
    }
    const uploading = files.ticketForUpload('a.txt', silent(), 1_000_000);
    const outcome = uploading.catch((error: unknown) => error);
    await isSent.promise;
    await files.close();
    expect(await outcome).toMatchObject({ code: 'app/closing' });
    expect(await readdir(folder)).toEqual([]);
    await expect(files.ticketForUpload('b.txt', pieces('b'), 10)).rejects.toMatchObject({ code: 'app/closing' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('removes the uploads on close, and at the next start those of an app that was killed', async () => {
    await files.ticketForUpload('a.txt', pieces('a'), 10);
    expect(await uploads()).toHaveLength(1);
    const next = await createFilesService({ temporaryFolder });
    expect(await readdir(folder)).toEqual([]);
    await next.ticketForUpload('b.txt', pieces('b'), 10);
    await next.close();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('writeUpload', () => {
  it.each([
    ['ENOSPC', 'disk/full'],
    ['EDQUOT', 'disk/full'],
    ['EROFS', 'disk/not-writable'],
  ])('throws for %s of the disk %s, and removes what it had written', async (systemCode, code) => {
    const path = join(folder, 'upload');
    // A disk cannot be filled in a test; this file is real, and its second write fails as one on a full disk would.
    const create = async () => {
      const file = await open(path, 'wx');
      const write = file.writeFile.bind(file);
      let writes = 0;
      file.writeFile = (...input) => {
        writes += 1;
        return writes === 1 ? write(...input) : Promise.reject(Object.assign(new Error(), { code: systemCode }));
      };
      return file;
    };
    const two = [0, 1].map(() => 'x'.repeat(65_536));
    const writing = writeUpload(pieces(...two), { path, limitBytes: 200_000, create });
    await expect(writing).rejects.toMatchObject({ code });
    expect(await readdir(folder)).toEqual([]);
  });
});
