"""A desktop of its own for a test: a display, a window manager, a session bus and an accessibility bus, all in a
temporary folder. Nothing of the user's desktop, home or settings is touched or seen.

What a test does with it: start programs, wait for what must come, find what is on screen through AT-SPI as a screen
reader does, and move the pointer and the keys as a hand does (xdotool).
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WIDTH, HEIGHT = 1280, 720

# Only the accessibility bus can be started from this bus: with a portal in reach file dialogs would be the
# desktop's own, another one on every machine. Without one they are zenity's.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# Without frames the program has the whole screen, and what is on it is where it says; with them it is as on a desk.
WHOLE = """<applications>
    <application class="casebook"><decor>no</decor><maximized>yes</maximized></application>
  </applications>"""

OPENBOX = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <keyboard><keybind key="A-F4"><action name="Close"/></keybind><keybind key="A-F10"><action name="ToggleMaximize"/></keybind></keyboard>
  <mouse><context name="Client"><mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind></context></mouse>
  {applications}
</openbox_config>
"""

NEEDED = ["Xvfb", "openbox", "xdotool", "xprop", "xwininfo", "import", "zenity", "dbus-daemon"]


class Stuck(Exception):
    """What was waited for did not come."""


def wait(what, condition, seconds=15.0, every=0.05):
    """Asks again and again until the answer is not false; that answer. `what` says what never came."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Stuck(f"{what}: not within {seconds:.0f} s")
        time.sleep(every)


def steady(what, value, seconds=15.0, still=0.25):
    """Waits until a value is there and stays the same for a while: nothing moves any more."""
    end = time.monotonic() + seconds
    last, since = None, time.monotonic()
    while True:
        now = value()
        if now is None or now != last:
            last, since = now, time.monotonic()
        elif time.monotonic() - since >= still:
            return now
        if time.monotonic() > end:
            raise Stuck(f"{what}: not steady within {seconds:.0f} s (now {now!r})")
        time.sleep(0.05)


class Desktop:
    """The display and the buses; ends with everything it started."""

    def __init__(self, size=(WIDTH, HEIGHT), memory_in_file=False, frames=False):
        missing = [name for name in NEEDED if not shutil.which(name)]
        if missing:
            raise SystemExit(f"these programs are missing: {', '.join(missing)} (.ci/run installs them)")
        self.size, self.memory_in_file, self.frames = size, memory_in_file, frames
        self.folder = Path(tempfile.mkdtemp(prefix="casebook-window-"))
        self.started = []
        home = self.folder / "home"
        run = self.folder / "run"
        for folder in (home, home / "config", run, run / "services"):
            folder.mkdir(parents=True)
        run.chmod(0o700)
        kept = ("PATH", "LD_LIBRARY_PATH", "XDG_DATA_DIRS", "LIBGL_DRIVERS_PATH")
        self.env = {name: os.environ[name] for name in kept if name in os.environ}
        self.env |= {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_RUNTIME_DIR": str(run),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "GTK_MODULES": "",
            "NO_AT_BRIDGE": "1",
            "GTK_THEME": "Adwaita",
            # Settings end with the desktop, and need no service that keeps them.
            "GSETTINGS_BACKEND": "memory",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "RUST_BACKTRACE": "1",
        }

    def __enter__(self):
        # Told to stop, it takes with it what it started.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            self._begin()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _begin(self):
        width, height = self.size
        read, write = os.pipe()
        display = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24"]
        display += ["-nolisten", "tcp", "-noreset"]
        if self.memory_in_file:
            display += ["-fbdir", str(self.folder)]
        self.spawn(display, "xvfb.log", pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Stuck("Xvfb did not start: " + self.log("xvfb.log"))
        self.env["DISPLAY"] = f":{number}"

        run = self.folder / "run"
        for folder in self.env.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":"):
            service = Path(folder) / "dbus-1/services/org.a11y.Bus.service"
            if service.is_file():
                shutil.copy(service, run / "services")
        (run / "bus.conf").write_text(BUS.format(folder=run))
        bus = self.spawn(
            ["dbus-daemon", f"--config-file={run}/bus.conf", "--nofork", "--print-address=1"],
            "dbus.log",
            stdout=subprocess.PIPE,
        )
        address = bus.stdout.readline().decode().strip()
        if not address:
            raise Stuck("dbus-daemon did not start: " + self.log("dbus.log"))
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address

        (self.folder / "openbox.xml").write_text(OPENBOX.format(applications="" if self.frames else WHOLE))
        self.spawn(["openbox", "--config-file", str(self.folder / "openbox.xml")], "openbox.log")
        wait("a window manager", lambda: "_NET_SUPPORTING_WM_CHECK(WINDOW)" in self.run("xprop", "-root"))
        # From here on this process is a client of that desktop too.
        os.environ.update(self.env)
        self.screen_reader(True)

    def screen_reader(self, runs):
        """Says whether a screen reader runs: programs build their tree only while one does."""
        from gi.repository import Gio, GLib

        Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            "org.a11y.Bus",
            "/org/a11y/bus",
            "org.freedesktop.DBus.Properties",
            "Set",
            GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", runs))),
            None,
            Gio.DBusCallFlags.NONE,
            10_000,
        )

    def spawn(self, command, log, **more):
        """Starts a program that runs on; what it says goes to a log."""
        with open(self.folder / log, "ab") as file:
            more.setdefault("stdout", file)
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stderr=file,
                env=more.pop("env", self.env),
                start_new_session=True,
                **more,
            )
        self.started.append(process)
        return process

    def run(self, *command, check=False):
        """Runs a program to its end; what it printed."""
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=self.env, text=True)
        if check and done.returncode:
            raise Stuck(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def log(self, name):
        """What a program that was started has said."""
        try:
            return (self.folder / name).read_text(errors="replace")
        except OSError:
            return ""

    def shot(self, name):
        """A picture of the whole screen; its path."""
        path = self.folder / f"{name}.png"
        self.run("import", "-window", "root", str(path))
        return path

    def close(self):
        """Ends what was started, the last first."""
        for process in reversed(self.started):
            if process.poll() is None:
                try:
                    os.killpg(process.pid, signal.SIGTERM)
                    process.wait(5)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    process.kill()

    # The hand: keys and the pointer.

    def xdo(self, *words):
        return self.run("xdotool", *[str(word) for word in words], check=True)

    def key(self, *keys):
        """Presses keys one after the other: "ctrl+s", "Return"."""
        self.xdo("key", "--delay", 25, *keys)

    def type(self, text):
        """Types text."""
        self.xdo("type", "--delay", 8, "--", text)

    def move(self, x, y):
        self.xdo("mousemove", round(x), round(y))

    def click(self, x, y, times=1, button=1):
        """Clicks here; twice for a double click."""
        self.move(x, y)
        time.sleep(0.08)
        self.xdo("click", "--repeat", times, "--delay", 120, button)

    def drag(self, start, end, steps=8):
        """Presses the left button at one place, moves to another, lets go."""
        (x0, y0), (x1, y1) = start, end
        self.move(x0, y0)
        time.sleep(0.15)
        self.xdo("mousedown", 1)
        for step in range(1, steps + 1):
            part = step / steps
            self.move(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part)
            time.sleep(0.03)
        time.sleep(0.1)
        self.xdo("mouseup", 1)

    # Windows.

    def windows(self, name):
        """Windows on screen whose title matches a pattern."""
        return self.run("xdotool", "search", "--onlyvisible", "--name", name).split()

    def placed(self, window):
        """Where a window's inside is, in pixels: x, y, width, height; and what its frame adds: left, right, top, bottom."""
        told = self.run("xwininfo", "-id", str(window))
        inside = [re.search(rf"{what}:\s+(-?\d+)", told) for what in ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")]
        frame = re.findall(r"\d+", self.run("xprop", "-id", str(window), "_NET_FRAME_EXTENTS").partition("=")[2])
        if not all(inside) or len(frame) != 4:
            return None
        return [int(found[1]) for found in inside], [int(number) for number in frame]

    def is_maximised(self, window):
        return "_MAXIMIZED_VERT" in self.run("xprop", "-id", str(window), "_NET_WM_STATE")

    def title(self, window):
        return self.run("xdotool", "getwindowname", str(window)).rstrip("\n")


class Tree:
    """A program as AT-SPI tells of it."""

    def __init__(self, desktop, pid):
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        self.atspi, self.glib = Atspi, GLib
        self.desktop, self.pid = desktop, pid
        Atspi.init()
        # In a program's first 15 s an answer is waited for as long, and AccessKit loses a question now and then that
        # comes while it builds the tree. It answers when it is asked again.
        Atspi.set_timeout(1000, 1000)

    def root(self):
        """The program's node, or None while it is not there."""
        try:
            desktop = self.atspi.get_desktop(0)
            desktop.clear_cache()
            for n in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(n)
                if child is not None and child.get_process_id() == self.pid:
                    return child
        except self.glib.Error:
            pass
        return None

    def nodes(self):
        """Every node, parents first."""
        root = self.root()
        waiting = [root] if root else []
        while waiting:
            node = waiting.pop()
            try:
                node.clear_cache()
                children = [node.get_child_at_index(n) for n in range(node.get_child_count())]
            except self.glib.Error:
                continue
            yield node
            waiting.extend(child for child in reversed(children) if child is not None)

    def told(self):
        """Every node as (role, name, node)."""
        for node in self.nodes():
            try:
                yield node.get_role_name(), node.get_name() or "", node
            except self.glib.Error:
                continue

    def find(self, role=None, name=None, starts=None):
        """The first node of this role and name, or None."""
        for its_role, its_name, node in self.told():
            if role is not None and its_role != role:
                continue
            if name is not None and its_name != name:
                continue
            if starts is not None and not its_name.startswith(starts):
                continue
            return node
        return None

    def is_selected(self, node):
        """Whether a row is the chosen one. (egui says so as of a box that is ticked.)"""
        states = self.atspi.StateType
        try:
            return any(node.get_state_set().contains(s) for s in (states.SELECTED, states.CHECKED))
        except self.glib.Error:
            return False

    def is_focused(self, node):
        """Whether it has the keyboard."""
        try:
            node.clear_cache()
            return node.get_state_set().contains(self.atspi.StateType.FOCUSED)
        except self.glib.Error:
            return False

    def text(self, node):
        """A node's text, or None where it has none."""
        try:
            return Words(self, node) if "Text" in node.get_interfaces() else None
        except self.glib.Error:
            return None

    def box(self, node):
        """A node's place on screen: x, y, width, height."""
        try:
            node.clear_cache()
            box = node.get_component_iface().get_extents(self.atspi.CoordType.WINDOW)
        except (self.glib.Error, AttributeError):
            return None
        return (box.x, box.y, box.width, box.height)


class Words:
    """The text of a node, with the places of its characters."""

    def __init__(self, tree, node):
        self.tree, self.node, self.api = tree, node, tree.atspi.Text

    def text(self):
        """What is in view, as it stands there."""
        try:
            return self.api.get_text(self.node, 0, self.api.get_character_count(self.node))
        except self.tree.glib.Error:
            return ""

    def box(self, index):
        """A character's place on screen."""
        window = self.tree.atspi.CoordType.WINDOW
        box = self.api.get_character_extents(self.node, index, window)
        return (box.x, box.y, box.width, box.height)

    def select(self, words):
        """Selects words, as a screen reader does."""
        start = self.text().index(words)
        if self.api.get_n_selections(self.node) > 0:
            return self.api.set_selection(self.node, 0, start, start + len(words))
        return self.api.add_selection(self.node, start, start + len(words))

    def put_cursor(self, index):
        """Moves the text cursor before this character."""
        return self.api.set_caret_offset(self.node, index)

    def attributes(self, index):
        """The attributes of a character, and the first and the last of those that share them."""
        try:
            told, start, end = self.api.get_text_attributes(self.node, index)
        except (self.tree.glib.Error, TypeError, ValueError):
            return {}, index, index
        return dict(told or {}), start, end

    def selected(self):
        """The selected words."""
        try:
            if self.api.get_n_selections(self.node) < 1:
                return ""
            range_ = self.api.get_selection(self.node, 0)
            return self.api.get_text(self.node, range_.start_offset, range_.end_offset)
        except self.tree.glib.Error:
            return ""


def middle(box):
    """The middle of a box."""
    x, y, width, height = box
    return (x + width / 2, y + height / 2)
