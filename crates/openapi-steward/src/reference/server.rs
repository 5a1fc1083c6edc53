//! The servers of a document, with their variables.

use maud::{Markup, html};

use super::Reference;
use super::model::Operation;
use super::operation::{description, path, self_link};
use super::value::inline;
use crate::document::Node;

impl<'a> Reference<'a> {
    /// The section of the servers of the document.
    pub(super) fn servers(&self) -> Markup {
        let servers = self.model.root.items_of("servers");
        html! {
            @if !servers.is_empty() {
                section #servers .part {
                    h2 { (self_link("servers", "Servers")) }
                    (list(servers))
                }
            }
        }
    }

    /// The servers that an operation or its path has instead of those of the document.
    pub(super) fn own_servers(operation: &Operation<'a>) -> Markup {
        let own = [operation.node, operation.item].into_iter().map(|node| node.items_of("servers"));
        let servers = own.into_iter().find(|servers| !servers.is_empty()).unwrap_or_default();
        html! { @if !servers.is_empty() { h4 { "Servers" } (list(servers)) } }
    }
}

fn list(servers: &[Node]) -> Markup {
    html! {
        ul .props.servers {
            @for server in servers {
                li {
                    div { code .path { (path(server.get_str("url").filter(|url| !url.is_empty()).unwrap_or("/"))) } }
                    (description(server, 4))
                    @let variables = server.entries_of("variables");
                    @if !variables.is_empty() {
                        dl .mapping {
                            @for variable in variables {
                                div {
                                    dt { b { "{" (variable.key) "}" } }
                                    dd {
                                        @if let Some(default) = variable.node.get("default") { "Default " (inline(default)) }
                                        @let values = variable.node.items_of("enum");
                                        @if !values.is_empty() { ", one of" @for value in values { " " (inline(value)) } }
                                        (description(&variable.node, 5))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
