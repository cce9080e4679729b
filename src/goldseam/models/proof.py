"""Proves a model by a real completion: that a server answers `/health` says nothing about its answers."""

import ast
import re
import time
from dataclasses import dataclass

import httpx2

from goldseam.core.errors import ModelAnswerUnusable, ModelUnavailable
from goldseam.models.embedded import Endpoint

_BROKEN = "def average(numbers)\n    return sum(numbers) / len(number)\n"
_QUESTION = f"Repair this Python function. Answer with the whole function only.\n\n```python\n{_BROKEN}```\n"
_FENCE = re.compile(r"```(?:python|py)?[ \t]*\n(.*?)(?:```|\Z)", re.S)


@dataclass(frozen=True, slots=True)
class Proof:
    """A model's answer to a small repair, and its speed; `repaired` if it parses and defines the function."""

    answer: str
    repaired: bool
    seconds: float
    prompt_tokens: int
    completion_tokens: int
    prompt_per_second: float
    generated_per_second: float


def prove(endpoint: Endpoint, *, seconds: float = 300.0) -> Proof:
    """Have a function of two lines repaired; raises `ModelUnavailable` or `ModelAnswerUnusable`."""
    question = {
        "model": endpoint.model,
        "messages": [{"role": "user", "content": _QUESTION}],
        "max_tokens": 96,
        "temperature": 0.0,
        "seed": 1,
        "cache_prompt": False,
    }
    began = time.monotonic()
    try:
        answer = httpx2.post(
            f"{endpoint.base_url}/chat/completions",
            json=question,
            headers={"Authorization": f"Bearer {endpoint.api_key}"},
            timeout=seconds,
            trust_env=False,
        )
        answer.raise_for_status()
    except httpx2.HTTPError as error:
        raise ModelUnavailable(f"{endpoint.base_url} did not answer: {error}; try again") from error
    document = answer.json()
    text = str(document["choices"][0]["message"]["content"] or "")
    if not text.strip():
        raise ModelAnswerUnusable(f"{endpoint.model} answered nothing; try another model file")
    timings = document["timings"]
    return Proof(
        answer=text,
        repaired=_defines_average(text),
        seconds=time.monotonic() - began,
        prompt_tokens=timings["prompt_n"],
        completion_tokens=timings["predicted_n"],
        prompt_per_second=timings["prompt_per_second"],
        generated_per_second=timings["predicted_per_second"],
    )


def _defines_average(text: str) -> bool:
    fenced = _FENCE.search(text)
    try:
        tree = ast.parse(fenced[1] if fenced else text)
    except (SyntaxError, ValueError):
        return False
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return "average" in names and "number" not in {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
