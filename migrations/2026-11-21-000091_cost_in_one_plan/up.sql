-- What a line costs, the same as before. In SQL it was planned anew for every line, which was most of the time that an order of five hundred lines took.
create or replace function rules.cost(quantity numeric, unit_price numeric, discount_percent numeric, tax_percent numeric, places integer, out net numeric, out tax numeric) language plpgsql immutable parallel safe as $$
begin
  net := quantity * unit_price * (1 - discount_percent * 0.01);
  net := rules.round_half_even(net, places);
  tax := net * tax_percent * 0.01;
  tax := rules.round_half_even(tax, places);
end $$;
