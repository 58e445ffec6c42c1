"""The text keys about Microsoft 365 that are put together, and what can stand in them."""

from collections.abc import Mapping

from domain.microsoft import Amiss, Service

PATTERNS: Mapping[str, set[str]] = {
    "microsoft.service.{}": {f"microsoft.service.{each}" for each in Service},
    "microsoft.what.{}": {f"microsoft.what.{each}" for each in Amiss},
    "microsoft.do.{}": {f"microsoft.do.{each}" for each in Amiss},
    "microsoft.check.{}": {
        f"microsoft.check.{each}"
        for each in ("bot_token_no", "certificate", "certificate_soon", "no", "token_no")
    },
    "microsoft.check.{}_ok": {f"microsoft.check.{each}_ok" for each in ("bot_token", "token")},
}
