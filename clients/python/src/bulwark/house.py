"""The house as its API tells it."""
import json
import re
import urllib.error
import urllib.request
from decimal import Decimal
from typing import Any, Iterable, Mapping, Optional


class Refused(Exception):
    """What the house refused: its problem detail (RFC 9457), as it came."""

    def __init__(self, status: int, problem: Mapping[str, Any]):
        super().__init__(f"{status} {problem.get('title', '')}: {problem.get('detail', '')}".strip())
        self.status = status
        self.problem = dict(problem)


def _amounts(read: Any) -> Any:
    """The amount {u, usd} as a Decimal of USD, everywhere in what was read."""
    if isinstance(read, dict):
        if set(read) == {"u", "usd"}:
            return Decimal(read["usd"])
        return {name: _amounts(value) for name, value in read.items()}
    if isinstance(read, list):
        return [_amounts(value) for value in read]
    return read


def _whole(value: Any) -> None:
    """Refuses a float before it is sent: a lot is a whole number, and what is rounded on the way is another portfolio."""
    if isinstance(value, float):
        raise TypeError(f"lots and amounts must be whole numbers; have {value!r}")
    if isinstance(value, Mapping):
        for inner in value.values():
            _whole(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _whole(inner)


class House:
    """A running house.

    address: such as http://127.0.0.1:8080, or https://; an authority of its own is named by the variable SSL_CERT_FILE
    token: the 64 hexadecimal digits of the file token in its home; not needed for what is for everybody
    """

    def __init__(self, address: str, token: Optional[str] = None, timeout: float = 60):
        self._address = address.rstrip("/")
        self._token = token.strip() if token else None
        self._timeout = timeout

    def accounts(self) -> Any:
        """Your own accounts, all of them: the house gives long lists part by part."""
        rows: "list[Any]" = []
        path = "/accounts"
        while path:
            body, link = self._answer(path, None)
            rows += json.loads(body, parse_float=Decimal)
            following = re.match(r'<([^>]+)>; rel="next"$', link)
            path = following.group(1) if following else ""
        return _amounts(rows)

    def account(self, number: int) -> Any:
        return self._ask(f"/accounts/{number:d}")

    def account_margin(self, number: int) -> Any:
        """The margin of a booked account, explained."""
        return self._ask(f"/accounts/{number:d}/margin")

    def margin(self, portfolio: Mapping[str, Any]) -> Any:
        """The margin of any portfolio over the latest sealed table: cash in units of 0.0001 USD, lists of {id, lots}."""
        return self._ask("/margin", portfolio)

    def what_if(self, base: "int | Mapping[str, Any]", changes: Iterable[Mapping[str, Any]]) -> Any:
        """The margin of an account's number or a portfolio, before and after changes of {in, id, lots}."""
        of = {"account": base} if isinstance(base, int) else {"portfolio": base}
        return self._ask("/margin/what-if", {**of, "changes": list(changes)})

    def calls(self) -> Any:
        return self._ask("/margin/calls")

    def fund(self) -> Any:
        return self._ask("/fund")

    def latest_epoch(self) -> Any:
        return self._ask("/epochs/latest")

    def table(self, epoch: int) -> bytes:
        """The risk table of an epoch in its one encoding: what replays and other engines take."""
        return self._bytes(f"/epochs/{epoch:d}/table", None)

    def verify(self, proof: Mapping[str, Any], **known: Any) -> Any:
        """Whether a proof holds, and what it is tied to; known: verifier, purpose, beneficiary, nonce and what else was agreed."""
        return self._ask("/verification", {"proof": proof, **known})

    def _ask(self, path: str, body: Any = None) -> Any:
        return _amounts(json.loads(self._bytes(path, body), parse_float=Decimal))

    def _bytes(self, path: str, body: Any) -> bytes:
        return self._answer(path, body)[0]

    def _answer(self, path: str, body: Any) -> "tuple[bytes, str]":
        """The answer's bytes, and its Link."""
        _whole(body)
        request = urllib.request.Request(self._address + path, data=None if body is None else json.dumps(body).encode())
        if body is not None:
            request.add_header("Content-Type", "application/json")
        if self._token:
            request.add_header("Authorization", "Bearer " + self._token)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                return answer.read(), answer.headers.get("Link", "")
        except urllib.error.HTTPError as refused:
            text = refused.read()
            try:
                problem = json.loads(text)
            except ValueError:
                problem = {"title": refused.reason}
            raise Refused(refused.code, problem) from None
