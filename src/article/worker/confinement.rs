//! What the process that reads a document gives up before it reads: memory, time, files, and nearly every system call.
//!
//! On Linux a seccomp filter (seccomp(2), “strict by list”) lets through what an allocator, threads' locks and two
//! streams need; everything else fails with `EPERM`: it can open no file and no socket, and start no program. On other
//! systems the limits of memory and time hold as far as they keep them; Windows has a job object with the same limits.

use super::{MEMORY, PROCESSOR};

/// Gives up what reading a document does not need; why not, in words, where the system refuses.
pub(super) fn confine() -> Result<(), String> {
    limits()?;
    calls()
}

#[cfg(unix)]
fn limits() -> Result<(), String> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let to = |resource: Resource, most: u64| {
        // Never above what it was given.
        let most = getrlimit(resource).maximum.map_or(most, |given| given.min(most));
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
            .map_err(|error| format!("its limits could not be set: {error}"))
    };
    to(Resource::Cpu, PROCESSOR)?;
    to(Resource::Core, 0)?;
    to(Resource::Fsize, 0)?;
    // macOS keeps no limit of what is mapped; setting it fails there.
    let memory = to(Resource::As, MEMORY);
    if cfg!(target_os = "linux") { memory } else { Ok(()) }
}

#[cfg(windows)]
fn limits() -> Result<(), String> {
    let limited = || {
        let job = win32job::Job::create()?;
        let mut limits = job.query_extended_limit_info()?;
        limits.limit_kill_on_job_close();
        limits.limit_working_memory(1 << 20, usize::try_from(MEMORY).unwrap_or(usize::MAX));
        job.set_extended_limit_info(&limits)?;
        job.assign_current_process()?;
        // It holds as long as the process lives.
        std::mem::forget(job);
        Ok::<(), win32job::JobError>(())
    };
    // The parent's clock stands for the processor's.
    let _ = PROCESSOR;
    limited().map_err(|error| format!("its limits could not be set: {error}"))
}

#[cfg(not(any(unix, windows)))]
fn limits() -> Result<(), String> {
    let _ = (MEMORY, PROCESSOR);
    Ok(())
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
fn calls() -> Result<(), String> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};

    /// What an allocator, locks, the two streams and the end of a process need.
    const ALLOWED: [i64; 33] = [
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_readv,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_lseek,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_nanosleep,
        libc::SYS_clock_nanosleep,
        libc::SYS_clock_gettime,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_tgkill,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_set_robust_list,
        libc::SYS_rseq,
        libc::SYS_sched_getaffinity,
        libc::SYS_membarrier,
        libc::SYS_restart_syscall,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    let arch: TargetArch = std::env::consts::ARCH
        .try_into()
        .map_err(|error| format!("no filter of system calls for it: {error}"))?;
    let filter = SeccompFilter::new(
        ALLOWED.into_iter().map(|call| (call, Vec::new())).collect(),
        SeccompAction::Errno(libc::EPERM.unsigned_abs()),
        SeccompAction::Allow,
        arch,
    );
    let program: Result<BpfProgram, _> = filter.and_then(TryInto::try_into);
    let program =
        program.map_err(|error| format!("its system calls could not be filtered: {error}"))?;
    seccompiler::apply_filter_all_threads(&program)
        .map_err(|error| format!("its system calls could not be filtered: {error}"))
}

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
fn calls() -> Result<(), String> {
    Ok(())
}
