//! Names of the document as names of Rust.

/// Returns the name of a variant or of a part of a name: `InProgress` for `in-progress`, `ListRooms` for `list_rooms`, `Vp8` for
/// `VP8`. A name that Rust does not take gets a `V` in front.
pub(crate) fn pascal_case(name: &str) -> String {
    let pascal = capitalized_words(name);
    match pascal.chars().next() {
        Some(first) if first.is_alphabetic() && pascal != "Self" => pascal,
        _ => format!("V{pascal}"),
    }
}

/// Returns the name of the type of a schema, which is the one that progenitor gives it.
pub(super) fn type_name(schema: &str) -> String {
    let pascal = capitalized_words(schema);
    match pascal.chars().next() {
        Some(_) if pascal == "Self" => "Self_".to_owned(),
        Some(first) if first.is_alphabetic() => pascal,
        _ => format!("X{pascal}"),
    }
}

fn capitalized_words(name: &str) -> String {
    let mut capitalized = String::new();
    for word in words(name) {
        let mut chars = word.chars();
        capitalized.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        capitalized.extend(chars.flat_map(char::to_lowercase));
    }
    capitalized
}

/// Returns the name of a field or a function: `max_participants` for `MaxParticipants`. A keyword gets a `_` behind it, and a
/// number an `x` in front: `type_`, `x2fa`.
pub(crate) fn snake_case(name: &str) -> String {
    let snake = words(name).join("_").to_lowercase();
    match snake.chars().next() {
        Some(first) if first.is_numeric() => format!("x{snake}"),
        _ if syn::parse_str::<syn::Ident>(&snake).is_ok() => snake,
        _ => format!("{snake}_"),
    }
}

/// Returns the words of a name. A word ends where a capital follows a small letter (`inProgress`), before the last capital of
/// several (`HTMLPage`), and at each character that no Rust name has. progenitor splits names in the same way.
fn words(name: &str) -> Vec<String> {
    name.split(|char: char| !char.is_alphanumeric()).flat_map(words_by_case).collect()
}

fn words_by_case(name: &str) -> Vec<String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    // The last letter of the word that has a case; digits have none.
    let mut last = None::<char>;
    let mut chars = name.chars().peekable();
    while let Some(char) = chars.next() {
        let starts_word = match (last, chars.peek()) {
            (Some(last), _) if last.is_lowercase() && char.is_uppercase() => true,
            (Some(last), Some(next)) => last.is_uppercase() && char.is_uppercase() && next.is_lowercase(),
            _ => false,
        };
        if starts_word {
            words.push(std::mem::take(&mut word));
        }
        if char.is_lowercase() || char.is_uppercase() {
            last = Some(char);
        }
        word.push(char);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{pascal_case, snake_case, type_name};

    #[test]
    fn names_become_names_of_fields() {
        let names = ["MaxParticipants", "Type", "VideoCodecs", "EnableTURN", "x-y", "2fa"].map(snake_case);
        assert_eq!(names, ["max_participants", "type_", "video_codecs", "enable_turn", "x_y", "x2fa"]);
    }

    #[test]
    fn names_become_names_of_variants() {
        let names =
            ["in-progress", "peer-to-peer", "VP8", "H264", "list_rooms", "createRoom", "2fa", "self", "a b/c", ""];
        let pascal: Vec<String> = names.iter().map(|name| pascal_case(name)).collect();
        assert_eq!(
            pascal,
            ["InProgress", "PeerToPeer", "Vp8", "H264", "ListRooms", "CreateRoom", "V2fa", "VSelf", "ABC", "V"]
        );
    }
    #[test]
    fn a_type_is_called_as_progenitor_calls_it() {
        let names =
            ["room", "media.v1.recording", "HTMLPage", "a.b.Kind", "ABKind", "iOSVersion", "2fa", "self", "V1R"];
        let types = names.map(type_name);
        let expected =
            ["Room", "MediaV1Recording", "HtmlPage", "ABKind", "AbKind", "IOsVersion", "X2fa", "Self_", "V1r"];
        assert_eq!(types, expected);
    }
}
