/** What an event of attendance is called in a notice: to the person or people it is about, to whoever manages them. */
export interface AttendanceNotice {
  /** To `employeeId`, or to each of `employeeIds`. */
  person?: string;
  /** To the person's own manager; where there is none, to hr and admins. */
  manager?: string;
}

/** Events of attendance that notify somebody, by type without its version. */
export const attendanceNotices: Record<string, AttendanceNotice> = {
  'attendance.punch-held': {
    person: 'A punch of yours needs somebody to look at it: your device’s clock, or its age, is not believed',
    manager: 'A punch waits: its device’s clock, or its age, is not believed',
  },
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
  'attendance.leave-recounted': { person: 'Holidays changed what a leave of yours costs' },
  'attendance.leave-adjusted': { person: 'Your leave balance was adjusted' },
  'attendance.overtime-decided': { person: 'Your overtime was decided upon' },
  'attendance.swap-asked': { person: 'A colleague offers you a shift' },
  'attendance.swap-accepted': { person: 'Your swap was accepted', manager: 'A swap of shifts waits for you' },
  'attendance.swap-declined': { person: 'Your swap was declined' },
  'attendance.swap-approved': { person: 'A swap of your shifts was approved' },
  'attendance.swap-rejected': { person: 'A swap of your shifts was rejected' },
  'attendance.swap-cancelled': { person: 'A swap that was offered to you was withdrawn' },
  'attendance.swap-expired': { person: 'A swap of your shifts was not decided in time' },
  'attendance.swap-overtaken': { person: 'A shift you wanted to swap went elsewhere' },
  'attendance.roster-imported': { person: 'Your shifts were changed' },
  'attendance.open-shift-posted': { person: 'There is an open shift you can pick up' },
  'attendance.open-shift-asked': { manager: 'Somebody wants an open shift' },
  'attendance.open-shift-given-back': { manager: 'Somebody gave a shift back' },
  'attendance.open-shift-approved': { person: 'The open shift is yours' },
  'attendance.open-shift-refused': { person: 'You do not get the open shift' },
  'attendance.roster-published': { person: 'Your shifts were published' },
  'attendance.shift-assigned': { person: 'You were assigned a shift' },
  'attendance.shift-assignment-changed': { person: 'Your shifts were changed' },
  'attendance.shift-assignment-removed': { person: 'A shift assignment of yours was taken back' },
};
