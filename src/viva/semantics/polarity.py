"""Polarity: whether a clause says the opposite of a statement, by rules that are safe rather than complete.

Vectors do not see it: "shares weights" and "does not share weights" lie side by side. Two rules look at a statement and
the clause of the answer that is aligned with it, in one language:

- negation: the same word stands under a negation in one of them and free in the other;
- direction: the two use opposite words of one pair (more, less) beside the same word.

A clause that says nothing on the matter, or says it both ways, never conflicts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from viva.semantics.terms import stem, terms
from viva.text.normal import bare, normalise
from viva.text.segment import clauses

_CONTEXT = 7
"""Characters on either side of a Chinese direction word in which its subject or object is looked for."""
_CONTEXT_WORDS = 5
_REACH = r"[^,.;:!?]{1,14}"
_REACH_WORDS = r"[^,.;:!?]{1,40}"
_NEGATION = re.compile(
    r"(?:不(?!同|仅|但|断|过|管|错|然|论|止|只|光|妨|足|良|等|定|得不|可或缺|规则)|没有?|无(?!监督|论|向|关|穷|限|偏|损|线|锚)"
    r"|未(?!来|必|知)|非(?!线性|常|凸|极大|监督|负|零|空|对称|最大|局部|参数)|并非|从不|毫无)"
    r"(?:需要?|会|能够?|用|要|是|再|太|够|容易|易|使用|进行|必须?|可以?|应该?|法|被|很|怎么|做|让|有)*"
    r"(?P<scope>[\u4e00-\u9fff]{2})"
)
_REMOVAL = re.compile(
    r"(?:去掉|去除|移除|关闭|取消|删掉|删除|丢掉|放弃|禁用|停用)(?:了|所有|全部)?(?P<scope>[\u4e00-\u9fffa-z0-9]{2,20})"
)
_REMOVING = re.compile(
    r"过滤|删|去掉|去除|移除|抑制|丢弃|剔除|排除|关闭|取消|舍弃|失活|裁剪|剪枝|避免|防止|drop(?!out)|remov|delet|discard|suppress"
)
_ENGLISH_NEGATION = re.compile(
    r"\b(?:at no time|not|never|without|lacking|cannot|no|neither|nor|\w+n't)\b(?! only| just| necessarily)"
    r"(?: (?:a|an|the|any|be|been|being|have|has|to|need|use|using|really|very|always|so|in|of|longer))*"
    r" (?P<scope>[a-z][a-z0-9\-]*)"
)
PAIRS = (  # opposite directions: two patterns of words each
    (
        (
            "增大|增加|变大|扩大|增多|加大|提高|提升|升高|上升|增强|变多|放大|增长|变高|更高|最高|较高|高分辨率|高精度|高频|高维|高于|更大|最大|较大|大于"
            "|超过|更多|最多|较多|变强|更强|最强|较强|高的|大的|多的|变长|升维|上采样|扩张"
        ),
        (
            "减小|减少|变小|缩小|降低|下降|减弱|变少|削弱|减轻|变低|更低|最低|较低|低分辨率|低精度|低频|低维|低于|更小|最小|较小|小于|不足|更少|最少|较少"
            "|变弱|更弱|最弱|较弱|低的|小的|少的|变短|降维|下采样|压缩"
        ),
    ),
    (r"[高大多强]\W*$", r"[低小少弱]\W*$"),
    (r"更好|较好|最好|变好|优于|好\W*$", r"更差|较差|最差|变差|劣于|差\W*$"),
    ("缓解|减轻", "加剧|加重"),
    ("避免|防止|阻止", "导致|引起|引发|造成|促使"),
    ("过拟合", "欠拟合"),
    ("跳出|逃离|摆脱", "陷入|卡在|困在"),
    ("局部", "全局"),
    ("(?<!非)线性", "非线性"),
    ("双向", "单向"),
    ("保留|保持", "丢失|丢弃|丧失|舍弃"),
    ("相乘|乘以|乘上", "相除|除以"),
    ("(?<!不)相同|(?<!不)一样|(?<!不)一致", "不同|不一样|不一致|不相同"),
    ("浅层", "深层"),
    ("稠密|密集", "稀疏"),
    ("相互独立|互相独立|独立于", "相互依赖|互相依赖|依赖于"),
    (r"加快|加速|变快|更快|较快|最快|很快|快速|快\W*$", r"减慢|减缓|变慢|更慢|较慢|最慢|很慢|缓慢|慢\W*$"),
    ("多数|大量|很多|全部|所有", "少数|少量|很少|个别"),
    ("多尺度|多个尺度", "单一尺度|单尺度"),
    ("容易|便于|易于", "难以|很难|不易|不容易"),
    ("相加|加到|加上|求和", "相乘|减掉|减去|相减|乘到"),
    ("连续|顺序存储", "离散|不连续"),
    ("之前|以前|先于", "之后|以后|后于"),
    (
        (
            "increas(?:es?|ed|ing)|enlarg(?:es?|ed|ing)|rais(?:es?|ed|ing)|grow(?:s|ing)?|expand(?:s|ed|ing)?|higher|highest"
            "|more|larger|largest|bigger|biggest|greater|greatest|maximum|maximal|maximi[sz]es?|above|exceed(?:s|ing)?"
        ),
        (
            "decreas(?:es?|ed|ing)|reduc(?:es?|ed|ing)|lower(?:s|ed|ing)?|lowest|shrink(?:s|ing)?|less|least|fewer|fewest"
            "|smaller|smallest|minimum|minimal|minimi[sz]es?|below|under"
        ),
    ),
    ("faster|fastest|quick(?:er|ly)?|speeds?", "slower|slowest|slow(?:ly)?"),
    ("before", "after"),
    ("large|high|big|long", "small|low|little|short"),
    ("better|best|improv(?:es?|ed|ing)", "worse|worst|degrad(?:es?|ed|ing)"),
    ("well", "badly|poorly"),
    ("cheap(?:er|ly)?|inexpensive", "expensive|costly"),
    ("eas(?:y|ier|iest|ily)|simple|simpler", "hard|harder|hardest|difficult|complex"),
    ("strong(?:er|est|ly)?", "weak(?:er|est|ly)?"),
    ("deep(?:er|est)?", "shallow(?:er|est)?"),
    ("frequent(?:ly)?|often", "rare(?:ly)?|seldom"),
    ("dense(?:ly)?", "sparse(?:ly)?"),
    ("many|most", "few|least"),
    ("always", "never|sometimes"),
    ("independent(?:ly)?|uncorrelated", "dependent|correlated"),
    ("inside|within|between", "outside"),
    ("(?<!non-)linear(?:ly)?", "non-?linear(?:ly)?"),
    ("(?<!non-)convex", "non-?convex"),
    ("same|equal(?:ly)?|identical", "different(?:ly)?|unequal(?:ly)?"),
    ("helps?|helped", "hurts?|harms?|harmed"),
    ("positives?", "negatives?"),
    ("useful", "useless"),
    ("random(?:ly)?", "fixed|deterministic"),
    ("add(?:s|ed|ing)?", "subtract(?:s|ed|ing)?|multipl(?:y|ies|ied)"),
    ("multipl(?:y|ies|ied|ying)|multiplication", "divid(?:es?|ed|ing)|division"),
    ("open", "closed"),
    ("prevent(?:s|ed|ing)?|avoid(?:s|ed|ing)?", "caus(?:es?|ed|ing)|leads? to|encourag(?:es?|ed|ing)"),
    ("escap(?:es?|ed|ing)", "stuck|trapped"),
    ("over-?fit(?:s|ted|ting)?", "under-?fit(?:s|ted|ting)?"),
    ("local(?:ly)?", "global(?:ly)?"),
)
DENYING = ("不", "没", "无", "未", "非", "not", "no", "never", "without", "non", "cannot")
"""Words that deny, and characters of such."""
_SMALL = re.compile(
    r"起来|效果|作用|方式|方法|情况|一点|一些|一定|有|能够|可以|可能|因为|由于|因此|所以|如果|要是|从而|使用|进行|的话|通过|时候|[的了会能着地得就也还则便而且其该这那之用时以]"
    r"|\b(?:an?|the|this|that|these|those|it|its|they|their|is|are|was|were|be|been|being|am|does|do|did|has|have|had"
    r"|will|would|can|could|may|might|shall|should|and|also|just|then|so|of|which|because|since|very|really|thus|hence"
    r"|effects?|ways?|manner|things?|kinds?|sorts?)\b"
)
"""Words that hold a sentence together, and nouns that stand for anything (作用, "way"), in both languages; none that
denies, and none that tells who does what to whom."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_DENIAL = re.compile(r"\b(?:not|never|cannot|no)\b|n['’]t\b|[不没未无]")
_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:['’]t)?")
_AXES = tuple(tuple(re.compile(rf"\b(?:{side})\b" if side.isascii() else side) for side in pair) for pair in PAIRS)


@dataclass(frozen=True, slots=True)
class Polarity:
    """What a text affirms and denies."""

    negated: frozenset[str]
    removed: frozenset[str]
    free: frozenset[str]
    """Terms outside every negation."""
    removing: bool
    """Whether the text itself is about taking something away."""
    directions: frozenset[tuple[int, int, str]]
    """(pair, side, a term beside it)."""
    written: frozenset[tuple[int, int, str]]
    """The same as if nothing were denied."""
    unclear: frozenset[tuple[int, str]]
    """(pair, a term beside it) where a denial stands further off, which may reach the word or not."""


@lru_cache(maxsize=4096)
def polarity(text: str) -> Polarity:
    """Return what `text`, a statement or clause, affirms and denies."""
    folded = normalise(text)
    negated: set[str] = set()
    rest = folded
    for pattern in (_NEGATION, _ENGLISH_NEGATION):
        for match in pattern.finditer(folded):
            scope = match.group("scope")
            negated.add(stem(scope) if scope.isascii() else scope)
            rest = rest.replace(_unclear(folded, match), " ")
    removed = {term for match in _REMOVAL.finditer(folded) for term in terms(match.group("scope"))}
    directions = _directions(folded)
    return Polarity(
        frozenset(negated),
        frozenset(removed),
        frozenset(terms(rest)) - negated,
        _REMOVING.search(folded) is not None,
        frozenset((axis, side ^ (turned is True), term) for axis, side, term, turned in directions),
        frozenset((axis, side, term) for axis, side, term, _ in directions),
        frozenset((axis, term) for axis, _, term, turned in directions if turned is None),
    )


def _unclear(folded: str, match: re.Match[str]) -> str:
    """The negation and what follows it: how far it reaches is not known, so that is neither affirmed nor denied."""
    reach = _REACH_WORDS if match.group("scope").isascii() else _REACH
    return re.compile(reach).match(folded, match.start()).group()  # type: ignore[union-attr]


def _directions(folded: str) -> set[tuple[int, int, str, bool | None]]:
    """Direction words with the terms beside them, up to the next direction word or the end of the clause.

    The last tells whether a denial stands right before the word; None where it stands further off.
    """
    found = set()
    for part in clauses(folded):
        hits = sorted(
            (match.start(), match.end(), axis, side)
            for axis, sides in enumerate(_AXES)
            for side, pattern in enumerate(sides)
            for match in pattern.finditer(part)
        )
        for place, (start, end, axis, side) in enumerate(hits):
            starts = [*(hit[1] for hit in reversed(hits[:place])), 0]
            ends = [*(hit[0] for hit in hits[place + 1 :]), len(part)]
            before, after = _told(part[one:start] for one in starts), _told(part[end:one] for one in ends)
            turned = _is_negated(part, start) or (None if _DENIAL.search(part, 0, start) else False)
            found |= {(axis, side, term, turned) for term in _beside(before, after)}
    return found


def _told(spans: Iterable[str]) -> str:
    """Return the first span that says anything: two direction words may touch, as in "rare positives"."""
    return next((span for span in spans if terms(span)), "")


def _is_negated(folded: str, start: int) -> bool:
    before = folded[max(0, start - 12) : start]
    return bool(
        re.search(r"[不没未无][会能再需要用是有]{0,2}$", before)
        or re.search(r"(?:\b(?:not|never|no|cannot)|n['’]t)\s(?:(?:the|an?|be|any|very)\s)*$", before)
    )


def _beside(before: str, after: str) -> tuple[str, ...]:
    if not _CHINESE.search(before) and not _CHINESE.search(after):
        near = terms(" ".join(before.split()[-_CONTEXT_WORDS:])) + terms(" ".join(after.split()[:_CONTEXT_WORDS]))
        return tuple(term for term in near if term not in DENYING)
    return terms(before[-_CONTEXT:]) + terms(after[:_CONTEXT])


def states(text: str, said: str) -> bool:
    """Whether a text holds what is said, word for word, other than after a negation; both `bare`."""
    found = text.find(said)
    while found >= 0:
        if not text.endswith(DENYING, 0, found):
            return True
        found = text.find(said, found + 1)
    return False


def content(text: str) -> str:
    """Return the letters and digits of a text, without the words that only hold it together."""
    return bare(_SMALL.sub(" ", _folded(text)))


def repeats(statement: str, clause: str) -> bool:
    """Whether a clause is made of characters or words of the statement alone and leaves out no denial.

    Words that only hold a sentence together are set aside: where nothing else differs, nothing is denied.
    """
    told, said = (Counter(_UNIT.findall(_SMALL.sub(" ", _folded(text)))) for text in (statement, clause))
    return said <= told and not any(unit in DENYING or unit.endswith(("n't", "n’t")) for unit in told - said)


def _folded(text: str) -> str:
    return normalise(text).replace("没有", "没")


def conflicts(statement: str, clause: str) -> bool:
    """Whether `clause` says the opposite of `statement`; False where the rules cannot tell.

    A negation is compared with the clauses of the statement that share most terms, and only when one side alone has
    one: two negations may stand in any order. A clause without any affirms what the statement only denies, wherever
    that stands. Directions carry their own context and are compared with all of it.
    """
    whole, given = polarity(statement), polarity(clause)
    if bool(whole.negated) != bool(given.negated) and _opposed(whole.written, given.written) - _agreed(
        whole.written, given.written
    ):
        return False  # who denies the opposite says the same
    for part in _aligned(statement, clause):
        said = polarity(part)
        if bool(said.negated) != bool(given.negated) and (given.negated & said.free or said.negated & given.free):
            return True
    if not given.negated and (whole.negated - whole.free) & given.free:
        return True
    if not whole.removing and (given.removed & whole.free) - given.negated:
        return True
    agreed = _agreed(whole.directions, given.directions)
    opposed = _opposed(whole.directions, given.directions)
    if whole.negated and given.negated:  # how far a denial reaches is not known: the words must be opposites as well
        opposed &= _opposed(whole.written, given.written)
    else:
        opposed -= whole.unclear | given.unclear
    return bool(opposed - agreed)


def _agreed(one: frozenset[tuple[int, int, str]], other: frozenset[tuple[int, int, str]]) -> set[tuple[int, str]]:
    return {(axis, term) for axis, _, term in one & other}


def _opposed(one: frozenset[tuple[int, int, str]], other: frozenset[tuple[int, int, str]]) -> set[tuple[int, str]]:
    return {(axis, term) for axis, side, term in one if (axis, 1 - side, term) in other}


@lru_cache(maxsize=4096)
def _aligned(statement: str, clause: str) -> tuple[str, ...]:
    wanted = set(terms(clause))
    shared = {part: len(wanted & set(terms(part))) for part in clauses(statement)}
    most = max(shared.values(), default=0)
    return tuple(part for part, count in shared.items() if count == most > 0)
