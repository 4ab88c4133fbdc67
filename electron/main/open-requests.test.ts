import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFilesService } from '../services/files/create-files-service.ts';
import { createId, folderTicketSchema } from '../shared/ids.ts';
import type { WindowRequest } from '../shared/desktop.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createOpenRequests, type OpenRequests, type TicketSource } from './open-requests.ts';
import { eventually } from '../testing/eventually.ts';

let folder: string;
let requests: OpenRequests;
let asked: WindowRequest[];
let shown: number;
let tickets: TicketSource;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-open-'));
  const files = await createFilesService({ temporaryFolder: join(folder, 'temporary') });
  tickets = {
    ticketForPath: async (path) => await files.ticketForPath(path),
    folderTicketForPath: async () => createId(folderTicketSchema),
  };
  asked = [];
  shown = 0;
  requests = createOpenRequests({
    operatingSystem: process.platform,
    ask: (request) => void asked.push(request),
    show: () => void (shown += 1),
    logger: createRecordingLogger(),
  });
});
afterEach(async () => {
  requests.close();
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, 'text');
  return path;
}

const launch = { isHidden: false, request: null, paths: [], leftOut: 0 };

describe('open requests', () => {
  it('offers files and folders by tickets, without their paths', async () => {
    await mkdir(join(folder, 'Letters'));
    requests.setTickets(tickets);
    requests.launch({ ...launch, paths: [await file('lease.txt'), join(folder, 'Letters')] });
    await eventually(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({
      type: 'offer-files',
      files: [
        { name: 'lease.txt', isFolder: false },
        { name: 'Letters', isFolder: true },
      ],
      leftOut: 0,
    });
    expect(JSON.stringify(asked)).not.toContain(folder);
    expect(shown).toBe(1);
  });

  // macOS hands over a hundred dropped files as a hundred events; that is one question to a person.
  it('offers together what comes one by one', async () => {
    requests.setTickets(tickets);
    for (const name of ['a.txt', 'b.txt', 'c.txt']) requests.path(await file(name));
    requests.path('https://example.com/');
    await eventually(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({ files: [{ name: 'a.txt' }, { name: 'b.txt' }, { name: 'c.txt' }], leftOut: 1 });
  });

  // A file that opened the app behind its lock is still wanted when it is unlocked.
  it('keeps paths while the chats are locked', async () => {
    requests.launch({ ...launch, paths: [await file('lease.txt')], leftOut: 2 });
    requests.setTickets(null);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(asked).toEqual([]);
    requests.setTickets(tickets);
    await eventually(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({ type: 'offer-files', files: [{ name: 'lease.txt' }], leftOut: 2 });
  });

  it('counts what is no file, and says so when nothing is', async () => {
    await symlink('circle', join(folder, 'circle'));
    requests.setTickets(tickets);
    requests.paths([await file('lease.txt'), join(folder, 'gone.txt'), join(folder, 'circle')]);
    await eventually(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({ type: 'offer-files', files: [{ name: 'lease.txt' }], leftOut: 2 });
    requests.paths([join(folder, 'gone.txt')]);
    await eventually(() => expect(asked).toHaveLength(2));
    expect(asked[1]).toEqual({ type: 'request-refused', reason: 'not-a-file' });
  });

  it('offers at most 500 of what comes in many events, and counts the others', async () => {
    requests.setTickets(tickets);
    const path = await file('one.txt');
    for (let index = 0; index < 700; index += 1) {
      requests.paths([index === 0 ? path : join(folder, `${index}.txt`)]);
    }
    await eventually(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({ files: [{ name: 'one.txt' }], leftOut: 699 });
  });

  it('asks only what a link may ask, and says when it was not understood', () => {
    requests.link('sotto://ask?text=Hi');
    requests.link('sotto://send?text=Hi');
    requests.link(`sotto://ask?text=${'a'.repeat(1_048_576)}`);
    requests.link('sotto://');
    requests.launch({ ...launch, request: { type: 'show-page', page: 'models' } });
    expect(asked).toEqual([
      { type: 'prefill', text: 'Hi' },
      { type: 'request-refused', reason: 'unknown-link' },
      { type: 'request-refused', reason: 'too-long' },
      { type: 'show-page', page: 'models' },
    ]);
    expect(shown).toBe(5);
  });

  // The session starts an app that runs already: nobody asked for its window.
  it('brings nothing to the front for a hidden start', () => {
    requests.launch({ ...launch, isHidden: true });
    expect([shown, asked]).toEqual([0, []]);
  });
});
