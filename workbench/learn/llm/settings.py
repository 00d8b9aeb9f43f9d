"""Where a language model is, and how much of it is asked and borne."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from workbench.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmSettings:
    """An OpenAI-compatible server, such as llama.cpp, Ollama, vLLM or LM Studio on this machine."""

    url: str  # up to and with its version: "http://127.0.0.1:11434/v1"
    model: str  # as the server names it
    api_key_variable: str = ""  # environment variable that holds the key; the key is never stored
    allow_remote: bool = False  # passages may leave this machine
    timeout_s: float = 120.0  # of one request, from its first to its last byte
    n_tries: int = 3  # of one request that failed in passing
    wait_s: float = 2.0  # before the second try; doubles with each further one
    max_answer_bytes: int = 1_000_000
    max_answer_tokens: int = 4096
    max_failures: int = 3  # requests in a row that fail before the server is given up
    codes_per_request: int = 10
    cache_folder: str = ""  # answers are kept here; they hold quotations. "": none are kept
    max_passage_chars: int = 8000  # longer passages are not sent
    min_quote_words: int = 2  # a shorter quote is no evidence
    max_quote_words: int = 60

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(
                f"llm: {self.url!r} is no http address, such as http://127.0.0.1:8080/v1"
            )
        if parts.username or parts.password:
            raise InputError("llm: the address holds a password; name api_key_variable instead")
        if not self.model:
            raise InputError("llm: no model is named")
        if not self.allow_remote and not is_loopback(parts.hostname):
            raise InputError(
                f"llm: {parts.hostname} is not this machine, and the passages would be sent there. "
                "Use a server on this machine, or set allow_remote = true if that is allowed."
            )
        counts = (self.n_tries, self.max_answer_bytes, self.max_answer_tokens, self.max_failures,
                  self.codes_per_request, self.max_passage_chars, self.min_quote_words)  # fmt: skip
        if min(counts) < 1 or self.timeout_s <= 0 or self.wait_s < 0:
            raise InputError("llm: limits and counts must be more than 0")

    def api_key(self) -> str:
        """The key, from its environment variable; "" when none is wanted.

        Raises:
            InputError: The variable is not set.
        """
        if not self.api_key_variable:
            return ""
        key = os.environ.get(self.api_key_variable, "")
        if not key:
            raise InputError(f"llm: the environment variable {self.api_key_variable} is not set")
        return key


#: Kind of a setting -> kinds of TOML values that it takes.
_TAKEN = {"str": ("str",), "bool": ("bool",), "int": ("int",), "float": ("float", "int")}


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, told from its name alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def load_settings(path: Path) -> LlmSettings:
    """The settings of a TOML file with a table ``[llm]``; its folder counts from the file's.

    Raises:
        InputError: The file cannot be read, names unknown settings or wrong values.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("llm")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: cannot be read as TOML ({error}).") from error
    if not isinstance(table, dict):
        raise InputError(f"{path}: has no table [llm] with url and model.")
    known = {field.name: str(field.type) for field in fields(LlmSettings)}
    problems = [f"{name} is no setting" for name in sorted(table.keys() - known.keys())]
    problems += [f"{name} is missing" for name in ("url", "model") if name not in table]
    problems += [
        f"{name} is {value!r}, but should be a {known[name]}"
        for name, value in table.items()
        if name in known and type(value).__name__ not in _TAKEN[known[name]]
    ]
    if problems:
        raise InputError(f"{path}: {'; '.join(problems)}.")
    if table.get("cache_folder"):
        table["cache_folder"] = str(path.parent / table["cache_folder"])
    return LlmSettings(**table)
