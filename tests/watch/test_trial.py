"""A test of this computer's own connection over real sockets: every host is heard of, once."""

from notifier.model.moment import Moment
from notifier.model.observation import FailureKind
from notifier.watch import trial
from notifier.watch.wire import Wire
from tests.watch.fault_server import CLOSE, reply
from tests.watch.looking import NOON, in_loop, open_files, until

BEGAN = Moment(NOON, 5.0)


async def shown_by(*urls, **about_wire):
    shown = []
    begun = trial.begun(urls, BEGAN)
    await trial.go_on(begun, Wire(**{"proxy": "none", **about_wire}), urls, shown.append)
    return shown


@in_loop
async def test_it_is_told_as_it_comes_and_to_the_end(server, stranger):
    server.say("/204", reply(b"", 204))
    stranger.say("/204", (CLOSE,))
    shown = await shown_by(server.url("/204"), stranger.url("/204"))
    assert [len(one.walks) for one in shown] == [0, 1, 2]
    assert [one.over for one in shown] == [False, False, True]
    assert {one.hosts for one in shown} == {(server.place, stranger.place)}
    assert {one.began for one in shown} == {BEGAN}
    kinds = {walk.host: walk.failure and walk.failure.kind for walk in shown[-1].walks}
    assert kinds == {server.place: None, stranger.place: FailureKind.RESET}
    assert len(server.requests) == len(stranger.requests) == 1


@in_loop
async def test_whether_there_is_a_way_out_is_known_at_once():
    assert [one.route for one in await shown_by(has_route=lambda: False)] == [False]
    assert [one.over for one in await shown_by()] == [True], "nobody is to be asked"


@in_loop
async def test_nothing_stays_open(server, no_collector):
    server.say("/204", reply(b"", 204))
    await shown_by(server.url("/204"))
    before = open_files()
    await shown_by(server.url("/204"))
    await until(lambda: open_files() <= before)
