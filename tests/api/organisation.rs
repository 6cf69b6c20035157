//! The documents and the library that the books begin with: read as they are, and a second run changes nothing.

use std::time::Instant;

use tests::{Role, TestApp, Value, json, shared};

/// Nodes of a kind below one, and what all of them have.
fn of_kind<'a>(node: &'a Value, kind: &str, found: &mut Vec<&'a Value>) {
    for child in node["children"].as_array().unwrap() {
        if child["kind"] == kind {
            found.push(child);
        }
        of_kind(child, kind, found);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_organisation_is_read_as_its_document_is_and_a_second_run_changes_nothing() {
    let Some(document) = shared("data/org/infra-team-structure.md") else { return };
    let roles = shared("data/org/engineering-team.md").unwrap();
    let app = TestApp::start().await;
    let viewer = app.as_role(Role::Viewer).await;
    let (ok, said) = app.command(&["import", "org", document.to_str().unwrap(), roles.to_str().unwrap()]).await;
    assert!(ok, "{said}");
    let tree = viewer.get("/teams/tree").await.assert_ok();
    assert_eq!((&tree["root"]["name"], &tree["root"]["kind"]), (&json!("Chief Infrastructure & Platform Officer"), &json!("organisation")));
    for (kind, count) in [("division", 9), ("team", 40), ("sub_team", 33)] {
        let mut found = Vec::new();
        of_kind(&tree["root"], kind, &mut found);
        assert_eq!(found.len(), count, "{kind}");
        if kind == "team" {
            let bare: Vec<&Value> = found.iter().filter(|t| t["description"] == "" || t["tasks"] == json!([])).map(|t| &t["code"]).collect();
            assert!(bare.is_empty(), "without description or tasks: {bare:?}");
        }
    }
    let divisions: Vec<&str> = tree["root"]["children"].as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap()).collect();
    assert_eq!(divisions, ["A", "B", "C", "D", "E", "F", "G", "H", "I"], "in the document's order");
    let warehouse = viewer.get("/teams/A-2").await.assert_ok();
    assert!(warehouse["what_they_do"].as_str().is_some_and(|w| !w.is_empty()) && warehouse["scope"].as_array().is_some_and(|s| !s.is_empty()) && warehouse["parent"] == "A", "{warehouse}");

    let positions = viewer.get("/positions?sort=title&fields=title,team,person").await.assert_ok();
    let told: Vec<(&str, &str, bool)> = positions["items"].as_array().unwrap().iter().map(|p| (p["title"].as_str().unwrap(), p["team"].as_str().unwrap(), p["person"].is_null())).collect();
    assert_eq!(told.iter().filter(|t| t.0 == "Team Lead" && t.2).count(), 1, "the lead's role is not filled: {told:?}");
    assert!(told.iter().any(|t| t.0 == "Technical Lead" && !t.2) && told.iter().all(|t| t.1 == "F"), "{told:?}");

    let books = app.books().await;
    let (ok, said) = app.command(&["import", "org", document.to_str().unwrap(), roles.to_str().unwrap()]).await;
    assert!(ok && said.matches("0 added, 0 changed").count() == 2, "{said}");
    assert_eq!(books, app.books().await, "the second run changed something");
    // What somebody changed meanwhile is put back as the document says, with the version before it kept.
    tests::books::operation(&app.psql().await, "update team set description = 'Something else' where code = 'A-2'").await.unwrap();
    let (ok, said) = app.command(&["import", "org", document.to_str().unwrap()]).await;
    assert!(ok && said.contains("0 added, 1 changed"), "{said}");
    assert_eq!(viewer.get("/teams/A-2").await.assert_ok()["description"], warehouse["description"]);
    assert_eq!(app.count("select count(*) from history.team where description = 'Something else'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_device_type_library_is_read_and_a_second_run_changes_nothing() {
    let Some(library) = shared("data/device-types/devicetype-library.tar.gz") else { return };
    let app = TestApp::start().await;
    let began = Instant::now();
    let (ok, said) = app.command(&["import", "device-types", library.to_str().unwrap()]).await;
    println!("the library's import took {:.1} s: {}", began.elapsed().as_secs_f64(), said.trim());
    assert!(ok && said.contains("2496 device types and 678 others"), "{said}");
    assert_eq!((app.count("select count(*) from model where kind = 'device'").await, app.count("select count(*) from model where kind <> 'device'").await), (2496, 678));
    assert_eq!(app.count("select count(distinct opened_by) from model").await, 1, "one import is one event");

    // An asset of a model gets its ports, front ports before the rear ports that they lead to.
    let viewer = app.as_role(Role::Viewer).await;
    let mapped = "select m.code from model m where kind = 'device' and jsonb_array_length(coalesce(components->'front-ports', '[]')) >= 24 and jsonb_array_length(coalesce(components->'rear-ports', '[]')) > 0 order by m.code limit 1";
    let panel: String = app.psql().await.query_one(mapped, &[]).await.unwrap().get(0);
    let site = app.as_role(Role::Technician).await.post("/locations", json!({"code": "S1", "name": "Site", "kind": "site"})).await.assert_ok();
    for (n, model) in [panel.as_str(), "dell-poweredge-r740"].iter().enumerate() {
        let templates = viewer.get(&format!("/models/{model}")).await.assert_ok()["templates"].clone();
        let count = |kind: &str| templates[kind].as_array().map_or(0, Vec::len);
        let wanted: usize = ["interfaces", "console-ports", "console-server-ports", "power-ports", "power-outlets", "front-ports", "rear-ports"].iter().map(|k| count(k)).sum();
        let tag = app.enter(model, &format!("LIB{n}"), site["code"].as_str().unwrap()).await;
        let ports = viewer.get(&format!("/assets/{tag}/ports")).await.assert_ok();
        assert!(wanted > 0 && ports["ports"].as_array().unwrap().len() == wanted, "{model}: {wanted} wanted, {ports}");
        assert_eq!(app.count(&format!("select count(*) from port p join asset a on a.id = p.asset_id where a.tag = '{tag}' and p.kind = 'front' and p.rear_port_id is not null")).await, count("front-ports") as i64, "{model}");
    }

    let books = app.books().await;
    let (ok, said) = app.command(&["import", "device-types", library.to_str().unwrap()]).await;
    assert!(ok && said.contains("0 added, 0 changed, 3174 as before"), "{said}");
    assert_eq!(books, app.books().await, "the second run changed something");
}
