//! The web interface, built into the program.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use rust_embed::RustEmbed;

use super::Problem;

/// Nothing but our own code, from nowhere but here. WebAssembly decodes barcodes; Mantine sets styles inline.
pub const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
                          font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; media-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

#[derive(RustEmbed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Built;

/// A file of the interface; every other path outside of `/api` is one of its pages.
pub async fn serve(req: HttpRequest) -> HttpResponse {
    let path = req.path();
    let docs = path == "/api/docs";
    if (path.starts_with("/api/") && !docs) || !req.method().is_safe() {
        return Problem::new(StatusCode::NOT_FOUND, "not-found", "There is nothing here", format!("There is no {} {path}. /api/openapi.json lists what there is.", req.method())).error_response();
    }
    let name = if docs { "docs.html" } else { path.trim_start_matches('/') };
    let (name, file) = match Built::get(name) {
        Some(file) if !name.is_empty() => (name, Some(file)),
        _ => ("index.html", Built::get("index.html")),
    };
    let Some(file) = file else {
        return HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body("This program was built without its web interface. Run: make build\n");
    };
    let tag = format!("\"{}\"", file.metadata.sha256_hash().iter().map(|b| format!("{b:02x}")).collect::<String>());
    if req.headers().get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes()) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
    }
    // Files under assets/ carry their digest in their name.
    let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    HttpResponse::Ok().content_type(file.metadata.mimetype()).insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, cache)).body(file.data.into_owned())
}
