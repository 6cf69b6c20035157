drop function rules.code_of(text, uuid);
drop table document, history.document cascade;
drop table document_content;
drop function rules.document_belongs(), rules.document_stays(), rules.content_stays(), rules.signature_fits(text, bytea), history.keep_document();
delete from ledger.tracked where table_name = 'document';
