"""The codebook as a labelling configuration of Label Studio."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from workbench.annotate.labelstudio.colours import FORMER, group_colours
from workbench.annotate.labelstudio.moves import CodeMoves
from workbench.codebook import Codebook
from workbench.records import Assertion, Code, SubjectRole, Temporality, Valence

#: Names of the control tags; they stand in every answer, so they never change.
CODE, TEXT = "code", "text"
ASSERTION, ROLE, TEMPORALITY = "assertion", "subject_role", "temporality"
VALENCE, CERTAINTY, NOTE = "valence", "certainty", "note"
TASK_NOTE = "task_note"
#: Between an incident attribute and its field in the name of a tag.
FIELD = "__"
CERTAINTIES = ("sure", "unsure")
#: Keys for the codes most used: none of them is one of Label Studio's own.
HOTKEYS = "1234567890qwertyuiop"
#: Assertions and roles share no key with codes.
ASSERTION_HOTKEYS = "asdfgh"


#: Names of codes are long: they wrap, one below the other.
_STYLE = (
    ".lsf-labels{flex-direction:column} .lsf-label{max-width:100%;height:auto} "
    ".lsf-label__text{white-space:normal;text-align:left}"
)


def label_config(
    codebook: Codebook, *, most_used: Sequence[str] = (), moves: CodeMoves | None = None
) -> str:
    """The configuration as XML; the same bytes for the same codebook.

    The value of every label is the stable id of a code, and people see the code's name. Former
    codes that moved are kept, grey and without a key, so that marks made with them still show.

    Args:
        codebook: Its factors become labels, its incident attributes choices for the whole task.
        most_used: Codes that get a key, the most used first; else the first core codes.
        moves: What became of former codes.
    """
    factors = codebook.factors
    keys = _hotkeys(factors, most_used)
    colours = group_colours(tuple(dict.fromkeys(code.group for code in factors)))
    side = [
        f'<Filter name="find" toName="{CODE}" minlength="0" placeholder="Find a code" '
        'hotkey="shift+f"/>',
        f'<Labels name="{CODE}" toName="{TEXT}" choice="single" showInline="false">',
        *_labels(factors, colours, keys),
        *_former((moves or CodeMoves()).former),
        "</Labels>",
    ]
    middle = [
        '<Header value="$place" size="6"/>',
        f'<Text name="{TEXT}" value="$text" granularity="symbol"/>',
        *_region_choices(codebook),
        *_attributes(codebook),
        f'<TextArea name="{TASK_NOTE}" toName="{TEXT}" rows="2" editable="true" '
        'placeholder="Note on the whole passage" showSubmitButton="false" maxSubmissions="1"/>',
    ]
    lines = [
        "<View>",
        f"<!-- codebook {escape(codebook.version)} {codebook.content_hash[:12]} -->",
        '<View style="display:flex;gap:1em">',
        f"<Style>{_STYLE}</Style>",
        '<View style="flex:1 1 26%;min-width:0;max-height:85vh;overflow:auto">',
        *side,
        "</View>",
        '<View style="flex:1 1 50%;min-width:0;max-height:85vh;overflow:auto">',
        *middle,
        "</View>",
        '<View style="flex:1 1 24%;min-width:0;max-height:85vh;overflow:auto">',
        *_guide(factors, keys),
        "</View>",
        "</View>",
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def config_hash(config: str) -> str:
    """SHA-256 of a configuration, hexadecimal."""
    return hashlib.sha256(config.encode()).hexdigest()


def _hotkeys(factors: Sequence[Code], most_used: Sequence[str]) -> dict[str, str]:
    known = {code.code_id for code in factors}
    core = [code.code_id for code in factors if code.tier == "core"]
    wanted = dict.fromkeys([*(code_id for code_id in most_used if code_id in known), *core])
    return dict(zip(wanted, HOTKEYS, strict=False))


def _labels(
    factors: Sequence[Code], colours: Mapping[str, str], keys: Mapping[str, str]
) -> Iterator[str]:
    for group, colour in colours.items():
        yield '<View style="margin-bottom:0.5em">'
        yield f'<Header value={quoteattr(_words(group))} size="6"/>'
        for code in factors:
            if code.group != group:
                continue
            # Without a key of our own Label Studio gives one, until it runs out of them.
            key = f" hotkey={quoteattr(keys[code.code_id])}" if code.code_id in keys else ""
            yield (
                f"<Label value={quoteattr(code.code_id)} html={quoteattr(escape(code.label))} "
                f"background={quoteattr(colour)} hint={quoteattr(code.definition)}{key}/>"
            )
        yield "</View>"


def _former(former: Sequence[str]) -> Iterator[str]:
    if former:
        yield '<View><Header value="Former codes (do not use)" size="6"/>'
        for code_id in former:
            yield f"<Label value={quoteattr(code_id)} background={quoteattr(FORMER)}/>"
        yield "</View>"


def _region_choices(codebook: Codebook) -> Iterator[str]:
    yield from _choices(ASSERTION, "Assertion", Assertion, required=True, keys=ASSERTION_HOTKEYS)
    yield from _choices(ROLE, "Whose", SubjectRole, required=True)
    valued = ",".join(code.code_id for code in codebook.factors if code.has_valence)
    if valued:
        values = (Valence.NEGATIVE, Valence.POSITIVE)
        only = f" whenLabelValue={quoteattr(valued)}"
        yield from _choices(VALENCE, "Failing or good practice", values, required=True, more=only)
    yield from _choices(TEMPORALITY, "When", Temporality)
    yield from _choices(CERTAINTY, "How sure are you", CERTAINTIES)
    yield (
        f'<TextArea name="{NOTE}" toName="{TEXT}" perRegion="true" rows="2" editable="true" '
        'placeholder="Why (kept with the mark)" maxSubmissions="1"/>'
    )


def _choices(
    name: str,
    title: str,
    values: Iterable[str],
    *,
    required: bool = False,
    keys: str = "",
    more: str = "",
) -> Iterator[str]:
    must = f' required="true" requiredMessage={quoteattr(f"Say: {title.lower()}")}'
    yield f'<View visibleWhen="region-selected" whenTagName="{CODE}"{more}>'
    yield f'<Header value={quoteattr(title)} size="6"/>'
    yield (
        f'<Choices name="{name}" toName="{TEXT}" perRegion="true" choice="single-radio" '
        f'showInline="true" whenTagName="{CODE}"{more}{must if required else ""}>'
    )
    for at, value in enumerate(values):
        key = f' hotkey="{keys[at]}"' if at < len(keys) else ""
        yield f"<Choice value={quoteattr(str(value))} html={quoteattr(_words(value))}{key}/>"
    yield "</Choices></View>"


def attribute_tags(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Name of the control tag of each incident attribute -> its values.

    An attribute with several fields (``time_band=00-06``) has a tag for each: ``code__field``.
    """
    tags: dict[str, list[str]] = {}
    for code in codebook.codes:
        if not code.is_attribute:
            continue
        for value in code.values:
            field, separator, option = value.partition("=")
            name = f"{code.code_id}{FIELD}{field}" if separator else code.code_id
            tags.setdefault(name, []).append(option if separator else value)
    return {name: tuple(values) for name, values in tags.items()}


def attribute_value(tag: str, option: str) -> tuple[str, str]:
    """The code of an attribute's control tag, and the option as the codebook writes it."""
    code_id, separator, field = tag.partition(FIELD)
    return code_id, f"{field}={option}" if separator else option


def _attributes(codebook: Codebook) -> Iterator[str]:
    labels = {code.code_id: code.label for code in codebook.codes}
    tags = attribute_tags(codebook)
    if tags:
        yield '<Collapse><Panel value="The incident (only what this text says)">'
    for name, values in tags.items():
        code_id, _, field = name.partition(FIELD)
        title = labels[code_id] + (f": {_words(field)}" if field else "")
        yield f'<Header value={quoteattr(title)} size="6"/>'
        yield (
            f'<Choices name={quoteattr(name)} toName="{TEXT}" choice="multiple" showInline="true">'
        )
        for value in values:
            yield f"<Choice value={quoteattr(value)} html={quoteattr(_words(value))}/>"
        yield "</Choices>"
    if tags:
        yield "</Panel></Collapse>"


def _guide(factors: Sequence[Code], keys: Mapping[str, str]) -> Iterator[str]:
    """What each code means, beside the text, folded away until it is wanted."""
    yield '<Header value="What the codes mean" size="6"/><Collapse bordered="true">'
    for code in factors:
        key = f" [{keys[code.code_id]}]" if code.code_id in keys else ""
        yield f"<Panel value={quoteattr(code.label + key)}>"
        for name, words in (
            ("Code", code.code_id),
            ("Means", code.definition),
            ("Include", code.include),
            ("Exclude", code.exclude),
        ):
            if words:
                yield f'<Header value={quoteattr(f"{name}: {words}")} size="6"/>'
        yield "</Panel>"
    yield "</Collapse>"


def _words(name: str) -> str:
    return str(name).replace("_", " ")
