//! Who may read and write a notebook's file: copying that to the file that replaces it.
//!
//! A save makes a new file and renames it over the old one, so owner, group, mode and access lists have to be copied.
//! The new file is readable by its owner only until all of them are known to be right: nobody may read it at any moment
//! who may not read the final file.
//!
//! Access lists are those of POSIX.1e as Linux keeps them (acl(5)); the lists of macOS and of NFSv4 are not copied.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// Whether owner, group, mode and access lists of a replaced file were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Permissions {
    /// The file has those the old one had, or there was no old one.
    Kept,
    /// They could not all be kept. Nobody may read the file who could not before; a sentence for the user says who no
    /// longer may, with the name of the file, and what to do.
    Changed(String),
}

/// What of a file's access could not be copied.
#[derive(Debug, Default)]
pub(super) struct Lost {
    owner: bool,
    group: bool,
    list: bool,
    why: Option<io::Error>,
}

impl Lost {
    /// The message about it, for the file at this path.
    pub(super) fn told(self, path: &Path) -> Permissions {
        let Some(why) = self.why else { return Permissions::Kept };
        let mut what = Vec::new();
        what.extend(self.owner.then_some("owner"));
        what.extend(self.group.then_some("group"));
        what.extend(self.list.then_some("access list"));
        let what = match &what[..] {
            [first, middle, last] => format!("{first}, {middle} and {last}"),
            fewer => fewer.join(" and "),
        };
        let now = match (self.owner, self.group, self.list) {
            (false, false, false) => {
                return Permissions::Changed(format!(
                    "“{}” was saved, but its permissions could not be set ({why}): look whether they are as you want them",
                    path.display()
                ));
            }
            (true, false, false) => {
                "it belongs to you now, and its group and permissions are as they were"
            }
            (true, true, false) => {
                "it belongs to you now, and its group may do no more than everybody may"
            }
            (true, _, true) => "it belongs to you now, and nobody else can read or write it",
            (false, _, _) => "nobody but its owner can read or write it now",
        };
        Permissions::Changed(format!(
            "“{}” was saved, but its {what} could not be kept ({why}): {now}. Set its permissions again if others work with it",
            path.display()
        ))
    }
}

/// Owner, group, mode and access list of a file.
#[cfg(unix)]
#[derive(Debug)]
pub(super) struct Access {
    owner: u32,
    group: u32,
    /// Without the set-user, set-group and sticky bits.
    mode: u32,
    /// As the system stores it; `None` where the mode is everything.
    list: io::Result<Option<Vec<u8>>>,
}

#[cfg(unix)]
impl Access {
    /// The owner's bits of a mode.
    const OF_OWNER: u32 = 0o700;
    /// The bits of a mode that let others write.
    const WRITE_OF_OTHERS: u32 = 0o022;

    /// The access of the file at this path, which is no symbolic link.
    pub(super) fn of(path: &Path, metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let (owner, group, mode) = (metadata.uid(), metadata.gid(), metadata.mode() & 0o777);
        Self { owner, group, mode, list: list::of(path) }
    }

    /// Applies it to a file that only its owner may read so far. If something cannot be applied, only the owner's bits
    /// are; and if the owner changes too, also those that everybody had, so that the former owner is not locked out.
    pub(super) fn give(&self, file: &File) -> Lost {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
        let mut lost = Lost::default();
        let now = match file.metadata() {
            Ok(now) => now,
            Err(why) => return Lost { why: Some(why), ..lost },
        };
        // The group first: only a file's owner may give it to another group.
        if now.gid() != self.group
            && let Err(why) = fchown(file, None, Some(self.group))
        {
            (lost.group, lost.why) = (true, Some(why));
        }
        // The list refers to the file's group without naming it: with another group it would let others in.
        let listed = if lost.group { list::set(file, None) } else { self.give_list(file) };
        if let Err(why) = listed {
            (lost.list, lost.why) = (true, Some(why));
        }
        if lost.group && !matches!(self.list, Ok(None)) {
            lost.list = true;
        }
        let others = if lost.list { 0 } else { self.mode & (self.mode >> 3) & 0o007 };
        let mut mode = self.mode;
        if lost.group || lost.list {
            mode &= Self::OF_OWNER;
        }
        // Last but for the mode: once the file belongs to somebody else, this user may not be allowed to change the
        // rest.
        if now.uid() != self.owner
            && let Err(why) = fchown(file, Some(self.owner), None)
        {
            lost.owner = true;
            lost.why.get_or_insert(why);
            mode |= others << 3 | others;
        }
        if file.metadata().is_ok_and(|now| now.mode() & 0o777 == mode) {
            return lost;
        }
        if let Err(why) = file.set_permissions(PermissionsExt::from_mode(mode)) {
            lost.why = Some(why);
        }
        lost
    }

    fn give_list(&self, file: &File) -> io::Result<()> {
        match &self.list {
            Ok(list) => list::set(file, list.as_deref()),
            Err(why) => {
                let _ = list::set(file, None);
                Err(io::Error::new(why.kind(), why.to_string()))
            }
        }
    }

    /// Gives a lock the access that lets those use it who may write the notebook, and nobody else.
    pub(super) fn give_to_lock(&self, file: &File) {
        // Whoever may only read the notebook does not need the lock. Where access cannot be given, the others are told
        // that there is a lock they may not open.
        let _ = if self.mode & Self::WRITE_OF_OTHERS != 0 {
            self.give(file)
        } else {
            Self { mode: 0o600, list: Ok(None), ..*self }.give(file)
        };
    }
}

/// Whether a file is read-only: all there is on other systems.
#[cfg(not(unix))]
#[derive(Debug)]
pub(super) struct Access(std::fs::Permissions);

#[cfg(not(unix))]
impl Access {
    pub(super) fn of(_: &Path, metadata: &Metadata) -> Self {
        Self(metadata.permissions())
    }

    pub(super) fn give(&self, file: &File) -> Lost {
        let why = file.set_permissions(self.0.clone()).err();
        Lost { why, ..Lost::default() }
    }

    pub(super) fn give_to_lock(&self, _: &File) {}
}

/// Whether this user may write the file at this path, whatever its folder allows: replacing a file does not require
/// this, but a file that this user may not write must not be replaced.
///
/// # Errors
/// What the system says.
#[cfg(unix)]
pub(super) fn may_write(path: &Path) -> io::Result<()> {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    match accessat(CWD, path, Access::WRITE_OK, AtFlags::EACCESS) {
        // Where the system cannot tell, saving will.
        Ok(()) | Err(rustix::io::Errno::NOSYS) => Ok(()),
        Err(why) => Err(why.into()),
    }
}

#[cfg(not(unix))]
pub(super) fn may_write(_: &Path) -> io::Result<()> {
    Ok(())
}

/// POSIX access lists as extended attributes.
#[cfg(target_os = "linux")]
mod list {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, getxattr};
    use rustix::io::Errno;

    const NAME: &str = "system.posix_acl_access";
    /// The greatest length of an attribute (`XATTR_SIZE_MAX` of Linux), in bytes.
    const LONGEST: usize = 1 << 16;

    /// The list of the file at this path.
    pub(super) fn of(path: &Path) -> io::Result<Option<Vec<u8>>> {
        let mut list = vec![0_u8; LONGEST];
        match getxattr(path, NAME, list.as_mut_slice()) {
            Ok(length) => {
                list.truncate(length);
                Ok(Some(list))
            }
            Err(Errno::NODATA | Errno::OPNOTSUPP) => Ok(None),
            Err(why) => Err(why.into()),
        }
    }

    /// Sets a file's list, or removes the one it inherited from its folder.
    pub(super) fn set(file: &File, list: Option<&[u8]>) -> io::Result<()> {
        let done = match list {
            Some(list) => fsetxattr(file, NAME, list, XattrFlags::empty()),
            None => match fremovexattr(file, NAME) {
                Err(Errno::NODATA | Errno::OPNOTSUPP) => Ok(()),
                done => done,
            },
        };
        Ok(done?)
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
mod list {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub(super) fn of(_: &Path) -> io::Result<Option<Vec<u8>>> {
        Ok(None)
    }

    pub(super) fn set(_: &File, _: Option<&[u8]>) -> io::Result<()> {
        Ok(())
    }
}
