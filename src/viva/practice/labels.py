"""Labels: the words before the colon of a point, which name what the rest of it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from viva.text.normal import fits

_LABEL = re.compile(r"(?P<label>[^：:。！？!?；;，,=]{1,60}?)\s*[：:](?!//)(?!(?<=\d.)\d)\s*(?P<rest>\S.*)", re.DOTALL)
_STEP = re.compile(
    r"(?P<label>第\s*[一二三四五六七八九十\d]{1,3}\s*步|(?:first|second|third|fourth|fifth|last) step|step \d{1,2})"
    r"(?:\s*[，,：:、.]\s*|\s*是|\s+is\b|\s+)(?P<rest>\S.*)",
    re.DOTALL | re.IGNORECASE,
)
_STATES = re.compile(
    r"[不更越]|[大小高低多少等]于|相[同等似]|并非|可以|能够|需要|应该|取决|来自|带来|减少|增加|提高|降低|保留|改变|融合|代替|避免(?!办法|方法)"
    r"|\b(?:is|are|was|were|has|have|had|can|cannot|may|must|should|will|does|do|did|means?|needs?|not)\b"
    r"|^the (?:\w+ )+\w+[^s\W]s$",
    re.IGNORECASE,
)
"""Of a label that makes a statement: "感受野相同", "The start matters"."""
_FACET = re.compile(
    r"(?:作用|用途|优缺点|优点|缺点|优势|劣势|好处|坏处|不足|局限性?|特点|原因|区别|联系|方法|办法|做法|对策|措施|步骤|流程|过程|类型|应用"
    r"|场景|条件|假设|代价|来源|影响|问题|改进|公式|定义|含义|概念|原理|思想|思路|目的|目标|意义|结果|结论|表现|现象|例子?|举例|结构|注意"
    r"|尺寸|参数量|计算量|复杂度|输入|输出|[时前后中]|阶段|层面)$"
    r"|\b(?:(?:dis)?advantages?|benefits?|drawbacks?|limitations?|strengths?|weakness(?:es)?|pros?|cons?|cost|price|cure"
    r"|remedy|remedies|prevention|symptoms?|causes?|sources?|reasons?|results?|effects?|purpose|aim|goal|use|uses|idea"
    r"|formula|definition|problems?|solutions?|rule|condition|trade-off|examples?|input|output|complexity|steps?)$",
    re.IGNORECASE,
)
"""Of a label that names a side of the subject and no answer: "缺点", "Typical sources"."""
_CHINESE = 10
_ENGLISH = 5
"""The longest label, in characters or words."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A point taken apart."""

    label: str
    rest: str
    step: bool = False
    """Whether the label is the number of a step."""

    @property
    def names(self) -> bool:
        """Whether the label names something and states nothing."""
        return _STATES.search(self.label) is None

    @property
    def facet(self) -> bool:
        """Whether it names a side that any subject may have."""
        return self.step or _FACET.search(self.label) is not None


def labelled(point: str) -> Labelled | None:
    """Return a point's label and the rest, or None where it has none: "优点：快", "Cost: memory", "第一步 取样"."""
    text = " ".join(point.split())
    if found := _STEP.match(text):
        return Labelled(found["label"], found["rest"], step=True)
    found = _LABEL.match(text)
    if found is None or not fits(found["label"], _CHINESE, _ENGLISH):
        return None
    return Labelled(found["label"].strip(), found["rest"]) if any(c.isalnum() for c in found["label"]) else None
