import { type ErrorCode, errorCodes } from '@muster/contracts';
import { type Document, httpMethods, type Json } from '../document.ts';
import { exampleOf, type Place } from './example-of.ts';
import { codesOf, problemExample, problemName } from './problem-examples.ts';

type Content = Record<string, Json>;

const isProblem = (type: string): boolean => type.startsWith('application/problem+json');
const isJson = (type: string): boolean => /^application\/(?:[\w.]+\+)?json\b/.test(type) && !isProblem(type);

/** One schema for every error answer instead of a copy in each, and an example for every code it may carry. */
function describeProblem(media: Json, codes: readonly ErrorCode[], problemSchema: Json): void {
  media.schema = problemSchema;
  if (codes.length === 0) return;
  media.examples = Object.fromEntries(
    codes.map((code) => [code, { $ref: `#/components/examples/${problemName(code)}` }]),
  );
}

function addTo(content: Content | undefined, description: unknown, place: Place, problemSchema: Json): void {
  for (const [type, media] of Object.entries(content ?? {})) {
    if (isProblem(type)) describeProblem(media, codesOf(description), problemSchema);
    else if (isJson(type) && media.schema && !('example' in media) && !('examples' in media))
      media.example = exampleOf(media.schema as Json, place);
  }
}

/**
 * Gives every JSON body and answer of a merged document an example, unless its service has given one: made from the schema and
 * from words of our trade, so that a new route has one from its first day.
 */
export function addExamples(document: Document, problemSchema: Json): void {
  const examples = errorCodes.map(
    (code) => [problemName(code), { summary: code, value: problemExample(code) }] as const,
  );
  document.components.examples = { ...document.components.examples, ...Object.fromEntries(examples) };
  const describe = (answers: unknown, place: Place): void => {
    for (const answer of Object.values((answers ?? {}) as Record<string, Json>)) {
      addTo(answer.content as Content | undefined, answer.description, place, problemSchema);
    }
  };
  describe(document.components.responses, { document, resource: '', isBody: false });
  for (const [path, item] of Object.entries(document.paths)) {
    const place = { document, resource: path.split('/')[2] ?? '' };
    for (const [method, operation] of Object.entries(item as Record<string, Json>)) {
      if (!httpMethods.has(method)) continue;
      const body = operation.requestBody as { content?: Content } | undefined;
      addTo(body?.content, undefined, { ...place, isBody: true }, problemSchema);
      describe(operation.responses, { ...place, isBody: false });
    }
  }
}
