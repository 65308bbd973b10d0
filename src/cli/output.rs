//! The files that `--output` names: written whole or not at all, and never in the place of something else.

use super::CliError;
use super::setup::{Setup, repository_root};
use crate::config;
use crate::report::earlier::is_report;
use crate::second_reader::MOST_LEARNED_BYTES;
use crate::second_reader::learned::begins_like_learned;
use crate::shell;
use crate::source::disk::{self, in_real_folder};
use crate::source::git::{self, RepoLocation};
use crate::source::{self, Content, NotePath, Source, SourceError};
use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Seek as _};
use std::path::{Path, PathBuf};

/// What is written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Product {
    /// A report.
    Report,
    /// What the second reader learned.
    Learned,
}

impl Product {
    fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Learned => "file of learned weights",
        }
    }

    fn file_name(self) -> &'static str {
        match self {
            Self::Report => "report file",
            Self::Learned => self.name(),
        }
    }

    /// Which file would do.
    fn help(self) -> &'static str {
        match self {
            Self::Report => {
                "Name a new file that is not a note, such as report.json, or one that an earlier report was written to."
            }
            Self::Learned => {
                "Name a new file that is not a note, such as notegate-learned.json, or one that an earlier `notegate \
                 learn` wrote."
            }
        }
    }
}

/// Where a report, or another product, goes that is not for the terminal alone.
pub(super) enum ReportFile {
    /// A regular file, which is replaced at the end.
    Regular(Replacement),
    /// A stream that keeps nothing: written as the report is made.
    Stream(File),
}

/// A report, or another product, on its way to a file. Until it is published the file is as it was, and nothing new
/// stands beside it.
pub(super) struct Replacement {
    product: Product,
    target: PathBuf,
    /// As it was named.
    name: String,
    /// A file without a name, which goes away by itself however the run ends.
    draft: File,
    /// Those of the file that is replaced.
    permissions: Option<Permissions>,
}

/// Why a file cannot take a product, and the way out where it is not to name another file.
struct Unfit {
    why: &'static str,
    way_out: Option<String>,
}

impl Unfit {
    fn new(why: &'static str) -> Self {
        Self { why, way_out: None }
    }

    fn with_way_out(self, way_out: String) -> Self {
        Self { way_out: Some(way_out), ..self }
    }
}

impl ReportFile {
    /// A `product` for the file `name`, which counts from `folder`. `source` is what the run examines, if it examines
    /// files.
    ///
    /// # Errors
    /// When the file is one that it must not replace or be: a note, an input, the configuration, a link, something
    /// of git's; or when nothing can be written there.
    pub(super) fn open(
        product: Product,
        name: &Path,
        folder: &Path,
        setup: &Setup,
        source: Option<&dyn Source>,
    ) -> Result<Self, CliError> {
        let cannot_open = |error: io::Error| {
            CliError::usage(
                format!("the {} {} could not be opened: {error}", product.file_name(), name.display()),
                "Name a file in an existing folder that you may write to.",
            )
        };
        if product == Product::Report && name == Path::new("-") {
            return Err(CliError::usage(
                "`-` names no file",
                "Leave --output out: then the report goes to standard output. A file of that name is `./-`.",
            ));
        }
        if is_stream(&folder.join(name)) {
            let stream = File::options().append(true).open(folder.join(name));
            return stream.map(Self::Stream).map_err(cannot_open);
        }
        let target = in_real_folder(&folder.join(name));
        let unfit = match unfit(product, &target, setup, source)? {
            None => unfit_to_be_replaced(product, &target, name)?,
            unfit => unfit,
        };
        if let Some(Unfit { why, way_out }) = unfit {
            let message = format!("the {} cannot be written to {}: {why}", product.name(), name.display());
            return Err(CliError::usage(message, way_out.unwrap_or_else(|| product.help().to_owned())));
        }
        let permissions = fs::metadata(&target).ok().map(|metadata| metadata.permissions());
        let parent = target.parent().unwrap_or(folder);
        let draft = tempfile::tempfile_in(parent).map_err(cannot_open)?;
        let name = name.to_string_lossy().into_owned();
        Ok(Self::Regular(Replacement { product, name, draft, permissions, target }))
    }

    /// Where the report is written.
    pub(super) fn writer(&self) -> io::Result<BufWriter<File>> {
        let (Self::Regular(Replacement { draft: file, .. }) | Self::Stream(file)) = self;
        file.try_clone().map(BufWriter::new)
    }

    /// Puts the finished report in the place of the file, in one step.
    ///
    /// # Errors
    /// When it cannot be written; then the file is as it was.
    pub(super) fn publish(self) -> Result<(), CliError> {
        let Self::Regular(mut replacement) = self else { return Ok(()) };
        let name = std::mem::take(&mut replacement.name);
        let product = replacement.product.name();
        replacement.replace().map_err(|error| CliError::Told {
            message: format!("the {product} could not be written to {name}: {error}"),
            help: Some("Check that the disk is not full and that you may write there.".to_owned()),
            exit: super::Exit::Unexamined,
        })
    }
}

impl Replacement {
    fn replace(mut self) -> io::Result<()> {
        self.draft.rewind()?;
        let mut named = new_file(self.target.parent().unwrap_or_else(|| Path::new(".")))?;
        io::copy(&mut self.draft, named.as_file_mut())?;
        if let Some(permissions) = self.permissions {
            named.as_file().set_permissions(permissions)?;
        }
        named.persist(&self.target)?;
        Ok(())
    }
}

/// A new file with the permissions that any file of the person gets; it goes away unless it is given its name.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".notegate-report-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Whether `path` is a stream, so that nothing can be lost there: a character device, a pipe, or what the system calls
/// by a link in `/dev`. A link anywhere else is never followed.
#[cfg(unix)]
fn is_stream(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    let path = disk::lexically_plain(path);
    let is_named = ["/dev/stdout", "/dev/stderr"].iter().any(|name| path == Path::new(name));
    let metadata = match path.parent() == Some(Path::new("/dev/fd")) || is_named {
        true => fs::metadata(&path),
        false => fs::symlink_metadata(&path),
    };
    metadata.is_ok_and(|metadata| {
        let kind = metadata.file_type();
        // The shell has opened the file that standard output was sent to; more is put behind what it holds.
        kind.is_char_device() || kind.is_fifo() || is_named && kind.is_file()
    })
}

#[cfg(not(unix))]
fn is_stream(_: &Path) -> bool {
    false
}

/// Why `target` cannot take a report; nothing when it can.
fn unfit(
    product: Product,
    target: &Path,
    setup: &Setup,
    source: Option<&dyn Source>,
) -> Result<Option<Unfit>, SourceError> {
    let Some(name) = target.file_name() else { return Ok(Some(Unfit::new("it is a folder"))) };
    if let Ok(metadata) = fs::symlink_metadata(target) {
        let kind = metadata.file_type();
        let why = match () {
            () if kind.is_symlink() => "it is a symbolic link, and links are never followed",
            () if kind.is_dir() => "it is a folder",
            () if !kind.is_file() => "it is not a regular file",
            () if metadata.permissions().readonly() => "it is read-only",
            () => "",
        };
        if !why.is_empty() {
            return Ok(Some(Unfit::new(why)));
        }
    }
    if is_of_git(target, name) {
        return Ok(Some(Unfit::new("git keeps its own data there")));
    }
    if let Some(unfit) = configuration(target, name, setup) {
        return Ok(Some(unfit));
    }
    if product == Product::Report && setup.learned_file.as_deref() == Some(target) {
        return Ok(Some(Unfit::new("the configuration names it for the second reader")));
    }
    let inside = target.strip_prefix(&setup.root).ok();
    let path = NotePath::from_bytes(disk::path_bytes(inside.unwrap_or(target)));
    let is_input = source.map(Source::paths).transpose()?.is_some_and(|paths| paths.contains(&path));
    let would_be_read = inside.is_some() && setup.config.files.selects(&path);
    let is_foreign_note = inside.is_none() && source::looks_like_note(&last(name));
    Ok((is_input || would_be_read || is_foreign_note)
        .then(|| Unfit::new("a file with that name is examined as a note")))
}

/// Why the file at `target`, if there is one, must not be lost. What an earlier run wrote may be, and a file with nothing
/// in it; a report only where git does not track it, while learned weights are there to be committed.
fn unfit_to_be_replaced(product: Product, target: &Path, name: &Path) -> Result<Option<Unfit>, CliError> {
    let mut file = match File::open(target) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(_) => return Ok(Some(Unfit::new("it is there and cannot be read"))),
    };
    if product == Product::Report && is_tracked(target)? {
        let folder = target.parent().unwrap_or(target);
        let (folder, file) = (shell::path(folder), shell::path(Path::new(target.file_name().unwrap_or_default())));
        let way_out = format!(
            "Name a file that git does not track, or take this one out of git: git -C {folder} rm --cached {file}"
        );
        return Ok(Some(Unfit::new("git tracks it").with_way_out(way_out)));
    }
    match product {
        Product::Learned if holds_learned(target) => Ok(None),
        Product::Learned => Ok(Some(Unfit::new("it exists, and `notegate learn` did not write it"))),
        Product::Report if is_report(&mut file).unwrap_or(false) => Ok(None),
        Product::Report => {
            let word = shell::path(name);
            let way_out =
                format!("Name another file; or, if nobody needs this one any more, delete it first: rm {word}");
            Ok(Some(Unfit::new("it is there and is not a report of notegate").with_way_out(way_out)))
        }
    }
}

/// Whether the repository that the file lies in tracks it.
fn is_tracked(target: &Path) -> Result<bool, SourceError> {
    let Some(folder) = target.parent() else { return Ok(false) };
    let Some(mut repository) = git::open_if_any(&RepoLocation::Folder(folder.to_path_buf()))? else { return Ok(false) };
    let top = repository.work_tree().map(|top| top.canonicalize().unwrap_or(top));
    let Some(inside) = top.as_deref().and_then(|top| target.strip_prefix(top).ok()) else { return Ok(false) };
    let path = NotePath::from_bytes(disk::path_bytes(inside));
    Ok(repository.tracked()?.iter().any(|(tracked, _)| *tracked == path))
}

/// Whether the file is empty or begins like one that `notegate learn` wrote, of whatever version.
fn holds_learned(target: &Path) -> bool {
    match disk::read(target, MOST_LEARNED_BYTES) {
        Content::Bytes(bytes) => bytes.is_empty() || begins_like_learned(&bytes),
        Content::Absent | Content::Refused(_) | Content::SetAside(_) => false,
    }
}

fn last(name: &OsStr) -> NotePath {
    NotePath::from_bytes(disk::path_bytes(Path::new(name)))
}

/// Whether the file is one of git's: in `.git`, in a bare repository, or one that tells git what to do.
fn is_of_git(target: &Path, name: &OsStr) -> bool {
    let is_git_folder = |folder: &Path| {
        folder.join("HEAD").is_file() && folder.join("objects").is_dir() && folder.join("refs").is_dir()
    };
    [".gitignore", ".gitattributes", ".gitmodules"].iter().any(|known| name.eq_ignore_ascii_case(known))
        || target.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git"))
        || target.ancestors().skip(1).any(is_git_folder)
}

/// Why the file is, or would be taken for, the configuration of this run or of another.
fn configuration(target: &Path, name: &OsStr, setup: &Setup) -> Option<Unfit> {
    let name = name.to_string_lossy();
    if setup.named_configuration.iter().any(|file| file == target) {
        return Some(Unfit::new("it is the configuration of this run"));
    }
    let is_looked_for = target.parent().is_some_and(may_be_root);
    if name == config::FILE_NAME {
        let why = if is_looked_for { "it is the configuration" } else { "the configuration has that name" };
        return Some(Unfit::new(why));
    }
    let would_stop_runs = config::is_misnamed(&name) && is_looked_for;
    let why = "a file with that name is taken for a configuration with the wrong name, which stops every run there";
    would_stop_runs.then(|| Unfit::new(why))
}

/// Whether a run may look for its configuration in `folder`: at the top of a repository, and in any folder that lies in
/// none.
fn may_be_root(folder: &Path) -> bool {
    repository_root(folder).is_none_or(|top| top == folder)
}
