import { createClient, isProblem } from '@muster/client';

/** Clocks somebody in, and says since when they are there. */
export async function clockIn(origin: string, email: string, password: string): Promise<string> {
  const muster = createClient({ origin });
  await muster.signIn({ email, password });
  try {
    const session = await muster.attendance.checkIn({ source: 'web' });
    return `here since ${session.checkInAt}`;
  } catch (error) {
    if (!isProblem(error, 'already_checked_in')) throw error;
    const today = await muster.attendance.today();
    return `here already, since ${today?.checkInAt}`;
  }
}
