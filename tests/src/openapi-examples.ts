import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as formats } from 'ajv-formats';

interface Media {
  schema?: object;
  example?: unknown;
}
interface Described {
  content?: Record<string, Media>;
}
interface Operation {
  requestBody?: Described;
  responses: Record<string, Described>;
}

/** As much of the gateway's document as this looks at. */
export interface MergedDocument {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
}

/** Every JSON body and answer whose example is missing or is none that its schema takes, and how many there are in all. */
export function checkExamples(document: MergedDocument): { shown: number; wrong: string[] } {
  const ajv = new Ajv2020({ strict: false, validateFormats: true, logger: false });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const wrong: string[] = [];
  let shown = 0;
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, { requestBody, responses }] of Object.entries(item)) {
      for (const [where, described] of [['body', requestBody] as const, ...Object.entries(responses)]) {
        const media = described?.content?.['application/json'];
        if (!media?.schema) continue;
        shown += 1;
        const schema = JSON.parse(JSON.stringify(media.schema).replaceAll('"#/', '"document#/')) as object;
        if (ajv.validate(schema, media.example)) continue;
        wrong.push(`${method} ${path} ${where}: ${ajv.errorsText()} in ${JSON.stringify(media.example)}`);
      }
    }
  }
  return { shown, wrong };
}
