import type { Action } from '@muster/identity';
import type { Cast, Member } from './cast.ts';
import type { Kind } from './things.ts';

/**
 * What an operation asks of its caller: nothing (`open`: no token at all), any token (`signed-in`: about oneself only), or
 * an action of the permission table.
 */
export type Need = 'open' | 'signed-in' | Action;

/** Who asks, and about what: `subject` is the id of the thing of {@link Operation.about}. */
export interface Asked {
  cast: Cast;
  caller: Member | undefined;
  subject: string;
}

type Said<T> = T | ((asked: Asked) => T);

/** One operation of the public API, as far as who may do it is concerned. */
export interface Operation {
  needs: Need;
  /** The action that counts instead where it is about oneself. */
  ofOneself?: Action;
  /** Four eyes: nobody may about themselves, whatever their role. */
  neverOfOneself?: true;
  /** The kind of thing it is about: asked for one's own, for a report's and for a stranger's. A path's `{id}` is filled with it. */
  about?: Kind;
  /** Query that it cannot do without, or that names the subject. */
  query?: Said<Record<string, string>>;
  /** A body that is accepted, where none can be made up from the schema. */
  body?: Said<Record<string, unknown>>;
  /** Its body has the right form, but only a real device could fill it: a 400 of the verb is past the door, too. */
  isMadeUp?: true;
  /** A file instead of JSON. */
  file?: { type: string; bytes: Uint8Array };
  /** It ends the caller's sessions: somebody made for it asks. */
  endsCaller?: true;
}

export const said = <T>(what: Said<T> | undefined, asked: Asked): T | undefined =>
  typeof what === 'function' ? (what as (asked: Asked) => T)(asked) : what;
