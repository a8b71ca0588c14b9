import { markBody, watchBody } from '@muster/contracts/http/attendance';
import type { Deps } from '../deps.ts';
import type { ClassMark, ClassNews, ClassTeachers } from '../domain/class-news.ts';
import type { MessageHandler } from './answer-messages.ts';
import { createNewest } from './newest.ts';
import type { MusterNamespace, MusterSocket } from './types.ts';

/** Everybody who asked to hear of the class and may. */
const classRoom = (classId: string): string => `class_${classId}`;

/**
 * Class attendance at `/attendance`: client → `markAttendance`, `subscribeToClass`; server → `attendanceUpdate {studentId,
 * status}` to who subscribed, whichever way the mark came in. Who may what is attendance's to say.
 */
export function serveClasses(
  namespace: MusterNamespace,
  { attendance }: Pick<Deps, 'attendance'>,
  reachable: () => boolean,
) {
  const isNewest = createNewest();
  /** How often we heard that people of classes changed. */
  let changes = 0;

  async function subscribe(socket: MusterSocket, classId: string): Promise<void> {
    let before: number;
    // Whoever lost the class while we asked must not be let in by the answer of before.
    do {
      before = changes;
      await attendance.mayWatchClass(socket.data.actor, classId);
    } while (before !== changes);
    await socket.join(classRoom(classId));
  }

  const messagesOf = (socket: MusterSocket): Record<string, MessageHandler> => ({
    markAttendance: async (actor, payload) => ({
      success: true,
      ...(await attendance.mark(actor, markBody.parse(payload))),
    }),
    subscribeToClass: async (_actor, payload) => {
      await subscribe(socket, watchBody.parse(payload).classId);
      return { success: true, message: 'Subscribed' };
    },
  });

  function tellMark({ classId, studentId, date, status, version }: ClassMark): void {
    if (isNewest(`${classId} ${studentId} ${date}`, version))
      namespace.local.to(classRoom(classId)).emit('attendanceUpdate', { studentId, status });
  }

  function lookAtTeachers({ classId, teacherIds, isDeleted }: ClassTeachers): void {
    changes++;
    for (const id of namespace.adapter.rooms.get(classRoom(classId)) ?? []) {
      const socket = namespace.sockets.get(id);
      const { actor } = socket?.data ?? {};
      const lostIt = isDeleted || (actor?.role === 'teacher' && !teacherIds.includes(actor.id));
      if (lostIt) void socket?.leave(classRoom(classId));
    }
  }

  function tell(news: readonly ClassNews[]): void {
    for (const one of news) {
      if (one.kind === 'marked') tellMark(one);
      else lookAtTeachers(one);
    }
  }
  namespace.on('classesChanged', tell);

  return {
    messagesOf,
    /** Tells the sockets of this process and, where they can be reached, of the others. */
    announce(news: readonly ClassNews[]): void {
      tell(news);
      if (reachable()) namespace.serverSideEmit('classesChanged', [...news]);
    },
  };
}
