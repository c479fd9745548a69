"""What viva says in a mock interview only: an interviewer who is friendly and gives nothing away."""

from __future__ import annotations

from viva.types import Language

Line = dict[Language, str]
Lines = dict[Language, tuple[str, ...]]

GREETING: Lines = {
    "zh": (
        "这是一次模拟面试：{total} 道题，每题限时 {limit}，中途不点评，最后一起看结果。",
        "你好，我们来一次模拟面试。{total} 道题，每题 {limit}，答完再一起看结果。",
    ),
    "en": (
        "This is a mock interview: {questions}, {limit} for each answer, and no word on how it goes until the end.",
        "Welcome to your mock interview. {questions}, {limit} for each answer; we look at the results at the end.",
    ),
}
RESUMED: Lines = {
    "zh": ("欢迎回来，模拟面试从第 {position} 题继续，共 {total} 题，每题限时 {limit}。",),
    "en": ("Welcome back to your mock interview: question {position} of {total}, {limit} for each answer.",),
}
THANKS: Lines = {
    "zh": ("谢谢，下一题。", "好的，我们看下一题。", "明白了，下一个问题。"),
    "en": ("Thank you. Next question.", "All right. The next question.", "I see, thank you. Let's go on."),
}
THANKS_AT_LAST: Lines = {
    "zh": ("谢谢，问题都问完了。",),
    "en": ("Thank you. That was the last question.",),
}
MORE: Lines = {
    "zh": ("谢谢，我再追问一句。", "好的，再问你一点。"),
    "en": ("Thank you. One more question about that.", "I see. Let me follow up on that."),
}
SKIPPED: Lines = {"zh": ("好，下一题。",), "en": ("All right, the next question.",)}
SKIPPED_AT_LAST: Lines = {
    "zh": ("好，问题都问完了。",),
    "en": ("All right. That was the last question.",),
}
TIME_UP: Line = {"zh": "时间到，就按你写到的这些算。", "en": "Time is up; I take your answer as it stands."}
NO_ANSWER: Line = {"zh": "时间到，这题没有回答。", "en": "Time is up, and there was no answer."}
NOTHING_MORE: Line = {"zh": "时间到，这个追问先放下。", "en": "Time is up; let us leave it at that."}
TIME: Line = {"zh": "这题限时 {limit}。", "en": "You have {limit} for this answer."}
TIME_FOR_MORE: Line = {"zh": "这个追问限时 {limit}。", "en": "You have {limit} for this one."}
TIME_LEFT: Line = {"zh": "这题还剩 {left}。", "en": "You have {left} left for this answer."}
NO_TIME: Line = {"zh": "这题的时间已经用完了。", "en": "The time for this answer is over."}
TOOK: Line = {"zh": "用时 {used}。", "en": "That took {used}."}
TOOK_OVER: Line = {"zh": "用时 {used}，超时了。", "en": "That took {used}, which is over time."}
HOW_TO_GO_ON: Line = {
    "zh": "回车看下一题，/对、/部分、/错 改判，/接受 2、/不算 2 评判要点，/评分 1 到 4 评级，/停 看总结。",
    "en": (
        "Enter goes on; /right, /partial, /wrong change the verdict, /accept 2 and /refuse 2 that on a point, "
        "/rate 1 to 4 the rating; /stop ends this."
    ),
}
OUTSIDE: Line = {
    "zh": "直接输入就是回答，没有提示，也不能撤回。也可以说：",
    "en": "What you type is your answer; there are no hints, and nothing is taken back. You can also say:",
}
