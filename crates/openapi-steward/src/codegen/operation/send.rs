//! The code of `send` after its parameters are known: the request, and what its response is read as.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Block, Ident, Stmt};

use super::body::{Body, BodyKind};
use super::call::Call;
use super::parameter::{Parameter, Place, Writing};

/// The variables of a function.
struct Variables {
    client: Ident,
    url: Ident,
    request: Ident,
    response: Ident,
    result: Ident,
    info: Ident,
    headers: Ident,
    query: Ident,
    cookies: Ident,
}

/// Returns the statements of `send` after its parameters are known, and the type that it returns.
pub(in crate::codegen) fn to_code(call: &Call) -> (Vec<Stmt>, TokenStream) {
    (statements(call), output(call))
}

/// Returns the type that `send` returns.
fn output(call: &Call) -> TokenStream {
    let (success, failure) = (call.success.ty(), call.failure.ty());
    quote!(Result<ResponseValue<#success>, Error<#failure>>)
}

/// Returns the statements.
fn statements(call: &Call) -> Vec<Stmt> {
    let names = Variables {
        client: call.variable("client"),
        url: call.variable("url"),
        request: call.variable("request"),
        response: call.variable("response"),
        result: call.variable("result"),
        info: call.variable("info"),
        headers: call.variable("header_map"),
        query: call.variable("query"),
        cookies: call.variable("cookies"),
    };
    let Variables { client, request, response, result, info, .. } = &names;
    let (url, headers, cookies) = (url(call, &names), headers(call, &names), cookies(call, &names));
    let chain = request_chain(call, &names);
    let (function, success, failure) = (&call.function, call.success.arms(response), call.failure.arms(response));
    let others = (!call.failure.has_default()).then(|| quote!(_ => Err(Error::UnexpectedResponse(#response)),));
    let block: Block = syn::parse_quote!({
        #url
        #headers
        #cookies
        #[allow(unused_mut)]
        let mut #request = #chain;
        let #info = OperationInfo { operation_id: #function };
        #client.pre(&mut #request, &#info).await?;
        let #result = #client.exec(#request, &#info).await;
        #client.post(&#result, &#info).await?;
        let #response = #result?;
        match #response.status().as_u16() {
            #(#success,)*
            #(#failure,)*
            #others
        }
    });
    block.stmts
}

fn in_place(call: &Call, place: Place) -> impl Iterator<Item = &Parameter> {
    call.parameters.iter().filter(move |parameter| parameter.place == place)
}

/// An `Option` of a reference to the value.
fn option(parameter: &Parameter) -> TokenStream {
    let ident = format_ident!("{}", parameter.ident);
    if parameter.required { quote!(Some(&#ident)) } else { quote!(#ident.as_ref()) }
}

/// The URL, with the query if a parameter in it is not written in the default style.
fn url(call: &Call, names: &Variables) -> TokenStream {
    let Variables { client, url, query, .. } = names;
    let (mut template, mut arguments, mut written) = (String::new(), Vec::new(), Vec::new());
    let mut rest = call.path.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        template.push_str(&before.replace('}', "}}"));
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match in_place(call, Place::Path).find(|parameter| parameter.name == name) {
            Some(parameter) => {
                template.push_str("{}");
                let ident = format_ident!("{}", parameter.ident);
                match segment(parameter) {
                    Some(segment) => {
                        written.push(quote!(let #ident = #segment;));
                        arguments.push(quote!(#ident));
                    }
                    None => arguments.push(quote!(encode_path(&#ident.to_string()))),
                }
            }
            None => template.extend(["{{", name, "}}"]),
        }
        rest = after;
    }
    template.push_str(&rest.replace('}', "}}"));
    let (set_base, base) = match &call.server {
        Some([base, own]) => {
            let variable = call.variable("base_url");
            (quote!(let #variable = crate::runtime::server(&#client.baseurl, #base, #own);), quote!(#variable))
        }
        None => (TokenStream::new(), quote!(#client.baseurl)),
    };
    let format = if call.path.contains('{') {
        let path = &call.path;
        quote!(crate::runtime::url(&#base, #path, &format!(#template, #(#arguments,)*)).map_err(Error::InvalidRequest)?)
    } else {
        let template = format!("{{}}{template}");
        quote!(format!(#template, #base,))
    };
    let plain = quote!(#(#written)* #set_base let #url = #format;);
    if !has_styled_query(call) {
        return plain;
    }
    let parts = in_place(call, Place::Query).map(|parameter| {
        let (name, value) = (&parameter.name, option(parameter));
        match &parameter.writing {
            Writing::Json => quote!(#query.json(#name, #value).map_err(Error::InvalidRequest)?;),
            Writing::Plain => quote!(#query.styled(#name, "form", true, #value).map_err(Error::InvalidRequest)?;),
            Writing::Styled { style, explode } => {
                quote!(#query.styled(#name, #style, #explode, #value).map_err(Error::InvalidRequest)?;)
            }
            Writing::Reserved { style, explode } => {
                quote!(#query.reserved(#name, #style, #explode, #value).map_err(Error::InvalidRequest)?;)
            }
        }
    });
    quote! {
        #plain
        let mut #query = crate::runtime::Query::new();
        #(#parts)*
        let #url = #query.behind(#url);
    }
}

fn has_styled_query(call: &Call) -> bool {
    in_place(call, Place::Query).any(|parameter| parameter.writing != Writing::Plain)
}

/// A parameter as a part of the path, if it is not its `Display` text.
fn segment(parameter: &Parameter) -> Option<TokenStream> {
    let (ident, name) = (format_ident!("{}", parameter.ident), &parameter.name);
    match &parameter.writing {
        Writing::Plain => None,
        Writing::Json => Some(quote!(crate::runtime::json_segment(&#ident).map_err(Error::InvalidRequest)?)),
        Writing::Styled { style, explode } | Writing::Reserved { style, explode } => Some(quote! {
            crate::runtime::styled_segment(#name, #style, #explode, &#ident).map_err(Error::InvalidRequest)?
        }),
    }
}

fn headers(call: &Call, names: &Variables) -> TokenStream {
    let Variables { headers, .. } = names;
    if !has_headers(call) {
        return TokenStream::new();
    }
    let added = in_place(call, Place::Header).map(|parameter| {
        let (name, value) = (&parameter.name, option(parameter));
        let explode = matches!(parameter.writing, Writing::Styled { explode: true, .. });
        let function = if parameter.writing == Writing::Json { quote!(json_header) } else { quote!(header) };
        let explode = (parameter.writing != Writing::Json).then(|| quote!(#explode,));
        quote!(crate::runtime::#function(&mut #headers, #name, #explode #value).map_err(Error::InvalidRequest)?;)
    });
    quote! {
        let mut #headers = ::reqwest::header::HeaderMap::new();
        #(#added)*
    }
}

fn has_headers(call: &Call) -> bool {
    in_place(call, Place::Header).next().is_some()
}

fn cookies(call: &Call, names: &Variables) -> TokenStream {
    let Variables { cookies, .. } = names;
    if in_place(call, Place::Cookie).next().is_none() {
        return TokenStream::new();
    }
    let added = in_place(call, Place::Cookie).map(|parameter| {
        let (name, value) = (&parameter.name, option(parameter));
        match &parameter.writing {
            Writing::Json => quote!(#cookies.json(#name, #value).map_err(Error::InvalidRequest)?;),
            Writing::Styled { style, explode } | Writing::Reserved { style, explode } => {
                quote!(#cookies.styled(#name, #style, #explode, #value).map_err(Error::InvalidRequest)?;)
            }
            Writing::Plain => quote!(#cookies.styled(#name, "form", true, #value).map_err(Error::InvalidRequest)?;),
        }
    });
    quote! {
        let mut #cookies = crate::runtime::Query::new();
        #(#added)*
    }
}

/// The expression of the request.
fn request_chain(call: &Call, names: &Variables) -> TokenStream {
    let Variables { client, url, headers, cookies, .. } = names;
    let start = match call.method.as_str() {
        "options" => quote!(#client.client.request(::reqwest::Method::OPTIONS, #url)),
        "trace" => quote!(#client.client.request(::reqwest::Method::TRACE, #url)),
        method => {
            let method = format_ident!("{method}");
            quote!(#client.client.#method(#url))
        }
    };
    let accept = call
        .accept
        .as_ref()
        .map(|accept| quote!(.header(::reqwest::header::ACCEPT, ::reqwest::header::HeaderValue::from_static(#accept))));
    let query = in_place(call, Place::Query).filter(|_| !has_styled_query(call)).map(|parameter| {
        let (name, ident) = (&parameter.name, format_ident!("{}", parameter.ident));
        quote!(.query(&progenitor_client::QueryParam::new(#name, &#ident)))
    });
    let headers = has_headers(call).then(|| quote!(.headers(#headers)));
    let cookies = in_place(call, Place::Cookie)
        .next()
        .map(|_| quote!(.headers(#cookies.into_cookies().map_err(Error::InvalidRequest)?)));
    let start = quote!(#start #accept);
    let (start, added) = match &call.body {
        Some(body) if body.required => (with_body(body, &start), None),
        Some(body) => (start, Some(body)),
        None => (start, None),
    };
    let chain = quote!(#start #(#query)* #headers #cookies);
    let Some(body) = added else { return quote!(#chain.build()?) };
    let (ident, builder) = (format_ident!("{}", body.ident), call.variable("builder"));
    let with_body = with_body(body, &quote!(#builder));
    quote!({
        let #builder = #chain;
        match #ident {
            Some(#ident) => #with_body,
            None => #builder,
        }
        .build()?
    })
}

/// Adds the body to the builder of a request.
fn with_body(body: &Body, builder: &TokenStream) -> TokenStream {
    let (ident, media) = (format_ident!("{}", body.ident), &body.media);
    let typed = quote! {
        #builder.header(::reqwest::header::CONTENT_TYPE, ::reqwest::header::HeaderValue::from_static(#media))
    };
    match &body.kind {
        BodyKind::Json if body.media == "application/json" => quote!(#builder.json(&#ident)),
        BodyKind::Json => quote!(#typed.json(&#ident)),
        BodyKind::Form => quote!(#builder.form_urlencoded(&#ident)?),
        BodyKind::Fields(styles) => {
            let styles = styles.iter().map(|(name, style, explode)| quote!((#name, #style, #explode)));
            quote!(#typed.body(crate::runtime::form_body(&#ident, &[#(#styles),*]).map_err(Error::InvalidRequest)?))
        }
        BodyKind::Multipart => {
            quote!(crate::runtime::Multipart::from(#ident).add_to(#builder, #media).map_err(Error::InvalidRequest)?)
        }
        BodyKind::Text | BodyKind::Bytes => quote!(#typed.body(#ident)),
    }
}
