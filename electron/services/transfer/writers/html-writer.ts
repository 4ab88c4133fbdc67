import { createHash } from 'node:crypto';
import type { Message, MessagePart } from '../../../shared/message.ts';
import { isHiddenText, screenedOf, shownParts } from '../../../shared/shown-text.ts';
import type { ExportWords, ExportWriter } from '../export-writer.ts';

const style = `
:root{color-scheme:light dark}
body{font:16px/1.55 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:3rem 0 .25rem}
h2{font-size:1rem;margin:1.75rem 0 .25rem}
.when,.beside{color:GrayText;font-size:.875rem;margin:.25rem 0}
.text{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate;margin:.25rem 0}
pre{overflow-x:auto;border:1px solid GrayText;border-radius:6px;padding:.75rem;font:14px/1.45 ui-monospace,monospace}
details{margin:.5rem 0}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The page may show its own style and nothing else: no script, no request, no form, no other base. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text that stays text wherever in the page it stands. */
const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (sign) => replacements[sign] ?? '');

/** A fence of code opens with three backticks or tildes and closes with as many, each at the beginning of a line. */
const fencePattern = /^(`{3,}|~{3,})[^`\n]*\n([\s\S]*?)^\1[ \t]*$/gm;

/** Prose as it is written, code in boxes. Only text comes out of a message, never a tag. */
function textBlocks(text: string): string {
  const blocks: string[] = [];
  let end = 0;
  const prose = (until: number): void => {
    const between = text.slice(end, until).replace(/^\n+|\s+$/g, '');
    if (between !== '') blocks.push(`<div class="text" dir="auto">${escaped(between)}</div>`);
  };
  for (const match of text.matchAll(fencePattern)) {
    prose(match.index);
    blocks.push(`<pre dir="auto"><code>${escaped(match[2] ?? '')}</code></pre>`);
    end = match.index + match[0].length;
  }
  prose(text.length);
  return blocks.join('\n');
}

function partBlocks(part: MessagePart, words: ExportWords): string {
  switch (part.type) {
    case 'text':
      return textBlocks(part.text);
    case 'reasoning':
      return `<details><summary>${escaped(words.reasoning)}</summary>\n${textBlocks(part.text)}\n</details>`;
    case 'attachment':
      return `<p class="beside">${escaped(words.attachments)}: <bdi>${escaped(part.name)}</bdi></p>`;
    case 'citation': {
      const { mark, passage } = part.passage;
      return `<p class="beside">[${mark}] <bdi>${escaped(passage.documentName)}</bdi></p>`;
    }
    case 'grounds':
    case 'notice':
    case 'sent':
    case 'screening':
      return '';
  }
}

function messageBlock(message: Message, words: ExportWords): string {
  const { role, modelName } = message;
  const hidden = isHiddenText(screenedOf(message)) ? [`<p class="beside">${escaped(words.hidden)}</p>`] : [];
  const speaker = role === 'user' ? words.you : words.assistant;
  const model = modelName === null ? '' : ` <bdi class="when">${escaped(modelName)}</bdi>`;
  const shown = shownParts(message).map((part) => partBlocks(part, words));
  const blocks = [...hidden, ...shown].filter((block) => block !== '');
  return `<section>\n<h2>${escaped(speaker)}${model}</h2>\n${blocks.join('\n')}\n</section>\n`;
}

const head = (title: string, { language }: ExportWords): string => `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
`;

/** One page for all conversations, with the branch that is shown of each. It needs nothing and asks for nothing. */
export function createHtmlWriter(words: ExportWords, stem: string): ExportWriter {
  const fileName = `${stem}.html`;
  const time = new Intl.DateTimeFormat(words.language, { dateStyle: 'long', timeStyle: 'short' });
  return {
    branches: 'shown',
    async *write(conversations) {
      yield { fileName, text: head(words.allChats, words) };
      for await (const { conversation, batches } of conversations) {
        const title = escaped(conversation.title || words.untitled);
        const when = escaped(time.format(conversation.createdAt));
        yield { fileName, text: `<article>\n<h1 dir="auto">${title}</h1>\n<p class="when">${when}</p>\n` };
        for await (const messages of batches) {
          yield { fileName, text: messages.map((message) => messageBlock(message, words)).join('') };
        }
        yield { fileName, text: '</article>\n' };
      }
      yield { fileName, text: '</body>\n</html>\n' };
    },
  };
}
