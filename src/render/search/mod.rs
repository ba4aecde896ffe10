//! The index by which readers search the site, in chunks, of which a search loads a few.
//!
//! `search-index/index.js` says what there is. `terms-N.js` holds words in alphabetical order, a line each, with the
//! essays that they are in; `essays-N.js` holds what the results show. Each is a script that calls `essaiSearch` with its
//! name and what it holds, so that a page on disk can load it too.

mod dictionary;
mod letters;
mod postings;
mod terms;
mod vocabulary;
mod word;
mod words;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;
use xxhash_rust::xxh3::Xxh3;

use self::terms::{Terms, terms};
use crate::link::{EssayId, Site};
use crate::read::SitePath;
use crate::render::pages::languages::language;

/// Essays in a chunk, about: what is shown of them is some 300 bytes each.
const ESSAYS_A_CHUNK: usize = 40;

/// A file of the index.
#[derive(Debug)]
pub struct Chunk {
    /// Where it goes.
    pub address: SitePath,
    /// A script.
    pub text: String,
}

/// The index of the essays that are listed: by address, so that it changes little with the site.
pub fn index(site: &Site) -> Vec<Chunk> {
    let count = site.newest.len().div_ceil(ESSAYS_A_CHUNK).max(1);
    let mut shelves: Vec<Vec<(String, EssayId)>> = vec![Vec::new(); count];
    for id in &site.newest {
        let address = site.address(*id).encoded();
        let shelf = fnv(&address) as usize % count;
        shelves[shelf].push((address, *id));
    }
    let mut starts = Vec::with_capacity(count);
    let mut essays: Vec<EssayId> = Vec::with_capacity(site.newest.len());
    for shelf in &mut shelves {
        shelf.sort();
        starts.push(essays.len());
        essays.extend(shelf.iter().map(|(_, id)| *id));
    }
    let Terms { firsts, mut chunks } = terms(site, &essays);
    let shown = shelves.par_iter().enumerate().map(|(number, shelf)| {
        let essays: Vec<_> = shelf.iter().map(|(address, id)| shown(site, *id, address)).collect();
        chunk(&format!("essays-{number}"), &essays)
    });
    chunks.extend(shown.flatten().collect::<Vec<_>>());
    let mut hasher = Xxh3::new();
    chunks.iter().for_each(|chunk| hasher.update(chunk.text.as_bytes()));
    let version = format!("{:08x}", hasher.digest() >> 32);
    let root = json!({ "version": version, "essays": essays.len(), "starts": starts, "terms": firsts });
    chunks.extend(chunk("index", &root));
    chunks
}

/// The chunk `name` that holds `value`.
fn chunk(name: &str, value: &impl Serialize) -> Option<Chunk> {
    let address = SitePath::new(&format!("search-index/{name}.js"))?;
    let value = serde_json::to_string(value).ok()?;
    // With no room to spare: there are many, and they wait until they are written.
    let parts = ["essaiSearch(\"", name, "\",", &value, ");\n"];
    Some(Chunk { address, text: parts.concat() })
}

/// What results show of essay `id`: address, title, description, date, and its headings with their ids.
fn shown<'a>(site: &'a Site, id: EssayId, address: &'a str) -> impl Serialize + use<'a> {
    let essay = &site[id];
    let description = essay.header.description.as_ref().unwrap_or(&essay.excerpt);
    let phrases = || site.config.phrases.of(language(site, id));
    let date = essay.header.date.as_ref().map(|date| date.text(phrases()));
    let headings: Vec<_> = essay.headings.iter().map(|heading| (&heading.id, &heading.title.text)).collect();
    (address, &essay.title.text, description, date.unwrap_or_default(), headings)
}

/// The FNV-1a hash of `text`, which is ASCII, as the script counts it.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        let check = |text: &str, expected: u32| assert_eq!(fnv(text), expected);
        check("", 0x811c_9dc5);
        check("a", 0xe40c_292c);
        check("foobar", 0xbf9c_f968);
    }
}
