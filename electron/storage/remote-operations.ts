import { z } from 'zod';
import { remoteIdSchema } from '../shared/ids.ts';
import type { RemoteId } from '../shared/ids.ts';
import { remoteSchema } from '../shared/remote.ts';
import type { Remote } from '../shared/remote.ts';
import { instantSchema, operation } from './operation.ts';

/** Large models elsewhere that were set up, without their keys. A change to one that is not there throws `app/not-found`. */
export interface RemoteRepository {
  /** In the order in which they were added. */
  list(): Promise<readonly Remote[]>;
  get(id: RemoteId): Promise<Remote | null>;
  insert(remote: Remote): Promise<void>;
  update(id: RemoteId, remote: Omit<Remote, 'id'>): Promise<void>;
  remove(id: RemoteId): Promise<void>;
}

/** The calls behind it; see `operations`. */
export const remoteOperations = {
  'remotes.list': operation(z.tuple([]), z.array(remoteSchema).readonly()),
  'remotes.get': operation(z.tuple([remoteIdSchema]), remoteSchema.nullable()),
  'remotes.insert': operation(z.tuple([remoteSchema, instantSchema]), z.void()),
  'remotes.update': operation(z.tuple([remoteIdSchema, remoteSchema.unwrap().omit({ id: true })]), z.void()),
  'remotes.remove': operation(z.tuple([remoteIdSchema]), z.void()),
};
