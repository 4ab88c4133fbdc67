import { AppError } from '../../shared/app-error.ts';
import { parsingRequestSchema } from '../protocol.ts';
import type { ParsingEvent } from '../protocol.ts';
import { createExportAnswerer } from './conversation-exports/answer-export-requests.ts';
import { openParentPort } from './parent-port.ts';
import { readDocument } from './read-document.ts';
import { refuseNetwork } from './refuse-network.ts';

refuseNetwork();
const port = openParentPort();

async function answer(message: unknown): Promise<void> {
  const request = parsingRequestSchema.parse(message);
  try {
    for await (const event of readDocument(request)) await port.send(event);
  } catch (error) {
    const failure: ParsingEvent = { type: 'read-error', id: request.id, error: AppError.from(error).toData() };
    await port.send(failure);
  }
}

const exports = createExportAnswerer(port.send);

port.onMessage((message) => {
  if (!exports.accept(message)) void answer(message);
});
