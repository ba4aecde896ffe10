//! What a store says is in it.

use rusty_s3::actions::ListObjectsV2;

/// Some of what is in a store.
#[derive(Debug, PartialEq, Eq)]
pub struct Listed {
    /// Names.
    pub names: Vec<String>,
    /// The mark of those that come after, if any do.
    pub next: Option<String>,
}

impl Listed {
    /// What the answer `text` of a store that speaks S3 says.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of_s3(text: &str) -> Result<Self, String> {
        let listed = ListObjectsV2::parse_response(text).map_err(|error| error.to_string())?;
        let names = listed.contents.into_iter().map(|content| content.key).collect();
        Ok(Self { names, next: listed.next_continuation_token })
    }

    /// What Azure's answer `text` says.
    pub fn of_azure(text: &str) -> Self {
        let all = |tag: &str| {
            let (opening, closing) = (format!("<{tag}>"), format!("</{tag}>"));
            let rests = text.split(&opening).skip(1);
            rests.filter_map(|rest| Some(unescaped(rest.split_once(&closing)?.0))).collect::<Vec<String>>()
        };
        Self { names: all("Name"), next: all("NextMarker").pop() }
    }
}

/// `text` of XML as it is meant.
fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn azure_lists_names_and_where_it_goes_on() {
        let listed = Listed::of_azure(
            "<Blobs><Blob><Name>a/b.html</Name></Blob><Blob><Name>x &amp;lt;</Name></Blob></Blobs><NextMarker>2!4</NextMarker>",
        );
        assert_eq!(listed, Listed { names: vec!["a/b.html".into(), "x &lt;".into()], next: Some("2!4".into()) });
        assert_eq!(Listed::of_azure("<Blobs /><NextMarker />"), Listed { names: Vec::new(), next: None });
    }
}
