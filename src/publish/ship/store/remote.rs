//! Requests to a store: what S3 and Azure have in common, each in its own words.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};

use super::files::Headers;
use super::listed::Listed;
use crate::read::SitePath;

/// How often a request is made before it is given up.
const TRIES: u32 = 10;

/// How often a request is made that the store does not answer at all.
const UNANSWERED: u32 = 6;

/// How long a signed request may take to be sent.
const SIGNED_FOR: Duration = Duration::from_secs(900);

/// What of a name stays as it is in an address.
const NOT_IN_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A store, and how it is spoken to.
#[derive(Debug)]
pub struct Remote {
    agent: Agent,
    /// The folder of the site in it: empty, or with a slash at its end.
    prefix: String,
    dialect: Dialect,
}

/// What a store speaks.
enum Dialect {
    /// S3, as most stores do.
    S3(Box<Bucket>, Credentials),
    /// Azure's, with a shared access signature.
    Azure {
        /// The container's address, with a slash at its end.
        container: String,
        /// The signature: never printed.
        signature: String,
    },
}

impl std::fmt::Debug for Dialect {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Dialect::S3(..) => "S3",
            Dialect::Azure { .. } => "Azure",
        })
    }
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub enum Sent<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// The bytes of a file, which is never read whole.
    File(&'a Path),
}

/// Whether something may be there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// It is replaced.
    None,
    /// Then it stays, and nothing is sent.
    Absent,
}

/// A store's answer to a file that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// It is there.
    Yes,
    /// Another was there already.
    Taken,
}

impl Remote {
    /// A bucket of a store that speaks S3. `endpoint` is an address such as `https://s3.eu-west-1.amazonaws.com`.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn s3(
        endpoint: Option<&str>,
        region: &str,
        name: &str,
        prefix: &str,
        credentials: Credentials,
        timeout: Duration,
    ) -> Result<Self, String> {
        let amazon = format!("https://s3.{region}.amazonaws.com");
        // A name with dots in it does not fit Amazon's certificate.
        let style = if endpoint.is_some() || name.contains('.') { UrlStyle::Path } else { UrlStyle::VirtualHost };
        let address = endpoint.unwrap_or(&amazon);
        let parsed = address.parse().map_err(|_| format!("`{address}` is no address"))?;
        let bucket =
            Bucket::new(parsed, style, name.to_owned(), region.to_owned()).map_err(|error| error.to_string())?;
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        Ok(Self { agent: agent(timeout), prefix, dialect: Dialect::S3(Box::new(bucket), credentials) })
    }

    /// A container of Azure's.
    pub fn azure(account: &str, container: &str, endpoint: Option<&str>, signature: &str, timeout: Duration) -> Self {
        let own = format!("https://{account}.blob.core.windows.net");
        let container = format!("{}/{}/", endpoint.unwrap_or(&own).trim_end_matches('/'), container);
        let signature = signature.trim_start_matches('?').to_owned();
        Self { agent: agent(timeout), prefix: String::new(), dialect: Dialect::Azure { container, signature } }
    }

    /// Where a former address leads that now stands at `to`, from the top of the store.
    pub fn location(&self, to: &SitePath) -> String {
        format!("/{}{}", utf8_percent_encode(&self.prefix, NOT_IN_NAME), to.encoded())
    }

    /// Puts what is `sent` at `name`.
    ///
    /// # Errors
    /// What the store or the network says, after several tries.
    pub fn put(&self, name: &str, sent: Sent<'_>, headers: &Headers, condition: Condition) -> Result<Stored, String> {
        let key = format!("{}{name}", self.prefix);
        let mut pairs: Vec<(&str, &str)> = headers.pairs();
        if condition == Condition::Absent {
            pairs.push(("If-None-Match", "*"));
        }
        let redirect = headers.redirect.as_deref();
        let response = tried(|| {
            let (url, more): (String, Vec<(&str, &str)>) = match &self.dialect {
                Dialect::S3(bucket, credentials) => {
                    let mut action = bucket.put_object(Some(credentials), &key);
                    let more: Vec<_> = redirect.iter().map(|to| ("x-amz-website-redirect-location", *to)).collect();
                    for (name, value) in &more {
                        action.headers_mut().insert(*name, *value);
                    }
                    (action.sign(SIGNED_FOR).to_string(), more)
                }
                Dialect::Azure { .. } => {
                    let kept = ("x-ms-blob-cache-control", headers.cache_control);
                    (self.azure_url(&key), vec![("x-ms-blob-type", "BlockBlob"), kept])
                }
            };
            let mut request = self.agent.put(&url);
            for (name, value) in pairs.iter().chain(&more) {
                request = request.header(*name, *value);
            }
            match sent {
                Sent::Bytes(bytes) => request.send(bytes),
                Sent::File(file) => request.send(File::open(file)?),
            }
        })?;
        match response.status() {
            status if status.is_success() => Ok(Stored::Yes),
            StatusCode::PRECONDITION_FAILED | StatusCode::CONFLICT if condition == Condition::Absent => {
                Ok(Stored::Taken)
            }
            _ => Err(reason(response)),
        }
    }

    /// What is at `name`, if anything is.
    ///
    /// # Errors
    /// What the store or the network says, after several tries.
    pub fn get(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let key = format!("{}{name}", self.prefix);
        let read = || {
            let url = match &self.dialect {
                Dialect::S3(bucket, credentials) => {
                    bucket.get_object(Some(credentials), &key).sign(SIGNED_FOR).to_string()
                }
                Dialect::Azure { .. } => self.azure_url(&key),
            };
            self.agent.get(&url).call()
        };
        let mut response = tried(read)?;
        match response.status() {
            StatusCode::OK => response
                .body_mut()
                .with_config()
                .limit(1 << 30)
                .read_to_vec()
                .map(Some)
                .map_err(|error| error.to_string()),
            StatusCode::NOT_FOUND => Ok(None),
            _ => Err(reason(response)),
        }
    }

    /// Removes what is at `name`, if anything is.
    ///
    /// # Errors
    /// What the store or the network says, after several tries.
    pub fn delete(&self, name: &str) -> Result<(), String> {
        let key = format!("{}{name}", self.prefix);
        let response = tried(|| {
            let url = match &self.dialect {
                Dialect::S3(bucket, credentials) => {
                    bucket.delete_object(Some(credentials), &key).sign(SIGNED_FOR).to_string()
                }
                Dialect::Azure { .. } => self.azure_url(&key),
            };
            self.agent.delete(&url).call()
        })?;
        match response.status() {
            status if status.is_success() || status == StatusCode::NOT_FOUND => Ok(()),
            _ => Err(reason(response)),
        }
    }

    /// The name of something that is there, if anything is but what deployments keep there.
    ///
    /// # Errors
    /// What the store or the network says, after several tries.
    pub fn any(&self) -> Result<Option<String>, String> {
        // One may be the lock.
        let listed = self.listed(2, None)?;
        Ok(listed.names.into_iter().find(|name| !name.starts_with(".essai-")))
    }

    /// The names of all that is there.
    ///
    /// # Errors
    /// What the store or the network says, after several tries.
    pub fn names(&self) -> Result<Vec<String>, String> {
        let Listed { mut names, mut next } = self.listed(1000, None)?;
        while let Some(from) = next {
            let listed = self.listed(1000, Some(&from))?;
            names.extend(listed.names);
            next = listed.next.filter(|next| *next != from);
        }
        Ok(names)
    }

    /// At most `longest` of the names that are there: the first, or those from the mark `from` on.
    fn listed(&self, longest: usize, from: Option<&str>) -> Result<Listed, String> {
        let mut response = tried(|| {
            let url = match &self.dialect {
                Dialect::S3(bucket, credentials) => {
                    let mut action = bucket.list_objects_v2(Some(credentials));
                    action.with_prefix(self.prefix.as_str());
                    action.with_max_keys(longest);
                    from.into_iter().for_each(|from| action.with_continuation_token(from));
                    action.sign(SIGNED_FOR).to_string()
                }
                Dialect::Azure { container, signature } => {
                    let marker = utf8_percent_encode(from.unwrap_or_default(), NON_ALPHANUMERIC);
                    let container = container.trim_end_matches('/');
                    format!("{container}?restype=container&comp=list&maxresults={longest}&marker={marker}&{signature}")
                }
            };
            self.agent.get(&url).call()
        })?;
        if !response.status().is_success() {
            return Err(reason(response));
        }
        let text = response.body_mut().with_config().limit(1 << 30).read_to_string();
        let text = text.map_err(|error| error.to_string())?;
        let Listed { names, next } = match &self.dialect {
            Dialect::S3(..) => Listed::of_s3(&text)?,
            Dialect::Azure { .. } => Listed::of_azure(&text),
        };
        let names = names.iter().filter_map(|name| name.strip_prefix(&self.prefix)).map(str::to_owned).collect();
        Ok(Listed { names, next })
    }

    /// The address of what is at `key` of a container, signed.
    fn azure_url(&self, key: &str) -> String {
        match &self.dialect {
            Dialect::Azure { container, signature } => {
                format!("{container}{}?{signature}", utf8_percent_encode(key, NOT_IN_NAME))
            }
            Dialect::S3(..) => String::new(),
        }
    }
}

/// Speaks HTTP; what takes longer than `timeout` to answer is not waited for.
fn agent(timeout: Duration) -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_resolve(Some(timeout.min(Duration::from_secs(10))))
        .timeout_connect(Some(timeout.min(Duration::from_secs(10))))
        .timeout_recv_response(Some(timeout))
        .timeout_per_read(Some(timeout))
        .timeout_per_write(Some(timeout))
        .max_idle_connections_per_host(64)
        .user_agent(concat!("essai/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

/// Makes a request until the store answers it, each time after a longer while. A refusal is an answer.
fn tried(mut request: impl FnMut() -> Result<Response<Body>, ureq::Error>) -> Result<Response<Body>, String> {
    let mut wait = Duration::from_millis(150);
    let mut tries = 1;
    loop {
        let answer = request();
        let is_busy = |status: StatusCode| status.is_server_error() || matches!(status.as_u16(), 408 | 429);
        match answer {
            Ok(response) if !is_busy(response.status()) || tries == TRIES => return Ok(response),
            Err(ureq::Error::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(format!("a file of the site is gone: {error}"));
            }
            Err(error @ (ureq::Error::BadUri(_) | ureq::Error::Http(_))) => {
                return Err(without_query(&error.to_string()));
            }
            Err(error @ ureq::Error::Timeout(_)) if tries == UNANSWERED => {
                return Err(without_query(&error.to_string()));
            }
            Err(error) if tries == TRIES => return Err(without_query(&error.to_string())),
            Ok(_) | Err(_) => {}
        }
        std::thread::sleep(wait);
        wait = (wait * 2).min(Duration::from_secs(10));
        tries += 1;
    }
}

/// Why a store refuses, in its own words.
fn reason(mut response: Response<Body>) -> String {
    let status = response.status();
    let text = response.body_mut().read_to_string().unwrap_or_default();
    let between = |tag: &str| {
        let (_, rest) = text.split_once(&format!("<{tag}>"))?;
        rest.split_once(&format!("</{tag}>")).map(|(text, _)| text.trim().to_owned())
    };
    match (between("Message").or_else(|| between("Code")), status.canonical_reason()) {
        (Some(message), _) => format!("{} ({})", message.lines().next().unwrap_or_default(), status.as_u16()),
        (None, Some(reason)) => format!("{} {reason}", status.as_u16()),
        (None, None) => status.as_u16().to_string(),
    }
}

/// `text` without the query of an address in it, which may hold a signature.
fn without_query(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.split_once('?') {
        Some((address, _)) if address.contains("://") => address,
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_not_repeated() {
        assert_eq!(without_query("bad uri: https://x/y?sig=secret here?"), "bad uri: https://x/y here?");
    }
}
