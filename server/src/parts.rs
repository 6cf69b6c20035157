//! Every part of the business, named once: its routes and its lists.

use std::sync::LazyLock;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::http::list::{self, List};
use crate::{auth, catalog, documents, facilities, home, imports, inventory, ledger, licences, mail, network, org, printing, procurement, reports, scan};

/// All routes under `/api/v1`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(auth::routes::routes).configure(auth::routes_admin::routes);
    cfg.configure(ledger::routes::routes);
    cfg.configure(org::routes::routes).configure(catalog::routes::routes);
    cfg.configure(documents::routes::routes).configure(mail::routes::routes);
    cfg.configure(inventory::routes::routes).configure(inventory::routes_stock::routes);
    cfg.configure(procurement::routes::routes).configure(procurement::approval::routes::routes).configure(procurement::dock::routes::routes).configure(procurement::request::routes::routes).configure(procurement::quote::routes::routes).configure(procurement::invoice::routes::routes);
    cfg.configure(procurement::vendor::routes::routes).configure(procurement::contract::routes::routes);
    cfg.configure(facilities::routes::routes).configure(network::routes::routes);
    cfg.configure(licences::routes::routes).configure(scan::routes::routes).configure(printing::routes::routes);
    cfg.configure(home::routes::routes).configure(reports::routes::routes).configure(imports::routes::routes);
    cfg.map(|cfg| cfg.configure(|cfg| list::configure(cfg, lists())));
}

/// All lists, each at `/api/v1/<name>`.
pub fn lists() -> &'static [&'static List] {
    static ALL: LazyLock<Vec<&'static List>> = LazyLock::new(|| [
        auth::lists::LISTS,
        ledger::lists::LISTS,
        org::lists::LISTS,
        catalog::lists::LISTS,
        documents::lists::LISTS,
        mail::lists::LISTS,
        procurement::lists::LISTS,
        procurement::approval::lists::LISTS,
        procurement::dock::lists::LISTS,
        procurement::invoice::lists::LISTS,
        procurement::request::lists::LISTS,
        procurement::lists_spend::LISTS,
        procurement::vendor::lists::LISTS,
        procurement::contract::lists::LISTS,
        inventory::lists::LISTS,
        inventory::lists_stock::LISTS,
        facilities::lists::LISTS,
        network::lists::LISTS,
        licences::lists::LISTS,
    ].concat());
    &ALL
}
