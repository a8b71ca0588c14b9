-- The floor is looked at in the sums that were just written. Read back from the table, by a plan from when that was empty, a page of
-- people cost as much as there were balances.
CREATE OR REPLACE FUNCTION add_up_leave() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  beyond boolean;
BEGIN
  WITH sums AS (
    INSERT INTO leave_balances AS b (employee_id, type_id, leave_year, amount)
    SELECT employee_id, type_id, leave_year, sum(amount) FROM added
    GROUP BY employee_id, type_id, leave_year ORDER BY employee_id, type_id, leave_year
    ON CONFLICT (employee_id, type_id, leave_year) DO UPDATE SET amount = b.amount + excluded.amount
    RETURNING b.employee_id, b.type_id, b.leave_year, b.amount
  )
  -- Only what people ask for and decide is held to the floor: what the calendar takes (a debt carried over) is not refused.
  SELECT EXISTS (
    SELECT FROM sums s JOIN leave_types t ON t.id = s.type_id
    WHERE s.amount < 0 AND t.entitlement IS NOT NULL AND NOT t.may_go_negative AND EXISTS (
      SELECT FROM added a WHERE a.employee_id = s.employee_id AND a.type_id = s.type_id AND a.leave_year = s.leave_year
        AND a.amount < 0 AND a.kind IN ('TAKEN', 'ADJUSTMENT')
    )
  ) INTO beyond;
  IF beyond THEN
    RAISE EXCEPTION 'leave beyond the balance' USING ERRCODE = 'check_violation', CONSTRAINT = 'leave_balance_floor';
  END IF;
  RETURN NULL;
END $$;
