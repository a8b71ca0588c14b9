import { Zip, ZipDeflate } from 'fflate';

/** A piece of one file of an archive; pieces of the same file follow one another. */
export interface Piece {
  name: string;
  bytes: Uint8Array;
}

/** Packs files while they come: memory holds a piece, never a file. `at`: the time the entries carry. */
export async function* zipStream(pieces: AsyncIterable<Piece>, at: Date): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let broken: Error | null = null;
  const zip = new Zip((error, chunk) => {
    broken ??= error;
    ready.push(chunk);
  });
  const take = (): Uint8Array[] => {
    if (broken) throw broken;
    const taken = ready;
    ready = [];
    return taken;
  };
  let open: { name: string; entry: ZipDeflate } | undefined;
  const close = (): void => open?.entry.push(new Uint8Array(), true);

  for await (const { name, bytes } of pieces) {
    if (open?.name !== name) {
      close();
      open = { name, entry: new ZipDeflate(name) };
      open.entry.mtime = at;
      zip.add(open.entry);
    }
    open.entry.push(bytes);
    yield* take();
  }
  close();
  zip.end();
  yield* take();
}
