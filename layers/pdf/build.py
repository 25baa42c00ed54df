"""Build the PDF layer: WeasyPrint's wheels, Pango with all it needs, a fontconfig file.

Run by `sam build` through the Makefile beside it; standard library only, because in SAM's build
image there is nothing else. Three environment variables say for whom the layer is:

- `RELANCE_TARGET`: `aws` (the default) or `embedded`, the local cloud on this very machine;
- `RELANCE_ARCHITECTURE`: `arm64` (the default, as in the template) or `x86_64`, for `aws` only;
- `RELANCE_PYTHON`: the interpreter that the Makefile calls, `python3.13` unless said otherwise.
"""

import compileall
import os
import platform
import py_compile
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# What weasyprint/text/ffi.py opens by name. The last one is optional, and halves a letter's time.
ROOTS = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
)
OPTIONAL_ROOTS = ("libharfbuzz-subset.so.0",)
# The C library comes with the runtime: a second copy in one process is a crash.
PROVIDED = re.compile(
    r"linux-vdso|ld-linux|lib(c|m|dl|pthread|rt|resolv|util|anl|nsl|BrokenLocale)\.so"
)
# Amazon Linux 2023, on which every Lambda runtime from python3.12 on is built.
LAMBDA_GLIBC = (2, 34)
MACHINES = {0x3E: "x86_64", 0xB7: "arm64"}


class Refused(Exception):
    """The layer would not work where it goes; the message says what to do."""


def main(artifacts: Path) -> None:
    for_aws = os.environ.get("RELANCE_TARGET", "aws") == "aws"
    libraries = copy_libraries(artifacts / "lib")
    check_glibc(libraries, for_aws=for_aws)
    if for_aws:
        check_machine(libraries, os.environ.get("RELANCE_ARCHITECTURE", "arm64"))
    copy_fonts(artifacts / "fonts")
    install_wheels(artifacts / "python")


def install_wheels(target: Path) -> None:
    say(f"wheels for Python {platform.python_version()}")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--no-deps"]
    exact = ["--only-binary=:all:", "--require-hashes", "--requirement"]
    subprocess.run([*pip, *exact, HERE / "requirements.txt", "--target", target], check=True)  # noqa: S603
    shutil.rmtree(target / "bin", ignore_errors=True)
    # Lambda cannot write into a layer, so without this each cold start would compile WeasyPrint
    # again. Unchecked, because zipping changes the dates that a normal .pyc is compared with.
    compileall.compile_dir(
        target, quiet=1, workers=0, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )


def copy_libraries(target: Path) -> list[Path]:
    """Copy the closure of Pango under the names that programs look for (sonames)."""
    found = located()
    if missing := [name for name in ROOTS if name not in found]:
        install_in_build_image(missing)
        found = located()
    roots = [found[name] for name in (*ROOTS, *OPTIONAL_ROOTS) if name in found]
    if missing := [name for name in ROOTS if name not in found]:
        raise Refused(f"missing on this machine: {', '.join(missing)}; run `make setup`")
    for name in OPTIONAL_ROOTS:
        if name not in found:
            say(f"without {name}: letters take twice the time")
    target.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(path, target / soname)) for soname, path in closure(roots).items()]


def closure(roots: list[Path]) -> dict[str, Path]:
    """{soname: file} of the libraries and of all that they need, less what Lambda provides."""
    needed = {root.name: root for root in roots}
    for root in roots:
        listing = output("ldd", str(root))
        if absent := re.findall(r"(\S+) => not found", listing):
            raise Refused(f"{root.name} needs {', '.join(absent)}, absent from this machine")
        for soname, path in re.findall(r"(\S+) => (/\S+)", listing):
            needed.setdefault(soname, Path(path))
    return {name: path for name, path in sorted(needed.items()) if not PROVIDED.match(name)}


def located() -> dict[str, Path]:
    """{soname: file} of what the dynamic linker knows, first one wins as for the linker."""
    ldconfig = shutil.which("ldconfig") or "/sbin/ldconfig"
    known: dict[str, Path] = {}
    for name, path in re.findall(r"^\s*(\S+) \(.*\) => (\S+)$", output(ldconfig, "-p"), re.M):
        known.setdefault(name, Path(path))
    return known


def install_in_build_image(missing: list[str]) -> None:
    """SAM's build image is Amazon Linux without Pango, and thrown away after the build."""
    dnf = shutil.which("dnf") or shutil.which("microdnf")
    if dnf and os.geteuid() == 0:
        say(f"installing {', '.join(missing)}")
        subprocess.run([dnf, "install", "-y", "pango", "harfbuzz", "fontconfig"], check=True)  # noqa: S603


def check_glibc(libraries: list[Path], *, for_aws: bool) -> None:
    newer = {
        path.name: version
        for path in libraries
        if (version := newest_glibc(path.read_bytes())) > LAMBDA_GLIBC
    }
    if not newer:
        return
    listing = ", ".join(f"{name} ({a}.{b})" for name, (a, b) in newer.items())
    complaint = f"need a glibc newer than Lambda's {'.'.join(map(str, LAMBDA_GLIBC))}: {listing}"
    if for_aws:
        raise Refused(f"{complaint}. Build in SAM's image: sam build --use-container PdfLayer")
    say(f"good for this machine only, these {complaint}")


def newest_glibc(content: bytes) -> tuple[int, int]:
    """The newest version of glibc that a library names: version names are plain strings in it."""
    versions = re.findall(rb"\0GLIBC_(\d+)\.(\d+)(?=[.\0])", content)
    return max(((int(major), int(minor)) for major, minor in versions), default=(0, 0))


def check_machine(libraries: list[Path], wanted: str) -> None:
    """Bytes 18 and 19 of an ELF file say for which processor it is."""
    for path in libraries:
        with path.open("rb") as file:
            machine = MACHINES.get(int.from_bytes(file.read(20)[18:20], sys.byteorder), "?")
        if machine != wanted:
            raise Refused(
                f"{path.name} is for {machine} and the layer for {wanted}. Either deploy with "
                f"Architecture={machine} and build with RELANCE_ARCHITECTURE={machine}, or build "
                "in SAM's image: sam build --use-container PdfLayer"
            )


def copy_fonts(target: Path) -> None:
    shutil.copytree(HERE / "fonts", target) if (HERE / "fonts").is_dir() else target.mkdir()
    shutil.copyfile(HERE / "fonts.conf", target / "fonts.conf")


def output(*command: str) -> str:
    ran = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return ran.stdout


def say(text: str) -> None:
    sys.stderr.write(f"pdf layer: {text}\n")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except Refused as refusal:
        sys.exit(f"pdf layer: {refusal}")
