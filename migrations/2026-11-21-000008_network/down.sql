drop table cable_end, cable, port cascade;
drop sequence cable_number;
drop function rules.make_ports(uuid[]), rules.cable_fits();
delete from ledger.tracked where table_name in ('cable_end', 'cable', 'port');
drop table history.cable_end, history.cable, history.port cascade;
drop function history.keep_cable_end(), history.keep_cable(), history.keep_port();
