/** What an event of attendance is called in a notice: to the person or people it is about, to whoever manages them. */
export interface AttendanceNotice {
  /** To `employeeId`, or to each of `employeeIds`. */
  person?: string;
  /** To the person's own manager; where there is none, to hr and admins. */
  manager?: string;
}

/** Events of attendance that notify somebody, by type without its version. */
export const attendanceNotices: Record<string, AttendanceNotice> = {
  'attendance.correction-requested': { manager: 'A correction waits for you' },
  'attendance.correction-approved': { person: 'Your attendance was corrected' },
  'attendance.correction-rejected': { person: 'A correction of your attendance was rejected' },
  'attendance.auto-checked-out': {
    person: 'You were checked out automatically',
    manager: 'Somebody was checked out automatically',
  },
  'attendance.leave-requested': { manager: 'A leave request waits for you' },
  'attendance.leave-approved': { person: 'Your leave was approved' },
  'attendance.leave-rejected': { person: 'Your leave was rejected' },
  'attendance.leave-cancelled': { person: 'A leave of yours was cancelled', manager: 'A leave was cancelled' },
  'attendance.leave-adjusted': { person: 'Your leave balance was adjusted' },
  'attendance.overtime-decided': { person: 'Your overtime was decided upon' },
};
