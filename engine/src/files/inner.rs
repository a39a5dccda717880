//! All files of a service, and the one thread that reads them.

use std::{
    collections::{HashMap, HashSet},
    fs::{self, File},
    io,
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc::{Receiver, Sender},
    },
    thread,
};

use domain::{FileId, FileProblem, FileProgress, FileReport, FileState};
use jiff::Timestamp;
use sentiment::ByLanguage;

use super::{
    FilesConfig, FilesError,
    folder::{Folder, Known},
    reading::{self, Ended, Live},
};

/// What all clones of [`Files`](super::Files) share.
pub(super) struct Inner {
    pub(super) config: FilesConfig,
    /// What the thread has to do next; `None` ends it.
    pub(super) jobs: Sender<Option<FileId>>,
    pub(super) live: Mutex<HashMap<FileId, Arc<Live>>>,
    pub(super) uploading: Mutex<HashSet<FileId>>,
    /// Held while what is known of a file changes.
    changing: Mutex<()>,
    pub(super) stopping: AtomicBool,
    /// Locked, so that no other process reads the same files.
    _lock: File,
}

impl Inner {
    /// Takes the folder for this process alone.
    pub(super) fn open(config: FilesConfig, jobs: Sender<Option<FileId>>) -> io::Result<Self> {
        fs::create_dir_all(&config.folder)?;
        let lock = File::create(config.folder.join("lock"))?;
        lock.try_lock().map_err(io::Error::from)?;
        Ok(Self {
            config,
            jobs,
            live: Mutex::default(),
            uploading: Mutex::default(),
            changing: Mutex::default(),
            stopping: AtomicBool::new(false),
            _lock: lock,
        })
    }

    pub(super) fn folder(&self, id: FileId) -> Folder {
        Folder::new(&self.config.folder, id)
    }

    pub(super) fn known(&self, id: FileId) -> Result<Known, FilesError> {
        Ok(self.folder(id).known()?)
    }

    /// Everything that is known, the newest first. What cannot be read is left out and logged.
    pub(super) fn all(&self) -> io::Result<Vec<Known>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(&self.config.folder)? {
            let name = entry?.file_name();
            let Some(id) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
            match self.folder(id).known() {
                Ok(known) => all.push(known),
                Err(error) => tracing::warn!(%error, %id, "what is known of a file cannot be read"),
            }
        }
        all.sort_by_key(|known| std::cmp::Reverse(known.id));
        Ok(all)
    }

    pub(super) fn change(
        &self,
        id: FileId,
        change: impl FnOnce(&mut Known),
    ) -> Result<Known, FilesError> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.known(id)?;
        change(&mut known);
        self.folder(id).know(&known)?;
        Ok(known)
    }

    /// The file as everyone sees it.
    pub(super) fn report(&self, id: FileId) -> Result<FileReport, FilesError> {
        self.report_of(self.known(id)?)
    }

    pub(super) fn report_of(&self, known: Known) -> Result<FileReport, FilesError> {
        let folder = self.folder(known.id);
        let uploaded_bytes = fs::metadata(folder.upload())?.len();
        let live = self.live().get(&known.id).cloned();
        let progress = match live {
            Some(live) => live.progress(uploaded_bytes),
            None => {
                let reached = folder.checkpoint()?;
                let share = reached.upload_bytes as f64 / uploaded_bytes.max(1) as f64;
                let is_done = known.state == FileState::Done;
                FileProgress {
                    judged: reached.judged,
                    unreadable: reached.unreadable,
                    share: if is_done { 1.0 } else { share.min(1.0) },
                    ..FileProgress::default()
                }
            }
        };
        let Known { id, name, bytes, created_at, state, layout, problem } = known;
        let expires_at = self.expiry(created_at);
        Ok(FileReport {
            id,
            name,
            bytes,
            uploaded_bytes,
            created_at,
            expires_at,
            state,
            layout,
            progress,
            problem,
        })
    }

    pub(super) fn expiry(&self, created_at: Timestamp) -> Timestamp {
        created_at.checked_add(self.config.retention).unwrap_or(Timestamp::MAX)
    }

    pub(super) fn live(&self) -> MutexGuard<'_, HashMap<FileId, Arc<Live>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What all files together may still take. Of what was announced and has not arrived yet, all counts.
    pub(super) fn free_bytes(&self) -> u64 {
        let taken = |known: &Known| {
            let here = self.folder(known.id).bytes().unwrap_or_default();
            if known.state == FileState::Uploading {
                here.max(known.bytes.unwrap_or_default())
            } else {
                here
            }
        };
        let taken: u64 = self.all().unwrap_or_default().iter().map(taken).sum();
        self.config.quota_bytes.saturating_sub(taken)
    }

    /// Reads one file after the other until it is told to stop.
    pub(super) fn run(&self, models: &ByLanguage, jobs: &Receiver<Option<FileId>>) {
        step_back();
        while let Ok(Some(id)) = jobs.recv() {
            if self.stopping.load(Relaxed) {
                return;
            }
            if let Err(error) = self.read(models, id) {
                tracing::warn!(error = &error as &dyn std::error::Error, %id, "a file was not read");
            }
            self.live().remove(&id);
        }
    }

    fn read(&self, models: &ByLanguage, id: FileId) -> Result<(), FilesError> {
        let known = self.known(id)?;
        // It may have been called off while it waited.
        let (FileState::Reading, Some(layout)) = (known.state, &known.layout) else {
            return Ok(());
        };
        let live = Arc::new(Live::default());
        self.live().insert(id, Arc::clone(&live));
        live.stopped.store(self.stopping.load(Relaxed), Relaxed);
        let threads = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        let folder = self.folder(id);
        let has_room = || self.free_bytes() > 0;
        let read = || reading::read(models, &folder, layout, threads, &live, has_room);
        let ended = catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(FileProblem::Model));
        // From here on what is on the disk counts, which is all of it: whoever sees the end sees no older sums.
        self.live().remove(&id);
        let (state, problem) = match ended {
            Ok(Ended::Stopped) => return Ok(()),
            Ok(Ended::Done) => (FileState::Done, None),
            Ok(Ended::Cancelled) => (FileState::Cancelled, None),
            Err(problem) => (FileState::Failed, Some(problem)),
        };
        let changed = self.change(id, |known| {
            known.state = state;
            known.problem = problem;
        });
        match changed {
            // It was deleted meanwhile.
            Err(FilesError::Unknown) => Ok(()),
            changed => changed.map(drop),
        }
    }
}

/// Lets everyone else go first: threads that this one starts inherit it.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, 10) {
        tracing::debug!(%error, "files are read with the priority of everything else");
    }
}
