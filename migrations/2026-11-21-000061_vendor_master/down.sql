drop function rules.likely_vendors(text, text, text, uuid);
drop index vendor_name_key, vendor_name_like, vendor_tax_key, vendor_domain;
drop index history.vendor_name_key, history.vendor_name_like, history.vendor_tax_key, history.vendor_domain;
drop table vendor_lead_time, vendor_address, vendor_contact, history.vendor_lead_time, history.vendor_address, history.vendor_contact cascade;
drop function rules.vendor_name_key(text), rules.tax_id_key(text), rules.email_domain(text);
drop function history.keep_vendor_lead_time(), history.keep_vendor_address(), history.keep_vendor_contact();
delete from ledger.tracked where table_name in ('vendor_lead_time', 'vendor_address', 'vendor_contact');
