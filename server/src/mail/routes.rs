//! Mails over HTTP. Sending one is the part's own operation, whose record it is about.

use actix_web::{HttpResponse, get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::record::{self, Mail};
use super::settle;
use crate::auth::Caller;
use crate::db::Db;
use crate::http::operation::Nothing;
use crate::http::{AsOf, Ask, Problem, Reason, Result};
use crate::ids::MailId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(read).service(send_again).service(give_up);
}

/// One mail and what became of it
#[utoipa::path(tag = "mails", operation_id = "read_mail", params(("id" = MailId, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Mail), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/mails/{id}")]
async fn read(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<MailId>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    crate::http::record::answer(&record::read(&mut conn, &caller, *id, as_of.0.is_some()).await?)
}

/// Sends a failed mail again, as it is
#[utoipa::path(tag = "mails", operation_id = "send_mail_again", params(("id" = MailId, Path)), request_body = Nothing, responses((status = 200, body = Mail), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/mails/{id}/send-again")]
async fn send_again(ask: Ask<Nothing>, id: web::Path<MailId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, _| settle::send_again(tx, caller, *id).await).await
}

/// Gives a mail up that did not arrive
#[utoipa::path(tag = "mails", operation_id = "give_up_mail", params(("id" = MailId, Path)), request_body = Reason, responses((status = 200, body = Mail), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/mails/{id}/give-up")]
async fn give_up(ask: Ask<Reason>, id: web::Path<MailId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| settle::give_up(tx, caller, *id, body.reason).await).await
}
