#![allow(clippy::unwrap_used)]

use std::fs;

use super::*;
use crate::parse;
use crate::read::Source;

fn made(root: &Path, essays: &[(&str, &str)], before: Option<&SocialCards>) -> SocialCards {
    let source = |(path, text): &(&str, &str)| Source::new(SitePath::new(path).unwrap(), *text);
    let config = Config { title: Some("Seeing & being".to_owned()), ..Config::default() };
    let essays: Vec<_> = essays.iter().map(|essay| source(essay).into()).collect();
    let essays = parse::parse(essays, &parse::ParseConfig::of(&config), parse::Memory::Kept(None)).essays;
    let found = cards(root, &config, &essays, before);
    assert_eq!(found.diagnostics, []);
    found.value
}

#[test]
fn a_card_is_drawn_once() {
    let root = tempfile::tempdir().unwrap();
    let lens = "title: The lens & the <eye\nauthor: Ada\ndate: 2024-02-03\n\nText.\n";
    let first = made(root.path(), &[("a/lens.md", lens)], None);
    let card = &first.0[&SitePath::new("a/lens.md").unwrap()];
    assert!(card.address.as_str().starts_with("cards/a/lens-") && card.address.as_str().ends_with(".png"), "{card:?}");
    let bytes = fs::read(&card.file).unwrap();
    assert_eq!(PictureSize::of_bytes(&bytes, "png"), Some(CARD_SIZE));
    assert!(bytes.len() < 60_000, "{} bytes", bytes.len());

    let time = fs::metadata(&card.file).unwrap().modified().unwrap();
    for before in [None, Some(&first)] {
        assert_eq!(made(root.path(), &[("a/lens.md", lens)], before), first);
        assert_eq!(fs::metadata(&card.file).unwrap().modified().unwrap(), time);
    }
    fs::write(&card.file, &bytes[..100]).unwrap();
    assert_eq!(made(root.path(), &[("a/lens.md", lens)], None), first);
    assert_eq!(fs::read(&card.file).unwrap(), bytes, "the same bytes again");
    let other = made(root.path(), &[("a/lens.md", &lens.replace("lens", "prism"))], Some(&first));
    assert_ne!(other, first);
}

#[test]
fn an_essay_with_a_picture_or_other_letters_has_none() {
    let root = tempfile::tempdir().unwrap();
    let essays = [
        ("a.md", "title: A\nimage: x.png\n\nText.\n"),
        ("b.md", "title: مقالة\n\nText.\n"),
        ("c.md", "title: 文章\n\nText.\n"),
        ("d.md", "title: «Привет», εἰρήνη 🎉\n\nText.\n"),
        ("e.md", "title: מאמר\n\nText.\n"),
        ("f.md", "title: \"!?\"\n\nText.\n"),
    ];
    let cards = made(root.path(), &essays, None);
    let paths: Vec<&str> = cards.0.keys().map(SitePath::as_str).collect();
    assert_eq!(paths, ["d.md", "e.md"]);
}

#[test]
fn no_title_is_too_long() {
    let root = tempfile::tempdir().unwrap();
    let painter = Painter::new();
    for title in ["x".repeat(500), "long ".repeat(100), "a".to_owned()] {
        let wording = Wording { title, site: "y".repeat(200), byline: String::new(), accent: "red".to_owned() };
        let bytes = painter.draw(&wording).unwrap();
        fs::write(root.path().join("x.png"), &bytes).unwrap();
        let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
        assert_eq!(picture.get_pixel(600, 7).0, [255, 0, 0]);
        let edge = (0..630).map(|y| picture.get_pixel(1199, y).0).filter(|pixel| *pixel == [0xfd, 0xfc, 0xf9]);
        assert_eq!(edge.count(), 630 - 14, "nothing runs over the edge");
    }
}
