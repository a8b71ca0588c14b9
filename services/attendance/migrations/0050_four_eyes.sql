-- Nobody decides about their own shifts, whatever their role.
ALTER TABLE shift_swaps ADD CONSTRAINT shift_swaps_four_eyes
  CHECK (decided_by <> requester_id AND decided_by <> colleague_id);
ALTER TABLE open_shift_picks ADD CONSTRAINT open_shift_picks_four_eyes CHECK (decided_by <> employee_id);
