"""`python -m demo people|organisation|…`: the demo as a stand-in's file, or as a register."""

import sys
from collections.abc import Callable

from demo.organisation import demo_organisation
from demo.stand_in import people_json
from demo.tenant import grouped, tenant_json
from domain.people import Organisation
from usecases.write_organisation import organisation_to_yaml

_FORMS: dict[str, Callable[[Organisation], str]] = {
    "people": people_json,
    "organisation": organisation_to_yaml,
    "tenant": tenant_json,
    "grouped": lambda organisation: organisation_to_yaml(grouped(organisation)),
}


def main(arguments: list[str]) -> int:
    match arguments:
        case [form] if form in _FORMS:
            sys.stdout.write(_FORMS[form](demo_organisation()) + "\n")
            return 0
        case _:
            sys.stderr.write(f"usage: python -m demo {'|'.join(_FORMS)}\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
