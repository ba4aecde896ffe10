//! What a page is, for search engines: JSON-LD in the words of schema.org.

use serde_json::{Value, json};

use super::cards::authors;
use super::languages::language;
use super::site::site_title;
use crate::link::{EssayId, Site};
use crate::parse::Date;
use crate::render::address::canonical;
use crate::render::context::{Markup, PageContext};

/// Essay `id`, whose page is `page`, as an article and its way from the front page; nothing without a base address.
pub fn essay(site: &Site, id: EssayId, page: &PageContext) -> Option<Markup> {
    let base_url = site.config.base_url.as_deref()?;
    let essay = &site[id];
    let person = |name: String| json!({ "@type": "Person", "name": name });
    let mut article = json!({
        "@type": "Article",
        "headline": page.title,
        "url": page.url,
        "mainEntityOfPage": page.url,
        "inLanguage": language(site, id),
        "wordCount": essay.words,
        "author": authors(site, id).into_iter().map(person).collect::<Vec<_>>(),
        "isPartOf": { "@type": "WebSite", "name": site_title(site), "url": base_url },
    });
    let published = essay.header.date.as_ref().map(Date::iso);
    let modified = essay.header.updated.as_ref().map(Date::iso).or_else(|| published.clone());
    let optional = [
        ("description", page.description.clone().map(Value::from)),
        ("image", page.image.clone().map(Value::from)),
        ("datePublished", published.map(Value::from)),
        ("dateModified", modified.map(Value::from)),
        ("keywords", (!essay.header.keywords.is_empty()).then(|| json!(essay.header.keywords))),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            article[key] = value;
        }
    }
    let mut way = vec![(site_title(site), base_url.to_owned())];
    if let Some(part) = site.parts[id.index()] {
        let series = &site.series[part.series];
        way.extend(
            series
                .essays
                .first()
                .filter(|first| **first != id)
                .map(|first| (series.name.clone(), canonical(base_url, site.address(*first)))),
        );
    }
    way.push((page.title.clone(), canonical(base_url, site.address(id))));
    let step = |(position, (name, url)): (usize, (String, String))| json!({ "@type": "ListItem", "position": position + 1, "name": name, "item": url });
    let way = json!({
        "@type": "BreadcrumbList",
        "itemListElement": way.into_iter().enumerate().map(step).collect::<Vec<_>>(),
    });
    Some(script(&json!({ "@context": "https://schema.org", "@graph": [article, way] })))
}

/// The front page as a site; nothing without a base address.
pub fn front(site: &Site) -> Option<Markup> {
    let base_url = site.config.base_url.as_deref()?;
    let mut web_site = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site_title(site),
        "url": base_url,
        "inLanguage": site.config.language,
    });
    if let Some(description) = &site.config.description {
        web_site["description"] = json!(description);
    }
    Some(script(&web_site))
}

/// `value` as the text of a script: nothing in it can end that.
fn script(value: &Value) -> Markup {
    Markup(value.to_string().replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script() {
        assert_eq!(script(&json!("</script>")).0, "\"\\u003c/script>\"");
    }
}
