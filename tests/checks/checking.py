"""What `reportgen check` finds in a folder, as lines that a test can compare."""

from __future__ import annotations

import json

from click.testing import CliRunner

from reportgen.cli import main


def check(*arguments: str) -> list[str]:
    """What `reportgen check` finds in the present folder: "severity CODE path:line:column: message"."""
    result = CliRunner().invoke(main, ["check", "--format", "json", *arguments], catch_exceptions=False)
    found = json.loads(result.stdout)
    assert result.exit_code == (1 if found["counts"]["error"] else 0), result.output
    return [
        f"{'waived' if one['waived'] else one['severity']} {one['code']} "
        f"{one['path']}:{one['line']}:{one['column']}: {one['message']}"
        for one in found["findings"]
    ]
