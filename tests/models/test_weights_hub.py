"""Pulling from a hub: a loopback server with redirects, ranges, cut connections and lies."""

import dataclasses
from pathlib import Path

import pytest

from goldseam.core.errors import UsageError, WeightsError
from goldseam.models.weights import Progress, pull, stored_models
from goldseam.models.weights_hub import HubSource, hub_weights


def pull_it(hub, folder: Path, **changes) -> Path:
    source = HubSource(hub.url, sleep=lambda seconds: None)
    return pull(dataclasses.replace(hub.weights, **changes), folder, source, lambda progress: None)


def test_follows_the_redirect_and_verifies(hub, tmp_path):
    seen: list[Progress] = []
    path = pull(hub.weights, tmp_path, HubSource(hub.url), seen.append)
    assert path.read_bytes() == hub.data
    assert hub.ranges == [None]
    assert seen[-1].phase == "verifying"
    assert [stored.name for stored in stored_models(tmp_path)] == ["tiny"]


def test_a_connection_cut_twice_is_taken_up_where_it_ended(hub, tmp_path):
    hub.cuts = [1_000_000, 500_000]
    assert pull_it(hub, tmp_path).read_bytes() == hub.data
    assert len(hub.ranges) == 3
    assert hub.ranges[0] is None
    starts = [int(wanted.removeprefix("bytes=").rstrip("-")) for wanted in hub.ranges[1:]]
    assert 0 < starts[0] <= 1_000_000
    assert starts[0] < starts[1] <= 1_500_000


def test_a_server_that_ignores_ranges_starts_over(hub, tmp_path):
    hub.cuts = [1_000_000]
    hub.heeds_range = False
    assert pull_it(hub, tmp_path).read_bytes() == hub.data


def test_a_later_pull_goes_on(hub, tmp_path):
    (tmp_path / f"{hub.weights.sha256}.partial").write_bytes(hub.data[:2_000_000])
    assert pull_it(hub, tmp_path).read_bytes() == hub.data
    assert hub.ranges == ["bytes=2000000-"]


def test_giving_up_keeps_what_came(hub, tmp_path):
    hub.cuts = [1_000_000, 0, 0, 0, 0, 0]
    with pytest.raises(WeightsError, match="goes on from here"):
        pull_it(hub, tmp_path)
    kept = (tmp_path / f"{hub.weights.sha256}.partial").read_bytes()
    assert kept == hub.data[: len(kept)]
    hub.cuts = []
    assert pull_it(hub, tmp_path).read_bytes() == hub.data


def test_overload_is_waited_out(hub, tmp_path):
    hub.statuses = [503, 429]
    waits: list[float] = []
    pull(hub.weights, tmp_path, HubSource(hub.url, sleep=waits.append), lambda progress: None)
    assert waits == [1.0, 2.0]


def test_wrong_bytes_make_no_model_and_are_not_kept(hub, tmp_path):
    with pytest.raises(WeightsError, match=f"expected sha256 {'e' * 64}, got {hub.weights.sha256}"):
        pull_it(hub, tmp_path, sha256="e" * 64)
    assert not list(tmp_path.glob("*.gguf"))
    assert (tmp_path / f"{'e' * 64}.partial").stat().st_size == 0


def test_more_bytes_than_promised_are_refused(hub, tmp_path):
    with pytest.raises(WeightsError, match="sends more than the 2000000 bytes"):
        pull_it(hub, tmp_path, size=2_000_000)
    assert not list(tmp_path.glob("*.gguf"))


def test_a_missing_file_says_so(hub, tmp_path):
    with pytest.raises(WeightsError, match="HTTP 404; check repository and file name"):
        pull_it(hub, tmp_path, file="other.gguf")
    with pytest.raises(WeightsError, match="HTTP 404"):
        hub_weights("owner/tiny/other.gguf", hub.url)


def test_nobody_there(hub, tmp_path):
    with pytest.raises(WeightsError, match="check the network"):
        pull(hub.weights, tmp_path, HubSource("http://127.0.0.1:9", lambda s: None), lambda progress: None)


def test_too_little_space_is_told_first(hub, tmp_path):
    source = HubSource(hub.url, free_space=lambda folder: 1_000_000)
    with pytest.raises(WeightsError, match="1 MB are free"):
        pull(hub.weights, tmp_path, source, lambda progress: None)
    assert hub.ranges == []


def test_the_digest_that_the_hub_names_is_taken(hub):
    assert hub_weights("owner/tiny/tiny.gguf", hub.url) == hub.weights


def test_a_hub_without_a_digest_is_refused(hub):
    hub.tells_digest = False
    with pytest.raises(WeightsError, match="names no SHA-256"):
        hub_weights("owner/tiny/tiny.gguf", hub.url)


@pytest.mark.parametrize("name", ["owner/tiny", "owner/tiny/model.safetensors", "owner/tiny/model.pkl"])
def test_only_gguf_files_are_named(name):
    with pytest.raises(UsageError, match=r"OWNER/REPOSITORY/FILE\.gguf"):
        hub_weights(name)
