//! Names of the wire as names of Rust.

/// `in-progress` and `list_rooms` as `InProgress` and `ListRooms`, `VP8` as `Vp8`.
pub(crate) fn pascal_case(name: &str) -> String {
    let mut pascal = String::new();
    for word in words(name) {
        let mut chars = word.chars();
        pascal.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        pascal.extend(chars.flat_map(char::to_lowercase));
    }
    match pascal.chars().next() {
        Some(first) if first.is_alphabetic() && pascal != "Self" => pascal,
        _ => format!("V{pascal}"),
    }
}

/// `MaxParticipants` as `max_participants`, and `Type` as `type_`, which is no keyword.
pub(crate) fn snake_case(name: &str) -> String {
    let snake = words(name).join("_").to_lowercase();
    if syn::parse_str::<syn::Ident>(&snake).is_ok() { snake } else { format!("{snake}_") }
}

/// The words of a name: what stands between characters that no Rust name holds, and what begins with a capital after a
/// small letter or a digit.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut previous = None;
    for char in name.chars() {
        let boundary = char.is_uppercase() && previous.is_some_and(char::is_lowercase);
        if boundary || !char.is_alphanumeric() {
            words.push(std::mem::take(&mut word));
        }
        if char.is_alphanumeric() {
            word.push(char);
        }
        previous = Some(char);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{pascal_case, snake_case};

    #[test]
    fn names_of_the_wire_become_names_of_fields() {
        let names = ["MaxParticipants", "Type", "VideoCodecs", "EnableTURN", "x-y"].map(snake_case);
        assert_eq!(names, ["max_participants", "type_", "video_codecs", "enable_turn", "x_y"]);
    }

    #[test]
    fn names_of_the_wire_become_names_of_types_and_variants() {
        let names =
            ["in-progress", "peer-to-peer", "VP8", "H264", "list_rooms", "createRoom", "2fa", "self", "a b/c", ""];
        let pascal: Vec<String> = names.iter().map(|name| pascal_case(name)).collect();
        assert_eq!(
            pascal,
            ["InProgress", "PeerToPeer", "Vp8", "H264", "ListRooms", "CreateRoom", "V2fa", "VSelf", "ABC", "V"]
        );
    }
}
