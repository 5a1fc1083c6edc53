use super::*;

fn html(text: &str) -> String {
    markdown(text, 4).into_string()
}

#[test]
fn html_in_a_text_stays_text() {
    for text in [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<!-- x -->",
        "`<b>`",
        "[<i>](https://a)",
        "<div onclick=alert(1) style=x>\n<iframe src=https://a>\n</div>",
        "a <svg onload=alert(1)> <form> <input> <style> <math> <object> <x-y> b",
    ] {
        let html = html(text);
        for tag in ["<script", "<img", "<!--", "<b>", "<i>", "onclick=alert(1)>", "<iframe", "<svg", "<form", "<style"]
        {
            assert!(!html.contains(tag), "{html}");
        }
    }
    assert_eq!(html("one<br>two"), "<p>one<br>two</p>");
}

#[test]
fn html_of_prose_is_html_and_ends_where_its_block_ends() {
    assert_eq!(html("a <B>b <i>c</B> d"), "<p>a <strong>b <em>c</em></strong> d</p>");
    assert_eq!(html("- <b>a\n- b"), "<ul><li><strong>a</strong></li><li>b</li></ul>");
    assert_eq!(html("<ul>\n<li>a &amp; b</li>\n</ul>"), "<ul>\n<li>a &amp; b</li>\n</ul>");
    assert_eq!(html("<b>\n\nc"), "<p><strong></strong></p><p>c</p>");
    let details = html("<details><summary>More</summary>\n\n**b**\n\n</details>\n\nafter");
    let expected = "<details class=\"more\"><summary>More</summary><p><strong>b</strong></p></details><p>after</p>";
    assert_eq!(details, expected);
    assert_eq!(html("<!-- only a comment -->"), "");
    assert_eq!(html("a <Note>*b*</Note>"), "<div>a <blockquote><em>b</em></blockquote></div>");
    assert_eq!(plain("<p>A <b>b</b>&nbsp;c</p>", 100), "A b c");
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
    assert_eq!(html("[x](#schema/Room)"), "<p><a class=\"in\" href=\"#schema/Room\">x</a></p>");
    assert!(
        html("[x](<https://a.example/\"onclick=\"x>)").contains("href=\"https://a.example/&quot;onclick=&quot;x\"")
    );
    assert!(html("![x](https://a.example/i.png)").contains("href=\"https://a.example/i.png\""));
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
    let headings: Vec<(usize, &str)> =
        article.headings.iter().map(|heading| (heading.level, heading.text.as_str())).collect();
    assert_eq!(headings, [(1, "A"), (2, "B & c")]);
}

#[test]
fn code_has_the_name_of_its_language() {
    assert!(html("```rust,no_run\nfn\n```").contains("<code data-lang=\"rust\">"));
    assert!(html("```sh title=x\nls\n```").contains("<code data-lang=\"sh\">"));
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
fn the_text_below_each_heading_is_found() {
    let found = texts("intro\n\n# A\n\none **two**\n\n```sh\n# x\n```\n\n## B\n\n### C\n\nthree", 100);
    assert_eq!(found, ["one two # x", "", "three"]);
}

#[test]
fn a_plain_text_has_no_markup_and_a_limit() {
    assert_eq!(plain("Lists **the** `rooms`\n\nof it", 100), "Lists the rooms of it");
    assert_eq!(plain("ääää", 2), "ää");
}
