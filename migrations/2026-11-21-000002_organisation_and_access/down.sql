drop table idempotency, sign_in_attempt, sign_in_link, session, api_token, role_grant, credential, account, position, person, team cascade;
drop function rules.team_path(), rules.team_and_below(uuid);
delete from ledger.tracked where table_name in ('team', 'person', 'position', 'account', 'role_grant', 'api_token');
drop table history.team, history.person, history.position, history.account, history.role_grant, history.api_token cascade;
drop function history.keep_team(), history.keep_person(), history.keep_position(), history.keep_account(), history.keep_role_grant(), history.keep_api_token();
