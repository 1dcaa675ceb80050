"""A model server on this computer is offered if it is the person's own: by a real look at it."""

from dataclasses import replace

from notifier.fallbacks import rank
from notifier.judgement.update import update
from notifier.model.announcement import Against
from notifier.model.board import Board
from notifier.model.event import Observed
from notifier.model.service import ProbeSource, SourceId
from tests.judgement.boards import FINE, NOW, REPORTED, board, local, look, stands, world
from tests.stories.story import tool
from tests.watch.fault_server import FaultServer
from tests.watch.looking import in_loop, outcome_of
from tests.watch.test_model_server import another_user, ollama

CHATTY = tool("chatty")


def listening(port: int):
    """A model server that is expected at a port."""
    url = f"http://127.0.0.1:{port}/"
    return replace(local(), probe=ProbeSource(SourceId("probe:llama"), url, "ollama", local=True))


async def advised(port: int):
    """Who is offered instead of Chatty, after a look at whoever listens at `port`."""
    llama = listening(port)
    settings = world(CHATTY, llama)
    seen = look(llama.probe, await outcome_of(llama.probe), 0)
    known: Board = board(standings=stands(chatty=REPORTED, llama=FINE))
    known = update(known, Observed(NOW, seen), settings).board
    offered, refused = rank(CHATTY, known, settings, NOW)
    return [(one.service.id, one.models) for one in offered], [one.against for one in refused]


@in_loop
async def test_the_persons_own_is_offered_with_the_model_it_has_loaded():
    with FaultServer() as server:
        ollama(server)
        assert await advised(server.port) == ([("llama", ("llama3.2",))], [])


@in_loop
async def test_another_users_on_the_same_port_is_not_trusted_and_not_offered():
    with another_user("127.0.0.1") as (port, said):
        assert await advised(port) == ([], [Against.NOT_READABLE])
        assert said.readline() == "got b''\n", "it is told nothing"
