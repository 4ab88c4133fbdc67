import type { Message, MessagePart } from '../../../shared/message.ts';
import { isHiddenText, screenedOf, shownParts } from '../../../shared/shown-text.ts';
import { fileStem } from '../export-writer.ts';
import type { ExportWords, ExportWriter } from '../export-writer.ts';

/**
 * A text as it is, inside a fence that nothing in it can close: a longer run of backticks than any of its own. Whatever
 * it holds is shown and not followed: no heading that poses as a speaker, no image that is fetched when the file is opened.
 */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}markdown\n${text.replace(/\r\n?/g, '\n')}\n${fence}`;
}

/** A name on one line, as words and nothing else. */
const plain = (name: string): string =>
  name.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\\`*_{}[\]()<>#+.!|~&:@$^=-]/g, '\\$&');

function partText(part: MessagePart, words: ExportWords): readonly string[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [fenced(part.text)];
    case 'reasoning':
      return part.text === '' ? [] : [`### ${words.reasoning}`, fenced(part.text)];
    case 'attachment':
      return [`${words.attachments}: ${plain(part.name)}`];
    case 'citation': {
      const { mark, passage } = part.passage;
      return [`${words.sources}: \\[${mark}\\] ${plain(passage.documentName)}`];
    }
    case 'grounds':
    case 'notice':
    case 'sent':
    case 'screening':
      return [];
  }
}

function messageText(message: Message, words: ExportWords): string {
  const { role, modelName } = message;
  const hidden = isHiddenText(screenedOf(message)) ? [`*${plain(words.hidden)}*`] : [];
  const model = modelName === null ? '' : ` (${plain(modelName)})`;
  const heading = role === 'user' ? `## ${words.you}` : `## ${words.assistant}${model}`;
  return `\n${[heading, ...hidden, ...shownParts(message).flatMap((part) => partText(part, words))].join('\n\n')}\n`;
}

/** A name for the file that no earlier one of this export has, also where capital letters do not count. */
function freeName(title: string, taken: Set<string>): string {
  const stem = fileStem(title);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${stem}.md` : `${stem} (${number}).md`;
    const key = name.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

/** A file of Markdown for each conversation, with the branch that is shown. */
export function createMarkdownWriter(words: ExportWords): ExportWriter {
  return {
    branches: 'shown',
    async *write(conversations) {
      const taken = new Set<string>();
      for await (const { conversation, batches } of conversations) {
        const title = conversation.title || words.untitled;
        const fileName = freeName(title, taken);
        const [created, updated] = [conversation.createdAt, conversation.updatedAt].map((at) =>
          new Date(at).toISOString(),
        );
        const matter = `---\ntitle: ${JSON.stringify(title)}\ncreated: ${created}\nupdated: ${updated}\n---\n`;
        yield { fileName, text: `${matter}\n# ${plain(title)}\n` };
        for await (const messages of batches) {
          yield { fileName, text: messages.map((message) => messageText(message, words)).join('') };
        }
      }
    },
  };
}
