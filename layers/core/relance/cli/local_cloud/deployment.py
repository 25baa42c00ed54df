"""`sam build` and `sam deploy` of the real template on the embedded AWS."""

import contextlib
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from relance.cli.local_cloud import layers, tools
from relance.cli.local_cloud.errors import LocalCloudError
from relance.cli.local_cloud.places import Places
from relance.cli.local_cloud.stack import REGION, STACK_NAME, LocalStack

PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
PACKAGES = "relance-local-packages"
BUILD_SECONDS = 240
DEPLOY_SECONDS = 180
SAM_SETTINGS = {"SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.3"}


def build(places: Places, *, whole_layers: bool) -> None:
    """Build for this machine. The AWS build in `.aws-sam` is left alone."""
    _sam(
        "build",
        ["--cached", "--parallel"],
        {"build-dir": places.build, "cache-dir": places.local / "cache"},
        places=places,
        environment={"RELANCE_TARGET": "embedded", "RELANCE_PYTHON": PYTHON},
        seconds=BUILD_SECONDS,
    )
    layers.arrange(places, whole=whole_layers)


def deploy(stack: LocalStack) -> dict[str, str]:
    """Deploy what was built; the stack's outputs."""
    places = stack.places
    _make_bucket_for_packages(stack)
    _sam(
        "deploy",
        ["--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar"],
        {
            "template-file": places.build / "template.yaml",
            "stack-name": STACK_NAME,
            "capabilities": "CAPABILITY_IAM",
            "s3-bucket": PACKAGES,
        },
        places=places,
        environment=stack.environment,
        seconds=DEPLOY_SECONDS,
    )
    described = stack.client("cloudformation").describe_stacks(StackName=STACK_NAME)
    outputs = described["Stacks"][0]["Outputs"]
    return {output["OutputKey"]: output["OutputValue"] for output in outputs}


def _make_bucket_for_packages(stack: LocalStack) -> None:
    """Quicker than --resolve-s3, which deploys a stack of its own for this one bucket."""
    client = stack.client("s3")
    with contextlib.suppress(client.exceptions.BucketAlreadyOwnedByYou):
        client.create_bucket(
            Bucket=PACKAGES, CreateBucketConfiguration={"LocationConstraint": REGION}
        )


def overrides(places: Places) -> list[str]:
    """All that differs from AWS. ReplyDomain stays empty: MiniStack has no receipt rules."""
    arm = platform.machine().lower() in ("arm64", "aarch64")
    return [
        "Stage=dev",
        "Clock=simulated",
        "RedirectTo=recipients",
        f"PythonRuntime={PYTHON}",
        f"Architecture={'arm64' if arm else 'x86_64'}",
        f"LayersRoot={places.layers}",
    ]


def _sam(
    command: str,
    flags: Sequence[str],
    options: Mapping[str, object],
    *,
    places: Places,
    environment: Mapping[str, str],
    seconds: float,
) -> None:
    arguments = [command, *flags, *(f"--{name}={value}" for name, value in options.items())]
    arguments += ["--parameter-overrides", *overrides(places)]
    sam = tools.ensure("sam", places)
    # SAM looks for the runtime's interpreter on the PATH: ours, which has pip.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    log = places.logs / f"sam-{command}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with log.open("wb") as output:
            finished = subprocess.run(  # noqa: S603
                [str(sam), *arguments],
                cwd=places.root,
                env={
                    **os.environ,
                    "PATH": path,
                    "__SAM_CLI_APP_DIR": str(places.local / "sam"),
                    **SAM_SETTINGS,
                    **environment,
                },
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=seconds,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        message = f"sam {command} took more than {seconds:.0f} seconds"
        raise LocalCloudError.with_log(message, log) from error
    if finished.returncode:
        raise LocalCloudError.with_log(f"sam {command} failed", log)
