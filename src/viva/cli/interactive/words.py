"""What only the line-by-line interview has to say, in both languages; the rest is `interview.dialogue`'s."""

from __future__ import annotations

from viva.text.normal import bare
from viva.wording.sentences import Line

ANSWER_FIRST: Line = {
    "zh": "请输入回答。/跳过 换一题，/帮助 列出还能说什么。",
    "en": "Type your answer. /skip leaves the question out, /help lists what else can be said.",
}
DRAFT: Line = {"zh": "上次没交的回答：{draft}", "en": "The answer you had not given: {draft}"}
DRAFT_HOW: Line = {"zh": "直接回车就交这份回答。", "en": "Press Enter alone to give it as it is."}
LAST: Line = {
    "zh": "题目都问完了。回车看总结，/撤销 撤回上一题。",
    "en": "That was the last question. Press Enter for the summary; /undo takes the last answer back.",
}
FOLLOW_UP_HOW: Line = {
    "zh": "可以直接补充；直接回车或 /下一题 就往下走。",
    "en": "Add to your answer, or press Enter alone (or /next) to go on.",
}
HOW_TO_TYPE: Line = {
    "zh": '回答是一行。行末写 \\ 接着写下一行，或者写在两行 """ 之间。',
    "en": 'An answer is one line. End a line with \\ to go on, or write between lines of """.',
}
HOW_TO_LEAVE: Line = {
    "zh": "随时可以离开（Ctrl+D 或 Ctrl+C），回答都已保存。",
    "en": "Leave whenever you like (Ctrl+D or Ctrl+C): every answer is kept.",
}
HOW_TO_RESUME: Line = {"zh": "接着来：{command}", "en": "To go on: {command}"}
HOW_TO_ASK_AGAIN: Line = {
    "zh": "没答好的再来一遍：{command}",
    "en": "To be asked again what did not go well: {command}",
}
OFFER: Line = {
    "zh": "上次的面试停在第 {position} 题，共 {total} 题。接着来吗？(y/n)",
    "en": "An interview waits at question {position} of {total}. Go on with it? (y/n)",
}
YES_OR_NO: Line = {"zh": "请说 y 或 n。", "en": "Please say y or n."}

_YES = {"y", "yes", "yeah", "yep", "ok", "okay", "sure", "是", "是的", "对", "对的", "好", "好的", "嗯", "要"}
_NO = {"n", "no", "nope", "不", "不是", "不对", "否", "不要", "不用", "没有"}


def yes_or_no(line: str) -> bool | None:
    """Return whether a line says yes or no, None when it says neither."""
    word = bare(line)
    return True if word in _YES else False if word in _NO else None
