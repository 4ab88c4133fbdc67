import { createHash } from 'node:crypto';
import { conversationOptionsSchema } from '../shared/conversation.ts';
import type { Conversation } from '../shared/conversation.ts';
import { cleanReport } from '../shared/document.ts';
import type { DocumentDescription, Passage } from '../shared/document.ts';
import {
  conversationIdSchema,
  createId,
  documentHashSchema,
  documentIdSchema,
  messageIdSchema,
  modelIdSchema,
  passageIdSchema,
  summaryIdSchema,
} from '../shared/ids.ts';
import type { ConversationId, DocumentId, ModelId } from '../shared/ids.ts';
import type { SearchScope } from '../shared/search-scope.ts';
import type { Message } from '../shared/message.ts';
import type { Summary } from '../shared/summary.ts';
import type { StoredDocument } from '../storage/storage.ts';

const noOptions = conversationOptionsSchema.parse({});
const someInstant = Date.UTC(2026, 0, 1);

/** An empty conversation; give what the test is about. */
export function buildConversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: createId(conversationIdSchema),
    title: 'Letters',
    titleOrigin: 'user',
    tipId: null,
    documentIds: [],
    collectionIds: [],
    folderId: null,
    isPinned: false,
    isArchived: false,
    isPrivate: false,
    isLocalOnly: false,
    options: noOptions,
    createdAt: someInstant,
    updatedAt: someInstant,
    ...change,
  };
}

/** A finished message of the user's without a parent; give what the test is about. */
export function buildMessage(conversationId: ConversationId, change: Partial<Message> = {}): Message {
  return {
    id: createId(messageIdSchema),
    conversationId,
    parentId: null,
    role: 'user',
    parts: [{ type: 'text', text: 'Hello' }],
    status: 'complete',
    runId: null,
    modelName: null,
    route: null,
    usage: null,
    error: null,
    createdAt: someInstant,
    ...change,
  };
}

/** A plain-text document whose passages are the given texts, one a line. */
export function buildDocument(
  texts: readonly string[],
  change: Partial<DocumentDescription> = {},
): { readonly document: StoredDocument; readonly passages: readonly Passage[] } {
  const text = texts.join('\n');
  const id = createId(documentIdSchema);
  const hash = documentHashSchema.parse(createHash('sha256').update(id).digest('hex'));
  const description: DocumentDescription = {
    id,
    hash,
    name: 'notes.txt',
    title: null,
    format: 'text',
    sizeBytes: Buffer.byteLength(text),
    characters: text.length,
    words: text.split(/\s+/).length,
    lines: texts.length,
    pages: null,
    passages: texts.length,
    passagesIndexed: 0,
    status: 'indexing',
    error: null,
    report: cleanReport,
    isLoose: true,
    addedAt: someInstant,
    ...change,
  };
  let start = 0;
  const passages = texts.map((passageText, index): Passage => {
    const end = start + passageText.length;
    const place = { documentHash: description.hash, start, end, lines: { first: index + 1, last: index + 1 } };
    start = end + 1;
    return {
      id: createId(passageIdSchema),
      documentId: description.id,
      documentName: description.name,
      format: description.format,
      place,
      headings: [],
      text: passageText,
    };
  });
  return { document: { description, text, pages: null, headings: [] }, passages };
}

/** A summary that is being written; give what the test is about. */
export function buildSummary(document: DocumentDescription, change: Partial<Summary> = {}): Summary {
  return {
    id: createId(summaryIdSchema),
    documentId: document.id,
    documentName: document.name,
    style: 'key-points',
    length: 'medium',
    focus: '',
    status: 'running',
    runId: null,
    summary: '',
    statements: [],
    sections: [],
    coverage: { sections: 0, sectionsRead: 0, characters: 0, charactersRead: 0 },
    modelName: null,
    usage: null,
    error: null,
    createdAt: someInstant,
    ...change,
  };
}

/** These documents and no collection. */
export function scopeOf(documentIds: readonly DocumentId[]): SearchScope {
  return { documentIds, collectionIds: [] };
}

/** The embedder whose vectors `buildVector` stands for. */
export const testEmbedderId: ModelId = modelIdSchema.parse('sha256:0123456789abcdef');

/** A vector of unit length, the same for the same seed; vectors of different seeds are nearly at right angles. */
export function buildVector(seed: number, dimensions = 384): Float32Array {
  let state = seed * 2_654_435_761 + 1;
  const vector = Float32Array.from({ length: dimensions }, () => {
    // Mulberry32, a small generator: the tests need spread, not secrecy.
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const folded = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((folded ^ (folded >>> 14)) >>> 0) / 2 ** 32 - 0.5;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
