//! The manual page: all commands with their flags on one page.

use std::io;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use crate::cli::Arguments;

/// The page as `man` reads it.
pub fn page() -> Vec<u8> {
    let mut page = Vec::new();
    // Writing into memory does not fail.
    let _ = write(&mut page);
    page
}

fn write(page: &mut Vec<u8>) -> io::Result<()> {
    let command = Arguments::command();
    let man = Man::new(command.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    for command in command.get_subcommands() {
        section(command, "essai", page)?;
    }
    let mut extra = Vec::new();
    man.render_extra_section(&mut extra)?;
    let lines = String::from_utf8_lossy(&extra).replacen(".SH EXTRA", ".SH EXAMPLES\n.nf", 1);
    page.extend_from_slice(format!("{lines}.fi\n").as_bytes());
    man.render_version_section(page)
}

/// Adds what there is to say of `command`, which is typed after `before`, and then of the commands in it. Flags that every
/// command has are not repeated.
fn section(command: &Command, before: &str, page: &mut Vec<u8>) -> io::Result<()> {
    let name = format!("{before} {}", command.get_name());
    let man = Man::new(command.clone().bin_name(&name).disable_help_flag(true).disable_help_subcommand(true));
    let mut text = Vec::new();
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    if command.get_arguments().next().is_some() {
        man.render_options_section(&mut text)?;
    }
    let text = String::from_utf8_lossy(&text).replacen(".SH SYNOPSIS\n", "", 1);
    let text = text.replacen(".SH DESCRIPTION\n", ".PP\n", 1).replacen(".SH OPTIONS\n", "", 1);
    page.extend_from_slice(format!(".SH \"{}\"\n{text}", name.to_uppercase()).as_bytes());
    command.get_subcommands().try_for_each(|inner| section(inner, &name, page))
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn the_page_has_every_command_with_its_flags_and_names_no_other_page() {
        let page = String::from_utf8_lossy(&page()).into_owned();
        for part in
            [".SH \"ESSAI BUILD\"", ".SH \"ESSAI THEME EJECT\"", "\\-\\-keep\\-going", "\\-\\-break\\-lock", "\n.nf\n"]
        {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("(1)"));
        assert_eq!(page.matches("\\-\\-message\\-format\\fR \\fI").count(), 1);
    }
}
