//! What was made of pictures, on disk.
//!
//! For each picture a record, `<key>.txt`, and beside it the files of its variants, `<key>-480.webp`. The record's first
//! line is a checksum of the others; each of these is a variant: width, format, bytes, checksum. A record or a file that is
//! not as it should be is as good as none.

use std::collections::HashSet;
use std::fs::{self, DirEntry};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::make::Encoded;
use crate::read::{ImagesConfig, PictureFormat};

/// Changes whenever the same picture and settings would yield other bytes than before.
const VERSION: u32 = 1;

/// Bytes that files may take which the last build had no use for.
const MOST_UNUSED: u64 = 256 * 1024 * 1024;

/// What a picture is remembered by: a hash of its content and of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(u128);

impl Key {
    /// The key of a picture whose content has the hash `content`.
    pub fn new(content: u128, config: &ImagesConfig) -> Self {
        let ImagesConfig { widths, formats, quality, sizes: _ } = config;
        let mut hash = Xxh3::new();
        hash.update(&content.to_le_bytes());
        hash.update(format!("{VERSION} {widths:?} {formats:?} {quality}").as_bytes());
        Self(hash.digest128())
    }

    /// The key of what is made of `text` alone.
    pub fn of_text(text: &str) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(text.as_bytes()))
    }

    /// Eight digits for the names of files.
    pub fn digits(self) -> String {
        format!("{:08x}", self.0 >> 96)
    }
}

/// A variant as it is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Width in pixels.
    pub width: u32,
    /// What its file is.
    pub format: PictureFormat,
    length: u64,
    checksum: u64,
}

/// The folder.
#[derive(Debug)]
pub struct Memory {
    folder: PathBuf,
}

impl Memory {
    /// The memory in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// The file of a variant.
    pub fn file(&self, key: Key, entry: &Entry) -> PathBuf {
        self.folder.join(format!("{:032x}-{}.{}", key.0, entry.width, entry.format.extension()))
    }

    /// Whether `file` is that of a variant of `key`, and there.
    pub fn holds(&self, key: Key, file: &Path) -> bool {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&format!("{:032x}", key.0)) && file.parent() == Some(&self.folder) && file.is_file()
    }

    fn record(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{:032x}.txt", key.0))
    }

    /// The variants of a picture that was made before, every byte of them as it was.
    pub fn recall(&self, key: Key) -> Option<Vec<Entry>> {
        let entries = parse(&fs::read_to_string(self.record(key)).ok()?)?;
        let is_whole = |entry: &Entry| {
            fs::read(self.file(key, entry))
                .is_ok_and(|bytes| bytes.len() as u64 == entry.length && xxh3_64(&bytes) == entry.checksum)
        };
        entries.iter().all(is_whole).then_some(entries)
    }

    /// Remembers the variants of a picture.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn keep(&self, key: Key, variants: &[Encoded]) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::with_capacity(variants.len());
        for Encoded { width, format, bytes } in variants {
            let entry = Entry { width: *width, format: *format, length: bytes.len() as u64, checksum: xxh3_64(bytes) };
            put(&self.folder, &self.file(key, &entry), bytes)?;
            entries.push(entry);
        }
        put(&self.folder, &self.record(key), text(&entries).as_bytes())?;
        Ok(entries)
    }

    /// Removes the oldest files that belong to none of `used`, as far as they are too many. What cannot be removed
    /// stays.
    pub fn sweep(&self, used: impl Iterator<Item = Key>) {
        let used: HashSet<String> = used.map(|key| format!("{:032x}", key.0)).collect();
        let unused = |entry: DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let key = name.split(['-', '.']).next().unwrap_or_default();
            let metadata = entry.metadata().ok().filter(|_| !used.contains(key) && name != super::stamps::NAME)?;
            Some((metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), metadata.len(), entry.path()))
        };
        let Ok(files) = fs::read_dir(&self.folder) else { return };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = files.filter_map(Result::ok).filter_map(unused).collect();
        files.sort();
        let mut bytes: u64 = files.iter().map(|(_, length, _)| length).sum();
        for (_, length, path) in files {
            if bytes <= MOST_UNUSED {
                return;
            }
            let _ = fs::remove_file(path);
            bytes -= length;
        }
    }
}

/// Puts `bytes` at `file` in `folder`, whole or not at all.
///
/// # Errors
/// Whatever the file system says.
pub fn put(folder: &Path, file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.persist(file)?;
    Ok(())
}

fn text(entries: &[Entry]) -> String {
    let line = |Entry { width, format, length, checksum }: &Entry| {
        format!("{width} {} {length} {checksum:016x}\n", format.extension())
    };
    sealed(&entries.iter().map(line).collect::<String>())
}

fn parse(text: &str) -> Option<Vec<Entry>> {
    let entry = |line: &str| {
        let mut parts = line.split(' ');
        Some(Entry {
            width: parts.next()?.parse().ok()?,
            format: PictureFormat::of_extension(parts.next()?)?,
            length: parts.next()?.parse().ok()?,
            checksum: u64::from_str_radix(parts.next()?, 16).ok()?,
        })
    };
    unsealed(text)?.lines().map(entry).collect()
}

/// `text` under a line that holds its checksum.
pub fn sealed(text: &str) -> String {
    format!("{:016x}\n{text}", xxh3_64(text.as_bytes()))
}

/// The text of [`sealed`], if it is as it was.
pub fn unsealed(text: &str) -> Option<&str> {
    let (seal, text) = text.split_once('\n')?;
    (u64::from_str_radix(seal, 16).ok()? == xxh3_64(text.as_bytes())).then_some(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_damaged_entry_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::open(folder.path()).unwrap();
        let key = Key::new(7, &ImagesConfig::default());
        assert_eq!(memory.recall(key), None);
        let variant = |width| Encoded { width, format: PictureFormat::Webp, bytes: vec![width as u8; 99] };
        let kept = memory.keep(key, &[variant(1), variant(2)]).unwrap();
        assert_eq!(memory.recall(key).as_ref(), Some(&kept));

        let (record, file) = (memory.record(key), memory.file(key, &kept[1]));
        for path in [record, file] {
            let whole = fs::read(&path).unwrap();
            let mut turned = whole.clone();
            *turned.last_mut().unwrap() ^= 1;
            for bytes in [&whole[..whole.len() - 1], &turned, &[]] {
                fs::write(&path, bytes).unwrap();
                assert_eq!(memory.recall(key), None, "{path:?}");
            }
            fs::write(&path, &whole).unwrap();
            assert_eq!(memory.recall(key).as_ref(), Some(&kept));
        }
    }

    #[test]
    fn settings_are_part_of_the_key() {
        let plain = ImagesConfig::default();
        let key = |config: &ImagesConfig| Key::new(7, config);
        assert_ne!(key(&plain), Key::new(8, &plain));
        assert_ne!(key(&plain), key(&ImagesConfig { quality: 1, ..plain.clone() }));
        assert_ne!(key(&plain), key(&ImagesConfig { widths: vec![480], ..plain.clone() }));
        assert_eq!(key(&plain), key(&ImagesConfig { sizes: "1px".to_owned(), ..plain.clone() }));
        assert_eq!(Key(0x12).digits(), "00000000");
    }
}
