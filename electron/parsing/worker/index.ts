import { AppError } from '../../shared/app-error.ts';
import { parsingRequestSchema } from '../protocol.ts';
import type { ParsingEvent } from '../protocol.ts';
import { createExportAnswerer } from './conversation-exports/answer-export-requests.ts';
import { openParentPort } from './parent-port.ts';
import { drawPage } from './draw-page.ts';
import { readDocument } from './read-document.ts';
import { refuseNativeCode } from './refuse-native-code.ts';
import { refuseNetwork } from './refuse-network.ts';
import { watchMemory } from './watch-memory.ts';

// The code tells a failure of the worker from an end for lack of memory, see `launchers/parsing-exit.ts`.
process.on('uncaughtException', () => process.exit(70));
// A damaged PDF makes its library reject promises that nobody awaits; the one that is awaited tells what is wrong.
process.on('unhandledRejection', () => undefined);
refuseNetwork();
refuseNativeCode();
watchMemory(process.argv);
const port = openParentPort();

async function answer(message: unknown): Promise<void> {
  const request = parsingRequestSchema.parse(message);
  try {
    await (request.type === 'read' ? readDocument(request, port.send) : drawPage(request, port.send));
  } catch (error) {
    const failure: ParsingEvent = { type: 'read-error', id: request.id, error: AppError.from(error).toData() };
    await port.send(failure);
  }
}

const exports = createExportAnswerer(port.send);

port.onMessage((message) => {
  if (!exports.accept(message)) void answer(message);
});
