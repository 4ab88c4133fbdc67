import { z } from 'zod';

// The page's policy forbids compiling code from strings, which zod would try for speed. Imported before any schema.
z.config({ jitless: true });
