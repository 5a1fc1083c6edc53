//! The credentials that a document asks for.

use maud::{Markup, html};

use super::Reference;
use super::model::Operation;
use super::operation::{description, self_link};
use crate::document::{Entry, Node};
use crate::pages::anchor;
use crate::pages::links::safe_link;
use crate::pages::markdown::block;

impl<'a> Reference<'a> {
    /// The section of all schemes.
    pub(super) fn authentication(&self) -> Markup {
        let schemes = &self.model.schemes;
        html! {
            @if !schemes.is_empty() {
                section #authentication .part {
                    h2 { (self_link("authentication", "Authentication")) }
                    @for scheme in schemes {
                        div .scheme id=(scheme.id) {
                            h3 { (self_link(&scheme.id, scheme.name)) }
                            p .scheme-kind { (kind(scheme.node)) }
                            (description(scheme.node, 4))
                            @for flow in scheme.node.entries_of("flows") { (oauth_flow(flow)) }
                        }
                    }
                }
            }
        }
    }

    /// The requirements of an operation, each an alternative.
    pub(super) fn operation_security(&self, operation: &Operation<'a>) -> Markup {
        let Some(requirements) = self.model.security(operation.node) else { return Markup::default() };
        let is_optional = requirements.iter().any(|requirement| requirement.entries().is_empty());
        let needed: Vec<&Node> = requirements.iter().filter(|requirement| !requirement.entries().is_empty()).collect();
        html! {
            p .auth {
                span .auth-label { "Authentication" }
                @if needed.is_empty() { "none" }
                @for (index, requirement) in needed.iter().enumerate() {
                    @if index > 0 { " or " }
                    @for (index, entry) in requirement.entries().iter().enumerate() {
                        @if index > 0 { " and " }
                        (self.scheme_link(&entry.key))
                        @let scopes: Vec<&str> = entry.node.items().iter().filter_map(Node::str).collect();
                        @if !scopes.is_empty() {
                            " with " @for (index, scope) in scopes.iter().enumerate() { @if index > 0 { ", " } samp { (scope) } }
                        }
                    }
                }
                @if is_optional && !needed.is_empty() { ", optional" }
            }
        }
    }

    fn scheme_link(&self, name: &str) -> Markup {
        html! { @if let Some(scheme) = self.model.schemes.iter().find(|scheme| scheme.name == name) { a href=(anchor::link(&scheme.id)) { (name) } } @else { code { (name) } } }
    }
}

/// The way in which a scheme is sent.
fn kind(scheme: &Node) -> Markup {
    let of = |key: &str| scheme.get_str(key).unwrap_or_default();
    match of("type") {
        "http" if of("scheme").eq_ignore_ascii_case("basic") => {
            html! { "HTTP Basic: a name and a password in the header " code { "Authorization" } "." }
        }
        "http" if of("scheme").eq_ignore_ascii_case("bearer") => html! {
            "A bearer token in the header " code { "Authorization" }
            @if !of("bearerFormat").is_empty() { ", as " (of("bearerFormat")) } "."
        },
        "http" => html! { "The HTTP scheme " code { (of("scheme")) } " in the header " code { "Authorization" } "." },
        "apiKey" => {
            html! { "A key in the " (of("in")) @if of("in") == "query" { " parameter" } " " code { (of("name")) } "." }
        }
        "oauth2" => html! { "OAuth 2: a bearer token in the header " code { "Authorization" } "." },
        "openIdConnect" => html! { "OpenID Connect, discovered at " (url(of("openIdConnectUrl"))) "." },
        "mutualTLS" => html! { "A certificate of the client." },
        other => html! { (other) },
    }
}

fn oauth_flow(flow: &Entry) -> Markup {
    let name = match flow.key.as_str() {
        "authorizationCode" => "Authorization code",
        "clientCredentials" => "Client credentials",
        "implicit" => "Implicit",
        "password" => "Password",
        "deviceAuthorization" => "Device authorization",
        other => other,
    };
    let urls = [
        ("authorizationUrl", "Authorization URL"),
        ("deviceAuthorizationUrl", "Device URL"),
        ("tokenUrl", "Token URL"),
        ("refreshUrl", "Refresh URL"),
    ];
    let scopes = flow.node.entries_of("scopes");
    html! {
        h4 { (name) }
        dl .facts {
            @for (key, label) in urls {
                @if let Some(target) = flow.node.get_str(key) { div { dt { (label) } dd { (url(target)) } } }
            }
        }
        @if !scopes.is_empty() {
            details .more open[scopes.len() <= 12] {
                summary { (crate::text::count(scopes.len(), "scope")) }
                dl .mapping { @for scope in scopes { div { dt { samp { (scope.key) } } dd { (scope_text(&scope.node)) } } } }
            }
        }
    }
}

fn scope_text(scope: &Node) -> Markup {
    let text = scope.str().filter(|text| !text.trim().is_empty());
    text.map_or_else(|| html! { span .muted { "no description" } }, |text| block(text, 6))
}

/// A URL, as a link if it leads to the web.
pub(super) fn url(target: &str) -> Markup {
    match safe_link(target) {
        Some(link) if !link.starts_with('#') => html! { a href=(link) rel="noreferrer" { (target) } },
        _ => html! { code { (target) } },
    }
}
