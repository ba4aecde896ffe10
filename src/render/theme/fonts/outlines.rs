//! Outlines: a CFF table with those of some glyphs.
//!
//! The table is written anew, without the names of glyphs, which browsers don't read: as a CID-keyed font, whose glyphs
//! have numbers instead. Subroutines that no outline calls any more are emptied and keep their numbers.

use std::cell::Cell;

use write_fonts::read::model::Error as PostScriptError;
use write_fonts::read::ps::cff::dict::{self, Entry};
use write_fonts::read::ps::cff::index::Index;
use write_fonts::read::ps::charstring::{self, CharstringContext, CharstringKind, NullSink};
use write_fonts::read::tables::cff::Cff;
use write_fonts::read::types::GlyphId;
use write_fonts::read::{FontData, FontRead};

use super::{Accents, FontError, Numbering};

/// The outline of an empty glyph: `endchar`.
const EMPTY: &[u8] = &[14];

/// Operators of dictionaries; those after an escape have 12 as their high byte.
mod operator {
    pub const NOTICE: u16 = 1;
    pub const FONT_BOX: u16 = 5;
    pub const CHARSET: u16 = 15;
    pub const OUTLINES: u16 = 17;
    pub const PRIVATE: u16 = 18;
    pub const SUBROUTINES: u16 = 19;
    pub const MATRIX: u16 = 0x0c07;
    pub const REGISTRY: u16 = 0x0c1e;
    pub const CID_COUNT: u16 = 0x0c22;
    pub const DICTIONARIES: u16 = 0x0c24;
    pub const DICTIONARY_OF: u16 = 0x0c25;
}

/// The parts of a CFF table that matter.
struct Parts<'a> {
    name: &'a [u8],
    /// The name of the licence or of its holder.
    notice: &'a [u8],
    top: &'a [u8],
    outlines: Index<'a>,
    global: Index<'a>,
    private: &'a [u8],
    local: Index<'a>,
}

/// The CFF table with the outlines that `numbering` keeps, those of `accents` as they are there.
///
/// # Errors
/// If `table` cannot be read, is CID-keyed, or an outline is made of other glyphs by the obsolete `seac`.
pub fn keep(table: &[u8], numbering: &Numbering, accents: &Accents) -> Result<Vec<u8>, FontError> {
    let parts = parts(table)?;
    let calls = Calls { global: Subroutines::new(&parts.global), local: Subroutines::new(&parts.local) };
    let outline = |glyph: Option<GlyphId>| {
        let Some(glyph) = glyph else { return Ok(EMPTY) };
        if let Some(accent) = accents.get(&glyph) {
            return Ok(&accent.outline);
        }
        let missing = || FontError::new("an outline is missing");
        let outline = parts.outlines.get(glyph.to_u32() as usize).ok_or_else(missing)?;
        charstring::evaluate(&calls, None, outline, &mut NullSink).map_err(FontError::new)?;
        Ok(outline)
    };
    let outlines: Vec<&[u8]> = numbering.glyphs().map(outline).collect::<Result<_, FontError>>()?;
    write(&parts, outlines.len(), &write_index(&outlines)?, &calls.global.write()?, &calls.local.write()?)
}

/// Finds the parts of `table`.
fn parts(table: &[u8]) -> Result<Parts<'_>, FontError> {
    let missing = || FontError::new("a part of the CFF table is missing");
    let cff = Cff::read(FontData::new(table))?;
    let top = cff.top_dicts().get(0).ok_or_else(missing)?;
    let (mut outlines, mut private, mut notice, mut subroutines) = (None, None, None, None);
    for entry in dict::entries(top, None) {
        match entry.map_err(FontError::new)? {
            Entry::CharstringsOffset(offset) => outlines = Some(offset),
            Entry::PrivateDictRange(range) => private = Some(range),
            Entry::Notice(string) | Entry::Copyright(string) => notice = cff.string(string),
            Entry::Ros { .. } => return Err(FontError::new("the font is CID-keyed")),
            _ => {}
        }
    }
    let private = private.ok_or_else(missing)?;
    let private_dictionary = table.get(private.clone()).ok_or_else(missing)?;
    for entry in dict::entries(private_dictionary, None) {
        if let Entry::SubrsOffset(offset) = entry.map_err(FontError::new)? {
            subroutines = Some(private.start + offset);
        }
    }
    let index = |offset: Option<usize>| match offset {
        Some(offset) => Index::new(table.get(offset..).ok_or_else(missing)?, false).map_err(FontError::new),
        None => Ok(Index::Empty),
    };
    Ok(Parts {
        name: cff.name(0).ok_or_else(missing)?,
        notice: notice.unwrap_or_default(),
        top,
        outlines: index(Some(outlines.ok_or_else(missing)?))?,
        global: Index::Format1(cff.global_subrs()),
        private: private_dictionary,
        local: index(subroutines)?,
    })
}

/// Notes which subroutines an outline calls while it is evaluated.
struct Calls<'a> {
    global: Subroutines<'a>,
    local: Subroutines<'a>,
}

/// Subroutines, and for each whether an outline has called it.
struct Subroutines<'a> {
    index: &'a Index<'a>,
    called: Vec<Cell<bool>>,
}

impl<'a> Subroutines<'a> {
    fn new(index: &'a Index<'a>) -> Self {
        Self { index, called: vec![Cell::new(false); index.count() as usize] }
    }

    /// The one that an outline calls `number`.
    fn call(&self, number: i32) -> Result<&[u8], PostScriptError> {
        let number = usize::try_from(number.saturating_add(self.index.subr_bias())).ok();
        let number = number.filter(|number| *number < self.called.len()).ok_or(PostScriptError::Malformed)?;
        self.called[number].set(true);
        self.index.get(number).ok_or(PostScriptError::Malformed)
    }

    /// All of them as an INDEX, those that are not called emptied.
    fn write(&self) -> Result<Vec<u8>, FontError> {
        let kept = |(number, called): (usize, &Cell<bool>)| called.get().then(|| self.index.get(number)).flatten();
        let subroutines = self.called.iter().enumerate().map(|called| kept(called).unwrap_or_default());
        write_index(&subroutines.collect::<Vec<_>>())
    }
}

impl CharstringContext for Calls<'_> {
    fn kind(&self) -> CharstringKind {
        CharstringKind::Type2
    }

    fn seac_components(&self, _base_code: i32, _accent_code: i32) -> Result<[&[u8]; 2], PostScriptError> {
        Err(PostScriptError::InvalidOperation)
    }

    fn global_subr(&self, index: i32) -> Result<&[u8], PostScriptError> {
        self.global.call(index)
    }

    fn subr(&self, index: i32) -> Result<&[u8], PostScriptError> {
        self.local.call(index)
    }
}

/// Puts a table together of `parts`, with these outlines and subroutines.
fn write(parts: &Parts<'_>, count: usize, outlines: &[u8], global: &[u8], local: &[u8]) -> Result<Vec<u8>, FontError> {
    /// The strings that every CFF font has; its own are numbered from here.
    const STANDARD_STRINGS: i32 = 391;
    const NOTICE: i32 = STANDARD_STRINGS + 2;
    let last = u16::try_from(count.saturating_sub(1)).map_err(FontError::new)?;
    let strings = write_index(&[b"Adobe", b"Identity", parts.notice])?;
    // One range: glyph n is CID n. Then one range: all glyphs have the first dictionary.
    let charset = [&[2], &1u16.to_be_bytes()[..], &last.saturating_sub(1).to_be_bytes()].concat();
    let dictionary_of = [&[3, 0, 1, 0, 0, 0][..], &(last + 1).to_be_bytes()].concat();
    let private = private(parts.private)?;
    let dictionary =
        |at: usize| write_index(&[&entry(operator::PRIVATE, &[integer(private.len())?, integer(at)?].concat())]);

    let top = |at: Places| -> Result<Vec<u8>, FontError> {
        let registry = [number(STANDARD_STRINGS), number(STANDARD_STRINGS + 1), number(0)].concat();
        let mut top = entry(operator::REGISTRY, &registry);
        top.extend(entry(operator::NOTICE, &number(NOTICE)));
        for (operator, operands) in entries(parts.top)? {
            if operator == operator::FONT_BOX || operator == operator::MATRIX {
                top.extend(entry(operator, operands));
            }
        }
        top.extend(entry(operator::CID_COUNT, &integer(count)?));
        top.extend(entry(operator::CHARSET, &integer(at.charset)?));
        top.extend(entry(operator::DICTIONARY_OF, &integer(at.dictionary_of)?));
        top.extend(entry(operator::OUTLINES, &integer(at.outlines)?));
        top.extend(entry(operator::DICTIONARIES, &integer(at.dictionaries)?));
        write_index(&[&top])
    };
    let header = [&[1, 0, 4, 4][..], &write_index(&[parts.name])?].concat();
    // Offsets are written in full length, so what they are doesn't move anything.
    let charset_at = header.len() + top(Places::default())?.len() + strings.len() + global.len();
    let dictionary_of_at = charset_at + charset.len();
    let outlines_at = dictionary_of_at + dictionary_of.len();
    let dictionaries_at = outlines_at + outlines.len();
    let private_at = dictionaries_at + dictionary(0)?.len();
    let places = Places {
        charset: charset_at,
        dictionary_of: dictionary_of_at,
        outlines: outlines_at,
        dictionaries: dictionaries_at,
    };
    let top = top(places)?;
    let dictionary = dictionary(private_at)?;
    Ok([&header, &top, &strings, global, &charset, &dictionary_of, outlines, &dictionary, &private, local].concat())
}

/// Where parts stand, in bytes from the start of the table.
#[derive(Debug, Clone, Copy, Default)]
struct Places {
    charset: usize,
    dictionary_of: usize,
    outlines: usize,
    dictionaries: usize,
}

/// The private dictionary, which says that its subroutines follow it.
fn private(dictionary: &[u8]) -> Result<Vec<u8>, FontError> {
    let mut private = Vec::with_capacity(dictionary.len() + 6);
    for (operator, operands) in entries(dictionary)? {
        if operator != operator::SUBROUTINES {
            private.extend(entry(operator, operands));
        }
    }
    let length = private.len() + entry(operator::SUBROUTINES, &integer(0)?).len();
    private.extend(entry(operator::SUBROUTINES, &integer(length)?));
    Ok(private)
}

/// The operators of a dictionary with the bytes of their operands.
fn entries(dictionary: &[u8]) -> Result<Vec<(u16, &[u8])>, FontError> {
    let short = || FontError::new("a dictionary ends early");
    let mut entries = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = dictionary.get(at) {
        let length = match byte {
            0..=11 | 13..=21 => {
                entries.push((u16::from(*byte), &dictionary[start..at]));
                start = at + 1;
                1
            }
            12 => {
                let second = dictionary.get(at + 1).ok_or_else(short)?;
                entries.push((u16::from_be_bytes([12, *second]), &dictionary[start..at]));
                start = at + 2;
                2
            }
            28 => 3,
            29 => 5,
            // Digits, two a byte, to the first that is 15.
            30 => 2 + dictionary[at + 1..].iter().position(|digits| digits & 15 == 15).ok_or_else(short)?,
            247..=254 => 2,
            _ => 1,
        };
        at += length;
    }
    Ok(entries)
}

/// An operator after its operands.
fn entry(operator: u16, operands: &[u8]) -> Vec<u8> {
    let operator = operator.to_be_bytes();
    [operands, if operator[0] == 0 { &operator[1..] } else { &operator }].concat()
}

/// A number of a dictionary in five bytes.
fn number(number: i32) -> Vec<u8> {
    [&[29][..], &number.to_be_bytes()].concat()
}

/// A length or an offset in five bytes.
fn integer(integer: usize) -> Result<Vec<u8>, FontError> {
    Ok(number(i32::try_from(integer).map_err(FontError::new)?))
}

/// The items as an INDEX.
fn write_index(items: &[&[u8]]) -> Result<Vec<u8>, FontError> {
    let mut index = u16::try_from(items.len()).map_err(FontError::new)?.to_be_bytes().to_vec();
    if items.is_empty() {
        return Ok(index);
    }
    let length: usize = items.iter().map(|item| item.len()).sum();
    let end = u32::try_from(length + 1).map_err(FontError::new)?;
    // Bytes of an offset: as many as the last one needs.
    let size = 4 - end.leading_zeros() as usize / 8;
    index.push(size as u8);
    let mut offset: u32 = 1;
    for end in std::iter::once(0).chain(items.iter().map(|item| item.len() as u32)) {
        offset += end;
        index.extend_from_slice(&offset.to_be_bytes()[4 - size..]);
    }
    for item in items {
        index.extend_from_slice(item);
    }
    Ok(index)
}
