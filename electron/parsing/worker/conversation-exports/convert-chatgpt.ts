import type { MessagePart } from '../../../shared/message.ts';
import { ConversationBuilder } from './conversation-builder.ts';
import type { FoundEntry } from './conversation-builder.ts';
import type { Converted } from './converted.ts';
import { fieldsOf, keyOf, listOf, textOf, timeOf } from './read-field.ts';
import type { Fields } from './read-field.ts';
import { reasoningParts, textParts } from './split-thinking.ts';

/** Marks that ChatGPT's own page turns into links and pictures; in the text they are noise. */
const pageMarks = /\ue200[^\ue201]{0,2000}\ue201|[\ue200-\ue206]/g;

const tidy = (text: string): string => text.replace(pageMarks, '');

/** A fence for code that the code cannot close. */
function codeBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length + 1)));
  return `${fence}${/^[\w+#-]{1,20}$/.test(language) && language !== 'unknown' ? language : ''}\n${text}\n${fence}`;
}

/** The parts of a message in the order of its page, and how many could not be taken. */
function readContent(content: Fields, durationMs: number | undefined): { parts: MessagePart[]; unsupported: number } {
  const texts: string[] = [];
  let unsupported = 0;
  switch (textOf(content['content_type'])) {
    case 'text':
    case 'multimodal_text':
      for (const part of listOf(content['parts'])) {
        // Speech is kept as what was heard.
        const text = textOf(part) || textOf(fieldsOf(part)?.['text']);
        if (text !== '') texts.push(tidy(text));
        else if (fieldsOf(part) !== null) unsupported += 1;
      }
      break;
    case 'code':
      texts.push(codeBlock(textOf(content['text']), textOf(content['language'])));
      break;
    case 'thoughts': {
      const thoughts = listOf(content['thoughts']).map((thought) => {
        const { summary, content: words } = fieldsOf(thought) ?? {};
        return [textOf(summary), textOf(words)].filter((text) => text !== '').join('\n\n');
      });
      return { parts: [...reasoningParts(tidy(thoughts.join('\n\n')), durationMs)], unsupported };
    }
    case 'reasoning_recap':
      break;
    case '':
      break;
    default:
      unsupported += 1;
  }
  return { parts: [...textParts(texts.join('\n\n'))], unsupported };
}

function roleOf(message: Fields, contentType: string): FoundEntry['role'] {
  const role = textOf(fieldsOf(message['author'])?.['role']);
  const recipient = textOf(message['recipient']) || 'all';
  const isHidden = fieldsOf(message['metadata'])?.['is_visually_hidden_from_conversation'] === true;
  // What is said to a tool, or set in the settings, was never part of what a person read.
  if (isHidden || recipient !== 'all' || contentType.endsWith('_editable_context')) return 'other';
  return role === 'user' || role === 'assistant' ? role : 'other';
}

/**
 * One conversation of ChatGPT's `conversations.json`: `mapping` has the tree by id (`message`, `parent`, `children`),
 * `current_node` the end of the shown branch, times are seconds with fractions and may be null.
 * Shape: github.com/mitkury/chatgpt-export-parser, its notes on the format.
 */
export function convertChatgpt(value: Fields): Converted {
  const builder = new ConversationBuilder();
  for (const [key, node] of Object.entries(fieldsOf(value['mapping']) ?? {})) {
    const { parent, message: inner } = fieldsOf(node) ?? {};
    const message = fieldsOf(inner) ?? {};
    const metadata = fieldsOf(message['metadata']) ?? {};
    const content = fieldsOf(message['content']) ?? {};
    const role = roleOf(message, textOf(content['content_type']));
    const seconds = metadata['finished_duration_sec'];
    const { parts, unsupported } = readContent(content, typeof seconds === 'number' ? seconds * 1_000 : undefined);
    if (role !== 'other') builder.leaveOut('unsupported-part', unsupported);
    else if (parts.length === 0 && unsupported > 0) builder.leaveOut('system-message');
    builder.add({
      key,
      parentKey: keyOf(parent),
      createdAt: timeOf(message['create_time']),
      role,
      parts,
      modelName: role === 'assistant' ? textOf(metadata['model_slug']) || null : null,
    });
  }
  return builder.build({
    id: keyOf(value['conversation_id']) ?? keyOf(value['id']),
    title: textOf(value['title']),
    createdAt: timeOf(value['create_time']),
    updatedAt: timeOf(value['update_time']),
    isArchived: value['is_archived'] === true,
    currentKey: keyOf(value['current_node']),
  });
}
