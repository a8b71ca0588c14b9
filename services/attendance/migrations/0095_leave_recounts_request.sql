-- A leave is taken with all its dates: where a holiday lies in the leave of many, each would look through all that wait.
CREATE INDEX leave_recounts_request ON leave_recounts (request_id);
