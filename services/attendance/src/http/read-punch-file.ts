import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AppError } from '@muster/contracts';
import type { ImportFormat } from '@muster/contracts/http/attendance';
import { parse } from 'csv-parse';
import type { Context } from 'hono';
import type { FileLine } from '../verbs/sync/import-lines.ts';

const longestLine = 1000;

/**
 * The lines of a request's file while it arrives; empty ones are passed over. Where it cannot be read on, a last line without cells
 * says so: what came before may be stored already. Throws `unsupported_media_type` at once.
 */
export function readPunchFile(c: Context, format: ImportFormat): AsyncGenerator<FileLine> {
  if (!/^text\/(plain|csv)\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new AppError('unsupported_media_type', 'Send the file as text/plain or text/csv.');
  return lines(c.req.raw.body as ReadableStream<Uint8Array> | null, format);
}

async function* lines(body: ReadableStream<Uint8Array> | null, format: ImportFormat): AsyncGenerator<FileLine> {
  if (!body) return;
  const parser = parse({
    bom: true,
    delimiter: format === 'attlog' ? '\t' : ',',
    quote: format === 'attlog' ? null : '"',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: longestLine,
  });
  const source = Readable.fromWeb(body);
  // An error of the source must reach the loop below; piping alone would leave it waiting.
  let broken: unknown;
  source.on('error', (error) => {
    broken = error;
    parser.destroy(error);
  });
  let line = 0;
  try {
    for await (const one of source.pipe(parser) as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      line = one.info.lines;
      yield { line, cells: one.record };
    }
  } catch (error) {
    // What the way does (too large, broken off) is its own answer; what the file is, is a line's.
    if (broken !== undefined || !(error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')))
      throw broken ?? error;
    yield { line: line + 1, cells: null };
  } finally {
    source.destroy();
  }
}
