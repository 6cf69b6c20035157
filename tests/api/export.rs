//! Lists that leave as CSV and XLSX: the same rows under the same filters as on the screen, and safe to open.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use tests::{Client, Response, Role, TestApp, Value, json};

/// A company some of whose things have names that spreadsheets stumble on.
async fn company() -> (TestApp, Client) {
    let app = TestApp::with_company().await;
    let psql = app.psql().await;
    tests::books::operation(&psql, "update asset set team_id = test_key('team') where serial in ('SER1', 'SER2', 'SER3');
        update asset set serial = '0012345678901234567' where serial = 'SER4'; update asset set serial = '00042' where serial = 'SER5';
        update asset set function = '=cmd|'' /C calc''!A0', unit_cost = 1234567.8901, currency = 'EUR', warranty_ends = '2029-02-28' where serial = 'SER6';
        update asset set function = E'two lines,\\nand \"quotes\"', classification = '-1+1' where serial = 'SER7';
        update asset set function = '@SUM(1)', unit_cost = 0, currency = 'JPY' where serial = 'SER8'; update asset set function = '''quoted' where serial = 'SER9'").await.unwrap();
    let auditor = app.as_role(Role::Auditor).await;
    (app, auditor)
}

/// A cell as CSV tells it: numbers as they are, nothing for null.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What stands before a formula so that it is none.
fn escaped(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

/// A day as a workbook counts it.
fn day(cell: &str) -> String {
    cell.parse::<i64>().map(|days| (chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap() + chrono::Duration::days(days)).to_string()).unwrap_or_default()
}

fn second(moment: &str) -> String {
    moment.split('.').next().unwrap_or_default().trim_end_matches('Z').to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_asset_register_as_csv_and_xlsx_is_the_one_on_the_screen() {
    let (app, auditor) = company().await;
    let columns = auditor.get("/lists").await.assert_ok()["lists"].as_array().unwrap().iter().find(|l| l["name"] == "asset-register").unwrap()["columns"].clone();
    for filters in ["", "team=A-2", "serial=like:ser1&sort=-code", "status=ready&warranty_ends=gte:2029-01-01", "q=server&model=Server", "cost=notnull:", "serial=in:SER1,SER2,00042"] {
        let screen = auditor.get(&format!("/asset-register?limit=1000&{filters}")).await.assert_ok();
        let rows = screen["items"].as_array().unwrap();
        let csv = auditor.get(&format!("/asset-register?format=csv&{filters}")).await.csv();
        let xlsx = auditor.get(&format!("/asset-register?format=xlsx&{filters}")).await.xlsx();
        assert_eq!((csv.len(), xlsx.len()), (rows.len(), rows.len()), "{filters}");
        for column in columns.as_array().unwrap() {
            let (name, label, kind) = (column["name"].as_str().unwrap(), column["label"].as_str().unwrap(), column["kind"].as_str().unwrap());
            let wanted: Vec<String> = rows.iter().map(|r| cell(&r[name])).collect();
            let (csv, xlsx) = (csv.column(name), xlsx.column(label));
            for (n, wanted) in wanted.iter().enumerate() {
                match kind {
                    "instant" => assert_eq!((second(csv[n]), second(xlsx[n])), (second(wanted), second(wanted)), "{name}, {filters}"),
                    "money" | "decimal" | "integer" => {
                        assert_eq!(csv[n], wanted, "{name}, {filters}");
                        assert_eq!(xlsx[n].parse::<f64>().ok(), wanted.parse::<f64>().ok(), "{name}, {filters}");
                    }
                    "date" => assert_eq!((csv[n], day(xlsx[n])), (wanted.as_str(), wanted.clone()), "{name}, {filters}"),
                    _ => assert_eq!((csv[n], xlsx[n]), (escaped(wanted.clone()).as_str(), wanted.as_str()), "{name}, {filters}"),
                }
            }
        }
    }
    assert_eq!(app.count("select count(*) from asset").await, 40);
    assert_eq!(auditor.get("/asset-register?format=csv").await.csv().len(), 40, "an export has no pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_an_export_is_run_and_leading_zeros_stay() {
    let (_app, auditor) = company().await;
    let csv = auditor.get("/asset-register?format=csv&fields=serial,function,classification&sort=code").await;
    let text = csv.text();
    assert!(text.contains("'=cmd|") && text.contains("'@SUM(1)") && text.contains("'-1+1") && text.contains("\"two lines,\nand \"\"quotes\"\"\""), "{text}");
    let cells = csv.csv();
    assert!(cells.0.iter().flatten().all(|c| !c.starts_with(['=', '+', '-', '@'])), "{cells:?}");
    assert!(cells.column("serial").contains(&"0012345678901234567") && cells.column("serial").contains(&"00042"), "{cells:?}");
    let sheet = auditor.get("/asset-register?format=xlsx&fields=serial,function,cost&sort=code").await;
    let cells = sheet.xlsx();
    assert!(cells.column("Serial").contains(&"0012345678901234567") && cells.column("Serial").contains(&"00042"), "{cells:?}");
    assert!(cells.column("Function").contains(&"=cmd|' /C calc'!A0"), "text stays as it is where it cannot be run: {cells:?}");
    // Numbers are numbers, serials are text.
    let mut book = workbook(&sheet);
    let range = book.worksheet_range("Rows").unwrap();
    let row = range.rows().find(|r| matches!(&r[1], Data::String(f) if f.starts_with("=cmd"))).unwrap();
    assert!(matches!(row[0], Data::String(_)) && matches!(row[2], Data::Float(cost) if (cost - 1_234_567.890_1).abs() < 1e-6), "{row:?}");
}

fn workbook(answer: &Response) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(answer.bytes().to_vec())).unwrap_or_else(|e| panic!("{e}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_says_on_its_second_sheet_what_it_is() {
    let (_app, auditor) = company().await;
    let moment = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    let answer = auditor.get(&format!("/asset-register?format=xlsx&team=A-2&as_of={moment}")).await;
    let mut book = workbook(&answer);
    assert_eq!(book.sheet_names(), ["Rows", "About"]);
    let about = book.worksheet_range("About").unwrap();
    let told: Vec<(String, String)> = about.rows().map(|r| (r[0].to_string(), r[1].to_string())).collect();
    let of = |name: &str| told.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).unwrap_or_else(|| panic!("no {name} in {told:?}"));
    assert_eq!((of("List"), of("Rows"), of("Exported by")), ("Asset register", "3", "auditor of ORG"));
    assert!(of("Filters").contains("team=A-2") && !of("Filters").contains("token"), "{told:?}");
    assert_eq!(chrono::DateTime::parse_from_rfc3339(of("As of")).unwrap(), chrono::DateTime::parse_from_rfc3339(&moment).unwrap());
    assert!(chrono::DateTime::parse_from_rfc3339(of("Exported at")).is_ok(), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_columns_are_those_asked_for_in_one_order_also_when_no_row_is_there() {
    let (_app, auditor) = company().await;
    let lists = auditor.get("/lists").await.assert_ok();
    for list in lists["lists"].as_array().unwrap() {
        let (path, columns) = (list["path"].as_str().unwrap(), list["columns"].as_array().unwrap());
        let named: Vec<&str> = columns.iter().map(|c| c["name"].as_str().unwrap()).collect();
        let labels: Vec<&str> = columns.iter().map(|c| c["label"].as_str().unwrap()).collect();
        for when in ["", "&as_of=2001-01-01T00:00:00Z"] {
            let csv = auditor.get(&format!("{path}?format=csv{when}")).await.csv();
            assert_eq!(csv.0[0], named, "{path}{when}");
            let xlsx = auditor.get(&format!("{path}?format=xlsx{when}")).await.xlsx();
            assert_eq!(xlsx.0[0], labels, "{path}{when}");
            assert_eq!(csv.len(), xlsx.len(), "{path}{when}");
            assert!(when.is_empty() || csv.is_empty(), "{path}{when}");
        }
    }
    let some = auditor.get("/asset-register?format=csv&fields=serial,code").await.csv();
    assert_eq!(some.0[0].len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_asked_for_by_its_type_named_by_its_moment_and_marked_when_wanted() {
    let (_app, auditor) = company().await;
    let by = |accept: &'static str, path: &'static str| Response::of(auditor.request(reqwest::Method::GET, path).header("Accept", accept));
    assert_eq!(by("text/csv", "/vendors").await.csv().len(), 1);
    assert_eq!(by("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "/vendors").await.xlsx().len(), 1);
    assert!(by("application/json", "/vendors").await.assert_ok()["items"].is_array());
    assert!(by("text/csv", "/vendors?format=json").await.assert_ok()["items"].is_array(), "what the address says wins");
    let bare = auditor.get("/vendors?format=csv").await;
    assert!(!bare.bytes().starts_with(b"\xef\xbb\xbf"));
    let marked = auditor.get("/vendors?format=csv&bom=true").await;
    assert_eq!(&marked.bytes()[..3], b"\xef\xbb\xbf");
    assert_eq!(&marked.bytes()[3..], bare.bytes());
    let then = auditor.get("/vendors?format=csv&as_of=2026-01-02T03:04:05Z").await;
    assert_eq!(then.header("content-disposition"), Some("attachment; filename=\"vendors-2026-01-02T030405Z.csv\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_as_of_a_moment_is_the_one_that_left_then() {
    let (app, auditor) = company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    let moment = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let then = [auditor.get("/asset-register?format=csv&team=A-2").await.text(), auditor.get("/stock?format=csv").await.text(), auditor.get("/purchase-order-lines?format=csv").await.text()];
    warehouse.post(&format!("/assets/{}/move", app.tag("SER1").await), json!({"to": "T1-W-B1"})).await.assert_ok();
    warehouse.post("/purchase-orders/PO-2026-90001/receive", json!({"line": "2", "quantity": 3})).await.assert_ok();
    tests::books::operation(&app.psql().await, "update asset set team_id = test_team() where serial = 'SER2'; update asset set serial = 'CHANGED' where serial = 'SER3'").await.unwrap();
    for (path, then) in ["/asset-register?format=csv&team=A-2", "/stock?format=csv", "/purchase-order-lines?format=csv"].iter().zip(then) {
        assert_eq!(auditor.get(&format!("{path}&as_of={moment}")).await.text(), then, "{path}");
        assert_ne!(auditor.get(path).await.text(), then, "{path} should have changed");
    }
}
