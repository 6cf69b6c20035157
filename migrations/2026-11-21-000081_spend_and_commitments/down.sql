drop function rules.commitments();
drop function rules.spend_lines();
drop function rules.share_at_rate(numeric, numeric, numeric, integer);
