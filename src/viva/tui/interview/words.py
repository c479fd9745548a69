"""What only the terminal interface has to say in the talk, in both languages; the rest is `interview.dialogue`'s."""

from __future__ import annotations

from viva.types import Language

Line = dict[Language, str]

END: Line = {
    "zh": "现在结束这次面试，看总结？（按 Esc 离开，下次可以接着来。）",
    "en": "End the interview here, with a report? (Esc leaves it to be gone on with later.)",
}
SKIP: Line = {"zh": "跳过这题？", "en": "Skip this question?"}
READING: Line = {"zh": "正在读……", "en": "reading …"}
UNDONE: Line = {"zh": "撤回了，再来一次。", "en": "Taken back: the question is asked again."}
TOPIC: Line = {"zh": "好，换到“{topic}”，还有 {left} 题。", "en": "{topic}: {left} left."}
WHICH_TOPIC: Line = {
    "zh": "笔记里的话题：{topics}。这样选：/话题 {example}",
    "en": "Topics: {topics}. Choose one as in: /topic {example}",
}
NO_TOPICS: Line = {
    "zh": "笔记没有分话题，可以说题目里的词，比如：/话题 LSTM",
    "en": "Your notes have no topics; name a word of the questions, as in: /topic LSTM",
}
WHICH_QUERY: Line = {"zh": "想查什么？比如：/查 LSTM", "en": "Name what to look for, as in: /search LSTM"}
