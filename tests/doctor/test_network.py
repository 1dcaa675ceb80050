"""What the doctor makes of walks to neutral hosts: each trouble with what to do about it."""

import pytest

from notifier.doctor.finding import Notes
from notifier.doctor.network import findings
from notifier.model.observation import Failure, FailureKind, Stage
from notifier.model.walk import Walk
from notifier.wording.say import English


@pytest.mark.parametrize(
    ("kind", "stopped", "advice"),
    [
        (FailureKind.OFFLINE, Stage.CONNECT, "Switch Wi-Fi on, or plug the cable in"),
        (FailureKind.CERTIFICATE_DATE, Stage.TLS, "Look at the clock of this computer"),
        (FailureKind.WEB_PAGE, Stage.FRONT, "Open any page in a browser and sign in to"),
        (FailureKind.HTTP, Stage.FRONT, "Open any page in a browser; this network may"),
        (FailureKind.REFUSED, Stage.CONNECT, "Look at cable, Wi-Fi, firewall and VPN"),
    ],
)
def test_what_to_do_follows_from_why_it_broke(kind, stopped, advice):
    walk = Walk("one.test", None, (), failure=Failure(kind, "Why."), stopped=stopped)
    (broken,) = [
        one for one in findings(Notes("network", English()), [walk]) if one.says == "one.test: Why"
    ]
    assert broken.advice.startswith(advice)
