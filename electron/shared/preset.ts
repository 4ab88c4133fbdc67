import { z } from 'zod';
import { modelIdSchema, presetIdSchema } from './ids.ts';

/** Name of a variable in a preset's text: `{{language}}`. */
export const presetVariableSchema = z
  .object({ name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), defaultValue: z.string().max(2_000) })
  .readonly();

/**
 * A way to ask: a persona (`systemPrompt`), a text to fill in (`template`), or both. `{{input}}` in the template is what
 * the user wrote or selected; other names are its variables.
 */
export const presetSchema = z
  .object({
    id: presetIdSchema,
    name: z.string().trim().min(1).max(60),
    /** What is typed after `/` in the composer; unique. */
    command: z.string().regex(/^[\p{Ll}\p{N}][\p{Ll}\p{N}-]{0,30}$/u),
    systemPrompt: z.string().max(8_000),
    template: z.string().max(20_000),
    variables: z.array(presetVariableSchema).max(20).readonly(),
    /** Null follows the settings. */
    modelId: modelIdSchema.nullable(),
    temperature: z.number().min(0).max(2).nullable(),
    answerTokenLimit: z.int().min(16).max(32_768).nullable(),
    /** True for one that came with the app: it can be hidden and copied, not changed. */
    isBuiltIn: z.boolean(),
    isHidden: z.boolean(),
  })
  .readonly();
export type Preset = z.infer<typeof presetSchema>;

/** A preset as it is written down by the user. */
export const presetTextSchema = presetSchema.unwrap().omit({ id: true, isBuiltIn: true, isHidden: true }).readonly();
export type PresetText = z.infer<typeof presetTextSchema>;
