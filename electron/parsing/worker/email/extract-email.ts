import PostalMime from 'postal-mime';
import type { Address, Attachment, Email } from 'postal-mime';
import { AppError } from '../../../shared/app-error.ts';
import { cleanReport } from '../../../shared/document.ts';
import type { ReadingReport } from '../../../shared/document.ts';
import { withOmission } from '../bound-document.ts';
import { decodeText } from '../decode-text.ts';
import type { DecodedText } from '../decode-text.ts';
import type { ExtractedDocument, ExtractionTools } from '../extracted-document.ts';
import { characterLimit, hiddenSampleLimit } from '../extraction-limits.ts';
import { htmlReport } from '../markup/extract-html.ts';
import { readHtml } from '../markup/read-html.ts';
import { extractTable } from '../text/extract-table.ts';
import { TextSections } from '../text/text-sections.ts';

/** Messages inside messages that are read. */
const depthLimit = 5;

/** Larger attachments are data, not letters. */
const attachmentLimitBytes = 2 * 1024 * 1024;

/** Attachments that are named; the rest are counted. */
const attachmentLimit = 200;

function addressLine(addresses: readonly Address[]): string {
  const one = (address: Address): string => {
    if (address.group) return `${address.name}: ${address.group.map(one).join(', ')}`;
    return address.name === '' || address.name === address.address
      ? address.address
      : `${address.name} <${address.address}>`;
  };
  return addresses.map(one).join(', ').replaceAll(/\s+/g, ' ').slice(0, 2_000);
}

/** The fields that a reader of mail shows, in the order of a letter's head. */
function headLines({ from, to, cc, subject, headers, date }: Email): string {
  const sent = headers.find(({ key }) => key === 'date')?.value ?? date;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Subject', subject],
    ['From', from ? addressLine([from]) : undefined],
    ['To', to ? addressLine(to) : undefined],
    ['Cc', cc ? addressLine(cc) : undefined],
    ['Date', sent],
  ];
  return fields
    .filter((field) => field[1] !== undefined && field[1].trim() !== '')
    .map(([name, value]) => `${name}: ${(value ?? '').replaceAll(/\s+/g, ' ').trim()}`)
    .join('\n');
}

function bytesOf({ content }: Attachment): Buffer {
  if (typeof content === 'string') return Buffer.from(content, 'latin1');
  return content instanceof ArrayBuffer
    ? Buffer.from(content)
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

function joinedReport(a: ReadingReport, b: ReadingReport): ReadingReport {
  const hiddenSample = [a.hiddenSample, b.hiddenSample].filter((sample) => sample !== '').join('\n');
  return b.omissions.reduce(withOmission, {
    ...a,
    hiddenCharacters: a.hiddenCharacters + b.hiddenCharacters,
    hiddenSample: hiddenSample.slice(0, hiddenSampleLimit).toWellFormed(),
  });
}

/** One letter, gathered from its message and the messages inside it. */
class Letter {
  readonly sections = new TextSections();
  readonly #tools: ExtractionTools;
  report: ReadingReport = cleanReport;

  constructor(tools: ExtractionTools) {
    this.#tools = tools;
  }

  #addHtml(html: string): boolean {
    const read = readHtml(html, { characterLimit: characterLimit - this.sections.length });
    if (read.text.trim() === '') return false;
    this.report = joinedReport(this.report, htmlReport(read));
    this.sections.add(read, 1);
    return true;
  }

  /** The page is what the reader of the mail sees; the plain text beside it may say something else. */
  #addBody({ html, text }: Email): void {
    if (html !== undefined && this.#addHtml(html)) return;
    this.sections.addText((text ?? '').replaceAll(/\r\n?/g, '\n').trim());
  }

  async addMessage(bytes: Buffer, depth: number): Promise<string | null> {
    const email = await PostalMime.parse(bytes, { forceRfc822Attachments: true, maxNestingDepth: 50 });
    const title = email.subject?.replaceAll(/\s+/g, ' ').trim().slice(0, 300) || null;
    const head = headLines(email);
    if (title !== null) this.sections.addHeading(1 + depth, title);
    this.sections.addText(head);
    this.#addBody(email);
    for (const attachment of email.attachments.slice(0, attachmentLimit)) await this.#addAttachment(attachment, depth);
    const more = email.attachments.length - attachmentLimit;
    if (more > 0) {
      this.sections.addText(`Attachments without a name here: ${more}`);
      this.#omit('attachments');
    }
    return title;
  }

  #omit(omission: ReadingReport['omissions'][number]): void {
    this.report = withOmission(this.report, omission);
  }

  async #addAttachment(attachment: Attachment, depth: number): Promise<void> {
    const { mimeType, related } = attachment;
    const name = attachment.filename?.replaceAll(/\s+/g, ' ').slice(0, 200) ?? mimeType;
    if (mimeType.startsWith('image/') && (related || attachment.disposition === 'inline')) {
      this.#omit('pictures');
      return;
    }
    const bytes = bytesOf(attachment);
    if (mimeType === 'message/rfc822' && depth < depthLimit) {
      this.sections.addText(`Attached message: ${name}`);
      await this.addMessage(bytes, depth + 1);
      this.#tools.onProgress(0.5, true);
      return;
    }
    const isText = /^(?:text\/|application\/(?:json|xml|x-yaml)$)/.test(mimeType);
    if (isText && bytes.length <= attachmentLimitBytes && (await this.#addTextAttachment(bytes, name, mimeType, depth)))
      return;
    this.sections.addText(`Attachment: ${name} (${mimeType}, ${bytes.length} bytes)`);
    this.#omit('attachments');
  }

  async #addTextAttachment(bytes: Buffer, name: string, mimeType: string, depth: number): Promise<boolean> {
    let decoded: DecodedText;
    try {
      decoded = decodeText(bytes, name);
    } catch (error) {
      // What only calls itself text is named like any other attachment.
      if (AppError.isInstance(error)) return false;
      throw error;
    }
    this.sections.addHeading(2 + depth, `Attachment: ${name}`);
    this.sections.addText(`Attachment: ${name}`);
    if (mimeType === 'text/html') return this.#addHtml(decoded.text);
    if (mimeType === 'text/csv') this.sections.add(await extractTable(decoded, this.#tools), 0);
    else this.sections.addText(decoded.text.trim());
    return true;
  }
}

/** Apple Mail writes the number of bytes in front of the message. */
function messageBytes(bytes: Buffer, name: string): Buffer {
  const count = /\.emlx$/i.test(name) ? /^\d+\s*\n/.exec(bytes.toString('latin1', 0, 40)) : null;
  if (!count) return bytes;
  const start = count[0].length;
  return bytes.subarray(start, start + Number.parseInt(count[0], 10));
}

/**
 * A letter: its head, what its reader sees of it, text attachments in full and the others by name, and the messages
 * inside it. Pictures and other attachments are told as omissions.
 */
export async function extractEmail(bytes: Buffer, tools: ExtractionTools): Promise<ExtractedDocument> {
  const letter = new Letter(tools);
  const title = await letter.addMessage(messageBytes(bytes, tools.name), 0);
  const { text, headings, tables } = letter.sections;
  return { format: 'email', text, title, headings, pages: null, tables, report: letter.report, encoding: 'binary' };
}
