import { id } from '@muster/contracts';
import { z } from 'zod';

// Ids are compared as text and are part of object keys: one spelling.
export const idParam = z.object({ id: id.toLowerCase() });
