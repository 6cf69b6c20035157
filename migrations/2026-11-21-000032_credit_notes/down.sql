drop trigger credited_stays on invoice;
drop function rules.credited_stays();
drop table credit_note_line, credit_note, history.credit_note_line, history.credit_note cascade;
drop function rules.credit_facts(), rules.credit_line_fits(), rules.credit_has_lines(), rules.left_of_line(uuid), history.keep_credit_note_line(), history.keep_credit_note();
delete from transition where lifecycle = 'credit_note';
delete from ledger.tracked where table_name in ('credit_note', 'credit_note_line');
