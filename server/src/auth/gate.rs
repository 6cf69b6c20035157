//! The one door to the API: finds out who is asking, and lets a request through only if they have what its route says it needs.
//! A route says so in its OpenAPI operation (`x-needs`), so that what is documented is what is enforced.

use std::collections::HashMap;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, ResponseError, web};
use utoipa::openapi::OpenApi;

use super::caller::{Caller, lacking, sign_in_needed};
use super::principal::{Credential, Principals};
use super::role::Role;
use super::session::{SESSION_COOKIE, Sessions};
use crate::http::{Problem, Result, paths, request_id};

/// What a route needs. In OpenAPI: `public`, `signed_in`, `any`, or roles joined by `|`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    Public,
    /// A person or token, with or without roles.
    SignedIn,
    /// Any role on any team.
    AnyRole,
    /// One of these on some team; the operation asks for the very team.
    OneOf(Vec<Role>),
}

#[derive(Debug, Default)]
pub struct Needs(HashMap<(Method, String), Need>);

impl Needs {
    /// Reads the table off the API's own description. An operation that says nothing, or something unknown, is an error: the server does
    /// not start with a door that nobody thought about.
    pub fn from_openapi(api: &OpenApi) -> Result<Self, String> {
        let mut table = HashMap::new();
        for (path, item) in &api.paths.paths {
            let operations = [(Method::GET, &item.get), (Method::POST, &item.post), (Method::PUT, &item.put), (Method::PATCH, &item.patch), (Method::DELETE, &item.delete)];
            for (method, operation) in operations.into_iter().filter_map(|(m, o)| o.as_ref().map(|o| (m, o))) {
                let said = operation.extensions.as_ref().and_then(|e| e.get("x-needs")).and_then(|v| v.as_str())
                    .ok_or_else(|| format!("{method} {path} does not say what it needs (x-needs)"))?;
                let need = parse_need(said).ok_or_else(|| format!("{method} {path} needs {said:?}, which is not known"))?;
                table.insert((method, path.clone()), need);
            }
        }
        Ok(Self(table))
    }

    fn of(&self, method: &Method, pattern: &str) -> Option<&Need> {
        self.0.get(&(if method == Method::HEAD { Method::GET } else { method.clone() }, pattern.to_owned()))
    }
}

fn parse_need(said: &str) -> Option<Need> {
    match said {
        "public" => Some(Need::Public),
        "signed_in" => Some(Need::SignedIn),
        "any" => Some(Need::AnyRole),
        roles => roles.split('|').map(Role::parse).collect::<Option<Vec<_>>>().filter(|r| !r.is_empty()).map(Need::OneOf),
    }
}

/// The middleware. Wrapped around the whole application; lets everything outside `/api/v1/` pass.
pub async fn gate(req: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let id = request_id::of(&req);
    request_id::scope(id, async move {
        if req.path().starts_with("/api/v1/")
            && let Err(problem) = admit(&req).await
        {
            return Ok(req.into_response(problem.error_response()));
        }
        next.call(req).await.map(ServiceResponse::map_into_boxed_body)
    })
    .await
}

async fn admit(req: &ServiceRequest) -> Result<()> {
    paths::refuse_nul(req.path())?;
    let (Some(needs), Some(principals), Some(sessions)) = (req.app_data::<web::Data<Needs>>(), req.app_data::<web::Data<Principals>>(), req.app_data::<web::Data<Sessions>>()) else {
        return Err(Problem::internal("the gate is not set up"));
    };
    let need = req.match_pattern().and_then(|pattern| needs.of(req.method(), &pattern)).unwrap_or(&Need::SignedIn);
    if *need == Need::Public {
        return Ok(());
    }
    let caller = identify(req, principals, sessions).await?.ok_or_else(sign_in_needed)?;
    match need {
        Need::Public | Need::SignedIn => {}
        Need::AnyRole if caller.has_any() => {}
        Need::AnyRole => return Err(Problem::not_allowed("Reading needs a role. An administrator can grant you one, such as viewer.")),
        Need::OneOf(roles) if roles.iter().any(|r| caller.has(*r)) => {}
        Need::OneOf(roles) => return Err(Problem::not_allowed(lacking(roles, "This"))),
    }
    req.extensions_mut().insert(caller);
    Ok(())
}

async fn identify(req: &ServiceRequest, principals: &Principals, sessions: &Sessions) -> Result<Option<Caller>> {
    let device = req.headers().get("x-device").and_then(|v| v.to_str().ok()).map(|d| d.chars().take(200).collect::<String>());
    let (credential, session) = if let Some(bearer) = req.headers().get(header::AUTHORIZATION) {
        let Some(token) = bearer.to_str().ok().and_then(|v| v.strip_prefix("Bearer ")) else { return Ok(None) };
        (Credential::token(token.trim()), None)
    } else {
        let Some(cookie) = req.cookie(SESSION_COOKIE) else { return Ok(None) };
        let Some(session) = sessions.verify(cookie.value()) else { return Ok(None) };
        // A page of another site can make a browser send our cookies, but not this header.
        if !req.method().is_safe() && !req.headers().contains_key("x-quartermaster") {
            return Err(Problem::not_allowed("A change by cookie needs the header X-Quartermaster, so that no other site can send it for you. Programs use an API token."));
        }
        (Credential::Session(session), Some(session))
    };
    Ok(principals.of(credential).await?.map(|principal| Caller { principal, session, request_id: request_id::current(), device }))
}
