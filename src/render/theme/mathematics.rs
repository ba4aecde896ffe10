//! The style and the font of mathematics.

use crate::link::names::is_external;
use crate::link::{EssayId, Mathematics, Site, Target};
use crate::parse::math;
use crate::read::MathFont;
use crate::render::address::{UrlStyle, rooted};

/// What the page of essay `id` must load for its formulas: the address of the style, and that of the font if the site
/// has one; nothing if it has no formulas.
pub fn addresses(site: &Site, id: EssayId) -> (Option<String>, Option<String>) {
    let Some(mathematics) = site.mathematics.as_ref().filter(|_| site[id].has_mathematics) else {
        return (None, None);
    };
    let font = match (&mathematics.font, &site.math_font) {
        (Some(font), _) => Some(rooted(&font.address)),
        (None, Some(Target::File { address, suffix })) => Some(rooted(address) + suffix),
        (None, _) => None,
    };
    (Some(rooted(&mathematics.style)), font)
}

/// The style of formulas, with the font that they are set in.
pub fn style(site: &Site, mathematics: &Mathematics) -> String {
    let page = &mathematics.style;
    let own = || UrlStyle::Relative(page).target(site, page, site.math_font.as_ref()?);
    let url = match (&mathematics.font, &site.config.math_font) {
        (Some(font), _) => Some(page.relative_to(&font.address)),
        (None, MathFont::File { link, .. }) => own().or_else(|| Some(link.clone()).filter(|link| is_external(link))),
        (None, MathFont::BuiltIn | MathFont::Reader) => None,
    };
    let mut style = math::STYLE.to_owned();
    style.extend(mathematics.classes.iter().filter_map(|class| math::rule(class)));
    let Some(url) = url else { return style };
    // In a string of CSS these would end it.
    let url = url.replace(['"', '\\', '\n'], "");
    format!(
        "@font-face {{ font-family: \"Mathematics\"; src: url(\"{url}\"); font-display: block; }}\n\
         math {{ font-family: \"Mathematics\", math; }}\n{style}"
    )
}

/// The font with the characters of all formulas; `None` if there is none to make.
#[cfg(feature = "fonts")]
pub fn font(mathematics: &Mathematics) -> Option<Vec<u8>> {
    super::fonts::math_font(&mathematics.font.as_ref()?.characters).ok()
}

/// The font with the characters of all formulas: none comes with this binary.
#[cfg(not(feature = "fonts"))]
pub fn font(_: &Mathematics) -> Option<Vec<u8>> {
    None
}
