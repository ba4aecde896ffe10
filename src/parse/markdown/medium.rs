//! What an image's destination is, by its extension.

/// What can stand where Markdown has an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Picture,
    Film,
    Sound,
}

/// The medium of `destination`, if its extension says one. Sources: the file extensions of the media types that HTML
/// players take, and of the pictures that browsers show.
pub fn medium(destination: &str) -> Option<Medium> {
    let path = destination.split(['?', '#']).next().unwrap_or_default();
    let (_, extension) = path.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "mp4" | "m4v" | "webm" | "ogv" | "mov" => Some(Medium::Film),
        "mp3" | "m4a" | "ogg" | "oga" | "opus" | "wav" | "flac" => Some(Medium::Sound),
        "apng" | "avif" | "bmp" | "gif" | "ico" | "jpeg" | "jpg" | "png" | "svg" | "webp" => Some(Medium::Picture),
        _ => None,
    }
}
