import { describe, expect, it } from 'vitest';
import { createId, folderTicketSchema } from '../../electron/shared/ids.ts';
import { createDesktopDoor } from './desktop-door.ts';

const folder = new File([], 'Letters');
const doorThatAnswers = (answer: unknown) =>
  createDesktopDoor({
    connect: () => undefined,
    ticketFor: () => Promise.resolve(answer),
    folderTicketFor: () => Promise.resolve(answer),
  });

describe('the desktop door', () => {
  it('hands on the ticket of a folder', async () => {
    const ticket = createId(folderTicketSchema);
    expect(await doorThatAnswers(ticket).folderTicketFor?.(folder)).toBe(ticket);
  });

  it('turns a refusal that came as a value into the error that it names', async () => {
    // Catches a refusal that is taken for a ticket, or that loses its code and with it its words.
    const refusal = { error: { code: 'library/folder-unreadable', message: 'No.', details: {} } };
    await expect(doorThatAnswers(refusal).folderTicketFor?.(folder)).rejects.toMatchObject({
      code: 'library/folder-unreadable',
    });
  });

  it('takes nothing for a ticket that is none', async () => {
    await expect(doorThatAnswers('/home/ada/Letters').folderTicketFor?.(folder)).rejects.toThrow(
      /ticket|invalid|expected/i,
    );
  });
});
