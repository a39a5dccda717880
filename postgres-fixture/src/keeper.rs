//! The small shell that outlives us and stops the server.

use std::{
    io::{self, Read, Write},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
};

/// Runs the server until its standard input ends, and says so if the server ends before. A line
/// before the end means: the files stay.
const KEEPER: &str = r#"
trap '' PIPE
exec 3<&0
"$1" -D "$2" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= 3<&- >>"$2.log" 2>&1 &
server=$!
(
    read -r line <&3
    [ -n "$line" ] && signal=INT || signal=QUIT
    [ -e "$2.ended" ] || kill -$signal $server 2>/dev/null
    [ -n "$line" ]
) &
reader=$!
exec 3<&-
wait $server
: >"$2.ended"
echo ended
wait $reader
files_stay=$?
rm -f "$2.ended"
if [ $files_stay -ne 0 ]; then
    rm -rf "$2" "$2.log"
    rmdir "$(dirname "$2")"
fi
"#;

/// A running keeper.
#[derive(Debug)]
pub(crate) struct Keeper(Child);

impl Keeper {
    /// Starts the server `postgres` on the files in `data`, kept by `shell`. The receiver gets
    /// word, or is cut off, when the server has ended.
    pub(crate) fn start(
        mut shell: Command,
        postgres: &Path,
        data: &Path,
        port: u16,
    ) -> io::Result<(Self, Receiver<()>)> {
        shell
            .args(["-c", KEEPER, "postgres-keeper"])
            .arg(postgres)
            .arg(data)
            .arg(port.to_string())
            .current_dir("/")
            // Ctrl-C reaches the tests alone; the keeper sees them end and cleans up.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = shell.spawn()?;
        let (ended, receiver) = channel();
        if let Some(mut stdout) = child.stdout.take() {
            thread::spawn(move || {
                // A byte, the end or an error: all say the same, and nobody may be listening.
                drop(stdout.read(&mut [0]));
                ended.send(()).ok();
            });
        }
        Ok((Self(child), receiver))
    }

    /// Stops the server, if it still runs; its files stay.
    pub(crate) fn stop(mut self) -> io::Result<()> {
        if let Some(mut stdin) = self.0.stdin.take() {
            // An error says that the keeper has ended.
            drop(stdin.write_all(b"keep the files\n"));
        }
        self.0.wait()?;
        Ok(())
    }
}
