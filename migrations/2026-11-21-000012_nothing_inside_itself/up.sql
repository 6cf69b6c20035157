-- An asset's manufacturer is its model's; nothing stands inside itself, however deep. Every asset on the way up is locked: two that are
-- put into each other at one moment would otherwise each see the other where it was.
create or replace function rules.asset_facts() returns trigger language plpgsql as $$
declare up uuid := new.in_asset_id;
begin
  select manufacturer_id into new.manufacturer_id from public.model where id = new.model_id;
  if tg_op = 'UPDATE' and new.in_asset_id is not distinct from old.in_asset_id then
    return new;
  end if;
  while up is not null loop
    if up = new.id then
      raise exception '% cannot be inside itself.', new.tag
        using errcode = 'QM014', constraint = 'qm-inside-itself', hint = 'Take the outer asset out of the inner one first.';
    end if;
    select in_asset_id into up from public.asset where id = up for update;
  end loop;
  return new;
end $$;
