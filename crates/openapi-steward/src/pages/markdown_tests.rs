use super::*;

fn html(text: &str) -> String {
    markdown(text, 4).into_string()
}

#[test]
fn html_in_a_text_stays_text() {
    for text in
        ["<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<!-- x -->", "`<b>`", "[<i>](https://a)"]
    {
        let html = html(text);
        for tag in ["<script", "<img", "<!--", "<b>", "<i>"] {
            assert!(!html.contains(tag), "{html}");
        }
    }
    assert_eq!(html("one<br>two"), "<p>one<br>two</p>");
}

#[test]
fn a_link_leads_only_to_the_web_to_an_address_or_into_the_page() {
    for target in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/hosts",
        "//a.example",
        "&#106;avascript:x",
    ] {
        assert_eq!(html(&format!("[x](<{target}>)")), "<p>x</p>", "{target}");
    }
    assert_eq!(html("[x](#schema/Room)"), "<p><a href=\"#schema/Room\">x</a></p>");
    assert!(
        html("[x](<https://a.example/\"onclick=\"x>)").contains("href=\"https://a.example/&quot;onclick=&quot;x\"")
    );
    assert!(html("![x](https://a.example/i.png)").contains("<a href=\"https://a.example/i.png\""));
    assert!(!html("[a [b](javascript:x)](https://c)").contains("javascript"));
}

#[test]
fn the_headings_of_a_page_have_ids() {
    let article = article("# A\n\n## `B` & c\n\n[`rustdoc`] [x][y]");
    assert_eq!(
        article.html.into_string(),
        "<h1 id=\"a\">A</h1><h2 id=\"b--c\">`B` &amp; c</h2><p><code>rustdoc</code> x</p>"
            .replace("`B`", "<code>B</code>")
    );
    assert_eq!(article.headings, [("b--c".to_owned(), "B & c".to_owned())]);
}

#[test]
fn headings_and_tables_are_elements() {
    assert_eq!(html("# A"), "<h4>A</h4>");
    assert_eq!(html("#### A"), "<h6>A</h6>");
    assert!(
        html("| a | b |\n| - | -: |\n| 1 | 2 |")
            .contains("<tbody><tr><td>1</td><td class=\"right\">2</td></tr></tbody>")
    );
}

#[test]
fn a_plain_text_has_no_markup_and_a_limit() {
    assert_eq!(plain("Lists **the** `rooms`\n\nof it", 100), "Lists the rooms of it");
    assert_eq!(plain("ääää", 2), "ää");
}
