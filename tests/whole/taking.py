"""The program with a pair of hands, and with a vendor whose address takes a prompt: Beta.

The catalogue says that of real ones; here it is said of one on loopback.
"""

import sys
from dataclasses import replace
from typing import Any

from notifier.__main__ import main
from notifier.app import profile
from notifier.model.service import PromptAddress, Service
from tests.whole import hands

MOST = 4000


def taking(service: Service) -> Service:
    if service.id != "beta":
        return service
    return replace(service, prompt=PromptAddress(f"{service.home}?q={{prompt}}", MOST))


def resolved(*given: Any) -> Any:
    settings, complaints = without(*given)
    return replace(settings, services=tuple(map(taking, settings.services))), complaints


without = profile.resolve
profile.resolve = resolved

if __name__ == "__main__":
    assert hands.start.application is hands.with_hands
    sys.exit(main())
