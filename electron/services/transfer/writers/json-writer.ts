import { sottoExportFormat, sottoExportVersion } from '../../../shared/sotto-export.ts';
import type { ExportWriter } from '../export-writer.ts';

/** Sotto's own format: everything, to be read again. `stem` is the file's name without its extension. */
export function createJsonWriter(stem: string, now: number): ExportWriter {
  const exportedAt = new Date(now).toISOString();
  const fileName = `${stem}.json`;
  const piece = (text: string) => ({ fileName, text });
  return {
    branches: 'all',
    async *write(conversations) {
      const head = { format: sottoExportFormat, version: sottoExportVersion, exportedAt };
      yield piece(`${JSON.stringify(head).slice(0, -1)},"conversations":[`);
      let before = '\n';
      for await (const { conversation, folder, batches } of conversations) {
        // The folder's id means nothing elsewhere; its name does.
        const start = JSON.stringify({ conversation: { ...conversation, folderId: null }, folder }).slice(0, -1);
        yield piece(`${before}${start},"messages":[`);
        before = ',\n';
        let comma = '\n';
        for await (const messages of batches) {
          const texts = messages.map((message) => JSON.stringify(message));
          yield piece(`${comma}${texts.join(',\n')}`);
          comma = ',\n';
        }
        yield piece(']}');
      }
      yield piece('\n]}\n');
    },
  };
}
