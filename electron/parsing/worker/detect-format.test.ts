import { describe, expect, it } from 'vitest';
import { zipFiles } from '../../testing/zip-writer.ts';
import { detectBinaryFormat, isMailFile, textFormat } from './detect-format.ts';

