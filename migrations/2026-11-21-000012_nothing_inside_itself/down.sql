create or replace function rules.asset_facts() returns trigger language plpgsql as $$
begin
  select manufacturer_id into new.manufacturer_id from public.model where id = new.model_id;
  if new.in_asset_id is not null and exists (
    with recursive up as (
      select id, in_asset_id from public.asset where id = new.in_asset_id
      union select a.id, a.in_asset_id from public.asset a join up on a.id = up.in_asset_id)
    select 1 from up where id = new.id) then
    raise exception '% cannot be inside itself.', new.tag
      using errcode = 'QM014', constraint = 'qm-inside-itself', hint = 'Take the outer asset out of the inner one first.';
  end if;
  return new;
end $$;
