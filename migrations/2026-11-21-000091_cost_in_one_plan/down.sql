create or replace function rules.cost(quantity numeric, unit_price numeric, discount_percent numeric, tax_percent numeric, places integer, out net numeric, out tax numeric) language sql immutable parallel safe as $$
  select n.net, rules.round_half_even(n.net * tax_percent * 0.01, places) from (select rules.round_half_even(quantity * unit_price * (1 - discount_percent * 0.01), places) as net) n
$$;
