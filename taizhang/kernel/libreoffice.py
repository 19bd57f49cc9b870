"""Documents converted by LibreOffice, where the machine has one: Word to PDF, old Word to new."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from taizhang.kernel.errors import WrongState

START_SECONDS, EACH_SECONDS, PATIENCE_SECONDS = 60, 10, 60


@dataclass(frozen=True)
class Fonts:
    """A folder of fonts beside those of the machine, and which of its families stand for the names
    that documents use.
    """

    folder: Path
    names: Mapping[str, list[str]]


def program() -> str | None:
    """Where it is: as TAIZHANG_SOFFICE says, else on the path."""
    named = os.environ.get("TAIZHANG_SOFFICE", "").strip()
    return shutil.which(named) if named else shutil.which("soffice") or shutil.which("libreoffice")


def pdfs(documents: Sequence[bytes], fonts: Fonts | None = None) -> list[bytes]:
    """The PDF of each Word file."""
    return converted(documents, "docx", "pdf", fonts)


def converted(
    documents: Sequence[bytes], form: str, into: str, fonts: Fonts | None = None
) -> list[bytes]:
    """Each document in another form, all in one start of the program. It has a folder and a profile
    of its own, and its time.
    """
    with _one_at_a_time(), tempfile.TemporaryDirectory(prefix="taizhang-") as name:
        folder = Path(name)
        sources = [folder / f"{n}.{form}" for n in range(len(documents))]
        for path, document in zip(sources, documents, strict=True):
            path.write_bytes(document)
        _convert(folder, sources, into, fonts)
        made = [path.with_suffix(f".{into}") for path in sources]
        if not all(path.is_file() for path in made):
            raise WrongState(
                f"LibreOffice 没有生成 {into.upper()}，请改用 Word 格式，并告知系统管理员。"
            )
        return [path.read_bytes() for path in made]


def _convert(folder: Path, sources: Sequence[Path], into: str, fonts: Fonts | None) -> None:
    words = [
        str(program()),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        into,
        "--outdir",
        str(folder),
        *map(str, sources),
    ]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"}
    if fonts is not None:
        environment["FONTCONFIG_FILE"] = str(_font_settings(folder, fonts))
    running = subprocess.Popen(  # noqa: S603  (our own words)
        words,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(START_SECONDS + EACH_SECONDS * len(sources))
    except subprocess.TimeoutExpired as late:
        raise WrongState("LibreOffice 转换超时，请改用 Word 格式，或稍后再试。") from late
    finally:
        _end(running)


def _font_settings(folder: Path, fonts: Fonts) -> Path:
    """What the program is told of fonts: beside those of the machine the bureau's own, by each name
    that a face goes by.
    """
    faces = "".join(
        f'<alias binding="same">{_families([name])}<prefer>{_families(there)}</prefer></alias>'
        for name, there in fonts.names.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{escape(str(fonts.folder.absolute()))}</dir><cachedir>"
        f"{escape(str(folder / 'fonts'))}</cachedir>"
        f"{faces}</fontconfig>",
        "utf-8",
    )
    return path


def _families(names: list[str]) -> str:
    return "".join(f"<family>{escape(name)}</family>" for name in names)


def _end(running: subprocess.Popen[bytes]) -> None:
    """The program starts others; they end with it."""
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        running.wait()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """One conversion on the machine; the next waits a while for it."""
    until = time.monotonic() + PATIENCE_SECONDS
    path = Path(tempfile.gettempdir()) / f"taizhang-soffice-{os.getuid()}.lock"
    ours = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    with os.fdopen(ours, "w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as busy:
                if time.monotonic() > until:
                    raise WrongState("正在转换别的文书，请稍后再试。") from busy
                time.sleep(0.2)
        yield
