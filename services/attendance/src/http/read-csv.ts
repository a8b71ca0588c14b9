import { Readable } from 'node:stream';
import type { ReadableStream, ReadableWritablePair } from 'node:stream/web';
import { AppError } from '@muster/contracts';
import type { ActorEnv } from '@muster/identity';
import type { KitEnv } from '@muster/service-kit';
import { CsvError, parse } from 'csv-parse';
import type { Context } from 'hono';

/** A record of a CSV file, and the line it begins on, from 1. */
export interface CsvRecord {
  cells: string[];
  line: number;
}

const longestRecord = 10_000;

const unreadable = (message: string): AppError =>
  new AppError('invalid_input', 'The file could not be read.', { errors: [{ field: 'file', message, in: 'body' }] });

/**
 * The records of a request's `text/csv` body (UTF-8, comma-separated, RFC 4180) while it arrives; empty lines are passed over.
 * @throws AppError unsupported_media_type at once; invalid_input, while reading, for what is no CSV, no UTF-8 or holds NUL
 */
export function readCsv(c: Context<KitEnv & ActorEnv>): AsyncGenerator<CsvRecord> {
  if (!/^text\/csv\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new AppError('unsupported_media_type', 'Send the file as text/csv.');
  return records(c.req.raw.body as ReadableStream<Uint8Array> | null);
}

async function* records(body: ReadableStream<Uint8Array> | null): AsyncGenerator<CsvRecord> {
  if (!body) return;
  // Its types take more than bytes, which those of streams do not allow for.
  const decoder = new TextDecoderStream('utf-8', { fatal: true }) as unknown as ReadableWritablePair<
    string,
    Uint8Array
  >;
  const text = body.pipeThrough(decoder);
  const source = Readable.fromWeb(text as ReadableStream<string>);
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  // An error of the source must reach the loop below; piping alone would leave it waiting.
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (record.some((cell) => cell.includes('\u0000'))) throw unreadable(`line ${info.lines} holds NUL`);
      yield { cells: record, line: info.lines };
    }
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(`line ${error.lines ?? '?'}: is no CSV (${error.code})`);
    if (error instanceof TypeError) throw unreadable('is not UTF-8');
    throw error;
  } finally {
    source.destroy();
  }
}
