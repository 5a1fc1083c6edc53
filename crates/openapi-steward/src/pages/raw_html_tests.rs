use super::*;

fn html(text: &str) -> String {
    let (mut open, mut html) = (OpenElements::default(), String::new());
    open.enter();
    open.write(text, 3, &mut html);
    open.leave(&mut html);
    html
}

#[test]
fn the_elements_of_prose_lose_their_attributes() {
    assert_eq!(html("<B onclick=\"x\" style='a>b'>c</B>"), "<strong>c</strong>");
    assert_eq!(html("<span class=x>a</span><!-- b --> &nbsp;c & d &amp; e"), "a &nbsp;c &amp; d &amp; e");
    assert_eq!(html("<h1>a</h1><h2>b</h2>"), "<h3>a</h3><h4>b</h4>");
    assert_eq!(html("a<br/>b<hr />"), "a<br>b<hr>");
    assert_eq!(html("<Note>a</Note>"), "<blockquote>a</blockquote>");
    let definition = html("<SchemaDefinition schemaRef=\"#/components/schemas/A\" />");
    assert_eq!(definition, "<a class=\"in\" href=\"#schema/A\">A</a>");
}

#[test]
fn every_other_element_stays_text() {
    for text in ["<script>", "<iframe src=x>", "<room_sid>", "<p", "<a.b>", "<!-- a", "<style>", "<input>", "< b>"] {
        let html = html(text);
        assert!(!html.contains('<') && html.contains("&lt;"), "{html}");
    }
}

#[test]
fn every_element_ends_and_ends_no_other() {
    assert_eq!(html("<ul><li>a<li><b>b</ul></p></div>"), "<ul><li>a</li><li><strong>b</strong></li></ul>");
    assert_eq!(html("</strong><em>a"), "<em>a</em>");
    assert_eq!(
        html("<table><tr><td>a"),
        "<div class=\"table\" tabindex=\"0\"><table><tr><td>a</td></tr></table></div>"
    );
}

#[test]
fn a_link_leads_only_to_the_web_and_an_image_is_a_link() {
    assert_eq!(html("<a HREF = 'https://a?b&amp;c'>x</a>"), "<a rel=\"noreferrer\" href=\"https://a?b&amp;c\">x</a>");
    for target in ["javascript:x", "data:text/html,x", "&#106;avascript:x", " java\tscript:x", "//a"] {
        assert_eq!(html(&format!("<a href=\"{target}\">x</a>")), "x");
    }
    assert_eq!(
        html("<a href=\"https://a\">b<a href=\"https://c\">d</a></a>"),
        "<a rel=\"noreferrer\" href=\"https://a\">bd</a>"
    );
    assert_eq!(html("<img src=x onerror=y>"), "image");
    assert_eq!(html("<img alt='p' src=https://a/i.png>"), "<a rel=\"noreferrer\" href=\"https://a/i.png\">p</a>");
}

#[test]
fn a_text_full_of_beginnings_takes_no_time() {
    for text in ["<p ", "<!--", "<", "<p>", "&", "</p>"] {
        assert!(html(&text.repeat(100_000)).len() < 2_000_000);
    }
}
