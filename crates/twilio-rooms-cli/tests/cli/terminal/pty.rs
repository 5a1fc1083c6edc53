//! A program in a pseudo-terminal.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Child, Command};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

use crate::support::Result;

/// A terminal in which a program runs, as a person sees it.
pub(super) struct Terminal {
    /// The end of the person: bytes written to it are typed, and bytes read from it are shown.
    keyboard_and_screen: File,
    child: Child,
    /// Everything that was shown so far.
    shown: String,
    /// The bytes of a character whose end was not read yet.
    rest: Vec<u8>,
    /// The length of what was waited for already.
    seen: usize,
}

impl Terminal {
    /// Starts the program in a terminal of this width.
    pub(super) fn start(program: &Command, columns: u16) -> Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let name = ptsname(&master, Vec::new())?;
        let device = OpenOptions::new().read(true).write(true).open(Path::new(OsStr::from_bytes(name.as_bytes())))?;
        // The program has the terminal as its controlling one, so that Ctrl-C reaches it and it can be asked for secrets.
        let mut command = Command::new("setsid");
        command.arg("--ctty").arg(program.get_program()).args(program.get_args()).env_clear();
        // Progress that depends on the speed of the machine is none.
        command.env("TWILIO_ROOMS_PROGRESS_DELAY_MS", "3600000");
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env_remove("COLUMNS").env("TERM", "xterm-256color");
        command.stdin(device.try_clone()?).stdout(device.try_clone()?).stderr(device);
        let terminal = File::from(master);
        tcsetwinsize(&terminal, size(columns))?;
        let child = command.spawn()?;
        Ok(Self { keyboard_and_screen: terminal, child, shown: String::new(), rest: Vec::new(), seen: 0 })
    }

    /// Types keys.
    pub(super) fn press(&mut self, keys: &str) -> Result {
        Ok(self.keyboard_and_screen.write_all(keys.as_bytes())?)
    }

    pub(super) fn press_ctrl_c(&mut self) -> Result {
        self.press("\u{3}")
    }

    pub(super) fn resize(&self, columns: u16) -> Result {
        Ok(tcsetwinsize(&self.keyboard_and_screen, size(columns))?)
    }

    /// Returns `true` if keys are shown when they are typed.
    pub(super) fn shows_keys(&self) -> Result<bool> {
        Ok(tcgetattr(&self.keyboard_and_screen)?.local_modes.contains(LocalModes::ECHO))
    }

    /// Reads until this text is shown, after what was waited for before. Returns what is shown in between.
    pub(super) fn wait_for(&mut self, text: &str) -> Result<String> {
        loop {
            if let Some(start) = self.shown[self.seen..].find(text) {
                let between = self.shown[self.seen..][..start].to_owned();
                self.seen += start + text.len();
                return Ok(between);
            }
            if !self.read()? {
                return Err(format!("{text:?} was not shown, but {:?}", self.shown).into());
            }
        }
    }

    /// Waits for the end of the program. Returns everything that was shown, and the exit code.
    pub(super) fn finish(mut self) -> Result<(String, Option<i32>)> {
        while self.read()? {}
        let code = self.child.wait()?.code();
        Ok((std::mem::take(&mut self.shown), code))
    }

    /// Reads what is shown next; `false` if the program has ended.
    fn read(&mut self) -> Result<bool> {
        let mut bytes = [0; 4096];
        match self.keyboard_and_screen.read(&mut bytes) {
            Ok(count) => {
                self.rest.extend_from_slice(&bytes[..count]);
                let whole = std::str::from_utf8(&self.rest).map_or_else(|error| error.valid_up_to(), str::len);
                let text: Vec<u8> = self.rest.drain(..whole).collect();
                self.shown.push_str(&String::from_utf8(text)?.replace("\r\n", "\n"));
                Ok(count > 0)
            }
            // The other side is closed.
            Err(error) if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(columns: u16) -> Winsize {
    Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }
}
