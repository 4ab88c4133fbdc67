import { z } from 'zod';
import { conversationIdSchema, modelIdSchema } from '../shared/ids.ts';
import { keyOwnerSchema } from '../shared/key.ts';
import { instantSchema, operation } from './operation.ts';

/** 32 bytes. */
const encryptionKeySchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 32);

/** See `SavedState`. */
export const savedStateSchema = z
  .object({
    conversationId: conversationIdSchema,
    modelId: modelIdSchema,
    optionsKey: z.string().min(1),
    key: encryptionKeySchema,
    fileName: z.string().regex(/^[\da-f-]{36}\.state$/),
    sizeBytes: z.int().nonnegative(),
    tokens: z.int().nonnegative(),
    usedAt: instantSchema,
  })
  .readonly();

const statesSchema = z.array(savedStateSchema).readonly();

/** The calls behind saved states and keys of the person; see `operations`. */
export const savedStateOperations = {
  'savedStates.list': operation(z.tuple([]), statesSchema),
  'savedStates.find': operation(
    z.tuple([conversationIdSchema, modelIdSchema, z.string()]),
    savedStateSchema.nullable(),
  ),
  'savedStates.put': operation(z.tuple([savedStateSchema]), z.void()),
  'savedStates.use': operation(z.tuple([z.string(), instantSchema]), z.void()),
  'savedStates.remove': operation(z.tuple([z.array(z.string()).readonly()]), z.void()),
  'secrets.owners': operation(z.tuple([]), z.array(keyOwnerSchema).readonly()),
  'secrets.get': operation(z.tuple([keyOwnerSchema]), z.string().nullable()),
  'secrets.put': operation(z.tuple([keyOwnerSchema, z.string(), instantSchema]), z.void()),
  'secrets.remove': operation(z.tuple([keyOwnerSchema]), z.void()),
};
