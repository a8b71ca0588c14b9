import type { Source } from './source.ts';

/** The rules of a site, and overtime that was approved. */
export const ruleSource: Source<'rules' | 'approvals'> = async () => new Map();
