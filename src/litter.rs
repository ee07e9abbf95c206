//! Files that systems and programs leave in every folder they open: no work of a person.
//!
//! Takes the name of a file or a folder; says whether a system, an editor or an office program
//! leaves files of this name. What reads sources, replaces a built site or checks a copy asks here.
//! Never looks at a file.
//!
//! Among sources such a file is passed over whatever its name. Among pages one that a browser would
//! show or a system run is no litter: anybody could have put it there, and a reader could open it.

/// Whole names of files, in lower case: some systems write them with capitals.
const FILES: [&str; 18] = [
    // macOS
    ".ds_store",
    ".localized",
    ".apdisk",
    ".volumeicon.icns",
    ".com.apple.timemachine.donotpresent",
    "icon\r",
    // Windows
    "thumbs.db",
    "thumbs.db:encryptable",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "desktop.ini",
    // Desktops of Linux
    ".directory",
    // Programs that keep folders in step
    ".dropbox",
    ".dropbox.attr",
    ".sync.ffs_db",
    ".owncloudsync.log",
    // Vim, which tries whether it can write in a folder
    "4913",
    ".4913",
];

/// Whole names of folders, in lower case.
const FOLDERS: [&str; 17] = [
    // macOS, and zips that were made there
    "__macosx",
    ".appledouble",
    ".appledb",
    ".appledesktop",
    ".spotlight-v100",
    ".fseventsd",
    ".trashes",
    ".temporaryitems",
    ".documentrevisions-v100",
    ".pkinstallsandboxmanager",
    // Windows
    "$recycle.bin",
    "system volume information",
    // Servers and desktops
    "@eadir",
    "#recycle",
    "lost+found",
    ".stfolder",
    ".dropbox.cache",
];

/// Endings of files that a browser shows or plays, or that a system runs.
const SHOWN: [&str; 81] = [
    // Pages and what they load
    ".html",
    ".htm",
    ".xhtml",
    ".xht",
    ".shtml",
    ".mhtml",
    ".mht",
    ".xml",
    ".xsl",
    ".js",
    ".mjs",
    ".css",
    ".pdf",
    ".wasm",
    // Texts
    ".txt",
    ".json",
    ".csv",
    ".log",
    // Pictures
    ".svg",
    ".svgz",
    ".png",
    ".apng",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".avif",
    ".bmp",
    ".ico",
    ".tif",
    ".tiff",
    // Films and sounds
    ".mp4",
    ".m4v",
    ".webm",
    ".ogv",
    ".mov",
    ".avi",
    ".mkv",
    ".mp3",
    ".m4a",
    ".aac",
    ".ogg",
    ".oga",
    ".opus",
    ".wav",
    ".flac",
    // Programs
    ".exe",
    ".com",
    ".bat",
    ".cmd",
    ".msi",
    ".scr",
    ".pif",
    ".cpl",
    ".dll",
    ".ps1",
    ".vbs",
    ".vbe",
    ".jse",
    ".wsf",
    ".wsh",
    ".hta",
    ".lnk",
    ".url",
    ".reg",
    ".jar",
    ".sh",
    ".bash",
    ".py",
    ".pl",
    ".rb",
    ".php",
    ".app",
    ".command",
    ".desktop",
    ".appimage",
    ".run",
    ".dmg",
    ".pkg",
    ".deb",
    ".rpm",
];

/// Returns whether a file of this name is left by a system, an editor or an office program.
pub fn is_litter(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let within = |before: &str, after: &str| {
        lower.len() > before.len() + after.len() && lower.starts_with(before) && lower.ends_with(after)
    };
    FILES.contains(&lower.as_str())
        // What macOS keeps of a file on a disk of another kind.
        || within("._", "")
        // Who has a file open: Word and Excel, LibreOffice, Emacs.
        || within("~$", "")
        || within(".~lock.", "#")
        || within(".#", "")
        // Unfinished and older forms of a file: office programs, editors, network disks.
        || within("~", ".tmp")
        || within("#", "#")
        || within("", "~")
        || [".swp", ".swo", ".swx"].iter().any(|ending| within(".", ending))
        || within(".nfs", "")
        || within(".fuse_hidden", "")
}

/// Returns whether a browser shows or a system runs a file of this name, or of the name that it is
/// an older form of.
pub fn is_shown(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let name = lower.trim_end_matches('~');
    SHOWN.iter().any(|ending| name.ends_with(ending))
}

/// Returns whether a folder of this name is made by a system, whatever is in it.
pub fn is_litter_folder(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let trash = lower.strip_prefix(".trash-").is_some_and(|user| user.bytes().all(|byte| byte.is_ascii_digit()));
    trash || FOLDERS.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::{is_litter, is_litter_folder, is_shown};

    #[test]
    fn what_people_write_is_no_litter() {
        for name in [
            "",
            "~",
            "._",
            "#",
            "##",
            "paper.md",
            "desktop.md",
            "thumbs.png",
            "index.html",
            "a~b.md",
            "$x",
            ".htaccess",
        ] {
            assert!(!is_litter(name) && !is_litter_folder(name), "{name}");
        }
    }

    #[test]
    fn a_browser_shows_a_file_by_the_ending_of_its_name() {
        for name in [
            "~$START.html",
            "._a.HTM",
            "a.html~",
            "a.svg~~",
            "~$x.xhtml",
            ".#a.pdf",
            "._a.mjs",
            "._a.css",
            "._a.png",
            "~$a.exe",
            "~$a.txt",
        ] {
            assert!(is_litter(name) && is_shown(name), "{name}");
        }
        for name in [".DS_Store", "Thumbs.db", "~$letter.docx", "paper.md~", "#paper.html#", ".paper.html.swp", "html"]
        {
            assert!(!is_shown(name), "{name}");
        }
    }
}
