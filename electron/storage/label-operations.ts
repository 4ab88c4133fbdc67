import { z } from 'zod';
import { collectionIdSchema, conversationIdSchema, documentIdSchema } from '../shared/ids.ts';
import type { CollectionId, ConversationId, DocumentId } from '../shared/ids.ts';
import { operation } from './operation.ts';

/** A collection or a source that may not leave for a cloud. */
export const labelledSchema = z
  .object({
    because: z.enum(['collection', 'source']),
    /** Of the collection, or the path of the source. */
    name: z.string(),
  })
  .readonly();
export type Labelled = z.infer<typeof labelledSchema>;

/** Labels `local only`, as they reach what was made from something. Labels of what was removed still hold while it is kept. */
export interface LabelRepository {
  /** A labelled collection or source that any of these documents lies in; null for none. */
  ofDocuments(ids: readonly DocumentId[]): Promise<Labelled | null>;
  /** The same for any document in these collections, and for the collections and their sources themselves; null for none. */
  ofCollections(ids: readonly CollectionId[]): Promise<Labelled | null>;
  /** Documents that are attached to messages of a conversation, or that its answers cite. */
  namedIn(id: ConversationId): Promise<readonly DocumentId[]>;
  /** What an answer of the conversation was made from before, by name; null for nothing. */
  inherited(id: ConversationId): Promise<string | null>;
  /** Stays for the life of the conversation. Throws `app/not-found`. */
  setInherited(id: ConversationId, name: string): Promise<void>;
}

/** The calls behind it; see `operations`. */
export const labelOperations = {
  'labels.ofDocuments': operation(z.tuple([z.array(documentIdSchema).readonly()]), labelledSchema.nullable()),
  'labels.ofCollections': operation(z.tuple([z.array(collectionIdSchema).readonly()]), labelledSchema.nullable()),
  'labels.namedIn': operation(z.tuple([conversationIdSchema]), z.array(documentIdSchema).readonly()),
  'labels.inherited': operation(z.tuple([conversationIdSchema]), z.string().nullable()),
  'labels.setInherited': operation(z.tuple([conversationIdSchema, z.string()]), z.void()),
};
