//! Pages of a list, one after another, are the list: for every column that it can be sorted by, both ways, with and without values.

use tests::{Role, TestApp, Value};

#[tokio::test(flavor = "multi_thread")]
async fn pages_one_after_another_are_the_list_whatever_it_is_sorted_by() {
    let app = TestApp::founded().await;
    app.lived().await;
    let auditor = app.as_role(Role::Auditor).await;
    let lists = auditor.get("/lists").await.assert_ok();
    let mut tried = 0;
    for name in ["purchase-orders", "assets"] {
        let list = lists["lists"].as_array().unwrap().iter().find(|l| l["name"] == name).unwrap();
        let mut sorts: Vec<String> = list["columns"].as_array().unwrap().iter().filter(|c| c["sortable"] != false).map(|c| c["name"].as_str().unwrap().to_owned()).collect();
        // Two columns, in different directions, the first without values in some rows.
        sorts.extend(match name {
            "purchase-orders" => vec!["needed_by,-code".to_owned(), "vendor,-needed_by".to_owned()],
            "assets" => vec!["serial,-code".to_owned(), "cost,received_at".to_owned(), "status,-received_at".to_owned()],
            _ => Vec::new(),
        });
        for sort in sorts.iter().flat_map(|s| [s.clone(), format!("-{s}")]) {
            let whole = auditor.get(&format!("/{name}?limit=1000&sort={sort}")).await;
            if whole.status() == 422 {
                continue; // A column that is worked out is not sorted by.
            }
            let whole = whole.assert_ok()["items"].clone();
            let size = (whole.as_array().unwrap().len() / 2).max(1);
            let (mut rows, mut cursor) = (Vec::<Value>::new(), String::new());
            loop {
                let page = auditor.get(&format!("/{name}?limit={size}&sort={sort}{cursor}")).await.assert_ok();
                rows.extend(page["items"].as_array().unwrap().iter().cloned());
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(Value::Array(rows), whole, "/{name}?sort={sort}");
            tried += 1;
        }
    }
    assert!(tried > 40, "only {tried} sorts were tried");
}
