"""*Test my fallbacks*: each step in a few words, each alternative in a clause, all in a report."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from notifier.model.drill import Came, Drill, Step, Tested, Tried
from notifier.model.health import Health
from notifier.model.observation import Refusal, Stage
from notifier.model.picture import Lamp
from notifier.model.service import Deep
from notifier.wording.is_it_me import Line
from notifier.wording.say import Say
from notifier.wording.times import ago, latency, listed

TITLE = "Test my fallbacks"
ABOUT = (
    "What you would use if a tool failed, tried from here. Nothing that costs anything is called."
)
AGAIN = "Test again"
COPY = "Copy report"
COPIED = "Copied"
CLOSE = "Close"
NOTHING = "Nothing is known that could stand in for your tools. Name it in the settings: fallbacks."
OFFLINE = "this computer has no connection, so nothing outside it could be tried"

_STEPS = {
    Step.PAGE: "Status page",
    Step.DOOR: "Reached from here",
    Step.ACCOUNT: "Account",
    Step.KEY: "Your key",
    Step.QUOTA: "What is left",
    Step.CALL: "Real call",
}

_LAMPS = {
    Came.WELL: Lamp.CLEAR,
    Came.ILL: Lamp.TROUBLE,
    Came.UNKNOWN: Lamp.BLIND,
    Came.NOT_TRIED: Lamp.EMPTY,
    Came.PENDING: Lamp.EMPTY,
}

_PAGE = {
    Health.OPERATIONAL: "its page reports no problem",
    Health.MAINTENANCE: "its page reports a maintenance",
    Health.UNKNOWN: "its page does not say how it is",
    Health.DEGRADED: "its page reports that it is degraded",
    Health.PARTIAL_OUTAGE: "its page reports a partial outage",
    Health.MAJOR_OUTAGE: "its page reports a major outage",
}

_STAGES = {
    Stage.DNS: "name",
    Stage.CONNECT: "connection",
    Stage.TLS: "TLS",
    Stage.FRONT: "answer",
    Stage.PRODUCT: "product",
    Stage.ACCOUNT: "account",
}

_REFUSALS = {
    Refusal.KEY_REJECTED: "your key is refused",
    Refusal.QUOTA_EXHAUSTED: "the quota of your account is used up",
    Refusal.PAYMENT: "it asks for a payment",
    Refusal.REGION: "it does not serve this country",
}

# -- the steps --------------------------------------------------------------------------------


def page(health: Health, say: Say) -> str:
    """What a status page says."""
    return say(_PAGE[health])


def page_unread(detail: str, say: Say) -> str:
    """A page that could not be read, and why."""
    return say("its page could not be read ({why})", why=_clause(detail))


def answers(say: Say) -> str:
    """A front door that answers."""
    return say("its front door answers")


def loaded(models: str, say: Say) -> str:
    """A model server that runs; `models` is what it has."""
    return say("it runs ({models})", models=models)


def loading(say: Say) -> str:
    """A model server that is about to be ready."""
    return say("it runs, and is still loading a model")


def unreachable(stopped: Stage | None, say: Say) -> str:
    """A front door nobody gets to from here, and at which stage it breaks."""
    if stopped is None:
        return say("its front door cannot be reached from here")
    stage = say(_STAGES[stopped])
    return say("its front door cannot be reached from here ({stage})", stage=stage)


def ill_door(proves: str, say: Say) -> str:
    """A front door that answers badly, by what that proves."""
    return say("{proves}", proves=proves)


def unclear_door(detail: str, say: Say) -> str:
    """A front door of which nothing can be said."""
    return say("how its front door is could not be told ({why})", why=_clause(detail))


def not_started(say: Say) -> str:
    """A model server nobody has started."""
    return say("it is not running on this computer")


def no_server(detail: str, say: Say) -> str:
    """Something else answers where a model server should, or none that can be asked."""
    return say("no model server was found there ({why})", why=_clause(detail))


def not_yours(detail: str, say: Say) -> str:
    """Somebody else listens where it should, who is asked nothing."""
    return say("what listens there is not yours and was asked nothing ({why})", why=_clause(detail))


def no_account(say: Say) -> str:
    """It needs an account, of which nobody has said anything."""
    return say("it needs an account, and whether you have one is not known")


def no_account_needed(say: Say) -> str:
    """It is open to anybody."""
    return say("no account needed")


def key_accepted(say: Say) -> str:
    """The key works."""
    return say("your key is accepted")


def key_refused(refusal: Refusal | None, say: Say) -> str:
    """The key, or its account, does not."""
    return say("your key is refused" if refusal is None else _REFUSALS[refusal])


def key_unsure(detail: str, say: Say) -> str:
    """Whether it works could not be found out."""
    return say("whether your key is accepted could not be told ({why})", why=_clause(detail))


def key_limited(say: Say) -> str:
    """Asked too often."""
    return say("your account is asked too often just now")


def used_up(left: str, say: Say) -> str:
    """Nothing is left."""
    return say("nothing is left for now ({left})", left=left)


def would_cost(deep: Deep, service: str, say: Say) -> str:
    """A real call that was not made."""
    text = "not tried, it would cost {cost}; deep check makes one: notifier why {id} --deep"
    return say(text, cost=deep.cost, id=service)


def token(model: str, seconds: float, say: Say) -> str:
    """A model answered."""
    text = "answered one token with {model} in {time}"
    return say(text, model=model, time=_took(seconds, say))


def no_token(detail: str, say: Say) -> str:
    """None did."""
    return say("no token came ({why})", why=_clause(detail))


def no_model(say: Say) -> str:
    """A server without a model to talk to."""
    return say("it has no model that could answer")


def asking(say: Say) -> str:
    """Still to come."""
    return say("being asked…")


def asking_model(say: Say) -> str:
    """Still to come, and it may take a while."""
    return say("asked for one token; a model that must be loaded first may take a minute…")


def too_late(say: Say) -> str:
    """What did not come while somebody waited."""
    return say("no answer came in time")


def _took(seconds: float, say: Say) -> str:
    return latency(seconds, say) if seconds < 1 else say("{count} s", count=round(seconds))


def _clause(sentence: str) -> str:
    return sentence.rstrip(".")


# -- an alternative ---------------------------------------------------------------------------


def ready(extras: Sequence[str], say: Say) -> str:
    """It is ready, and what else is known of it."""
    return ", ".join((say("ready"), *extras))


def not_ready(why: str, say: Say) -> str:
    """It is not."""
    return say("not ready, {why}", why=why)


def unsure(why: str, say: Say) -> str:
    """Nobody can say."""
    return say("not known to be ready, {why}", why=why)


def lamp(came: Came) -> Lamp:
    """The shape of what came."""
    return _LAMPS[came]


def line(tried: Tried, say: Say) -> Line:
    """A step as a line of the window."""
    return Line(
        say(_STEPS[tried.step]),
        tried.says,
        _LAMPS[tried.came],
        tried.at,
        pending=tried.came is Came.PENDING,
        way=tried.way,
    )


# -- all of them ------------------------------------------------------------------------------


def title(say: Say, *, rehearsal: bool) -> str:
    """What the window is called; a rehearsal is marked as one."""
    name = say(TITLE)
    return say("Rehearsal – {name}", name=name) if rehearsal else name


def conclusion(drill: Drill, say: Say) -> tuple[Lamp, str]:
    """What it comes to, in one sentence."""
    if not drill.over:
        left = sum(one.came is Came.PENDING for one in drill.tested)
        text = "Testing… {count} still to come."
        return Lamp.EMPTY, say.plural(text, text, left)
    if not drill.tested:
        return Lamp.WATCH, say(NOTHING)
    if drill.lacking:
        names = listed(drill.lacking, say)
        return Lamp.WATCH, say("Nothing is ready to stand in for {names}.", names=names)
    ready = sum(one.came is Came.WELL for one in drill.tested)
    one, more = "{count} alternative is ready.", "{count} alternatives are ready."
    return Lamp.CLEAR, say.plural(one, more, ready)


def report(drill: Drill, zone: tzinfo, say: Say) -> str:
    """All of it as dated text: a paragraph to paste anywhere."""
    head = say("{tested}:", tested=tested_on(drill.began.utc, zone, say))
    if not drill.tested:
        return f"{head} {say(NOTHING)}"
    each = [clause(one, say) for one in drill.tested]
    last = [] if not drill.lacking else [conclusion(drill, say)[1]]
    return " ".join((head, *each, *last))


def tested_on(at: datetime, zone: tzinfo, say: Say) -> str:
    """When it was tested, by the person's own clock."""
    return say("Fallbacks tested on {when}", when=_when(at, zone, say))


def clause(tested: Tested, say: Say) -> str:
    """One alternative in the report."""
    return say("{name}: {says}.", name=tested.name, says=tested.says)


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _when(at: datetime, zone: tzinfo, say: Say) -> str:
    local = at.astimezone(zone)
    return say(
        "{day} {month} {year}, {hour}:{minute}",
        day=local.day,
        month=say(_MONTHS[local.month - 1]),
        year=local.year,
        hour=f"{local.hour:02}",
        minute=f"{local.minute:02}",
    )


_DAY = 86400.0
_MONTH = 30 * _DAY
_YEAR = 365 * _DAY


def last_tested(at: datetime | None, now: datetime, say: Say) -> str:
    """How long ago the alternatives were last tested."""
    if at is None:
        return say("Your fallbacks were never tested.")
    age = _age((now - at).total_seconds(), say)
    return say("Your fallbacks were last tested {age}.", age=age)


def _age(seconds: float, say: Say) -> str:
    if seconds < 2 * _MONTH:
        return ago(max(0.0, seconds), say)
    if seconds < 2 * _YEAR:
        months = int(seconds // _MONTH)
        return say.plural("{count} month ago", "{count} months ago", months)
    return say.plural("{count} year ago", "{count} years ago", int(seconds // _YEAR))
