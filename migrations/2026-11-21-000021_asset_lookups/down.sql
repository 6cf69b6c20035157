drop index history.asset_inside, history.asset_latest;
drop index asset_inside, asset_latest;
