//! HTTP for budgets, approval policies, groups and delegates.

use actix_web::{HttpResponse, get, patch, post, put, web};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::procurement::budget::{self, Budget, EditBudget, NewBudget};
use super::policies::{self, Delegated, Group, NewDelegate, Policy, PutGroup, PutPolicy};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::operation::Nothing;
use crate::http::{AsOf, Ask, Problem, Result};
use crate::ids::BudgetId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create_budget).service(read_budget).service(edit_budget);
    cfg.service(put_group).service(read_group).service(put_policy).service(read_policy).service(retire_policy).service(create_delegate).service(end_delegate);
}

/// Makes a budget
#[utoipa::path(tag = "procurement", operation_id = "create_budget", request_body = NewBudget, responses((status = 201, body = Budget), (status = 409, body = Problem)), extensions(("x-needs" = json!("approver"))))]
#[post("/budgets")]
async fn create_budget(ask: Ask<NewBudget>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| budget::create(tx, caller, body).await).await
}

/// One budget
#[utoipa::path(tag = "procurement", operation_id = "read_budget", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Budget), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/budgets/{id}")]
async fn read_budget(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = BudgetId(find::BUDGET.find(&mut conn, &id).await?);
    crate::http::record::answer(&budget::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Changes a budget's amount or what happens over it
#[utoipa::path(tag = "procurement", operation_id = "edit_budget", params(("id" = String, Path)), request_body = EditBudget, responses((status = 200, body = Budget), (status = 409, body = Problem), (status = 412, body = Problem)), extensions(("x-needs" = json!("approver"))))]
#[patch("/budgets/{id}")]
async fn edit_budget(ask: Ask<EditBudget>, id: web::Path<String>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| budget::edit(tx, caller, &id, if_match.as_deref(), body).await).await
}

/// Makes a group of approvers, or replaces the one with this code (If-Match)
#[utoipa::path(tag = "procurement", operation_id = "put_approver_group", request_body = PutGroup, responses((status = 200, body = Group), (status = 412, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[put("/approver-groups")]
async fn put_group(ask: Ask<PutGroup>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| policies::put_group(tx, caller, if_match.as_deref(), body).await).await
}

/// One group of approvers
#[utoipa::path(tag = "procurement", operation_id = "read_approver_group", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Group), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/approver-groups/{id}")]
async fn read_group(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::APPROVER_GROUP.find(&mut conn, &id).await?;
    crate::http::record::answer(&policies::read_group(&mut conn, id).await?)
}

/// Makes an approval policy with its steps, or replaces the one with this code (If-Match)
#[utoipa::path(tag = "procurement", operation_id = "put_approval_policy", request_body = PutPolicy, responses((status = 200, body = Policy), (status = 412, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[put("/approval-policies")]
async fn put_policy(ask: Ask<PutPolicy>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| policies::put_policy(tx, caller, if_match.as_deref(), body).await).await
}

/// One approval policy with its steps
#[utoipa::path(tag = "procurement", operation_id = "read_approval_policy", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Policy), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/approval-policies/{id}")]
async fn read_policy(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::APPROVAL_POLICY.find(&mut conn, &id).await?;
    crate::http::record::answer(&policies::read_policy(&mut conn, id).await?)
}

/// Retires an approval policy: no order is given it any more
#[utoipa::path(tag = "procurement", operation_id = "retire_approval_policy", params(("id" = String, Path)), request_body = Nothing, responses((status = 200, body = Policy), (status = 404, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[post("/approval-policies/{id}/retire")]
async fn retire_policy(ask: Ask<Nothing>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, _| policies::retire_policy(tx, caller, &id).await).await
}

/// Lets another decide while an approver is away
#[utoipa::path(tag = "procurement", operation_id = "create_approval_delegate", request_body = NewDelegate, responses((status = 201, body = Delegated), (status = 422, body = Problem)), extensions(("x-needs" = json!("approver"))))]
#[post("/approval-delegates")]
async fn create_delegate(ask: Ask<NewDelegate>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| policies::delegate(tx, caller, body).await).await
}

/// Ends an absence early: from today who was away decides again
#[utoipa::path(tag = "procurement", operation_id = "end_approval_delegate", params(("id" = uuid::Uuid, Path)), request_body = Nothing, responses((status = 200, body = Delegated), (status = 404, body = Problem), (status = 409, body = Problem)), extensions(("x-needs" = json!("approver"))))]
#[post("/approval-delegates/{id}/end")]
async fn end_delegate(ask: Ask<Nothing>, id: web::Path<uuid::Uuid>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, _| policies::end_delegate(tx, caller, *id).await).await
}
