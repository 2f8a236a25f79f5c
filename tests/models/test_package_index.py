"""Installing by language pair, from a server on the loopback interface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError

import pytest

from bicorpus.errors import ModelError
from bicorpus.models import survey_installed
from bicorpus.translators import package_index
from bicorpus.translators.packages import argos_settings, install_pair


@dataclass
class Site:
    """What the server answers: status, declared length (None: the true one), body; by path."""

    address: str
    pages: dict[str, tuple[int, int | None, bytes]] = field(default_factory=dict)

    def offer(self, *entries: dict[str, object]) -> None:
        """Serve an index of these entries."""
        self.pages["/index.json"] = (200, None, json.dumps(entries).encode())

    def entry(self, version: str = "1.0", target: str = "fr", *names: str) -> dict[str, object]:
        """Return an entry of the index, whose links are files of this server."""
        links = [self.address + name for name in names or (f"{target}-{version}",)]
        return {
            "package_version": version,
            "from_code": "de",
            "to_code": target,
            "links": links,
        }


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, length, body = served.pages.get(self.path, (404, None, b"nothing here"))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Site(f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setattr(argos_settings(), "remote_package_index", served.address + "index.json")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_newest_is_installed_and_progress_is_told(site: Site, package_files, make_zip) -> None:
    packed = make_zip(package_files(version="1.10")).read_bytes()
    site.offer(site.entry("1.9"), site.entry("1.10"), site.entry("2.0", "it"))
    site.pages["/fr-1.10"] = (200, None, packed)
    told: list[tuple[int, int | None]] = []
    package = install_pair("de", "fr", progress=lambda done, total: told.append((done, total)))
    assert package.name == "argos:de_fr@1.10"
    assert told[-1] == (len(packed), len(packed))


def test_a_version_can_be_asked_for(site: Site, package_files, make_zip) -> None:
    site.offer(site.entry("1.0"), site.entry("1.1"))
    site.pages["/fr-1.0"] = (200, None, make_zip(package_files(version="1.0")).read_bytes())
    assert install_pair("de", "fr", version="1.0").version == "1.0"
    with pytest.raises(ModelError, match=r'no version "3".*It has: 1\.0, 1\.1'):
        install_pair("de", "fr", version="3")


def test_the_second_address_is_tried(site: Site, package_files, make_zip) -> None:
    site.offer(site.entry("1.0", "fr", "gone", "there"))
    site.pages["/there"] = (200, None, make_zip(package_files()).read_bytes())
    assert install_pair("de", "fr").version == "1.0"


def test_a_pair_that_is_not_offered(site: Site) -> None:
    site.offer(site.entry("1.0", "fr"), site.entry("1.0", "it"))
    with pytest.raises(ModelError, match=r'from "de" to "xx".*it has: fr, it'):
        install_pair("de", "xx")


def test_a_package_that_is_not_there(site: Site) -> None:
    site.offer(site.entry())
    refused("answers 404", "models install FILE")


def test_a_download_that_is_cut_off(site: Site, package_files, make_zip) -> None:
    packed = make_zip(package_files()).read_bytes()
    site.offer(site.entry())
    site.pages["/fr-1.0"] = (200, len(packed) + 1000, packed)
    refused(f"cut off after {len(packed)} of {len(packed) + 1000} bytes", "Try again")


def test_an_index_that_is_cut_off(site: Site) -> None:
    site.pages["/index.json"] = (200, 5000, b"[]")
    refused("cut off after 2 of 5000 bytes")


def test_half_a_package_that_claims_to_be_whole(site: Site, package_files, make_zip) -> None:
    packed = make_zip(package_files()).read_bytes()
    site.offer(site.entry())
    site.pages["/fr-1.0"] = (200, None, packed[: len(packed) // 2])
    refused("no zip archive, or a damaged one")


def test_more_than_any_model_is_not_read(
    site: Site, package_files, make_zip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_index, "MAXIMUM_BYTES", 100)
    site.offer(site.entry())
    site.pages["/fr-1.0"] = (200, None, make_zip(package_files()).read_bytes())
    refused("more than 100 bytes")


@pytest.mark.parametrize(("target", "version"), [("it", "1.0"), ("fr", "0.9")])
def test_a_package_of_other_languages_or_version(
    target: str, version: str, site: Site, package_files, make_zip
) -> None:
    site.offer(site.entry())
    packed = make_zip(package_files("de", target, version)).read_bytes()
    site.pages["/fr-1.0"] = (200, None, packed)
    with pytest.raises(ModelError, match=f"gave .argos:de_{target}@{version}."):
        install_pair("de", "fr", version="1.0")
    assert survey_installed() == []


@pytest.mark.parametrize("body", [b"<html>", b"{}", b"[1]", b'[{"from_code": "de"}]', b"\xff"])
def test_an_index_that_is_none(body: bytes, site: Site) -> None:
    site.pages["/index.json"] = (200, None, body)
    if body == b"{}":
        refused("no package")
    else:
        refused("is not an Argos package index", "ARGOS_PACKAGE_INDEX")


@pytest.mark.parametrize("link", ["file:///etc/hostname", "ftp://127.0.0.1/x", "nonsense"])
def test_only_http_is_used(link: str, site: Site) -> None:
    site.offer(site.entry() | {"links": [link]})
    refused("only http and https")


def test_no_addresses_at_all(site: Site) -> None:
    site.offer(site.entry() | {"links": []})
    refused("gives no address")


def test_without_a_network_it_says_how_to_do_it_by_hand(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*arguments: object, **options: object) -> None:
        raise URLError(OSError(-3, "Temporary failure in name resolution"))

    monkeypatch.setattr(package_index, "urlopen", unreachable)
    refused("name resolution", "translate-de_fr-VERSION.argosmodel")


@pytest.mark.slow
def test_the_program_without_a_network_ends_soon_with_one_sentence(root: Path) -> None:
    program = "from bicorpus.cli.models import models; models()"
    command = [sys.executable, "-c", program, "install", "de_fr"]
    address = {"ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/"}  # the discard port: nobody listens
    done = subprocess.run(
        command,
        cwd=root,
        env=os.environ | address,
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert "index cannot be reached" in done.stderr
    assert "Connection refused" in done.stderr


def refused(*parts: str) -> None:
    """Assert that de_fr is not installed, and that the error says all `parts`."""
    with pytest.raises(ModelError) as caught:
        install_pair("de", "fr")
    for part in parts:
        assert part in str(caught.value)
    assert survey_installed() == []
