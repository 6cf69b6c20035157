//! A server of its own on a private Postgres, with a company and a large order to receive.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tests::{Client, Program, Value, binary, books, free_port};

pub const ORDER: &str = "PO-2026-90009";

pub struct Site {
    pub folder: tempfile::TempDir,
    pub port: u16,
    pub program: Program,
    pub client: Client,
}

impl Site {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let program = Program::serve_embedded(folder.path(), port).await;
        // It is ready before it has made its organisation and administrator, and says so once it has.
        while !program.log().contains("Quartermaster is at") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let psql = postgres(folder.path()).await;
        books::company(&psql).await;
        books::operation(&psql, &format!(
            "insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, currency) values (test_key('big'), '{ORDER}', test_key('vendor'), test_team(), test_key('warehouse'), test_person(), 'EUR');
             insert into purchase_order_line (id, purchase_order_id, number, model_id, unit, quantity, unit_price) values (test_key('big servers'), test_key('big'), 1, test_key('server'), 'pcs', 100000, 49), (test_key('big cables'), test_key('big'), 2, test_key('cable'), 'pcs', 100000, 1);
             update purchase_order set status = 'submitted' where id = test_key('big'); select test_approve(test_key('big')); update purchase_order set status = 'ordered' where id = test_key('big')")).await.unwrap();
        let (ok, token) = command(folder.path(), &["admin", "token"]);
        assert!(ok, "{token}");
        let client = program.client.with_token(token.trim());
        Self { folder, port, program, client }
    }

    /// Starts the server again after it ended in whatever way.
    pub async fn again(&mut self) {
        self.program = Program::serve_embedded(self.folder.path(), self.port).await;
    }

    /// Proves the books and the seals by the program itself.
    pub fn prove(&self) {
        for proof in ["check", "verify"] {
            let (ok, said) = command(self.folder.path(), &[proof]);
            assert!(ok && !said.contains("BROKEN"), "{proof}: {said}");
        }
    }

    /// One figure out of the database.
    pub async fn count(&self, sql: &str) -> i64 {
        postgres(self.folder.path()).await.query_one(sql, &[]).await.unwrap_or_else(|e| panic!("{sql}: {e:?}")).get(0)
    }

    pub async fn order(&self) -> Value {
        self.client.get(&format!("/purchase-orders/{ORDER}")).await.assert_ok()
    }
}

/// Runs the program on a data folder beside the server; whether it went well, and its standard output, or all that it said if not.
pub fn command(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(binary()).args(arguments).arg("--data-dir").arg(folder).env_remove("DATABASE_URL").stdin(Stdio::null()).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), if output.status.success() { out } else { format!("{out}{err}") })
}

/// The private Postgres, by the address that its server leaves for others.
pub async fn postgres(folder: &Path) -> tokio_postgres::Client {
    let lock = std::fs::read_to_string(folder.join("quartermaster.lock")).unwrap();
    tests::cluster::connect(lock.lines().nth(1).unwrap_or_else(|| panic!("no address in {lock:?}"))).await
}
